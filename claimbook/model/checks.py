"""Checks: executable pieces of evidence, each a pure function over records that returns a finding.

A book keeps its checks in the folder ``checks`` beside its data. A function is made one by :func:`check` and named in
``evidence.csv``. It takes the records it declares and returns its stance together with a sentence built from the
numbers it computed: change the record, and the stance follows. No stance of a check is written by hand.

A check answers from what its records cover. Asked for a time, a state or a release beyond that, it is silent or raises
ValueError and says what is covered; :mod:`claimbook.analysis.limits` has what checks share for it.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType

from claimbook.model.records import collected, repeated

STANCES = ("supports", "qualifies", "contradicts", "silent")
"""What a check can say of a claim: checks read registers and statistics, so none of them asserts or denies."""


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
    """

    stance: str
    sentence: str
    numbers: dict[str, int | float | str] = field(default_factory=dict)

    def __post_init__(self):
        if self.stance not in STANCES:
            raise ValueError(f"a check has no stance {self.stance!r}")


@dataclass(frozen=True)
class Check:
    """A function that is a check.

    Attributes
    ----------
    name : str
        Its name in ``evidence.csv``.
    function : callable
        Takes the records, then its arguments, and returns a :class:`Finding`.
    records : tuple of str
        The records that it reads.
    large : tuple of str
        Those of them that it takes as they come, on whatever engine; the others reach it as pandas frames.
    """

    name: str
    function: Callable[..., Finding]
    records: tuple[str, ...]
    large: tuple[str, ...] = ()

    def run(self, arguments: str, records: Mapping) -> Finding:
        """Run the check over records.

        Parameters
        ----------
        arguments : str
            The cell ``check_args`` of ``evidence.csv``.
        records : mapping of str to frame
            The records by name, frames of pandas or of any engine of :mod:`claimbook.model.records`.

        Raises
        ------
        KeyError
            If a record that it reads is missing.
        ValueError
            If the arguments do not fit the check, if the records lack what they ask for, or if a record holds a row
            twice, which would be counted twice.
        """
        for record in self.records:
            if again := repeated(records[record]):
                raise ValueError(
                    f"{record}: the row {again} stands there more than once; leave out the copies, or tell rows that "
                    "are alike apart by a column of their own"
                )
        read = (records[r] if r in self.large else collected(records[r]) for r in self.records)
        return self.function(*read, **self.arguments(arguments))

    @property
    def question(self) -> str:
        """The first line of the docstring."""
        return inspect.getdoc(self.function).splitlines()[0]

    @property
    def parameters(self) -> dict[str, inspect.Parameter]:
        """The arguments it takes from ``check_args``, by name."""
        return dict(list(inspect.signature(self.function).parameters.items())[len(self.records) :])

    def arguments(self, text: str) -> dict:
        """Read ``check_args``: ``name=value`` pairs separated by semicolons, typed as the function annotates them.

        Raises
        ------
        ValueError
            If a pair is malformed, unknown, given twice, not of its type, or missing.
        """
        given: dict = {}
        for pair in filter(None, (part.strip() for part in text.split(";"))):
            name, equals, value = (part.strip() for part in pair.partition("="))
            if not equals or name not in self.parameters:
                raise ValueError(f"{self.name} takes {', '.join(self.parameters) or 'no arguments'}, not {pair!r}")
            if name in given:
                raise ValueError(f"{name} is given twice")
            try:
                given[name] = self.parameters[name].annotation(value)
            except ValueError:
                raise ValueError(f"{name} is not {self.parameters[name].annotation.__name__}: {value!r}") from None
        for name, parameter in self.parameters.items():
            if name not in given and parameter.default is parameter.empty:
                raise ValueError(f"{self.name} needs {name}")
        return given


def check(*records: str, large: tuple[str, ...] = ()) -> Callable:
    """Declare a function a check over `records`: frames it takes first, in this order; arguments follow.

    Those named in `large` it takes as they come, on whatever engine.
    """

    def declare(function):
        function.check = Check(function.__name__, function, records, large)
        return function

    return declare


def declared(modules: Iterable[ModuleType]) -> dict[str, Check]:
    """Return every check of some modules by name, in the order of its definition.

    Raises
    ------
    ValueError
        If two checks have one name.
    """
    found: dict[str, Check] = {}
    for module in modules:
        for thing in vars(module).values():
            if not isinstance(declaration := getattr(thing, "check", None), Check):
                continue
            if found.setdefault(declaration.name, declaration).function is not declaration.function:
                raise ValueError(f"there are two checks {declaration.name}")
    return found
