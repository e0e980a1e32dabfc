from datetime import timedelta

from django.test import Client

from stillwater.core.clock import SystemClock
from stillwater.core.ids import new_public_id
from stillwater.people.models import Person
from stillwater.vault import keys
from stillwater.web.apps import in_memory
from stillwater.web.unlocked import Unlocked
from tests.refusals.kinds import BOTH, GET, LINK, PERSON, POST, Page

PAGES = {
    "sign_in_words": Page(BOTH, "/in/words", LINK),
    "settings": Page(GET, "/k/", PERSON),
    "this_page": Page(BOTH, "/k/a", PERSON),
    "leaving": Page(BOTH, "/k/b", PERSON),
    "waits": Page(BOTH, "/k/c", PERSON),
    "waits_keep": Page(POST, "/k/c/keep", PERSON),
    "passphrase": Page(BOTH, "/k/d", PERSON),
    "sheet": Page(BOTH, "/k/e", PERSON),
    "sheet_file": Page(GET, "/k/e/a", PERSON),
    "sheet_kept": Page(POST, "/k/e/b", PERSON),
    "sign_ins": Page(GET, "/k/f", PERSON),
    "sign_in_end": Page(POST, "/k/f/SIGNIN", PERSON),
    "backup": Page(BOTH, "/k/g", PERSON),
    "backup_file": Page(GET, "/k/g/a", PERSON),
    "backup_keys": Page(GET, "/k/g/b", PERSON),
    "backup_kept": Page(POST, "/k/g/c", PERSON),
    "moving": Page(GET, "/k/h", PERSON),
    "remove_everything": Page(BOTH, "/k/z", PERSON),
    "keep_everything": Page(POST, "/k/z/keep", PERSON),
}


def sign_in_of(browser: Client, person: Person) -> str:
    """Somebody is signed in as this person in another browser."""
    now = SystemClock().now()
    one = Unlocked(
        browser=f"another browser {new_public_id()}",
        vault=keys.sign_in(person, "correct horse battery"),
        since=now,
        seen_at=now,
        idle=timedelta(minutes=5),
    )
    in_memory().unlocked.begin(one)
    return one.public_id


THINGS = {"SIGNIN": sign_in_of}
