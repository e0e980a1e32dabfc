"""What the commands about mailboxes share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stillwater.channels.mail.live.troubles import MailError
from stillwater.cli.common import ready, the_person
from stillwater.core.errors import ExitCode, UserError

if TYPE_CHECKING:
    from stillwater.gate.live.mailboxes import Mailboxes

Command = TypeVar("Command", bound=Callable[..., Any])
which: Callable[[Command], Command] = click.argument("which", metavar="[ID]", default="")


def boxes_of(person_name: str | None) -> "Mailboxes":
    """The mailboxes of that person, with everything made ready."""
    home = ready()
    person = the_person(person_name)
    from stillwater.core.clock import SystemClock
    from stillwater.gate.live.mailboxes import Mailboxes
    from stillwater.vault.machine import MachineKey

    return Mailboxes(person, home, MachineKey.load_or_create(home), SystemClock())


@contextmanager
def said_in_words() -> Iterator[None]:
    """What a mail server did wrong, in words, with the next step."""
    try:
        yield
    except MailError as error:
        raise UserError(
            error.trouble.said, error.trouble.next_step, ExitCode.FOUND_WRONG
        ) from error
