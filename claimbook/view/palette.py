"""One visual language: the words, marks and colours that stand for the same thing everywhere in the book.

A colour is a token, which has a value for light pages, one for dark pages and, where ink is black, one for paper.
Every mark keeps a contrast of at least 3:1 and every text 4.5:1 against page and panel in either scheme; no meaning
rests on colour alone, each goes with a word, a shape or a dash. Plotly's figures hold the light values, by which the
page knows the token.
"""

import re

TOKENS = {
    "ink": ("#1c1d1f", "#e9e8e4"),
    "ink-2": ("#474d57", "#b9bec7"),
    "ink-3": ("#5f6772", "#98a0ac"),
    "rule": ("#dedad2", "#353b45"),
    "paper": ("#fdfcfa", "#14171b"),
    "panel": ("#f5f3ee", "#1c2026"),
    "link": ("#1d4bb8", "#8fb4ff"),
    "mark": ("#7d6100", "#e0bb4a"),
    "mark-wash": ("#f6eed3", "#2d2817"),
    "rose": ("#a3326b", "#ef8fbd"),
    "moss": ("#4f6f1d", "#a9c96a"),
    "supported": ("#0b6e63", "#4cc3b3"),
    "partly": ("#3d968b", "#37958a"),
    "disputed": ("#7a4fb5", "#b79af0"),
    "contradicted": ("#b0400f", "#f08a5d"),
    "not-established": ("#626b78", "#9aa4b2"),
    "not-checkable": ("#848c97", "#717a87"),
}
"""The value of each colour on light and on dark pages."""

PRINTED = {
    "ink": "#000000",
    "ink-2": "#333333",
    "ink-3": "#444444",
    "rule": "#bbbbbb",
    "paper": "#ffffff",
    "panel": "#ffffff",
    "link": "#000000",
    "mark": "#5e4900",
    "not-established": "#4a525e",
    "not-checkable": "#6d7580",
}
"""The values on paper of the tokens that have another one there than on light pages."""

GROUNDS = ("paper", "panel", "mark-wash")
"""What stands behind text and marks."""

_LIGHT = {token: light for token, (light, _) in TOKENS.items()}
_BY_VALUE = {light: token for token, light in _LIGHT.items()}

SERIES = tuple(_LIGHT[token] for token in ("link", "mark", "rose", "moss", "ink-3", "ink"))
"""The colours of lines and bars that stand for no verdict, in the order in which a chart takes them."""

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "cross")
PATTERNS = ("", "/", "x", ".")
"""Dashes, marks and fillings that go with the colours, for whoever does not tell these apart."""

ACCENT = _LIGHT["link"]
NEUTRAL = _LIGHT["ink-3"]

WEIGHTS = {"thesis": "thesis", "support": "support", "background": "background"}
WEIGHT_COLOURS = {"thesis": _LIGHT["ink"], "support": _LIGHT["link"], "background": _LIGHT["ink-3"]}
LAYERS = {"said": "that it was said", "content": "the matter itself"}
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
    "supported": _LIGHT["supported"],
    "partly_supported": _LIGHT["partly"],
    "disputed": _LIGHT["disputed"],
    "contradicted": _LIGHT["contradicted"],
    "not_established": _LIGHT["not-established"],
    "not_checkable": _LIGHT["not-checkable"],
}
VERDICT_SYMBOLS = {
    "supported": "circle",
    "partly_supported": "diamond",
    "disputed": "diamond-open",
    "contradicted": "x",
    "not_established": "circle-open",
    "not_checkable": "line-ew-open",
}
VERDICT_SQUARES = {
    "supported": "square",
    "partly_supported": "square-open-dot",
    "disputed": "diamond",
    "contradicted": "x",
    "not_established": "square-open",
    "not_checkable": "line-ew-open",
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
    "happened": _LIGHT["link"],
    "alleged": _LIGHT["mark"],
    "promised": _LIGHT["moss"],
    "planned": _LIGHT["rose"],
    "hypothetical": _LIGHT["ink-3"],
    "denied": _LIGHT["ink"],
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
    "mass": "masses",
    "speed": "speeds",
    "rate": "rates",
    "share": "shares",
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

DATE_BASES = {"stated": "stated in the text", "relative": "reckoned from the text", "record": "looked up"}


_RGB = re.compile(r"rgba?\((\d+), *(\d+), *(\d+)(?:, *([\d.]+))?\)")


def css(colour: str) -> tuple[str, float]:
    """Return a colour of a figure as a page has it: a custom property, which follows the scheme, and an opacity.

    Parameters
    ----------
    colour : str
        The light value of a token as ``#rrggbb``, ``rgb(…)`` or ``rgba(…)``.

    Raises
    ------
    ValueError
        If it is no token's.

    Examples
    --------
    >>> css("#1c1d1f")
    ('var(--cb-ink)', 1.0)
    """
    value, opacity = str(colour).lower(), 1.0
    if parts := _RGB.fullmatch(value):
        value = "#" + "".join(format(int(part), "02x") for part in parts.groups()[:3])
        opacity = float(parts[4] or 1)
    if value not in _BY_VALUE:
        raise ValueError(f"colour {colour} is no token: must be the light value of {', '.join(TOKENS)}")
    return f"var(--cb-{_BY_VALUE[value]})", opacity


def washed(colour: str, opacity: float) -> str:
    """Return a colour of a figure with some opacity, for areas that others are seen through."""
    return f"rgba({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))}, {opacity})"


def styles() -> str:
    """Return the style sheet that gives the tokens their values: light, dark, on paper, and in forced colours."""

    def block(selector: str, values: dict[str, str]) -> str:
        return "\n".join([f"{selector} {{", *(f"  --cb-{token}: {value};" for token, value in values.items()), "}"])

    dark = {token: dark for token, (_, dark) in TOKENS.items()}
    forced = {token: "Canvas" if token in GROUNDS else "CanvasText" for token in TOKENS}
    both = "html, html[data-theme]"
    parts = [block("html", _LIGHT), block('html[data-theme="dark"]', dark)]
    parts += ["@media print {", block(both, _LIGHT | PRINTED), "}"]
    parts += ["@media (forced-colors: active) {", block(both, forced), "}"]
    return "\n".join(parts) + "\n"


def group_look(place: int) -> dict[str, str]:
    """Return how a group that has no look of its own in the book is drawn, by its place among the groups of a chart.

    Parameters
    ----------
    place : int
        The place, from 0. Where the colours come again, dashes, symbols and fillings come in other combinations.

    Returns
    -------
    dict of str to str
        ``color``, ``dash``, ``symbol`` and ``pattern``, as Plotly has them.

    Examples
    --------
    >>> group_look(0) == group_look(6), group_look(0)["color"] == group_look(6)["color"]
    (False, True)
    """
    again, at = divmod(place, len(SERIES))
    return {
        "color": SERIES[at],
        "dash": DASHES[(at + again) % len(DASHES)],
        "symbol": SYMBOLS[(at + 2 * again) % len(SYMBOLS)],
        "pattern": PATTERNS[(place + again) % len(PATTERNS)],
    }
