"""A small IMAP server that plays what Gmail and Outlook say, from transcripts in plain text.

A mock of what cannot be had here: there is no account with either of them. It knows no
mail and no rules; it answers what stands in ``tests/data/dialects/*.txt``, and takes note of
every line that it was not given an answer for. The facts in the transcripts come from
Google's "IMAP Extensions" and "XOAUTH2 Mechanism" pages, from Microsoft's "Authenticate
an IMAP connection using OAuth", and from protocol logs that people published in the issue
trackers of MailKit (290, 690, 849), imapsync (212, 272), node-imap (689) and getmail6 (214);
addresses, tokens and mails in them are made up.

A transcript::

    # a comment
    [start]                      a state; the server begins in "start"
    S: * OK ready                what it says at once when a state is entered
    C: {tag} NOOP                an exchange: what the client asks ...
    S: {tag} OK Success          ... and what it hears
    => moved                     the state afterwards (here and below: may be left out)
    !hang up                     end the connection

What a state does not know is looked up in "always". In ``C:`` lines ``{any}`` is anything,
``{good}`` and ``{bad}`` are the XOAUTH2 words with the right and with any other token;
quotation marks and doubled spaces do not count. Among exchanges that begin alike the next
``C:`` line decides. In ``S:`` lines ``{literal:NAME}`` is a mail as a literal and ``{size:NAME}``
its length.
"""

import base64
import contextlib
import re
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.certificates import Authority

FOLDER = Path(__file__).parent.parent / "data" / "dialects"
_HANG_UP = "!hang up"


@dataclass(frozen=True)
class Exchange:
    """Lines as (who, text), the first of them the client's."""

    lines: tuple[tuple[str, str], ...]
    then: str | None = None

    @property
    def question(self) -> str:
        return self.lines[0][1]


@dataclass
class State:
    greeting: list[str] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)


class _Reading:
    """A transcript as it is read, line by line."""

    def __init__(self) -> None:
        self.states: dict[str, State] = {}
        self._state = State()
        self._lines: list[tuple[str, str]] = []

    def line(self, line: str) -> None:
        if not line.strip():
            self.end()
        elif line.startswith("["):
            self.end()
            self._state = self.states.setdefault(line.strip("[]"), State())
        elif line.startswith("=> "):
            self.end(line[3:].strip())
        elif line.startswith(("C:", "S:")) or line == _HANG_UP:
            self._said(line[0], line if line == _HANG_UP else line[2:].removeprefix(" "))
        elif not line.startswith("#"):
            raise ValueError(f"not a line of a transcript: {line}")

    def _said(self, who: str, text: str) -> None:
        if who == "C" and not _goes_on(self._lines):
            self.end()
        if who == "C" or self._lines:
            self._lines.append((who, text))
        else:
            self._state.greeting.append(text)

    def end(self, then: str | None = None) -> None:
        if self._lines:
            self._state.exchanges.append(Exchange(tuple(self._lines), then))
            self._lines = []


def read_transcript(path: Path) -> dict[str, State]:
    """The states of a transcript, by name."""
    reading = _Reading()
    for line in path.read_text("utf-8").splitlines():
        reading.line(line)
    reading.end()
    return reading.states


def _goes_on(lines: Sequence[tuple[str, str]]) -> bool:
    """A client's line within an exchange stands behind a "+" of the server's, or its news."""
    return any(who == "S" and text.startswith("+") for who, text in lines)


@dataclass
class Dialect:
    """What was played. ``unexpected`` must be empty when the test is over."""

    port: int
    asked: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    connections: int = 0


class _Play:
    """One connection."""

    def __init__(
        self, states: Mapping[str, State], said: Dialect, user: str, token: str,
        mails: Mapping[str, bytes], start: str,
    ) -> None:  # fmt: skip
        self._states, self._said, self._mails = states, said, mails
        words = f"user={user}\x01auth=Bearer {token}\x01\x01"
        self._good = base64.b64encode(words.encode()).decode()
        self._state = start
        self._over = False

    def run(self, wire: socket.socket) -> None:
        self._file = wire.makefile("rwb")
        self._enter(self._state)
        while not self._over:
            line = self._heard()
            if line is None:
                return
            self._answer(line)

    def _enter(self, name: str) -> None:
        self._state = name
        for text in self._states[name].greeting:
            self._say(text, "*")

    def _heard(self) -> str | None:
        raw = self._file.readline()
        if not raw:
            return None
        line: str = raw.decode("utf-8", "replace").rstrip("\r\n")
        self._said.asked.append(line.replace(self._good, "{good}"))
        return line

    def _answer(self, line: str) -> None:
        tag = line.split(" ", 1)[0]
        found = [one for one in self._known() if self._fits(one.question, line)]
        if not found:
            self._said.unexpected.append(line)
            self._say(f"{tag} BAD not in the transcript", tag)
            return
        at = 1
        while at < len(found[0].lines):
            who, text = found[0].lines[at]
            if who == "C":
                heard = self._heard()
                if heard is None:
                    self._over = True
                    return
                fitting = [one for one in found if self._fits(one.lines[at][1], heard)]
                if not fitting:
                    self._said.unexpected.append(heard)
                    self._say(f"{tag} BAD not in the transcript", tag)
                    return
                found = fitting
            else:
                self._say(text, tag)
            at += 1
        if found[0].then is not None:
            self._enter(found[0].then)

    def _known(self) -> Iterator[Exchange]:
        yield from self._states[self._state].exchanges
        yield from self._states.get("always", State()).exchanges

    def _fits(self, pattern: str, line: str) -> bool:
        if pattern == "{bad}":
            return line != self._good and re.fullmatch(r"[A-Za-z0-9+/=]+", line) is not None
        wanted = re.escape(_plain(pattern))
        for name, meaning in (("tag", r"\w+"), ("any", ".*"), ("good", re.escape(self._good))):
            wanted = wanted.replace(re.escape(f"{{{name}}}"), meaning)
        return re.fullmatch(wanted, _plain(line), re.IGNORECASE) is not None

    def _say(self, text: str, tag: str) -> None:
        if text == _HANG_UP:
            self._over = True
            return
        raw = text.replace("{tag}", tag).encode()
        for name, mail in self._mails.items():
            raw = raw.replace(b"{size:%s}" % name.encode(), b"%d" % len(mail))
            raw = raw.replace(b"{literal:%s}" % name.encode(), b"{%d}\r\n%s" % (len(mail), mail))
        self._file.write(raw + b"\r\n")
        self._file.flush()


def _plain(line: str) -> str:
    return re.sub(r" +", " ", line.replace('"', "")).strip()


@contextmanager
def playing(
    name: str, authority: Authority, *, user: str, token: str = "", start: str = "start",
    mails: Mapping[str, bytes] | None = None,
) -> Iterator[Dialect]:  # fmt: skip
    """A server on this machine, over TLS, that plays ``tests/data/dialects/<name>.txt``."""
    states = read_transcript(FOLDER / f"{name}.txt")
    listener = socket.create_server(("127.0.0.1", 0))
    said = Dialect(listener.getsockname()[1])
    context = authority.serving()
    threads: list[threading.Thread] = []
    wires: list[socket.socket] = []

    def serve(caller: socket.socket) -> None:
        with contextlib.suppress(OSError), context.wrap_socket(caller, server_side=True) as wire:
            wires.append(wire)
            said.connections += 1
            _Play(states, said, user, token, mails or {}, start).run(wire)

    def accept() -> None:
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            threads.append(threading.Thread(target=serve, args=(caller,), daemon=True))
            threads[-1].start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield said
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join()
        for wire in wires:
            with contextlib.suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join()
