"""Changing several files as one: all of them are new, or all are as before, whenever it was interrupted.

The new files are written beside their targets and the old ones copied into a journal, :data:`JOURNAL`, in the folder
of the book. Only then are the files replaced, one by one, and the change holds from the moment the journal is renamed.
An error or an interruption on the way puts the old files back; what a killed process left half-done is undone by
:func:`recover`, which every command runs first.
"""

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from filelock import FileLock, Timeout

JOURNAL = ".claimbook-journal"
LOCK = ".claimbook-lock"
SUFFIX = ".claimbook-new"
_MANIFEST = "manifest.json"


@contextlib.contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep other commands from changing the files of the book in `root`.

    Raises
    ------
    BlockingIOError
        If another one is changing them.
    """
    lock = FileLock(root / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BlockingIOError(f"{root} is being changed by another command: nothing written") from None
    try:
        yield
    finally:
        # Whoever opened the file before it went is refused by filelock; Windows removes it when it is let go.
        with contextlib.suppress(PermissionError):
            (root / LOCK).unlink(missing_ok=True)
        lock.release()


def apply(root: Path, changes: Mapping[Path, bytes | None]) -> None:
    """Write all files of `changes`, or none.

    Parameters
    ----------
    root : pathlib.Path
        The folder of the book; the caller holds its lock (:func:`locked`).
    changes : mapping of pathlib.Path to bytes or None
        The new content of each file; a file that is not there yet is made, and so is its folder. None removes a file.
    """
    side = Path(tempfile.mkdtemp(prefix=f"{JOURNAL}-", dir=root))
    armed = root / JOURNAL
    try:
        entries = [
            {"path": os.path.relpath(path, root), "old": str(number) if path.exists() else None}
            for number, path in enumerate(changes)
        ]
        _write(side / _MANIFEST, json.dumps(entries).encode())
        for entry, (path, content) in zip(entries, changes.items(), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            if entry["old"] is not None:
                shutil.copyfile(path, side / entry["old"])
            if content is None:
                continue
            _write(_fresh(path), content)
            if entry["old"] is not None:
                shutil.copymode(path, _fresh(path))
        os.rename(side, armed)
        for path, content in changes.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                os.replace(_fresh(path), path)
        os.rename(armed, side)
    except BaseException:
        if armed.exists():
            _undo(root)
        raise
    finally:
        if side.exists():
            _forget(root, side)


def recover(root: Path) -> bool:
    """Undo a change that was killed on its way; tell whether there was one.

    Raises
    ------
    BlockingIOError
        If it is not killed but still on its way.
    """
    if not any(root.glob(f"{JOURNAL}*")):
        return False
    with locked(root):
        found = (root / JOURNAL).exists()
        if found:
            _undo(root)
        for side in root.glob(f"{JOURNAL}-*"):
            _forget(root, side)
        return found


def _undo(root: Path) -> None:
    """Put the files of the journal back; it may be done again from the start, as it leaves the journal to the last."""
    journal = root / JOURNAL
    for entry in json.loads((journal / _MANIFEST).read_bytes()):
        path = root / entry["path"]
        if entry["old"] is None:
            path.unlink(missing_ok=True)
            continue
        shutil.copyfile(journal / entry["old"], _fresh(path))
        if path.exists():
            shutil.copymode(path, _fresh(path))
        os.replace(_fresh(path), path)
    side = root / f"{JOURNAL}-undone"
    os.rename(journal, side)
    _forget(root, side)


def _forget(root: Path, side: Path) -> None:
    """Remove a journal that is no longer, or was never, in force, and what was written beside its targets."""
    manifest = side / _MANIFEST
    entries = json.loads(manifest.read_bytes()) if manifest.exists() and manifest.stat().st_size else []
    for entry in entries:
        _fresh(root / entry["path"]).unlink(missing_ok=True)
    shutil.rmtree(side, ignore_errors=True)


def _fresh(path: Path) -> Path:
    return path.with_name(f".{path.name}{SUFFIX}")


def _write(path: Path, content: bytes) -> None:
    """Write a file so that it is on the disk before anything is renamed to rely on it."""
    with path.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
