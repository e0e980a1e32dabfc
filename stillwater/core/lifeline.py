"""A child process that ends with its parent, however the parent ended.

The parent holds the other end of the child's standard input and writes
nothing; the system closes that end when the parent dies, SIGKILL included.
"""

import os
import signal
import sys
import threading
import time

GRACE = 10.0  # seconds to finish what was begun


def end_with_parent() -> None:
    """From now on, SIGTERM to this process when its standard input closes."""
    threading.Thread(target=_wait_and_end, name="lifeline", daemon=True).start()


def _wait_and_end() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
