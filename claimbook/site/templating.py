"""HTML from the templates of this folder: values are data, so what is not marked as HTML is escaped."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def render(template, /, **values):
    """Return the HTML that a template makes of `values`, with the line end of its last line."""
    return ENVIRONMENT.get_template(template).render(values)


def part(name, *values):
    """Return the HTML that the macro `name` of ``parts.html`` makes of `values`, without a line end after it."""
    return getattr(ENVIRONMENT.get_template("parts.html").module, name)(*values)
