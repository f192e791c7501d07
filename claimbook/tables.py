"""Tables, cards and lists: what a chapter shows of the ledger beside its charts.

Every function takes a :class:`~claimbook.ledger.Ledger` (the whole, or one text's part) and returns
:class:`~claimbook.markup.Html`.
"""

import datetime

import pandas as pd

from claimbook import dates, palette, passages, references
from claimbook.chains import terminal_sources
from claimbook.ledger import Ledger
from claimbook.markup import Html, el, join
from claimbook.passages import SEPARATOR


def table(frame: pd.DataFrame, caption: str) -> Html:
    """Show a frame as an HTML table that scrolls inside itself.

    Parameters
    ----------
    frame : pandas.DataFrame
        Column names become headings, the first column the row headings; cells may be :class:`Html`.
    caption : str
        What the table shows; said with "none" where there are no rows.
    """
    if frame.empty:
        return el("p", f"{caption}: none.", class_="cb-quiet")
    head = el("tr", [el("th", name, scope="col") for name in frame.columns])
    body = [
        el("tr", el("th", _cell(first), scope="row"), [el("td", _cell(value)) for value in rest])
        for first, *rest in frame.itertuples(index=False)
    ]
    whole = el("table", el("caption", caption), el("thead", head), el("tbody", body), class_="cb-table")
    return el("div", whole, class_="cb-scroll", role="region", tabindex="0", aria_label=caption)


def _cell(value):
    if hasattr(value, "__html__"):
        return value
    if pd.isna(value):
        return "–"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def lines(first, *rest) -> Html:
    """Put a cell's main line over its lesser ones; None is left out."""
    return join([el("div", first), [el("div", line, class_="cb-quiet") for line in rest if line is not None]])


def cited(words: str) -> Html:
    """Show words of a text as the quotations they are; SEPARATOR stands between several."""
    return join((el("q", part) for part in words.split(SEPARATOR)), ", ")


def claim_link(claim_id: str, base: str = "") -> Html:
    """Link to a claim in the chapter of its text; `base` leads from the page to the chapters."""
    source_id = claim_id.rsplit("-", 1)[0]
    return el("a", claim_id, href=f"{base}{source_id}.ipynb#{claim_id}", class_="cb-id")


def claim_links(claim_ids, base: str = "") -> Html:
    """Link to several claims, in order."""
    return join((claim_link(c, base) for c in claim_ids), ", ")


def date_text(start, end, precision: str = "") -> str:
    """Write a pair of ISO dates as a reader would: a day, a month, a year, the two ends, or the one that is known."""
    if not start and not end:
        return "no date"
    if not start or not end:
        return f"not before {_day(start)}" if start else f"not after {_day(end)}"
    first, last = (datetime.date.fromisoformat(day) for day in (start, end))
    if first == last:
        return _day(start)
    after = last + datetime.timedelta(days=1)
    if first.day == after.day == 1 and (after.year - first.year) * 12 + after.month - first.month == 1:
        return f"{first:%B %Y}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    joint = "between {} and {}" if precision == "bounded" else "{} to {}"
    return joint.format(_day(start), _day(end))


def _day(iso: str) -> str:
    day = datetime.date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def actor_names(ledger: Ledger) -> dict[str, str]:
    """Map every actor_id to the actor's normal name."""
    return dict(zip(ledger.actors["actor_id"], ledger.actors["name"], strict=True))


def source_card(text: Ledger) -> Html:
    """Show who, when, what kind and how reliable: what the text states of itself and what was established."""
    source = text.sources.iloc[0]
    rows = [
        ("Title", source["title"] or "none known", source["title_basis"]),
        ("Author", source["author"] or "not named", source["author_basis"]),
        ("Outlet", source["outlet"] or "none known", source["outlet_basis"]),
        (
            "Published",
            date_text(source["published_earliest"], source["published_latest"], "bounded"),
            source["date_basis"],
        ),
        ("Kind of text", source["genre"], ""),
        ("Speaks for or against", None, source["stance"]),
        ("Address", _outside(source["url"]), source["url_basis"]),
        ("Reliability", f"{source['reliability']} (Admiralty code)", source["reliability_reason"]),
        (
            "Length",
            f"{source['characters']:,} characters, {count(len(text.sentences), 'sentence')}",
            f"Text file fixed by its SHA-256, which begins {source['sha256'][:12]}.",
        ),
    ]
    parts = [
        [
            el("dt", what),
            el("dd", el("strong", finding) if finding else None, el("p", basis, class_="cb-quiet") if basis else None),
        ]
        for what, finding, basis in rows
    ]
    return el("dl", parts, class_="cb-card")


def _outside(url: str):
    return el("a", url, href=url) if url.startswith(("http://", "https://")) else "none known"


def count(number: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun, in the plural where it is not one."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _badge(word: str, kind: str) -> Html:
    return el("span", word, class_=f"cb-badge cb-{kind}")


def badges(claim) -> Html:
    """Show weight, layer, kind and checkability of one claim (a row of ``claims.csv``) as words in boxes."""
    words = [
        _badge(palette.WEIGHTS[claim["weight"]], claim["weight"]),
        _badge(palette.LAYERS[claim["layer"]], claim["layer"]),
        _badge(palette.KINDS[claim["kind"]], "kind"),
        None if claim["checkable"] else _badge("not checkable", "not-checkable"),
    ]
    # The dots are for JupyterLab, where the words have no boxes.
    return el("small", join(filter(None, words), " · "), class_="cb-badges")


class Cards:
    """Cards of claims: statement, place, quote, chain, links, quantities and events of each.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part; links to claims outside it are shown as well.
    """

    def __init__(self, ledger: Ledger):
        self.ledger = ledger
        self.names = actor_names(ledger)
        self.chains = {key: hops for key, hops in ledger.chains.sort_values("hop").groupby("chain_id")}
        self.sentences = ledger.sentences.set_index("sentence_id")
        self.links: dict[str, list] = {}
        for link in ledger.claim_links.itertuples(index=False):
            ahead, back = palette.LINKS[link.type]
            self.links.setdefault(link.claim_id, []).append((ahead, link.related_claim_id, link.note))
            self.links.setdefault(link.related_claim_id, []).append((back, link.claim_id, link.note))
        told = ledger.quantity_claims.merge(ledger.quantities, on="quantity_id")
        self.quantities = {key: rows for key, rows in told.groupby("claim_id")}
        told = ledger.event_claims.merge(ledger.events, on="event_id")
        self.events = {key: rows for key, rows in told.groupby("claim_id")}
        living = ledger.actors[ledger.actors["living"].fillna(False) | (ledger.actors["kind"] == "company")]
        self.careful = set(living["actor_id"])

    def chain(self, chain_id: str) -> Html:
        """Show a chain of attribution in one line, from the text's own voice to the terminal source."""
        hops = [
            el(
                "span",
                f"{self.names[hop.actor_id]} ({hop.verb})",
                class_=f"cb-hop cb-{hop.anonymity}",
                title=palette.ANONYMITY[hop.anonymity],
            )
            for hop in self.chains[chain_id].itertuples(index=False)
        ]
        return join(hops, " → ")

    def denial_of(self, claim_id: str) -> Html | None:
        """Link to the claims that deny a claim; None where the text has none."""
        denials = [other for word, other, _ in self.links.get(claim_id, []) if word == "denied by"]
        return claim_links(denials) if denials else None

    def denial(self, claim) -> str | Html | None:
        """Say who denies a claim about a living person or a company; None where it concerns neither."""
        if not {claim["subject"], claim["object"]} & self.careful:
            return None
        return self.denial_of(claim["claim_id"]) or "none in this text"

    def facts(self, claim) -> Html:
        """Show everything coded of one claim as a list of terms and values."""
        sentence = self.sentences.loc[claim["sentence_id"]]
        rows = [
            (
                "Rests on",
                f"paragraph {sentence['paragraph']}, sentence {sentence['sentence']}, "
                f"characters {claim['start']:,} to {claim['end']:,}",
            ),
            ("Words", cited(claim["quote"]) if claim["quote"] else None),
            ("Hedge", cited(claim["hedge"]) if claim["hedge"] else None),
            ("Who says so", self.chain(claim["chain_id"])),
            (
                "Not checkable",
                None if claim["checkable"] else f"{palette.REASONS[claim['not_checkable_reason']]}",
            ),
            ("Denied", self.denial(claim)),
            ("Verdict", "none yet: this edition holds no evidence" if claim["checkable"] else None),
        ]
        for word, other, note in self.links.get(claim["claim_id"], []):
            rows.append((word.capitalize(), join([claim_link(other), f" ({note})" if note else None])))
        if claim["claim_id"] in self.quantities:
            told = self.quantities[claim["claim_id"]]
            rows += [("Quantity", quantity_text(row)) for _, row in told.iterrows()]
        if claim["claim_id"] in self.events:
            told = self.events[claim["claim_id"]]
            rows += [("Event", row["summary"]) for _, row in told.iterrows()]
        rows.append(("Note", claim["note"] or None))
        return el("dl", [[el("dt", k), el("dd", v)] for k, v in rows if v is not None], class_="cb-facts")

    def card(self, claim, summary=None) -> Html:
        """Show one claim as a folded card whose id is the claim's address."""
        return el(
            "details",
            el("summary", el("span", claim["statement"], class_="cb-statement"), " ", badges(claim), summary),
            el("p", el("a", claim["claim_id"], href=f"#{claim['claim_id']}", class_="cb-id")),
            self.facts(claim),
            id=claim["claim_id"],
            class_=f"cb-claim cb-weight-{claim['weight']}",
        )


def claims_in_order(text: Ledger) -> Html:
    """Walk through a text: its claims as folded cards, sentence by sentence."""
    cards = Cards(text)
    parts = []
    by_sentence = {key: rows for key, rows in text.claims.groupby("sentence_id")}
    for sentence in text.sentences.itertuples(index=False):
        place = f"Paragraph {sentence.paragraph}, sentence {sentence.sentence}"
        claims = by_sentence.get(sentence.sentence_id)
        if claims is None:
            inner = el("p", "No part of what the text says: a heading, notice or the like.", class_="cb-quiet")
        else:
            inner = [cards.card(claim) for _, claim in claims.iterrows()]
        n = count(0 if claims is None else len(claims), "claim")
        head = el("p", el("strong", place), f" · {n}", class_="cb-place")
        parts.append(el("section", head, inner, id=sentence.sentence_id, class_="cb-sentence"))
    return el("div", parts, class_="cb-walk")


def amount(value, unit: str) -> str:
    """Write a number with its unit, large ones in words."""
    for size, word in ((10**9, "billion"), (10**6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.4g} {word} {unit}"
    return f"{value:,.10g} {unit}"


def number_text(quantity) -> str:
    """Write the number of a quantity (a row of ``quantities.csv``) with its bound and unit."""
    unit = quantity["currency"] or quantity["unit"]
    bound = quantity["bound"]
    if bound == "range":
        return f"{quantity['low']:,.10g} to {amount(quantity['high'], unit)}"
    if pd.isna(quantity["value"]):
        return f"no number, in {unit}"
    return ("" if bound == "exact" else palette.BOUNDS[bound] + " ") + amount(quantity["value"], unit)


def quantity_text(quantity) -> str:
    """Write one quantity (a row of ``quantities.csv``) in words: bound, number, unit, what is counted."""
    return f"{number_text(quantity)}: {quantity['measure']}"


def quantities(text: Ledger, rows: pd.DataFrame | None = None, caption: str | None = None) -> Html:
    """List reported quantities with their words, period, stage and claims.

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
    told = {key: part for key, part in text.quantity_claims.groupby("quantity_id")}
    recipients = text.quantity_recipients.groupby("quantity_id")["actor_id"].agg(list).to_dict()
    out = []
    for _, q in (text.quantities if rows is None else rows).iterrows():
        mine = told[q["quantity_id"]]
        parties = [names[q["supplier"]]] if q["supplier"] else []
        if q["quantity_id"] in recipients:
            parties.append("to " + "; ".join(names[a] for a in recipients[q["quantity_id"]]))
        period = date_text(q["period_start"], q["period_end"]) if q["period_start"] else "no period told"
        stage = f", {palette.STAGES[q['stage']]}" if q["stage"] != "other" else ""
        out.append(
            {
                "Quantity": quantity_text(q),
                "In the words": join((cited(w) for w in dict.fromkeys(mine["wording"])), ", "),
                "What it is": lines(palette.DIMENSIONS[q["dimension"]] + stage, " ".join(parties) or None, period),
                "Claims": claim_links(mine["claim_id"]),
            }
        )
    return table(pd.DataFrame(out), caption or "Every quantity the text reports")


def events(text: Ledger) -> Html:
    """List the events a text tells: when and where it puts them, and when and where they are established."""
    told = {key: part for key, part in text.event_claims.groupby("event_id")}
    out = []
    dated_first = text.events.assign(undated=text.events["date_start"] == "")
    for _, event in dated_first.sort_values(["undated", "date_start", "event_id"]).iterrows():
        mine = told[event["event_id"]]
        words = dict.fromkeys(w for w in mine["date_words"] if w)
        dated = mine[(mine["told_start"] != "") | (mine["told_end"] != "")]
        days = dict.fromkeys(date_text(r.told_start, r.told_end, "bounded") for r in dated.itertuples())
        quoted = [" (", join((cited(w) for w in words), ", "), ")"] if words else None
        places = "; ".join(dict.fromkeys(p for p in mine["told_place"] if p))
        out.append(
            {
                "Event": lines(event["summary"], f"{palette.MODES[event['mode']]}; {_type(event['type'])}"),
                "As told": lines(join(["; ".join(days) or "no date", quoted]), places or None),
                "On record": lines(_recorded(event), event["place"] or None),
                "Claims": claim_links(mine["claim_id"]),
            }
        )
    return table(pd.DataFrame(out), "Every event the text tells, as told and on record")


def _type(plover: str) -> str:
    return "no PLOVER type fits" if plover == "none" else plover


def _recorded(event):
    if not event["date_basis"]:
        return "no date established"
    when = date_text(event["date_start"], event["date_end"], event["date_precision"])
    if event["reference"]:
        return join([when, " (", el("a", "looked up", href=f"references.md#{event['reference']}"), ")"])
    return f"{when} ({palette.DATE_BASES[event['date_basis']]})"


def told_and_recorded(ledger: Ledger) -> Html:
    """List every event that a text dates and a reference dates as well, differences first."""
    rows = dates.compared(ledger)
    shorts = ledger.sources.set_index("source_id")["short_name"]
    frame = pd.DataFrame(
        {
            "Event": [lines(r.summary, f"{shorts[r.source_id]}: dates {r.outcome}") for r in rows.itertuples()],
            "As told": [
                lines(
                    join([date_text(r.told_start, r.told_end, "bounded"), " (", cited(r.date_words), ")"]),
                    r.told_place or None,
                )
                for r in rows.itertuples()
            ],
            "On record": [lines(_recorded(event), event["place"] or None) for _, event in rows.iterrows()],
            "Claim": [claim_link(c) for c in rows["claim_id"]],
        }
    )
    return table(frame, "Events dated both by a text and by a reference")


def arms(ledger: Ledger) -> pd.DataFrame:
    """Return the quantities that concern arms deals or arms flows."""
    return ledger.quantities[ledger.quantities["arms_deal"]]


def not_arms(ledger: Ledger) -> pd.DataFrame:
    """Return the quantities that concern no arms deal."""
    return ledger.quantities[~ledger.quantities["arms_deal"]]


def arms_transfers(ledger: Ledger) -> pd.DataFrame:
    """Return the claims about arms going from one side to another: those whose relation has the word arms."""
    return ledger.claims[ledger.claims["relation"].str.contains(r"(?:^|_)arms(?:_|$)")]


def arms_claims(ledger: Ledger) -> Html:
    """List the claims that arms go, went or may go from one side to another, with their terminal source."""
    names = actor_names(ledger)
    cards = Cards(ledger)
    ends = terminal_sources(ledger)
    claims = arms_transfers(ledger).assign(end=ends["actor_id"])
    rows = []
    for _, claim in claims.iterrows():
        parties = f"{names.get(claim['subject'], claim['subject'])} → {names.get(claim['object'], claim['object'])}"
        opposite = "says that this is not so" if claim["polarity"] == "negative" else None
        rows.append(
            {
                "From → to": lines(parties, claim["item"] or None),
                "Statement": lines(claim["statement"], opposite),
                "Trail ends at": names[claim["end"]],
                "Denied": cards.denial_of(claim["claim_id"]) or "none in this text",
                "Claim": claim_link(claim["claim_id"]),
            }
        )
    frame = pd.DataFrame(rows)
    return table(
        frame, f"{count(len(frame), 'claim')} about arms passing from one side to another; no verdict yet on any"
    )


def language(ledger: Ledger) -> Html:
    """List, per text, mentions, actors, epithets and hedged claims."""
    rows = []
    for source in ledger.sources.itertuples(index=False):
        text = ledger.text(source.source_id)
        rows.append(
            {
                "Text": source.short_name,
                "Content sentences": int((text.sentences["role"] == "content").sum()),
                "Mentions": len(text.mentions),
                "Actors named": text.mentions["actor_id"].nunique(),
                "Mentions with an epithet": int((text.mentions["epithet"] != "").sum()),
                "Claims": len(text.claims),
                "Hedged claims": int((text.claims["hedge"] != "").sum()),
            }
        )
    return table(pd.DataFrame(rows), "Names, epithets and hedges per text")


def epithets(text: Ledger) -> Html:
    """List the epithets that the text gives to actors."""
    names = actor_names(text)
    given = text.mentions[text.mentions["epithet"] != ""]
    frame = pd.DataFrame(
        {
            "Actor": [names[a] for a in given["actor_id"]],
            "As written": [cited(w) for w in given["as_written"]],
            "Epithet": [cited(w) for w in given["epithet"]],
            "Sentence": [
                el("a", s, href=f"{s.rsplit('-p', 1)[0]}.ipynb#{s}", class_="cb-id") for s in given["sentence_id"]
            ],
        }
    )
    return table(frame, "Epithets, in the words of the text; none is rated")


def hedges(text: Ledger) -> Html:
    """List the hedging words of the text with the claims that carry them."""
    hedged = text.claims[text.claims["hedge"] != ""]
    rows = hedged.assign(word=hedged["hedge"].str.split(SEPARATOR, regex=False)).explode("word")
    grouped = rows.groupby("word", sort=False)["claim_id"].agg(list)
    frame = pd.DataFrame({"Words": [cited(w) for w in grouped.index], "Claims": [claim_links(c) for c in grouped]})
    return table(frame, "Hedging words and the claims that carry them")


def spellings(ledger: Ledger) -> Html:
    """List actors whose name is written otherwise than in its normal form, or in more than one way."""
    names = actor_names(ledger)
    rows = []
    for actor, part in ledger.mentions.groupby("actor_id", sort=False):
        written = part["as_written"].value_counts()
        if list(written.index) != [names[actor]]:
            forms = [join([cited(w), f" × {n}"]) for w, n in written.items()]
            rows.append({"Actor": names[actor], "As written": join(forms, ", "), "Mentions": len(part)})
    return table(pd.DataFrame(rows), "Names in the spelling of the text, where it is not the normal form alone")


def example(ledger: Ledger, *claim_ids: str) -> Html:
    """Show claims as worked examples of a coding rule: statement, badges and everything coded, unfolded.

    Raises
    ------
    KeyError
        If a claim does not exist.
    """
    by_id = ledger.claims.set_index("claim_id", drop=False)
    cards = Cards(ledger)
    return el(
        "div",
        [
            el(
                "details",
                el("summary", by_id.loc[c]["statement"], " ", badges(by_id.loc[c])),
                el("p", claim_link(c)),
                cards.facts(by_id.loc[c]),
                class_="cb-claim cb-example",
            )
            for c in claim_ids
        ],
    )


def bibliography(ledger: Ledger) -> Html:
    """List every entry of ``references.bib`` with its address, how much of it was read, and what rests on it.

    Raises
    ------
    ValueError
        If the bibliography has a flaw.
    """
    resting = ledger.events[ledger.events["reference"] != ""].groupby("reference")["summary"].agg(list)
    items = []
    for key, entry in sorted(references.read(ledger.directory).items()):
        author = entry.get("author") or entry.get("editor") or "no author named"
        where = entry.get("organization") or entry.get("publisher") or entry.get("journal")
        parts = [bibtex_text(author), where and bibtex_text(where), entry.get("date") or entry.get("year")]
        items.append(
            el(
                "li",
                el("strong", bibtex_text(entry["title"])),
                ". ",
                "; ".join(filter(None, parts)),
                ". ",
                _outside(entry["url"]) if entry.get("url") else None,
                el("p", bibtex_text(entry["note"]), class_="cb-quiet") if entry.get("note") else None,
                el("p", "Rests on it: ", "; ".join(resting[key]), class_="cb-quiet") if key in resting else None,
                id=key,
            )
        )
    return el("ul", items, class_="cb-references")


def bibtex_text(value: str) -> str:
    """Return a BibTeX value without the braces that keep its capitals."""
    return value.replace("{", "").replace("}", "")


def held_words(ledger: Ledger) -> Html:
    """List how much of each text the ledger holds in its quotes, hedges, epithets, wordings and date words."""
    shorts = ledger.sources.set_index("source_id")["short_name"]
    shares = passages.held_shares(ledger)
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


def row_counts(ledger: Ledger) -> Html:
    """List how many rows each table holds, in all and for each text."""
    shorts = ledger.sources.set_index("source_id")["short_name"]
    per_text = {short: ledger.text(source_id).tables for source_id, short in shorts.items()}
    frame = pd.DataFrame(
        {
            "Table": [
                el("a", el("code", r["name"]), href=f"data.ipynb#table-{r['name']}") for r in ledger.schema["resources"]
            ],
            "What it holds": [r["title"] for r in ledger.schema["resources"]],
            "Rows": [len(ledger.tables[r["name"]]) for r in ledger.schema["resources"]],
            **{
                short: [len(tables[r["name"]]) for r in ledger.schema["resources"]]
                for short, tables in per_text.items()
            },
        }
    )
    return table(frame, "The tables of the ledger; an actor, event or quantity of several texts counts for each")


def describe_tables(ledger: Ledger) -> Html:
    """Describe every table and column as ``datapackage.json`` does."""
    return el(
        "div",
        [
            [
                el("h3", r["title"], id=f"table-{r['name']}"),
                el("p", r["description"]),
                describe_table(ledger, r["name"]),
            ]
            for r in ledger.schema["resources"]
        ],
    )


def describe_table(ledger: Ledger, name: str) -> Html:
    """List the columns of one table as ``datapackage.json`` describes them.

    Raises
    ------
    StopIteration
        If there is no such table.
    """
    resource = next(r for r in ledger.schema["resources"] if r["name"] == name)
    schema = resource["schema"]
    leads = {
        k["fields"][0]: f"{k['reference']['resource']}.{k['reference']['fields'][0]}"
        for k in schema.get("foreignKeys", [])
    }
    rows = []
    for column in schema["fields"]:
        rules = column.get("constraints", {})
        key = "primary key" if column["name"] in schema["primaryKey"] else leads.get(column["name"], "–")
        if column["name"] in schema["primaryKey"] and column["name"] in leads:
            key = f"primary key, {leads[column['name']]}"
        rows.append(
            {
                "Column": el("code", column["name"]),
                "Type": column["type"] + ("" if rules.get("required") else ", may be empty"),
                "Meaning": column["description"],
                "Values": ", ".join(rules["enum"]) if "enum" in rules else rules.get("pattern", "–"),
                "Key": key,
            }
        )
    return table(pd.DataFrame(rows), f"{resource['path']}: {len(ledger.tables[name]):,} rows")
