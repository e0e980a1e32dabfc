"""What can go wrong with a mail server, as a closed list: it can be kept, said and logged.

The words of a server are a stranger's: none of them is kept or shown.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from imapclient.exceptions import (
    CapabilityError,
    IMAPClientAbortError,
    IMAPClientError,
    LoginError,
)

from stillwater.core.saying import to_say


class Trouble(StrEnum):
    """Why a mailbox is not being watched."""

    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    TRUST = "trust"
    PASSWORD = "password"
    KEYRING = "keyring"
    TOKEN = "token"
    FOLDER = "folder"
    FULL = "full"
    SILENT = "silent"
    ENDLESS = "endless"
    REFUSED = "refused"
    RULE = "rule"
    DISK = "disk"
    NO_PLAN = "no_plan"
    STOPPED = "stopped"
    BROKEN = "broken"

    @property
    def said(self) -> str:
        """What it is, in one plain sentence."""
        return _SAID[self][0]

    @property
    def next_step(self) -> str:
        """What the person can do about it."""
        return _SAID[self][1]

    @property
    def needs_person(self) -> bool:
        """Whether it will not go away by itself."""
        return self in _ENDS_BY_THE_PERSON


_SAID = {
    Trouble.UNREACHABLE: (
        to_say("The mail server cannot be reached."),
        to_say("It is tried again by itself. If it stays so: is this machine online?"),
    ),
    Trouble.CERTIFICATE: (
        to_say("The mail server shows a certificate that cannot be trusted."),
        to_say("Somebody may be in between: change nothing from here. Try from another network."),
    ),
    Trouble.TRUST: (
        to_say("The file with the certificate to trust cannot be read, or holds none."),
        to_say("Put it back where it was. Until then nothing is sent to the mail server."),
    ),
    Trouble.PASSWORD: (
        to_say("The mail server no longer takes the password."),
        "If you changed it, give the new one: stillwater mail password. If you did not, somebody "
        "else may have: change it from a device that only you use.",
    ),
    Trouble.KEYRING: (
        to_say("The keyring does not give the mailbox's password back."),
        "Unlock it (sign in to the desktop). If it is gone: stillwater mail password",
    ),
    Trouble.TOKEN: (
        to_say("The permission to read this mailbox has ended."),
        "Give it anew: stillwater mail sign-in",
    ),
    Trouble.FOLDER: (
        to_say("A folder that is watched is gone, and is not there under its old name."),
        "It is made again where that is possible: stillwater mail test says what is missing.",
    ),
    Trouble.FULL: (
        to_say("The mailbox is full: what is theirs is sealed, and cannot be moved out of sight."),
        to_say("Make room in the mailbox."),
    ),
    Trouble.SILENT: (
        to_say("The mail server has gone silent."),
        to_say("It is called again by itself."),
    ),
    Trouble.ENDLESS: (
        to_say("The mail server sent more than any answer holds, so the connection was ended."),
        to_say(
            "It is tried again by itself. If it stays so, ask whoever runs the server, or use "
            "another mailbox."
        ),
    ),
    Trouble.REFUSED: (
        to_say("The mail server refused something that it should do."),
        "stillwater mail test says what this server can do.",
    ),
    Trouble.RULE: (
        to_say(
            "The server's own rule could not be renewed. Mail is watched and moved all the same."
        ),
        "It is tried again by itself. stillwater mail test says what this server can do.",
    ),
    Trouble.DISK: (
        to_say("This machine could not write what came in, so all of it stays on the server."),
        "Make room on the disk: stillwater doctor",
    ),
    Trouble.NO_PLAN: (
        to_say("There is no plan yet, so nothing can be told apart."),
        "Write one: stillwater plan set PLAN.toml",
    ),
    Trouble.STOPPED: (
        to_say("The part of this program that watches has stopped."),
        to_say(
            "It is started again by itself. If it stays so: end the program and start it again."
        ),
    ),
    Trouble.BROKEN: (
        to_say("Something of ours broke while the mailbox was watched."),
        "It starts again by itself; the log says where. stillwater doctor may know why.",
    ),
}

_ENDS_BY_THE_PERSON = frozenset(
    {Trouble.PASSWORD, Trouble.TOKEN, Trouble.CERTIFICATE, Trouble.TRUST, Trouble.FULL}
)


class MailError(Exception):
    """A mail server did not do what it was asked. Holds a kind, and no words of the server's."""

    def __init__(self, trouble: Trouble, what: str = "") -> None:
        super().__init__(trouble.value if not what else f"{trouble.value}: {what}")
        self.trouble = trouble


@contextmanager
def told_apart(otherwise: Trouble = Trouble.REFUSED) -> Iterator[None]:
    """Turn whatever a mail library raises inside the block into a MailError."""
    try:
        yield
    except MailError:
        raise
    except ssl.SSLCertVerificationError as error:
        raise MailError(Trouble.CERTIFICATE) from error
    except LoginError as error:
        raise MailError(_of_sign_in(error)) from error
    except TimeoutError as error:
        raise MailError(Trouble.SILENT) from error
    except (OSError, IMAPClientAbortError) as error:
        raise MailError(Trouble.UNREACHABLE) from error
    except CapabilityError as error:
        raise MailError(Trouble.REFUSED) from error
    except (IMAPClientError, ValueError, AssertionError) as error:
        raise MailError(_by_code(error) or otherwise) from error


# How Gmail and Outlook say "not now" (Gmail's bandwidth limit bears the code OVERQUOTA).
_TOO_MUCH = (
    "BANDWIDTH LIMIT",
    "TOO MANY SIMULTANEOUS",
    "IS THROTTLED",
    "AUTHENTICATED BUT NOT CONNECTED",
)


def _of_sign_in(error: Exception) -> Trouble:
    """A server that has too much to do, or lacks its own password file, did not say no."""
    if isinstance(error.__context__, IMAPClientAbortError):
        return Trouble.UNREACHABLE  # it hung up: that is no word about the password
    words = str(error).upper()
    if any(one in words for one in _TOO_MUCH):
        return Trouble.UNREACHABLE
    busy = ("UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "CONTACTADMIN", "TEMPORARILY")
    return Trouble.REFUSED if any(one in words for one in busy) else Trouble.PASSWORD


def _by_code(error: Exception) -> Trouble | None:
    """The response codes of RFC 5530 that say more than NO."""
    words = str(error).upper()
    if any(one in words for one in _TOO_MUCH):
        return Trouble.UNREACHABLE
    if "OVERQUOTA" in words:
        return Trouble.FULL
    if "NONEXISTENT" in words or "TRYCREATE" in words:
        return Trouble.FOLDER
    return None
