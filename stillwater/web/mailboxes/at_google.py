"""Waiting for a browser that was sent to Google, beside the page that waits for nobody.

The listener and what it knows live in the memory of the page process, with the draft that
they belong to, and end with it (docs/decisions/0099).
"""

import threading

from stillwater.channels.mail.live.google import SignIn
from stillwater.channels.mail.live.tokens import Fresh


class AtGoogle:
    """One sign-in, listened for in a thread until it is there, ended, or too late."""

    def __init__(self, sign_in: SignIn) -> None:
        self._sign_in = sign_in
        self._ended = threading.Event()
        self.address = sign_in.begins_at
        self._thread = threading.Thread(target=self._wait, name="permission", daemon=True)
        self._thread.start()

    def _wait(self) -> None:
        self._sign_in.wait(self._ended.is_set)

    def told(self) -> Fresh | None:
        """What came of it; None: nobody came back yet. Raises UserError and MailError."""
        if not self._sign_in.came_back and self._thread.is_alive():
            return None
        return self._sign_in.settled()

    def end(self) -> None:
        """Listen no longer."""
        self._ended.set()

    @property
    def is_listening(self) -> bool:
        return self._thread.is_alive()
