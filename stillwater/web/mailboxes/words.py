"""How a mailbox stands, as the page says it: the gate's sentences, with buttons for commands."""

import re
from dataclasses import dataclass
from datetime import date

from stillwater.channels.mail.live.account import HeldCopy, SignIn
from stillwater.channels.mail.live.findings import About, Finding, Report, State
from stillwater.channels.mail.live.troubles import Trouble
from stillwater.core.errors import UserError
from stillwater.core.saying import to_say
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.gate.live.watching import Watching, said_time, state_of_mailbox
from stillwater.gate.models import Mailbox

# What a sentence names as a command or an option stands on this page as a button or a field.
# The longer ones first: one may be the beginning of another.
_HERE = (
    ("See yours: stillwater mail list", to_say("Go back to your mailboxes.")),
    ("Add one: stillwater mail add ADDRESS", "Press “Add a mailbox”."),
    ("Say which one: stillwater mail list", "Go back to your mailboxes and choose one."),
    ("give the new one: stillwater mail password", "give the new one with “New password”"),
    ("give it anew: stillwater mail password", "give it anew with “New password”"),
    ("If it is gone: stillwater mail password", "If it is gone, press “New password” here."),
    (
        "stillwater mail test says what this server can do",
        "“Look at the server” says what it can do",
    ),
    ("stillwater mail test says", "“Look at the server” says"),
    ("stillwater mail rules shows how", "docs/mail.md shows how"),
    (": stillwater mail sign-in", "."),
    (": stillwater mail test", "."),
    (": --folder NAME", "."),
    (": --trust FILE", "."),
    (": --client-id", "."),
    ("143 with --starttls", "143 with STARTTLS"),
    ("Look at --trust.", "Look at its path."),
    ("Leave --plain out.", "Choose TLS."),
    ("Give --lease 7d, for example.", to_say("Seven is a good number.")),
)
_OF_THE_SECRET = frozenset({Trouble.PASSWORD, Trouble.KEYRING, Trouble.TOKEN})
_NAME = re.compile(r"\bStillwater\b")


def said_here(sentence: str) -> str:
    """The same sentence, where it names what is a button or a field on these pages."""
    for command, here in _HERE:
        sentence = sentence.replace(command, here)
    # What is typed in a terminal stays as it is typed; elsewhere the name gives nothing away.
    return _NAME.sub("this program", sentence)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, and the next step."""

    what: str
    next_step: str = ""

    @classmethod
    def of_trouble(cls, trouble: Trouble) -> "Said":
        return cls(said_here(trouble.said), said_here(trouble.next_step))

    @classmethod
    def of_try(cls, trouble: Trouble) -> "Said":
        """Of a password that was typed just now: the server never took it."""
        if trouble is Trouble.PASSWORD:
            return cls(
                to_say("The mail server does not take this password."),
                to_say("Type it again, or make a new app password at your provider."),
            )
        return cls.of_trouble(trouble)

    @classmethod
    def of_error(cls, error: UserError) -> "Said":
        return cls(said_here(error.what), said_here(error.next_step))


@dataclass(frozen=True, slots=True)
class Shown:
    """One mailbox as a page shows it."""

    key: str
    user: str
    host: str
    folder: str
    is_watched: bool
    says: str
    is_new: bool
    troubles: tuple[Said, ...]
    wants_secret: bool  # what keeps it from being watched is a password, or a permission
    takes_password: bool
    copies_go: bool
    lease_until: date | None
    removal_at: str  # in the machine's own time; "" where nothing waits
    removal_is_ready: bool


def shown(boxes: Mailboxes, row: Mailbox) -> Shown:
    """How it stands with a mailbox now."""
    account = boxes.account(row)
    now = boxes.clock.now()
    state = state_of_mailbox(row, now)
    waits = boxes.removal(row)
    return Shown(
        key=row.public_id,
        user=account.user,
        host=account.host,
        folder=account.hold_folder,
        is_watched=state.watching is Watching.ALL,
        says=to_say("Being watched.") if state.watching is Watching.ALL else state.in_words,
        is_new=state.since is None and not state.troubles,
        troubles=tuple(Said.of_trouble(one) for one in state.troubles),
        wants_secret=not _OF_THE_SECRET.isdisjoint(state.troubles),
        takes_password=account.sign_in is SignIn.PASSWORD,
        copies_go=account.held_copy is HeldCopy.REMOVED,
        lease_until=row.lease_until,
        removal_at=said_time(waits.ready_at) if waits else "",
        removal_is_ready=bool(waits and waits.ready_at <= now),
    )


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding of a look at a server: a mark for the eye, the same in words for the ear."""

    mark: str
    in_words: str
    said: Said
    steps: tuple[str, ...]


_MARKS = {
    State.WORKS: ("good", to_say("Works")),
    State.LOOK: ("look", to_say("Look")),
    State.DOES_NOT: ("not", to_say("No")),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at a server found, in its own order: first what somebody should see."""

    to_see: tuple[ShownFinding, ...]
    works: tuple[ShownFinding, ...]


def found(report: Report | None, *, is_there: bool = False) -> Found | None:
    """What a look found; None where nobody looked.

    Of a mailbox that ``is_there`` already, the hold folder is ours: no reason to look.
    """
    if report is None:
        return None
    about = [
        one
        for one in report.findings
        if not (is_there and (one.about, one.state) == (About.HOLD, State.LOOK))
    ]
    works = tuple(_finding(one) for one in about if one.state is State.WORKS)
    to_see = tuple(_finding(one) for one in about if one.state is not State.WORKS)
    return Found(to_see, works)


def _finding(one: Finding) -> ShownFinding:
    mark, in_words = _MARKS[one.state]
    said = Said(said_here(one.said), said_here(one.next_step))
    return ShownFinding(mark, in_words, said, tuple(said_here(step) for step in one.steps))
