"""Tables, cards and lists: what a chapter shows of the ledger beside its charts.

Every function takes a :class:`~claimbook.model.ledger.Ledger` (the whole, or one text's part) and returns
:class:`~claimbook.view.markup.Html`.
"""

import re
from collections import Counter

import pandas as pd

from claimbook.analysis.quantities import NUMBERS, OTHER, has_number
from claimbook.model import bibliography, decimals, ids, passages
from claimbook.model.decimals import count
from claimbook.model.ids import text_of
from claimbook.model.ledger import Ledger, is_record
from claimbook.model.letters import fold
from claimbook.model.passages import SEPARATOR
from claimbook.model.schema import EDTF
from claimbook.model.span import Span
from claimbook.view import addresses, palette
from claimbook.view.leaves import Leaf, Long, line, long
from claimbook.view.markup import Html, el, join, named, quoted


def quiet(words: str) -> Html:
    """Say in a sentence why there is nothing to show."""
    return el("p", words, class_="cb-quiet")


def no_chart(reason: str) -> Html:
    """Say in the place of a chart why there is none."""
    return quiet(f"No chart: {reason}.")


def not_here(names) -> Html:
    """Say what of the things that a chapter names the ledger does not have."""
    return quiet(f"Not in this ledger: {', '.join(names)}.")


def table(frame: pd.DataFrame, caption: str, ids=None) -> Html:
    """Show a frame as an HTML table that scrolls inside itself.

    Parameters
    ----------
    frame : pandas.DataFrame
        Column names become headings, the first column the row headings; cells may be :class:`Html`.
    caption : str
        What the table shows; said with "none" or "no" where there are no rows.
    ids : iterable of (str or None), optional
        The anchor of each row, where it has one here.
    """
    if frame.empty:
        return quiet(_none(caption))
    head = el("tr", [el("th", name, scope="col") for name in frame.columns])
    rows = zip(frame.itertuples(index=False), ids or [None] * len(frame), strict=True)
    body = [
        el("tr", el("th", _cell(first), scope="row"), [el("td", _cell(value)) for value in rest], id=anchor)
        for (first, *rest), anchor in rows
    ]
    whole = el("table", el("caption", caption), el("thead", head), el("tbody", body), class_="cb-table")
    return el("div", whole, class_="cb-scroll", role="region", tabindex="0", aria_label=caption)


def entries(frame: pd.DataFrame, caption: str) -> Html:
    """Show a frame as a list of entries, for cells that say too much to stand side by side.

    Parameters
    ----------
    frame : pandas.DataFrame
        The first column heads each entry, the others follow by name; cells may be :class:`Html`.
    caption : str
        What the list shows; said with "none" or "no" where there are no rows.
    """
    if frame.empty:
        return quiet(_none(caption))
    names = frame.columns[1:]
    items = [
        el(
            "li",
            el("div", _cell(first), class_="cb-head"),
            facts(zip(names, map(_cell, rest), strict=True)),
            class_="cb-entry",
        )
        for first, *rest in frame.itertuples(index=False)
    ]
    shown = el("div", el("ul", items), class_="cb-scroll cb-entries", role="region", tabindex="0", aria_label=caption)
    return join([el("p", caption, class_="cb-caption"), shown])


def _none(caption: str) -> str:
    """Say that there is nothing of what a caption names; what it counts apart from that needs no saying then."""
    if caption.startswith("0 "):
        return f"No {re.split('[;,]', caption.removeprefix('0 '))[0]}."
    return f"{caption.partition(';')[0]}: none."


def facts(pairs) -> Html | None:
    """List pairs of a term and what is said of it; those of which nothing is said are left out, None where all are."""
    shown = [[el("dt", term), el("dd", value)] for term, value in pairs if value is not None]
    return el("dl", shown, class_="cb-facts") if shown else None


def _cell(value):
    if hasattr(value, "__html__"):
        return value
    if pd.isna(value):
        return "–"
    if isinstance(value, float):
        value = int(value) if value.is_integer() else decimals.written(value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def lines(first, *rest) -> Html:
    """Put a cell's main line over its lesser ones; None is left out."""
    return join([el("div", first), [el("div", line, class_="cb-quiet") for line in rest if line is not None]])


def cited(words: str, language: str) -> Html:
    """Show words of a text as the quotations they are, in its language; SEPARATOR stands between several."""
    return join((quoted(part, language) for part in words.split(SEPARATOR)), ", ")


def published_words(row, entry: dict[str, str]) -> Html:
    """Show the decisive words of a publication (a row of evidence) in their language.

    They are English where no translation stands beside them. Otherwise the entry of the bibliography tells their
    language as ``language``, by its code, or nothing does.
    """
    told = entry.get("language", "")
    other = told if re.fullmatch("[a-z]{2,3}", told) else ""
    return quoted(row["words"], other if row["words_english"] else "en")


def spoken_in(ledger: Ledger) -> dict[str, str]:
    """Map every text of the book, also where `ledger` is one text's part, to the code of its language."""
    sources = (ledger.whole or ledger).sources
    return dict(zip(sources["source_id"], sources["language"], strict=True))


def in_english(row) -> Html | None:
    """Show the translation of the decisive words of a publication (a row of evidence), to stand behind them."""
    return join([" (in English: ", quoted(row["words_english"], "en"), ")"]) if row["words_english"] else None


def readable_words(row, entry: dict[str, str]) -> Html:
    """Show the decisive words of a publication (a row of evidence) in English where a translation is there."""
    return quoted(row["words_english"], "en") if row["words_english"] else published_words(row, entry)


def claim_link(claim_id: str, base: str = addresses.BASE, words: str | None = None) -> Html:
    """Link to a claim; its id is for whoever points at the link, hears it or cites the claim.

    Parameters
    ----------
    claim_id : str
        The claim.
    base : str
        Leads from the page to the chapters.
    words : str, optional
        What the link says; an arrow, which is enough beside the statement, where not given.
    """
    href, name = addresses.claim(claim_id, base), f"Claim {claim_id}"
    if words:
        return el("a", words, href=href, title=name, class_="cb-id")
    return el("a", "→", href=href, title=name, aria_label=name, class_="cb-id")


def claim_links(claim_ids, base: str = addresses.BASE) -> Html:
    """Link to several claims by their numbers in the row, as notes do; one stands as its arrow."""
    claim_ids = list(claim_ids)
    if len(claim_ids) < 2:
        return join(claim_link(c, base) for c in claim_ids)
    links = (
        el("a", str(number), href=addresses.claim(c, base), title=f"Claim {c}", aria_label=f"Claim {c}", class_="cb-id")
        for number, c in enumerate(claim_ids, start=1)
    )
    return join(links, ", ")


def sentence_link(sentence_id: str) -> Html:
    """Link to a sentence's place in the walk through its text, by that place."""
    paragraph, number = ids.place_of(sentence_id)
    where = f"paragraph {paragraph}, sentence {number}"
    return el("a", where, href=addresses.sentence(sentence_id), title=f"Sentence {sentence_id}", class_="cb-place")


def reference_link(key: str, words: str, base: str = addresses.BASE) -> Html:
    """Link to an entry of the bibliography."""
    return el("a", words, href=addresses.reference(key, base))


def date_text(start: str, end: str, precision: str = "") -> str:
    """Write a pair of dates as a reader would: a day, a month, a year, the two ends, or the one that is known."""
    span = Span(Span.read(start).first, Span.read(end).latest)
    return span.between if precision == "bounded" else span.text


def actor_names(ledger: Ledger) -> dict[str, str]:
    """Map every actor_id to the actor's normal name; of two actors with one name each has its id beside it."""
    times = Counter(ledger.actors["name"])
    rows = zip(ledger.actors["actor_id"], ledger.actors["name"], strict=True)
    return {actor: name if times[name] == 1 else f"{name} ({actor})" for actor, name in rows}


def _letter(letter: str) -> str:
    """Say a letter of the Admiralty code; F is no lowest mark, so what it means stands before it."""
    return "not judged (F in the Admiralty code)" if letter == "F" else f"{letter} (Admiralty code)"


def source_card(text: Ledger) -> Html:
    """Show who, when, what kind and how reliable: what the text states of itself and what was established."""
    source = text.sources.iloc[0]
    rows = [
        ("Title", _known(source["title"], source["language"], "none known"), source["title_basis"]),
        (
            "Author",
            join([_known(source["author"], source["language"], "not named"), _looked_up(text)]),
            source["author_basis"],
        ),
        ("Outlet", _known(source["outlet"], source["language"], "none known"), source["outlet_basis"]),
        (
            "Published",
            date_text(source["published_earliest"], source["published_latest"], "bounded"),
            source["date_basis"],
        ),
        ("Kind of text", source["genre"].replace("_", " "), ""),
        ("Address", _outside(source["url"]), source["url_basis"]),
        ("Reliability", _letter(source["reliability"]), source["reliability_reason"]),
        (
            "Length",
            f"{source['characters']:,} characters, {count(len(text.sentences), 'sentence')}",
            f"Text file fixed by its SHA-256, which begins {source['sha256'][:12]}.",
        ),
        ("Speaks for or against", None, source["stance"]),
    ]
    parts = [
        el(
            "div",
            el("dt", what),
            el("dd", el("strong", finding) if finding else None, _basis(basis, bool(finding))),
        )
        for what, finding, basis in rows
    ]
    return el("dl", parts, class_="cb-card")


def _looked_up(text: Ledger) -> str:
    """Say where nothing in the ledger is on the author whom a text names."""
    source = text.sources.iloc[0]
    told = (text.claims["subject"] == source["voice"]) & (text.claims["layer"] == "content")
    return "; who that is was not looked up further" if source["author"] and not told.any() else ""


def _known(name: str, language: str, otherwise: str) -> Html | str:
    return named(name, language) if name else otherwise


def _basis(words: str, folded: bool) -> Html | None:
    """Say how something of a source is known, folded where what is known stands above it."""
    if not words:
        return None
    told = el("p", words, class_="cb-quiet")
    return el("details", el("summary", "how this is known"), told) if folded else told


def _outside(url: str):
    return el("a", url, href=url) if url.startswith(("http://", "https://")) else "none known"


def amount(value, unit: str) -> str:
    """Write a number with its unit, large ones in words; of one that is missing or not finite say so.

    Examples
    --------
    >>> amount(12_345e9, "dollars"), amount(999_999_999, "dollars"), amount(-2_500, "men"), amount(1, "dollars")
    ('12.35 trillion dollars', '1 billion dollars', '-2,500 men', '1 dollar')
    """
    if not decimals.is_number(value):
        return f"no number, in {unit}"
    digits, word = decimals.scaled(value)
    if word:
        return f"{digits} {word} {unit}"
    return f"{digits} {unit.removesuffix('s') if digits == '1' and not unit.endswith('ss') else unit}"


def amounts(low, high, unit: str) -> str:
    """Write two ends with their unit, a word of scale that both have only once."""
    (digits, small), (_, large) = decimals.scaled(low), decimals.scaled(high)
    return f"{digits if small == large else amount(low, unit)} to {amount(high, unit)}"


def number_text(quantity) -> str:
    """Write the number of a quantity (a row of ``quantities.csv``) with its bound and unit."""
    unit, bound = quantity["currency"] or quantity["unit"], quantity["bound"]
    if not has_number(quantity):
        return f"no number, in {unit}"
    value, low, high = (None if pd.isna(number) else number for number in quantity[NUMBERS])
    if None not in (low, high) and (bound == "range" or value is None):
        return amounts(low, high, unit)
    if value is None:
        bound, value = ("at_most", high) if low is None else ("at_least", low)
    if quantity["dimension"] == "ordinal":
        return f"number {decimals.plain(value)} ({unit})"
    word = "" if bound in ("exact", "range", "unspecified") else f"{palette.BOUNDS[bound]} "
    return word + amount(value, unit)


def quantity_text(quantity) -> str:
    """Write one quantity (a row of ``quantities.csv``) in words: bound, number, unit, what is counted."""
    return f"{number_text(quantity)}: {quantity['measure']}"


def quantities(text: Ledger, rows: pd.DataFrame | None = None, caption: str | None = None) -> Html:
    """List reported quantities with their words, period, stage and claims.

    In the chapter of a text each quantity that it was the first to tell has its address; elsewhere it leads there.

    Parameters
    ----------
    text : Ledger
        Where the quantities are told.
    rows : pandas.DataFrame, optional
        The part of ``quantities`` to show; all where not given.
    caption : str, optional
        Caption of the table.
    """
    names = actor_names(text)
    spoken = ids.texts_of(text.quantity_claims["claim_id"]).map(spoken_in(text))
    told = {key: part for key, part in text.quantity_claims.assign(told_in=spoken).groupby("quantity_id")}
    recipients = text.quantity_recipients.groupby("quantity_id")["actor_id"].agg(list).to_dict()
    home = text.sources["source_id"].iloc[0] if text.part else None
    stages = text.column("quantities", "stage").get("words", {})
    out, anchors = [], []
    for _, q in (text.quantities if rows is None else rows).iterrows():
        here = text_of(q["quantity_id"]) == home
        anchors.append(q["quantity_id"] if here else None)
        name = f"Quantity {q['quantity_id']}"
        link = el("a", "→", href=addresses.quantity(q["quantity_id"]), title=name, aria_label=name, class_="cb-id")
        mine = told[q["quantity_id"]]
        stage = q.get("stage", OTHER)
        sort = [
            palette.DIMENSIONS.get(q["dimension"], q["dimension"]),
            *([] if stage == OTHER else [stages.get(stage, stage)]),
        ]
        parties = [named(names[q["supplier"]])] if q["supplier"] else []
        if q["quantity_id"] in recipients:
            parties.append(join(["to ", join((named(names[a]) for a in recipients[q["quantity_id"]]), "; ")]))
        period = date_text(q["period_start"], q["period_end"]) if q["period_start"] else "no period told"
        out.append(
            {
                "Quantity": join([quantity_text(q), " ", link]),
                "In the words": join(
                    (cited(*words) for words in dict.fromkeys(zip(mine["wording"], mine["told_in"], strict=True))), ", "
                ),
                "What it is": lines(", ".join(sort), join(parties, " ") if parties else None, period),
                "Claims": claim_links(mine["claim_id"]),
            }
        )
    return table(pd.DataFrame(out), caption or "Every quantity the text reports", anchors)


def events(text: Ledger) -> Html:
    """List the events a text tells: when and where it puts them, and when and where they are established."""
    told = {key: part for key, part in text.event_claims.groupby("event_id")}
    spoken = spoken_in(text)
    out = []
    dated_first = text.events.assign(undated=text.events["date_start"] == "")
    for _, event in dated_first.sort_values(["undated", "date_start", "event_id"]).iterrows():
        mine = told[event["event_id"]]
        as_told = list(dict.fromkeys(told_dates(row, spoken) for _, row in mine.iterrows() if _dated(row))) or [
            "no date"
        ]
        places = "; ".join(dict.fromkeys(p for p in mine["told_place"] if p))
        out.append(
            {
                "Event": lines(event["summary"], f"{palette.MODES[event['mode']]}; {_type(event['type'])}"),
                "As told": lines(join(as_told, "; "), places or None),
                "On record": lines(recorded(event), event["place"] or None),
                "Claims": claim_links(mine["claim_id"]),
            }
        )
    return table(pd.DataFrame(out), "Every event the text tells, as told and on record")


def _type(plover: str) -> str:
    return "no PLOVER type fits" if plover == "none" else plover


def _dated(row) -> bool:
    return bool(row["told_start"] or row["told_end"] or row["date_words"])


def told_dates(row, spoken: dict[str, str]) -> Html:
    """Say when a claim (a row of ``event_claims.csv``) puts an event, with its words for that.

    `spoken` maps texts to the codes of their languages.
    """
    start, end, words = row["told_start"], row["told_end"], row["date_words"]
    day = date_text(start, end, "bounded") if start or end else "no date"
    return join([day, [" (", cited(words, spoken[text_of(row["claim_id"])]), ")"] if words else None])


def recorded(event):
    """Say when an event (a row of ``events.csv``) is established to have been, and how that is known."""
    if not event["date_basis"]:
        return "no date established"
    when = date_text(event["date_start"], event["date_end"], event["date_precision"])
    if event["reference"]:
        return join([when, " (", reference_link(event["reference"], "looked up"), ")"])
    return f"{when} ({palette.DATE_BASES[event['date_basis']]})"


def epithets(text: Ledger) -> Html:
    """List the epithets that a text gives to actors, actor by actor; each leads to its sentence. None is rated."""
    names = actor_names(text)
    given = text.mentions[text.mentions["epithet"] != ""]
    if given.empty:
        return quiet("No epithet is given to anybody.")
    spoken, items = text.sources["language"].iloc[0], []
    for actor, rows in given.groupby("actor_id", sort=False):
        words = (
            el("a", cited(r.epithet, spoken), href=addresses.sentence(r.sentence_id), title=r.as_written)
            for r in rows.itertuples(index=False)
        )
        items.append(el("li", named(names[actor]), ": ", join(words, ", ")))
    return el("ul", items, class_="cb-holds")


def hedges(text: Ledger) -> Html:
    """List the hedging words of the text with the claims that carry them."""
    hedged = text.claims[text.claims["hedge"] != ""]
    spoken = ids.texts_of(hedged["claim_id"]).map(spoken_in(text))
    rows = hedged.assign(word=hedged["hedge"].str.split(SEPARATOR, regex=False), spoken=spoken).explode("word")
    grouped = rows.groupby(["word", "spoken"], sort=False)["claim_id"].agg(list)
    words = [cited(*key) for key in grouped.index]
    frame = pd.DataFrame({"Words": words, "Claims": [claim_links(c) for c in grouped]})
    return table(frame, "Hedging words and the claims that carry them")


def spellings(text: Ledger) -> Html:
    """List actors whose name a text writes otherwise than in its normal form, or in more than one way."""
    names = actor_names(text)
    spoken, items = text.sources["language"].iloc[0], []
    for actor, part in text.mentions.groupby("actor_id", sort=False):
        written = part["as_written"].value_counts()
        if list(written.index) != [names[actor]]:
            forms = (join([cited(w, spoken), f" × {n}"]) for w, n in written.items())
            items.append(el("li", named(names[actor]), ": ", join(forms, ", ")))
    return el("ul", items, class_="cb-holds") if items else quiet("Every name is spelt in its normal form.")


def references(ledger: Ledger) -> Html | Long:
    """List the entries of ``references.bib`` with their address, how much of them was read, and what rests on them.

    Each letter has a leaf; the page has a line an entry, folded by letter.

    Raises
    ------
    ValueError
        If the bibliography has a flaw.
    """
    resting = ledger.events[ledger.events["reference"] != ""].groupby("reference")["summary"].agg(list)
    evidence_on = ledger.evidence[ledger.evidence["reference"] != ""].groupby("reference")["claim_id"].agg(list)
    known = ledger.bibliography
    by_letter: dict[str, list[str]] = {}
    for key in sorted(known, key=lambda key: (addresses.letter_of(key), fold(key), key)):
        by_letter.setdefault(addresses.letter_of(key), []).append(key)
    leaves, folds = [], []
    for letter, keys in by_letter.items():
        name, label = addresses.leaf_of(addresses.REFERENCES, keys[0]), letter.capitalize()
        full = [_entry(key, known[key], resting.get(key), evidence_on.get(key)) for key in keys]
        leaves.append(Leaf(name, f"References, {label}", el("ul", full, class_="cb-references"), label))
        lines_ = [
            el("li", el("a", named(known[key]["title"]), href=f"{leaves[-1].address}#{key}"), _when(known[key]), id=key)
            for key in keys
        ]
        folds.append(el("details", el("summary", f"{label}: {len(keys)}"), el("ul", lines_)))
    if not leaves:
        return quiet("There is no publication yet.")
    return long(el("div", el("p", line(leaves)), folds), leaves)


def _when(entry: dict) -> str | None:
    who = entry.get("organization") or entry.get("publisher") or entry.get("journal") or entry.get("author")
    told = ", ".join(filter(None, (who, entry.get("date") or entry.get("year"))))
    return f" ({told})" if told else None


def _entry(key: str, entry: dict, dated, claim_ids) -> Html:
    """Show one entry of the bibliography; how much of it was read and what rests on it lies folded below it."""
    author = entry.get("author") or entry.get("editor") or "no author named"
    where = entry.get("organization") or entry.get("publisher") or entry.get("journal")
    parts = [author, where, entry.get("date") or entry.get("year")]
    more = [
        el("p", entry["note"]) if entry.get("note") else None,
        el("p", "Dates by it: ", "; ".join(dated)) if dated else None,
        el("p", "Evidence on: ", claim_links(dict.fromkeys(claim_ids))) if claim_ids else None,
    ]
    return el(
        "li",
        el("strong", named(entry["title"])),
        ". ",
        join((named(part) for part in parts if part), "; "),
        ". ",
        _outside(entry["url"]) if entry.get("url") else None,
        [" (", el("a", "archived copy", href=entry["archived"]), ")"] if entry.get("archived") else None,
        el("details", el("summary", "how much was read, and what rests on it"), more) if any(more) else None,
        id=key,
    )


def quoted_words(ledger: Ledger) -> Html:
    """List how much of each text the ledger has in quotes, hedges, epithets, wordings and date words."""
    shorts = ledger.sources.set_index("source_id")["short_name"]
    shares = passages.quoted_shares(ledger)
    frame = pd.DataFrame(
        {
            "Text": shares["source_id"].map(shorts),
            "Characters": shares["characters"],
            "Held by the ledger": shares["held"],
            "Share of the text": [f"{share:.1%}" for share in shares["share"]],
            "Largest share of a sentence": [f"{share:.1%}" for share in shares["max_sentence_share"]],
        }
    )
    return table(frame, "Characters of each text that the ledger holds; at most 20% of a text and 50% of a sentence")


def describe_tables(ledger: Ledger) -> Long:
    """List every table of the ledger with its rows, in all and for each text; a leaf describes each and its columns.

    What is said of them is what ``datapackage.json`` says.
    """
    shorts = ledger.sources.set_index("source_id")["short_name"]
    per_text = {short: ledger.text(source_id).tables for source_id, short in shorts.items()}
    described = [r for r in ledger.schema["resources"] if not is_record(r)]
    leaves = [
        Leaf(f"data-{r['name']}", r["title"], join([el("p", r["description"]), describe_table(ledger, r["name"])]))
        for r in described
    ]
    frame = pd.DataFrame(
        {
            "Table": [
                el("a", el("code", r["name"]), href=leaf.address) for r, leaf in zip(described, leaves, strict=True)
            ],
            "What it holds": [r["title"] for r in described],
            "Rows": [len(ledger.tables[r["name"]]) for r in described],
            # A table that is about no single text is not cut to one.
            **{
                short: [len(tables[r["name"]]) if r["name"] in tables else None for r in described]
                for short, tables in per_text.items()
            },
        }
    )
    caption = "The tables of the ledger; an actor, event or quantity of several texts counts for each"
    return long(table(frame, caption, [f"table-{r['name']}" for r in described]), leaves)


def describe_records(ledger: Ledger) -> Long | Html:
    """List every record by its publisher; a leaf says of each its version and licence, its traps, and what reads it."""
    readers: dict[str, list[str]] = {name: [] for name in ledger.records}
    for check in ledger.checks.values():
        for name in check.records:
            readers.setdefault(name, []).append(check.name)
    publishers = dict(zip(ledger.origins["origin"], ledger.origins["name"], strict=True))
    leaves, items = [], []
    for record in filter(is_record, ledger.schema["resources"]):
        name, publisher = record["name"], publishers[record["origin"]]
        rows = count(len(ledger.records[name]), "row")
        known = _record_facts(record, publisher, readers[name], rows)
        body = join([el("p", record["description"]), known, describe_table(ledger, name)])
        leaves.append(Leaf(f"data-{name}", record["title"], body))
        link = el("a", record["title"], href=leaves[-1].address)
        items.append(el("li", link, f" ({publisher}, {rows})", id=f"record-{name}"))
    if not leaves:
        return el("p", "Records: none.", class_="cb-quiet")
    return long(el("ul", items), leaves)


def _record_facts(record: dict, publisher: str, readers: list[str], rows: str) -> Html:
    names = [el("code", name) for name in readers]
    known = (
        ("Rows", rows),
        ("Publisher", f"{publisher}, reliability {record['reliability']}"),
        ("Version", f"{record['version']}, released {date_text(*[record['versionReleased']] * 2)}"),
        ("Licence", join((_titled(licence) for licence in record["licenses"]), ", ")),
        ("Taken from", join((_titled(source) for source in record["sources"]), ", ")),
        ("Cited as", reference_link(record["reference"], record["reference"])),
        ("To get it again", record["query"]),
        ("Traps", el("ul", [el("li", trap) for trap in record["traps"]]) if record["traps"] else None),
        ("Read by", join(names, ", ") if names else None),
        ("Shown in", ", ".join(record["shownIn"]) if record.get("shownIn") else None),
    )
    return facts(known)


def _titled(thing: dict) -> Html:
    """Show a licence or source of the data package by its title, with its address where it has one."""
    title = thing.get("title") or thing.get("name") or thing["path"]
    return el("a", title, href=thing["path"]) if bibliography.is_web_address(thing.get("path", "")) else join([title])


def _values(column: dict) -> str:
    """Say what a column may hold beyond its type."""
    rules = column.get("constraints", {})
    if EDTF in column:
        return "dates in EDTF"
    return ", ".join(rules["enum"]) if "enum" in rules else rules.get("pattern", "–")


def describe_table(ledger: Ledger, name: str) -> Html:
    """List the columns of one table or record as ``datapackage.json`` describes them.

    Raises
    ------
    StopIteration
        If there is no such table.
    """
    resource = next(r for r in ledger.schema["resources"] if r["name"] == name)
    schema = resource["schema"]
    leads = {
        k["fields"][0]: f"{k['reference']['resource'] or name}.{k['reference']['fields'][0]}"
        for k in schema.get("foreignKeys", [])
    }
    primary, frame = schema.get("primaryKey", []), (ledger.records | ledger.tables)[name]
    rows = []
    for column in schema["fields"]:
        rules = column.get("constraints", {})
        key = "primary key" if column["name"] in primary else leads.get(column["name"], "–")
        if column["name"] in primary and column["name"] in leads:
            key = f"primary key, {leads[column['name']]}"
        rows.append(
            {
                "Column": el("code", column["name"]),
                "Type": column["type"] + ("" if rules.get("required") else ", may be empty"),
                "Meaning": column["description"],
                "Values": _values(column),
                "Key": key,
            }
        )
    return table(pd.DataFrame(rows), f"{resource['path']}: {len(frame):,} rows")
