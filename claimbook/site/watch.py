"""Show the book while it is written: build it anew when a file changes, and let open pages load themselves again.

Pages are served without their policy, which would keep out the script that waits for changes; the book on disk keeps
it. The server is Tornado, which comes with Jupyter.
"""

import asyncio
import contextlib
import sys
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler, StaticFileHandler

from claimbook.site import PACKAGE
from claimbook.site.build import own_files

CHANGES = "/_changes"
RELOAD = '<script>new EventSource("/_changes").onmessage = () => location.reload();</script>'
POLICY = '<meta content="default-src'
EVERY = 0.3
"""Seconds between two looks at the files."""


class Turn:
    """Which build is shown; whoever waits for the next is told."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def tell(self) -> None:
        """Tell that there is a new book."""
        self._next.set()
        self._next = asyncio.Event()

    async def wait(self) -> None:
        """Wait for the next book."""
        await self._next.wait()


class Changes(RequestHandler):
    """Tells a page, as server-sent events, that there is a new book."""

    def initialize(self, turn: Turn) -> None:
        """Take the turn to wait for."""
        self.turn = turn

    async def get(self) -> None:
        """Send an event for each new book till the page has gone."""
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        with contextlib.suppress(StreamClosedError):
            await self.flush()
            while True:
                await self.turn.wait()
                self.write("data: built\n\n")
                await self.flush()


class Pages(StaticFileHandler):
    """Serves the files of the book as they now are, pages with the script that waits for changes."""

    def compute_etag(self) -> None:
        """Name no version: a file may change at any time."""

    def should_return_304(self) -> bool:
        """Tell that what a browser has is never good enough."""
        return False

    def set_extra_headers(self, path: str) -> None:
        """Let the browser keep nothing."""
        self.set_header("Cache-Control", "no-store")

    def get_content_size(self) -> int:
        """Return the size of what is sent, in bytes."""
        self.shown = shown(Path(self.absolute_path))
        return len(self.shown)

    def get_content(self, abspath: str, start: int | None = None, end: int | None = None) -> bytes:
        """Return what is sent."""
        return self.shown[start:end]


def shown(path: Path) -> bytes:
    """Return a file as it is sent: a page without its policy and with the script that waits for changes."""
    content = path.read_bytes()
    if path.suffix != ".html":
        return content
    before, policy, after = content.decode().partition(POLICY)
    if not policy:
        return (before + RELOAD).encode()
    return (before + RELOAD + after.partition("/>")[2]).encode()


def state(source: Path) -> dict[Path, tuple[int, int]]:
    """Return when each file that a book comes from was written, and its size."""
    seen = {}
    for top in (*own_files(source), PACKAGE):
        for path in top.rglob("*") if top.is_dir() else [top]:
            if not any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(top.parent).parts):
                with contextlib.suppress(FileNotFoundError):  # it was there a moment ago
                    known = path.stat()
                    seen[path] = known.st_mtime_ns, known.st_size
    return seen


async def rebuild(source: Path, out: Path) -> bool:
    """Build the book in a process of its own, so that changed code counts; tell whether there is a new one."""
    command = [sys.executable, "-m", "claimbook.site", "--source", str(source), "--out", str(out)]
    process = await asyncio.create_subprocess_exec(*command)
    try:
        return await process.wait() == 0
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def watch(source: Path, out: Path, port: int) -> None:
    """Serve the book in `out` and build it anew whenever a file of `source` changes, till it is interrupted."""
    turn = Turn()
    handlers = [(CHANGES, Changes, {"turn": turn}), (r"/(.*)", Pages, {"path": out, "default_filename": "index.html"})]
    sockets = bind_sockets(port, "127.0.0.1")
    HTTPServer(Application(handlers)).add_sockets(sockets)
    address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/"
    print(f"the book is at {address} and is built anew when a file changes; Ctrl-C ends this", flush=True)
    seen = None
    while True:
        now = await asyncio.to_thread(state, source)
        if now != seen:
            seen = now
            if await rebuild(source, out):
                turn.tell()
        await asyncio.sleep(EVERY)
