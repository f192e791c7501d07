"""How a command ends: on Ctrl-C, on a request to end, and where the reader of its output has gone."""

import contextlib
import os
import signal
import sys


@contextlib.contextmanager
def ended():
    """Let what runs inside, its imports included, end without a traceback and with nothing half-written."""

    def stop(number, frame):
        os.write(2, b"claimbook: interrupted\n")
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, stop)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # nohup and & have it ignored
        signal.signal(signal.SIGINT, stop)
    try:
        yield
    except BrokenPipeError:  # the reader, such as head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def command() -> int:
    """Run the command line of this process, from its imports on, and return its exit status."""
    with ended():
        from claimbook.cli import main

        return main()
