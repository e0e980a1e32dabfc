"""One note, sent once: the interface, and the real thing in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Protocol

from stillwater.gate.signals.troubles import Trouble

PATIENCE = 25.0  # seconds for one note, all its servers and waits included
_CHILD = "stillwater.gate.signals.child"


@dataclass(frozen=True, slots=True)
class Note:
    """All that ever leaves: a title and one sentence, both of the person's choosing."""

    title: str
    text: str


class Transport(Protocol):
    """Takes a note to an address."""

    def send(self, address: str, note: Note) -> Trouble | None:
        """None: it was taken. Never raises for what a server does."""


class ByChild:
    """Sends in a child process: what hangs there is ended, what it knows ends with it.

    The address holds passwords: it goes in through a pipe, and stands in no list of
    processes. The child may log nothing.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience

    def send(self, address: str, note: Note) -> Trouble | None:
        """Raises nothing: a child that dies or hangs is a trouble like any other."""
        asked = json.dumps({"address": address, "title": note.title, "text": note.text})
        try:
            answer = subprocess.run(
                [sys.executable, "-I", "-B", "-X", "utf8", "-m", _CHILD],
                input=asked.encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a traceback could hold the address
                env=_environment(),
                cwd="/",
                timeout=self._patience,
                check=False,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired:
            return Trouble.SILENT
        except OSError:
            return Trouble.BROKEN
        return _understood(answer.returncode, answer.stdout)


def _understood(code: int, answer: bytes) -> Trouble | None:
    word = answer.decode("ascii", "replace").strip()
    if code == 0 and word == "sent":
        return None
    known = {one.value: one for one in Trouble}
    return known.get(word, Trouble.BROKEN) if code == 0 else Trouble.BROKEN


def _environment() -> dict[str, str]:
    """What the child needs of ours: the way to the desktop, to a proxy, to certificates."""
    wanted = ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "SSL_CERT_FILE", "SSL_CERT_DIR")
    proxies = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
    given = {name: value for name, value in os.environ.items() if value}
    kept = {
        name: value for name, value in given.items() if name in wanted or name.lower() in proxies
    }
    # A proxy would be shown in the open what goes to this machine alone.
    never = ",".join(filter(None, (kept.get("no_proxy"), "localhost,127.0.0.1,::1")))
    return {"LC_ALL": "C.UTF-8", **kept, "no_proxy": never, "NO_PROXY": never}
