"""The worker's process: rings the bells that are due, and does what was rung for.

``python -m stillwater.workers.worker``. The queue is only a doorbell: what
there is to do stands in rows and files, so a lost or doubled ring does no harm.
It ends with SIGTERM, or when its standard input closes: the task at hand is
finished first, and one that is killed instead is taken up at the next start.
Notices leave by a thread of its own (signals.py), whatever the queue is busy with.
"""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

import django
from django.db import close_old_connections
from django.db.models.signals import pre_save

from stillwater.core.clock import Clock, SystemClock
from stillwater.core.lifeline import end_with_parent
from stillwater.core.places import show_places_only

BETWEEN_LOOKS = 1.0  # seconds
RINGS_ARE_KEPT = timedelta(days=1)
ASLEEP_AFTER = timedelta(minutes=2)  # without a look: the machine slept, or a task took long
AWAKE_FOR = timedelta(minutes=10)  # within which every watcher has looked once more


@dataclass
class Bell:
    """Something to ring at the start, and then every so often."""

    ring: Callable[[], object]
    every: timedelta
    # Only once this machine has been awake for so long: right after a sleep everything is old.
    awake_for: timedelta = timedelta(0)
    last: datetime | None = field(default=None)

    def ring_if_due(self, now: datetime, awake_since: datetime) -> None:
        """A clock that was set back rings too: better once more than never."""
        if self.awake_for and now - awake_since < self.awake_for:
            return
        if self.last is None or not timedelta(0) <= now - self.last < self.every:
            self.last = now
            self.ring()


class Rounds:
    """One worker's rounds: ring, do, wait, until told to stop."""

    def __init__(self, bells: tuple[Bell, ...], clock: Clock) -> None:
        from django_tasks_db.management.commands.db_worker import Worker

        self.bells = bells
        self.clock = clock
        self.busy = False
        self.stopping = False
        self.looked_at = self.awake_since = clock.now()
        # ``batch``: it does what is there and comes back, so that stopping, ringing
        # and waiting are ours.
        self.queue = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="worker",
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Go round until a signal calls ``stop``."""
        while True:
            self.go_once()
            if self.stopping:
                return
            time.sleep(BETWEEN_LOOKS)

    def go_once(self) -> None:
        """Ring what is due, and do everything that was rung for."""
        self.busy = True
        now = self.awake()
        for bell in self.bells:
            bell.ring_if_due(now, self.awake_since)
        self.queue.run()
        close_old_connections()
        self.busy = False

    def awake(self) -> datetime:
        """Note that this machine is awake now, and since when it has been; gives now."""
        now = self.clock.now()
        if not timedelta(0) <= now - self.looked_at < ASLEEP_AFTER:
            self.awake_since = now
        self.looked_at = now
        return now

    def stop(self) -> None:
        """For a signal handler: finish the task at hand and no other; end a mere wait."""
        self.stopping = True
        self.queue.running = False
        if not self.busy:
            raise SystemExit(0)


def keep_no_words(instance: Any, **_: object) -> None:
    """A task that broke leaves its kind of error in its row, never the error's words.

    They may quote a message; the database holds nothing derived from content in
    the open.
    """
    instance.traceback = ""


def forget_old_rings(clock: Clock) -> None:
    """Rows of rings that are over, or whose worker was killed: nobody needs them."""
    from django_tasks_db.models import DBTaskResult

    before = clock.now() - RINGS_ARE_KEPT
    DBTaskResult.objects.filter(enqueued_at__lt=before).delete()


def forget_old_sessions() -> None:
    """Sessions of the page that ended by themselves. They hold no secret, and nobody needs them."""
    from django.core.management import call_command

    call_command("clearsessions")


def rounds(clock: Clock) -> Rounds:
    """The rounds of this program: what is rung, and how often."""
    from django_tasks_db.models import DBTaskResult

    from stillwater.gate import tasks

    pre_save.connect(keep_no_words, sender=DBTaskResult, dispatch_uid="keep_no_words")
    return Rounds(
        bells=(
            Bell(lambda: forget_old_rings(clock), every=timedelta(days=1)),
            Bell(forget_old_sessions, every=timedelta(days=1)),
            Bell(tasks.sweep_and_recover.enqueue, every=timedelta(hours=1)),
            Bell(tasks.clear_outgoing.enqueue, every=timedelta(hours=1)),
            Bell(tasks.let_reviewers_begin.enqueue, every=timedelta(hours=1)),
            Bell(tasks.self_check.enqueue, every=timedelta(days=1)),
            # Days are those of each person's zone: one begins somewhere at every hour.
            Bell(tasks.tell_of_silence.enqueue, every=timedelta(hours=1), awake_for=AWAKE_FOR),
            Bell(
                tasks.say_where_nobody_watches.enqueue,
                every=timedelta(minutes=5),
                awake_for=AWAKE_FOR,
            ),
        ),
        clock=clock,
    )


def main() -> None:
    """Run until told to stop."""
    show_places_only()
    django.setup()
    from django.conf import settings

    from stillwater.workers.signals import Outgoing

    work, outgoing = rounds(SystemClock()), Outgoing(settings.HOME, SystemClock())

    def stop(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001
        outgoing.stop()
        work.stop()

    signal.signal(signal.SIGTERM, stop)
    end_with_parent()
    outgoing.start()
    work.run()


if __name__ == "__main__":
    main()
