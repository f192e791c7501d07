"""Small blocks in the colour of a verdict: what strips and trees are drawn of, in a page as in a notebook."""

from claimbook.model.decimals import count
from claimbook.view import palette
from claimbook.view.markup import Html, el, join

EDGES = {"not_established": "1px dashed", "not_checkable": "1px dotted", "contradicted": "3px solid"}
"""The edges of the blocks that do not have a plain one: without colours they alone tell the verdicts apart."""

HOLLOW = ("not_established", "not_checkable")


def block(verdict: str, size: str) -> Html:
    """Draw an empty block in the look of a verdict; `size` is what its style says of its size."""
    token, light = palette.css(palette.VERDICT_COLOURS[verdict])[0], palette.VERDICT_COLOURS[verdict]
    colour = token.replace(")", f",{light})")  # a notebook has no tokens
    ground = "" if verdict in HOLLOW else f";background:{colour}"
    edge = EDGES.get(verdict, "1px solid")
    return el("i", style=f"{size};box-sizing:border-box;border:{edge} {colour}{ground}")


def marks(found: dict[str, int]) -> Html:
    """Draw a block for each claim, by verdict; who does not see them is told in words."""
    size = "display:inline-block;width:.62em;height:.62em;margin:0 2px 0 0"
    drawn = [block(verdict, size) for verdict, n in found.items() for _ in range(n)]
    return el("span", drawn, role="img", aria_label=told(found), title=told(found), class_="cb-marks")


def told(found: dict[str, int]) -> str:
    """Say in words of how many claims each verdict is: "2 supported, 1 disputed".

    Examples
    --------
    >>> told({"supported": 2, "disputed": 0, "contradicted": 1})
    '2 supported, 1 contradicted'
    """
    return ", ".join(f"{n} {palette.VERDICTS[verdict]}" for verdict, n in found.items() if n)


def key(found: dict[str, int]) -> Html:
    """List the verdicts that occur, each with its block and the number of its claims."""
    size = "display:inline-block;width:.8em;height:.8em;margin:0 .35em 0 0"
    items = [
        el("span", block(verdict, size), f"{palette.VERDICTS[verdict]} {n}", style="margin-right:1.1em")
        for verdict, n in found.items()
        if n
    ]
    return el("p", join(items, " "), class_="cb-quiet", title=count(sum(found.values()), "claim"))
