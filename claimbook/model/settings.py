"""Settings: what the environment says about a book. Nothing else reads it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DATA, TEXTS, BASE_URL = "CLAIMBOOK_DATA", "CLAIMBOOK_TEXTS", "CLAIMBOOK_BASEURL"
REPOSITORY, BRANCH = "CLAIMBOOK_REPOSITORY", "CLAIMBOOK_BRANCH"
EXPORT = "CLAIMBOOK_EXPORT"


@dataclass(frozen=True)
class Settings:
    """What is set for a book from outside; a variable that is empty is not set.

    Attributes
    ----------
    data : pathlib.Path or None
        The data folder (``CLAIMBOOK_DATA``), in place of the one found from the working directory upward.
    texts : pathlib.Path or None
        Folder of the reader's own copies of the texts (``CLAIMBOOK_TEXTS``).
    base_url : str
        Address at which the book is published (``CLAIMBOOK_BASEURL``), before that of ``_config.yml``.
    repository, branch : str
        Where the book's repository is on the web (``CLAIMBOOK_REPOSITORY``, ``CLAIMBOOK_BRANCH``), before
        ``_config.yml``: a fork that publishes its own book needs to change no file.
    export : pathlib.Path or None
        A whole export of the data folder (``CLAIMBOOK_EXPORT``), which a build makes once for all that show it.
    """

    data: Path | None = None
    texts: Path | None = None
    base_url: str = ""
    repository: str = ""
    branch: str = ""
    export: Path | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings.

        Parameters
        ----------
        environment : mapping of str to str, optional
            Default: that of the process.
        """
        given = os.environ if environment is None else environment
        data, texts, export = (Path(given[name]) if given.get(name) else None for name in (DATA, TEXTS, EXPORT))
        return cls(data, texts, *(given.get(name, "") for name in (BASE_URL, REPOSITORY, BRANCH)), export)
