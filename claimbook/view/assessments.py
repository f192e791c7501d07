"""Verdicts and evidence as a reader sees them: the mark, the reasons, both sides, what would change the verdict."""

import re
import textwrap
from functools import cached_property

import pandas as pd

from claimbook.analysis import care, evidence, sensitivity, verdicts
from claimbook.analysis.chains import terminal_sources
from claimbook.model import ids
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger, kept
from claimbook.view import addresses, palette
from claimbook.view.leaves import Leaf, Long, long, one
from claimbook.view.markup import Html, el, folded, join, named, plain
from claimbook.view.tables import (
    actor_names,
    claim_link,
    claim_links,
    date_text,
    facts,
    in_english,
    lines,
    not_here,
    published_words,
    quiet,
    readable_words,
    reference_link,
    table,
)

FURTHER = {
    ("supports", False): "an independent origin for it",
    ("supports", True): "a primary record for it",
    ("contradicts", False): "an independent origin against it",
    ("contradicts", True): "a primary record against it",
    ("not_verified", False): "a competent source that tried to verify it and could not",
}
"""What could come to the evidence on a claim, by stance and whether it is a record."""

SIDES = (
    ("For", ("supports", "admits")),
    ("In part", ("supports_part",)),
    ("Against", ("contradicts",)),
    ("Limits it", ("qualifies",)),
    ("Tried to verify it, and could not", ("not_verified",)),
    ("The party's own word, not counted", ("asserts", "denies")),
    ("Looked at, and silent", ("silent",)),
)
"""Where each stance is shown; For and Against are named also where nothing stands there."""


LESS = {"supports_part": "In part: ", "qualifies": "Limits it: "}
"""What stands before a row in a line where it speaks for less than the whole of a claim, or limits it."""

SENTENCE = re.compile(r".*?(?:(?<=[a-z0-9)”\"’])[.!?](?=\s|$)|$)", re.DOTALL)
"""The first sentence of a text; the stop of an initial ends none."""

NAMED = 2
"""So many of those who speak for or against a claim, or deny it, are named in a line; the others are counted."""

OTHER_ROW = re.compile(r"(?:\b(?:see|row) )?\b(?:(?P<claim>c\d{3,})-)?(?P<row>e\d{2,})\b")
"""How an assessment names another row of evidence: by the end of its id, after that of its claim where need be."""

NO_ROWS = pd.DataFrame({"evidence_id": [], "origin": []})

SPOKEN = (*verdicts.OWN_WORD, "admits")
"""The stances of a party, which the line on a row of evidence names."""


def mark(verdict: str, note: str = "", why: str | None = None) -> Html:
    """Show a verdict as its glyph and word, with a note where there is one, and say why to whoever points at it."""
    words = [el("span", palette.VERDICT_GLYPHS[verdict], aria_hidden="true"), " ", palette.VERDICTS[verdict], note]
    return el("span", words, class_=f"cb-verdict cb-verdict-{verdict.replace('_', '-')}", title=why)


@kept
def _gathered(ledger: Ledger) -> dict[str, object]:
    """Return what assessments of a ledger begin with, whatever page they are shown on: a chapter asks many times."""
    rows = evidence.resolved(ledger)
    # What limits a claim and affirms a part of it stands with what bears out a part; what only limits it, apart.
    affirming = rows["stance"].eq("qualifies") & rows["affirms"].eq(True)
    rows = rows.assign(side=rows["stance"].mask(affirming, "supports_part"))
    # Asked several times for every claim, so kept as plain lists: selecting rows takes far longer.
    ends: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows.itertuples(index=False):
        ends.setdefault(row.claim_id, []).append((row.side, row.origin, row.evidence_id))
    links = ledger.claim_links[ledger.claim_links["type"] == "denies"]
    entries = ledger.bibliography.items()
    ends_of = terminal_sources(ledger).set_index("claim_id")
    return {
        "ledger": ledger,
        "claims": ledger.claims.set_index("claim_id", drop=False),
        "verdicts": evidence.verdicts(ledger).set_index("claim_id", drop=False),
        "items": evidence.items(ledger),
        "asked": evidence.claims(ledger),
        "rows": {claim: part for claim, part in rows.groupby("claim_id", sort=False)},
        "_ends": ends,
        "searches": {claim: part for claim, part in ledger.searches.groupby("claim_id", sort=False)},
        "_searched": evidence.searched(ledger),
        "origins": dict(zip(ledger.origins["origin"], ledger.origins["name"], strict=True)),
        "denied_by": {claim: part["claim_id"].tolist() for claim, part in links.groupby("related_claim_id")},
        "trail_ends": ends_of,
        "_speakers": ends_of["actor_id"].map(actor_names(ledger)).to_dict(),
        "titles": {key: textwrap.shorten(entry["title"], 44, placeholder="…") for key, entry in entries},
    }


class Assessments:
    """What the evidence makes of the claims of a ledger.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part.
    base : str
        Leads from the page to the chapters.
    whole : bool
        Whether the evidence on a claim is printed in full whatever hangs on it.
    """

    def __init__(self, ledger: Ledger, base: str = addresses.BASE, whole: bool = False):
        self.base, self.whole = base, whole
        vars(self).update(_gathered(ledger))

    @cached_property
    def careful(self) -> set[str]:
        """The claims on living persons and companies."""
        return care.claims_about(self.ledger)

    def mark(self, claim_id: str, why: bool = True) -> Html:
        """Show the verdict on a claim; for one that cannot be checked, with the reason.

        Parameters
        ----------
        claim_id : str
            The claim.
        why : bool
            Whether the mark says why to whoever points at it. Not where the sentence stands beside the mark, nor where
            marks come by the hundred: there the sentences would weigh more than the page.
        """
        claim, verdict = self.claims.loc[claim_id], self.verdicts.at[claim_id, "verdict"]
        if not claim["checkable"]:
            return mark(verdict, f": {palette.REASONS[claim['not_checkable_reason']]}")
        return mark(verdict, why=self.why(claim_id) if why else None)

    def outcome(self, claim_id: str) -> str:
        """Say the verdict on a claim without its glyph; for one that cannot be checked, with the reason."""
        return plain(self.mark(claim_id, why=False)).lstrip(f"{''.join(palette.VERDICT_GLYPHS.values())} ")

    def reasons(self, claim_id: str) -> Html:
        """Say why the verdict is as it is; where more hangs on it, its fragility, the verdict then and the code too."""
        if self.aside(claim_id):
            return join([self.why(claim_id)])
        v, parts = self.verdicts.loc[claim_id], []
        if not pd.isna(v["fragility"]):
            parts.append(f"The verdict would change if {count(int(v['fragility']), 'origin')} fell away")
        parts.append(["when the text appeared: " if parts else "When the text appeared: ", mark(v["verdict_then"])])
        letters = f"text {v['carrier']}, end of the trail {v['terminal']}, information {v['credibility']}"
        parts.append(f"Admiralty code: {letters}")
        return join([self.why(claim_id), " ", join(parts, "; ")])

    def why(self, claim_id: str) -> str:
        """Say in one sentence why the verdict on a claim is as it is."""
        return self.verdicts.at[claim_id, "why"]

    def extent(self, claim_id: str) -> Html | None:
        """Say which part of a partly supported claim is borne out, or what limits it, as its weightiest row has it.

        That is what a check finds, or the first sentence of what an assessment makes of a publication; None for any
        other verdict.
        """
        rows = [row for row in self.told(claim_id) if row["counts"]]
        if self.verdicts.at[claim_id, "verdict"] != "partly_supported":
            return None
        whole = any(row["stance"] in verdicts.WHOLE for row in rows)
        for side in ("qualifies", "supports_part") if whole else ("supports_part",):
            if mine := [row for row in rows if row["side"] == side]:
                row = min(mine, key=lambda row: (not row["primary"], row["reliability"]))
                said = SENTENCE.match(row["assessment"] or row["finding"])[0].rstrip(".")
                link = self.origin_of(row["origin"], row["evidence_id"])
                return join([LESS[side], self._led(row | {"assessment": said}), " (", link, ")"])
        return None

    def what_would_change(self, claim_id: str) -> Html | str:
        """Say which single further origin would change the verdict, and to which."""
        changes = sensitivity.would_change(self.items.get(claim_id, []), self.asked[claim_id])
        if not changes:
            return "no single further origin"
        return join(([f"{FURTHER[c.stance, c.primary]} → ", mark(c.verdict)] for c in changes), "; ")

    def sides(self, claim_id: str) -> Html:
        """Show the evidence on a claim side by side: for, also in part; against, or limiting; then all other."""
        rows = self.told(claim_id)
        parts = {}
        for head, stances in SIDES:
            mine = [row for row in rows if row["side"] in stances]
            if mine or head in ("For", "Against"):
                inner = el("ul", [self.row(row) for row in mine]) if mine else self._nothing(claim_id, head)
                parts[head] = el("div", el("strong", head), inner)
        columns = (("For", "In part"), ("Against", "Limits it"))
        beside = [el("div", [parts.pop(head) for head in heads if head in parts]) for heads in columns]
        beside = el("div", beside, class_="cb-sides")
        return join([beside, el("div", parts.values(), class_="cb-aside")])

    def told(self, claim_id: str) -> list[dict]:
        """Return the rows of evidence on a claim."""
        return self.rows[claim_id].to_dict("records") if claim_id in self.rows else []

    def absent(self, claim_id: str, side: str) -> str:
        """Say of a side on which nothing stands whether it was searched.

        Parameters
        ----------
        claim_id : str
            The claim.
        side : str
            ``for``, ``against`` or ``denial``.
        """
        return "none found" if (claim_id, side) in self._searched else "not searched"

    def _nothing(self, claim_id: str, head: str) -> Html:
        return el("p", self.absent(claim_id, "against" if head.startswith("Against") else "for").capitalize(), ".")

    def origins_on(self, claim_id: str, stances, most: int | None = None) -> Html | None:
        """Name the origins of the evidence of some stances, each leading to its row; None where there is none.

        Of more than `most` the first are named and the others counted.
        """
        first: dict[str, str] = {}
        for stance, origin, row in self._ends.get(claim_id, ()):
            if stance in stances:
                first.setdefault(origin, row)
        links = [self.origin_of(origin, row) for origin, row in first.items()]
        if most is not None and len(links) > most:
            more = el("a", f"{len(links) - most} more", href=addresses.claim(claim_id, self.base))
            links = [*links[:most], more]
        return join(links, "; ") if first else None

    def origin_of(self, origin: str, evidence_id: str) -> Html:
        """Name the origin of a row of evidence, leading to the row."""
        return el("a", named(self.origins[origin]), href=addresses.evidence(evidence_id, self.base))

    def row(self, row) -> Html:
        """Show one row of evidence: its finding, where it stands, and how much it weighs."""
        return el(
            "li",
            el(("span", "s")[bool(row["superseded"])], row["finding"]),
            self.words(row),
            el("div", self._led(row)) if row["assessment"] else None,
            el("div", self.weight(row), class_="cb-quiet"),
            id=row["evidence_id"],
        )

    def _led(self, row) -> Html:
        """Show an assessment; where it names another row by its number, the origin of that row leads there."""
        claim_id = row["claim_id"]
        text, parts, at = ids.text_of(claim_id), [], 0
        for match in OTHER_ROW.finditer(row["assessment"]):
            owner = ids.within(text, match["claim"]) if match["claim"] else claim_id
            other = ids.within(owner, match["row"])
            known = self.rows.get(owner, NO_ROWS).query("evidence_id == @other")
            if len(known):
                link = self.origin_of(known["origin"].iloc[0], other)
                parts += [row["assessment"][at : match.start()], "see ", link]
                at = match.end()
        return join([*parts, row["assessment"][at:]])

    def words(self, row) -> Html | None:
        """Show the decisive words of a publication, which lead to their place in it; None where it has none to show.

        What does not count decides nothing, but for a denial: there the words stand in the table alone.
        """
        if not row["words"] or not (row["counts"] or row["stance"] == "denies"):
            return None
        entry = self.ledger.bibliography[row["reference"]]
        said = published_words(row, entry)
        if url := entry.get("url"):
            said = el("a", said, href=addresses.words(url, row["words"]), rel="noopener")
        return el("div", said, in_english(row), class_="cb-words")

    def aside(self, claim_id: str) -> bool:
        """Tell whether less is printed of a claim: it carries no thesis, and is neither contradicted nor disputed."""
        if self.whole:
            return False
        verdict = self.verdicts.at[claim_id, "verdict"]
        return self.claims.at[claim_id, "weight"] != "thesis" and verdict not in ("contradicted", "disputed")

    def weight(self, row) -> Html:
        """Say where a row of evidence comes from and how it counts; place and day where a finding hangs on it."""
        aside = self.aside(row["claim_id"])
        if row["check"]:
            where = el("a", "our calculation", href=addresses.check(row["check"], self.base))
        else:
            entry = self.ledger.bibliography[row["reference"]]
            title = named(entry["title"] if self.whole else self.titles[row["reference"]])
            where = reference_link(row["reference"], title, self.base)
        day = f"public since {date_text(row['known_from'], row['known_from'])}" if row["known_from"] else "undated"
        parts = [
            [
                named(self.origins[row["origin"]]),
                ": ",
                where,
                f", {row['locator']}" if row["locator"] and not aside else None,
            ],
            "primary" if row["primary"] else None,
            f"reliability {row['reliability']}",
            palette.READ_AS[row["read_as"]] if not row["check"] else None,
            None if aside else day,
            palette.STANCES[row["stance"]] if row["stance"] in SPOKEN else None,
            "taken back or replaced by its own source" if row["superseded"] else None,
            "shown, not counted" if row["stance"] in verdicts.COUNTED and not row["counts"] else None,
        ]
        return join((p for p in parts if p), "; ")

    def searched(self, claim_id: str) -> Html | None:
        """List what was looked for on a claim and with what result; None where no search is logged."""
        rows = self.searches.get(claim_id)
        if rows is None:
            return None
        words = {"found": "found", "partly": "found in part", "none": "nothing found"}
        return el(
            "ul",
            [
                el(
                    "li",
                    f"{palette.SEARCHES[r.side]}: {r.looked_for}: {words[r.result]}",
                )
                for r in rows.itertuples(index=False)
            ],
        )

    def denials(self, claim_id: str) -> Html | None:
        """Name who denies a claim outside the text, each leading to the denial; None where there is none."""
        return self.origins_on(claim_id, ("denies",))

    def deniers(self, claim_id: str) -> list[str]:
        """Name who denies a claim, in the text or elsewhere, without links: for a card, which leads somewhere else."""
        told = [self._speakers[other] for other in self.denied_by.get(claim_id, ()) if other in self._speakers]
        found = [self.origins[origin] for stance, origin, _ in self._ends.get(claim_id, ()) if stance == "denies"]
        return list(dict.fromkeys([*told, *found]))

    def line(self, claim_ids) -> Html:
        """Link to claims by their verdicts, and say once who denies any of them.

        Parameters
        ----------
        claim_ids : iterable of str
            Claims on one matter.
        """
        claim_ids, alike = list(claim_ids), {}
        for claim_id in claim_ids:
            alike.setdefault(self.mark(claim_id, why=False), []).append(claim_id)
        names = list(dict.fromkeys(name for claim_id in claim_ids for name in self.deniers(claim_id)))
        if len(names) > NAMED:
            names[NAMED:] = [f"{len(names) - NAMED} more"]
        unheard = {self.absent(claim_id, "denial") for claim_id in claim_ids if claim_id in self.careful}
        denied = "; ".join(names) or max(unheard, default="")
        marked = [join([claim_links(ids_), " ", mark]) for mark, ids_ in alike.items()]
        return join([*marked, f"denied: {denied}" if denied else None], "; ")

    def denial(self, claim_id: str, places: bool = False) -> str | Html | None:
        """Say who denies a claim, in the text or elsewhere.

        A claim about a living person or a company says also that no denial was found, or that none was searched for;
        for others that is None.

        Parameters
        ----------
        claim_id : str
            The claim.
        places : bool
            Whether a denial in a text is named by its paragraph, and not by its id.
        """
        told, found = self.denied_by.get(claim_id), self.denials(claim_id)
        if told or found:
            inside = (
                [self.place(other) for other in told or ()]
                if places
                else [claim_link(other, self.base, self._speakers.get(other)) for other in told or ()]
            )
            return join([*inside, *filter(None, [found])], "; ")
        return self.absent(claim_id, "denial") if claim_id in self.careful else None

    def place(self, claim_id: str) -> Html:
        """Name a claim by the paragraph in which it stands, which leads to it."""
        paragraph = self.paragraphs[self.claims.at[claim_id, "sentence_id"]]
        where = f"in the text, paragraph {paragraph}"
        return el("a", where, href=addresses.claim(claim_id, self.base), title=claim_id)

    @cached_property
    def paragraphs(self) -> dict[str, int]:
        """The paragraph of every sentence."""
        return dict(zip(self.ledger.sentences["sentence_id"], self.ledger.sentences["paragraph"], strict=True))

    def denied(self, claim_id: str, places: bool = False) -> Html | None:
        """Show the denial of a claim (:meth:`denial`) on a line of its own; None where nothing is to be said."""
        denial = self.denial(claim_id, places)
        return el("div", "Denied: ", denial, class_="cb-quiet") if denial else None

    def denied_in_words(self, claim_id: str) -> Html | None:
        """Show who denies a claim and in what words; where nobody does, what :meth:`denied` shows."""
        told = [self.linked(other) for other in self.denied_by.get(claim_id, ())]
        for row in self.told(claim_id):
            if row["stance"] == "denies":
                entry = self.ledger.bibliography.get(row["reference"], {})
                words = readable_words(row, entry) if row["words"] else row["finding"]
                told.append(join([self.origin_of(row["origin"], row["evidence_id"]), ": ", words]))
        if not told:
            return self.denied(claim_id)
        return el("div", el("strong", "Denied:"), el("ul", [el("li", one) for one in told]), class_="cb-aside")

    def linked(self, claim_id: str) -> Html:
        """Link to a claim by its statement, with verdict and denial; by an arrow where this ledger has it not."""
        if claim_id not in self.claims.index:
            return claim_link(claim_id, self.base)
        words = claim_link(claim_id, self.base, self.claims.at[claim_id, "statement"])
        return join([words, " ", self.mark(claim_id, why=False), self.denied(claim_id)])

    def named(self, claim_id: str) -> Html:
        """Show a claim in a table: its statement, where it stands, who denies it."""
        return lines(self.claims.at[claim_id, "statement"], claim_link(claim_id, self.base), self.denied(claim_id))

    def side_by_side(self, claim_ids, caption: str) -> Html:
        """Show claims with the evidence for and against them, the verdict then and now, and what would change it.

        Parameters
        ----------
        claim_ids : iterable of str
            The claims, in the order in which they are shown; those that the ledger does not have are named.
        caption : str
            What they are.
        """
        claim_ids = list(claim_ids)
        shown = [self._beside(claim_id) for claim_id in claim_ids if claim_id in self.claims.index]
        if lacking := [claim_id for claim_id in claim_ids if claim_id not in self.claims.index]:
            shown.append(not_here(lacking))
        return el("div", el("p", caption, class_="cb-quiet"), shown, class_="cb-pairs")

    def _beside(self, claim_id: str) -> Html:
        claim, rows = self.claims.loc[claim_id], self.told(claim_id)
        shown = self.mark(claim_id, why=False)
        head = el("p", el("strong", claim["statement"]), " ", shown, " ", claim_link(claim_id, self.base))
        if not claim["checkable"]:
            return el("section", head, self.denied(claim_id))
        columns = []
        sides = (
            ("For, in full or in part", (*verdicts.WHOLE, "supports_part")),
            ("Against, or limiting it", ("contradicts", "qualifies")),
        )
        for name, stances in sides:
            mine = [row for row in rows if row["side"] in stances]
            inner = el("ul", [self._line(row) for row in mine]) if mine else self._nothing(claim_id, name)
            columns.append(el("div", el("strong", name), inner))
        return el(
            "section",
            head,
            el("div", columns, class_="cb-sides"),
            self.denied(claim_id),
            el("p", self.reasons(claim_id), class_="cb-quiet"),
            el("p", "Would change it: ", self.what_would_change(claim_id), class_="cb-quiet"),
        )

    def _line(self, row) -> Html:
        part = LESS.get(row["side"])
        return el("li", part, row["finding"], " ", el("small", self.weight(row), class_="cb-quiet"))


def check_list(ledger: Ledger) -> Html | Long:
    """List every check that bears on a claim; a leaf has what each declares of itself and the claims it bears on.

    What the checks take by the same name is explained once, below them. What a check finds of a claim stands on the
    page of that claim.
    """
    rows = evidence.resolved(ledger)
    asked = {name: part for name, part in rows[rows["check"] != ""].groupby("check", sort=False)}
    used = {name: check for name, check in ledger.checks.items() if name in asked}
    if not used:
        return quiet("No check bears on a claim.")
    publishers = dict(zip(ledger.origins["origin"], ledger.origins["name"], strict=True))
    described = {r["name"]: r for r in ledger.schema["resources"]}

    def source(name: str) -> Html:
        record = described[name]
        link = el("a", record["title"], href=addresses.use("data", f"record-{name}"))
        return join([link, f" ({publishers[record['origin']]}, {record['version']})"])

    items = []
    for name, check in used.items():
        found = [
            join([f"{palette.STANCES[stance]}: ", claim_links(dict.fromkeys(part["claim_id"]))])
            for stance, part in asked[name].groupby("stance", sort=False)
        ]
        declared = (
            ("Reads", join((source(record) for record in check.records), "; ")),
            ("Shows", check.shows),
            ("Cannot show", check.cannot_show),
            ("Finds", "; ".join(f"{palette.SHORT_STANCES[stance]}: {when}" for stance, when in check.stances.items())),
            ("Takes", _terms({term: check.own.get(term, "") for term in check.parameters})),
            ("Found on the claims", join(found, "; ")),
        )
        anchor = f"{addresses.CHECK}{name}"
        items.append(folded(join([check.asks, " ", el("code", name)]), facts(declared), id=anchor, class_="cb-claim"))
    shared = {
        term: check.glossary[term] for check in used.values() for term in check.meanings.keys() - check.own.keys()
    }
    if shared:
        terms = facts((el("code", term), shared[term]) for term in sorted(shared))
        items.append(folded("What the checks take", terms, id="check-terms", class_="cb-claim"))
    leaf = Leaf(addresses.CHECKS, f"{count(len(used), 'check')} and what they bear on", el("div", items))
    link = el("a", leaf.title, href=leaf.address)
    # Whoever follows an old address of a check arrives beside the link to all of them.
    return long(el("p", [el("span", id=f"{addresses.CHECK}{name}") for name in used], link, "."), [leaf])


def _terms(meanings: dict[str, str]) -> Html | None:
    """Name the parameters of a check, each with its meaning where it has one of its own."""
    named = [join([el("code", term), f" ({own.rstrip('.')})" if own else None]) for term, own in meanings.items()]
    return join(named, ", ") if named else None


def hard_cases(ledger: Ledger) -> Html | Long:
    """List on a leaf the claims on which the rule was tried because they are hard, by what is hard.

    The argument stands on the page of the claim.

    The outcome that was argued stands beside the one that the rule gives; where they differ, the row says so.
    """
    if "hard_cases" not in ledger.tables:
        return quiet("No hard case is listed.")
    assessed = Assessments(ledger)
    rows = ledger.hard_cases
    given = rows["claim_id"].map(assessed.verdicts["verdict"])
    frame = pd.DataFrame(
        {
            "Claim": [assessed.named(c) for c in rows["claim_id"]],
            "What is hard": rows["difficulty"].str.replace("_", " "),
            "Argued for": [mark(verdict) for verdict in rows["expected"]],
            "The rule gives": [mark(verdict) for verdict in given],
        }
    ).sort_values("What is hard", kind="stable")
    agree = int((rows["expected"] == given).sum())
    caption = f"{count(len(rows), 'hard case')}; in {agree} the rule gives the outcome argued for"
    return one("method-hard-cases", caption, table(frame, caption))


def rule_table() -> Html:
    """Show the verdict rule as a table: mark, and when it is given."""
    frame = pd.DataFrame({"Verdict": [mark(v) for v, _ in verdicts.RULE], "Given when": [w for _, w in verdicts.RULE]})
    return table(frame, "The verdict rule; the first row that fits decides")


def changed_under(ledger: Ledger, threshold: verdicts.Threshold, name: str) -> Html:
    """List which claims get another verdict under a stricter threshold, by the verdict they lose and gain.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part.
    threshold : Threshold
        The stricter threshold.
    name : str
        What it is called in the caption.
    """
    now, then = (evidence.verdicts(ledger, t).set_index("claim_id")["verdict"] for t in (verdicts.DEFAULT, threshold))
    moved = pd.DataFrame({"now": now, "then": then})
    moved = moved[moved["now"] != moved["then"]].reset_index()
    groups = moved.groupby(["now", "then"])["claim_id"].agg(list)
    order = sorted(groups.index, key=lambda pair: tuple(map(verdicts.VERDICTS.index, pair)))
    frame = pd.DataFrame(
        {
            "From": [mark(a) for a, _ in order],
            "To": [mark(b) for _, b in order],
            "Number": [len(groups[pair]) for pair in order],
            "Claims": [_first_of(groups[pair]) for pair in order],
        }
    )
    return table(frame, f"{count(len(moved), 'claim')} would change verdict if the rule took {name}")


FIRST = 12
"""So many claims are linked in a cell; the others are counted, and the control on all claims lists them."""


def _first_of(claim_ids: list[str]) -> Html:
    shown = [claim_links(claim_ids[:FIRST])]
    if more := claim_ids[FIRST:]:
        place = addresses.record("claims", "when-the-threshold-tightens")
        shown.append(el("a", f"{len(more)} more", href=place))
    return join(shown, ", ")


def origins(ledger: Ledger) -> Html | Long:
    """Count the origins with evidence by kind; a leaf a kind names each with its owner and what rests on it."""
    rows = evidence.resolved(ledger)
    used = rows.groupby("origin").agg(rows=("evidence_id", "size"), claims=("claim_id", "nunique"))
    frame = ledger.origins.join(used, on="origin", how="inner").sort_values("claims", ascending=False, kind="stable")
    if frame.empty:
        return quiet("No evidence stands beside a claim.")
    names = actor_names(ledger) | dict(zip(ledger.origins["origin"], ledger.origins["name"], strict=True))
    leaves, told = [], []
    for kind, mine in frame.groupby("kind", sort=False):
        items = [
            el(
                "li",
                el("strong", named(o.name)),
                f", {count(o.rows, 'row')} on {count(o.claims, 'claim')}",
                [f". {o.note}" if o.note else None],
                el("div", "Owner: ", _owner(o, names), class_="cb-quiet"),
            )
            for o in mine.itertuples(index=False)
        ]
        leaf = Leaf(f"method-origins-{kind}", f"Origins: {kind}", el("ul", items, class_="cb-references"), kind)
        leaves.append(leaf)
        told.append(
            {
                "Kind": el("a", kind, href=leaf.address),
                "Origins": len(mine),
                "Owners": mine["owner"].nunique(),
                "Rows": int(mine["rows"].sum()),
            }
        )
    head = f"{count(len(frame), 'origin')}{_of_owners(frame)}; what one owner's origins say counts once on a side"
    return long(table(pd.DataFrame(told), head), leaves)


def _of_owners(origins: pd.DataFrame) -> str:
    return f" of {count(origins['owner'].nunique(), 'owner')}" if len(origins) else ""


def _owner(origin, names: dict[str, str]) -> Html:
    """Name the owner of an origin with the reason, which leads to the page that shows it where one was read."""
    why = el("a", origin.reason, href=origin.reference) if origin.reference else origin.reason
    owner = "itself" if origin.owner == origin.origin else named(names[origin.owner])
    return join([owner, [". ", why] if origin.reason else None])
