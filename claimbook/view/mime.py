"""The MIME types that chapters emit and the book renders, with the shape of their JSON.

This is the one thing that charts and controls on the one side and the page renderers in
:mod:`claimbook.site` on the other both know. Beside them, ``text/html`` and ``text/plain`` hold all words and tables
for what knows neither, such as nbconvert; no page shows these.

Chart (:data:`CHART`)
    A Plotly figure as JSON. What the page needs beside it travels in ``layout.meta["claimbook"]``:
    ``id`` (stable anchor, lower case with hyphens), ``title`` (the finding, one sentence), ``caption``
    (what is shown, with n), ``alt`` (text alternative that states the finding), ``source`` (plain text),
    ``columns`` (list of str) and ``rows`` (list of lists of str, int, float or None: the data table); ``adopted`` is
    true of a figure that was made with Plotly, which need not be one that can be drawn as a picture. A figure may have
    ``links``, a list of ``{"href", "label", "x0", "x1", "y0", "y1"}`` in its own coordinates, and ``narrow``, another
    figure of Plotly (``data``, ``layout``, ``links``) that stands for it on narrow pages.
    ``layout.title.text`` repeats the finding for JupyterLab; the page shows it as text instead. A figure of Plotly
    alone has none of this: the page draws it as it is, and the build says what it lacks.

Facet filter (:data:`FACETS`)
    ``id``, ``label``, ``noun`` (plural, "claims"), ``facets``: list of ``{"name", "label", "options": [[value,
    label], …]}``, ``rows``: list of ``{"id", "facets": {name: [value, …]}, "html"}``, ``columns``: list of
    ``[value, heading]``, empty where the rows are one list; otherwise each row's ``column`` says under which heading
    it stands. ``first``: how many rows of each column or fold are shown before anything is chosen, None for all.
    ``briefs``: per fold the HTML that stands there for its rows before anything is chosen. ``folds``:
    from an anchor to a heading, empty where no row is folded; a row with a ``fold`` lies folded under it, together with
    its neighbours of the same fold. A row is shown when, for each facet with a choice, the chosen value is among its
    values, and when its plain text holds every word of the free text (both as :func:`claimbook.view.markup.fold` makes
    them alike).

Choice among precomputed states (:data:`STATES`)
    ``id``, ``label``, ``noun`` (plural), ``note`` (text), ``fields``: list of ``{"name", "label", "options": [[value,
    label], …]}``, the first option of each being the default; ``outcomes``: list of values, in the order of the table's
    columns; ``items``: list of ``{"id", "groups": [row of the table, …], "html"}``; ``left_out`` (words for items that
    a state says nothing of); ``table``: HTML of the default state's table, with a row per group and a column per
    outcome. ``states``: the distinct states, each a string with one character an item, the position of its outcome or
    ``-``; ``of``: the position in ``states`` for every combination of options, the last field changing fastest.

Long form (:data:`LEAVES`)
    ``html``: the short form, which the page shows; ``leaves``: list of ``{"name", "title", "html"}``, each a light page
    beside the page, called ``name``.

One's own copy (:data:`COPY`)
    ``html``: the form of the page; what a notebook shows instead may hold a reader's copy, which no page may.
"""

CHART = "application/vnd.plotly.v1+json"
FACETS = "application/vnd.claimbook.facets+json"
STATES = "application/vnd.claimbook.states+json"
COPY = "application/vnd.claimbook.copy+json"
LEAVES = "application/vnd.claimbook.leaves+json"
META = "claimbook"
FEW = 3
"""Up to so many options of a field are shown side by side, in a kernel and on the page; more go into a list."""
