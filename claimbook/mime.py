"""The MIME types that chapters emit and the book renders, with the shape of their JSON.

This is the one thing that charts and controls on the one side and the page renderers in
:mod:`claimbook.site` on the other both know.

Chart (:data:`CHART`)
    A Plotly figure as JSON. What the page needs beside it travels in ``layout.meta["claimbook"]``:
    ``id`` (stable anchor, lower case with hyphens), ``title`` (the finding, one sentence), ``caption``
    (what is shown, with n), ``alt`` (text alternative that states the finding), ``source`` (plain text),
    ``columns`` (list of str) and ``rows`` (list of lists of str, int, float or None: the data table).
    ``layout.title.text`` repeats the finding for JupyterLab; the page shows it as text instead.

Facet filter (:data:`FACETS`)
    ``id``, ``label``, ``noun`` (plural, "claims"), ``facets``: list of ``{"name", "label", "options": [[value,
    label], …]}``, ``rows``: list of ``{"id", "facets": {name: [value, …]}, "html"}``. A row is shown when, for each
    facet with a choice, the chosen value is among its values, and when its plain text holds every word of the free
    text (case-folded, white space collapsed).
"""

CHART = "application/vnd.plotly.v1+json"
FACETS = "application/vnd.claimbook.facets+json"
META = "claimbook"
