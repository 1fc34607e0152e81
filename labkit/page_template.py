"""Templates of pages: escaped, strict about what is missing, without blank lines where a statement stood."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Template


def page_template(room: str, name: str, **filters: Callable[..., Any]) -> Template:
    """Return a template of a room.

    Parameters
    ----------
    room : str
        Package that holds the folder ``templates``, e.g. ``"labkit.reports"``.
    name : str
        File in that folder.
    **filters
        What the template calls besides jinja's own filters.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(room, "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= filters
    return environment.get_template(name)
