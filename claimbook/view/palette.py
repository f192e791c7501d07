"""One visual language: the words, marks and colours that stand for the same thing everywhere in the book.

Every chart colour has a relative luminance between 0.12 and 0.30, so that it keeps a contrast of at least 3:1 against
both the white and the dark page; no meaning rests on colour alone, each goes with a word, a shape or a dash.
"""

TEXT_COLOURS = ("#2176c7", "#b8561a", "#7a5bc0", "#2b8a57")
"""One colour per text, in the order of ``sources.csv``."""

TEXT_PATTERNS = ("", "/", "x", ".")
"""One filling per text beside its colour, for whoever does not tell the colours apart."""

ACCENT = "#2176c7"
NEUTRAL = "#7b8086"

WEIGHTS = {"thesis": "thesis", "support": "support", "background": "background"}
WEIGHT_COLOURS = {"thesis": "#b8561a", "support": "#2176c7", "background": "#7b8086"}
WEIGHT_LINES = {"thesis": 6, "support": 3, "background": 1}
"""Thickness of a line in pixels, for whoever sees no colours: forced colours and some papers have none."""

LAYERS = {"said": "that it was said", "content": "that it is so"}
KINDS = {
    "quantity": "quantity",
    "event": "event",
    "statement": "statement",
    "relation": "relation",
    "status": "status",
    "causal": "cause",
    "opinion": "opinion",
    "prediction": "prediction",
}
REASONS = {
    "opinion": "an opinion",
    "epithet": "an epithet",
    "vague": "too vague to settle",
    "prediction": "a prediction still open",
    "intent": "a motive or state of mind",
    "insinuation": "an insinuation with no definite content",
}
ANONYMITY = {"named": "named", "described": "described, not named", "unnamed": "not identified at all"}
ANONYMITY_LINE = {"named": "solid", "described": "dashed", "unnamed": "dotted"}

VERDICTS = {
    "supported": "supported",
    "partly_supported": "partly supported",
    "disputed": "disputed",
    "contradicted": "contradicted",
    "not_established": "not established",
    "not_checkable": "not checkable",
}
VERDICT_GLYPHS = {
    "supported": "●",
    "partly_supported": "◐",
    "disputed": "◇",
    "contradicted": "✕",
    "not_established": "○",
    "not_checkable": "–",
}
VERDICT_COLOURS = {
    "supported": "#2b8a57",
    "partly_supported": "#2176c7",
    "disputed": "#7a5bc0",
    "contradicted": "#b8561a",
    "not_established": "#7b8086",
    "not_checkable": "#7b8086",
}
VERDICT_PATTERNS = {
    "supported": "",
    "partly_supported": "/",
    "disputed": "x",
    "contradicted": "\\",
    "not_established": ".",
    "not_checkable": "-",
}
"""One word, one mark, one colour and one filling for each verdict."""

STANCES = {
    "supports": "supports it",
    "admits": "a party admits it against its own interest",
    "supports_part": "bears out a part of it",
    "qualifies": "limits it",
    "contradicts": "contradicts it",
    "not_verified": "tried to verify it and could not",
    "asserts": "a party asserts it",
    "denies": "a party denies it",
    "silent": "was looked at and says nothing of it",
}
SHORT_STANCES = {"supports": "supports", "qualifies": "in part", "contradicts": "contradicts", "silent": "silent"}
"""Those that a check can take, in a list of when it does."""
SEARCHES = {"for": "for it", "against": "against it", "both": "on both sides", "denial": "a denial"}
RAISED_BY = {"reader": "a reader", "named": "a person or body named", "contributors": "the contributors"}
READ_AS = {
    "full": "read whole",
    "excerpt": "read in excerpt",
    "copy": "read in a copy",
    "relay": "read in another's account",
}

MODES = {
    "happened": "told as fact",
    "alleged": "alleged",
    "promised": "promised",
    "planned": "planned",
    "hypothetical": "hypothetical",
    "denied": "denied",
}
MODE_SYMBOLS = {
    "happened": "circle",
    "alleged": "circle-open",
    "promised": "triangle-right-open",
    "planned": "square-open",
    "hypothetical": "diamond-open",
    "denied": "x-thin-open",
}
MODE_COLOURS = {
    "happened": "#2176c7",
    "alleged": "#b8561a",
    "promised": "#2b8a57",
    "planned": "#7a5bc0",
    "hypothetical": "#7b8086",
    "denied": "#b03a5b",
}

BOUNDS = {
    "exact": "as told",
    "approximate": "about",
    "at_least": "at least",
    "at_most": "at most",
    "range": "range",
    "unspecified": "no number given",
}
DIMENSIONS = {
    "money": "money",
    "count": "counts",
    "length": "lengths",
    "duration": "durations",
    "ordinal": "ordinal numbers",
}
LINKS = {
    "content_of": ("content of", "content stated separately as"),
    "denies": ("denies", "denied by"),
    "repeats": ("repeats", "repeated by"),
    "contradicts": ("contradicts", "contradicted by"),
    "strains": ("strains against", "strained by"),
    "implies": ("insinuates", "insinuated by"),
}
"""Each link type as read from its start and from its end."""

PRECISIONS = {
    "day": "day",
    "month": "month",
    "year": "year",
    "interval": "from–to",
    "bounded": "some time within",
}
DATE_BASES = {"stated": "stated in the text", "relative": "reckoned from the text", "record": "looked up"}


def line_look(looks: tuple[tuple[str, str, str], ...], place: int) -> tuple[str, str, str]:
    """Return colour, dash and mark of a chart's line by its place among the lines.

    Parameters
    ----------
    looks : tuple of tuple of (str, str, str)
        Colour, dash and mark of the first lines; more lines have these in other combinations.
    place : int
        The place, from 0.
    """
    again, at = divmod(place, len(looks))
    colour, dash, mark = (looks[(at + again * step) % len(looks)][step] for step in range(3))
    return colour, dash, mark


def text_colour(texts: tuple[str, ...], source_id: str) -> str:
    """Return the colour of a text, given the texts of the whole ledger in order."""
    return TEXT_COLOURS[texts.index(source_id) % len(TEXT_COLOURS)]


def text_marker(texts: tuple[str, ...], source_id: str) -> dict:
    """Return the look of a text's bars: its colour and its filling; where colours come again, fillings are others."""
    place = texts.index(source_id)
    pattern = TEXT_PATTERNS[(place + place // len(TEXT_COLOURS)) % len(TEXT_PATTERNS)]
    return {"color": text_colour(texts, source_id), "pattern": {"shape": pattern}}
