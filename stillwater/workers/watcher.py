"""The watcher's process: one connection a folder, for every mailbox of everyone here.

``python -m stillwater.workers.watcher``. It keeps nothing in memory that matters:
how far each folder was looked through stands in rows, so it can end at any moment.
"""

import signal
import threading
from types import FrameType

import django

from stillwater.core.clock import SystemClock
from stillwater.core.home import Home
from stillwater.core.lifeline import end_with_parent
from stillwater.core.places import show_places_only

BETWEEN_LOOKS = 1.0  # seconds between two looks at which mailboxes there are


def main() -> None:
    """Run until told to stop."""
    show_places_only()
    django.setup()
    from django.conf import settings

    end_with_parent()
    watch_until_told(settings.HOME)


def watch_until_told(home: Home) -> None:
    """Watch everyone's mailboxes until SIGTERM or SIGINT. Django is started by now."""
    from stillwater.workers.mailboxes import Watchers

    stop = threading.Event()

    def stopping(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001
        stop.set()

    signal.signal(signal.SIGTERM, stopping)
    signal.signal(signal.SIGINT, stopping)
    watchers = Watchers(home, SystemClock())
    try:
        while not stop.is_set():
            watchers.keep_up()
            stop.wait(BETWEEN_LOOKS)
    finally:
        watchers.stop()


if __name__ == "__main__":
    main()
