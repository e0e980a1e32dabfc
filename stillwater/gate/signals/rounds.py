"""Everybody's post, again and again: what the worker's thread does in each of its rounds."""

from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.gate.signals.outgoing import Post
from stillwater.gate.signals.ways import Ways
from stillwater.people.models import Person
from stillwater.vault import openings
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Request


def settle_everyone(home: Home, machine: MachineKey, clock: Clock) -> None:
    """Let what waited long enough take effect: a way removed, danger said less often."""
    due = Request.objects.filter(
        what=openings.What.NOTICES.value,
        state=Request.State.WAITING,
        ready_at__lte=clock.now(),
    )
    for person in Person.objects.filter(requests__in=due).distinct():
        try:
            Ways(person, home, machine, clock).settle()
        except UserError as error:
            if error.exit_code is not ExitCode.NOT_NOW:
                raise
            continue  # the clock cannot be believed: it goes on waiting


def go_round(post: Post, home: Home) -> None:
    """First what is to be said, then what waited."""
    post.go_round()
    settle_everyone(home, post.machine, post.clock)
