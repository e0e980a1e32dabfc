"""A house with its own page server, and browsers that look at it. Also used by tools/screens."""

import json
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@dataclass
class House:
    """A page server that runs, and the line by which it is asked to set things up."""

    at: str  # "http://localhost:PORT"
    orders: Any

    def asked(self, do: str, **named: object) -> Any:
        """What the server's process gives for an order (house_server.House)."""
        self.orders.write(json.dumps({"do": do, **named}) + "\n")
        self.orders.flush()
        answer = json.loads(self.orders.readline())
        assert "gives" in answer, answer["broke"]
        return answer["gives"]

    def sign_in(self, context: BrowserContext, *, as_reviewer: bool = False) -> str:
        """From now on the person is in in this browser, or their reviewer; gives its session."""
        cookies = self.asked("sign_in", as_reviewer=as_reviewer)
        context.add_cookies(
            [
                {
                    "name": name,
                    "value": value,
                    "url": self.at,
                    "httpOnly": True,
                    "sameSite": "Strict",
                }
                for name, value in cookies.items()
            ]
        )
        return str(cookies["page"])

    def let_in(self, context: BrowserContext) -> None:
        """From now on this browser came in by a link, and no more."""
        page = context.new_page()
        page.goto(self.at + self.asked("link"))
        page.close()


@contextmanager
def open_house(home: Path, *, is_lived_in: bool = True) -> Iterator[House]:
    """A page server in a home of its own, on SQLite, for as long as it is needed."""
    with ExitStack() as stack:
        page = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        ours, theirs = socket.socketpair()
        stack.enter_context(ours)
        numbers = (page.fileno(), theirs.fileno())
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.browser.house_server",
                *map(str, numbers),
                "lived-in" if is_lived_in else "empty",
            ],
            cwd=ROOT,
            env=_environment(home),
            pass_fds=numbers,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        stack.enter_context(process)
        stack.callback(process.kill)
        theirs.close()
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        lines = stack.enter_context(ours.makefile("rw"))
        yield House(f"http://localhost:{page.getsockname()[1]}", lines)


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "STILLWATER_POSTGRES"}
    return {
        **kept,
        "STILLWATER_HOME": str(home),
        "STILLWATER_KEYRING": "off",
        "STILLWATER_WEB_KEY": secrets.token_hex(32),
        "STILLWATER_STYLE_PAGE": "1",
        "PYTHONWARNINGS": "ignore",
    }


def start_chromium(playwright: Playwright) -> Browser:
    """Debian's chromium, which asks nobody for anything by itself."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
