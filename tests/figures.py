"""What a chart hands to whoever shows it."""

import json

import pandas as pd

from claimbook.view.mime import CHART, META


def bundle(figure):
    """Return what the notebook emits of a chart, through JSON as on its way to page and JupyterLab."""
    return json.loads(json.dumps(figure._repr_mimebundle_()[0][CHART]))


def block(figure):
    """Return what a chart says of itself: title, words for those who do not see it, and its table."""
    return bundle(figure)["layout"]["meta"][META]


def rows(figure):
    """Return the table of a chart."""
    said = block(figure)
    return pd.DataFrame(said["rows"], columns=said["columns"])
