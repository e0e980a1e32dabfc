"""ManageSieve, RFC 5804: as much of it as a filter of ours needs, byte for byte.

The library that there is reads and writes scripts as lines, and cannot be told
whom to trust; a person's own filter must come back exactly as it was
(docs/decisions/0040).
"""

import base64
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from stillwater.channels.mail.live.account import MailAccount, Security
from stillwater.channels.mail.live.connection import CONNECT_WITHIN, Secret, tls_context
from stillwater.channels.mail.live.troubles import MailError, Trouble, told_apart

LONGEST = 4 * 2**20  # bytes of one script, and of all that an answer may hold
_WORD = re.compile(rb'"((?:[^"\\\r\n]|\\.)*)"|([^\s"(){}]+)|(\([^\r\n]*?\))')
_LITERAL = re.compile(rb"\{(\d{1,9})\+?\}\r?\n\Z")
_ESCAPED = re.compile(rb"\\(.)")


@dataclass(frozen=True, slots=True)
class Script:
    """One of the scripts that lie on the server; one at most is active."""

    name: str
    active: bool


class ManageSieve:
    """A signed-in connection. Every method raises MailError and nothing else."""

    def __init__(self, account: MailAccount) -> None:
        host = account.sieve_host or account.host
        with told_apart():
            self._socket = socket.create_connection((host, account.sieve_port), CONNECT_WITHIN)
            self._file = self._socket.makefile("rb")
        self.extensions: frozenset[str] = frozenset()
        self._mechanisms: frozenset[str] = frozenset()
        self._host = host

    # Signing in

    def open(self, account: MailAccount, secret: Secret) -> None:
        """TLS where the account is not on this machine, then the password or token."""
        with told_apart():
            self._learn(self._answer())
            if account.security is not Security.PLAIN:
                self._ask(b"STARTTLS")
                self._wrap(tls_context(account))
                self._learn(self._answer())
            self._authenticate(account.user, secret)

    def _wrap(self, context: ssl.SSLContext) -> None:
        # Nothing that was sent before TLS may count after it.
        self._file.close()
        self._socket = context.wrap_socket(self._socket, server_hostname=self._host)
        self._file = self._socket.makefile("rb")

    def _learn(self, lines: list[list[bytes]]) -> None:
        said = {line[0].upper(): line[1:] for line in lines if line}
        words = said.get(b"SIEVE", [b""])
        self.extensions = frozenset((words or [b""])[0].decode("ascii", "replace").split())
        sasl = said.get(b"SASL", [b""])
        self._mechanisms = frozenset((sasl or [b""])[0].decode("ascii", "replace").upper().split())

    def _authenticate(self, user: str, secret: Secret) -> None:
        if secret.is_token:
            mechanism, said = "XOAUTH2", f"user={user}\x01auth=Bearer {secret.value}\x01\x01"
        else:
            mechanism, said = "PLAIN", f"\0{user}\0{secret.value}"
        if mechanism not in self._mechanisms:
            raise MailError(Trouble.REFUSED, "no such way to sign in")
        first = base64.b64encode(said.encode())
        try:
            self._ask(b'AUTHENTICATE "%s" {%d+}\r\n%s' % (mechanism.encode(), len(first), first))
        except MailError as error:
            if error.trouble is Trouble.REFUSED:
                raise MailError(Trouble.TOKEN if secret.is_token else Trouble.PASSWORD) from error
            raise

    # Scripts

    def scripts(self) -> list[Script]:
        lines = self._ask(b"LISTSCRIPTS")
        return [
            Script(line[0].decode("utf-8", "replace"), b"ACTIVE" in [w.upper() for w in line[1:]])
            for line in lines
            if line
        ]

    def get(self, name: str) -> bytes:
        """A script, byte for byte."""
        lines = self._ask(b"GETSCRIPT " + _quoted(name))
        return lines[0][0] if lines and lines[0] else b""

    def put(self, name: str, script: bytes) -> None:
        """Store a script under a name; the server refuses what it cannot run."""
        self._ask(b"PUTSCRIPT %s {%d+}\r\n%s" % (_quoted(name), len(script), script))

    def set_active(self, name: str) -> None:
        """Make a script the active one; "" makes none active."""
        self._ask(b"SETACTIVE " + _quoted(name))

    def delete(self, name: str) -> None:
        self._ask(b"DELETESCRIPT " + _quoted(name))

    def close(self) -> None:
        for one in (self._file, self._socket):
            try:
                one.close()
            except OSError:
                continue

    # The wire

    def _ask(self, command: bytes) -> list[list[bytes]]:
        with told_apart():
            self._socket.sendall(command + b"\r\n")
            return self._answer()

    def _answer(self) -> list[list[bytes]]:
        """The lines before OK, each as its strings. Raises MailError for NO and BYE."""
        lines: list[list[bytes]] = []
        left = LONGEST
        while True:
            words, used = self._line(left)
            left -= used
            if left < 0:
                raise MailError(Trouble.REFUSED, "an answer without end")
            first = words[0].upper() if words else b""
            if first == b"OK":
                return lines
            if first in (b"NO", b"BYE"):
                raise MailError(Trouble.REFUSED if first == b"NO" else Trouble.UNREACHABLE)
            lines.append(words)

    def _line(self, most: int) -> tuple[list[bytes], int]:
        """One line as its words, literals put in; and how many bytes it had."""
        words: list[bytes] = []
        used = 0
        while True:
            raw = self._file.readline(most + 1)
            if not raw.endswith(b"\n"):
                raise MailError(Trouble.UNREACHABLE, "it ended within a line")
            used += len(raw)
            literal = _LITERAL.search(raw)
            words += [
                _word(found) for found in _WORD.finditer(raw[: literal.start()] if literal else raw)
            ]
            if literal is None:
                return words, used
            size = int(literal[1])
            if size > most - used:
                raise MailError(Trouble.REFUSED, "an answer without end")
            block = self._file.read(size)
            if len(block) < size:
                raise MailError(Trouble.UNREACHABLE, "it ended within a literal")
            words.append(block)
            used += size


def _word(found: re.Match[bytes]) -> bytes:
    if found[1] is not None:
        return _ESCAPED.sub(rb"\1", found[1])
    return found[0]


def _quoted(name: str) -> bytes:
    return b'"' + re.sub(rb'(["\\])', rb"\\\1", name.encode()) + b'"'


@contextmanager
def manage_sieve(account: MailAccount, secret: Secret) -> Iterator[ManageSieve]:
    """A connection, ended with the block. Raises MailError."""
    client = ManageSieve(account)
    try:
        client.open(account, secret)
        yield client
    finally:
        client.close()
