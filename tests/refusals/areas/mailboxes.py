from django.conf import settings
from django.test import Client

from stillwater.channels.mail.live.account import MailAccount, Security
from stillwater.core.clock import SystemClock
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.people.models import Person
from stillwater.vault.machine import MachineKey
from stillwater.web.apps import in_memory
from stillwater.web.mailboxes.drafts import Draft
from tests.refusals.kinds import BOTH, GET, PERSON, POST, Page

# Nobody listens there; a refused page must not even try.
ACCOUNT = MailAccount("127.0.0.1", "sam@home.example", 9, Security.PLAIN, sieve_port=0)

PAGES = {
    "mailboxes": Page(GET, "/a/", PERSON),
    "mailbox": Page(GET, "/a/b/BOX", PERSON),
    "mailbox_look": Page(POST, "/a/b/BOX/look", PERSON),
    "mailbox_password": Page(BOTH, "/a/b/BOX/key", PERSON),
    "mailbox_permission": Page(POST, "/a/b/BOX/again", PERSON),
    "mailbox_remove": Page(BOTH, "/a/b/BOX/off", PERSON),
    "mailbox_keep": Page(POST, "/a/b/BOX/on", PERSON),
    "draft_begin": Page(BOTH, "/a/c", PERSON),
    "draft": Page(GET, "/a/c/DRAFT", PERSON),
    "draft_password": Page(POST, "/a/c/DRAFT/key", PERSON),
    "draft_code": Page(POST, "/a/c/DRAFT/code", PERSON),
    "draft_code_typed": Page(POST, "/a/c/DRAFT/typed", PERSON),
    "draft_instead": Page(POST, "/a/c/DRAFT/instead", PERSON),
    "draft_google": Page(POST, "/a/c/DRAFT/ask", PERSON),
    "draft_google_said": Page(POST, "/a/c/DRAFT/asked", PERSON),
    "draft_add": Page(POST, "/a/c/DRAFT/add", PERSON),
    "draft_cancel": Page(POST, "/a/c/DRAFT/stop", PERSON),
}


def mailbox_of(browser: Client, person: Person) -> str:
    machine = MachineKey.load_or_create(settings.HOME)
    boxes = Mailboxes(person, settings.HOME, machine, SystemClock())
    there = boxes.all()
    row = there[0] if there else boxes.add(ACCOUNT, "a secret of the mailbox")
    return row.public_id


def draft_of(browser: Client, person: Person) -> str:
    """A draft that was begun in this browser; its secret is there already."""
    draft = Draft(
        session=browser.session.session_key or "",
        person_id=person.pk,
        account=ACCOUNT,
        at=SystemClock().now(),
        secret="a secret of the draft",
    )
    in_memory().drafts.keep(draft)
    return draft.key


THINGS = {"BOX": mailbox_of, "DRAFT": draft_of}
