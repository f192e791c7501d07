"""Beginning a book of one's own: a core schema with empty tables, the chapters that hold for any book, configuration.

What this repository's book has of its own is left out (:mod:`.generic`). The new book builds as it is and grows with
each text that is added.
"""

import json
import re
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path

from claimbook.authoring import generic, transaction
from claimbook.model import bibliography
from claimbook.model.cells import Cells
from claimbook.model.letters import slug
from claimbook.model.schema import CELL_RULES
from claimbook.validation.columns import CONTRACT

LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution-ShareAlike 4.0 International",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "CC-BY-NC-4.0": (
        "Creative Commons Attribution-NonCommercial 4.0 International",
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    "CC0-1.0": ("Creative Commons Zero 1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
"""Licences of a ledger by name, with title and address; any other is written into the data package by hand."""

TEMPLATES = resources.files("claimbook") / "authoring" / "book"
"""The files that only a new book has; in them ``{title}`` and the like stand for what is said of it."""

PARTS = {"Across the texts": "chapters/record/", "About": "chapters/use/"}
TEXTS = "The texts"
VERSION = "0.1.0"
"""Of a book that has released nothing yet."""

FIRST = "chapters/use/add-a-text.ipynb"
"""Keeps the place of the texts until there is one: a list of the contents must not be empty."""


@dataclass(frozen=True)
class Options:
    """What is said of a new book.

    Attributes
    ----------
    title : str
        Its title.
    subject : str
        What its texts are about, as words that follow "texts": "on the weather".
    organisation : str
        Who makes it and is credited.
    organisation_url : str
        Its address, for reviews of claims that search engines read; "" where it has none.
    coder : str
        Who coded texts and evidence, as pages and exports say it.
    licence : str
        One of :data:`LICENCES`.
    """

    title: str
    subject: str = ""
    organisation: str = ""
    organisation_url: str = ""
    coder: str = "not stated"
    licence: str = "CC-BY-4.0"

    @property
    def makers(self) -> str:
        """Who is credited; where nobody is named, the makers of the book."""
        return self.organisation or f"the makers of {self.title}"


def begin(folder: Path, options: Options) -> list[Path]:
    """Write a new book to a folder, whole or not at all.

    Parameters
    ----------
    folder : pathlib.Path
        Where it goes; it must be new, or empty but for hidden files such as those of git.
    options : Options
        What is said of it.

    Returns
    -------
    list of pathlib.Path
        The files, in alphabetical order.

    Raises
    ------
    OSError
        If a file cannot be written.
    ValueError
        If the folder holds something, or an option breaks a rule; nothing is written.
    """
    files = contents(options)
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder}: must be a folder, and is a file")
    taken = {path.name for path in folder.glob("*")} if folder.is_dir() else set()
    taken = {name for name in taken if not name.startswith(".")} | (taken & {name.split("/")[0] for name in files})
    if taken:
        raise ValueError(f"{folder}: {', '.join(sorted(taken))}: must be a new or empty folder, so nothing is lost")
    folder.mkdir(parents=True, exist_ok=True)
    with transaction.locked(folder):
        transaction.apply(folder, {folder / name: words.encode() for name, words in files.items()})
    return sorted(folder / name for name in files)


def contents(options: Options) -> dict[str, str]:
    """Return the files of a new book by their paths.

    Raises
    ------
    ValueError
        If an option breaks a rule; the message names each, its value and the rule.
    """
    _check(options)
    package = core(json.loads(generic.read(generic.SCHEMA)), options)
    files = {name: taken_over(name) for name in generic.FILES}
    files["_config.yml"] = _configured(files["_config.yml"], options)
    files["_toc.yml"] = _listed()
    files[generic.SCHEMA] = f"{json.dumps(package, ensure_ascii=False, indent=2)}\n"
    for resource in package["resources"]:
        columns = {field["name"]: [] for field in resource["schema"]["fields"]}
        files[f"data/{resource['path']}"] = Cells(resource["path"], columns, []).written().decode()
    files[f"data/{bibliography.FILE}"] = "% Every publication that the evidence rests on, in the order of its keys.\n"
    licence = package["licenses"][0]
    said = asdict(options) | {
        "organisation": options.makers,
        "licence": f"[{licence['title']}]({licence['path']})",
        "about": _quoted(options.subject),
        "texts": " ".join(filter(None, ["published texts", options.subject])),
    }
    for template in TEMPLATES.iterdir():
        words = template.read_text(encoding="utf-8")
        files[template.name.replace("dot.", ".")] = re.sub(r"\{\{(\w+)\}\}", lambda match: said[match[1]], words)
    return files


def core(package: dict, options: Options) -> dict:
    """Return the data package of a new book: the tables that every book has, described as they are in another's."""
    title, path = LICENCES[options.licence]
    licences = [{"name": options.licence, "title": title, "path": path}]
    address = {"path": options.organisation_url} if options.organisation_url else {}
    kept = []
    for resource in package["resources"]:
        if resource["name"] in CONTRACT:
            fields = [field for field in resource["schema"]["fields"] if generic.OWN not in field]
            made = resource | {"schema": resource["schema"] | {"fields": fields}, "licenses": licences}
            made.pop("chapter", None)
            kept.append(made)
    return {
        "$schema": package["$schema"],
        "name": slug(options.title) or "ledger",
        "title": f"{options.title}: the ledger",
        "description": f"Claims of {' '.join(filter(None, ['published texts', options.subject]))}, coded by sentence: "
        "what is claimed, on whose authority, and what evidence there is. The texts themselves are not included; "
        "passages are given by position.",
        "version": VERSION,
        "licenses": licences,
        "keywords": ["source criticism", "fact-checking", "claims"],
        "contributors": [{"title": options.makers, **address, "roles": ["author"]}],
        "coder": options.coder,
        "resources": kept,
    }


def taken_over(name: str) -> str:
    """Return one of the files that hold for any book, without what is of one book alone."""
    words = generic.read(name)
    if name.endswith(".ipynb"):
        notebook = json.loads(words)
        cells = [cell for cell in notebook["cells"] if generic.OWN not in cell["metadata"].get("tags", ())]
        for cell in cells:
            # What a list of the code gives by the id of an event is of one book as well.
            cell["source"] = [line for line in cell["source"] if not re.match(r'\s+"ev-', line)]
        if name == generic.EVENTS:
            cells[0]["source"] = [re.sub(r"\A# .*", "# Events", cells[0]["source"][0]), *cells[0]["source"][1:]]
        return f"{json.dumps(notebook | {'cells': cells}, ensure_ascii=False, indent=1)}\n"
    if name.endswith(".md"):
        own = rf"^\.\. {generic.OWN}\n.*?^\.\. {generic.ANY}\n\n"
        return re.sub(own, "", words, flags=re.MULTILINE | re.DOTALL)
    return words


def _check(options: Options) -> None:
    problems = []
    for option, value in asdict(options).items():
        problems += [
            f"--{option.replace('_', '-')}: {value}: {rule}" for form, rule in CELL_RULES if form.search(value)
        ]
    if not options.title.strip():
        problems.append("--title: : must be given")
    if options.organisation_url and not bibliography.is_web_address(options.organisation_url):
        rule = "must be an http(s) address with a host"
        problems.append(f"--organisation-url: {options.organisation_url}: {rule}")
    if options.licence not in LICENCES:
        rule = f"must be one of: {', '.join(LICENCES)}; another is written into data/datapackage.json afterwards"
        problems.append(f"--licence: {options.licence}: {rule}")
    if problems:
        raise ValueError("\n".join(problems))


def _configured(config: str, options: Options) -> str:
    """Return ``_config.yml`` with the title and the maker of the new book and without old addresses of another."""
    for key, value in (("title", options.title), ("author", options.makers)):
        line = f"{key}: {_quoted(value)}"
        config = re.sub(rf"^{key}: .*$", lambda _, line=line: line, config, flags=re.MULTILINE)
    return re.sub(r"^( +)claimbook_moved:.*\n(?:\1 +.*\n)*", "", config, flags=re.MULTILINE)


def _quoted(words: str) -> str:
    """Return words as JSON has them, which YAML and Python read alike."""
    return json.dumps(words, ensure_ascii=False)


def _listed() -> str:
    """Return ``_toc.yml``: the chapters that hold for any book, and room for the texts before them."""
    chapters = [name for name in generic.FILES if name.startswith("chapters/")]
    parts = {TEXTS: [FIRST]}
    parts |= {
        caption: [c for c in chapters if c.startswith(folder) and c != FIRST] for caption, folder in PARTS.items()
    }
    lines = ["format: jb-book", "root: index", "parts:"]
    for caption, listed in parts.items():
        lines += [f"  - caption: {caption}", "    chapters:"]
        lines += [f"      - file: {name.rpartition('.')[0]}" for name in listed]
    return "\n".join([*lines, ""])
