"""How wide text is, by one table, so that a picture has the same bytes on every machine, with whatever fonts.

The widths are those of DejaVu Sans, rounded up. It is wider than what most pages are shown in, so that what fits here
fits there as well.
"""

WIDTHS = {
    250: "′",
    275: "'",
    300: "IJijlÌÍÎÏìíîïĨĩĪīĬĭĮįİıĴĵĺļłΙΪІЇЈіїј",
    325: " ,.·‘’‚‛",
    350: "/:;\\|¦ŀίι․",
    375: "-fľſ‐‑″",
    400: "()[]tţťŧ",
    425: "!r¡²³¹ŕŗř",
    475: '"ªº',
    500: "*_`§¨¯°´¸–‖‗†‡",
    525: "szśŝşšźżžгѓѕ“”„‟",
    550: "?c¿çćĉċčέεζзсэє",
    575: "FLĳĹĻĽĿŁΓνξ",
    600: "kvxyýÿĲķĸŷΰγκλςυχвтухчьў•‣",
    625: "PTYaeo«»ÝÞàáâãäåèéêëðòóôõöøāăąēĕėęěōŏőŢŤŦŶŸΡΤΥΫδθοπτЃЎГРТУабекояѐёђќ",
    650: "$0123456789ESbdghnpqu{}¢£¤¥µ¶ÈÉÊËßñùúûüþďđĒĔĖĘĚĝğġģĥńņňŋŚŜŞŠũūŭůűųΕΞΣήβημρσЀЁЅЕЗийлрѝ‒€₽",
    675: "KĶΚάαφψнпћџ‥",
    700: "ABCRVXZÀÁÂÃÄÅÇĀĂĄĆĈĊČħŔŖŘŹŻŽΑΒΔΖΛΧЄАБВСХЧЬЭЯдц",
    725: "ЌКъ",
    750: "NUÑÙÚÛÜŃŅŇŊŨŪŬŮŰŲΝЍИЙ",
    775: "DGHÐĎĐĜĞĠĢĤΗΠΩЏЛНПм",
    800: "&OQÒÓÔÕÖØŌŎŐΘΟΦΨЂЋДОЦы",
    825: "wŉŵ",
    850: "#+<=>^~¬±×÷ωЪю←→↔−≈≤≥",
    875: "MΜМФф",
    900: "Ыњ",
    925: "Ħжшљ",
    950: "%щ",
    975: "m¼½¾Æ",
    1000: "@W©®æŴ—―…",
    1025: "œ",
    1050: "Њ",
    1075: "ŒШ",
    1100: "ЉЖЩЮ",
    1350: "‰",
}
"""Characters by their width in thousandths of the size of the type."""

NARROW, WIDE = 650, 1000
"""The width of letters that stand in no table: of alphabets, and of scripts whose characters fill a square."""

_WIDTH = {character: width for width, characters in WIDTHS.items() for character in characters}


def width(text: str, size: float) -> float:
    """Return how wide a line of text is at most, in the unit of `size`.

    Examples
    --------
    >>> width("mm", 10)
    19.5
    """
    return sum(_WIDTH.get(c) or (WIDE if c >= "\u1100" else NARROW) for c in text) * size / 1000


def folded(text: str, room: float, size: float) -> list[str]:
    """Return text in lines none of which is wider than `room`, where its words allow; a longer word is broken.

    Parameters
    ----------
    text : str
        The text; ``<br>`` counts as a space.
    room : float
        The width of a line.
    size : float
        The size of the type, in the same unit.

    Examples
    --------
    >>> folded("treaty on a union", 60, 10)
    ['treaty on a', 'union']
    """
    lines = [""]
    for word in text.replace("<br>", " ").split():
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size) <= room:
            lines[-1] = longer
            continue
        lines += [] if lines == [""] else [""]
        while width(word, size) > room and len(word) > 1:
            fits = max((n for n in range(1, len(word)) if width(word[:n], size) <= room), default=1)
            lines[-1:] = [word[:fits], ""]
            word = word[fits:]
        lines[-1] = word
    return lines
