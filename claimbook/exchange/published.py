"""Where the book is published, known only where somebody says so; which version it is, and of which day."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from claimbook.analysis import versions
from claimbook.model.bibliography import is_web_address
from claimbook.model.ledger import Ledger, is_record
from claimbook.model.settings import BASE_URL, Settings
from claimbook.model.span import Span

RELATIVE = "../"
"""Leads from the folder ``data`` of the built book to its first folder, where no published address is known."""

CLAIMS = "claims"
"""The folder of the built book that has the pages of claims."""


def base_url(data: Path, given: str | None = None) -> str:
    """Return the address at which the book is published, with a slash at its end; empty where none is known.

    Parameters
    ----------
    data : pathlib.Path
        The data folder; ``html.baseurl`` is read from the ``_config.yml`` beside it.
    given : str, optional
        An address that goes before the environment, which goes before ``_config.yml``.

    Raises
    ------
    ValueError
        If it is no http(s) address, or has a query or a fragment.
    """
    config = data.resolve().parent / "_config.yml"
    settings = (yaml.safe_load(config.read_text(encoding="utf-8")) or {}) if config.is_file() else {}
    return first_address(given, (settings.get("html") or {}).get("baseurl"), f"html.baseurl of {config}")


def first_address(given: str | None, configured: str | None, where: str) -> str:
    """Return the address that counts of those given: the option's, the environment's, the configuration's.

    Parameters
    ----------
    given, configured : str or None
        From the command line, and from the configuration that `where` names.

    Raises
    ------
    ValueError
        If it is no http(s) address, or has a query or a fragment; says who gave it.
    """
    offers = ((given, "--base-url"), (Settings.read().base_url, BASE_URL), (configured, where))
    address, where = next((offer for offer in offers if offer[0]), ("", ""))
    if not address:
        return ""
    if not is_web_address(str(address)) or set("?#") & set(address):
        raise ValueError(f"{where}: {address}: must be an http(s) address without query and fragment")
    return address.rstrip("/") + "/"


def claim_address(claim_id: str, base: str) -> str:
    """Return the address of a claim's page, absolute where the book's address is known.

    Examples
    --------
    >>> claim_address("alder-2030-c042", "")
    '../claims/alder-2030-c042.html'
    """
    return (base or RELATIVE) + claim_path(claim_id)


def claim_path(claim_id: str) -> str:
    """Return the path within the built book of a claim's page.

    Examples
    --------
    >>> claim_path("alder-2030-c042")
    'claims/alder-2030-c042.html'
    """
    return f"{CLAIMS}/{claim_id}.html"


def day_of(source: Mapping[str, str]) -> str:
    """Return when a text (a row of ``sources``) appeared, as a day or a month; empty where the bounds are wider."""
    first, last = source["published_earliest"], source["published_latest"]
    return first if first == last else first[:7] if first[:7] == last[:7] else ""


def data_day(ledger: Ledger) -> str:
    """Return the day of the data: the last one on which evidence was searched for, or a text appeared.

    Where no such day is known it is the last one on which evidence became public or a record was released; empty where
    there is none either.
    """
    days = [*ledger.searches["date"], *ledger.sources["published_latest"]]
    if not any(days):
        days = [*ledger.evidence["version_released"], *ledger.evidence["fact_public_from"]]
        days += [r["versionReleased"] for r in ledger.schema["resources"] if is_record(r)]
    return max((Span.read(day).latest for day in days), default="")


@dataclass(frozen=True)
class Edition:
    """Which version of a book its tables are: all that a citation says of it comes from here.

    Attributes
    ----------
    version : str
        Its number, "" where it has none.
    date : str
        ISO date: of its release, or of the data where it is not released.
    words : str
        Number and day as a citation has them, such as "2.0.0, 30 November 2026".
    """

    version: str
    date: str
    words: str


def edition(ledger: Ledger, package: Mapping | None = None) -> Edition:
    """Return which version of a book its tables are.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger. Where it lists versions, the last one counts that the data package is of; a correction that
        is newer is told as well, for the tables are not those of the release any more.
    package : mapping, optional
        Its data package where that is no longer the ledger's own.
    """
    number = str((package or ledger.schema).get("version", ""))
    known = versions.listed(ledger)
    if not known:
        return Edition(number, data_day(ledger), number)
    last = known[-1]
    if last.version != number:
        return Edition(number, data_day(ledger), f"{number}, not yet released")
    words = f"{number}, {Span.read(last.date).text}"
    held = versions.of_corrections(ledger)
    later = [row.date for row in ledger.corrections.itertuples() if held[row.correction_id] is None]
    return Edition(number, last.date, words + (f", corrected up to {Span.read(max(later)).text}" if later else ""))
