"""Feedback beside a running watcher: the next look knows it."""

from collections.abc import Callable

import pytest

from stillwater.core.home import Home
from stillwater.gate import feedback
from stillwater.gate.models import Attempt, Notice
from stillwater.vault.keys import sign_in
from tests.integration.mail.conftest import PASSPHRASE, Life, mail, until, watched
from tests.support.dovecot import Dovecot, dovecot
from tests.support.mailbox import OTHER, PERSON, PLAN

pytestmark = pytest.mark.django_db(transaction=True)

STRANGER = "somebody.new@elsewhere.example"
ROBIN = "robin@home.example"
QUESTION = "Why did you block me? It is me."


def say(life: Life, says: str) -> None:
    """Of the newest item."""
    item = Attempt.objects.filter(person=life.person).latest("pk").item
    session = sign_in(life.person, PASSPHRASE)
    proof = feedback.Proof.PASSPHRASE
    feedback.say(session, item, says, home=life.home, clock=life.clock, proof=proof)


def is_asked(life: Life) -> bool:
    return Notice.objects.filter(person=life.person, acknowledged_at=None, tier=0).exists()


def test_new_mail_goes_out_of_sight_after_theirs_and_comes_in_after_not_theirs(
    life: Life, server: Dovecot, home: Home
) -> None:
    life.add(server)

    def in_sight() -> int:
        return len(server.raws(PERSON, "INBOX"))

    with watched(home):
        server.deliver(PERSON, mail(STRANGER, QUESTION))
        until(lambda: is_asked(life))
        assert in_sight() == 1, "what is asked about stays where it was"
        say(life, "theirs")
        assert not is_asked(life)
        server.deliver(PERSON, mail(STRANGER, "The post is here.", number=2))
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
        assert in_sight() == 1, "copies that are there already are not looked for"
        say(life, "not_theirs")
        server.deliver(PERSON, mail(STRANGER, QUESTION, number=3))
        # Theirs comes behind it: once that is gone, the one before it was looked at.
        server.deliver(PERSON, mail(OTHER, "hello", number=4))
        until(lambda: len(server.raws(PERSON, "Later")) == 2)
        assert in_sight() == 2
        assert not is_asked(life)


def test_ones_feedback_hides_nothing_of_anothers(new_life: Callable[..., Life], home: Home) -> None:
    sam = new_life("sam")
    robin = new_life("robin", PLAN.replace(PERSON, ROBIN))
    with dovecot([PERSON, ROBIN]) as server:
        sam.add(server)
        robin.add(server, ROBIN)
        with watched(home):
            server.deliver(PERSON, mail(STRANGER, QUESTION))
            until(lambda: is_asked(sam))
            say(sam, "theirs")
            for user in (PERSON, ROBIN):
                server.deliver(user, mail(STRANGER, "The post is here.", number=2))
                server.deliver(user, mail(OTHER, "hello", number=3))
            until(lambda: len(server.raws(PERSON, "Later")) == 2)
            until(lambda: len(server.raws(ROBIN, "Later")) == 1)
        assert len(server.raws(ROBIN, "INBOX")) == 1
