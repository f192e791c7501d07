"""Checks: executable pieces of evidence, each a pure function over records that returns a finding.

A check is registered by :func:`check`, named in ``evidence.csv`` and run by :func:`run`. It takes the records it
declares and returns its stance together with a sentence built from the numbers it computed: change the record, and
the stance follows. No stance of a check is written by hand.

A check answers from what its records cover. Asked for a time, a state or a release beyond that, it is silent or raises
ValueError and says what is covered; :mod:`claimbook.checks.limits` has what all checks share for it.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from claimbook.aggregates import repeated
from claimbook.records import collected

STANCES = ("supports", "qualifies", "contradicts", "silent")
"""What a check can say of a claim: checks read registers and statistics, so none of them asserts or denies."""

LARGE = ("un_agreement", "sipri_flows")
"""Records that a check is given as they come, on whatever engine; every other one reaches it as a pandas frame."""

MODULES = ("arms", "politics", "states")


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
    """A registered check: its function, the records it reads, and its docstring's first line as its question."""

    name: str
    function: Callable[..., Finding]
    records: tuple[str, ...]

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


_REGISTRY: dict[str, Check] = {}


def check(*records: str) -> Callable:
    """Register a function as a check over `records`: frames it takes first, in this order; arguments follow."""

    def register(function):
        if function.__name__ in _REGISTRY:
            raise ValueError(f"there is a check {function.__name__} already")
        _REGISTRY[function.__name__] = Check(function.__name__, function, records)
        return function

    return register


def registry() -> dict[str, Check]:
    """Return every check by name, in the order of its definition."""
    for module in MODULES:
        import_module(f"{__name__}.{module}")
    return dict(_REGISTRY)


def run(name: str, arguments: str, records: Mapping) -> Finding:
    """Run the check `name` with ``check_args`` over the records.

    Parameters
    ----------
    name, arguments : str
        The cells ``check`` and ``check_args`` of ``evidence.csv``.
    records : mapping of str to frame
        The records by name, frames of pandas or of any engine of :mod:`claimbook.records`.

    Raises
    ------
    KeyError
        If there is no such check, or a record that it reads is missing.
    ValueError
        If the arguments do not fit the check, if the records lack what they ask for, or if a record holds a row twice,
        which would be counted twice.
    """
    chosen = registry()[name]
    for record in chosen.records:
        if again := repeated(records[record]):
            raise ValueError(
                f"{record}: the row {again} stands there more than once; leave out the copies, or tell rows that are "
                "alike apart by a column of their own"
            )
    read = (records[r] if r in LARGE else collected(records[r]) for r in chosen.records)
    return chosen.function(*read, **chosen.arguments(arguments))
