"""An IMAP client that takes no more in than we asked for.

A server says itself how many bytes follow (a literal, RFC 9051, 4.3), and the library would
make room for as many: gigabytes, in one answer or in many small ones without an end. What is
longer than anything that we ask for ends the connection. Mails are not cut by this: they are
asked for in pieces (``mailbox.PIECE``), and are bounded there as in an import.
"""

import contextlib
import imaplib

from imapclient import IMAPClient
from imapclient.imap4 import IMAP4WithTimeout
from imapclient.tls import IMAP4_TLS

from stillwater.channels.mail.live.troubles import MailError, Trouble

LONGEST_LITERAL = 4 * 2**20  # bytes; the longest piece of a mail that is asked for has one MiB
LONGEST_LINE = 16 * 2**20  # bytes; two million mails found have up to ten digits each
LONGEST_ANSWER = 64 * 2**20  # bytes until something else is asked; a batch of mails has 17 MiB


class _Bounded(imaplib.IMAP4):
    """Counts what comes in between two commands."""

    _taken = 0

    def send(self, data: bytes) -> None:  # type: ignore[override]  # bytes is all it is given
        self._taken = 0
        super().send(data)

    def read(self, size: int) -> bytes:
        self._must_fit(size, LONGEST_LITERAL)
        return super().read(size)

    def readline(self) -> bytes:
        """With a bound of its own: the library's is too short for the numbers of many mails."""
        line: bytes = self.file.readline(LONGEST_LINE + 1)  # type: ignore[assignment]  # opened "rb": bytes, which the stubs leave open
        self._must_fit(len(line), LONGEST_LINE)
        return line

    def _must_fit(self, more: int, longest: int) -> None:
        self._taken += more
        if more > longest or self._taken > LONGEST_ANSWER:
            with contextlib.suppress(OSError):
                self.shutdown()  # whatever still comes is for nobody
            raise MailError(Trouble.ENDLESS)


class _Plain(_Bounded, IMAP4WithTimeout):  # type: ignore[misc]  # imapclient has no types
    pass


class _Tls(_Bounded, IMAP4_TLS):  # type: ignore[misc]  # likewise
    pass


class BoundedClient(IMAPClient):  # type: ignore[misc]  # likewise
    """The library's client over such a connection. Its methods raise MailError (ENDLESS) too."""

    def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802  the library's name
        within = getattr(self._timeout, "connect", None)
        if self.ssl:
            return _Tls(self.host, self.port, self.ssl_context, within)  # type: ignore[call-arg]  # likewise
        return _Plain(self.host, self.port, within)
