"""Results of earlier builds, kept by what they come from, so that only what has changed is computed again."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_Result = TypeVar("_Result")


class Kept:
    """A folder of results.

    Parameters
    ----------
    folder : Path
        Where they lie; it need not exist.
    code : str
        A hash of the code that computes them.
    """

    def __init__(self, folder: Path, code: str):
        self.folder, self.code = folder, code
        self._asked: set[Path] = set()

    def place(self, *parts: str) -> Path:
        """Return the file of the result that comes from `parts`, whether there is one or not."""
        known = "\0".join((self.code, *parts))
        path = self.folder / f"{hashlib.sha256(known.encode()).hexdigest()[:32]}.json"
        self._asked.add(path)
        return path

    @staticmethod
    def read(path: Path):
        """Return a result; tuples come back as lists."""
        return json.loads(path.read_text(encoding="utf-8"))

    def write(self, path: Path, result) -> None:
        """Keep a result, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        side = path.with_suffix(".part")
        side.write_text(json.dumps(result), encoding="utf-8")
        side.replace(path)

    def once(self, make: Callable[[], _Result], *parts: str) -> _Result:
        """Return the result that comes from `parts`, which is made where it is not kept."""
        path = self.place(*parts)
        if not path.is_file():
            self.write(path, make())
        return self.read(path)

    def prune(self) -> None:
        """Remove what nobody has asked for."""
        for path in set(self.folder.glob("*")) - self._asked:
            path.unlink()
