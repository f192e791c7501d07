"""Cards of claims: what was coded of each, its evidence on both sides, its verdict, and lists made of them."""

from claimbook.analysis import evidence, versions
from claimbook.model import ids
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger, kept
from claimbook.model.passages import SEPARATOR
from claimbook.view import addresses, palette
from claimbook.view.assessments import Assessments
from claimbook.view.leaves import Leaf, long
from claimbook.view.markup import Html, el, join, named
from claimbook.view.tables import actor_names, cited, claim_link, date_text, facts, not_here, quantity_text, spoken_in


def _badge(word: str, kind: str) -> Html:
    return el("span", word, class_=f"cb-badge cb-{kind}")


def badges(claim) -> Html:
    """Show weight and kind of one claim (a row of ``claims.csv``) as words in boxes, and the rarer of the two layers.

    Most claims are on the matter itself, and a word that most cards bear says nothing.
    """
    words = [_badge(palette.WEIGHTS[claim["weight"]], claim["weight"])]
    if claim["layer"] == "said":
        words.append(_badge(palette.LAYERS["said"], "said"))
    words.append(_badge(palette.KINDS[claim["kind"]], "kind"))
    # The dots are for JupyterLab, where the words have no boxes.
    return el("small", join(words, " · "), class_="cb-badges")


class Cards:
    """Cards of claims: statement, verdict, evidence, place, quote, chain, links, quantities and events of each.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger or one text's part; links to claims outside it are shown as well.
    base : str
        Leads from the page to the chapters.
    whole : bool
        Whether the evidence is printed in full whatever hangs on it.
    """

    def __init__(self, ledger: Ledger, base: str = addresses.BASE, whole: bool = False):
        self.ledger, self.base = ledger, base
        self.assessed = Assessments(ledger, base, whole)
        self.names, self.spoken = actor_names(ledger), spoken_in(ledger)
        self.chains = {key: hops for key, hops in ledger.chains.sort_values("hop").groupby("chain_id")}
        self.mentions = {key: rows for key, rows in ledger.mentions.groupby("sentence_id")}
        self.sentences = ledger.sentences.set_index("sentence_id")
        self.sources = ledger.sources.set_index("source_id")
        self.appeared = evidence.published(ledger)
        self.links: dict[str, list] = {}
        for link in ledger.claim_links.itertuples(index=False):
            ahead, back = palette.LINKS[link.type]
            note = " ".join(filter(None, (link.note, link.differs)))
            self.links.setdefault(link.claim_id, []).append((ahead, link.related_claim_id, note))
            self.links.setdefault(link.related_claim_id, []).append((back, link.claim_id, note))
        told = ledger.quantity_claims.merge(ledger.quantities, on="quantity_id")
        self.quantities = {key: rows for key, rows in told.groupby("claim_id")}
        told = ledger.event_claims.merge(ledger.events, on="event_id")
        self.events = {key: rows for key, rows in told.groupby("claim_id")}
        self.versions, self.held = versions.listed(ledger), versions.of_corrections(ledger)
        self.corrections: dict[str, list] = {}
        for row in ledger.corrections.itertuples(index=False):
            self.corrections.setdefault(row.claim_id, []).append(row)

        self.retired: dict[str, list] = {}
        first = {row.id: row.successors.split(SEPARATOR)[0] for row in ledger.retired_ids.itertuples(index=False)}
        for row in ledger.retired_ids.itertuples(index=False):
            successor = first[row.id]
            while successor in first:
                successor = first[successor]
            self.retired.setdefault(successor, []).append(row)

    def people(self, claim) -> list[str]:
        """Return the actors of a claim: its parties, whom its passage names, and others on whose word it rests."""
        parties = [actor for actor in (claim["subject"], claim["object"]) if actor in self.names]
        named = self.mentions.get(claim["sentence_id"])
        if named is not None:
            within = named[(named["start"] >= claim["start"]) & (named["end"] <= claim["end"])]
            parties += list(within["actor_id"])
        hops = self.chains[claim["chain_id"]]
        return list(dict.fromkeys([*parties, *hops.loc[hops["hop"] > 1, "actor_id"]]))

    def chain(self, chain_id: str, verbs: bool = True) -> Html:
        """Show a chain of attribution in one line, from the text's own voice to the terminal source.

        Parameters
        ----------
        chain_id : str
            The chain.
        verbs : bool
            Whether each speaker has the verb of its telling beside the name; without, the text itself is left out.
        """
        hops = [
            el(
                "span",
                named(self.names[hop.actor_id]),
                f" ({hop.verb})" if verbs else None,
                class_=f"cb-hop cb-{hop.anonymity}",
                title=palette.ANONYMITY[hop.anonymity],
            )
            for hop in self.chains[chain_id].itertuples(index=False)
            if verbs or hop.hop > 1
        ]
        return join(hops, " → ")

    def facts(self, claim) -> Html:
        """Show everything coded of one claim as a list of terms and values."""
        spoken = self.spoken[ids.text_of(claim["claim_id"])]
        rows = [
            (
                "Rests on",
                f"characters {claim['start']:,}–{claim['end']:,}",
            ),
            ("Words", cited(claim["quote"], spoken) if claim["quote"] else None),
            ("Hedge", cited(claim["hedge"], spoken) if claim["hedge"] else None),
            ("Who says so", self.chain(claim["chain_id"])),
            ("Denied", self.assessed.denial(claim["claim_id"])),
        ]
        linked: dict[str, list[Html]] = {}
        for word, other, note in self.links.get(claim["claim_id"], []):
            said = join([self.assessed.linked(other), f" ({note})" if note else None])
            linked.setdefault(word.capitalize(), []).append(said)
        for word, others in linked.items():
            rows.append((word, el("ul", [el("li", other) for other in others]) if len(others) > 1 else others[0]))
        if claim["claim_id"] in self.quantities:
            told = self.quantities[claim["claim_id"]]
            rows += [("Quantity", quantity_text(row)) for _, row in told.iterrows()]
        if claim["claim_id"] in self.events:
            told = self.events[claim["claim_id"]]
            rows += [
                ("Event", el("a", row["summary"], href=addresses.event(self.ledger, row["event_id"], self.base)))
                for _, row in told.iterrows()
            ]
        ends = (claim["subject"], claim["object"])
        if claim["layer"] == "content" and ends[0] != ends[1] and set(ends) <= set(self.names):
            names = join((named(self.names[actor_id]) for actor_id in ends), " → ")
            rows.append(("Pair", el("a", names, href=addresses.pair(*ends, self.base))))
        for row in self.corrections.get(claim["claim_id"], []):
            version = self.held[row.correction_id]
            later = "since the last version, " if self.versions else ""
            where = f"in version {version.version}, " if version else later
            rows.append(("Corrected", f"{where}{row.date}: {row.was} → {row.now} ({row.reason})"))
        for row in self.retired.get(claim["claim_id"], []):
            rows.append(("Stands also for", f"{row.id}, which is retired: {row.reason}"))
        rows.append(("Note", claim["note"] or None))
        return facts(rows)

    def passage(self, claim) -> Html:
        """Show one claim beside another: its text and day, statement, verdict, denial; its own page has the rest."""
        claim_id, sentence = claim["claim_id"], self.sentences.loc[claim["sentence_id"]]
        source = self.sources.loc[sentence["source_id"]]
        when = date_text(source["published_earliest"], source["published_latest"], "bounded")
        return el(
            "div",
            claim["statement"],
            " ",
            self.assessed.mark(claim_id, why=False),
            el("small", f"{source['short_name']} ({when}) ", claim_link(claim_id, self.base)),
            self.assessed.denied(claim_id),
            class_="cb-line",
        )


@kept
def of(ledger: Ledger) -> Cards:
    """Return the cards of a ledger, made once: a page of many short examples asks for them again and again."""
    return Cards(ledger)


COLLISIONS = {
    "contradicts": "They contradict each other: they cannot both hold.",
    "strains": "They strain against each other: both can hold only on a reading that neither gives.",
    "repeats": "One repeats the other, in whole or in part.",
}
"""The types of link that set two claims against or beside each other, with what each means."""


def collisions(ledger: Ledger, kind: str, across: bool) -> Html:
    """Show pairs of claims that collide, each claim with its text, passage, verdict and what the record says.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger.
    kind : str
        A key of :data:`COLLISIONS`.
    across : bool
        Pairs of two texts, or pairs within one.
    """
    links = ledger.claim_links[ledger.claim_links["type"] == kind]
    sources = [ids.texts_of(links[end]) for end in ("related_claim_id", "claim_id")]
    links = links[(sources[0] != sources[1]) == across]
    if links.empty:
        return el("p", "No such pair.", class_="cb-quiet")
    cards = Cards(ledger)
    by_id = ledger.claims.set_index("claim_id", drop=False)
    pairs = []
    for link in links.itertuples(index=False):
        ends = sorted((link.claim_id, link.related_claim_id), key=lambda c: (cards.appeared[c], c))
        shown = [cards.passage(by_id.loc[c]) for c in ends]
        pairs.append(
            el(
                "section",
                el("p", el("strong", link.note or COLLISIONS[kind]), f" {link.differs}" if link.differs else ""),
                el("div", shown, class_="cb-sides"),
            )
        )
    return el("div", pairs, class_="cb-pairs")


def example(ledger: Ledger, *claim_ids: str) -> Html:
    """Show claims as worked examples of a coding rule, on a leaf: how each was coded, and what the coder notes.

    Examples are claims of the book's own texts; those that the ledger does not have are named and left out.
    """
    by_id = ledger.claims.set_index("claim_id", drop=False)
    here = [by_id.loc[c] for c in claim_ids if c in by_id.index]
    lacking = [c for c in claim_ids if c not in by_id.index]
    left = not_here(lacking) if lacking else None
    if not here:
        return el("div", left)
    cards, words = of(ledger), count(len(here), "example")
    title = f"{words}, beginning with: {here[0]['statement']}"
    leaf = Leaf(f"example-{here[0]['claim_id']}", title, el("ul", [_example(cards, claim) for claim in here]))
    return long(el("p", el("a", words, href=leaf.address, title=title)), [leaf], left or "")


def _example(cards: Cards, claim) -> Html:
    claim_id = claim["claim_id"]
    hops = cards.chain(claim["chain_id"]) if len(cards.chains[claim["chain_id"]]) > 1 else None
    told = [
        join(["Words: ", cited(claim["quote"], cards.spoken[ids.text_of(claim_id)]), "."]) if claim["quote"] else None,
        join(["Who says so: ", hops, "."]) if hops else None,
        claim["note"] or None,
    ]
    return el(
        "li",
        claim["statement"],
        " ",
        cards.assessed.mark(claim_id, why=False),
        " ",
        badges(claim),
        " ",
        claim_link(claim_id),
        el("div", join(filter(None, told), " "), class_="cb-quiet") if any(told) else None,
        cards.assessed.denied(claim_id),
    )
