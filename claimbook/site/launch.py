"""The ways from a page to its repository: to its running notebook on Binder, to the forms in which to answer.

Where no repository is known, as in a copy that was handed on, the page says what to do without.
"""

from pathlib import Path
from urllib.parse import quote, urlsplit

import yaml
from docutils import nodes

from claimbook.model.settings import Settings

TRY = "Try:"
"""How the paragraph of a chapter begins that says what to change and run again."""

AT_HOME = ("chapters/use/data", "run-the-chapters")  # page and place that say how to run the chapters without Binder


FORMS = ".github/ISSUE_TEMPLATE"
"""Folder of the forms for issues, each a file with its name and what it asks for, as GitHub reads them."""

ASKED = ("input", "dropdown", "textarea")
"""The parts of a form that ask for something; the others explain, or want a word given."""

NO_FORM = (
    "This copy of the book names no repository, so the form cannot be linked. Send what it asks for to whoever gave "
    "you the copy: "
)


def repository(config, settings=None):
    """Return address and branch of the book's repository; both empty where no address is known.

    Parameters
    ----------
    config : dict
        The theme's options, into which Jupyter Book writes ``repository`` of ``_config.yml``.
    settings : Settings, optional
        What goes before the configuration; default: what the environment says.

    Raises
    ------
    ValueError
        If the address is none of a repository on the web.
    """
    settings = settings or Settings.read()
    url = (settings.repository or config.get("repository_url") or "").removesuffix("/")
    if not url:
        return "", ""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.netloc or len(parts.path.strip("/").split("/")) < 2:
        raise ValueError(f"repository: {url}: must be like https://HOST/OWNER/NAME")
    return url.removesuffix(".git"), settings.branch or config.get("repository_branch") or "main"


def binder(url, branch, notebook):
    """Return the address at which Binder opens a notebook of a repository in JupyterLab.

    Parameters
    ----------
    url, branch : str
        The repository, as :func:`repository` gives it.
    notebook : str
        Path of the notebook in the repository.
    """
    parts = urlsplit(url)
    where = f"gh/{quote(parts.path.strip('/'))}" if parts.netloc == "github.com" else f"git/{quote(url, safe='')}"
    return f"https://mybinder.org/v2/{where}/{quote(branch, safe='')}?urlpath=lab/tree/{quote(notebook)}"


def add_launch(app, doctree, docname):
    """Let the paragraph on what to try end with the way to do it."""
    source = app.env.doc2path(docname, base=False)
    for paragraph in list(doctree.findall(nodes.paragraph)):
        first = next((child for child in paragraph if child.astext()), None)  # MyST begins with an empty text
        if not isinstance(first, nodes.strong) or first.astext() != TRY or not str(source).endswith(".ipynb"):
            continue
        paragraph["classes"].append("cb-try")
        paragraph += nodes.Text(" ")
        paragraph += launch(app, docname, source)


def launch(app, docname, source):
    """Return the link to Binder, or where no repository is known the command that runs the chapter at home."""
    url, branch = repository(app.config.html_theme_options)
    if url:
        address = binder(url, branch, str(source))
        return [nodes.reference("", "Open in Binder", refuri=address, internal=False, classes=["cb-launch"])]
    page, place = AT_HOME
    command = nodes.literal("", "make lab")
    if page in app.env.found_docs and app.builder.format == "html":
        target = f"{app.builder.get_relative_uri(docname, page)}#{place}"
        command = nodes.reference("", "", command, refuri=target, internal=True)
    return [nodes.inline("", "Run it with ", command, nodes.Text("."), classes=["cb-launch"])]


def forms(source):
    """Return the forms for issues of the book in the folder `source`.

    Returns
    -------
    dict of str to tuple of (str, list of str)
        Per name of a form: its file, and the labels of what it asks for.
    """
    found = {}
    for path in sorted(Path(source, FORMS).glob("*.yml")):
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "body" in form:  # the other file says which forms there are
            asked = [part["attributes"]["label"] for part in form["body"] if part["type"] in ASKED]
            found[form["name"]] = path.name, asked
    return found


def form_address(url, file):
    """Return the address of a form in the repository at `url`; of other hosts than GitHub, that of its issues."""
    return f"{url}/issues/new?template={quote(file)}" if urlsplit(url).netloc == "github.com" else f"{url}/issues"


def add_forms(app, doctree, docname):
    """Link each form that a page names in italics; where no repository is known, say once what it asks for."""
    known = forms(app.srcdir)
    url, _ = repository(app.config.html_theme_options)
    said = set()
    for words in list(doctree.findall(nodes.emphasis)):
        name = words.astext()
        if name not in known:
            continue
        file, asked = known[name]
        if url:
            link = nodes.reference("", "", refuri=form_address(url, file), internal=False)
            words.replace_self(link)
            link += words
        elif name not in said:
            said.add(name)
            words.parent += [nodes.Text(f" {NO_FORM}"), nodes.inline("", "; ".join(asked), classes=["cb-asked"])]
            words.parent += nodes.Text(".")
