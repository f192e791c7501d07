"""What a book brings along: the Python files in a folder of its own, such as its checks."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType


def modules(folder: Path) -> dict[str, ModuleType]:
    """Run every Python file of a folder of a book.

    They stay out of ``sys.modules``: another book has files of the same names.

    Parameters
    ----------
    folder : pathlib.Path
        The folder, such as ``checks``; a book need not have it.

    Returns
    -------
    dict of str to module
        The modules by the name of their file, in alphabetical order.
    """
    found = {}
    for path in sorted(folder.glob("*.py")):
        spec = spec_from_file_location(f"{folder.name}.{path.stem}", path)
        found[path.stem] = module_from_spec(spec)
        spec.loader.exec_module(found[path.stem])
    return found
