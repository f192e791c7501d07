"""Rules of the coding tables: what a table schema cannot say of the texts' sentences, claims, numbers and events."""

import calendar
import unicodedata
from collections.abc import Iterator

import pandas as pd

from claimbook.model import bibliography, ids, passages
from claimbook.model.ledger import Ledger
from claimbook.validation.inspection import SLUG, Inspection, Rule, both_or_neither, lookup, ordered, whole

MAX_QUOTE = 12
"""Words of a quote."""
MAX_SENTENCE = 0.5
"""Share of a sentence that the ledger may hold."""
MAX_TEXT = 0.2
"""Share of a text that the ledger may hold."""

MOST = 3
"""Rows that are named where the ledger holds too much of a text."""
HELD = "the ledger must hold at most"
SHORTER = (
    "quote, hedge, epithet, wording, date_words and an as_written that is more than a name count: a quote or an "
    "epithet may be left out, a wording or date_words cut to the number or the date"
)


def _text_of(table: str, ledger: Ledger, found: Inspection) -> pd.Series:
    """Return the text that each passage of a table belongs to."""
    sentences = found.sure("sentences", ledger.sentences)
    return ledger.tables[table]["sentence_id"].map(lookup(sentences, "sentence_id", "source_id"))


def _within_sentence(table: str, key: str, ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    """Check passages of `table` against their sentences."""
    frame, sentences = ledger.tables[table], ledger.sentences
    yield Rule(table, frame["start"] >= frame["end"], "end", "must lie after start")
    begins = frame["sentence_id"].map(lookup(sentences, "sentence_id", "start"))
    ends = frame["sentence_id"].map(lookup(sentences, "sentence_id", "end"))
    yield Rule(table, frame["start"] < begins, "start", "must lie inside the sentence")
    yield Rule(table, frame["end"] > ends, "end", "must lie inside the sentence")
    source = _text_of(table, ledger, found)
    stray = source.notna() & (ids.texts_of(frame[key]) != source)
    yield Rule(table, stray, key, "must begin with the source_id of its sentence")


def _sources(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    sources = ledger.sources
    yield from both_or_neither("sources", sources, "published_earliest", "published_latest")
    yield Rule(
        "sources",
        (sources["url"] != "") & ~sources["url"].map(bibliography.is_web_address).astype(bool),
        "url",
        "must be an http(s) address with a host",
    )
    for column in ("title", "outlet", "url"):
        unfounded = (sources[column] != "") & (sources[f"{column}_basis"] == "")
        yield Rule("sources", unfounded, f"{column}_basis", f"must be given where {column} is")
    why = "must say where the author comes from, or why none is given"
    yield Rule("sources", sources["author_basis"] == "", "author_basis", why)


def _sentences(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    sentences = ledger.sentences
    known = sentences["paragraph"].notna() & sentences["sentence"].notna()
    expected = pd.Series(
        [
            ids.sentence(source, paragraph, sentence) if is_known else identifier
            for source, paragraph, sentence, is_known, identifier in zip(
                sentences["source_id"],
                sentences["paragraph"].fillna(0),
                sentences["sentence"].fillna(0),
                known,
                sentences["sentence_id"],
                strict=True,
            )
        ],
        index=sentences.index,
        dtype="str",
    )
    yield Rule(
        "sentences",
        sentences["sentence_id"] != expected,
        "sentence_id",
        "must be made of source_id, paragraph and sentence, as in alder-2030-p06-s1",
    )
    yield Rule("sentences", sentences["start"] >= sentences["end"], "end", "must lie after start")
    characters = sentences["source_id"].map(lookup(ledger.sources, "source_id", "characters"))
    yield Rule("sentences", sentences["end"] > characters, "end", "must lie inside the text")

    by_text, first = sentences.groupby("source_id", sort=False), ~sentences["source_id"].duplicated()
    overlap = sentences["start"] < by_text["end"].shift()
    yield Rule("sentences", overlap, "start", "must not lie before the end of the sentence before")
    paragraph = by_text["paragraph"].shift().mask(first, 0)
    before = by_text["sentence"].shift().mask(first, 0)
    same = (sentences["paragraph"] == paragraph) & (sentences["sentence"] == before + 1)
    fresh = (sentences["paragraph"] == paragraph + 1) & (sentences["sentence"] == 1)
    yield Rule("sentences", ~(same | fresh), "sentence", "paragraphs and sentences must be numbered without a gap")


def _claims(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    claims, sentences = ledger.claims, ledger.sentences
    yield from _within_sentence("claims", "claim_id", ledger, found)
    source = _text_of("claims", ledger, found)
    role = claims["sentence_id"].map(lookup(sentences, "sentence_id", "role"))
    yield Rule("claims", role == "boilerplate", "sentence_id", "must be a sentence of role content")
    bare = (sentences["role"] == "content") & ~sentences["sentence_id"].isin(claims["sentence_id"])
    rule = "a sentence of role content must carry a claim: add its rows to claims.csv, or make its role boilerplate"
    yield Rule("sentences", bare, "sentence_id", rule)

    many = pd.Series([len(passages.words(quote)) > MAX_QUOTE for quote in claims["quote"]], claims.index)
    yield Rule("claims", many, "quote", f"must have at most {MAX_QUOTE} words")
    ends = claims["sentence_id"].map(lookup(sentences, "sentence_id", "end"))
    begins = claims["sentence_id"].map(lookup(sentences, "sentence_id", "start"))
    whole = (claims["quote"] != "") & (claims["quote"].str.len() >= ends - begins)
    yield Rule("claims", whole, "quote", "must be shorter than the sentence")

    # An opinion can be about a status, a relation or a cause; numbers, events and utterances are facts or vague.
    reason, kind, checkable = claims["not_checkable_reason"], claims["kind"], claims["checkable"]
    unexplained = ~checkable & (reason == "")
    yield Rule("claims", unexplained, "not_checkable_reason", "must be given where checkable is false")
    explained = checkable & (reason != "")
    yield Rule("claims", explained, "not_checkable_reason", "must be empty where checkable is true")
    yield Rule("claims", checkable & (kind == "opinion"), "checkable", "must be false where kind is opinion")
    open_question = (reason == "prediction") & (kind != "prediction")
    yield Rule("claims", open_question, "kind", "must be prediction where the reason is prediction")
    judged = reason.isin(["opinion", "epithet"]) & kind.isin(["quantity", "event", "statement"])
    rule = "a claim not checkable for its opinion or epithet is no quantity, event or statement"
    yield Rule("claims", judged, "kind", rule)

    again = pd.DataFrame({"source": source, "statement": claims["statement"].str.casefold()}).duplicated()
    yield Rule("claims", again, "statement", "must be told once in a text")
    for column in ("subject", "object"):
        unknown = claims[column].str.fullmatch(SLUG) & ~claims[column].isin(ledger.actors["actor_id"])
        yield Rule("claims", unknown, column, "must be an actor_id, or words with a space or a capital letter")


def _claim_links(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    links, claims = ledger.claim_links, ledger.claims
    yield Rule(
        "claim_links",
        links["claim_id"] == links["related_claim_id"],
        "related_claim_id",
        "a claim must not be linked to itself",
    )
    layer = lookup(claims, "claim_id", "layer")
    from_layer, to_layer = links["claim_id"].map(layer), links["related_claim_id"].map(layer)
    content_of, denies = links["type"] == "content_of", links["type"] == "denies"
    # A report of a report: what is passed on was said as well, one hop further down.
    chain, hops = lookup(claims, "claim_id", "chain_id"), ledger.chains["chain_id"].value_counts()
    deeper = links["claim_id"].map(chain).map(hops) > links["related_claim_id"].map(chain).map(hops)
    leads = "content_of must lead from a claim of layer content, or from one of layer said with a longer chain"
    yield Rule("claim_links", content_of & (from_layer == "said") & ~deeper, "claim_id", leads)
    yield Rule(
        "claim_links",
        content_of & (to_layer == "content"),
        "related_claim_id",
        "content_of must lead to a claim of layer said",
    )
    yield Rule(
        "claim_links", denies & (from_layer == "said"), "claim_id", "denies must lead from a claim of layer content"
    )
    abroad = content_of & (ids.texts_of(links["claim_id"]) != ids.texts_of(links["related_claim_id"]))
    yield Rule("claim_links", abroad, "related_claim_id", "content_of must stay inside a text")

    doubtful = ~links.index.isin(found.sure("claim_links", links).index)
    answered = links["related_claim_id"][content_of | doubtful]
    hollow = (claims["layer"] == "said") & ~claims["claim_id"].isin(answered)
    yield Rule("claims", hollow, "claim_id", "a claim of layer said needs a content_of link to it")

    both_ways = links[links["type"].isin(["content_of", "contradicts", "strains", "repeats"])]
    pairs = pd.DataFrame(
        {
            "first": both_ways[["claim_id", "related_claim_id"]].min(axis=1),
            "second": both_ways[["claim_id", "related_claim_id"]].max(axis=1),
            "type": both_ways["type"],
        }
    )
    turned = pairs.duplicated() & ~both_ways.duplicated(["claim_id", "related_claim_id", "type"])
    yield Rule("claim_links", turned, "related_claim_id", "the link must not be given in both directions")


def _chains(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    chains, claims = ledger.chains.sort_values(["chain_id", "hop"]), ledger.claims
    by_chain = chains.groupby("chain_id", sort=False)
    gap = (chains["hop"] != by_chain.cumcount() + 1) & whole(chains, "chain_id", "hop")
    yield Rule("chains", gap, "hop", "hops must run from 1 without a gap")
    text = ids.texts_of(chains["chain_id"])
    voice = text.map(lookup(found.sure("sources", ledger.sources), "source_id", "voice"))
    yield Rule("chains", ~text.isin(ledger.sources["source_id"]), "chain_id", "must begin with a source_id")
    mute = (chains["hop"] == 1) & voice.notna() & (chains["actor_id"] != voice)
    yield Rule("chains", mute, "actor_id", "hop 1 must be the voice of the text")
    yield Rule(
        "chains",
        (chains["actor_id"] == by_chain["actor_id"].shift()) & whole(chains, "chain_id", "hop"),
        "actor_id",
        "an actor must not follow itself in a chain",
    )
    idle = ~chains["chain_id"].isin(claims["chain_id"]) & ~chains["chain_id"].duplicated()
    yield Rule("chains", idle, "chain_id", "must be the chain of a claim in claims.csv")

    missing = (claims["chain_id"] != "") & ~claims["chain_id"].isin(chains["chain_id"])
    yield Rule("claims", missing, "chain_id", "must be found in chains.chain_id")
    source = _text_of("claims", ledger, found)
    abroad = ~missing & source.notna() & (ids.texts_of(claims["chain_id"]) != source)
    yield Rule("claims", abroad, "chain_id", "must be a chain of the claim's own text")


def _actors(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    actors = ledger.actors
    person = actors["kind"] == "person"
    yield Rule("actors", person & actors["living"].isna(), "living", "must be given for a person")
    yield Rule("actors", ~person & actors["living"].notna(), "living", "must be empty except for persons")
    yield Rule("actors", (actors["kind"] == "state") & (actors["iso3"] == ""), "iso3", "must be given for a state")
    columns = (
        (ledger.sources, "voice"),
        (ledger.claims, "subject"),
        (ledger.claims, "object"),
        (ledger.chains, "actor_id"),
        (ledger.mentions, "actor_id"),
        (ledger.quantities, "supplier"),
        (ledger.quantity_recipients, "actor_id"),
        (ledger.event_actors, "actor_id"),
    )
    used = set().union(*(frame[column] for frame, column in columns))
    yield Rule("actors", ~actors["actor_id"].isin(used), "actor_id", "must be used somewhere in the ledger")


def _mentions(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    mentions = ledger.mentions
    yield from _within_sentence("mentions", "mention_id", ledger, found)
    length = mentions["end"] - mentions["start"]
    # The text may be in another normal form of Unicode than the tables, which are read in form C.
    longest = mentions["as_written"].map(lambda words: len(unicodedata.normalize("NFD", words))).astype("Int64")
    odd = (length < mentions["as_written"].str.len()) | (length > longest)
    yield Rule("mentions", odd & (length > 0), "as_written", "must be as long as from start to end")
    placed = mentions.dropna(subset=["start", "end"]).sort_values(
        ["sentence_id", "start", "end"], ascending=[True, True, False]
    )
    crossing, sentence, enclosing = [], None, []
    for line, of_sentence, start, end in zip(
        placed.index, placed["sentence_id"], placed["start"], placed["end"], strict=True
    ):
        if of_sentence != sentence:
            sentence, enclosing = of_sentence, []
        while enclosing and enclosing[-1] <= start:
            enclosing.pop()
        if enclosing and end > enclosing[-1]:
            crossing.append(line)
        enclosing.append(end)
    yield Rule("mentions", crossing, "start", "must not overlap another mention in part")


def _number_exceptions(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    yield from _within_sentence("number_exceptions", "exception_id", ledger, found)


def _quantities(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    quantities = ledger.quantities
    value, low, high, bound = (quantities[c] for c in ("value", "low", "high", "bound"))

    told = quantities["quantity_id"].isin(ledger.quantity_claims["quantity_id"])
    yield Rule("quantities", ~told, "quantity_id", "must be told by a claim")
    foreign = ~ids.texts_of(quantities["quantity_id"]).isin(ledger.sources["source_id"])
    yield Rule("quantities", foreign, "quantity_id", "must begin with a source_id")
    yield Rule("quantities", low > value, "low", "must not exceed value")
    yield Rule("quantities", value > high, "high", "must not be less than value")
    yield Rule("quantities", low > high, "high", "must not be less than low")
    valued = bound.isin(["exact", "approximate", "at_least", "at_most"])
    yield Rule("quantities", valued & value.isna(), "value", "must be given for this bound")
    yield Rule("quantities", (bound == "range") & low.isna(), "low", "must be given for a range")
    yield Rule("quantities", (bound == "range") & high.isna(), "high", "must be given for a range")
    yield Rule(
        "quantities", (bound == "unspecified") & value.notna(), "value", "must be empty where the bound is unspecified"
    )
    money = quantities["dimension"] == "money"
    yield Rule("quantities", money & (quantities["currency"] == ""), "currency", "must be given for money")
    yield Rule("quantities", ~money & (quantities["currency"] != ""), "currency", "must be empty except for money")
    yield Rule("quantities", ~money & quantities["price_year"].notna(), "price_year", "must be empty except for money")
    yield from ordered("quantities", quantities, "period_start", "period_end")


def _events(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    events, told = ledger.events, ledger.event_claims
    start, end = events["date_start"], events["date_end"]
    precision, basis = events["date_precision"], events["date_basis"]

    yield Rule("events", ~events["event_id"].isin(told["event_id"]), "event_id", "must be told by a claim")
    yield Rule("events", ~events["event_id"].isin(ledger.event_actors["event_id"]), "event_id", "must have an actor")

    yield from both_or_neither("events", events, "date_start", "date_end")
    dated = start != ""
    for column in ("date_precision", "date_basis"):
        yield Rule("events", dated & (events[column] == ""), column, "must be given for a dated event")
        yield Rule(
            "events", ~dated & (end == "") & (events[column] != ""), column, "must be empty for an undated event"
        )
    known = dated & (end != "")
    yield Rule(
        "events",
        known & (precision == "day") & (start != end),
        "date_end",
        "must be date_start where the precision is day",
    )
    month_end = pd.Series([_month_end(day) for day in start], events.index, dtype="str")
    whole_month = start.str.endswith("-01") & (end == month_end)
    rule = "must be the last day of the month that date_start begins"
    yield Rule("events", known & (precision == "month") & ~whole_month, "date_end", rule)
    whole_year = start.str.endswith("-01-01") & (end == start.str[:4] + "-12-31")
    rule = "must be the last day of the year that date_start begins"
    yield Rule("events", known & (precision == "year") & ~whole_year, "date_end", rule)

    year = pd.Series([ids.year_of(event) for event in events["event_id"]], events.index, dtype="str")
    wide = precision.isin(["interval", "bounded"])
    inside = (year == start.str[:4]) | (wide & (start.str[:4] <= year) & (year <= end.str[:4]))
    yield Rule("events", known & (year != "") & ~inside, "event_id", "must carry the year of the event's date")

    unsourced = (basis == "record") & (events["reference"] == "") & (events["evidence_id"] == "")
    yield Rule("events", unsourced, "reference", "a recorded date needs a reference or an evidence_id")
    idle = (events["reference"] != "") & (basis != "record") & (events["place"] == "")
    yield Rule("events", idle, "reference", "must be empty where neither a recorded date nor a place rests on it")
    if found.bibliography is not None:
        uncited = (events["reference"] != "") & ~events["reference"].isin(list(found.bibliography))
        yield Rule("events", uncited, "reference", f"must be a key of {bibliography.FILE}")

    # Words such as "until" or "recently" bound a date on one side only, so the other side may stay open.
    yield from ordered("event_claims", told, "told_start", "told_end")
    wordless = ((told["told_start"] != "") | (told["told_end"] != "")) & (told["date_words"] == "")
    yield Rule("event_claims", wordless, "date_words", "must be given where a date is told")


def _place_names(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    names = ledger.place_names
    yield Rule("place_names", names["name"].isin(ledger.places["place"]), "name", "must not be the name of a place")


def _map_relations(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    unknown = ~ledger.map_relations["relation"].isin(ledger.claims["relation"])
    yield Rule("map_relations", unknown, "relation", "must be a relation of a claim")


def _month_end(day: str) -> str:
    if not day:
        return ""
    year, month = int(day[:4]), int(day[5:7])
    return f"{day[:7]}-{calendar.monthrange(year, month)[1]:02d}"


def _quoted_words(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    by_sentence, by_text = passages.quoted_words(ledger), passages.quoted_shares(ledger)
    cells = None
    for table, frame, limit, words in (
        ("sentences", by_sentence, MAX_SENTENCE, "half of its sentence"),
        ("sources", by_text, MAX_TEXT, "a fifth of the text"),
    ):
        for line in frame.index[(frame["share"] > limit).to_numpy(dtype=bool, na_value=False)]:
            held, characters = frame.at[line, "held"], frame.at[line, "characters"]
            key = "sentence_id" if table == "sentences" else "source_id"
            if cells is None:  # a sound ledger need not wait for what only a message tells
                cells = passages.quoted_cells(ledger)
                cells["length"] = [len("".join(cell.split(passages.SEPARATOR))) for cell in cells["words"]]
                cells["source_id"] = cells["sentence_id"].map(lookup(by_sentence, "sentence_id", "source_id"))
            most = (
                cells[cells[key] == frame.at[line, key]]
                .groupby(["table", "line"], sort=False)
                .agg({"column": " and ".join, "length": "sum"})
                .nlargest(MOST, "length")
            )
            named = ", ".join(
                f"{found.files[where]}:{row}:{column} ({length})"
                for (where, row), column, length in most.itertuples(name=None)
            )
            rule = f"{HELD} {words} and holds {held} of {characters} characters; most of them stand in {named}"
            yield Rule(table, [line], key, f"{rule}; {SHORTER}")


RULES = (
    (_sources, "sources"),
    (_sentences, "sources sentences"),
    (_claims, "sentences claims actors"),
    (_claim_links, "claims claim_links chains"),
    (_chains, "sources sentences claims chains"),
    (_actors, "sources claims chains mentions quantities quantity_recipients event_actors actors"),
    (_mentions, "sentences mentions"),
    (_number_exceptions, "sentences number_exceptions"),
    (_quantities, "sources quantities quantity_claims"),
    (_events, "events event_claims event_actors"),
    (_place_names, "places place_names"),
    (_map_relations, "map_relations claims"),
    (_quoted_words, "sources sentences claims mentions quantity_claims event_claims"),
)
"""Each group of rules with the tables it needs."""
