"""The way from a page to its running notebook: a link to Binder, or how to run it at home."""

import os
from urllib.parse import quote, urlsplit

from docutils import nodes

TRY = "Try:"
"""How the paragraph of a chapter begins that says what to change and run again."""

AT_HOME = ("chapters/data", "run-the-chapters")  # page and place that say how to run the chapters without Binder


def repository(config, environ=os.environ):
    """Return address and branch of the book's repository; both empty where no address is known.

    Parameters
    ----------
    config : dict
        The theme's options, into which Jupyter Book writes ``repository`` of ``_config.yml``.
    environ : mapping of str to str, optional
        Where ``CLAIMBOOK_REPOSITORY`` and ``CLAIMBOOK_BRANCH`` go before the configuration: a fork that publishes its
        own book needs to change no file.

    Raises
    ------
    ValueError
        If the address is none of a repository on the web.
    """
    url = (environ.get("CLAIMBOOK_REPOSITORY") or config.get("repository_url") or "").removesuffix("/")
    if not url:
        return "", ""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.netloc or len(parts.path.strip("/").split("/")) < 2:
        raise ValueError(f"repository: {url}: must be like https://HOST/OWNER/NAME")
    return url.removesuffix(".git"), environ.get("CLAIMBOOK_BRANCH") or config.get("repository_branch") or "main"


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
