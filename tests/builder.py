"""Builds books by request, each in a process forked from this one, which has imported what every build imports.

A request is a line of JSON on standard input: the folder of the book, the environment, and the files for what the build
says. The answer is its exit code.
"""

import json
import os
import sys
from importlib import import_module

IMPORTED = (
    *("claimbook.site.build", "claimbook.site.execute", "claimbook.site.finish", "claimbook.site.renderers"),
    *("jupyter_book.sphinx", "myst_nb.sphinx_ext", "sphinx.builders.html", "sphinx_book_theme", "sphinxcontrib.bibtex"),
    *("sphinx_external_toc", "sphinx_togglebutton", "sphinx_copybutton", "sphinx_design", "sphinx_comments"),
)


def build(book, environment, out, err):
    """Be the build of a book, and end with it."""
    for name, stream in ((os.devnull, 0), (out, 1), (err, 2)):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT), stream)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(book)
    code = 1
    try:
        code = sys.modules["claimbook.site.build"].main([])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main():
    for name in IMPORTED:
        import_module(name)
    for line in sys.stdin:
        if not (child := os.fork()):
            build(*json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


# Processes that a build forks import this file again.
if __name__ == "__main__":
    main()
