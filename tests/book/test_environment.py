"""The compiled requirements and pyproject.toml must agree; nothing that is needed may be left to chance."""

import re
import shutil
import subprocess
import tomllib
from importlib import metadata

import pytest
import schemas
import yaml
from files import contents
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from places import FIXTURES, ROOT

from claimbook.cli import main
from claimbook.model.records import ENGINES

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
        if path.is_file()
    }
    there = {path for path in (ROOT / "claimbook").rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    assert brought == there


def test_every_direct_dependency_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for line in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]:
        assert re.search(rf'"{re.escape(line)}",\s+# \S', text), line


def test_what_is_said_to_be_installed_leaves_the_editable_install_in_place():
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    told = {}
    for file in filter(None, files):
        if file.startswith(("tests/", "benchmarks/results/")):
            continue
        text = (ROOT / file).read_bytes().decode("utf-8", "ignore").replace('\\"', '"')
        for found in re.findall(r"pip install[^`\n]*\[[\w{}]+\]\S*", text):
            told.setdefault(found, []).append(file)
    plain = re.compile(r'pip install -e "\.\[[\w{}]+\]"\W*')
    assert {found: files for found, files in told.items() if not plain.fullmatch(found)} == {}
    assert {"CONTRIBUTING.md", "claimbook/model/records.py", "chapters/use/scale.ipynb"} <= {
        f for files in told.values() for f in files
    }


def run(*command, cwd):
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_clone_with_the_line_ends_of_windows_validates_and_exports_the_same_bytes(folder, texts, tmp_path, capsys):
    book = tmp_path / "book"
    shutil.copytree(folder.path, book / "data")
    shutil.copytree(folder.path.parent / "checks", book / "checks")
    shutil.copytree(texts, book / "texts")
    windows = (texts / "birch-2031.txt").read_bytes().replace(b"\n", b"\r\n")
    (book / "texts" / "of-windows.txt").write_bytes(windows)
    shutil.copyfile(ROOT / ".gitattributes", book / ".gitattributes")
    run("git", "init", "-q", cwd=book)
    run("git", "add", ".", cwd=book)
    run("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "a", cwd=book)
    run("git", "clone", "-q", "-c", "core.autocrlf=true", book, tmp_path / "clone", cwd=tmp_path)
    here, there = contents(book), contents(tmp_path / "clone")
    assert {k: v for k, v in there.items() if k[:4] != ".git"} == {k: v for k, v in here.items() if k[:4] != ".git"}
    for place in (book, tmp_path / "clone"):
        assert main(["validate", "--data", str(place / "data"), "--texts", str(place / "texts")]) == 0
        assert main(["export", str(tmp_path / place.name / "out"), "--data", str(place / "data"), "--all"]) == 0
    assert contents(book / "out") == contents(tmp_path / "clone" / "out")


def test_the_small_book_of_the_tests_is_built_by_the_settings_of_this_book():
    own, small = (
        yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8"))
        for folder in (ROOT, FIXTURES / "small_book")
    )
    del own["sphinx"]["config"]["claimbook_moved"]  # the small book has no old addresses
    assert small == own | {key: small[key] for key in ("title", "author")}


def test_the_page_for_contributors_says_what_positions_count():
    flat = " ".join((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split())
    assert [words for words in schemas.POSITIONS if words not in flat] == []
