"""The examples in docstrings are what their functions give."""

import doctest
import importlib

from test_layers import MODULES


def test_the_examples_in_docstrings_are_true():
    modules = [module for module in MODULES if not module.endswith("__main__")]
    found = [doctest.testmod(importlib.import_module(module)) for module in modules]
    assert sum(result.attempted for result in found) > 20
    assert sum(result.failed for result in found) == 0
