"""A small book in a temporary folder, in which a class adds a text and codes it step by step.

It begins with empty tables under the schema of the book, and everything is written by the functions that the commands
use. The book's own ledger is only read, for its schema.
"""

import csv
import io
import json
import re
import shutil
import tempfile
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pandas as pd

from claimbook.analysis import agreement
from claimbook.authoring import adjudicate, newtext, skeleton
from claimbook.model import bibliography, ids, passages
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger, data_dir, load, read_schema
from claimbook.model.problems import lines
from claimbook.validation import SCHEMA, validate
from claimbook.validation.evidence_rules import OWN_CONDUCT
from claimbook.view import addresses, tables
from claimbook.view.assessments import Assessments
from claimbook.view.cards import Cards
from claimbook.view.markup import Html, el

EXAMPLE = resources.files("claimbook") / "example"
TOC = "format: jb-book\nroot: index\nchapters:\n"


class Workshop:
    """A ledger in a folder that goes with the session, holding one text of the examples.

    Parameters
    ----------
    source_id : str
        An example: the name of its folder, which holds the text and its prepared rows.

    Attributes
    ----------
    book, data, texts : pathlib.Path
        The folders of the small book, of its tables, and of the text.
    decisions : pathlib.Path
        The file of decisions between this coding and another.
    """

    def __init__(self, source_id: str):
        self.id = source_id
        self._folder = tempfile.TemporaryDirectory(prefix="claimbook-")
        self.book = Path(self._folder.name)
        self.data, self.texts, self.decisions = (self.book / name for name in ("data", "texts", "decisions.csv"))
        self.data.mkdir()
        self.texts.mkdir()
        (self.texts / f"{source_id}.txt").write_bytes((EXAMPLE / source_id / f"{source_id}.txt").read_bytes())
        (self.book / "_toc.yml").write_text(f"{TOC}- file: chapters/first\n", encoding="utf-8")
        package = read_schema(data_dir())
        package["resources"] = [r for r in package["resources"] if "/" not in r["path"]]  # no records, no audits
        (self.data / SCHEMA).write_text(json.dumps(package), encoding="utf-8")
        self.columns = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
        for name, columns in self.columns.items():
            self._write(name, [dict(zip(columns, columns, strict=True))])
        (self.data / bibliography.FILE).write_bytes((EXAMPLE / source_id / bibliography.FILE).read_bytes())

    def words(self) -> Html:
        """Show the text itself, which is in nobody's copyright."""
        return el("blockquote", el("p", passages.read_text(self.texts, self.id), dir="auto"))

    def new_text(self, **options: str) -> Html:
        """Add the text as ``python -m claimbook new-text`` does; show its sentences and what is to do.

        Parameters
        ----------
        **options : str
            As :class:`claimbook.authoring.newtext.Options` takes them, but for the id.
        """
        made = newtext.add(self.texts / f"{self.id}.txt", newtext.Options(self.id, **options), self.data, self.book)
        sentences = [
            el("li", el("code", f"p{s.paragraph:02d}-s{s.sentence}"), f": characters {s.start} to {s.end}")
            for s in made.sentences
        ]
        files = [el("li", el("code", path.relative_to(self.book).as_posix())) for path in made.changes]
        return el(
            "div",
            el("p", "Sentences:"),
            el("ul", sentences),
            el("p", "Files changed or new:"),
            el("ul", files),
        )

    def source(self, **cells: str) -> Html:
        """Fill cells of the text's row in ``sources.csv``; show the card of the source."""
        self._change("sources", "source_id", self.id, cells)
        return self.show(tables.source_card(self.text))

    def take(self, *names: str) -> Html:
        """Write the prepared rows of tables of the example: ``actors``, ``origins`` or ``mentions``; show them."""
        shown = []
        for name in names:
            rows = self._prepared(name)
            shown.append(tables.table(pd.DataFrame(rows), f"Prepared rows of {name}.csv"))
            if name == "mentions":
                rows = [self._mention(number, row) for number, row in enumerate(rows, 1)]
            self._write(name, rows)
        return el("div", shown)

    def _prepared(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO((EXAMPLE / self.id / f"{name}.csv").read_text(encoding="utf-8"))))

    def code(self, coder: str) -> None:
        """Write the rows that one of the coders of the example has prepared."""
        for row in self._prepared(f"{coder}/chains"):
            self.chain(**row)
        for row in self._prepared(f"{coder}/claims"):
            says = tuple(row.pop(part) for part in ("subject", "relation", "object"))
            self.claim(row.pop("sentence"), row.pop("words"), row.pop("statement"), says, **row)
        for name, write in (("links", self.link), ("evidence", self.evidence), ("searches", self.search)):
            for row in self._prepared(f"{coder}/{name}"):
                write(**row)

    def _mention(self, number: int, row: dict[str, str]) -> dict:
        sentence_id, start, end = self._place(row["sentence"], row["words"])
        place = {"sentence_id": sentence_id, "start": start, "end": end}
        told = {"actor_id": row["actor_id"], "as_written": row["words"]}
        return {"mention_id": ids.mention(self.id, number)} | place | told

    def chain(self, number: str, actor_id: str, verb: str, anonymity: str = "named") -> Html:
        """Add a hop to a chain of attribution and show it; a new chain begins with the text's own voice."""
        chain_id, known = ids.within(self.id, number), self.rows("chains")
        hops = [row for row in known if row["chain_id"] == chain_id]
        if not hops:
            own = next(row for row in known if row["hop"] == "1")
            hops = [own | {"chain_id": chain_id, "verb": "relays"}]
            self._write("chains", hops)
        hop = {"chain_id": chain_id, "hop": len(hops) + 1, "actor_id": actor_id, "verb": verb, "anonymity": anonymity}
        self._write("chains", [hop])
        return el("p", Cards(self.ledger).chain(chain_id))

    def claim(self, sentence: str, words: str, statement: str, says: tuple[str, ...], **cells: str) -> None:
        """Add a claim that rests on some words of a sentence; what is not said is what is usual.

        Parameters
        ----------
        sentence : str
            The end of the sentence's identifier, such as ``p01-s2``.
        words : str
            The passage, as it stands; it must stand once in the sentence.
        statement : str
            The claim in our own words.
        says : tuple of str
            Subject, relation and, where there is one, object.
        **cells : str
            Columns of ``claims.csv``; ``chain`` is the end of the chain's identifier, by default that of the text's
            own voice.
        """
        sentence_id, start, end = self._place(sentence, words)
        usual = {"layer": "content", "polarity": "positive", "weight": "support", "checkable": "true"}
        self._write(
            "claims",
            [
                usual
                | {
                    "claim_id": ids.claim(self.id, len(self.rows("claims")) + 1),
                    "sentence_id": sentence_id,
                    "start": start,
                    "end": end,
                    "statement": statement,
                    **dict(zip(("subject", "relation", "object"), says, strict=False)),
                    "chain_id": ids.within(self.id, cells.pop("chain")) if "chain" in cells else ids.chain(self.id, 1),
                }
                | cells
            ],
        )

    def link(self, claim: str, kind: str, related: str, note: str = "", differs: str = "") -> None:
        """Link two claims, such as ``("c005", "content_of", "c004")``; say where needed why their verdicts differ."""
        ends = {"claim_id": ids.within(self.id, claim), "related_claim_id": ids.within(self.id, related)}
        self._write("claim_links", [ends | {"type": kind, "note": note, "differs": differs}])

    def evidence(self, claim: str, stance: str, reference: str, finding: str, reliability: str, **cells) -> None:
        """Set a publication beside a claim, with what it says in our own words.

        One that qualifies is taken to affirm a part of the claim, unless ``affirms="false"`` is given.
        """
        claim_id = ids.within(self.id, claim)
        number = sum(row["claim_id"] == claim_id for row in self.rows("evidence")) + 1
        self._write(
            "evidence",
            [
                {
                    "evidence_id": ids.evidence(claim_id, number),
                    "claim_id": claim_id,
                    "stance": stance,
                    "affirms": "true" if stance == "qualifies" else "",
                    "reference": reference,
                    "finding": finding,
                    "origin": reference,
                    "reliability": reliability,
                    "primary": "false",
                    "interested": "true" if stance in OWN_CONDUCT else "false",
                    "read_as": "excerpt",
                }
                | cells
            ],
        )

    def search(self, claim: str, side: str, looked_for: str, where: str, result: str, date: str) -> None:
        """Log a search on a side of a claim, also one that found nothing."""
        claim_id = ids.within(self.id, claim)
        number = sum(row["claim_id"] == claim_id for row in self.rows("searches")) + 1
        given = {"side": side, "looked_for": looked_for, "where": where, "result": result, "date": date}
        self._write("searches", [{"search_id": ids.search(claim_id, number), "claim_id": claim_id} | given])

    def event(self, event_id: str, claim: str, actors: dict[str, str], **cells: str) -> Html:
        """Add an event that a claim tells, with its actors and their roles; show the events of the text."""
        self._write("events", [{"event_id": event_id, "mode": "happened"} | cells])
        self._write("event_claims", [{"event_id": event_id, "claim_id": ids.within(self.id, claim)}])
        self._write("event_actors", [{"event_id": event_id, "actor_id": a, "role": role} for a, role in actors.items()])
        return self.show(tables.events(self.text))

    def chapter(self, lead: str, not_said: str, cannot_tell: str) -> None:
        """Write the words of the chapter that the skeleton leaves to its author."""
        path = self.book / newtext.FOLDER / f"{self.id}.ipynb"
        made = path.read_text(encoding="utf-8")
        for waiting, words in (
            (skeleton.LEAD, lead),
            (skeleton.NOT_SAID, f"- {not_said}"),
            (skeleton.CANNOT_TELL, f"- {cannot_tell}"),
        ):
            made = made.replace(
                json.dumps(waiting, ensure_ascii=False)[1:-1], json.dumps(words, ensure_ascii=False)[1:-1]
            )
        path.write_text(made, encoding="utf-8")

    def problems(self) -> Html:
        """Show what ``python -m claimbook validate`` says."""
        # The checks of the book read records that this small ledger does not have.
        found = validate(self.data, self.texts, registry={}) + newtext.unwritten(self.book, [self.id])
        if not found:
            return el("p", "No problem: every rule holds, and every passage agrees with the text.")
        return el(
            "div",
            el("p", f"{count(len(found), 'problem')}:"),
            el("ul", [el("li", line) for line in lines(found)]),
        )

    @property
    def ledger(self) -> Ledger:
        """The small ledger as it stands, sound or not."""
        return load(self.data, validate=False)

    @property
    def text(self) -> Ledger:
        """The part of the small ledger that is the text, with what its chapter is made of."""
        return self.ledger.text(self.id)

    def beside(self, claim: str) -> Html:
        """Show a claim's card: what was coded of it, its evidence, and the verdict that follows."""
        text = self.text
        row = text.claims[text.claims["claim_id"] == ids.within(self.id, claim)].iloc[0]
        shown = Assessments(text).side_by_side([row["claim_id"]], "As coded so far")
        return self.show(el("div", shown, Cards(text).facts(row)))

    def coded(self) -> Html:
        """List the claims coded so far, with everything coded of each."""
        columns = ["statement", "layer", "kind", "weight", "checkable", "chain_id"]
        frame = self.ledger.claims[["claim_id", *columns]].copy()
        for column in ("claim_id", "chain_id"):
            frame[column] = [ids.split(row_id)[1] for row_id in frame[column]]
        frame["checkable"] = frame["checkable"].map({True: "yes", False: "no"})
        frame.columns = ["Claim", *(c.removesuffix("_id").capitalize() for c in columns)]
        return tables.table(frame, f"Coded so far: {count(len(frame), 'claim')}")

    def show(self, shown: Html) -> Html:
        """Show a part of the text's chapter on another page: links to its claims lead to the walk through the text on
        that page, links to other chapters, which know nothing of the example, lose their target."""
        own = str(shown).replace(f'href="{addresses.text(self.id)}#', 'href="#')
        elsewhere = re.compile(r'<a ([^>]*?) ?href="[\w./-]+\.ipynb(?:#[^"]*)?"([^>]*)>(.*?)</a>', re.S)
        return Html(elsewhere.sub(r"<span \1\2>\3</span>", own))

    def second(self, **changes: dict[str, str]) -> Ledger:
        """Return the coding as a second reader might have made it, otherwise in some claims.

        Parameters
        ----------
        **changes : dict of str to str
            Per claim, such as ``c003``: the columns that this reader codes otherwise, with their values.
        """
        with tempfile.TemporaryDirectory() as folder:
            other = Path(shutil.copytree(self.data, Path(folder) / "data"))
            for claim, cells in changes.items():
                self._change("claims", "claim_id", ids.within(self.id, claim), cells, other)
            # The copy goes, and with it its bibliography, which is that of this coding.
            return replace(load(other, validate=False), directory=self.data)

    def agreement(self, *others: Ledger) -> Html:
        """Show what ``python -m claimbook agreement`` prints for this coding and others."""
        report = el("pre", agreement.report(agreement.compare([self.ledger, *others])))
        return el("div", report, class_="cb-scroll", role="region", tabindex="0", aria_label="Agreement of codings")

    def join(self, other: "Workshop") -> Ledger:
        """Return the ledger that this coding, another one and the decisions between them become."""
        with tempfile.TemporaryDirectory() as folder:
            joined = Path(folder) / "data"
            adjudicate.adjudicate(self.data, other.data, self.decisions, joined)
            return replace(load(joined), directory=self.data)  # as in `second`

    def rows(self, table: str, data: Path | None = None) -> list[dict[str, str]]:
        """Return the rows of a table as they stand."""
        with ((data or self.data) / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))

    def _write(self, table: str, rows: list[dict]) -> None:
        if unknown := {name for row in rows for name in row} - set(self.columns[table]):
            raise ValueError(f"{table}.csv has no column {', '.join(sorted(unknown))}")
        with (self.data / f"{table}.csv").open("a", encoding="utf-8", newline="") as handle:
            csv.DictWriter(handle, self.columns[table], restval="", lineterminator="\n").writerows(rows)

    def _change(self, table: str, key: str, value: str, cells: dict[str, str], data: Path | None = None) -> None:
        rows = self.rows(table, data)
        found = [row for row in rows if row[key] == value]
        if not found or not cells.keys() <= set(self.columns[table]):
            raise ValueError(f"{table}.csv has no {value} with {', '.join(cells)}")
        found[0].update(cells)
        with ((data or self.data) / f"{table}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, self.columns[table], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def _place(self, sentence: str, words: str) -> tuple[str, int, int]:
        sentence_id = ids.within(self.id, sentence)
        rows = [r for r in self.rows("sentences") if r["sentence_id"] == sentence_id]
        places = [(r["sentence_id"], int(r["start"]), int(r["end"])) for r in rows]
        found, _ = newtext.find(passages.read_text(self.texts, self.id), words, places)
        if len(found) != 1:
            raise ValueError(f"{words!r} must stand once in {sentence_id}, and stands there {len(found)} times")
        [(_, place)] = found
        if place.differences:
            raise ValueError(f"{words!r} must stand verbatim in {sentence_id}: {passages.told(place.differences)}")
        return sentence_id, place.start, place.end


CODED = "ferry-2031"
"""The example that two people have coded."""

CLASS = EXAMPLE / CODED / "class"
"""What a made-up class saved of the blind exercise on its claims."""


def coded(coder: str) -> Workshop:
    """Return the coding of one of two made-up coders, ``first`` or ``second``, of a made-up text."""
    desk = Workshop(CODED)
    told = {"title": "No Ferry from Spring On", "outlet": "Osmund Herald", "published": "2031-02-20"}
    desk.new_text(genre="news", **told)
    basis = {f"{name}_basis": "Made up for the example." for name in ("title", "outlet", "author", "date", "url")}
    reliability = {"reliability": "F", "reliability_reason": "Nothing is known of the paper."}
    desk.source(stance="For the ferry.", **basis, **reliability)
    desk.take("actors", "origins")
    desk.code(coder)
    desk.decisions.write_bytes((EXAMPLE / CODED / desk.decisions.name).read_bytes())
    return desk


def begin(source_id: str) -> Workshop:
    """Begin a workshop on one of the examples."""
    return Workshop(source_id)
