from django.conf import settings
from django.test import Client

from stillwater.circle.models import Member
from stillwater.circle.permissions import Role
from stillwater.core.clock import SystemClock
from stillwater.gate.circle import About, Circle
from stillwater.people.models import Person
from stillwater.vault.machine import MachineKey
from tests.refusals.kinds import BOTH, GET, PERSON, POST, Page

PAGES = {
    "circle": Page(GET, "/h/", PERSON),
    "circle_add": Page(BOTH, "/h/n", PERSON),
    "circle_passed_on": Page(GET, "/h/p", PERSON),
    "member": Page(GET, "/h/m/MEMBER", PERSON),
    "member_invite": Page(POST, "/h/m/MEMBER/ask", PERSON),
    "member_key": Page(POST, "/h/m/MEMBER/key", PERSON),
    "member_same": Page(POST, "/h/m/MEMBER/same", PERSON),
    "member_thanks": Page(POST, "/h/m/MEMBER/thanks", PERSON),
    "member_remove": Page(POST, "/h/m/MEMBER/off", PERSON),
    "member_file": Page(POST, "/h/m/MEMBER/out", PERSON),
    "member_answer": Page(POST, "/h/m/MEMBER/back", PERSON),
}


def member_of(browser: Client, person: Person) -> str:
    there = Member.objects.filter(person=person, state=Member.State.INVITED).first()
    if there is not None:
        return there.public_id
    machine = MachineKey.load_or_create(settings.HOME)
    circle = Circle(person, settings.HOME, machine, SystemClock())
    about = About("Alex", Role.REVIEWER, is_adult=True, is_out_of_reach=True)
    return circle.add(about).public_id


THINGS = {"MEMBER": member_of}
