"""A problem of the tables: a broken rule and its place, and how many of them are told."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MANY = 10
"""Rows with the same fault in one column that are listed one by one; more of them are one line with their number."""
EXAMPLES = 3
"""Further values that such a line shows."""


@dataclass(frozen=True)
class Problem:
    """One broken rule and its place.

    Attributes
    ----------
    file : str
        Path inside the data folder.
    row : int or None
        Line of the file, the header being line 1.
    column : str
        Name of the column; of several, joined by ``+``.
    value : str
        The offending value as it stands.
    rule : str
        What is required instead.
    """

    file: str
    row: int | None
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        place = f"{_shown(self.file)}:{'' if self.row is None else self.row}:{_shown(self.column)}"
        return f"{place}: {_shown(self.value)}: {_shown(self.rule, None)}"

    def sort_key(self) -> tuple:
        """Return what problems are ordered by: file, row, column, rule, value."""
        return self.file, self.row or 0, self.column, self.rule, self.value

    def fault(self) -> tuple:
        """Return what the same fault in other rows has in common with this: file, column, and rule but for what it
        says of the one row (numbers, and what stands in quotation marks)."""
        return self.file, self.row is None, self.column, re.sub(r"'[^']*'|\"[^\"]*\"|\d+", "", self.rule)


class LedgerError(ValueError):
    """Tables cannot be read as their schema says; the message lists all that is wrong with them.

    Parameters
    ----------
    where : str
        What cannot be read, for the head of the message.
    problems : iterable of Problem
        Every problem.
    """

    def __init__(self, where: str, problems: Iterable[Problem]):
        super().__init__(where, tuple(problems))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, sorted by place."""
        return tuple(sorted(self.args[1], key=Problem.sort_key))

    def __str__(self) -> str:
        return "\n".join([self.args[0], *lines(self.problems)])


def lines(problems: Iterable[Problem]) -> list[str]:
    """Return a line per problem, in their order; a fault that more than :data:`MANY` rows share is one line."""
    problems = list(problems)
    groups: dict[tuple, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem.fault(), []).append(problem)
    told = []
    for problem in problems:
        group = groups[problem.fault()]
        if len(group) <= MANY:
            told.append(str(problem))
        elif problem is group[0]:
            told.append(f"{problem}; {_more(group)}")
    return told


def _more(group: list[Problem]) -> str:
    first, last = group[0], group[-1]
    many = f"and {len(group) - 1:,} more {'places' if first.row is None else 'rows'}"
    others = {p.value: p for p in reversed(group) if p.value != first.value}
    if not others:
        return many if first.row is None else f"{many} with this value, the last of them row {last.row}"
    few = sorted(others.values(), key=Problem.sort_key)[:EXAMPLES]
    shown = [f"{'' if p.row is None else f'row {p.row}: '}{_shown(p.value, 40) or 'empty'}" for p in few]
    return f"{many}, such as {', '.join(shown)}"


def _shown(value: str, limit: int | None = 80) -> str:
    """Return `value` on one line, what does not print escaped, cut to `limit` characters."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in value)
    return shown if limit is None or len(shown) <= limit else shown[: limit - 1] + "…"
