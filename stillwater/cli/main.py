"""The command line's entry: finds the command, and says plainly what went wrong."""

import sys
import traceback
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from stillwater import __version__
from stillwater.core.age import age_in_words
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.places import place_of

INTERRUPTED = 130  # 128 + SIGINT, as every shell says it
PIPE_CLOSED = 141  # 128 + SIGPIPE


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: where its object is, and the line that ``--help`` shows of it."""

    path: str  # "module:object"
    summary: str


def _entry(module: str, summary: str) -> Entry:
    return Entry(f"stillwater.cli.{module}:command", summary)


# Explicit, so that --help imports no command, and in the order in which they are needed.
COMMANDS: dict[str, Entry] = {
    "up": _entry("up", "Start Stillwater and print the link to its page."),
    "keys": _entry("keys", "Make, check and change your keys; print the recovery sheet."),
    "plan": _entry("plan", "Say what you decided: check, set, show or withdraw a plan."),
    "import": _entry("import_", "Take in mail that you already have."),
    "mail": _entry("mail", "Say which mailboxes are watched: add, test, list, remove."),
    "notify": _entry("notify", "Say where notes go when something needs you."),
    "watch": _entry("watch", "Watch the mailboxes, here and now."),
    "heartbeat": _entry("heartbeat", "Let somebody you trust see that all is being watched."),
    "status": _entry("status", "Say whether anything needs you."),
    "feedback": _entry("feedback", "Say of something held or asked about whose it is."),
    "replay": _entry("replay", "See what a plan would make of a file of arrivals."),
    "same-writer": _entry("same_writer", "Say whether texts have one writer, by style alone."),
    "circle": _entry("circle", "See who helps, make a reviewer's key, exchange review files."),
    "review": _entry("review", "Review what somebody you help was sent, from a sealed file."),
    "vault": _entry("vault", "Ask to open something that is held, or take that back."),
    "ledger": _entry("ledger", "Check the record, and prove what is in it."),
    "evidence": _entry("evidence", "Export what a lawyer, an officer or a court can check."),
    "verify": _entry("verify", "Check an export; needs no keys and no database."),
    "backup": _entry("backup", "Keep everything in one encrypted file, or restore it."),
    "models": _entry("models", "Rebuild what the reader has learnt (for builders)."),
    "doctor": _entry("doctor", "Check this installation and say what to do."),
}

_EPILOG = (
    "Start with: keys new, plan set, import, status. Each command explains itself: "
    "stillwater COMMAND --help. Exit codes: 0 done; 1 a check found something wrong; "
    "2 the call or the input has another form; 3 not now; 4 not allowed; "
    "5 something on this machine is broken."
)


class LazyGroup(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.path.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    epilog=_EPILOG,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message=f"Stillwater %(version)s, {age_in_words()}")
@click.option(
    "--debug",
    is_flag=True,
    help="Show where it broke, in full. That may show content: look before you pass it on.",
)
def stillwater(debug: bool) -> None:
    """No Contact as a working system, on your own machine.

    What the other sends is sealed unread, dated and recorded; danger, courts and
    children still reach you.
    """


def run(arguments: list[str] | None = None) -> int:
    """Run the command that was typed; gives its exit code.

    ``arguments`` are those after the program's name; None: the process's own.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    stdout = sys.stdout
    try:
        result: Any = stillwater.main(arguments, prog_name="stillwater", standalone_mode=False)
    except UserError as error:
        return _two_lines(error.what, error.next_step, error.exit_code)
    except click.ClickException as error:
        return _two_lines(error.format_message(), _where_to_read(error), ExitCode.USAGE)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit:
        # When the reader of standard output went away, click puts something mute in
        # its place and exits with 1, which here means that a check found something.
        if sys.stdout is not stdout:
            return PIPE_CLOSED
        raise
    except Exception as error:  # noqa: BLE001 - the last resort: said, and never hidden
        return _broke(error, in_full="--debug" in arguments)
    return result if isinstance(result, int) else ExitCode.OK


def _two_lines(what: str, next_step: str, code: ExitCode) -> int:
    for line in (what, next_step):
        if line:
            click.echo(line, err=True)
    return code


def _where_to_read(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "stillwater"
    return f"See: {path} --help"


def _broke(error: Exception, *, in_full: bool) -> int:
    """Say what kind of thing broke and where in our code: never with content."""
    if in_full:
        traceback.print_exception(error)
    if isinstance(error, OSError) and error.strerror:
        what = f"This machine would not do it: {error.strerror}."
    elif type(error).__module__ == "django.db.utils":  # told by its name: --help needs no Django
        what = "The database could not be read or written."
    else:
        what = "Something inside Stillwater broke."
    return _two_lines(what, f"{place_of(error)} · stillwater doctor may know more", ExitCode.BROKEN)
