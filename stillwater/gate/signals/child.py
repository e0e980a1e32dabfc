"""The child process that sends one note: asked on standard input, one word on standard output.

Started by transports.ByChild as ``python -I -m stillwater.gate.signals.child``. It has no
keys and no database. From before the address is looked at it can start no program and write
no file: Python's own audit hook refuses, whatever a plugin would like to do.
"""

import json
import logging
import os
import socket
import ssl
import sys
import time
from pathlib import Path
from typing import Any

from stillwater.gate.signals.addresses import Server, is_loopback, plugin_for, server_of
from stillwater.gate.signals.desktop import show
from stillwater.gate.signals.troubles import Trouble

_PROXIES = ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
LOOK_FOR = 5.0  # seconds to look what is wrong with a server
_PROGRAMS = (
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.forkpty",
    "os.startfile",
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def lock_down() -> None:
    """No program, no file written, nothing logged from now on."""
    logging.disable(logging.CRITICAL)
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _PROGRAMS:
        raise PermissionError(event)
    if event == "open" and len(arguments) == 3 and isinstance(arguments[2], int):
        writes = arguments[2] & _WRITES
        if writes and not _is_device(str(arguments[0])):
            raise PermissionError(event)


def _is_device(path: str) -> bool:
    """Whether nothing that is written there stays. Below /dev lie files as well (/dev/shm)."""
    return path.startswith("/dev/") and Path(path).is_char_device()


def send(address: str, title: str, text: str) -> Trouble | None:
    """Send it once; None where it was taken."""
    if address == "desktop://":
        return None if show(title, text) else Trouble.NO_DESKTOP
    # The sender's name stands in headers of HTTP, which hold no other letters.
    plugin = plugin_for(address, title if title.isascii() else "Home")
    if plugin is None:
        return Trouble.BROKEN
    begun = time.monotonic()
    if plugin.notify(body=text, title=title, body_format="text"):
        return None
    if time.monotonic() - begun >= plugin.socket_read_timeout:
        return Trouble.SILENT
    server = server_of(address)
    return wrong_with(server) if server else Trouble.REJECTED


def wrong_with(server: Server) -> Trouble:
    """What is wrong with a server that took no note: looked at again, step by step.

    Apprise only says that it did not work. A server that answers all the same did not
    want the note. Behind a proxy nobody is called past it: it may be there to hide who calls.
    """
    if any(os.environ.get(name) for name in _PROXIES) and not is_loopback(server.host):
        return Trouble.SILENT
    try:
        with socket.create_connection((server.host, server.port), LOOK_FOR) as opened:
            if server.is_tls:
                with ssl.create_default_context().wrap_socket(opened, server_hostname=server.host):
                    pass
            return Trouble.REJECTED
    except socket.gaierror:
        return Trouble.NAME
    except ssl.SSLCertVerificationError:
        return Trouble.CERTIFICATE
    except TimeoutError:
        return Trouble.SILENT
    except OSError:
        return Trouble.REFUSED


def main() -> None:
    """Answer one question."""
    asked = json.load(sys.stdin.buffer)
    lock_down()
    trouble = send(asked["address"], asked["title"], asked["text"])
    sys.stdout.write(trouble.value if trouble else "sent")


if __name__ == "__main__":
    main()
