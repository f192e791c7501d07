"""The notebooks as an analyst gets them: opened, run and used in a real JupyterLab."""

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
from browser import DESK, ROOT, Visit, cells_giving, code_cells
from playwright.sync_api import expect

from claimbook import explore, ledger
from claimbook.charts import Figure
from claimbook.explore import FacetFilter

SETTINGS = {
    # Otherwise only cells in the window exist.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    # Questions and news would stand before the notebook.
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}
RAN = """() => {
    const { content, sessionContext } = jupyterapp.shell.currentWidget;
    const code = content.widgets.filter(cell => cell.model.type === 'code');
    return sessionContext.session?.kernel?.status === 'idle' && code.every(cell => cell.model.executionCount);
}"""
ERRORS = """() => jupyterapp.shell.currentWidget.content.widgets
    .filter(cell => cell.model.type === 'code')
    .flatMap(cell => cell.model.outputs.toJSON())
    .filter(output => output.output_type === 'error' || output.name === 'stderr')"""


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


def run(page, lab, name):
    """Open a notebook, run all its cells, look at each, and find all that they have to show."""
    page.goto(f"{lab}lab/tree/{name}.ipynb?reset")
    page.wait_for_function(
        "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'",
        timeout=120_000,
    )
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(RAN, timeout=120_000)
    for cell in page.locator(".jp-Notebook .jp-Cell").all():
        cell.scroll_into_view_if_needed()
    assert page.evaluate(ERRORS) == []
    outputs = page.locator(".jp-OutputArea")
    charts, controls = cells_giving(name, Figure), cells_giving(name, FacetFilter)
    expect(outputs.locator(".js-plotly-plot:has(.main-svg .trace)")).to_have_count(charts, timeout=20_000)
    expect(outputs.locator(".widget-vbox")).to_have_count(controls)
    html = outputs.locator(".jp-OutputArea-output.jp-RenderedHTML").filter(has_text=re.compile(r"\S"))
    expect(html).to_have_count(len(code_cells(name)) - charts - controls)


def test_a_text_chapter_runs_and_shows_all_it_has(lab, browser):
    with Visit(browser, lab, viewport=DESK) as visit:
        run(visit.page, lab, "chapters/wnd-2001")


def test_the_control_of_a_notebook_answers(lab, browser):
    control = explore.claims(ledger.load(ROOT / "data"))
    facet, (_, words) = next(iter(control.facets.items()))
    value, word = next(iter(words.items()))
    total, chosen = len(control.rows), len(control.select(**{facet: value}))
    with Visit(browser, lab, viewport=DESK) as visit:
        run(visit.page, lab, "chapters/claims")
        widgets = visit.page.locator(".jp-OutputArea .widget-vbox")
        expect(widgets.get_by_text(f"{total} of {total} claims", exact=True)).to_be_visible()
        widgets.locator("select").first.select_option(label=word)
        expect(widgets.get_by_text(f"{chosen} of {total} claims", exact=True)).to_be_visible()
