"""Run the notebooks of a book before its pages are made, several at a time, into the cache that pages are made from.

MyST-NB would run each notebook when it reads its page, one after another. Here they run side by side, and MyST-NB finds
them in its cache. What is not run here it runs itself: notebooks in other formats, and those that failed, so that their
error is told as a warning of their page.
"""

import asyncio
import socket
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

FORMAT = 4
"""The major version of the notebook format that MyST-NB reads notebooks in."""


def waiting(paths: Iterable[Path], folder: Path) -> dict[Path, NotebookNode]:
    """Return the notebooks that a cache does not hold as they are.

    Parameters
    ----------
    paths : iterable of Path
        Notebooks in Jupyter's format. One that cannot be read, or says itself how it is to be run, is left to MyST-NB.
    folder : Path
        The folder of the cache.
    """
    cache, found = get_cache(folder), {}
    for path in paths:
        try:
            notebook = nbformat.read(path, FORMAT)
        except Exception:  # whatever is wrong with it, MyST-NB names the page
            continue
        try:
            cache.match_cache_notebook(notebook)
        except KeyError:
            if "execution" not in notebook.metadata:
                found[path] = notebook
    return found


def execute(notebooks: dict[Path, NotebookNode], folder: Path, source: Path, timeout: int, at_once: int) -> None:
    """Run notebooks and put those that succeed into a cache.

    Parameters
    ----------
    notebooks : dict of Path to NotebookNode
        As :func:`waiting` returns them.
    folder, source : Path
        The folder of the cache, and of the book.
    timeout : int
        Seconds that a cell may take.
    at_once : int
        How many run at a time.
    """
    cache = get_cache(folder)
    # Sockets of the file system: two kernels that look for a free port at a time may find the same one.
    with tempfile.TemporaryDirectory(prefix="cb-") as sockets:
        asyncio.run(_all(notebooks, cache, source, timeout, at_once, Path(sockets)))


async def _all(notebooks, cache, source, timeout, at_once, sockets):
    free = asyncio.Semaphore(at_once)

    async def one(number, path, notebook):
        async with free:
            await _run(path, notebook, cache, source, timeout, sockets / f"{number}.json")

    longest_first = sorted(notebooks, key=lambda path: -len(notebooks[path].cells))
    async with asyncio.TaskGroup() as group:
        for number, path in enumerate(longest_first):
            group.create_task(one(number, path, notebooks[path]))


async def _run(
    path: Path, notebook: NotebookNode, cache: JupyterCacheAbstract, source: Path, timeout: int, connection: Path
) -> None:
    """Run a notebook in the folder where it lies."""
    start = time.monotonic()
    transport = {"transport": "ipc", "connection_file": str(connection)} if hasattr(socket, "AF_UNIX") else {}
    client = NotebookClient(
        notebook,
        timeout=timeout,
        record_timing=False,  # which would be part of what the cache knows a notebook by
        resources={"metadata": {"path": str(path.parent)}},
        config=Config({"KernelManager": transport}),
    )
    try:
        await client.async_execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError):
        return
    seconds = time.monotonic() - start
    cache.cache_notebook_bundle(
        CacheBundleIn(notebook, str(path), data={"execution_seconds": seconds}), check_validity=False, overwrite=True
    )
    page = path.relative_to(source).with_suffix("").as_posix()
    print(f"  {page} … executed in {seconds:.1f} s", flush=True)
