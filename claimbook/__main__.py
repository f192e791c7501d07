"""``python -m claimbook``, or ``claimbook``: the command line of :mod:`claimbook.cli`."""

from claimbook.process import ended


def main() -> int:
    """Run the command line of this process, and return its exit status."""
    with ended():
        from claimbook import cli

        return cli.main()


if __name__ == "__main__":
    raise SystemExit(main())
