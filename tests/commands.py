"""Commands of the package, run in this process where no test asks how a process of its own behaves."""

import contextlib
import io

from claimbook.cli import main


def ran(*arguments):
    """Run a command; return its status and all that it says."""
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(list(map(str, arguments)))
    return status, said.buffer.getvalue().decode()
