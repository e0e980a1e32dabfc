"""The page server's process: serves on sockets that the supervisor opened.

``python -m stillwater.web.server FD…``: says ``ready`` on standard output once
pages can be had, and ends with SIGTERM, or when its standard input closes (its
supervisor is gone).
"""

import signal
import socket
import sys
import threading
import time
from datetime import timedelta
from types import FrameType
from typing import Any, NoReturn

import waitress
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from stillwater.core.clock import SystemClock
from stillwater.core.lifeline import end_with_parent
from stillwater.core.places import show_places_only
from stillwater.gate.leftovers import clear_half_made
from stillwater.web.apps import in_memory
from stillwater.web.uploads import Channel

# A page here is small: whoever sends more is not a person at this machine.
MOST_BYTES = 1_000_000
# More than one person presses at once: with some waiting for a lock, a disk or a mail server,
# there is still one for *Leave quickly*.
THREADS = 16
IDLE_LOOK = 10.0  # seconds between two looks for keys that nobody uses any more


def main(sockets: list[socket.socket]) -> None:
    """Serve until told to stop. No access log is kept, and no server name is sent."""
    show_places_only()
    signal.signal(signal.SIGTERM, _stop)
    end_with_parent()
    application = get_wsgi_application()
    # Nobody writes there yet: what was half-made when the last process ended goes at once.
    clear_half_made(settings.HOME, SystemClock().now(), untouched_for=timedelta(0))
    server = new_server(application, sockets)
    threading.Thread(target=_drop_idle_for_ever, daemon=True).start()
    print("ready", flush=True)  # noqa: T201 - the supervisor waits for this line
    server.run()


def new_server(application: Any, sockets: list[socket.socket]) -> Any:
    """The page server, on these sockets. What is sent to it never lies in a temporary file."""
    listening: dict[int, Any] = {}  # waitress puts every socket's server into it
    server = waitress.create_server(
        application,
        map=listening,
        sockets=sockets,
        threads=THREADS,
        ident=None,
        max_request_body_size=MOST_BYTES,
        # Above this waitress would write a body to the disk, as it came.
        inbuf_overflow=2 * settings.FILE_UPLOAD_MAX_MEMORY_SIZE,
        max_request_header_size=32_768,
        channel_timeout=30,
        clear_untrusted_proxy_headers=True,
    )
    for one in listening.values():
        if hasattr(one, "channel_class"):
            one.channel_class = Channel
    return server


def _drop_idle_for_ever() -> None:
    """Keys that nobody uses any more do not stay in memory until somebody asks."""
    clock = SystemClock()
    while True:
        time.sleep(IDLE_LOOK)
        in_memory().unlocked.drop_idle(clock.now())


def _stop(signum: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 - a view is handed who is here
    # waitress finishes the answers that it has begun when it sees this.
    raise SystemExit(0)


if __name__ == "__main__":
    main([socket.socket(fileno=int(number)) for number in sys.argv[1:]])
