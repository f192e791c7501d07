"""A reader's browser for the tests: how it is found, what it is served, what it keeps of a visit."""

import ast
import functools
import gzip
import http.server
import importlib.util
import inspect
import mimetypes
import shutil
import threading
import typing
from contextlib import contextmanager
from pathlib import Path

import nbformat
import yaml
from myst_nb.core.read import read_myst_markdown_notebook
from playwright.sync_api import TimeoutError as Timeout

ROOT = Path(__file__).parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK = {"width": 1280, "height": 800}
COMPRESSED = {".html", ".js", ".css", ".json", ".svg", ".txt", ".csv"}


def installed():
    """Return the path of an installed Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Send files as a web host does: text compressed, and no line per request on the terminal."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        if path.suffix in COMPRESSED:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    """A server that says nothing of a browser which closes a page while it loads."""

    def handle_error(self, request, client_address):
        pass


@contextmanager
def served(folder):
    """Serve a folder on this machine and give its address."""
    with Server(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Visit:
    """A tab in which only one address is reachable.

    Attributes
    ----------
    page : playwright.sync_api.Page
        The tab.
    asked : list of str
        Every address the page asked for.
    outside : list of str
        Those of them beyond `home`; all were refused.
    errors : list of str
        What the console or an uncaught exception said.
    """

    def __init__(self, browser, home, **options):
        self.asked, self.outside, self.errors, self._wire = [], [], [], []
        # Without transitions no colour is measured on its way from one theme to the other.
        self._context = browser.new_context(reduced_motion="reduce", **options)
        self._context.route(lambda url: not url.startswith((home, "data:", "blob:")), self._refuse)
        self.page = self._context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        network = self._context.new_cdp_session(self.page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda event: self._wire.append(event["encodedDataLength"]))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._context.close()

    def _refuse(self, route):
        self.outside.append(route.request.url)
        route.abort()

    def _listen(self, message):
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location['url']})")

    @property
    def kilobytes(self):
        """What came over the wire so far."""
        return sum(self._wire) / 1024


def toc_pages():
    """Return the pages of the table of contents, as paths within the book without suffix."""

    def files(node):
        if isinstance(node, list):
            return [name for item in node for name in files(item)]
        if not isinstance(node, dict):
            return []
        own = [node[key] for key in ("root", "file") if key in node]
        return own + [name for value in node.values() for name in files(value)]

    return files(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8")))


def code_cells(page):
    """Return the sources of the code cells of a page's notebook."""
    notebook = ROOT / f"{page}.ipynb"
    if notebook.exists():
        cells = nbformat.read(notebook, as_version=4).cells
    else:
        cells = read_myst_markdown_notebook((ROOT / f"{page}.md").read_text(encoding="utf-8")).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


def cells_giving(page, kind):
    """Count the code cells of a page's notebook whose last line calls a function annotated to return `kind`."""
    return len(makers(page, kind))


def makers(page, kind):
    """Return the functions that the last lines of a page's code cells call and that are annotated to give `kind`."""
    cells = code_cells(page)
    return [called(source) for source in cells if any(issubclass(result, kind) for result in results(source))]


def called(source):
    """Return the function of the book that the last line of a code cell calls, or None."""
    match ast.parse(source).body[-1]:
        # What is no module is something the notebook holds, and its function a method.
        case ast.Expr(ast.Call(ast.Attribute(ast.Name(module), function))) if importlib.util.find_spec(
            f"claimbook.{module}"
        ):
            return getattr(importlib.import_module(f"claimbook.{module}"), function)
    return None


def results(source):
    """Return the types that the function called in the last line of a code cell is annotated to return."""
    if (function := called(source)) is None:
        return ()
    # A chart with nothing to draw would be a sentence; the texts of the book give each something.
    annotation = inspect.signature(function).return_annotation
    return typing.get_args(annotation) or (annotation,)


def draw_charts(page, charts="figure.cb-chart", timeout=20_000):
    """Scroll from chart to chart; return the ids of those that got drawn."""
    page.mouse.wheel(0, 1)
    drawn = []
    for figure in page.locator(charts).all():
        figure.scroll_into_view_if_needed()
        try:
            figure.locator(".js-plotly-plot .main-svg .trace").first.wait_for(timeout=timeout)
        except Timeout:
            continue
        drawn.append(figure.get_attribute("id"))
    return drawn


def use_theme(page, scheme):
    """Ask for the light or the dark scheme as an operating system does, and wait until the page follows."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function("scheme => document.documentElement.dataset.theme === scheme", arg=scheme)
