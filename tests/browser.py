"""A reader's browser for the tests: how it is found, what it is served, what it keeps of a visit."""

import functools
import gzip
import http.server
import mimetypes
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import TimeoutError as Timeout

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
PHONE = {"width": 390, "height": 800}
COMPRESSED = {".html", ".js", ".css", ".json", ".svg", ".txt", ".csv"}


def installed():
    """Return the path of an installed Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@functools.lru_cache(maxsize=200)
def compressed(path, changed):
    """Return a file as it goes over the wire, compressed once: the scripts go with every page."""
    return gzip.compress(path.read_bytes(), 6)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Send files as a web host does: text compressed, and no line per request on the terminal."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        squeezed = path.suffix in COMPRESSED
        body = compressed(path, path.stat().st_mtime_ns) if squeezed else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        if squeezed:
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


def draw_charts(page, charts="figure.cb-chart:has(.cb-plot:not(.cb-still))", timeout=20_000):
    """Go from chart to chart; return the ids of those that Plotly has drawn."""
    drawn = []
    for figure in page.locator(charts).all():
        figure.locator(".cb-plot").focus()
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
