"""The colours of the book: legible in both schemes and on paper, and one meaning each."""

import re

import pytest

from claimbook.view import palette

LIGHT, DARK = ({token: pair[n] for token, pair in palette.TOKENS.items()} for n in (0, 1))
SCHEMES = {"light": LIGHT, "dark": DARK, "paper": LIGHT | palette.PRINTED}
TEXTS = ("ink", "ink-2", "ink-3", "link", "mark", "rose", "moss")
MARKS = (*TEXTS, "supported", "partly", "disputed", "contradicted", "not-established", "not-checkable")


def luminance(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "panel"])
def test_text_and_marks_stand_out_from_what_is_behind_them(scheme, ground):
    values = SCHEMES[scheme]
    for least, tokens in ((4.5, TEXTS), (3, MARKS)):
        assert {t: values[t] for t in tokens if contrast(values[t], values[ground]) < least} == {}


def test_verdicts_are_told_apart_by_shape_and_their_colours_mean_nothing_else():
    for marks in (palette.VERDICT_GLYPHS, palette.VERDICT_PATTERNS):
        assert len(set(marks.values())) == len(palette.VERDICTS)
    others = {*palette.SERIES, *palette.WEIGHT_COLOURS.values(), *palette.MODE_COLOURS.values()}
    assert not others & set(palette.VERDICT_COLOURS.values())
    assert len({*palette.VERDICT_COLOURS.values()}) == len(palette.VERDICTS)


def test_each_light_value_is_one_tokens():
    assert len(set(LIGHT.values())) == len(LIGHT)
    assert [palette.css(value) for value in LIGHT.values()] == [(f"var(--cb-{token})", 1.0) for token in LIGHT]


def test_a_washed_colour_is_the_token_with_an_opacity():
    assert palette.css(palette.washed(palette.ACCENT, 0.18)) == ("var(--cb-link)", 0.18)


def test_another_colour_is_refused_with_the_tokens():
    with pytest.raises(ValueError, match=r"colour #2176c7 is no token: .* ink, ink-2, .* not-checkable"):
        palette.css("#2176c7")


def test_the_style_sheet_has_each_token_in_each_scheme():
    light, dark, paper, forced = re.findall(r"html[^{]*\{([^}]*)\}", palette.styles())
    for block, values in ((light, LIGHT), (dark, DARK), (paper, LIGHT | palette.PRINTED)):
        assert dict(re.findall(r"--cb-([\w-]+): (#\w+);", block)) == values
    assert set(re.findall(r": (\w+);", forced)) == {"Canvas", "CanvasText"}


def test_groups_beyond_the_colours_look_like_none_before_them():
    looks = [palette.group_look(place) for place in range(36)]
    assert len({(look["color"], look["dash"], look["symbol"]) for look in looks}) == len(looks)
    assert len({(look["color"], look["pattern"]) for look in looks[:16]}) == 16
