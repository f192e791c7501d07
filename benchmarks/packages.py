"""What packages an environment has, what each weighs, and which of them need which."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

MB = 2**20
WEIGH = """
import json
from importlib import metadata
found = []
for package in metadata.distributions():
    sizes = {str(f.locate()): f.locate().stat().st_size for f in package.files or [] if f.locate().is_file()}
    code = sum(size for name, size in sizes.items() if name.endswith(".pyc"))
    found.append([package.name, package.version, sum(sizes.values()), code, package.requires or []])
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Package:
    """An installed package: its version, the bytes of its files, those of byte code among them, its requirements."""

    version: str
    size: int
    byte_code: int
    requires: list


def make_environment(folder: Path, python: str = "python3") -> Path:
    """Make an empty environment and return its interpreter."""
    subprocess.run([python, "-m", "venv", folder], check=True)
    return folder / "bin" / "python"


def output(command: list, **options) -> str:
    """Run a command and return what it prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def installed(python: Path) -> dict[str, Package]:
    """Return what the environment of an interpreter has, by its normal name."""
    found = json.loads(output([python, "-I", "-c", WEIGH]))
    return {canonicalize_name(name): Package(*facts) for name, *facts in found}


def needed(direct: list[str], packages: dict[str, Package]) -> dict[str, set[str]]:
    """Return every installed package that the direct requirements need, themselves included, with what needs it."""
    todo, extras, by = [(Requirement(line), "") for line in direct], {}, {}
    while todo:
        requirement, user = todo.pop()
        name = canonicalize_name(requirement.name)
        if name not in packages:
            continue
        by.setdefault(name, set()).update({user} - {""})
        asked = requirement.extras | {""}
        if asked <= extras.get(name, set()):
            continue
        extras[name] = extras.get(name, set()) | asked
        for line in packages[name].requires:
            wanted = Requirement(line)
            if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in extras[name]):
                todo.append((wanted, name))
    return by


def disk(folder: Path) -> float:
    """Return the blocks that a folder takes up on disk, in MB."""
    return round(sum(p.lstat().st_blocks * 512 for p in folder.rglob("*")) / MB, 1)
