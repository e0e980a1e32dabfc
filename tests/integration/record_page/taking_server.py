"""The page server of ours around an application that says how much it was sent.

It serves on a port that it prints, and ends when its standard input closes. A form is opened
by asking for ``/open/ID``. Where anything would be put into a temporary file, it answers 500.
"""

import os
import socket
import sys
import tempfile
from collections.abc import Callable
from typing import Any

import django


def refuses(*_: object, **__: object) -> None:
    raise AssertionError("a temporary file")


def answers(environ: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
    from stillwater.web.apps import in_memory

    _, what, form_id, *_ = (*environ["PATH_INFO"].split("/"), "", "")
    if what in ("open", "close"):
        getattr(in_memory().uploads, what)(form_id)
    size = len(environ["wsgi.input"].read())
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"%d" % size]


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "stillwater.config.settings"
    django.setup()
    import waitress.buffers

    from stillwater.core.lifeline import end_with_parent
    from stillwater.web.server import new_server

    waitress.buffers.TempfileBasedBuffer.__init__ = refuses  # type: ignore[method-assign]
    tempfile.TemporaryFile = tempfile.mkstemp = refuses  # type: ignore[assignment,misc]
    end_with_parent()
    listening = socket.create_server(("127.0.0.1", 0))
    server = new_server(answers, [listening])
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main()
