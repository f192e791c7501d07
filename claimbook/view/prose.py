"""Sentences whose numbers the data decide: a chapter calls them where it would otherwise type a number."""

import pandas as pd

from claimbook.analysis import evidence
from claimbook.analysis.chains import terminal_sources
from claimbook.analysis.quantities import has_number
from claimbook.analysis.verdicts import WHOLE, as_of, shares
from claimbook.model import ids
from claimbook.model.decimals import FEW, count, per_hundred
from claimbook.model.ledger import Ledger
from claimbook.view import addresses, tables
from claimbook.view.assessments import NAMED, SENTENCE, Assessments
from claimbook.view.leaves import Leaf, Long, long
from claimbook.view.markup import Html, el, join
from claimbook.view.tables import actor_names, cited, claim_link, claim_links, quiet


def listing(items, last: str = "and") -> Html:
    """Join items as a sentence does: a, b and c."""
    items = list(items)
    if len(items) < 2:
        return join(items)
    return join([join(items[:-1], ", "), f" {last} ", items[-1]])


def text_lead(text: Ledger) -> Html:
    """Say in one paragraph how many claims a text makes, how many cannot be checked, how many carry its thesis."""
    claims = text.claims
    if claims.empty:
        return el("p", "No claim of the text is coded.", class_="cb-lead")
    open_ = int((~claims["checkable"]).sum())
    content = int((text.sentences["role"] == "content").sum())
    thesis = claims[claims["weight"] == "thesis"]
    return el(
        "p",
        f"The text makes {count(len(claims), 'claim')} in {count(content, 'sentence')}. ",
        f"{open_ or 'None'} of them cannot be checked, whatever the evidence. ",
        f"{count(len(thesis), 'claim')} {'carries' if len(thesis) == 1 else 'carry'} its thesis.",
        class_="cb-lead",
    )


def theses(ledger: Ledger, base: str = addresses.BASE) -> Html:
    """List, text by text, the claims that carry its thesis, attributed to the text, with their verdicts."""
    if ledger.sources.empty:
        return quiet("No text is in this ledger.")
    assessed = Assessments(ledger, base)
    source_of = ledger.sentences.set_index("sentence_id")["source_id"]
    thesis = ledger.claims[ledger.claims["weight"] == "thesis"]
    owners = thesis["sentence_id"].map(source_of)
    parts = []
    for source in ledger.sources.itertuples(index=False):
        mine = thesis[owners == source.source_id]
        head = el(
            "p", el("strong", f"{source.short_name} claims:"), "" if len(mine) else " no claim is coded as thesis."
        )
        items = [_claim_item(assessed, c) for c in mine.itertuples(index=False)]
        parts.append([head, el("ul", items) if items else None])
    return el("div", parts)


def _claim_item(assessed: Assessments, claim) -> Html:
    return el(
        "li",
        claim.statement,
        " ",
        assessed.mark(claim.claim_id, why=False),
        " (",
        claim_link(claim.claim_id, assessed.base),
        ")",
        el("div", assessed.why(claim.claim_id), class_="cb-quiet") if claim.checkable else None,
        assessed.denied(claim.claim_id),
    )


WORDED = {
    "supported": ("holds", "hold"),
    "partly_supported": ("holds in part", "hold in part"),
    "disputed": ("is disputed", "are disputed"),
    "contradicted": ("is contradicted", "are contradicted"),
    "not_established": ("is not established", "are not established"),
}
"""What becomes of one claim that can be checked, and of several."""


def byline(text: Ledger) -> Html:
    """Say who wrote a text and when it appeared, why where that is open; lead to what else is known of it."""
    source = text.sources.iloc[0]
    known = source["published_earliest"] == source["published_latest"] != ""
    when = tables.date_text(source["published_earliest"], source["published_latest"], "bounded")
    parts = [
        f"By {source['author']}" if source["author"] else _open("No author is known", source["author_basis"]),
        f"Appeared: {when}" if known else _open(f"Appeared: {when}", source["date_basis"]),
        el("a", "About this text", href=f"#{addresses.ABOUT}"),
    ]
    return el("p", join(parts, ". "), class_="cb-quiet")


def _open(said: str, basis: str) -> str:
    """Say what is not known of a source, with the first sentence of why."""
    why = SENTENCE.match(basis)[0].rstrip(".")
    return f"{said} ({why[:1].lower()}{why[1:]})" if why else said


UNREAD = "What was not read was not compared."


def wording(text: Ledger) -> Html:
    """Say how much of a text is its own word, and which words it shares with publications that were read.

    That words are shared is no charge: two reports of one speech share its words, and what was not read was not
    compared.
    """
    if text.claims.empty:
        return el("p", "No claim of the text is coded.")
    own = terminal_sources(text)["own"]
    said = [f"{own.sum()} of {count(len(own), 'claim')} rest on the text's own word, the rest on that of others. "]
    runs = text.shared_wording.sort_values("words", ascending=False)
    if runs.empty:
        said.append("No run of words is listed that it shares with a publication that was read. ")
        return el("p", said, UNREAD)
    each = []
    for run in runs.itertuples(index=False):
        entry = text.bibliography[run.reference]
        name = entry.get("organization", "").partition(",")[0] or entry["title"]
        day = f", {tables.date_text(run.published, run.published)}" if run.published else ""
        note = f" ({run.note.rstrip('.')})" if run.note else ""
        link = tables.reference_link(run.reference, name)
        place = el("a", f"{run.words} words in a row", href=addresses.sentence(run.sentence_id))
        each.append(join([place, " with ", link, day, note]))
    covered = {place for run in runs.itertuples(index=False) for place in range(run.start, run.end)}
    share = len(covered) / text.sources["characters"].iloc[0]
    said += ["It shares ", join(each, "; "), f". That is {share:.1%} of its characters, and no charge of copying"]
    said.append(": reports of one speech share its words. " if runs["speech"].any() else ". ")
    return el("p", said, UNREAD)


def result(text: Ledger) -> Html:
    """Say in two sentences what becomes of a text's checkable claims, by weight, those that carry its thesis first."""
    if text.claims.empty:
        return el("p", "No claim of the text is coded.", class_="cb-lead")
    outcome = text.claims["claim_id"].map(evidence.verdicts(text).set_index("claim_id")["verdict"])
    told = []
    for weight, (one, several) in CARRIES.items():
        found = shares(outcome[text.claims["weight"] == weight])
        stuck, number = found.pop("not_checkable"), sum(found.values())
        said = listing(f"{n} {WORDED[verdict][n > 1]}" for verdict, n in found.items() if n)
        checkable = count(number, "checkable claim")
        part = join([f"{checkable} {one if number == 1 else several}, ", said]) if number else None
        if weight == "thesis" and stuck:
            part = join([part, f"; {stuck} more cannot be checked"]) if part else None
        told.append(part)
    thesis, *rest = told
    first = ["Of ", thesis, ". "] if thesis else "No checkable claim carries its thesis. "
    rest = [part for part in rest if part]
    others = ["Of ", join(rest, "; of "), "."] if rest else "Nothing else in it can be checked."
    again = int(text.claims["checkable"].sum()) - len(evidence.charges(text))
    said = f" {again} of these {'says' if again == 1 else 'say'} again what another says; the first page counts such a "
    return el("p", first, others, f"{said}charge once." if again else None, class_="cb-lead")


CARRIES = {
    "thesis": ("that carries its thesis", "that carry its thesis"),
    "support": ("brought in its support", "brought in its support"),
    "background": ("in the background", "in the background"),
}
"""What a claim of each weight does in a text, and what several do."""


FOR = (*WHOLE, "supports_part")
"""The stances that bear out some of a claim that is contradicted."""


def known_wrong(text: Ledger) -> Html:
    """Say what public evidence contradicted when a text appeared, and still does: its own errors, then those of others.

    Each stands with the weightiest evidence that was known then; one that is told again stands once.
    """
    wrong, assessed = evidence.contradicted_at_publication(text), Assessments(text)
    wrong = wrong[wrong["claim_id"].map(assessed.verdicts["verdict"]).eq("contradicted")]
    again = _told_again(text, set(wrong["claim_id"]))
    repeats = {claim for claims in again.values() for claim in claims}
    wrong = wrong[~wrong["claim_id"].isin(repeats)]
    if wrong.empty:
        return el("p", "No evidence known to have been public when it appeared contradicts any claim of it.")
    appeared, names = evidence.published(text), actor_names(text)
    last = terminal_sources(text).set_index("claim_id")["actor_id"].map(names)
    lists = {}
    for own, head in ((True, "In the text's own voice"), (False, "On the word of others")):
        items = [
            _known(assessed, claim, appeared[claim], "" if own else last[claim], again.get(claim, ()))
            for claim in wrong.loc[wrong["own"] == own, "claim_id"]
        ]
        lists[head] = el("ul", items) if items else None
    later = _later(assessed, text, {*wrong["claim_id"], *repeats})
    shown = [el("div", el("strong", head), items) for head, items in lists.items() if items]
    none = [f"{head}: none found." for head, items in lists.items() if not items]
    beside = "cb-sides cb-wrong" if len(shown) > 1 else "cb-wrong"
    return el("div", el("div", shown, class_=beside), [el("p", words) for words in none], later)


def _told_again(text: Ledger, among: set[str]) -> dict[str, list[str]]:
    """Return, for each claim of some, those of them that merely repeat it."""
    links = text.claim_links
    links = links[(links["type"] == "repeats") & (links["differs"] == "")]
    links = links[links["claim_id"].isin(among) & links["related_claim_id"].isin(among)]
    return links.groupby("related_claim_id")["claim_id"].agg(list).to_dict()


def _known(assessed: Assessments, claim_id: str, appeared: str, speaker: str, again=()) -> Html:
    known = {item.key for item in as_of(assessed.items[claim_id], appeared)}
    rows = [row for row in assessed.told(claim_id) if row["evidence_id"] in known and row["stance"] == "contradicts"]
    best = min(rows, key=lambda row: (not row["counts"], not row["primary"], row["reliability"]))
    return el(
        "li",
        el("strong", assessed.claims.at[claim_id, "statement"]),
        f" (On the word of {speaker}.)" if speaker else None,
        " ",
        best["finding"],
        " ",
        el("a", "The evidence", href=addresses.claim(claim_id, assessed.base), title=claim_id),
        [". In part for it: ", partly] if (partly := assessed.origins_on(claim_id, FOR, NAMED)) else None,
        [". Told again: ", join(map(assessed.place, again), ", ")] if again else None,
        assessed.denied(claim_id, places=True),
    )


def _later(assessed: Assessments, text: Ledger, known: set[str]) -> Html | None:
    """Name the claims that only what became public later, or has no day, contradicts."""
    outcome = text.claims["claim_id"].map(assessed.verdicts["verdict"])
    later = [claim for claim in text.claims["claim_id"][outcome == "contradicted"] if claim not in known]
    if not later:
        return None
    links = (
        el("a", assessed.claims.at[c, "statement"].rstrip("."), href=addresses.claim(c, assessed.base)) for c in later
    )
    verb = "is" if len(later) == 1 else "are"
    said = f"{count(len(later), 'more claim')} {verb} contradicted by evidence that is later or has no known day: "
    return el("p", said, join(links, "; "), ".")


def holds(text: Ledger) -> Html:
    """List what holds of a text's thesis and of what it rests that on, by whom it is about; link what holds in part.

    That something was said is a claim of its own, and stands apart from what is so.
    """
    assessed = Assessments(text)
    outcome = text.claims["claim_id"].map(assessed.verdicts["verdict"])
    weighty = text.claims["weight"].isin(["thesis", "support"])
    whole, part = (text.claims[weighty & (outcome == v)] for v in ("supported", "partly_supported"))
    if whole.empty and part.empty:
        return el("p", "No claim that carries its thesis or supports it is borne out by what was found.")
    lists = [_listed(assessed, head, rows) for head, rows in _groups(text, whole)]
    named = None
    if len(part):
        verb = "holds" if len(part) == 1 else "hold"
        named = el("p", f"{count(len(part), 'more claim')} {verb} in part: ", claim_links(part["claim_id"]), ".")
    return el("div", el("div", lists, class_="cb-holds") if lists else el("p", "None holds in full."), named)


def _groups(text: Ledger, rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Part claims into thesis, what is said of each actor with several of them, the rest, and what was merely said."""
    names, thesis = actor_names(text), rows["weight"] == "thesis"
    said = ~thesis & (rows["layer"] == "said")
    matter = rows[~thesis & ~said]
    times = matter["subject"].value_counts()
    several = [actor for actor, n in times.items() if n > 1 and actor in names]
    groups = [("Of its thesis", rows[thesis])]
    groups += [(f"On {names[actor]}", matter[matter["subject"] == actor]) for actor in several]
    groups += [("On others", matter[~matter["subject"].isin(several)]), ("That it was said", rows[said])]
    return [(head, mine) for head, mine in groups if len(mine)]


def _listed(assessed: Assessments, head: str, rows: pd.DataFrame) -> Html:
    items = [
        el(
            "li",
            el("a", row.statement, href=addresses.claim(row.claim_id, assessed.base), title=row.claim_id),
            assessed.denied(row.claim_id, places=True),
        )
        for row in rows.itertuples(index=False)
    ]
    return el("section", el("strong", f"{head} ({len(rows)})"), el("ul", items))


def collisions_lead(ledger: Ledger) -> Html:
    """Say how many pairs of claims repeat, contradict or strain against one another, across and within the texts."""
    links = ledger.claim_links[ledger.claim_links["type"].isin(["repeats", "contradicts", "strains"])]
    if links.empty:
        return el(
            "p", "No link says that two claims contradict, strain against or repeat each other.", class_="cb-lead"
        )
    across = ids.texts_of(links["claim_id"]) != ids.texts_of(links["related_claim_id"])

    def said(rows) -> str:
        kinds = rows["type"].value_counts()
        return (
            f"in {kinds.get('contradicts', 0)} the claims contradict each other, in {kinds.get('strains', 0)} they "
            f"strain against each other, in {kinds.get('repeats', 0)} one repeats the other"
        )

    return el(
        "p",
        f"{count(int(across.sum()), 'pair')} of claims from two texts are linked: {said(links[across])}. "
        f"Within one text there are {count(int((~across).sum()), 'pair')}: {said(links[~across])}.",
        class_="cb-lead",
    )


def about(text: Ledger) -> Long:
    """Tell what a text is: its source, how many claims, numbers and events it has, and how it words what it says.

    A leaf lists its epithets, hedges and spellings.
    """
    parts = (
        ("Epithets", tables.epithets(text)),
        ("Hedging words", tables.hedges(text)),
        ("Spellings of names", tables.spellings(text)),
    )
    source = text.sources.iloc[0]
    words = join([el("h2", head), shown] for head, shown in parts)
    leaf = Leaf(f"{source['source_id']}-words", f"{source['short_name']}: epithets, hedging words, spellings", words)
    short = el("p", el("a", "Its epithets, hedging words and spellings of names", href=leaf.address))
    shown = el(
        "div",
        text_lead(text),
        tables.source_card(text),
        quantities_lead(text),
        events_lead(text),
        language_lead(text),
        class_="cb-about",
        id=addresses.ABOUT,
    )
    return long(short, [leaf], shown)


def language_lead(text: Ledger) -> Html:
    """Say how often the text hedges and gives epithets, per hundred sentences, and to whom most often."""
    content = int((text.sentences["role"] == "content").sum())
    hedged = int((text.claims["hedge"] != "").sum())
    given = text.mentions[text.mentions["epithet"] != ""]
    carry = "carries" if hedged < 2 else "carry"
    parts = [f"{hedged or 'None'} of {count(len(text.claims), 'claim')} {carry} hedging words. "]
    if text.claims.empty:
        parts = ["No claim of the text is coded. "]
    if text.mentions.empty:
        return el("p", parts, "Nobody is named.")
    parts.append(
        f"{len(given) or 'None'} of {count(len(text.mentions), 'mention')} {'comes' if len(given) < 2 else 'come'} "
        "with an epithet"
        + (f", {per_hundred(len(given), content):.0f} per hundred sentences" if content >= FEW else "")
    )
    if len(given):
        totals = given["actor_id"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
        actor, most = totals.index[0], totals.iloc[0]

        words = given[given["actor_id"] == actor]["epithet"]
        parts.append(
            [
                "; words it quotes from others counted in, no actor gets more than ",
                f"{actor_names(text)[actor]} ({most}): ",
                listing(cited(w, text.sources["language"].iloc[0]) for w in dict.fromkeys(words)),
            ]
        )
    return el("p", parts, ".")


def events_lead(text: Ledger) -> Html:
    """Say how many events the text tells and how many it dates."""
    if text.events.empty:
        return el("p", "The text tells no event.")
    bounds = text.event_claims[["told_start", "told_end"]]
    told = text.event_claims[(bounds != "").any(axis=1)]["event_id"].nunique()
    recorded = int((text.events["date_basis"] == "record").sum())
    alleged = int((text.events["mode"] != "happened").sum())
    return el(
        "p",
        f"The text tells {count(len(text.events), 'event')}. It gives {told} of them a date, however coarse; "
        f"{alleged or 'none'} {'is' if alleged < 2 else 'are'} not told as fact but alleged, planned, promised, denied "
        f"or hypothetical. {recorded or 'None'} {'has' if recorded < 2 else 'have'} a date that was looked up.",
    )


def quantities_lead(text: Ledger) -> Html:
    """Say how many quantities the text reports, and how many concern what the book is about.

    That is told by the columns of truth values whose field in ``datapackage.json`` says as ``concerns`` what they mark;
    a book need not have any.
    """
    if text.quantities.empty:
        return el("p", "The text reports no quantity.")
    said = f"The text reports {count(len(text.quantities), 'quantity', 'quantities')}"
    for name in text.quantities:
        if subject := text.column("quantities", name).get("concerns"):
            mine = text.quantities[text.quantities[name]]
            bare = int((~has_number(mine)).sum())
            tail = f", {'all' if bare == len(mine) > 1 else bare} of them with no number" if bare > 0 else ""
            said += f"; {len(mine) or 'none'} {'concerns' if len(mine) < 2 else 'concern'} {subject}{tail}"
    return el("p", f"{said}.")
