"""A book of a page or two with its own copy of the package, which a test builds as its owner would, and may change."""

import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import builder as builds
import nbformat
from places import FIXTURES

import claimbook
from claimbook.site.kernels import can_fork

REFERENCES = "@misc{key, title={T}, author={A, B}, year={2020}}\n"


def begin(book, *chapters, lead="The finding"):
    """Write a book to a folder, without the notebooks of its chapters."""
    shutil.copytree(FIXTURES / "small_book", book)
    for name in ("chapters", "data"):
        (book / name).mkdir()
    shutil.copytree(Path(claimbook.__file__).parent, book / "claimbook", ignore=shutil.ignore_patterns("__pycache__"))
    (book / "requirements.txt").write_text("x\n")
    (book / "data" / "references.bib").write_text(REFERENCES)
    (book / "index.md").write_text(f"# Book\n\n{lead} {{cite}}`key`, first. And more.\n\n```{{bibliography}}\n```\n")
    listed = "".join(f"- file: chapters/{name}\n" for name in chapters)
    (book / "_toc.yml").write_text(f"format: jb-book\nroot: index\n{listed and 'chapters:'}\n{listed}")
    return book


def write_notebook(book, name, lead, **cells):
    """Write the notebook of a chapter: its heading with the first words, and code by the ids of the cells."""
    made = [nbformat.v4.new_markdown_cell(lead, id="lead")]
    made += [nbformat.v4.new_code_cell(source, id=cell) for cell, source in cells.items()]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel})
    nbformat.write(notebook, book / "chapters" / f"{name}.ipynb")


def command(book, **variables):
    """Return how to build a book with its own copy of the package."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMBOOK_")}
    environment |= {"PYTHONPATH": str(book), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"} | variables
    return {"args": [sys.executable, "-m", "claimbook.site"], "cwd": book, "env": environment, "encoding": "utf-8"}


def run_apart(book, **variables):
    """Build a book with its own copy of the package."""
    return subprocess.run(**command(book, **variables), capture_output=True, check=False, timeout=300)


@functools.cache
def builder():
    """Start the process that builds are forked from; it ends with this one."""
    source = Path(claimbook.__file__).parents[1]
    environment = command(source, PYTHONHASHSEED="0")["env"]
    arguments = [sys.executable, Path(builds.__file__)]
    return subprocess.Popen(arguments, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def run(book, **variables):
    """Build a book with the package that is tested, which its own copy must equal.

    What a build imports takes it more than half of its time: only the first one of this process waits for that.
    """
    if not can_fork():
        return run_apart(book, **variables)
    how, process = command(book, **variables), builder()
    with tempfile.TemporaryDirectory() as folder:
        said = [Path(folder, name) for name in ("out", "err")]
        environment = how["env"] | {"PYTHONPATH": str(Path(claimbook.__file__).parents[1]), "PYTHONHASHSEED": "0"}
        print(json.dumps([str(book), environment, *map(str, said)]), file=process.stdin, flush=True)
        code = int(process.stdout.readline())
        return subprocess.CompletedProcess(how["args"], code, *(path.read_text(encoding="utf-8") for path in said))


def executed(result):
    """Return the pages whose notebooks a build ran; it must not have failed."""
    assert result.returncode == 0, result.stdout + result.stderr
    return set(re.findall(r"(\S+) … executed", result.stdout))
