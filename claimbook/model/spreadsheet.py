"""Cells that no spreadsheet can run."""


def neutral(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula; numbers stay.

    Examples
    --------
    >>> neutral("=1+1"), neutral("-5")
    ("'=1+1", '-5')
    """
    if not text.startswith(("=", "+", "-", "@", "\t", "\r")):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text
