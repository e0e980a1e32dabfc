from django.test import Client

from stillwater.core.clock import SystemClock
from stillwater.people.models import Other, Person
from stillwater.vault.keys import keyring_of, seal_private
from stillwater.web.apps import in_memory
from stillwater.web.evidence.asked import Chosen
from stillwater.web.models import AskedExport
from tests.refusals.kinds import BOTH, GET, PERSON, POST, Page

PAGES = {
    "evidence": Page(GET, "/i/", PERSON),
    "export_choose": Page(BOTH, "/i/a", PERSON),
    "export": Page(GET, "/i/b/EXPORT", PERSON),
    "export_ask": Page(POST, "/i/b/EXPORT/ask", PERSON),
    "export_make": Page(POST, "/i/b/EXPORT/go", PERSON),
    "export_again": Page(POST, "/i/b/EXPORT/again", PERSON),
    "export_file": Page(GET, "/i/b/EXPORT/file", PERSON),
    "export_forget": Page(POST, "/i/b/EXPORT/off", PERSON),
    "export_check": Page(POST, "/i/b/EXPORT/look", PERSON),
    "record_check": Page(POST, "/i/c", PERSON),
    "bundle_check": Page(GET, "/i/d", PERSON),
    "bundle_sent": Page(POST, "/i/d/SENDING", PERSON),
}


def export_of(browser: Client, person: Person) -> str:
    """An export that was chosen, about somebody."""
    now = SystemClock().now()
    other = Other.objects.filter(person=person).first()
    other = other or Other.objects.create(person=person, created_at=now)
    recipient = keyring_of(person).recipient
    chosen = Chosen(other=other.public_id, label="J", to=recipient)
    row = AskedExport.objects.filter(person=person).first() or AskedExport.objects.create(
        person=person, chosen_at=now, sealed=seal_private(recipient, chosen.to_json())
    )
    return row.public_id


def form_of(browser: Client, person: Person) -> str:
    """Where a sign-in of this person sends a bundle; where there is none, nowhere."""
    return next((one.public_id for one in in_memory().unlocked.of(person.pk)), "0" * 32)


THINGS = {"EXPORT": export_of, "SENDING": form_of}
