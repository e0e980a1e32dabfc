"""``stillwater status``: one calm look at how things stand."""

import json
from datetime import datetime
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
from stillwater.core.errors import UserError


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
    if seen and not opened:
        raise UserError(
            "--seen goes with --open: first look, then say that you have seen it.",
            "Type: stillwater status --open --seen",
        )
    home = ready()
    person = the_person(person_name)
    from stillwater.gate import standing

    state = standing.of(home, person)
    data: dict[str, Any] = state.as_data()
    lines = state.lines()
    if state.something_needs_you and not opened:
        lines.insert(1, "See what it is with: stillwater status --open")
    if counts:
        found = standing.counts(person)
        data["counts"] = found
        lines += [f"  {name}: {number}" for name, number in found.items()]
    if opened:
        session = sign_in(person, passphrase_file)
        notices = [
            {**json.loads(session.open_private(blob)), "more_came": more_came}
            for blob, more_came in standing.sealed_notices(home, person)
        ]
        data["notices"] = notices
        lines += [line for notice in notices for line in _notice_lines(notice)]
        if seen:
            standing.acknowledge(home, person)
            lines += ["", "Noted: you have seen this."]
        elif notices:
            lines += ["", "When you have seen this: stillwater status --open --seen"]
    say(as_json, data, *lines)


def _notice_lines(notice: dict[str, Any]) -> list[str]:
    kinds = ", ".join(kind.replace("_", " ") for kind in notice["kinds"])
    received_at = datetime.fromisoformat(notice["received_at"]).astimezone()
    return [
        "",
        notice["text"] or "Something came that you should know of.",
        f"  what: {kinds}",
        f"  when: {received_at:%Y-%m-%d %H:%M %Z}"
        + (f", by {notice['channel']}" if notice["channel"] else ""),
        *(f"  {fact['kind']}: {fact['value']}" for fact in notice["facts"]),
        *_where_it_lies(notice),
        *(["  more of the same came after it"] if notice["more_came"] else []),
    ]


def _where_it_lies(notice: dict[str, Any]) -> list[str]:
    """How to come by the original. A paper of law is one step away, without a wait."""
    item = notice.get("item")
    if item is None and notice["channel"] is None:
        return []  # it is about nothing that came in
    if item is None:
        return ["  the original: not taken in; it stays where it was"]
    if "legal_service" in notice["kinds"]:
        return [f"  the original: stillwater vault open {item[:12]} --show --now court"]
    return [f"  sealed as: {item[:12]}", *_what_to_say(notice, item[:12])]


_IF = {
    "theirs": "if it is theirs",
    "not_theirs": "if it is not",
    "relay": "if they carry word",
    "not_relay": "if they do not",
}


def _what_to_say(notice: dict[str, Any], item: str) -> list[str]:
    """What to type next: the answers, where there are any, and how to look."""
    lines = [
        f"  {_IF[answer]}: stillwater feedback {item} {answer.replace('_', '-')}"
        for answer in notice.get("answers", ())
    ]
    if notice.get("action") == "ask":
        lines.append(f"  to look at it, after your wait: stillwater vault open {item}")
    return lines
