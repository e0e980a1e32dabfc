"""``stillwater mail test`` and ``rules``: what a server can do, and what to do there by hand."""

from pathlib import Path

import click

from stillwater.cli.common import end_with, json_option, must_be_free, person_option, say
from stillwater.cli.mail_common import boxes_of, said_in_words, which
from stillwater.core.errors import ExitCode, UserError


@click.command()
@which
@person_option
@json_option
def test(which: str, person_name: str | None, as_json: bool) -> None:
    """Say in plain words what works on this mailbox's server, and what does not.

    Nothing is moved, marked or made there. It also says who hears of new mail
    first, and what to switch off on your phone.
    """
    boxes = boxes_of(person_name)
    row = boxes.find(which)
    from stillwater.channels.mail.live.probe import probe
    from stillwater.gate.live.sessions import access_secret

    with said_in_words():
        secret = access_secret(boxes, row)
    report = probe(boxes.account(row), secret)
    say(as_json, report.to_json(), *report.in_lines())
    if not report.can_be_watched:
        end_with(ExitCode.FOUND_WRONG)


@click.command()
@which
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write the provider's file of rules here, where it reads one (Gmail).",
)
@click.option("--undo", is_flag=True, help="Say how the rule is taken away again.")
@person_option
@json_option
def rules(which: str, out: Path | None, undo: bool, person_name: str | None, as_json: bool) -> None:
    """Say how your provider's own rule is made, step by step, where it knows no other.

    It holds the mail addresses of the other that your plan names. Such a rule
    does not end by itself: the steps say when to look at it again.
    """
    boxes = boxes_of(person_name)
    row = boxes.find(which)
    from stillwater.channels.mail.providers.rules import filter_file, steps, undo_steps
    from stillwater.channels.mail.providers.table import provider_of
    from stillwater.gate.live.leases import addresses_to_file

    account = boxes.account(row)
    provider = provider_of(account)
    if undo:
        lines = undo_steps(provider, account.hold_folder)
        say(as_json, {"steps": lines}, *_numbered(lines))
        return
    addresses = addresses_to_file(boxes)
    if not addresses:
        raise UserError(
            "Your plan names no mail address that a rule could be made for.",
            "See your plan with: stillwater plan show",
        )
    today = boxes.clock.now().date()
    lines = steps(provider, addresses, account.hold_folder, today)
    data = {"provider": provider.name, "steps": lines}
    if out is not None:
        name, content = filter_file(provider, addresses, account.hold_folder, today)
        path = out / name
        must_be_free(path)
        path.write_bytes(content)
        data["file"] = str(path)
    say(as_json, data, f"{provider.name}:", *_numbered(lines))


def _numbered(lines: list[str]) -> list[str]:
    return [f"  {number}. {line}" for number, line in enumerate(lines, start=1)]
