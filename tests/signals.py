"""Commands that a test interrupts, and how signals reach them, whoever started the tests."""

import sys

START = (
    "import os, signal, sys\n"
    "for number in (signal.SIGINT, signal.SIGTERM):\n"
    "    signal.signal(number, signal.{})\n"
    "os.execv(sys.argv[1], sys.argv[1:])\n"
)


def heeding(*command) -> list[str]:
    """Return a command that signals end, also where they are ignored here, as in the background of some shells."""
    return [sys.executable, "-c", START.format("SIG_DFL"), *map(str, command)]


def ignoring(*command) -> list[str]:
    """Return a command that is started with signals ignored, as by ``nohup``."""
    return [sys.executable, "-c", START.format("SIG_IGN"), *map(str, command)]
