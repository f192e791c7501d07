"""Puts the files that a new book takes over into the package; all else that a build needs is in pyproject.toml."""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))

from claimbook.authoring.generic import FILES, PACKED, lies  # noqa: E402  (found by the path above)


class WithFilesOfAnyBook(build_py):
    """Copies them when a wheel is built; an editable package reads them where they lie."""

    def run(self):
        """Build the package, and copy the files into it."""
        super().run()
        for name in () if self.editable_mode else FILES:
            target = Path(self.build_lib, "claimbook", "authoring", PACKED, name)
            self.mkpath(str(target.parent))
            self.copy_file(str(lies(ROOT, name)), str(target))

    def get_source_files(self):
        """Name them for a source distribution as well."""
        return [*super().get_source_files(), *(str(lies(ROOT, name).relative_to(ROOT)) for name in FILES)]


setup(cmdclass={"build_py": WithFilesOfAnyBook})
