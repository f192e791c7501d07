"""What the process that kernels are forked from does once: import what notebooks import, read and resolve the ledger.

A notebook that calls ``ledger.load()`` is handed that ledger instead of reading it again. It is handed on once: who
loads a second time, from elsewhere or in another way gets a ledger read anew, as in an ordinary kernel.
"""

import contextlib
import gc
import pkgutil
from functools import wraps
from importlib import import_module

from claimbook import view
from claimbook.analysis import care
from claimbook.model import ledger
from claimbook.view.assessments import Assessments

STACK = ("ipykernel.kernelapp", "ipywidgets", "plotly.express", "plotly.graph_objects", "plotly.io")


def hand_on(book: ledger.Ledger) -> None:
    """Let the first plain call of ``ledger.load`` in this process return `book`."""
    read, waiting = ledger.load, [book]

    @wraps(read)
    def load(directory=None, *args, **options):
        if waiting and not args and not options and (directory or ledger.data_dir()) == book.directory:
            return waiting.pop()
        return read(directory, *args, **options)

    ledger.load = load


for name in (*STACK, *(f"{view.__name__}.{module.name}" for module in pkgutil.iter_modules(view.__path__))):
    import_module(name)
# A book need not have a ledger, and where something is wrong with it, the notebook that loads it says so in its place.
with contextlib.suppress(Exception):
    whole = ledger.load()
    Assessments(whole)
    care.claims_about(whole)
    hand_on(whole)
gc.collect()
gc.freeze()  # a collection would touch, and so copy, all memory that kernels share
