from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client

from stillwater.channels.by_hand.happenings import Happening
from stillwater.core.clock import SystemClock
from stillwater.core.ids import new_public_id
from stillwater.gate.by_hand.drafts import Drafts
from stillwater.gate.by_hand.saving import ByHand
from stillwater.people.models import Person
from stillwater.vault import keys
from stillwater.vault.keys import Session
from stillwater.vault.machine import MachineKey
from tests.refusals.kinds import BOTH, GET, PERSON, POST, Page
from tests.support.pictures import plain_picture

# As in browsing.py, which looks at the areas while it is imported.
PASSPHRASE = "correct horse battery"

PAGES = {
    "record": Page(BOTH, "/e/", PERSON),
    "record_all": Page(GET, "/e/all", PERSON),
    "record_save": Page(POST, "/e/d/UNFINISHED/save", PERSON),
    "record_drop": Page(BOTH, "/e/d/UNFINISHED/drop", PERSON),
    "record_pictures": Page(BOTH, "/e/d/UNFINISHED/pictures", PERSON),
    "record_picture_off": Page(POST, "/e/d/UNFINISHED/pictures/PICTURE", PERSON),
    "record_step": Page(BOTH, "/e/d/UNFINISHED/s/when", PERSON),
    "record_entry": Page(GET, "/e/n/ENTRY", PERSON),
    "record_more": Page(BOTH, "/e/n/ENTRY/more", PERSON),
    "record_author": Page(POST, "/e/n/ENTRY/author", PERSON),
}


def _session(person: Person) -> Session:
    return keys.sign_in(person, PASSPHRASE)


def draft_of(browser: Client, person: Person) -> str:
    """A draft with one picture in it; the one that is there already."""
    drafts = Drafts(_session(person), SystemClock())
    there = drafts.all()
    if there:
        return there[0].id
    draft = drafts.begin(new_public_id(), Happening.VISIT)
    return drafts.add_picture(draft.id, plain_picture()).id


def picture_of(browser: Client, person: Person) -> str:
    found = Drafts(_session(person), SystemClock()).find(draft_of(browser, person))
    assert found
    return found.pictures[0].id


def entry_of(browser: Client, person: Person) -> str:
    session, clock = _session(person), SystemClock()
    draft = Drafts(session, clock).begin(new_public_id(), Happening.GIFT)
    machine = MachineKey.load_or_create(settings.HOME)
    by_hand = ByHand(session, settings.HOME, machine, clock, ZoneInfo("Europe/Berlin"))
    return by_hand.save(draft.id).public_id


THINGS = {"UNFINISHED": draft_of, "PICTURE": picture_of, "ENTRY": entry_of}
