"""What a reader's own sentence is held against: the words and names of every claim, and of what stands beside it.

No model is in it. The build writes this index, the page's script weighs a sentence against it word by word, so that it
can show which words made a claim near.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

from babel import Locale
from babel.core import get_global

from claimbook.model.ledger import Ledger
from claimbook.site import speech
from claimbook.view.cards import Cards

LEVELS = (1, 0.75, 0.5, 0.4)
"""What a word counts by where it stands: in the claim, in what the text says there, beside the claim, in evidence."""

CLAIM, TEXT, BESIDE, EVIDENCE = range(len(LEVELS))

LONGEST = 6
"""Words of the longest spelling that is looked for; what has more is a description."""

CLOCKS = 3
"""So many clocks a state may have for its cities to stand for it."""

STOP = frozenset(speech.STOP.split())


def index(cards: Cards) -> dict:
    """Return the index of a ledger's claims, as the page's script gets it.

    Parameters
    ----------
    cards : Cards
        Cards of the whole ledger.

    Returns
    -------
    dict
        ``claims``: their ids, in order. ``levels``, ``longest``: :data:`LEVELS`, :data:`LONGEST`. ``names``: per
        spelling of a name, as stems, the number of its actor. ``tokens``: per stem, or ``@`` and an actor's number,
        where it stands: per claim one number, the step from the claim before times the number of levels, and the best
        level there.
    """
    names = spellings(cards.ledger)
    cut = partial(tokens, names=names, stem=cache(speech.stem))
    postings: dict[str, list[int]] = defaultdict(list)
    before: Counter = Counter()
    for place, told in enumerate(_told(cards, cut)):
        for token, level in told.items():
            postings[token].append((place - before[token]) * len(LEVELS) + level)
            before[token] = place
    return {
        "claims": list(cards.ledger.claims["claim_id"]),
        "levels": LEVELS,
        "longest": LONGEST,
        "names": names,
        "tokens": dict(sorted(postings.items())),
    }


def _told(cards: Cards, cut: Callable[[str], list[str]]) -> Iterator[dict[str, int]]:
    """Yield per claim its tokens, each with the best level at which it stands."""
    ledger = cards.ledger
    numbers = {actor: f"@{n}" for n, actor in enumerate(ledger.actors["actor_id"])}
    statements = ledger.claims.groupby("sentence_id")["statement"].agg(" ".join).to_dict()
    hops = ledger.chains.groupby("chain_id")["actor_id"].agg(list).to_dict()
    mentions = {key: rows for key, rows in ledger.mentions.groupby("sentence_id")}
    for claim in ledger.claims.itertuples(index=False):
        named = mentions.get(claim.sentence_id, ledger.mentions.head(0))
        within = named[(named["start"] >= claim.start) & (named["end"] <= claim.end)]
        said = [claim.quote, claim.item]
        if (counted := cards.quantities.get(claim.claim_id)) is not None:
            said += [*counted["wording"]]
        parties = [claim.subject, claim.object, *within["actor_id"]]
        near, findings = [statements[claim.sentence_id]], []
        if (happened := cards.events.get(claim.claim_id)) is not None:
            near += [*happened["summary"], *happened["place"]]
        if (shown := cards.assessed.rows.get(claim.claim_id)) is not None:
            findings = [*shown["finding"], *shown["words"], *shown["words_english"], *shown["assessment"]]
        by_level = {
            CLAIM: cut(claim.statement),
            TEXT: [*cut(_joined(said)), *_known(parties, numbers)],
            BESIDE: [*cut(_joined(near)), *_known(hops[claim.chain_id], numbers)],
            EVIDENCE: cut(_joined(findings)),
        }
        best: dict[str, int] = {}
        for level, found in by_level.items():
            for token in found:
                best.setdefault(token, level)
        yield best


def _joined(texts: Iterable[str]) -> str:
    return " ".join(filter(None, texts))


def _known(actors: Iterable[str], numbers: dict[str, str]) -> list[str]:
    return [numbers[actor] for actor in actors if actor in numbers]


def spellings(ledger: Ledger) -> dict[str, int]:
    """Return per spelling of a name, as stems, the number of the actor whom it names, counted from 0.

    A spelling is what the tables give as a name or a text writes with a capital; of a person the last name alone, of a
    longer name the initials, of a state its capital. Where several actors share one, it is of whom it names in full,
    then of whom the texts mean by it most often. A single word that statements write small is an ordinary word.
    """
    claims: dict[str, Counter] = defaultdict(Counter)
    numbers = {actor: n for n, actor in enumerate(ledger.actors["actor_id"])}
    written = len(ledger.mentions) + 1
    for actor in ledger.actors.itertuples(index=False):
        if "," in actor.name:  # a description such as "the observers, none of them named"
            continue
        plain, _, other = actor.name.partition(" (")
        capitals = [word[0] for word in plain.replace("/", " ").split() if word[0].isupper()]
        full = [plain, other.removesuffix(")"), *plain.split("/")]
        last = plain.split()[-1:] if actor.kind == "person" else []
        initials = ["".join(capitals)] if len(capitals) > 2 else []
        cities = _cities(actor.iso3) if actor.kind == "state" else []
        for weight, forms in ((4, full), (3, last), (2, [*initials, *cities])):
            for form in forms:
                claims[_spelling(form)][numbers[actor.actor_id]] += weight * written
    for mention in ledger.mentions.itertuples(index=False):
        claims[_spelling(mention.as_written)][numbers[mention.actor_id]] += 1
    small = {speech.stem(w) for text in ledger.claims["statement"] for w in text.split() if w == w.lower()}
    return {
        spelling: max(actors, key=actors.__getitem__)
        for spelling, actors in sorted(claims.items())
        if spelling and spelling not in small | STOP and spelling.count(" ") < LONGEST
    }


def _cities(iso3: str) -> list[str]:
    """Return the cities by which Unicode's locale data name the clocks of a state: its capital, or its largest.

    News calls a government by them. A state with more clocks than a few has cities among them that mean themselves.
    """
    zones = [z for code in get_global("territory_aliases").get(iso3, ()) for z in get_global("territory_zones")[code]]
    known = Locale("en").time_zones
    both = [(known.get(zone, {}).get("city", ""), zone.split("/")[-1]) for zone in zones if len(zones) <= CLOCKS]
    return [city for spelled in both for city in spelled]


def _spelling(text: str) -> str:
    """Return a name as stems, empty where it is none because it begins small."""
    text = text.removeprefix("the ").removeprefix("The ").lstrip("‘“'\"")
    return " ".join(map(speech.stem, speech.words(text))) if text[:1].isupper() else ""


def tokens(text: str, names: dict[str, int], stem: Callable[[str], str] = speech.stem) -> list[str]:
    """Return what of a text is compared: names by number, other words by stem, and the words within longer names.

    Examples
    --------
    >>> tokens("The Bank of Utopia pays", {"bank of utop": 0})
    ['@0', 'bank', 'utop', 'pai']
    """
    words = speech.words(text)
    stems = [*map(stem, words)]
    found, place = [], 0
    while place < len(words):
        lengths = range(min(LONGEST, len(words) - place), 0, -1)
        length = next((n for n in lengths if " ".join(stems[place : place + n]) in names), 0)
        if length:
            found.append(f"@{names[' '.join(stems[place : place + length])]}")
        if length != 1:
            for at in range(place, place + max(length, 1)):
                if words[at] not in STOP:
                    found.append(f"@{names[stems[at]]}" if stems[at] in names else stems[at])
        place += max(length, 1)
    return list(dict.fromkeys(found))
