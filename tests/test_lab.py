"""The notebooks as an analyst gets them: opened, run and used in a real JupyterLab."""

import ast
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from browser import DESK, ROOT, Visit, cells_giving, code_cells, results, toc_pages
from playwright.sync_api import expect

from claimbook.charts import Figure
from claimbook.explore import FacetFilter

SETTINGS = {
    # Otherwise only cells in the window exist.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    # Questions and news would stand before the notebook.
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}
OPEN = "async path => { await jupyterapp.commands.execute('docmanager:open', { path }); }"
RUN = "() => { jupyterapp.commands.execute('notebook:run-all-cells'); }"
SAME = "const panel = [...jupyterapp.shell.widgets('main')].find(w => w.context?.path === path);"
READY = f"path => {{ {SAME} return panel?.sessionContext.session?.kernel?.status === 'idle'; }}"
FRONT = f"path => {{ {SAME} jupyterapp.shell.activateById(panel.id); return panel.id; }}"
RAN = f"""path => {{
    {SAME}
    const code = panel.content.widgets.filter(cell => cell.model.type === 'code');
    return panel.sessionContext.session?.kernel?.status === 'idle' && code.every(cell => cell.model.executionCount);
}}"""
ERRORS = f"""path => {{
    {SAME}
    return panel.content.widgets.filter(cell => cell.model.type === 'code')
        .flatMap(cell => cell.model.outputs.toJSON())
        .filter(output => output.output_type === 'error' || output.name === 'stderr');
}}"""
CLOSE = f"async path => {{ {SAME} await panel.sessionContext.shutdown(); await panel.context.save(); panel.close(); }}"
CHAPTERS = [page for page in toc_pages() if (ROOT / f"{page}.ipynb").exists()]


@pytest.fixture(scope="module")
def lab(tmp_path_factory, browser):
    """Start JupyterLab on a copy of chapters and data, with no settings of whoever runs it; give its address."""
    home = tmp_path_factory.mktemp("lab")
    for folder in ("chapters", "data"):
        shutil.copytree(ROOT / folder, home / "book" / folder)
    settings = home / "config" / "labconfig" / "default_setting_overrides.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(SETTINGS), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/"
    own = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    command = [
        *(sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"),
        *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={home / 'book'}"),
        *("--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly"),
    ]
    environment = os.environ | {name: str(home / folder) for name, folder in own.items()}
    environment.pop("CLAIMBOOK_DATA", None)
    with (home / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(f"{url}api/status", server, home / "log")
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(url, server, log):
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.25)
        else:
            return
    pytest.fail(f"JupyterLab does not start\n{log.read_text(encoding='utf-8')}", pytrace=False)


class Desk:
    """JupyterLab in one tab, in which a notebook runs while the one before it is looked at."""

    def __init__(self, page, lab):
        self.page, self._open = page, set()
        page.goto(f"{lab}lab?reset")
        page.wait_for_function("() => window.jupyterapp", timeout=120_000)
        page.evaluate("() => jupyterapp.restored")

    def start(self, name):
        """Open a notebook and run all its cells, unless that is done already."""
        if name in self._open:
            return
        self._open.add(name)
        path = f"{name}.ipynb"
        self.page.evaluate(OPEN, path)
        self.page.wait_for_function(READY, arg=path, timeout=120_000)
        self.page.evaluate(FRONT, path)
        self.page.evaluate(RUN)

    def look(self, name):
        """Bring a notebook that runs to the front, wait for its end, look at each cell; return its outputs."""
        path = f"{name}.ipynb"
        panel = self.page.locator(f"[id='{self.page.evaluate(FRONT, path)}']")
        self.page.wait_for_function(RAN, arg=path, timeout=120_000)
        for cell in panel.locator(".jp-Notebook .jp-Cell").all():
            cell.scroll_into_view_if_needed()
        assert self.page.evaluate(ERRORS, path) == []
        return panel.locator(".jp-OutputArea")

    def close(self, name):
        self.page.evaluate(CLOSE, f"{name}.ipynb")


@pytest.fixture(scope="module")
def desk(lab, browser):
    with Visit(browser, lab, viewport=DESK) as visit:
        yield Desk(visit.page, lab)


def controls(name):
    """Return the filters of a chapter as its cells make them."""
    names, made = {}, []
    for source in code_cells(name):
        tree = ast.parse(source)
        last = tree.body.pop()
        exec(compile(tree, name, "exec"), names)
        if FacetFilter in results(source):
            made.append(eval(compile(ast.Expression(last.value), name, "eval"), names))
    return made


def use(control, box):
    """Narrow a control facet by facet, each time by as little as can be, then by words; compare what it counts."""
    chosen = {}

    def size(**more):
        return len(control.select(**chosen, **more))

    def counted():
        count = f"{size()} of {len(control.rows)} {control.noun}"
        expect(box.get_by_text(count, exact=True)).to_be_visible(timeout=30_000)

    counted()
    for (name, (_, words)), chooser in zip(control.facets.items(), box.locator("select").all(), strict=True):
        before, sizes = size(), {value: size(**{name: value}) for value in words}
        chosen[name] = max(words, key=lambda value, n=sizes, all=before: (0 < n[value] < all, n[value]))
        chooser.select_option(label=words[chosen[name]])
        counted()
    chosen["q"] = "no such word"
    box.locator("input[type=text]").fill(chosen["q"])
    counted()


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_runs_and_shows_all_it_has_and_its_controls_answer(desk, name):
    desk.start(name)
    for following in CHAPTERS[CHAPTERS.index(name) + 1 :][:1]:
        desk.start(following)
    outputs = desk.look(name)
    charts, filters = cells_giving(name, Figure), controls(name)
    expect(outputs.locator(".js-plotly-plot:has(.main-svg .trace)")).to_have_count(charts, timeout=20_000)
    boxes = outputs.locator(".widget-vbox")
    expect(boxes).to_have_count(len(filters))
    html = outputs.locator(".jp-OutputArea-output.jp-RenderedHTML").filter(has_text=re.compile(r"\S"))
    expect(html).to_have_count(len(code_cells(name)) - charts - len(filters))
    for control, box in zip(filters, boxes.all(), strict=True):
        use(control, box)
    desk.close(name)
