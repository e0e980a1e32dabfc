"""Every page of every area: how it is asked for, and whom it is for.

An area is one module here with PAGES, and THINGS where its addresses hold ids: for each
word in capitals that stands in an address, how a thing of that kind is made for somebody;
and SHOWS_HANDLES, the names of pages that ask whose a new handle is, and so have to show it.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pkgutil import iter_modules

from django.test import Client

from stillwater.people.models import Person
from tests.refusals.kinds import Page

Makes = Callable[[Client, Person], str]


def _areas() -> list[object]:
    return [import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__)]


def all_pages() -> dict[str, Page]:
    """Every page by the name of its address."""
    found: dict[str, Page] = {}
    for area in _areas():
        found.update(getattr(area, "PAGES"))  # noqa: B009 - a module's own table
    return found


def all_things() -> Mapping[str, Makes]:
    """How the thing that a word in an address stands for is made: gives its id."""
    found: dict[str, Makes] = {}
    for area in _areas():
        found.update(getattr(area, "THINGS", {}))
    return found


def pages_that_show_handles() -> frozenset[str]:
    """The pages on which a handle that came in may be seen (tests/integration/leaks)."""
    shown = (getattr(area, "SHOWS_HANDLES", frozenset()) for area in _areas())
    return frozenset().union(*shown)
