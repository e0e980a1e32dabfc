"""``stillwater status``: one calm look at how things stand."""

import json
from typing import Any

import click

from stillwater.cli.common import (
    json_option,
    passphrase_option,
    person_option,
    ready,
    say,
    sign_in,
    the_person,
)


@click.command(name="status")
@click.option("--open", "opened", is_flag=True, help="Sign in and see what needs you: facts only.")
@click.option("--seen", is_flag=True, help="With --open: you have seen it; stop telling you.")
@click.option("--counts", is_flag=True, help="Also how many attempts there are.")
@person_option
@passphrase_option
@json_option
def command(
    opened: bool,
    seen: bool,
    counts: bool,
    person_name: str | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Say whether something needs you, and whether all is well.

    Without --open nothing is shown but that. With it you sign in, and see what
    kind of thing it is and its facts; never the words.
    """
    home = ready()
    person = the_person(person_name)
    from stillwater.gate import standing

    state = standing.of(home, person)
    data: dict[str, Any] = state.as_data()
    lines = state.lines()
    if counts:
        found = standing.counts(person)
        data["counts"] = found
        lines += [f"  {name}: {number}" for name, number in found.items()]
    if opened:
        session = sign_in(person, passphrase_file)
        notices = [
            json.loads(session.open_private(blob)) for blob in standing.sealed_notices(person)
        ]
        data["notices"] = notices
        lines += [line for notice in notices for line in _notice_lines(notice)]
        if seen:
            standing.acknowledge(person)
            lines.append("Noted: you have seen this.")
    say(as_json, data, *lines)


def _notice_lines(notice: dict[str, Any]) -> list[str]:
    kinds = ", ".join(kind.replace("_", " ") for kind in notice["kinds"])
    lines = ["", notice["text"] or "Something came that you should know of.", f"  what: {kinds}"]
    lines.append(f"  when: {notice['received_at']}, by {notice['channel']}")
    lines += [f"  {fact['kind']}: {fact['value']}" for fact in notice["facts"]]
    return lines
