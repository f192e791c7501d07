"""``python -m claimbook``: the command line of :mod:`claimbook.cli`."""

from claimbook.process import command

if __name__ == "__main__":
    raise SystemExit(command())
