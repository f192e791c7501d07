"""Language: hedges, epithets, sources that nobody can ask, names of praise and blame, and text reuse.

Words are shown as the texts have them. None is rated: an epithet is no finding, and text reuse is no charge.
"""

import pandas as pd

from claimbook.analysis.wording import KINDS, collective_claims, measures
from claimbook.model import ids
from claimbook.model.decimals import FEW, count
from claimbook.model.ledger import Ledger
from claimbook.model.span import Span
from claimbook.view.charts import MOST_TEXTS, Figure, _bars, _foremost, _markers
from claimbook.view.markup import Html, el, join
from claimbook.view.tables import (
    actor_names,
    cited,
    claim_links,
    date_text,
    lines,
    no_chart,
    quiet,
    reference_link,
    sentence_link,
    table,
)


def _collective_actors(ledger: Ledger) -> pd.Series:
    """Return the actors that stand for a whole as if it were one speaker; a book need not mark any."""
    marked = ledger.actors.get("collective", pd.Series(False, ledger.actors.index))
    return ledger.actors.loc[marked.fillna(False).astype(bool), "actor_id"]


def rates(ledger: Ledger) -> Figure | Html:
    """Chart hedged claims, epithets and claims from unsourced collectives per hundred sentences, by text.

    A text of very few sentences has no rate; where no text has one, or there is none of them, a sentence says so in
    place of the chart.
    """
    frame = measures(ledger)
    if not frame["n"].any():
        return no_chart("there is no hedged claim, no epithet and no claim from a collective that nobody can ask")
    shorts = ledger.sources.set_index("source_id")["short_name"]
    wide = frame.pivot(index="kind", columns="source_id", values="rate").reindex(
        index=KINDS, columns=list(shorts.index)
    )
    rated = set(wide.columns[wide.notna().all()])
    if not rated:
        return el("p", f"No chart: of fewer than {FEW} content sentences no rate is told.", class_="cb-quiet")
    leaders: dict[str, list[str]] = {}
    for kind in KINDS:
        first = [shorts[s] for s in shorts.index if wide.at[kind, s] == wide.loc[kind].max() > 0]
        if first:
            leaders.setdefault(" and ".join(first) if len(first) < 4 else f"{len(first)} texts", []).append(kind)
    title = "Highest per hundred sentences: " + (
        "; ".join(f"{text} in {', '.join(kinds)}" for text, kinds in leaders.items()) or "none, no text has any"
    )
    rounded = wide.round(1)
    whole = pd.DataFrame({"Per hundred sentences": list(KINDS), **{n: rounded[s].tolist() for s, n in shorts.items()}})
    # Foremost is who stands high in any one kind, so that each leader that the title names is drawn.
    texts = [s for s in _foremost(ledger, -wide.rank(axis=1, ascending=False).min()) if s in rated]
    few, left = len(shorts) - len(rated), len(rated) - len(texts)
    sizes = frame.drop_duplicates("source_id")["sentences"]
    note = f"Drawn: the {len(texts)} highest in any kind; the table has all. " if left else ""
    if few:
        note += f"Without a rate: {count(few, 'text')} of fewer than {FEW} sentences. "
    return _bars(
        whole,
        _markers(ledger, texts),
        "per hundred sentences",
        grouped=True,
        drawn=whole[[whole.columns[0], *shorts[texts]]],
        id="language-rates",
        title=title,
        caption=f"Per hundred content sentences; n = {count(len(shorts), 'text')} of "
        + (f"{sizes.min()} to {sizes.max()}" if left else ", ".join(map(str, sizes)))
        + f" sentences. {note}A sentence can carry several claims; titles of office count as epithets. The texts are "
        "short and of different kinds: a column quotes less than an agency report.",
        alt=f"Bar chart. {title}. "
        + " ".join(
            f"{kind}: " + ", ".join(f"{shorts[s]} {wide.at[kind, s]:.0f}" for s in texts) + "." for kind in KINDS
        ),
    )


def counts(ledger: Ledger) -> Html:
    """List the numbers behind the rates."""
    frame = measures(ledger)
    shorts = ledger.sources.set_index("source_id")["short_name"]
    out = []
    for source_id, short in shorts.items():
        mine = frame[frame["source_id"] == source_id].set_index("kind")
        cells = {k.capitalize(): _counted(mine.at[k, "n"], mine.at[k, "rate"]) for k in KINDS}
        out.append({"Text": short, "Content sentences": int(mine["sentences"].iloc[0]), **cells})
    return table(pd.DataFrame(out), "Hedges, epithets and unsourced collectives, in number and per hundred sentences")


def _counted(number: int, rate: float) -> str:
    return str(number) if pd.isna(rate) else f"{number} ({rate:.0f} per hundred)"


def collectives(ledger: Ledger) -> Html:
    """List the collectives that nobody can ask, with what rests on them."""
    names = actor_names(ledger)
    claims = collective_claims(ledger)
    shorts = ledger.sources.set_index("source_id")["short_name"]
    out = [
        {
            "Who": lines(
                names[actor], f"{verb}; {'described' if anonymity == 'described' else 'not identified at all'}"
            ),
            "Text": shorts[ids.text_of(part["claim_id"].iloc[0])],
            "Claims that rest on them": claim_links(part["claim_id"]),
        }
        for (_, actor, verb, anonymity), part in claims.assign(source=ids.texts_of(claims["claim_id"])).groupby(
            ["source", "actor_id", "verb", "anonymity"], sort=False
        )
    ]
    general = ledger.mentions[ledger.mentions["actor_id"].isin(_collective_actors(ledger))]
    for m in general.itertuples(index=False):
        out.append(
            {
                "Who": lines(names[m.actor_id], join(["named as one: ", cited(m.as_written)])),
                "Text": shorts[ids.text_of(m.sentence_id)],
                "Claims that rest on them": sentence_link(m.sentence_id),
            }
        )
    return table(pd.DataFrame(out), "Sources and witnesses that nobody can ask")


def _places(sentence_ids) -> Html:
    """Link to sentences, folded where they are several."""
    links = [sentence_link(s) for s in sentence_ids]
    return links[0] if len(links) == 1 else el("details", el("summary", count(len(links), "place")), join(links, ", "))


def differing_epithets(ledger: Ledger) -> Html:
    """Set the epithets of each actor side by side where there are at least two different ones.

    Each text has a column; where that makes more columns than can be read, one column has each epithet once, with all
    sentences that give it.
    """
    names = actor_names(ledger)
    shorts = ledger.sources.set_index("source_id")["short_name"]
    given = ledger.mentions[ledger.mentions["epithet"] != ""]
    given = given.assign(source_id=ids.texts_of(given["sentence_id"]))
    kinds = ledger.actors.set_index("actor_id")["kind"]
    differ = given.groupby("actor_id")["epithet"].nunique()
    texts = given.groupby("actor_id")["source_id"].nunique()
    order = [a for a in differ.index if differ[a] > 1]
    order.sort(key=lambda a: (-int(texts[a]), kinds[a] != "person", -int(differ[a]), names[a]))
    out = []
    for actor in order:
        mine = given[given["actor_id"] == actor]
        if len(shorts) > MOST_TEXTS:
            parts = mine.groupby("epithet", sort=False)["sentence_id"]
            cells = {"Epithets": el("ul", [el("li", cited(e), " ", _places(part)) for e, part in parts])}
        else:
            parts = dict(iter(mine.groupby("source_id")))
            cells = {
                short: lines(*(join([cited(m.epithet), " ", _places([m.sentence_id])]) for m in part.itertuples()))
                if (part := parts.get(source_id)) is not None
                else "–"
                for source_id, short in shorts.items()
            }
        out.append({"Actor": names[actor], **cells})
    caption = f"{count(len(out), 'actor')} under more than one epithet, in the words of the texts; none is rated"
    return table(pd.DataFrame(out), caption)


def text_reuse(ledger: Ledger) -> Html:
    """List the longest runs of words that sentences share with publications that were read, longest first."""
    if ledger.shared_wording.empty:
        return quiet("No publication has been compared with the wording of the texts.")
    entries = ledger.bibliography
    appeared = ledger.sources.set_index("source_id")["published_earliest"]
    out = []
    for r in ledger.shared_wording.sort_values("words", ascending=False).itertuples(index=False):
        entry = entries[r.reference]
        day = appeared[ids.text_of(r.sentence_id)]
        order = "no date known" if not r.published else "the text has no date"
        if r.published and day:
            order = "earlier" if Span.read(r.published).latest < day else "the copy seen is not earlier"
        out.append(
            {
                "Sentence": sentence_link(r.sentence_id),
                "Consecutive words": int(r.words),
                "Shared with": lines(
                    reference_link(r.reference, entry["title"]),
                    entry.get("organization"),
                    f"{date_text(r.published, r.published)}, {order}" if r.published else order,
                ),
                "What is to be kept in mind": lines(r.note, "Somebody's speech in both." if r.speech else None),
            }
        )
    caption = (
        f"The longest run of consecutive words shared with {count(len(out), 'publication')} that could be compared; "
        "shared wording is no charge, and no other publication was measured"
    )
    return table(pd.DataFrame(out), caption)


def lead(ledger: Ledger) -> Html:
    """Say in one paragraph what the language of the texts shows."""
    if ledger.claims.empty and ledger.mentions.empty:
        return el("p", "No claim is coded, and nobody is named.", class_="cb-lead")
    frame = measures(ledger)
    total = frame.groupby("kind")["n"].sum().reindex(KINDS, fill_value=0)
    longest = ledger.shared_wording["words"].max()
    shared = (
        "Their wording has not been compared with that of a publication."
        if pd.isna(longest)
        else f"The longest run of words shared with a publication that was read is {count(int(longest), 'word')}."
    )
    both = ledger.mentions[ledger.mentions["epithet"] != ""]
    people = ledger.actors.set_index("actor_id")
    living = both[both["actor_id"].isin(people.index[people["kind"] == "person"])]["actor_id"].nunique()
    return el(
        "p",
        f"The texts hedge {count(int(total['hedged claims']), 'claim')}, give "
        f"{count(int(total['epithets']), 'epithet')}, with {count(living, 'person')} among those who get them, and ",
        f"rest {count(int(total[KINDS[2]]), 'claim')} on sources or collectives that nobody can ask. {shared}",
        class_="cb-lead",
    )
