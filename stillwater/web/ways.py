"""Ways to pages that may not be there in every installation of this program."""

from django.urls import NoReverseMatch, reverse


def address_of(name: str) -> str:
    """The address of a page without ids in it; "": there is no such page here."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
