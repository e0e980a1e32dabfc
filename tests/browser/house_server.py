"""The page server's process for browser tests: the real one, and a line by which it is set up.

``python -m tests.browser.house_server PAGE_FD ORDERS_FD``, with a home of its own. Somebody
lives here; orders come as lines of JSON and are answered by one line each. Things are made in
this process, because drafts and open vaults live in the page server's memory alone.
"""

import json
import os
import socket
import sys
import tempfile
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

os.environ["DJANGO_SETTINGS_MODULE"] = "stillwater.config.settings"


class House:
    """What the tests may ask for."""

    def __init__(self, *, is_lived_in: bool) -> None:
        from tests.refusals.browsing import somebody

        self.browsers: dict[str, Any] = {}
        self.has_reviewer = False
        self.person = somebody() if is_lived_in else None

    def link(self) -> str:
        """A path that lets a browser in."""
        from django.conf import settings

        from stillwater.web.entry import new_token

        return f"/enter/{new_token(settings.HOME)}"

    def speaks(self, language: str) -> None:
        """The pages speak this language to whoever lives here."""
        from stillwater.people.models import Settings

        Settings.objects.update_or_create(person=self.person, defaults={"language": language})

    def reviewer(self) -> None:
        """There is a reviewer, who signs in as in tests/refusals/browsing.py."""
        from tests.refusals import browsing

        if not self.has_reviewer:
            browsing.reviewer_of(self.person)
            self.has_reviewer = True

    def sign_in(self, *, as_reviewer: bool = False) -> dict[str, str]:
        """The cookies of a browser in which the person is signed in, or their reviewer."""
        from tests.refusals import browsing

        client = browsing.new_browser()
        if as_reviewer:
            self.reviewer()
            browsing.sign_in_as_reviewer(client)
        else:
            browsing.let_in(client)
            form = {"name": self.person.name, "passphrase": browsing.PASSPHRASE}
            answer = browsing.ask(client, "sign_in", "post", form=form)
            assert answer.status_code == 302, answer.content.decode()
        browsing.csrf_token(client)
        cookies = {name: one.value for name, one in client.cookies.items()}
        self.browsers[cookies["page"]] = client
        return cookies

    def address(self, page: str, cookie: str) -> str:
        """Where a page of the registry is, with the things made that it is about."""
        from tests.refusals.browsing import address, things_of

        return address(page, things_of(page, self.browsers[cookie], self.person))

    def takes_in(self, mails: list[str]) -> None:
        """These mails come in, one after the other, through the gate itself."""
        from django.conf import settings

        from stillwater.cli.try_year.mails import write_mbox
        from stillwater.gate.importing import import_paths
        from stillwater.gate.opening import open_gate
        from tests.refusals.areas.setup import other_id
        from tests.refusals.browsing import new_browser

        assert self.person is not None
        other_id(new_browser(), self.person)  # the plan that the mails are judged by
        with tempfile.TemporaryDirectory() as folder:
            box = Path(folder) / "came in.mbox"
            write_mbox(box, [one.encode() for one in mails])
            with open_gate(settings.HOME, self.person) as intake:
                import_paths(intake, [box])

    def plans(self, toml: str) -> None:
        """From now on this plan holds, whatever it loosens."""
        from stillwater.vault.keys import sign_in
        from stillwater.vault.models import Keyring
        from tests.refusals.browsing import PASSPHRASE
        from tests.support.sealed import set_plan

        assert self.person is not None
        mine = Keyring.objects.filter(person=self.person)
        before = mine.get().loosening_delay
        mine.update(loosening_delay=timedelta())
        set_plan(self.person, toml, session=sign_in(self.person, PASSPHRASE))
        mine.update(loosening_delay=before)

    def holds(self, subject: str, text: str, *, picture: bool = False, **more: object) -> str:
        """A mail that is held and waits for a reviewer; gives its item. ``more``: of its row."""
        from email.message import EmailMessage

        from tests.refusals.areas.review import held
        from tests.support.pictures import camera_picture

        mail = EmailMessage()
        mail["From"], mail["To"] = "J <jordan@mail.example>", "sam@home.example"
        mail["Subject"] = subject
        mail.set_content(text)
        if picture:
            mail.add_attachment(camera_picture(), "image", "jpeg", filename="lake.jpg")
        return held(self.person, mail.as_bytes(), **more).item.public_id

    def nothing_waits_for_a_reviewer(self) -> None:
        """As if all of it had been sorted."""
        from stillwater.gate.models import Attempt

        Attempt.objects.filter(person=self.person).update(wants_review=False)

    def waits_are_over(self) -> None:
        """As if whatever waits had been asked for long ago."""
        from stillwater.core.clock import SystemClock
        from stillwater.vault.models import Request
        from stillwater.web.models import AskedExport

        past = SystemClock().now() - timedelta(minutes=1)
        Request.objects.filter(person=self.person, state="waiting").update(ready_at=past)
        AskedExport.objects.filter(ready_at__gt=past).update(ready_at=past)

    def watched(self, minutes_ago: float, trouble: str = "") -> None:
        """When the mailboxes were last looked at, and what keeps them from it."""
        from stillwater.core.clock import SystemClock
        from stillwater.gate.models import Mailbox, WatchedFolder

        at = SystemClock().now() - timedelta(minutes=minutes_ago)
        for box in Mailbox.objects.filter(person=self.person):
            Mailbox.objects.filter(pk=box.pk).update(watch_from=at)
            for role in ("inbox", "junk", "hold"):
                WatchedFolder.objects.update_or_create(
                    mailbox=box, role=role, defaults={"seen_at": at, "trouble": trouble}
                )

    def choose(self, **chosen: object) -> None:
        """What the person chose about the pages."""
        from stillwater.people.models import Settings

        Settings.objects.update_or_create(person=self.person, defaults=chosen)

    def choose_nothing(self) -> None:
        """As before anything was chosen."""
        from stillwater.people.models import Settings

        Settings.objects.filter(person=self.person).delete()

    def is_open(self, cookie: str) -> bool:
        """Whether the vault that was opened in this browser still is."""
        return self._unlocked(cookie) is not None

    def untouched_for(self, cookie: str, seconds: float) -> None:
        """As if this browser had asked for nothing for so long."""
        from stillwater.core.clock import SystemClock

        one = self._unlocked(cookie)
        assert one is not None
        one.seen_at = SystemClock().now() - timedelta(seconds=seconds)

    def untouched_since(self, cookie: str) -> float:
        """Seconds since this browser last asked for anything."""
        from stillwater.core.clock import SystemClock

        one = self._unlocked(cookie)
        assert one is not None
        return (SystemClock().now() - one.seen_at).total_seconds()

    def _unlocked(self, cookie: str) -> Any:
        from stillwater.web.apps import in_memory

        assert self.person is not None
        here = in_memory().unlocked.of(self.person.pk)
        return next((one for one in here if one.browser == cookie), None)


def obey(house: House, orders: socket.socket) -> None:
    """One order a line, until nobody gives any."""
    with orders.makefile("rw") as lines:
        for line in lines:
            order = json.loads(line)
            try:
                answer = {"gives": getattr(house, order.pop("do"))(**order)}
            except Exception as error:  # noqa: BLE001 - the test that asked is told
                answer = {"broke": f"{type(error).__name__}: {error}"}
            lines.write(json.dumps(answer) + "\n")
            lines.flush()


def main(page: socket.socket, orders: socket.socket, *, is_lived_in: bool) -> None:
    django.setup()
    from django.conf import settings

    from stillwater.web import server

    settings.HOME.prepare()
    call_command("migrate", verbosity=0)
    house = House(is_lived_in=is_lived_in)
    threading.Thread(target=obey, args=(house, orders), daemon=True).start()
    server.main([page])


if __name__ == "__main__":
    main(
        socket.socket(fileno=int(sys.argv[1])),
        socket.socket(fileno=int(sys.argv[2])),
        is_lived_in=sys.argv[3] == "lived-in",
    )
