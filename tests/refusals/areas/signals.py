from django.conf import settings
from django.test import Client

from stillwater.core.clock import SystemClock
from stillwater.gate.signals.ways import Ways
from stillwater.people.models import Person
from stillwater.vault.machine import MachineKey
from tests.refusals.kinds import BOTH, GET, PERSON, POST, Page

PAGES = {
    "signals": Page(GET, "/o/", PERSON),
    "signal_add": Page(BOTH, "/o/a", PERSON),
    "signal_agree": Page(BOTH, "/o/g", PERSON),
    "signal_texts": Page(BOTH, "/o/t", PERSON),
    "signal_pace": Page(BOTH, "/o/p", PERSON),
    "signal_quiet": Page(BOTH, "/o/q", PERSON),
    "signal_test": Page(POST, "/o/w/OUT/test", PERSON),
    "signal_remove": Page(BOTH, "/o/w/OUT/off", PERSON),
    "signal_keep": Page(POST, "/o/w/OUT/on", PERSON),
}


def way_of(browser: Client, person: Person) -> str:
    machine = MachineKey.load_or_create(settings.HOME)
    ways = Ways(person, settings.HOME, machine, SystemClock())
    there = ways.all()
    # Nobody listens there.
    row = there[0] if there else ways.add("json://127.0.0.1:9/a", "my phone")
    return row.public_id


THINGS = {"OUT": way_of}
