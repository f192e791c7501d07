"""Adjudication: two codings of a text, and a decision on each difference, become one ledger that keeps the decisions.

What one coding alone has in other tables goes with what it hangs on: searches are joined; mentions and exceptions among
numbers are those of the first coding, with those of the second that lie elsewhere; an empty cell of a source, actor or
origin is filled; one letter stands for an origin in all its evidence. All else stays as the first coding has it. An
outcome that breaks a rule of the ledger is refused, so that all files are written or none is.
"""

import json
from collections.abc import Iterable
from dataclasses import astuple
from importlib import resources
from pathlib import Path

from claimbook.authoring import decisions, edits, transaction
from claimbook.authoring.decisions import CLAIM_PARTS, EVIDENCE_PARTS, HANGING, SAME, Codings, Decision
from claimbook.authoring.edits import ACTORS_IN, Edit
from claimbook.authoring.rows import Row, of_text
from claimbook.model import bibliography, ids
from claimbook.model.decimals import count
from claimbook.model.ledger import CHECKS, SCHEMA, folder_of
from claimbook.model.problems import LedgerError
from claimbook.validation import validate

TABLE = "adjudications"
"""The table that keeps the decisions."""

RETIRED = "Decided between two codings: "
"""Begins the reason for which a claim of the first coding is retired."""


def adjudicate(
    first: Path, second: Path, decided: Path, into: Path, text: str | None = None, texts: Path | None = None
) -> Edit:
    """Join two codings as a file of decisions says, and write the ledger.

    Parameters
    ----------
    first, second : pathlib.Path
        The data folders of the codings, or exports of them.
    decided : pathlib.Path
        The file of decisions.
    into : pathlib.Path
        Where the ledger goes: a folder that is new or empty, or that of the first coding, whose place it takes.
    text : str, optional
        The one text to join; by default every text that both have.
    texts : pathlib.Path, optional
        The folder of the copies of the texts, with which passages are then compared.

    Returns
    -------
    Edit
        What was written and done.

    Raises
    ------
    LedgerError
        If a table cannot be read, a difference is undecided, a decision is wrong, or the outcome breaks a rule of the
        ledger; the error names each place.
    OSError
        If a file cannot be written.
    ValueError
        If the codings cannot be compared, or the folder holds something else.
    """
    own = into.resolve() == first.resolve()
    if not own and into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise ValueError(f"{into}: must be a new or empty folder, or that of the first coding, so that nothing is lost")
    codings = Codings(first, second, text)
    made = _Joining(codings, decisions.read(decided, codings.differences)).edit()
    with edits.changed(first, made.changes) as after:
        if problems := validate(after, texts, only=text):
            where = "nothing is written, because the joined ledger breaks rules; decide otherwise, or mend a coding:"
            raise LedgerError(where, problems)
        if not own:
            # As in an export: where the checks do not lie beside the new folder, they lie in it.
            checks = folder_of(after, CHECKS)
            lie = [(after, into)] + ([(checks, into / CHECKS)] if checks.is_dir() and checks.parent != after else [])
            made.changes = {
                target / path.relative_to(folder): path.read_bytes()
                for folder, target in lie
                for path in sorted(folder.rglob("*"))
                if path.is_file() and "__pycache__" not in path.parts
            }
    root = into
    if own and (into.resolve().parent / "_toc.yml").is_file():
        root = into.resolve().parent
    root.mkdir(parents=True, exist_ok=True)
    with transaction.locked(root):
        transaction.apply(root, made.changes)
    return made


class _Joining:
    """Two codings on their way to one: the tables of the first, into which those of the second are taken."""

    def __init__(self, codings: Codings, decided: Iterable[Decision]):
        self.codings, self.mine, self.theirs = codings, codings.mine, codings.theirs
        self.decided = {one.difference.key: one for one in decided}
        self.before = edits.rested_on(self.mine)
        self.taken = self.mine.taken()
        self.known: dict[str, str] = {}  # what a row of the second coding is called in the outcome
        self.rows = [codings.of(table, key) for table, key in (("claims", "claim_id"), ("evidence", "evidence_id"))]
        self.taken_over: set[str] = set()  # quantities and events of the second coding, by what they are called now
        self.stands: dict[tuple, str] = {}  # the row that a decision ended in

    def edit(self) -> Edit:
        """Return the change of the files of the first coding."""
        for a, b in self.codings.found.groups:
            self._claim(a, b)
        for claim in self.codings.found.unaligned[1]["claim_id"]:
            if self._kept("", claim, "claim"):
                self._new_claim(self.rows[0][1][claim])
        self._evidence()
        for claim in self.codings.found.unaligned[0]["claim_id"]:
            if not self._kept(claim, "", "claim"):
                self._retire(claim)
        open_ = {row["claim_id"] for row in self.mine.tables["claims"] if row["checkable"] == "false"}
        self.mine.drop("searches", "claim_id", open_)  # what cannot be checked is not searched for
        self._links()
        self._behind()
        self._places()
        references = self._named()
        edits.drop_idle(self.mine, self.before)
        used = {row["chain_id"] for row in self.mine.tables["claims"]}
        texts = self.codings.found.texts
        idle = {row["chain_id"] for row in self.mine.tables["chains"] if ids.text_of(row["chain_id"]) in texts} - used
        self.mine.drop("chains", "chain_id", idle)
        package = self._record()
        claims = [row for text in texts for row in of_text(self.mine.tables["claims"], "claim_id", text)]
        done = f"{count(len(self.decided), 'decision')}, {count(len(claims), 'claim')} of {', '.join(texts)}"
        return Edit(self.mine.changes() | references | package, [done])

    def _choice(self, first: str, second: str, variable: str) -> str:
        """Return what was decided; the first coding's where the two do not differ."""
        one = self.decided.get((first, second, variable))
        return one.decision if one else decisions.FIRST

    def _kept(self, first: str, second: str, variable: str) -> bool:
        return self._choice(first, second, variable) == decisions.KEEP

    def _stand(self, first: str, second: str, variable: str, row: str) -> None:
        self.stands[first, second, variable] = row

    def _claim(self, a: str, b: str) -> None:
        mine, theirs = (rows[claim] for rows, claim in zip(self.rows[0], (a, b), strict=True))
        self.known[b] = a
        worded = [column for column in mine if column not in decisions.UNTOLD]
        for variable, columns in ({decisions.WORDING: [*worded, "note"]} | CLAIM_PARTS).items():
            choice = self._choice(a, b, variable)
            if choice == decisions.SECOND:
                mine |= {column: theirs[column] for column in columns}
            elif choice != decisions.FIRST:
                mine[variable] = choice
        if self._choice(a, b, "chain") == decisions.SECOND:
            mine["chain_id"] = self._chain(theirs["chain_id"])
        for variable in (*HANGING, "accused"):
            if self._choice(a, b, variable) == decisions.SECOND:
                table = HANGING[variable][2] if variable in HANGING else "claim_accused"
                self.mine.tables[table] = [row for row in self.mine.tables[table] if row["claim_id"] != a]
                self._hang(variable, b)

    def _new_claim(self, theirs: Row) -> None:
        first = ids.claim(ids.text_of(theirs["claim_id"]), 1)
        claim = self.known[theirs["claim_id"]] = self._free(first)
        chain = self._chain(theirs["chain_id"])
        self.mine.tables["claims"].append(theirs | {"claim_id": claim, "chain_id": chain})
        self._stand("", theirs["claim_id"], "claim", claim)
        for variable in (*HANGING, "accused"):
            self._hang(variable, theirs["claim_id"])

    def _free(self, like: str) -> str:
        made = ids.next_free(like, self.taken)
        self.taken.add(made)
        return made

    def _chain(self, theirs: str) -> str:
        """Return the chain of the first coding with the hops of one of the second; it is added where there is none."""
        chains, text = self.mine.tables["chains"], ids.text_of(theirs)
        hops = [row | {"chain_id": ""} for row in self.theirs.tables["chains"] if row["chain_id"] == theirs]
        known: dict[str, list[Row]] = {}
        for row in of_text(chains, "chain_id", text):
            known.setdefault(row["chain_id"], []).append(row | {"chain_id": ""})
        if same := next((chain for chain, rows in known.items() if rows == hops), ""):
            return same
        chain = self._free(theirs)
        chains += [row | {"chain_id": chain} for row in hops]
        return chain

    def _hang(self, variable: str, theirs: str) -> None:
        """Take over whom a claim of the second coding accuses, or the quantities or events that it tells."""
        claim = {"claim_id": self.known[theirs]}
        if variable == "accused":
            rows = (row for row in self.theirs.tables["claim_accused"] if row["claim_id"] == theirs)
            self.mine.tables["claim_accused"] += [row | claim for row in rows]
            return
        key, _, links, _ = HANGING[variable]
        for link in (row for row in self.theirs.tables[links] if row["claim_id"] == theirs):
            if link[key] not in self.known:
                self._take_over(variable, link[key])
            self.mine.tables[links].append(link | claim | {key: self.known[link[key]]})

    def _take_over(self, variable: str, theirs: str) -> None:
        """Take over a quantity or an event; it keeps its id, unless another of the first coding still has that."""
        key, of, links, actors = HANGING[variable]
        mine, other = ([row for row in rows.tables[of] if row[key] == theirs] for rows in (self.mine, self.theirs))
        self.known[theirs] = theirs
        if mine and any(row[key] == theirs for row in self.mine.tables[links]):
            if mine == other:
                return
            counted = (f"{theirs}-{number}" for number in range(2, len(self.taken) + 3))
            free = (one for one in counted if one not in self.taken)
            self.known[theirs] = self._free(theirs) if variable == "quantity" else next(free)
        self.taken.add(self.known[theirs])
        self.taken_over.add(self.known[theirs])
        for table in (of, actors):
            rows = [row for row in self.theirs.tables[table] if row[key] == theirs]
            kept = [row for row in self.mine.tables[table] if row[key] != self.known[theirs]]
            self.mine.tables[table] = kept + [row | {key: self.known[theirs]} for row in rows]

    def _evidence(self) -> None:
        """Decide on the evidence that both have, and take over what the second coding alone has and is to be kept."""
        rows = self.rows[1]
        for x, y in self.codings.found.shared:
            self.known[y] = x
            for variable, columns in EVIDENCE_PARTS.items():
                if self._choice(x, y, variable) == decisions.SECOND:
                    parts = {column for part in EVIDENCE_PARTS.values() for column in part}
                    fixed = {"evidence_id", "claim_id", "check", "reference", "supersedes", "together", *parts}
                    # The words of a row are those of whoever's stance stands.
                    told = set(rows[1][y]) - fixed if variable == "stance" else set()
                    rows[0][x] |= {column: rows[1][y][column] for column in {*columns, *told}}
        for x in self.codings.found.unshared[0]["evidence_id"]:
            if not self._kept(x, "", "evidence"):
                self.mine.drop("evidence", "evidence_id", {x})
        left = {y for y in self.codings.found.unshared[1]["evidence_id"] if not self._kept("", y, "evidence")}
        added = [
            row
            for row in self.theirs.tables["evidence"]
            if row["claim_id"] in self.known and row["evidence_id"] not in left | self.known.keys()
        ]
        for row in added:
            self.known[row["evidence_id"]] = self._free(ids.evidence(self.known[row["claim_id"]], 1))
            self._stand("", row["evidence_id"], "evidence", self.known[row["evidence_id"]])
        for row in added:
            links = {name: self.known.get(row[name], "") for name in ("evidence_id", "claim_id", "supersedes")}
            self.mine.tables["evidence"].append(row | links)
        logged = {_without_id(row) for row in self.mine.tables["searches"]}
        for row in self.theirs.tables["searches"]:
            if row["claim_id"] in self.known:
                made = row | {"claim_id": self.known[row["claim_id"]]}
                if _without_id(made) not in logged:
                    made["search_id"] = self._free(ids.search(made["claim_id"], 1))
                    self.mine.tables["searches"].append(made)

    def _retire(self, claim: str) -> None:
        self.mine.drop("claims", "claim_id", {claim})
        reason = RETIRED + self.decided[claim, "", "claim"].reason
        self.mine.tables["retired_ids"].append({"id": claim, "successors": "", "reason": reason})

    def _links(self) -> None:
        """Settle links between claims that both have, and take over those of claims that the second alone has."""
        left = {
            (row["claim_id"], _link(row))
            for row in self.codings.links(0)
            if self._choice(row["claim_id"], "", f"link {_link(row)}") == decisions.LEAVE_OUT
        }
        links = [row for row in self.mine.tables["claim_links"] if (row["claim_id"], _link(row)) not in left]
        for row in self.codings.links(1):
            if self._kept("", row["claim_id"], f"link {_link(row)}"):
                links.append(row)
                self._stand("", row["claim_id"], f"link {_link(row)}", row["claim_id"])
        elsewhere = {row["claim_id"] for row in self.mine.tables["claims"]}
        elsewhere = {claim for claim in elsewhere if ids.text_of(claim) not in self.codings.found.texts}
        called = dict.fromkeys(elsewhere) | self.known
        for row in self.theirs.tables["claim_links"]:
            ends = {row[column] for column in decisions.ENDS}
            if ends <= called.keys() and ends & (self.known.keys() - self.codings.partner.keys()):
                links.append(row | {column: called[row[column]] or row[column] for column in decisions.ENDS})
        self.mine.tables["claim_links"] = links

    def _behind(self) -> None:
        """Settle roles of sentences, and the cells of sources, actors and origins that both codings have."""
        mine, theirs = self.codings.of("sentences", "sentence_id")
        for key, row in mine.items():
            if self._choice(key, key, "role") == decisions.SECOND:
                row["role"] = theirs[key]["role"]
        for table, key in decisions.SHARED.items():
            mine, theirs = self.codings.of(table, key)
            for row_id in mine.keys() & theirs.keys():
                if table == "sources" and row_id not in self.codings.found.texts:
                    continue
                columns = decisions.LETTERED if table == "origins" else ()
                if columns:
                    self._letter(row_id, mine[row_id], theirs[row_id])
                for column, cell in mine[row_id].items():
                    if column in columns:
                        continue
                    if not cell or self._choice(row_id, row_id, column) == decisions.SECOND:
                        mine[row_id][column] = theirs[row_id].get(column, cell)

    def _letter(self, origin: str, mine: Row, theirs: Row) -> None:
        """Let one letter stand for an origin, in its row and in all evidence that has it from either coding."""
        letters = self.codings.letters.get(origin, ("", ""))
        if origin in self.codings.graded_otherwise:
            choice = self._choice(origin, origin, decisions.LETTER)
            stands, other = (theirs, mine) if choice == decisions.SECOND else (mine, theirs)
            letter, fallen = letters if stands is mine else letters[::-1]
            for row in self.mine.tables["evidence"]:
                if row["origin"] == origin and row["reliability"] == fallen:
                    row["reliability"] = letter
            said = letter if mine["reliability"] or theirs["reliability"] else ""
            mine |= {"reliability": said, "reason": stands["reason"] or (other["reason"] if said else "")}
        elif not mine["reliability"] and letters[0] in ("", letters[1]):
            mine |= {column: mine[column] or theirs[column] for column in decisions.LETTERED}

    def _places(self) -> None:
        """Add mentions, and exceptions among numbers, of the second coding where the first marks nothing."""
        for table, key in (("mentions", "mention_id"), ("number_exceptions", "exception_id")):
            marked = [(row["sentence_id"], int(row["start"]), int(row["end"])) for row in self.mine.tables[table]]
            for row in self.theirs.tables[table]:
                sentence, start, end = row["sentence_id"], int(row["start"]), int(row["end"])
                meets = any(at == sentence and a < end and start < b for at, a, b in marked)
                if ids.text_of(row[key]) in self.codings.found.texts and not meets:
                    self.mine.tables[table].append(row | {key: self._free(row[key])})

    def _named(self) -> dict[Path, bytes | None]:
        """Add the actors, origins and publications that rows of the second coding name; return the bibliography."""
        tables = self.mine.tables
        there = {row["evidence_id"] for row in tables["evidence"]}
        for row in tables["events"]:
            evidence = row["evidence_id"]
            evidence = self.known.get(evidence, "") if row["event_id"] in self.taken_over else evidence
            row["evidence_id"] = evidence if evidence in there else ""
        origins = {row["origin"] for row in tables["evidence"]}
        origins |= {row["owner"] for row in self.theirs.tables["origins"] if row["origin"] in origins}
        origins |= {row["owner"] for row in tables["origins"]}
        self._add("origins", "origin", origins)
        matters = {(row["origin"], row["matter"]) for row in tables["origin_matters"]}
        tables["origin_matters"] += [
            row
            for row in self.theirs.tables["origin_matters"]
            if row["origin"] in origins and (row["origin"], row["matter"]) not in matters
        ]
        joint = {who for row in tables["origins"] for who in row["joint_of"].split("; ")}
        actors = {row[column] for table, column in ACTORS_IN for row in tables[table]}
        self._add("actors", "actor_id", actors | joint | {row["owner"] for row in tables["origins"]})
        cited = {row[column] for table, column in decisions.REFERENCES_IN for row in tables[table]}
        path = self.mine.data / bibliography.FILE
        before, there = (
            (rows.data / bibliography.FILE).read_text(encoding="utf-8-sig") for rows in (self.mine, self.theirs)
        )
        after = bibliography.with_entries(before, there, cited)
        return {path: after.encode()} if after != before else {}

    def _add(self, table: str, key: str, named: set[str]) -> None:
        held = {row[key] for row in self.mine.tables[table]}
        self.mine.tables[table] += [
            row for row in self.theirs.tables[table] if row[key] in named and row[key] not in held
        ]

    def _record(self) -> dict[Path, bytes]:
        """Keep the decisions in their table; return the data package where it has to describe that table first."""
        package = {}
        if self.decided and TABLE not in self.mine.tables:
            described = json.loads((resources.files("claimbook.authoring") / f"{TABLE}.json").read_text("utf-8"))
            path = self.mine.data / SCHEMA
            whole = json.loads(path.read_text(encoding="utf-8-sig"))
            claims = next(one for one in whole["resources"] if one["name"] == "claims")
            described |= {"licenses": claims["licenses"]} if "licenses" in claims else {}
            whole["resources"].append(described)
            self.mine.add(described)
            package = {path: f"{json.dumps(whole, ensure_ascii=False, indent=2)}\n".encode()}
        for key, one in self.decided.items():
            same = dict(zip(SAME, astuple(one.difference), strict=False))
            row = "" if one.decision == decisions.LEAVE_OUT else self.stands.get(key) or key[0]
            given = {"decision": one.decision, "by": one.by, "date": one.date, "reason": one.reason}
            self.mine.tables[TABLE].append({"row": row} | same | given)
        return package


def _without_id(row: Row) -> tuple[str, ...]:
    return tuple(cell for column, cell in row.items() if column != "search_id")


def _link(row: Row) -> str:
    return f"{row['type']} {row['related_claim_id']}"
