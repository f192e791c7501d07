"""What was corrected, version by version: which verdicts changed and why, and whatever else was mended."""

from claimbook.analysis import versions
from claimbook.analysis.versions import Change, Version
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.view import palette
from claimbook.view.assessments import Assessments, mark
from claimbook.view.markup import Html, el, join
from claimbook.view.tables import claim_link, date_text


def log(ledger: Ledger) -> Html:
    """List what was corrected: what is newer than the last version first, then version by version.

    A verdict that changed stands under what it was and what it is, with the corrections that say why; other
    corrections follow. Where a verdict changed and nothing says why, the list says so.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger; one without versions has a single list, since its first edition.
    """
    known, shown = [*reversed(versions.listed(ledger))], _Log(ledger)
    if known:
        return join([shown.part(*pair) for pair in zip([None, *known], [*known, None], strict=True)])
    if ledger.corrections.empty:
        return el("p", "Nothing has been corrected since the first edition.")
    return el("ul", [shown.entry([row]) for row in shown.held_by(None)])


class _Log:
    """Draws the parts of the log."""

    def __init__(self, ledger: Ledger):
        self.ledger = ledger
        self.assessed = Assessments(ledger)
        self.held = versions.of_corrections(ledger)

    def held_by(self, version: Version | None) -> list:
        """Return the corrections that are new in a version, newest first; of None, those newer than the last one."""
        rows = self.ledger.corrections.iloc[::-1].itertuples(index=False)
        return [row for row in rows if self.held[row.correction_id] == version]

    def part(self, version: Version | None, before: Version | None) -> Html:
        """Show what is new in a version against the one before; of None, what is new since the last one."""
        rows = self.held_by(version)
        change = versions.change(self.ledger, before.version, version.version if version else "") if before else None
        if not version and not rows and change.verdicts.empty:
            return el("p", f"Nothing has been corrected since version {before.version}.")
        told = set() if change is None else set(change.verdicts["claim_id"])
        rest = [self.entry([row]) for row in rows if row.claim_id not in told]
        return join(
            [
                el("h3", _heading(version) if version else f"Since version {before.version}"),
                el("p", version.note) if version and version.note else None,
                [el("p", _told(change)), self._verdicts(change, rows)] if change else None,
                _fold(f"Other corrections: {len(rest)}", rest) if rest else None,
            ]
        )

    def _verdicts(self, change: Change, rows: list) -> Html:
        folds = []
        groups = change.verdicts.groupby(["was", "now"], sort=False)
        for (was, now), changed in sorted(groups, key=lambda group: -len(group[1])):
            entries = [self.entry([row for row in rows if row.claim_id == c], c) for c in changed["claim_id"]]
            folds.append(_fold([mark(was), " → ", mark(now), f": {len(changed)}"], entries))
        return join(folds)

    def entry(self, rows: list, claim_id: str = "") -> Html:
        """Show the corrections of a claim, or one that may concern none."""
        claim_id = claim_id or rows[0].claim_id
        said = [el("p", _words(row)) for row in rows] or el("p", "No reason is logged.")
        return el("li", self._named(claim_id) if claim_id else None, said)

    def _named(self, claim_id: str) -> Html:
        statement = self.assessed.claims.at[claim_id, "statement"]
        return join([el("strong", claim_link(claim_id, words=statement)), self.assessed.denied(claim_id)])


def _heading(version: Version) -> str:
    return f"Version {version.version}, {date_text(version.date, version.date)}: {version.name}"


def _words(row) -> Html:
    found = "" if row.raised_by == "contributors" else f"; found by {palette.RAISED_BY[row.raised_by]}"
    return join([f"{row.was} → {row.now} {row.reason} ", el("small", f"({row.correction_id}, {row.date}{found})")])


def _fold(head, entries: list[Html]) -> Html:
    return el("details", el("summary", head), el("ul", entries))


def _told(change: Change) -> str:
    """Say in a sentence how many verdicts changed, and how many claims came and went."""
    changed, verb = count(len(change.verdicts), "claim"), "has" if len(change.verdicts) == 1 else "have"
    parts = [f"{changed} of {change.shared} that are in both versions {verb} another verdict"]
    parts += [f"{len(change.added)} are new"] * bool(change.added)
    parts += [f"{len(change.gone)} are retired"] * bool(change.gone)
    return "; ".join(parts) + "."
