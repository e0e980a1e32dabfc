"""What a page is, for the tests of refusals."""

from typing import NamedTuple

GET, POST, BOTH = ("get",), ("post",), ("get", "post")
ANYBODY, LINK, PERSON = "anybody", "whoever came in by a link", "whoever typed their passphrase"
REVIEWER = "whoever signed in as a reviewer"


class Page(NamedTuple):
    """How a page is asked for; words in capitals in the address stand for ids."""

    methods: tuple[str, ...]
    address: str
    whom: str
