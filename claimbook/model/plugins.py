"""What a book brings along: the Python files in a folder of its own, such as its checks."""

import traceback
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from claimbook.model.problems import Problem


def modules(folder: Path) -> tuple[dict[str, ModuleType], list[Problem]]:
    """Run every Python file of a folder of a book.

    They stay out of ``sys.modules``: another book has files of the same names.

    Parameters
    ----------
    folder : pathlib.Path
        The folder, such as ``checks``; a book need not have it.

    Returns
    -------
    dict of str to module
        The modules by the name of their file, in alphabetical order, those that cannot be run left out.
    list of Problem
        A problem for each file that cannot be run.
    """
    found, problems = {}, []
    for path in sorted(path for path in folder.glob("*.py") if path.is_file()):
        spec = spec_from_file_location(f"{folder.name}.{path.stem}", path)
        module = module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except (Exception, SystemExit) as error:  # whatever it is, the file is another's and its author wants the place
            problems.append(_problem(path, error))
        else:
            found[path.stem] = module
    return found, problems


def _problem(path: Path, error: BaseException) -> Problem:
    """Tell the line of the file, the statement there, and what Python says of it."""
    file = "/".join(path.parts[-2:])
    if isinstance(error, SyntaxError) and error.filename == str(path):
        value = (error.text or "").strip()
        return Problem(file, error.lineno, "", value, f"must be Python: {error.msg}; mend this line or the one before")
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    line, value = (ours[-1].lineno, ours[-1].line) if ours else (None, "")
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Problem(file, line, "", value, f"must run: {said}; mend the file, or take it out of the folder")
