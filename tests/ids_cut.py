"""Where Python puts an id of the ledger together, or takes one apart."""

import ast
import re

CUTTING = {"split", "rsplit", "partition", "rpartition", "removeprefix", "removesuffix", "extract", "replace"}
AT = re.compile(r"^-[ceskmqxp]?$|\[\^-\]|[(]-[ceskmqxp]?\\d|^\^?ev-")
"""What an id is cut at: a hyphen, with the letter of a sort of row behind it."""
PART = re.compile(r"-[ceskmqxp][0-9]*$")
"""What an id is put together with."""


def places(source: str) -> list[int]:
    """Return the lines of a file that cut an id, or make one, without :mod:`claimbook.model.ids`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr="replace"), args=[_, ast.Constant(value=" ")]):
                continue  # an id written as words
            case ast.Call(func=ast.Attribute(attr=name), args=[ast.Constant(value=str(at)), *_]) if name in CUTTING:
                if AT.search(at):
                    found.append(node.lineno)
            case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(part)), *_]) if PART.search(part):
                found.append(node.lineno)
    return found
