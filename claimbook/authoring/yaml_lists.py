"""A YAML file with one entry more in one of its lists, and every other byte of it as it was.

A library that writes the whole file anew does not serve: it evens out how lists are indented and how values are
written, and an entry comes below the comment that stands over the next one. So the parser says where the lists lie,
the entry gets lines of its own there, and what the file then says is compared with what it should say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Listed:
    """A list of a file.

    Attributes
    ----------
    owner : dict
        The mapping that has it.
    name : str
        Its key there.
    key, value : yaml.Node
        Where key and list stand in the file.
    """

    owner: dict
    name: str
    key: yaml.Node
    value: yaml.Node

    @property
    def entries(self) -> list:
        """What is in it; a key without a value has an empty list."""
        return self.owner[self.name] or []


class YamlFile:
    """A file that an entry is to be added to.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    raw : str
        Its text.
    line_end : str
        How its lines end.
    said : object
        What it says.
    """

    def __init__(self, path: Path, content: bytes):
        """Read what the file at `path` holds.

        Raises
        ------
        ValueError
            If it is not UTF-8 or not YAML; the message says where, and how to mend it.
        """
        self.path = path
        try:
            self.raw = content.decode("utf-8")
            loader = yaml.SafeLoader(self.raw)
            self._root = loader.get_single_node()
            self.said = loader.construct_document(self._root) if self._root else None
        except UnicodeDecodeError:
            raise ValueError(f"{path}: must be UTF-8; save it as UTF-8") from None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = f" at line {mark.line + 1}" if mark else ""
            raise ValueError(f"{path}: must be YAML, and is not{line}: {getattr(error, 'problem', error)}") from None
        self.line_end = "\r\n" if "\r\n" in self.raw else "\n"

    def with_key(self, name: str) -> "YamlFile":
        """Return the file with a key more after its last, without a value."""
        return YamlFile(self.path, f"{self.raw.rstrip()}{self.line_end}{name}:{self.line_end}".encode())

    def lists(self, *names: str) -> list[Listed]:
        """Return every list with one of these keys, in the order of the file.

        Raises
        ------
        ValueError
            If a mapping of the file gives a key twice.
        """
        return list(self._lists(self._root, self.said, names))

    def _lists(self, node: yaml.Node, said: object, names: tuple[str, ...]) -> Iterator[Listed]:
        if isinstance(said, dict):
            keys = [key.value for key, _ in node.value]
            for (key, value), (name, inner) in zip(node.value, said.items(), strict=False):
                if keys.count(key.value) > 1:
                    where = f"{key.value} at line {key.start_mark.line + 1}"
                    raise ValueError(f"{self.path}: {where}: must be given once; join what it is given")
                if name in names and (inner is None or isinstance(inner, list)):
                    yield Listed(said, name, key, value)
                yield from self._lists(value, inner, names)
        elif isinstance(said, list):
            for item, inner in zip(node.value, said, strict=True):
                yield from self._lists(item, inner, names)

    def with_entry(self, listed: Listed, place: int, entry: dict, lines: list[str]) -> bytes:
        """Return the file with an entry more in one of its lists.

        Parameters
        ----------
        listed : Listed
            The list; it has the entry afterwards.
        place : int
            How many of its entries come before the new one.
        entry : dict
            What the new one says.
        lines : list of str
            The new one as YAML, beginning with a hyphen.

        Raises
        ------
        ValueError
            If the list is not written as one entry below the other.
        """
        at, column, raw = self._room(listed, place)
        before = raw[:at] if not at or raw[at - 1] == "\n" else f"{raw[:at]}{self.line_end}"
        written = "".join(f"{' ' * column}{line}{self.line_end}" for line in lines)
        changed = f"{before}{written}{raw[at:]}"
        listed.owner[listed.name] = [*listed.entries[:place], entry, *listed.entries[place:]]
        try:
            fits = yaml.safe_load(changed) == self.said
        except yaml.YAMLError:
            fits = False
        if not fits:
            rule = "must be a YAML list, one entry below the other, so that one can be added"
            raise ValueError(f"{self.path}: {listed.name}: {rule}")
        return changed.encode()

    def _room(self, listed: Listed, place: int) -> tuple[int, int, str]:
        """Return index and column at which an entry can be written, and the text that they are for."""
        key, value, raw = listed.key, listed.value, self.raw
        if listed.entries:
            column = value.start_mark.column
            at = _line_after(raw, self._end(value.value[place - 1])) if place else value.start_mark.index - column
            return at, column, raw
        # A list with nothing in it may be written as brackets, or not at all.
        raw = raw[: value.start_mark.index].rstrip(" ") + raw[value.end_mark.index :]
        return _line_after(raw, key.end_mark.index), key.start_mark.column + 2, raw

    def _end(self, node: yaml.Node) -> int:
        """Return where the last words of a node end; a block itself ends only where the next thing begins."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
            return len(self.raw[: node.end_mark.index].rstrip())
        last = node.value[-1]
        return self._end(last[1] if isinstance(last, tuple) else last)


def _line_after(raw: str, index: int) -> int:
    return raw.find("\n", index) + 1 or len(raw)
