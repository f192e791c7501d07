"""``python -m claimbook``: the command line of :mod:`claimbook.cli`."""

from claimbook.process import ended

if __name__ == "__main__":
    with ended():
        from claimbook.cli import main

        raise SystemExit(main())
