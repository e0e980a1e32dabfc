"""What the person says of a sender, and what the gate makes of it."""

import json
from typing import Any

from stillwater.gate import feedback
from stillwater.gate.models import Attempt, Notice
from stillwater.gate.triage import Lane
from stillwater.vault.models import Item
from tests.integration.gate.conftest import Life
from tests.support.mailbox import mail

STRANGER = "somebody.new@elsewhere.example"
SECOND = "another.one@elsewhere.example"
QUESTION = "Why did you block me? It is me."
WORD = "Jordan asked me to tell you that he is sorry and misses you. Please call him."
THREAT = "I will kill you. I know where you live."
TWO = """
[[others]]
label = "K"
handles = ["kim@mail.example"]
mode = "no_contact"
"""


def newest(life: Life) -> Attempt:
    return Attempt.objects.filter(person=life.person).latest("pk")


def say(
    life: Life,
    item: Item,
    says: str,
    other: str | None = None,
    proof: feedback.Proof = feedback.Proof.PASSPHRASE,
) -> feedback.Heard:
    return feedback.say(
        life.session(), item, says, other, home=life.home, clock=life.clock, proof=proof
    )


def told(life: Life) -> list[dict[str, Any]]:
    mine = Notice.objects.filter(person=life.person, acknowledged_at=None).order_by("pk")
    return [json.loads(life.session().open_private(bytes(one.sealed))) for one in mine]


def as_seen(life: Life, *senders: str) -> list[tuple[Lane, object]]:
    """What triage makes of a next mail of each."""
    with life.gate() as intake:
        found = [intake.triage(mail(one, "hello", number=90)) for one in senders]
    return [(one.lane, one.match) for one in found]


def asked(life: Life, sender: str = STRANGER, text: str = QUESTION, number: int = 1) -> Item:
    """A mail about which the person is asked."""
    outcome = life.take(mail(sender, text, number=number))
    assert (outcome.asked, outcome.alerts) == (1, 0)
    return newest(life).item


# A question is told
