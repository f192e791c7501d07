"""The compiled requirements and pyproject.toml must agree; nothing that is needed may be left to chance."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from claimbook.model.records import ENGINES

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, SETUPTOOLS = PYPROJECT["project"], PYPROJECT["tool"]["setuptools"]


def pins(name):
    """Return the lines of a compiled file as requirements by package, those for this platform only."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if line and not line.lstrip().startswith("#")]
    return {canonicalize_name(r.name): r for r in found if r.marker is None or r.marker.evaluate()}


def closure(direct):
    """Return every package that the direct requirements need here, by the installed metadata."""
    todo, seen = [Requirement(d) for d in direct], {}
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        extras = requirement.extras | {""}
        if extras <= seen.get(name, set()):
            continue
        seen[name] = seen.get(name, set()) | extras
        for line in metadata.requires(name) or []:
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in seen[name]):
                todo.append(needed)
    return set(seen)


@pytest.mark.parametrize(
    ("name", "direct"),
    [
        ("requirements.txt", PROJECT["dependencies"]),
        ("requirements-test.txt", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]),
    ],
)
def test_compiled_file_is_what_pyproject_asks_for(name, direct):
    pinned = pins(name)
    for line in direct:
        wanted = Requirement(line)
        pin = pinned[canonicalize_name(wanted.name)]
        version = re.fullmatch(r"==(.+)", str(pin.specifier))[1]
        assert wanted.specifier.contains(version), f"{pin} in {name} is not {wanted}"
    assert set(pinned) == closure(direct), f"{name} does not list exactly what its direct requirements need"


def test_installed_versions_are_the_pinned_ones():
    for name, pin in pins("requirements-test.txt").items():
        assert pin.specifier.contains(metadata.version(name)), f"{name} {metadata.version(name)} is not {pin}"


@pytest.mark.parametrize("name", ["requirements-test.txt", "requirements-engines.txt"])
def test_environments_share_the_pins_of_the_reading_one(name):
    wider = pins(name)
    for package, pin in pins("requirements.txt").items():
        assert str(wider[package].specifier) == str(pin.specifier), package


def test_engines_are_extras_that_no_reader_has_to_install():
    extras = PROJECT["optional-dependencies"]
    engines = {canonicalize_name(Requirement(line).name) for e in ENGINES for line in extras.get(e, [])}
    assert engines <= set(pins("requirements-engines.txt"))
    assert not engines & set(pins("requirements.txt"))
    assert set(ENGINES) - {"pandas"} <= set(extras)


def test_the_licence_of_every_pinned_package_is_listed():
    text = (ROOT / "THIRD_PARTY_LICENCES.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([A-Za-z0-9._-]+) \| ([^ ]+) \| (\S.*) \|$", text, re.M)[1:]
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", lines, re.M))
    assert {(name, version) for name, version, _ in listed} == pinned, "run .ci/licences again"


def test_binder_runs_a_supported_python():
    major, minor = re.fullmatch(r"python-(\d+)\.(\d+)\n", (ROOT / "runtime.txt").read_text()).groups()
    assert Requirement(f"x{PROJECT['requires-python']}").specifier.contains(f"{major}.{minor}")


def test_a_package_brings_every_file_that_is_no_module():
    brought = {
        path
        for package, patterns in SETUPTOOLS["package-data"].items()
        for pattern in patterns
        for path in ROOT.joinpath(*package.split(".")).glob(pattern)
    }
    there = {path for path in (ROOT / "claimbook").rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    assert brought == there


def test_every_direct_dependency_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for line in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]:
        assert re.search(rf'"{re.escape(line)}",\s+# \S', text), line
