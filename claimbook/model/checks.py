"""Checks: executable pieces of evidence, each a pure function over records that returns a finding.

A book keeps its checks in the folder ``checks`` beside its data. A function is made one by :func:`check`, which
declares what it asks, shows and cannot show, and is named in ``evidence.csv``. It takes the records it declares and
returns its stance together with a sentence built from the numbers it computed: change the record, and the stance
follows. No stance of a check is written by hand.

What a parameter means is said once for the whole folder: any of its files may hold a dict :data:`GLOSSARY` of names to
meanings. A check explains only what has another meaning there. Publisher and version of what it reads stand in the
data package, and nowhere else.

A check answers from what its records cover. Asked for a time, a state or a release beyond that, it is silent or raises
ValueError and says what is covered; :mod:`claimbook.analysis.limits` has what checks share for it.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType

import pandas as pd

from claimbook.model.problems import Problem
from claimbook.model.records import collected, repeated
from claimbook.model.schema import is_text

STANCES = ("supports", "qualifies", "contradicts", "silent")
"""What a check can say of a claim: checks read registers and statistics, so none of them asserts or denies.

One that qualifies finds a part of the claim to be so: what it only cannot bear out it contradicts, or is silent on.
"""

GLOSSARY = "PARAMETERS"
"""Name of the dict that says, in a file of checks, what parameters mean; it holds for all files of the folder."""

TYPES = {"str": str, "int": int, "float": float}
"""Types that a parameter may be annotated with, by name: what a cell of ``check_args`` can be read as."""


@dataclass(frozen=True)
class Finding:
    """What a check finds.

    Attributes
    ----------
    stance : str
        One of :data:`STANCES`, toward the claim as it is stated.
    sentence : str
        What was found, with the numbers computed.
    numbers : dict of str to int, float or str
        The numbers of the sentence by name, units in the name.
    affirms : bool
        Where it qualifies: whether it finds a part of the claim to be so, and does not only limit it.
    """

    stance: str
    sentence: str
    numbers: dict[str, int | float | str] = field(default_factory=dict)
    affirms: bool = True

    def __post_init__(self):
        if self.stance not in STANCES:
            raise ValueError(f"a check has no stance {self.stance!r}")


@dataclass(frozen=True)
class Check:
    """A function that is a check, with what it declares.

    Attributes
    ----------
    function : callable
        Takes the records, then its arguments, and returns a :class:`Finding`.
    records : tuple of str
        The records that it reads.
    asks : str
        Its question.
    shows, cannot_show : str
        What its numbers show, and what they cannot.
    stances : mapping of str to str
        The stances that it can take, each with the words when it does.
    own, glossary : mapping of str to str
        What its parameters mean: as it explains them itself, and as the glossary of its folder does.
    large : tuple of str
        Those of its records that it takes as they come, on whatever engine; the others reach it as pandas frames.
    name : str
        Its name in ``evidence.csv``; default: that of the function.
    """

    function: Callable[..., Finding]
    records: tuple[str, ...]
    asks: str
    shows: str
    cannot_show: str
    stances: Mapping[str, str]
    own: Mapping[str, str] = field(default_factory=dict)
    glossary: Mapping[str, str] = field(default_factory=dict)
    large: tuple[str, ...] = ()
    name: str = ""

    def __post_init__(self):
        object.__setattr__(self, "name", self.name or self.function.__name__)

    def run(self, arguments: str, records: Mapping) -> Finding:
        """Run the check over records.

        Parameters
        ----------
        arguments : str
            The cell ``check_args`` of ``evidence.csv``.
        records : mapping of str to frame
            The records by name, frames of pandas or of any engine of :mod:`claimbook.model.records`. To run several
            checks over the same records, give them to one :class:`Runner`.

        Raises
        ------
        KeyError, ValueError, RuntimeError
            As :meth:`Runner.run` does.
        """
        return Runner(records).run(self, arguments)

    @property
    def parameters(self) -> dict[str, inspect.Parameter]:
        """The arguments it takes from ``check_args``, by name."""
        taken = list(inspect.signature(self.function).parameters.values())[len(self.records) :]
        # A file may ask Python to keep its annotations as text.
        types = [TYPES.get(p.annotation) if isinstance(p.annotation, str) else p.annotation for p in taken]
        return {p.name: p.replace(annotation=one) for p, one in zip(taken, types, strict=True)}

    @property
    def meanings(self) -> dict[str, str]:
        """What its parameters mean, by name; those that nobody explains are left out."""
        known = {**self.glossary, **self.own}
        return {name: known[name] for name in self.parameters if name in known}

    @property
    def place(self) -> tuple[str, int]:
        """The file that declares it, with its folder, and the line."""
        code = inspect.unwrap(self.function).__code__
        return "/".join(Path(code.co_filename).parts[-2:]), code.co_firstlineno

    def arguments(self, text: str) -> dict:
        """Read ``check_args``: ``name=value`` pairs separated by semicolons, typed as the function annotates them.

        Raises
        ------
        ValueError
            If a pair is malformed, unknown, given twice, not of its type, or missing.
        """
        given: dict = {}
        parameters = self.parameters
        for pair in filter(None, (part.strip() for part in text.split(";"))):
            name, equals, value = (part.strip() for part in pair.partition("="))
            if not equals or name not in parameters:
                raise ValueError(f"{self.name} takes {', '.join(parameters) or 'no arguments'}, not {pair!r}")
            if name in given:
                raise ValueError(f"{name} is given twice")
            try:
                given[name] = parameters[name].annotation(value)
            except ValueError:
                raise ValueError(f"{name} is not {parameters[name].annotation.__name__}: {value!r}") from None
        for name, parameter in parameters.items():
            if name not in given and parameter.default is parameter.empty:
                raise ValueError(f"{self.name} needs {name}")
        return given

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with its declaration, but for what only the data package can tell."""

        def problem(column: str, value: object, rule: str) -> Problem:
            return Problem(*self.place, column, str(value), rule)

        if not is_text(self.asks) or not self.asks.strip().endswith("?"):
            yield problem("asks", self.asks, f"must be the question of {self.name}, which ends in ?")
        for column in ("shows", "cannot_show"):
            if not is_text(value := getattr(self, column)):
                yield problem(column, value, f"must say what {self.name} {column.replace('_', ' ')}")
        if not _are_explained(self.stances) or not self.stances or not set(self.stances) <= set(STANCES):
            rule = f"must say when {self.name} takes a stance, for each that it can take of {', '.join(STANCES)}"
            yield problem("stances", ", ".join(map(str, self.stances)), rule)
        if len(inspect.signature(self.function).parameters) < len(self.records):
            rule = f"{self.name} must take a parameter for each record that it declares, before all others"
            yield problem("records", ", ".join(self.records), rule)
        for name in sorted(set(self.large) - set(self.records)):
            yield problem("large", name, f"must be one of the records of {self.name}: {', '.join(self.records)}")
        for name, parameter in self.parameters.items():
            if parameter.annotation not in list(TYPES.values()):
                yield problem(name, "", f"this parameter of {self.name} must be annotated as one of {', '.join(TYPES)}")
            if name not in self.meanings:
                rule = (
                    f"this parameter of {self.name} must be explained: in {GLOSSARY} of a file of the folder, or in "
                    "parameters= of the check where it means something of its own"
                )
                yield problem(name, "", rule)
        for name in sorted(self.own.keys() - self.parameters.keys()):
            rule = f"must be a parameter of {self.name}, to be explained by it"
            yield problem("parameters", name, rule)


class Runner:
    """Runs checks over records: prepares each record once, and runs no check twice with the same arguments.

    Parameters
    ----------
    records : mapping of str to frame
        The records by name, frames of pandas or of any engine of :mod:`claimbook.model.records`; nobody may change
        them in place.
    """

    def __init__(self, records: Mapping):
        self._records = records
        self._looked_through: set[str] = set()
        self._in_memory: dict[str, pd.DataFrame] = {}
        self._findings: dict[tuple[Callable, str], Finding] = {}

    def run(self, check: Check, arguments: str) -> Finding:
        """Return what a check finds.

        Parameters
        ----------
        check : Check
            The check.
        arguments : str
            The cell ``check_args`` of ``evidence.csv``.

        Raises
        ------
        KeyError
            If a record that it reads is missing.
        ValueError
            If the arguments do not fit the check, if the records lack what they ask for, or if a record holds a row
            twice, which would be counted twice.
        RuntimeError
            If it takes a stance that it has not declared.
        """
        key = check.function, arguments
        if key not in self._findings:
            for name in check.records:
                self._refuse_copies(name)
            read = (self._records[name] if name in check.large else self._collected(name) for name in check.records)
            finding = check.function(*read, **check.arguments(arguments))
            if finding.stance not in check.stances:
                raise RuntimeError(
                    f"{check.name} takes the stance {finding.stance!r} and declares only {', '.join(check.stances)}; "
                    "add to its stances when it does so, or mend the function"
                )
            self._findings[key] = finding
        return self._findings[key]

    def _refuse_copies(self, name: str) -> None:
        if name not in self._looked_through:
            if again := repeated(self._records[name]):
                raise ValueError(
                    f"{name}: the row {again} stands there more than once; leave out the copies, or tell rows that "
                    "are alike apart by a column of their own"
                )
            self._looked_through.add(name)

    def _collected(self, name: str) -> pd.DataFrame:
        """Return a record as a pandas frame, another one each time: what a check changes in it is its own."""
        if name not in self._in_memory:
            self._in_memory[name] = collected(self._records[name])
        return self._in_memory[name].copy(deep=False)


def _are_explained(words: object) -> bool:
    return isinstance(words, Mapping) and all(map(is_text, words)) and all(map(is_text, words.values()))


def check(
    records: str | tuple[str, ...],
    *,
    asks: str,
    shows: str,
    cannot_show: str,
    stances: Mapping[str, str],
    parameters: Mapping[str, str] | None = None,
    large: tuple[str, ...] = (),
) -> Callable:
    """Declare a function a check; the declaration is its documentation, and the book shows it.

    Parameters
    ----------
    records : str or tuple of str
        Records whose frames it takes first, in this order; its arguments follow.
    asks : str
        The question, which ends in ``?``.
    shows, cannot_show : str
        What the numbers show, in one or two sentences, and what they cannot show.
    stances : mapping of str to str
        The stances of :data:`STANCES` that it can take, each with the words when it does. Any other it may not take.
    parameters : mapping of str to str, optional
        Meanings of parameters that differ from the glossary of the folder, or are not in it.
    large : tuple of str
        Those of the records that it takes as they come, on whatever engine.

    Raises
    ------
    ValueError
        If the file has a check of this name further up, which Python would forget.
    """

    def declare(function):
        first, again = function.__globals__.get(function.__name__), function.__code__
        # Whoever runs the cell of a notebook again declares the same check again.
        if (
            isinstance(getattr(first, "check", None), Check)
            and first.__code__.co_filename == again.co_filename
            and first.__code__.co_firstlineno != again.co_firstlineno
        ):
            line = first.__code__.co_firstlineno
            raise ValueError(f"there are two checks {function.__name__}, the first in line {line}; rename one of them")
        if not _are_explained(parameters or {}):
            raise ValueError("parameters= must be a dict of names to meanings")
        read = (records,) if isinstance(records, str) else tuple(records)
        function.check = Check(function, read, asks, shows, cannot_show, stances, parameters or {}, large=large)
        return function

    return declare


def declared(modules: Iterable[ModuleType]) -> tuple[dict[str, Check], list[Problem]]:
    """Return the checks of the modules of a folder by name, in the order of their definition, and what is wrong.

    A check with a problem is left out.
    """
    modules = list(modules)
    glossary, problems = _glossary(modules)
    found: dict[str, Check] = {}
    for module in modules:
        for thing in vars(module).values():
            if not isinstance(declaration := getattr(thing, "check", None), Check):
                continue
            first = found.get(declaration.name)
            if first is None:
                found[declaration.name] = replace(declaration, glossary=glossary)
            elif first.function is not declaration.function:
                rule = f"must not be the name of two checks: {':'.join(map(str, first.place))} has it too; rename one"
                problems.append(Problem(*declaration.place, "", declaration.name, rule))
    flawed = {name: list(declaration.problems()) for name, declaration in found.items()}
    problems += [problem for flaws in flawed.values() for problem in flaws]
    return {name: declaration for name, declaration in found.items() if not flawed[name]}, problems


def _glossary(modules: list[ModuleType]) -> tuple[dict[str, str], list[Problem]]:
    """Return what the modules say of parameters, and where two of them say different things of one."""
    meanings: dict[str, str] = {}
    problems = []
    for module in modules:
        file, words = "/".join(Path(module.__file__).parts[-2:]), getattr(module, GLOSSARY, {})
        if not _are_explained(words):
            problems.append(Problem(file, None, GLOSSARY, "", "must be a dict of names of parameters to meanings"))
            continue
        for name, meaning in words.items():
            if meanings.setdefault(name, meaning) != meaning:
                rule = "must be explained once in the folder; explain it in parameters= of a check where it differs"
                problems.append(Problem(file, None, GLOSSARY, name, rule))
    return meanings, problems
