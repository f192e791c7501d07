"""Licences and sources as the data package gives them: at least one of name, title and address is there."""


def called(thing: dict) -> str:
    """Return the short name of a licence or source."""
    return thing.get("name") or thing.get("title") or thing["path"]


def titled(thing: dict) -> str:
    """Return the title of a licence or source."""
    return thing.get("title") or called(thing)


def addressed(thing: dict) -> str:
    """Return the title of a licence or source, with its address where it has one."""
    return f"{titled(thing)} ({thing['path']})" if thing.get("path") else titled(thing)


def identifier(licence: dict) -> str:
    """Return what a licence is identified by among others: its address, or a local name where it has none."""
    return licence.get("path") or f"#{'-'.join(called(licence).lower().split())}"
