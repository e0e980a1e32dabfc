from django.conf import settings
from django.test import Client

from stillwater.core.clock import SystemClock
from stillwater.people.models import Person
from stillwater.recovery.models import DayNote
from stillwater.recovery.notes import Note as NoteOfADay
from stillwater.recovery.notes import What, written
from stillwater.vault.keys import keyring_of, seal_private
from tests.refusals.kinds import BOTH, GET, PERSON, POST, Page
from tests.support.sealed import notice, seal_one

PAGES = {
    "days_light": Page(GET, "/b/p", PERSON),
    "days_dark": Page(GET, "/b/q", PERSON),
    "days": Page(GET, "/b/d", PERSON),
    "day_note": Page(POST, "/b/d/on", PERSON),
    "day_note_back": Page(POST, "/b/d/off/NOTE", PERSON),
    "day_no_lapse": Page(POST, "/b/d/not/SENT", PERSON),
    "needs": Page(GET, "/l/", PERSON),
    "call": Page(GET, "/l/c", PERSON),
    "need": Page(GET, "/l/x/NOTICE", PERSON),
    "need_seen": Page(POST, "/l/x/NOTICE/seen", PERSON),
    "need_ask": Page(POST, "/l/x/NOTICE/ask", PERSON),
    "held": Page(GET, "/d/", PERSON),
    "held_counts": Page(GET, "/d/c/0", PERSON),
    "row_light": Page(GET, "/d/p/0/0", PERSON),
    "row_dark": Page(GET, "/d/q/0/0", PERSON),
    "held_go": Page(BOTH, "/d/g", PERSON),
    "held_week": Page(GET, "/d/w/0/0", PERSON),
    "held_one": Page(GET, "/d/x/ATTEMPT", PERSON),
    "held_facts": Page(GET, "/d/x/ATTEMPT/facts", PERSON),
    "held_wait": Page(POST, "/d/x/ATTEMPT/wait", PERSON),
    "held_cancel": Page(POST, "/d/x/ATTEMPT/stop", PERSON),
    "held_ask": Page(POST, "/d/x/ATTEMPT/ask", PERSON),
    "held_open": Page(POST, "/d/x/ATTEMPT/open", PERSON),
    "opened": Page(GET, "/d/o", PERSON),
    "opened_close": Page(POST, "/d/o/close", PERSON),
    "opened_part": Page(GET, "/d/o/1", PERSON),
}


def attempt_of(browser: Client, person: Person) -> str:
    return seal_one(person, settings.HOME).public_id


def sent_of(browser: Client, person: Person) -> str:
    return seal_one(person, settings.HOME, direction="out").public_id


def note_of(browser: Client, person: Person) -> str:
    now = SystemClock().now()
    plain = written(NoteOfADay(What.LOOKED, now.date(), now))
    sealed = seal_private(keyring_of(person).recipient, plain)
    return DayNote.objects.create(person=person, sealed=sealed).public_id


def notice_of(browser: Client, person: Person) -> str:
    return notice(person).public_id


THINGS = {"ATTEMPT": attempt_of, "SENT": sent_of, "NOTE": note_of, "NOTICE": notice_of}
