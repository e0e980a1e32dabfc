"""A person and their reviewer, each in a browser of their own; every answer is looked at."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from stillwater.circle.models import Member
from stillwater.core.home import Home
from stillwater.gate import circle as gate_circle
from stillwater.people.models import Person
from tests.integration.mail.conftest import PASSPHRASE, QUICK, Life
from tests.integration.mail_page.conftest import Browser, Seen, _this_home, new_life
from tests.refusals.areas.review import held

__all__ = ["_this_home", "new_life"]

OWN = "violet harbour seven lamps"  # the reviewer's own passphrase
WORDS = "I keep thinking of the lake by the hills"
MAIL = f"From: Jo <jordan@mail.example>\nSubject: hey\n\n{WORDS}.\n".encode()
ABOUT = {
    "role": "reviewer",
    "name": "Kim Canary",
    "adult": "on",
    "reachable": "no",
    "passphrase": PASSPHRASE,
}
YES = {"adult": "on", "witness": "on", "reachable": "no", "passphrase": OWN, "again": OWN}


@dataclass
class Two:
    """The person's browser, the reviewer's, and what may be done with both."""

    home: Home
    person: Person
    theirs: Browser
    reviewers: Browser

    def invited(self, **more: str) -> tuple[str, str]:
        """Ask somebody; gives link and code."""
        self.theirs.get("/h/n")
        self.theirs.post("/h/n", **{**ABOUT, **more})
        member = Member.objects.filter(person=self.person).latest("pk")
        seen = self.theirs.post(f"/h/m/{member.public_id}/ask", status=200)
        found = re.search(r"(/r/i/[0-9a-f]{32})", seen.text)
        code = re.search(r"\b(\d{4} \d{4})\b", seen.text)
        assert found
        assert code
        return found[1], code[1]

    def accepted(self, name: str = "kim") -> Member:
        link, code = self.invited()
        self.reviewers.get(link)
        self.reviewers.post("/r/i", code=code, name=name, **YES)
        return Member.objects.filter(person=self.person).latest("pk")

    def agreed(self, name: str = "kim") -> Member:
        """Asked, come in, the words read aloud, and the wait over."""
        member = self.accepted(name)
        self.theirs.post(f"/h/m/{member.public_id}/same", passphrase=PASSPHRASE)
        member.refresh_from_db()
        return member

    def held(self, raw: bytes = MAIL, **more: object) -> str:
        return held(self.person, raw, **more).item.public_id

    def opened(self, raw: bytes = MAIL, **more: object) -> str:
        """Something held, which the reviewer opened."""
        item = self.held(raw, **more)
        self.reviewers.get("/r/")
        self.reviewers.post(f"/r/x/{item}/open")
        return item

    def sorted(self, item: str, sorted_as: str, status: int = 302, **more: str) -> Seen:
        return self.reviewers.post(f"/r/x/{item}", status=status, sorted=sorted_as, **more)

    def told(self) -> str:
        """All that the person's pages about it say."""
        return " ".join(self.theirs.get(path).text for path in ("/h/p", "/h/", "/b/"))


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    accept = gate_circle.Circle.accept
    defaults = {**(accept.__kwdefaults__ or {}), "cost": QUICK}
    monkeypatch.setattr(accept, "__kwdefaults__", defaults)


@pytest.fixture
def life(new_life: Callable[..., Life]) -> Life:
    from datetime import timedelta

    return new_life(delay=timedelta())


@pytest.fixture
def two(life: Life) -> Two:
    two = Two(life.home, life.person, Browser(life.home), Browser(life.home))
    two.theirs.sign_in()
    return two


def plain(answers: list[str]) -> str:
    return html.unescape("\n".join(answers))
