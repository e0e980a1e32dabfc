"""Letters on paper, photographed by the reviewer: sealed as they came from the camera.

The person never sees them; who opened the envelope sorts what was in it like everything else.
"""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stillwater.core.arrivals import Arrival
from stillwater.core.errors import UserError
from stillwater.core.ids import new_public_id
from stillwater.core.judgements import Decision, Match, Reading
from stillwater.core.words import Action, Channel, Direction, How, Kind
from stillwater.gate.judging import Judgement
from stillwater.gate.keeping import epoch_now, hold_ledger
from stillwater.gate.models import Attempt
from stillwater.gate.originals import picture_type
from stillwater.gate.plans import active_plan
from stillwater.gate.records import sealed_record
from stillwater.gate.reviewing import Review
from stillwater.people.models import Other
from stillwater.vault import ledger
from stillwater.vault.keys import keyring_of, seal_private
from stillwater.vault.locks import AT_A_PAGE, person_lock
from stillwater.vault.sealing import ToSeal, record, seal_files

_NO_MACHINE = "It is a picture of paper: no machine reads it, the reviewer does."


def take_in(review: Review, untrusted_picture: bytes, came_on: date) -> Attempt:
    """Seal one page; it waits in the queue from now on. The same picture twice is one page.

    Raises UserError where it is no picture, or from the future.
    """
    if picture_type(untrusted_picture) is None:
        raise UserError(
            _("That is no picture that can be shown."), _("Take it as JPEG or PNG, and try again.")
        )
    person, now = review.session.person, review.clock.now()
    at = min(_noon(came_on), now)
    if came_on > timezone.localtime(now).date():
        raise UserError(_("That day is still to come."), _("Write the day on which it came."))
    identity = review.machine.source_identity(person.public_id, untrusted_picture)
    with person_lock(review.home, person, wait=AT_A_PAGE):
        there = Attempt.objects.filter(person=person, source_identity=identity)
        if (known := there.select_related("item").first()) is not None:
            return known
        hold_ledger(person, home=review.home, clock=review.clock)
        epoch = epoch_now(person, home=review.home, clock=review.clock)
        things = [ToSeal(untrusted_picture, at, Channel.LETTER, Kind.LETTER)]
        sealed = seal_files(review.home, epoch, things, review.randomness)
        with transaction.atomic():
            (item,) = record(person, sealed, home=review.home, clock=review.clock)
            attempt = _attempt(review, identity, at)
            attempt.item = item
            attempt.save()
        ledger.pin(review.home, person)
    return attempt


def _attempt(review: Review, identity: bytes, at: datetime) -> Attempt:
    person, now = review.session.person, review.clock.now()
    plan = active_plan(person, review.machine, now)
    return Attempt(
        person=person,
        public_id=new_public_id(review.randomness),
        other=_the_only_other(review),
        source_identity=identity,
        channel=Channel.LETTER,
        kind=Kind.LETTER,
        direction=Direction.IN,
        received_at=at,
        received_at_is_guess=True,  # the day is known, the hour is not
        recorded_at=now,
        how=How.NONE,
        plan_number=plan.number if plan else 0,
        action=Action.HELD,
        state=Attempt.State.UNREAD,
        sealed_reading=seal_private(keyring_of(person).recipient, _record(at)),
        wants_review=True,
    )


def _the_only_other(review: Review) -> Other | None:
    """Whose it is, where there is only one whose it can be."""
    plan = active_plan(review.session.person, review.machine, review.clock.now())
    others = list(plan.others.values()) if plan else []
    return others[0] if len(others) == 1 else None


def _record(at: datetime) -> bytes:
    arrival = Arrival(id="", received_at=at, channel=Channel.LETTER, kind=Kind.LETTER)
    decision = Decision(Action.HELD, (_NO_MACHINE,))
    return sealed_record(Judgement(arrival, Match(), Reading(unread=_NO_MACHINE), decision))


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
