"""Small ledgers that are valid under the schema of the book and hold little of what its pages show.

A ledger is made as rows by table; :func:`write` writes it, with the words of its texts, as a user's own would lie.
"""

import csv
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from places import ROOT
from record_cells import stored

from claimbook.model import prints
from claimbook.model.checks import GLOSSARY
from claimbook.model.ledger import is_record, read_schema

PACKAGE = read_schema(ROOT / "data")
RECORDS = {r["name"]: r for r in PACKAGE["resources"] if is_record(r)}

ALIKE = {"chapters/use/add-a-text", "chapters/use/adjudicate"}
"""Chapters on made-up examples, which read little but the schema of a ledger: they show the same for each."""


USED = """
from pathlib import Path
from claimbook.model.plugins import modules

for module in modules(Path({folder!r}))[0].values():
    globals().update({{name: thing for name, thing in vars(module).items() if name in {used}}})
"""
"""A module with those checks of the book that the evidence names, and no others, which no row would use."""


@dataclass(frozen=True)
class Small:
    """A ledger that was written: its folder, and that of its texts, if any."""

    data: Path
    texts: Path | None


class Rows(defaultdict):
    """Rows by table, with the words of the texts, the records and what the schema and the bibliography have more."""

    def __init__(self, records=()):
        super().__init__(list)
        self.words: dict[str, list[str]] = {}
        self.records: dict[str, list[dict]] = {name: stored(name) for name in records}
        self.bibliography: dict[str, str] = {}
        self.more_values: dict[tuple[str, str], list[str]] = {}


def actor(rows, actor_id, name, kind="organisation", **cells):
    """Add an actor, once."""
    if actor_id not in {row["actor_id"] for row in rows["actors"]}:
        rows["actors"].append({"actor_id": actor_id, "name": name, "kind": kind, **cells})
    return actor_id


def text(rows, source_id, *sentences, role="content", name=None, **cells):
    """Add a text, a paragraph a sentence, in the voice of an actor of its own."""
    voice = actor(rows, f"voice-of-{source_id}", name or f"Voice of {source_id}", "media")
    rows.words[source_id] = list(sentences)
    whole, at = "\n\n".join(sentences), 0
    for number, words in enumerate(sentences, 1):
        rows["sentences"].append(
            {
                "sentence_id": f"{source_id}-p{number:02d}-s1",
                "source_id": source_id,
                "paragraph": number,
                "sentence": 1,
                "start": at,
                "end": at + len(words),
                "role": role,
                **prints.cells(words),
            }
        )
        at += len(words) + 2
    known = {"short_name": source_id, "author_basis": "none named", "voice": voice, "date_basis": "not stated"}
    known |= {"genre": "news", "stance": "for nobody", "language": "en", "characters": len(whole)}
    known |= {"sha256": hashlib.sha256(whole.encode()).hexdigest(), "reliability": "F"}
    rows["sources"].append({"source_id": source_id, **known, "reliability_reason": "not looked at", **cells})


def claim(rows, source_id, sentence, *, chain="k01", teller=None, **cells):
    """Add a claim on a whole sentence that nothing can settle, in the text's own voice or on the word of a teller."""
    claim_id = f"{source_id}-c{sum(r['claim_id'].startswith(f'{source_id}-c') for r in rows['claims']) + 1:03d}"
    place = next(r for r in rows["sentences"] if r["sentence_id"] == f"{source_id}-p{sentence:02d}-s1")
    known = {"statement": f"What {claim_id} says.", "layer": "content", "kind": "status", "subject": "A thing"}
    known |= {"relation": "is", "polarity": "positive", "weight": "background", "checkable": "false"}
    known |= {"not_checkable_reason": "vague"} if cells.get("checkable", "false") == "false" else {}
    known |= {key: place[key] for key in ("sentence_id", "start", "end")}
    rows["claims"].append({"claim_id": claim_id, **known, "chain_id": f"{source_id}-{chain}", **cells})
    if f"{source_id}-{chain}" not in {row["chain_id"] for row in rows["chains"]}:
        hops = [(f"voice-of-{source_id}", "asserts", "named"), *([teller] if teller else [])]
        for hop, (actor_id, verb, anonymity) in enumerate(hops, 1):
            cells = {"chain_id": f"{source_id}-{chain}", "hop": hop, "actor_id": actor_id, "verb": verb}
            rows["chains"].append({**cells, "anonymity": anonymity})
    return claim_id


def searched(rows, claim_id):
    """Log a search that found nothing, which a checkable claim needs where it has no evidence."""
    cells = {"search_id": f"{claim_id}-s01", "claim_id": claim_id, "side": "both", "looked_for": "the thing"}
    rows["searches"].append({**cells, "where": "a library", "result": "none", "date": "2026-01-31"})


def event(rows, event_id, claim_id, *actors, told=None, **cells):
    """Add an event that a claim tells; `told` are cells of the telling, `actors` those who act."""
    rows["events"].append(
        {"event_id": event_id, "summary": f"What {event_id} was.", "type": "none", "mode": "happened", **cells}
    )
    rows["event_claims"].append({"event_id": event_id, "claim_id": claim_id, **(told or {})})
    rows["event_actors"] += [{"event_id": event_id, "actor_id": a, "role": "actor"} for a in actors]


def quantity(rows, source_id, claim_id, wording, **cells):
    """Add a quantity that a claim tells in some words; without further cells one that has no number."""
    number = sum(r["quantity_id"].startswith(f"{source_id}-q") for r in rows["quantities"]) + 1
    quantity_id = f"{source_id}-q{number:02d}"
    known = {"bound": "unspecified", "unit": "rifles", "dimension": "count", "stage": "other", "measure": "rifles"}
    rows["quantities"].append({"quantity_id": quantity_id, **known, "arms_deal": "true", **cells})
    rows["quantity_claims"].append({"quantity_id": quantity_id, "claim_id": claim_id, "wording": wording})
    return quantity_id


def mention(rows, source_id, sentence, actor_id, written, epithet=""):
    """Add a mention of an actor where the words stand first in a sentence."""
    words = rows.words[source_id][sentence - 1]
    place = next(r for r in rows["sentences"] if r["sentence_id"] == f"{source_id}-p{sentence:02d}-s1")
    start = place["start"] + words.index(written)
    number = sum(r["mention_id"].startswith(f"{source_id}-m") for r in rows["mentions"]) + 1
    rows["mentions"].append(
        {
            "mention_id": f"{source_id}-m{number:03d}",
            "sentence_id": place["sentence_id"],
            "start": start,
            "end": start + len(written),
            "actor_id": actor_id,
            "as_written": written,
            "epithet": epithet,
        }
    )


def evidence(rows, claim_id, stance, key, **cells):
    """Set a publication beside a claim; it becomes an entry of the bibliography and an origin."""
    rows.bibliography.setdefault(key, f"Publication {key}")
    if "a-library" not in {row["origin"] for row in rows["origins"]}:
        rows["origins"].append({"origin": "a-library", "name": "A library", "kind": "ngo", "owner": "a-library"})
    number = sum(r["claim_id"] == claim_id for r in rows["evidence"]) + 1
    known = {"evidence_id": f"{claim_id}-e{number:02d}", "claim_id": claim_id, "stance": stance, "reference": key}
    known |= {"affirms": "true"} if stance == "qualifies" else {}
    known |= {"assessment": "It would have to tell it."} if stance == "silent" else {}
    known |= {
        "finding": f"Finding {number}.",
        "words": f"it found {number}",
        "origin": "a-library",
        "reliability": "B",
        "primary": "false",
    }
    rows["evidence"].append({**known, "interested": "false", "read_as": "full", **cells})


def write(rows, folder):
    """Write a ledger to ``data`` and its texts to ``texts`` in a folder."""
    data, texts = folder / "data", folder / "texts"
    data.mkdir(parents=True)
    texts.mkdir()
    for source_id, sentences in rows.words.items():
        (texts / f"{source_id}.txt").write_bytes("\n\n".join(sentences).encode())
    (folder / "checks").mkdir()
    used = {r["check"] for r in rows["evidence"] if r.get("check")} | {GLOSSARY}
    (folder / "checks" / "used.py").write_text(USED.format(folder=str(ROOT / "checks"), used=used))
    package = json.loads(json.dumps(PACKAGE))
    package["resources"] = [r for r in package["resources"] if not is_record(r) or r["name"] in rows.records]
    origins, cited = {r["origin"]: r for r in rows["origins"]}, dict(rows.bibliography)
    for resource in filter(is_record, package["resources"]):
        resource.setdefault("shownIn", ["data"])  # no check of so small a ledger reads it
        cited[resource["reference"]] = resource["title"]
        name = {"name": f"Publisher {resource['origin']}", "kind": "research"}
        origins.setdefault(resource["origin"], {"origin": resource["origin"], "owner": resource["origin"], **name})
    tables = {**rows, "origins": list(origins.values()), **rows.records}
    for resource in package["resources"]:
        for column in resource["schema"]["fields"]:
            if more := rows.more_values.get((resource["name"], column["name"])):
                column["constraints"]["enum"] += more
            if column["type"] == "date":  # these ledgers are of any time
                del column["constraints"]["minimum"], column["constraints"]["maximum"]
        path = data / resource["path"]
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as handle:
            names = [column["name"] for column in resource["schema"]["fields"]]
            writer = csv.DictWriter(handle, names, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(tables.get(resource["name"], []))
    (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    entries = (f"@misc{{{key},\n  title = {{{title}}},\n  date = {{2020}},\n}}\n" for key, title in cited.items())
    (data / "references.bib").write_text("".join(entries), encoding="utf-8")
    return Small(data, texts if len(rows.words) == len(rows["sources"]) else None)


def empty():
    """No text, no claim, no record."""
    return Rows()


def records_alone():
    """The records of the book, and no text."""
    return Rows(RECORDS)


def records_without_rows():
    """Every record described and none with a row, and a text of each name that the chapters ask for."""
    rows = namesakes()
    rows.records = {name: [] for name in RECORDS}
    return rows


def records_of_one_row():
    """Every record with its first row alone."""
    rows = namesakes()
    rows.records = {name: stored(name)[:1] for name in RECORDS}
    return rows


def records_with_gaps():
    """Every cell of a record empty that may be empty."""
    rows = namesakes()
    for name, resource in RECORDS.items():
        may = [f["name"] for f in resource["schema"]["fields"] if not f.get("constraints", {}).get("required")]
        rows.records[name] = [row | dict.fromkeys(may, "") for row in stored(name)]
    return rows


def text_without_a_claim():
    """One text of which nothing is coded."""
    rows = Rows()
    text(rows, "notice", "Printed by nobody.", role="boilerplate")
    return rows


def one_claim():
    """One text with one claim, its thesis, on which a search found nothing."""
    rows = Rows(RECORDS)
    text(rows, "note", "The moon is nearer than it looks.")
    searched(rows, claim(rows, "note", 1, weight="thesis", checkable="true"))
    return rows


def one_text():
    """One text with a little of everything."""
    rows = Rows()
    day = {"published_earliest": "2021-05-06", "published_latest": "2021-05-06"}
    told = {"title": "Of the Moon", "title_basis": "heading", "author": "Ann Ames", "author_basis": "byline"}
    text(
        rows,
        "note",
        "Norland, it seems, sold forty rifles to the shrewd Vestria, which nobody here will call a friend.",
        "A minister told the paper that they went there on 3 May 2021 by the night train, which was late again.",
        **day,
        **told,
    )
    for name in ("norland", "vestria"):
        actor(rows, name, name.capitalize(), "state", iso3=f"X{name[:2].upper()}")
    actor(rows, "a-minister", "A minister", "person", living="true")
    sold = claim(
        rows,
        "note",
        1,
        subject="norland",
        relation="supplies_arms_to",
        object="vestria",
        item="Small arms",
        weight="thesis",
        checkable="true",
        hedge="it seems",
        kind="relation",
    )
    searched(rows, sold)
    evidence(rows, sold, "supports", "almanac-2021", fact_public_from="2021-05-01")
    evidence(rows, sold, "denies", "norland-2021", interested="true")
    quantity(rows, "note", sold, "forty rifles", value="40", bound="exact", stage="delivery", supplier="norland")
    rows["quantity_recipients"].append({"quantity_id": "note-q01", "actor_id": "vestria"})
    again = claim(rows, "note", 1, kind="quantity", statement="It was forty.")
    rows["quantity_claims"].append({"quantity_id": "note-q01", "claim_id": again, "wording": "forty"})
    said = claim(rows, "note", 2, layer="said", kind="statement", subject="a-minister", relation="said")
    went = claim(rows, "note", 2, chain="k02", teller=("a-minister", "tells", "described"), kind="event")
    rows["claim_links"].append({"claim_id": went, "related_claim_id": said, "type": "content_of"})
    told = {"told_start": "2021-05-03", "told_end": "2021-05-03", "date_words": "3 May 2021", "told_place": "Vestria"}
    day = {"date_start": "2021-05-04", "date_end": "2021-05-04", "date_precision": "day", "date_basis": "record"}
    event(rows, "ev-2021-rifles", went, "norland", told=told, type="AGREE", reference="almanac-2021", **day)
    mention(rows, "note", 1, "vestria", "Vestria", "the shrewd")
    return rows


def undated():
    """Nothing has a date: not the text, not the one event that it tells, not the evidence on it."""
    rows = Rows()
    text(rows, "note", "Somebody came to somebody else and said nothing.")
    came = claim(rows, "note", 1, kind="event", checkable="true")
    evidence(rows, came, "supports", "almanac")
    event(rows, "ev-undated-visit", came, "voice-of-note")
    return rows


def open_ended(records=RECORDS):
    """The one event is told as “since 2011”, and of nothing more is a date known, nor of arms who gets them."""
    rows = Rows(records)
    text(rows, "note", "The pair have been friends since 2011, and more than friends for some of the time.")
    told = {"told_start": "2011-01-01", "date_words": "since 2011"}
    event(rows, "ev-2011-friends", claim(rows, "note", 1, kind="event"), "voice-of-note", told=told)
    for name, actor_id, iso3 in (("Беларусь", "belarus", "BLR"), ("ایران", "iran", "IRN")):
        actor(rows, actor_id, name, "state", iso3=iso3)
    claim(rows, "note", 1, subject="belarus", relation="supplies_arms_to", object="iran", kind="relation")
    claim(rows, "note", 1, subject="iran", relation="supplies_arms", kind="relation")
    return rows


def dated_thrice():
    """Events told as “since 2011”, with a day, and of all of time, in texts without a day of their own."""
    rows = open_ended(())
    words = "On 5 March 2010 they were no friends, whatever was said of them in later times by those who were not there"
    text(rows, "other", f"{words}, and who could not have seen it, nor heard of it from anybody who had seen them.")
    told = {"told_start": "2010-03-05", "told_end": "2010-03-05", "date_words": "5 March 2010"}
    day = {"date_start": "2010-03-05", "date_end": "2010-03-05", "date_precision": "day", "date_basis": "stated"}
    quarrel = claim(rows, "other", 1, kind="event")
    event(rows, "ev-2010-quarrel", quarrel, "voice-of-note", told=told, **day)
    day = {"date_start": "0001-01-01", "date_end": "9999-12-31", "date_precision": "interval", "date_basis": "stated"}
    told = {"told_start": "0001-01-01", "told_end": "9999-12-31", "date_words": "in later times"}
    event(rows, "ev-undated-enmity", quarrel, "voice-of-note", told=told, **day)
    quantity(rows, "other", quarrel, "no friends", period_start="0001-01-01", period_end="9999-12-31")
    return rows


def pairless():
    """Claims that join no two actors."""
    rows = Rows()
    text(rows, "note", "Norland rests.", "Norland loves Norland.")
    actor(rows, "norland", "Norland", "state", iso3="XNO")
    claim(rows, "note", 1, subject="norland", object="The sea", relation="rests_by")
    claim(rows, "note", 2, subject="norland", object="norland", relation="loves", kind="relation")
    return rows


def numberless():
    """Quantities of arms, and of money, none with a number."""
    rows = Rows()
    words = "Several rifles went over the border by night, for more coins than anybody who stood there could ever count"
    text(rows, "note", f"{words}, whatever he was told of them.")
    told = claim(rows, "note", 1, kind="quantity")
    quantity(rows, "note", told, "Several rifles", stage="delivery")
    quantity(rows, "note", told, "more coins", dimension="money", currency="USD", unit="dollars", stage="contract")
    return rows


def voiceless():
    """A text that says nothing in its own voice."""
    rows = Rows()
    text(rows, "note", "People say that the river rises.")
    actor(rows, "people", "people", "group")
    claim(rows, "note", 1, teller=("people", "say", "unnamed"))
    return rows


def forty_texts():
    """Forty texts, each with a thesis, an event, an epithet, a quantity, a pair and a link to the next."""
    rows = Rows()
    for name in ("norland", "vestria"):
        actor(rows, name, name.capitalize(), "state", iso3=f"X{name[:2].upper()}")
    links = []
    for number in range(1, 41):
        source_id, year = f"text-{number:02d}", 1980 + number
        day = {"published_earliest": f"{year}-05-06", "published_latest": f"{year}-05-08"}
        words = f"In {year}, as text {number} has it, Norland sold several rifles to the sly Vestria and its friends, "
        words += "who had not asked for them and gave them back before the year was over."
        text(rows, source_id, words, short_name=f"Text {number}", **day)
        rows["number_exceptions"].append(
            {
                "exception_id": f"{source_id}-x01",
                "sentence_id": f"{source_id}-p01-s1",
                "start": words.index(f" {number} ") + 1,
                "end": words.index(f" {number} ") + 1 + len(str(number)),
                "reason": "names the text",
            }
        )
        sides = {"subject": "norland", "object": "vestria", "relation": "sells_arms_to", "kind": "relation"}
        mine = claim(rows, source_id, 1, weight="thesis", checkable="true", **sides)
        searched(rows, mine)
        evidence(rows, mine, "contradicts" if number % 2 else "supports", f"paper-{number}")
        told = {"told_start": f"{year}-01-01", "told_end": f"{year}-12-31", "date_words": f"In {year}"}
        event(rows, f"ev-{year}-sale", mine, "norland", told=told, mode="alleged")
        quantity(rows, source_id, mine, "several rifles", stage="flow")
        mention(rows, source_id, 1, "vestria", "Vestria", "the sly" if number % 3 else "sly")
        links.append(mine)
    for kind, ahead in (("contradicts", 1), ("repeats", 2), ("strains", 3)):
        pairs = zip(links, links[ahead:], strict=False)
        rows["claim_links"] += [{"claim_id": a, "related_claim_id": b, "type": kind} for a, b in pairs]
    return rows


SCRIPTS = {
    "tur": ("İstanbul Gazetesi", "Şükrü Çağlayan-Ńørðæ"),
    "bel": ("Звязда", "Аляксандр Лукашэнка"),
    "fas": ("روزنامهٔ شرق", "محمد مخبر"),
    "zho": ("人民日报", "習近平"),
}
"""Names in four scripts: of an outlet, and of a person of whom it writes."""


def four_scripts():
    """A text in each of four scripts, in which each person meets the next."""
    rows = Rows()
    for number, (key, (outlet, person)) in enumerate(SCRIPTS.items()):
        actor(rows, key, person, "person", living="true")
        day = {"published_earliest": f"20{10 + number}-05-06", "published_latest": f"20{10 + number}-05-06"}
        told = {"outlet": outlet, "outlet_basis": "masthead", "short_name": f"{outlet} 20{10 + number}", "name": outlet}
        text(rows, f"text-{key}", f"{outlet} ({person}) — {outlet}; {person}: «{outlet}», {person}.", **told, **day)
    everybody = [*SCRIPTS]
    for number, key in enumerate(everybody):
        person, other = SCRIPTS[key][1], everybody[(number + 1) % 4]
        sides = {"subject": key, "relation": "meets", "object": other, "kind": "relation"}
        statement = f"{person} → {SCRIPTS[other][1]}."
        met = claim(rows, f"text-{key}", 1, statement=statement, weight="thesis", checkable="true", **sides)
        searched(rows, met)
        evidence(rows, met, "supports", f"paper-{key}", finding=f"{person}: {SCRIPTS[other][1]}.")
        event(rows, f"ev-undated-{key}", met, key, summary=statement, place=SCRIPTS[key][0], type="CONSULT")
        mention(rows, f"text-{key}", 1, key, person)
        rows.bibliography[f"paper-{key}"] = f"{person}, {SCRIPTS[other][1]}"
    return rows


def outcome_not_known():
    """A plan of which nothing is known, so that no publication stands beside it."""
    rows = Rows()
    text(rows, "note", "They will meet, and nobody knows when.")
    planned = claim(rows, "note", 1, kind="prediction", not_checkable_reason="prediction")
    event(rows, "ev-undated-meeting", planned, "voice-of-note", mode="planned")
    rows["outcomes"].append({"event_id": "ev-undated-meeting", "status": "not_known", "outcome": "Nothing was found."})
    return rows


def namesakes():
    """Texts with the names that the chapters ask for, with a single claim each and no day."""
    rows = Rows(RECORDS)
    for source_id in ("wnd-2001", "srebrnik-2023", "defence-ua", "walsh-2021"):
        text(rows, source_id, f"Of {source_id.partition('-')[0]} not much is known.")
        claim(rows, source_id, 1)
    return rows


def accented_keys():
    """Publications whose keys begin with letters beyond those of English."""
    rows = Rows()
    text(rows, "note", "The moon is nearer than it looks.")
    mine = claim(rows, "note", 1, weight="thesis", checkable="true")
    searched(rows, mine)
    for key in ("écho-2020", "étude-2021", "яблоко-2020", "人民-2020", "Zeit-2020", "ármada-2019"):
        evidence(rows, mine, "supports", key)
    return rows


def seventh_pair():
    """A pair of states more than there were in the agreement of votes, and more states in the other charts."""
    rows = Rows(RECORDS)
    for name, column, old in (
        ("un_agreement", "state_b", ("Iran", "Russia")),
        ("un_ideal_points", "state", ("Iran", "Russia")),
        ("electoral_democracy", "country", ("Belarus", "Russia")),
    ):
        for new in old:
            mine = [row for row in rows.records[name] if row[column] == new]
            rows.records[name] += [row | {column: f"New {new}"} for row in mine]
            rows.records[name] += [row | {column: f"Other {new}"} for row in mine]
            rows.records[name] += [row | {column: f"Old {new}"} for row in mine]
    return rows


def names_alike():
    """Two actors of one name, each of which does something to the other."""
    rows = Rows()
    text(rows, "note", "The old Norland fights the new.", "The new Norland fights the old.")
    for actor_id in ("norland", "new-norland"):
        actor(rows, actor_id, "Norland", "state", iso3="XNO")
    claim(rows, "note", 1, subject="norland", relation="fights", object="new-norland", kind="relation")
    claim(rows, "note", 2, subject="new-norland", relation="fights", object="norland", kind="relation")
    return rows


def text_without_a_sentence():
    """One text of which not even the sentences are there, and no words."""
    rows = Rows()
    text(rows, "notice", "Printed by nobody.")
    rows["sentences"].clear()
    rows.words.clear()
    return rows


def _by_name(*made):
    return {one.__name__.replace("_", " "): one for one in made}


LEDGERS = _by_name(
    *(empty, records_alone, records_without_rows, records_of_one_row, records_with_gaps),
    *(text_without_a_sentence, text_without_a_claim, one_claim, one_text),
    *(undated, open_ended, dated_thrice, pairless, names_alike, numberless, voiceless, forty_texts, four_scripts),
    *(outcome_not_known, accented_keys, seventh_pair),
)
"""The ledgers by name."""
