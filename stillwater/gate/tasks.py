"""Background tasks. The queue is only a doorbell: the truth is in rows and files.

Each may be rung twice, or killed half-way and rung again. They take no
arguments: what there is to do is found in the home folder and the database.
"""

import logging

from django.conf import settings
from django.db import transaction
from django_tasks import task

from stillwater.core.clock import SystemClock
from stillwater.core.errors import ExitCode, UserError
from stillwater.gate import silences
from stillwater.gate.circle import settle_everyone
from stillwater.gate.leftovers import clear_half_made
from stillwater.gate.live import duties
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.gate.opening import open_gate
from stillwater.people.models import Person
from stillwater.vault.locks import person_lock
from stillwater.vault.machine import MachineKey
from stillwater.vault.selfcheck import run_self_check
from stillwater.vault.sweeper import sweep

log = logging.getLogger(__name__)


@task()
def sweep_and_recover() -> None:
    """Finish what a stop left half-way, and set orphan files aside, for everyone here."""
    for person in Person.objects.order_by("pk"):
        try:
            with open_gate(settings.HOME, person) as intake:
                intake.finish_what_was_left()
                swept = sweep(settings.HOME, person)
        except UserError as error:
            if error.exit_code is not ExitCode.NOT_NOW:
                raise
            # An import is at work and does the same itself, or there is no plan
            # yet and so nothing to finish. The next ring finds it.
            continue
        if swept.orphans:
            log.warning("%d vault files without a row were set aside", len(swept.orphans))


@task()
def clear_outgoing() -> None:
    """What was being written for somebody to save when its process ended goes."""
    cleared = clear_half_made(settings.HOME, SystemClock().now())
    if cleared:
        log.warning("%d half-made files were cleared away", cleared)


@task()
def self_check() -> None:
    """Verify ledger and vault of everyone here, and note when that last passed."""
    for person in Person.objects.order_by("pk"):
        with person_lock(settings.HOME, person, wait=True):
            result = run_self_check(settings.HOME, person, SystemClock().now())
        with transaction.atomic():
            result.save()


@task()
def say_where_nobody_watches() -> None:
    """A watcher that has stopped cannot say so itself."""
    machine = MachineKey.load_or_create(settings.HOME)
    for person in Person.objects.filter(mailboxes__isnull=False).distinct().order_by("pk"):
        duties.tell_where_nobody_watches(Mailboxes(person, settings.HOME, machine, SystemClock()))


@task()
def tell_of_silence() -> None:
    """Somebody who fell silent after a storm makes no mail that could say so."""
    machine = MachineKey.load_or_create(settings.HOME)
    for person in Person.objects.order_by("pk"):
        try:
            silences.look(person, settings.HOME, machine, SystemClock())
        except UserError as error:
            if error.exit_code is not ExitCode.NOT_NOW:
                raise
            continue  # an import is at work: what it brings counts, and the next ring looks


@task()
def let_reviewers_begin() -> None:
    """Reviewers whose wait is over begin, also while nobody is signed in."""
    people = list(Person.objects.order_by("pk"))
    machine = MachineKey.load_or_create(settings.HOME)
    settle_everyone(people, settings.HOME, machine, SystemClock())
