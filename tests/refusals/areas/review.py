from django.conf import settings
from django.db import transaction
from django.test import Client

from stillwater.core.clock import SystemClock
from stillwater.core.words import Action, Channel, Direction, How, Kind
from stillwater.gate import keeping
from stillwater.gate.models import Attempt
from stillwater.people.models import Person
from stillwater.vault import ledger
from stillwater.vault.sealing import ToSeal, record, seal_files
from tests.refusals.kinds import ANYBODY, BOTH, GET, LINK, POST, REVIEWER, Page

PAGES = {
    "invited": Page(GET, "/r/i/" + "0" * 32, ANYBODY),
    "review_accept": Page(BOTH, "/r/i", LINK),
    "review_in": Page(BOTH, "/r/in", LINK),
    "review": Page(GET, "/r/", REVIEWER),
    "review_limits": Page(BOTH, "/r/l", REVIEWER),
    "review_letter": Page(GET, "/r/p", REVIEWER),
    "review_seal": Page(POST, "/r/p/" + "0" * 32, REVIEWER),
    "review_rest": Page(POST, "/r/z", REVIEWER),
    "review_open": Page(POST, "/r/x/ITEM/open", REVIEWER),
    "review_item": Page(BOTH, "/r/x/ITEM", REVIEWER),
    "review_hand_on": Page(POST, "/r/x/ITEM/on", REVIEWER),
    "review_blurred": Page(GET, "/r/x/ITEM/p/0", REVIEWER),
    "review_see": Page(GET, "/r/x/ITEM/s/0", REVIEWER),
    "review_clear": Page(GET, "/r/x/ITEM/c/0", REVIEWER),
    "review_file": Page(GET, "/r/x/ITEM/f/0", REVIEWER),
}
RAW = b"From: jordan@mail.example\nSubject: hey\n\nI keep thinking of the lake by the hills.\n"


def item_of(browser: Client, person: Person) -> str:
    """Something held that nobody has sorted yet."""
    there = Attempt.objects.filter(person=person, wants_review=True).first()
    return (there or held(person, RAW)).item.public_id


def held(person: Person, raw: bytes, **more: object) -> Attempt:
    """Seal it as the gate does, and put it into the queue."""
    clock, home = SystemClock(), settings.HOME
    epoch = keeping.epoch_now(person, home=home, clock=clock)
    things = [ToSeal(raw, clock.now(), Channel.MAIL, Kind.MESSAGE)]
    sealed = seal_files(home, epoch, things)
    with transaction.atomic():
        (item,) = record(person, sealed, home=home, clock=clock)
        attempt = Attempt.objects.create(
            person=person,
            item=item,
            source_identity=item.public_id.encode(),
            **{
                "channel": Channel.MAIL,
                "kind": Kind.MESSAGE,
                "direction": Direction.IN,
                "received_at": clock.now(),
                "recorded_at": clock.now(),
                "how": How.HANDLE,
                "plan_number": 1,
                "action": Action.HELD,
                "state": Attempt.State.READ,
                "wants_review": True,
                **more,
            },
        )
    ledger.pin(home, person)
    return attempt


THINGS = {"ITEM": item_of}
