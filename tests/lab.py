"""A JupyterLab of its own for the tests and for the measurement of Binder, and one tab in which it is used."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress

SETTINGS = {
    # Otherwise only cells in the window exist.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    # Questions and news would stand before the notebook.
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}
OPEN = "async path => { await jupyterapp.commands.execute('docmanager:open', { path }); }"
RUN = "() => { jupyterapp.commands.execute('notebook:run-all-cells'); }"
PANEL = "const panel = [...jupyterapp.shell.widgets('main')].find(w => w.context?.path === path);"
READY = f"path => {{ {PANEL} return panel?.sessionContext.session?.kernel?.status === 'idle'; }}"
FRONT = f"path => {{ {PANEL} jupyterapp.shell.activateById(panel.id); return panel.id; }}"
RAN = f"""path => {{
    {PANEL}
    const code = panel.content.widgets.filter(cell => cell.model.type === 'code');
    const failed = code.some(cell => cell.model.outputs.toJSON().some(output => output.output_type === 'error'));
    const ran = failed || code.every(cell => cell.model.executionCount);  // after an error the rest does not run
    return panel.sessionContext.session?.kernel?.status === 'idle' && ran;
}}"""
ERRORS = f"""path => {{
    {PANEL}
    return panel.content.widgets.filter(cell => cell.model.type === 'code')
        .flatMap(cell => cell.model.outputs.toJSON())
        .filter(output => output.output_type === 'error' || output.name === 'stderr');
}}"""
CLOSE = f"async path => {{ {PANEL} await panel.sessionContext.shutdown(); await panel.context.save(); panel.close(); }}"


@contextmanager
def jupyterlab(python, book, home):
    """Start JupyterLab on a folder, with no settings of whoever runs it, and give its address.

    Parameters
    ----------
    python : str or Path
        Interpreter whose JupyterLab is started.
    book : Path
        The folder that it shows.
    home : Path
        Where its settings, files at run time and log go.
    """
    command = [python, "-m", "jupyter", "lab", "--allow-root", f"--ServerApp.root_dir={book}"]
    with started(command, home) as url:
        yield url


@contextmanager
def started(command, home, options=lambda words: words, **settings):
    """Run a command that starts JupyterLab, with no settings of whoever runs it, and give its address.

    Parameters
    ----------
    command : list of str
        The command without the options that a test needs.
    home : Path
        Where its settings, files at run time and log go.
    options : callable
        How the command takes these options, from a list of words to the words that are added to it.
    **settings
        Further arguments for the process.
    """
    overrides = home / "config" / "labconfig" / "default_setting_overrides.json"
    overrides.parent.mkdir(parents=True)
    overrides.write_text(json.dumps(SETTINGS), encoding="utf-8")
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
    words = [
        *("--no-browser", f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token="),
        *("--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly"),
    ]
    environment = os.environ | {name: str(home / folder) for name, folder in own.items()}
    environment.pop("CLAIMBOOK_DATA", None)
    log = home / "log"
    with log.open("w") as file:
        # In a group of its own: a command that starts another hands no signal on.
        server = subprocess.Popen(
            [*command, *options(words)],
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **settings,
        )
    try:
        if not answers(f"{url}api/status", server):
            raise RuntimeError(f"JupyterLab does not start\n{log.read_text(encoding='utf-8')}")
        yield url
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def answers(url, server):
    """Wait until a server that was just started answers, or ends."""
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=5).close()
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.25)
        else:
            return True
    return False


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
        errors = self.page.evaluate(ERRORS, path)
        assert errors == [], errors
        return panel.locator(".jp-OutputArea:not(.jp-OutputArea *)")

    def close(self, name):
        self._open.discard(name)
        self.page.evaluate(CLOSE, f"{name}.ipynb")
