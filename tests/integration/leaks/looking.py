"""Looking for planted words, and for runs of four, in whatever left the vault."""

import base64
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from django.apps import apps
from django.contrib.sessions.models import Session

from stillwater.core.home import Home

Run = tuple[str, str, str, str]
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def runs(text: str) -> set[Run]:
    """Every four words that follow each other, in small letters."""
    words = _WORD.findall(text.casefold())
    return {
        (a, b, c, d) for a, b, c, d in zip(words, words[1:], words[2:], words[3:], strict=False)
    }


class Canaries:
    """Finds words in bytes, also as UTF-16, in hexadecimal digits, and in base64."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_form = {form: word for word in words for form in _forms(word)}
        self._pattern = re.compile(b"|".join(map(re.escape, self._by_form)))

    def found_in(self, data: bytes) -> set[str]:
        """Those of the words that stand in it in any form."""
        # Base64 knows capitals, everything else is looked through in small letters too.
        both = (*self._pattern.finditer(data), *self._pattern.finditer(data.lower()))
        return {self._by_form[match[0]] for match in both}


def _forms(word: str) -> Iterator[bytes]:
    yield word.encode()
    yield word.encode("utf-16-le")
    for spelled in (word, word.capitalize()):
        yield spelled.encode().hex().encode()
        for before in range(3):
            # What the neighbours have no part in: the first and last digits are theirs.
            coded = base64.b64encode(b"\0" * before + spelled.encode())
            yield coded[4 if before else 0 : -4]


class Words(HTMLParser):
    """All that a page can say: its text, and what stands in its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.in_attributes: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.in_attributes.append(value or "")
            if tag == "a" and name == "href" and value:
                self.links.append(value)

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def runs(self) -> set[Run]:
        found = runs(" ".join(self.said))
        return found.union(*map(runs, self.in_attributes))


def columns() -> Iterator[tuple[str, bytes]]:
    """Every value of every column of every model, and what the sessions hold when opened."""
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values_list(*names):
            for name, value in zip(names, row, strict=True):
                yield f"{model._meta.label}.{name}", as_bytes(value)
    for session in Session.objects.all():
        yield "sessions, opened", as_bytes(session.get_decoded())


def as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def files(home: Home) -> Iterator[tuple[str, bytes]]:
    """Every file of the home, its name among what is looked through. Sealed ones hide all."""
    for path in home.root.rglob("*"):
        name = str(path.relative_to(home.root))
        yield f"name of {name}", name.encode()
        if path.is_file():
            yield name, path.read_bytes()
