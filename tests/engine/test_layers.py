"""The layers of the package: each imports only from those before it, and keeps nothing for itself."""

import ast
import re
from collections import Counter
from pathlib import Path

import ids_cut
import pytest

import claimbook

PACKAGE = Path(claimbook.__file__).parent
LAYERS = ("model", "analysis", "validation", "view", "exchange", "authoring", "site")
"""In the order in which they may import one another; the command line stands above them all."""
MODULES = {
    ".".join(("claimbook", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
DRAWING = ("plotly", "ipywidgets", "matplotlib")
CACHES = ("cache", "lru_cache", "functools.cache", "functools.lru_cache")


def layer(module):
    """Return the layer of a module; None for what stands above or beside all layers."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in LAYERS else None


def imported(path):
    """Return every module that a file imports, wherever in it that is."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports name their module in full"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_from_its_own_layer_and_those_before_it(module):
    if mine := layer(module):
        later = LAYERS[LAYERS.index(mine) + 1 :]
        beyond = {name for name in imported(MODULES[module]) if name.startswith("claimbook.") and layer(name) in later}
        assert not beyond
        assert not {name for name in imported(MODULES[module]) if name.startswith(("claimbook.cli", "claimbook.proc"))}


@pytest.mark.parametrize("module", [name for name in MODULES if layer(name) in ("model", "analysis", "validation")])
def test_nothing_is_drawn_before_the_view(module):
    assert not {name for name in imported(MODULES[module]) if name.split(".")[0] in DRAWING}


def test_every_module_but_those_that_run_has_a_layer():
    assert {name for name in MODULES if not layer(name)} == {
        "claimbook", "claimbook.__main__", "claimbook.cli", "claimbook.process"
    }  # fmt: skip


def test_no_two_files_have_one_name():
    names = Counter(path.name for path in MODULES.values() if not path.name.startswith("__"))
    assert not {name: number for name, number in names.items() if number > 1}


def test_the_environment_is_read_in_one_place():
    """Elsewhere it may be written: a build sets what its kernels are to find."""
    readers = set()
    for module, path in MODULES.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        stored = [n for n in ast.walk(tree) if isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Store)]
        written = {id(node.value) for node in stored}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv") and id(node) not in written:
                readers.add(module)
    # Of the others one starts Python again, and one gives a forked kernel the environment that an ordinary one has.
    assert readers == {"claimbook.model.settings", "claimbook.site.__main__", "claimbook.site.kernels"}


def test_what_differs_between_systems_is_left_to_libraries():
    users = {module for module, path in MODULES.items() if imported(path) & {"fcntl", "msvcrt", "winreg"}}
    assert not users


def test_ids_are_made_and_cut_in_one_place():
    makers = {module for module, path in MODULES.items() if ids_cut.places(path.read_text(encoding="utf-8"))}
    assert makers == {"claimbook.model.ids"}


def test_a_noun_takes_its_plural_in_one_place():
    made = set()
    for module, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
                    if any(isinstance(part, ast.Constant) and part.value == "s" for part in (one, other)):
                        made.add(module)
    assert made == {"claimbook.model.decimals"}


@pytest.mark.parametrize("module", MODULES)
def test_no_module_keeps_what_it_computed(module):
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        for decorator in getattr(node, "decorator_list", ()):
            name = ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)
            assert name not in CACHES, f"{module}.{node.name}"


@pytest.mark.parametrize("module", sorted(MODULES.keys() - {"claimbook.view.markup"}))
def test_html_is_built_of_elements_or_by_a_template(module):
    """Spliced by hand, a value that nobody escaped becomes markup; the line breaks in texts of Plotly are no HTML."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        match node:
            case ast.JoinedStr(values=values):
                texts = [part.value for part in values if isinstance(part, ast.Constant)]
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format")):
                texts = [text]
            case _:
                continue
        assert not re.search(r"</?(?!br>)[a-z]", "".join(texts)), f"{module}:{node.lineno}"


def test_the_command_is_three_statements():
    tree = ast.parse((PACKAGE / "__main__.py").read_text(encoding="utf-8"))
    assert sum(isinstance(node, ast.stmt) for node in ast.walk(tree)) <= 6
