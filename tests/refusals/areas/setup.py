import json

from django.conf import settings
from django.test import Client

from stillwater.core.clock import SystemClock
from stillwater.gate.models import Notice
from stillwater.gate.plans import Plans, active_plan
from stillwater.gate.setting_up import About, SettingUp
from stillwater.people.models import Person
from stillwater.plan.form import parse
from stillwater.vault.keys import keyring_of, seal_private, sign_in
from stillwater.vault.machine import MachineKey
from tests.refusals.kinds import BOTH, GET, LINK, PERSON, POST, Page

PASSPHRASE = "correct horse battery"
PLAN = """
[you]
[[others]]
label = "J"
mode = "no_contact"
handles = ["jordan@mail.example"]
"""

PAGES = {
    "setup": Page(GET, "/c/", PERSON),
    "setup_seen": Page(BOTH, "/c/a", LINK),
    "setup_elsewhere": Page(GET, "/c/a/b", LINK),
    "setup_traces": Page(GET, "/c/b", LINK),
    "setup_page": Page(BOTH, "/c/c", LINK),
    "setup_waits": Page(BOTH, "/c/d", LINK),
    "setup_passphrase": Page(BOTH, "/c/e", LINK),
    "setup_sheet": Page(BOTH, "/c/f", PERSON),
    "setup_sheet_file": Page(GET, "/c/f/a", PERSON),
    "setup_sheet_anew": Page(POST, "/c/f/b", PERSON),
    "setup_who": Page(BOTH, "/c/g", PERSON),
    "setup_other_new": Page(BOTH, "/c/g/new", PERSON),
    "setup_other": Page(BOTH, "/c/g/b/TOLD_OF", PERSON),
    "setup_other_off": Page(POST, "/c/g/b/TOLD_OF/off", PERSON),
    "setup_children": Page(BOTH, "/c/h", PERSON),
    "setup_orders": Page(BOTH, "/c/i", PERSON),
    "setup_obey": Page(GET, "/c/i/a", PERSON),
    "setup_shared": Page(BOTH, "/c/j", PERSON),
    "setup_why": Page(BOTH, "/c/k", PERSON),
    "setup_honest": Page(GET, "/c/k/a", PERSON),
    "setup_mode": Page(BOTH, "/c/l", PERSON),
    "setup_allow": Page(BOTH, "/c/l/TOLD_OF", PERSON),
    "setup_passes": Page(BOTH, "/c/m", PERSON),
    "setup_plan": Page(BOTH, "/c/n", PERSON),
    "setup_mail": Page(BOTH, "/c/o", PERSON),
    "setup_end": Page(GET, "/c/p", PERSON),
    "plan": Page(GET, "/f/", PERSON),
    "plan_withdraw": Page(POST, "/f/a", PERSON),
    "plan_loosen": Page(POST, "/f/b", PERSON),
    "plan_passes": Page(BOTH, "/f/c", PERSON),
    "plan_text": Page(BOTH, "/f/d", PERSON),
    "plan_honest": Page(GET, "/f/e", PERSON),
    "plan_mode": Page(BOTH, "/f/o/OTHER_ID", PERSON),
    "plan_why": Page(BOTH, "/f/o/OTHER_ID/why", PERSON),
    "people": Page(GET, "/g/", PERSON),
    "person_new": Page(BOTH, "/g/new", PERSON),
    "question_answer": Page(POST, "/g/q/NOTICE_ID", PERSON),
    "person": Page(GET, "/g/o/OTHER_ID", PERSON),
    "person_handle_on": Page(POST, "/g/o/OTHER_ID/a", PERSON),
    "person_handle_off": Page(POST, "/g/o/OTHER_ID/b", PERSON),
    "person_names": Page(POST, "/g/o/OTHER_ID/c", PERSON),
    "person_relay_on": Page(POST, "/g/o/OTHER_ID/d", PERSON),
    "person_relay_off": Page(POST, "/g/o/OTHER_ID/e", PERSON),
}


def told_of(browser: Client, person: Person) -> str:
    """Somebody whom this person told of in their set-up, and no plan yet."""
    setting_up = SettingUp(sign_in(person, PASSPHRASE), SystemClock())
    there = setting_up.answers().others
    about = there[0] if there else About(label="Robin's J")
    with setting_up.changing() as draft:
        draft.answers = draft.answers.with_other(about).after("who")
    return about.key


def other_id(browser: Client, person: Person) -> str:
    """An other of this person's plan; the plan is made where there is none."""
    machine, clock = MachineKey.load_or_create(settings.HOME), SystemClock()
    if active_plan(person, machine, clock.now()) is None:
        Plans(person, settings.HOME, machine, clock).set(parse(PLAN))
    active = active_plan(person, machine, clock.now())
    assert active is not None
    return next(iter(active.others.values())).public_id


def notice_id(browser: Client, person: Person) -> str:
    """A question about somebody new that this person is asked."""
    there = Notice.objects.filter(person=person, tier=0).first()
    if there is not None:
        return there.public_id
    told = {
        "version": 1,
        "item": "0" * 32,
        "other": "J",
        "action": "ask",
        "answers": ["theirs", "not_theirs"],
        "channel": "mail",
        "received_at": "2026-11-01T10:00:00+00:00",
        "kinds": ["may_be_theirs"],
        "text": None,
        "facts": [],
    }
    now = SystemClock().now()
    made = Notice.objects.create(
        person=person,
        tier=0,
        opened_at=now,
        last_joined_at=now,
        sealed=seal_private(keyring_of(person).recipient, json.dumps(told).encode()),
    )
    return made.public_id


THINGS = {"TOLD_OF": told_of, "OTHER_ID": other_id, "NOTICE_ID": notice_id}
