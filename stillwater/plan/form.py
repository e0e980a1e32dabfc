"""The plan as TOML, in and out: docs/formats/plan.md. No database, no Django.

``parse`` refuses whatever it does not understand: a mistyped key that were
ignored would leave somebody without what they think they decided.
"""

import re
import tomllib
import zoneinfo
from collections.abc import Iterable, Mapping
from datetime import date, time
from enum import Enum
from typing import Any

import phonenumbers
import tomlkit

from stillwater.core.errors import UserError
from stillwater.core.plans import (
    AlwaysPass,
    Child,
    Handover,
    Keep,
    Other,
    Plan,
    Relay,
    Wanted,
    You,
)
from stillwater.core.words import Action, Channel, Mode, Need
from stillwater.plan.consistency import check_together
from stillwater.plan.fields import Table

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_CURLY = re.compile("[\u2018-\u201f\u00ab\u00bb]")  # what word processors make of a quotation mark
CADENCES = ["at_once", "daily", "weekly"]
ON_RELAY = [Action.HELD.value, Action.ASK.value, Action.UNTOUCHED.value]


def parse(toml_text: str) -> Plan:
    """The plan that this TOML says. Raises UserError with the key, the line and the next step."""
    top = Table(toml_text, (), _toml(toml_text))
    you_table = top.table("you")
    if you_table is None:
        raise UserError("The plan has no [you].", "Add a line [you]; it may stay empty.")
    you = _you(you_table)
    you_table.done()
    plan = Plan(
        others=top.tables("others", lambda table: _other(table, you.region)),
        you=you,
        wanted=top.tables("wanted", lambda table: _wanted(table, you.region)),
        always_pass=top.tables("always_pass", lambda table: _always_pass(table, you.region)),
    )
    top.done()
    if not plan.others:
        raise UserError(
            "The plan is about nobody.", "Add [[others]] with a label and a mode under it."
        )
    check_together(plan, toml_text)
    return plan


def _toml(toml_text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        # The parser's own sentence ends in the place: "… (at line 3, column 9)".
        last = f"at line {max(1, len(toml_text.splitlines()))}, the last"
        what = str(error).replace("at end of document", last)
        raise UserError(f"The plan is not TOML: {what}.", _mend(toml_text, what)) from error
    except RecursionError as error:
        raise UserError(
            "The plan is nested too deeply.", "Nothing in a plan needs that."
        ) from error


def _mend(toml_text: str, what: str) -> str:
    """The next step where a line is not TOML; ``what`` says which line."""
    found = re.search(r"at line (\d+)", what)
    lines = toml_text.splitlines()
    if found and int(found[1]) <= len(lines) and _CURLY.search(lines[int(found[1]) - 1]):
        return 'Quotation marks must be straight: "J", as a plain text editor writes them.'
    return "Compare the line with docs/formats/plan.md."


def _you(table: Table) -> You:
    region = table.text("region")
    if region is not None and region not in phonenumbers.SUPPORTED_REGIONS:
        table.wrong("region", "is no country", 'Write two capital letters: region = "DE".')
    timezone = table.text("timezone") or "UTC"
    _check_timezone(table, timezone)
    languages = table.texts("languages")
    return You(
        names=table.texts("names"),
        handles=table.handles("handles", region),
        region=region,
        timezone=timezone,
        languages=languages if table.has("languages") else You().languages,
        authserv=table.texts("authserv"),
    )


def _check_timezone(table: Table, timezone: str) -> None:
    try:
        zoneinfo.ZoneInfo(timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        table.wrong("timezone", "is no time zone", 'Write it as in timezone = "Europe/Berlin".')


def _other(table: Table, region: str | None) -> Other:
    label = table.text("label", needed=True)
    mode = table.word("mode", Mode, needed=True)
    assert label is not None
    assert mode is not None
    return Other(
        label=label,
        mode=mode,
        names=table.texts("names"),
        handles=table.handles("handles", region),
        since=table.day("since"),
        channel=table.word("channel", Channel),
        emergency=table.handle("emergency", region),
        subjects=table.words("subjects", Need),
        cadence=table.one_of("cadence", table.text("cadence") or "daily", CADENCES),
        at=table.clock("at"),
        until=table.day("until"),
        suicide_first=table.one_of(
            "suicide_first", table.text("suicide_first") or "you", ["you", "reviewer"]
        ),
        children=table.tables("children", lambda child: _child(child, region)),
        handovers=table.tables("handovers", _handover),
        court_ordered=table.words("court_ordered", Channel),
        relays=table.tables("relays", lambda relay: _relay(relay, region)),
        keep=_keep(table),
        litigation_hold=table.flag("litigation_hold"),
    )


def _child(table: Table, region: str | None) -> Child:
    name = table.text("name", needed=True)
    assert name is not None
    return Child(name=name, also=table.texts("also"), handles=table.handles("handles", region))


def _handover(table: Table) -> Handover:
    day = table.one_of("day", table.text("day", needed=True) or "", DAYS)
    at = table.clock("time", needed=True)
    assert at is not None
    return Handover(day=day, time=at, place=table.text("place"))


def _relay(table: Table, region: str | None) -> Relay:
    name = table.text("name", needed=True)
    assert name is not None
    on_relay = table.one_of("on_relay", table.text("on_relay") or "held", ON_RELAY)
    return Relay(name=name, handles=table.handles("handles", region), on_relay=Action(on_relay))


def _keep(table: Table) -> tuple[tuple[Channel, Keep], ...]:
    keep = table.table("keep")
    if keep is None:
        return ()
    kept = []
    for key in keep.keys():  # noqa: SIM118  a Table is no mapping
        keep.one_of(key, key, [channel.value for channel in Channel])
        kept.append((Channel(key), _keep_one(keep, key)))
    return tuple(kept)


def _keep_one(table: Table, key: str) -> Keep:
    value = table.text(key) or ""
    if value in ("sealed", "discard"):
        return Keep(how=value)
    word, _, day = value.partition(" ")
    if word == "until":
        try:
            return Keep(how="until", until=date.fromisoformat(day))
        except ValueError:
            pass
    return table.wrong(key, "says nothing known", 'Use "sealed", "discard" or "until 2027-01-31".')


def _wanted(table: Table, region: str | None) -> Wanted:
    return Wanted(name=table.text("name"), handles=table.handles("handles", region))


def _always_pass(table: Table, region: str | None) -> AlwaysPass:
    handle = table.text("handle", needed=True)
    assert handle is not None
    # "@court.example" is a whole domain; checked by way of an address in it.
    is_domain = handle.startswith("@")
    table.checked_handle("handle", f"x{handle}" if is_domain else handle, region)
    if is_domain and "." not in handle.strip("@."):
        table.wrong("handle", "is no domain", 'Write it as handle = "@court.example".')
    return AlwaysPass(handle=handle, why=table.text("why") or "")


# Out


def dump(plan: Plan) -> str:
    """The plan as TOML, without what is left at its default: parse(dump(plan)) == plan."""
    document = tomlkit.document()
    document["you"] = _table(_you_values(plan.you))
    for key, rows in (
        ("others", [_other_values(other) for other in plan.others]),
        ("wanted", [{"name": one.name, "handles": one.handles} for one in plan.wanted]),
        ("always_pass", [{"handle": one.handle, "why": one.why} for one in plan.always_pass]),
    ):
        tables = tomlkit.aot()
        for row in rows:
            tables.append(_table(row))
        if rows:
            document[key] = tables
    return tomlkit.dumps(document)


def _you_values(you: You) -> dict[str, Any]:
    plain = You()
    return {
        "names": you.names,
        "handles": you.handles,
        "region": you.region,
        "timezone": you.timezone if you.timezone != plain.timezone else None,
        "authserv": you.authserv,
        # An empty list is not the default here, so it is written out.
        **({"languages": list(you.languages)} if you.languages != plain.languages else {}),
    }


def _other_values(other: Other) -> dict[str, Any]:
    return {
        "label": other.label,
        "mode": other.mode,
        "names": other.names,
        "handles": other.handles,
        "since": other.since,
        "channel": other.channel,
        "emergency": other.emergency,
        "subjects": other.subjects,
        "cadence": other.cadence if other.cadence != "daily" else None,
        "at": other.at,
        "until": other.until,
        "suicide_first": other.suicide_first if other.suicide_first != "you" else None,
        "children": [
            {"name": one.name, "also": one.also, "handles": one.handles} for one in other.children
        ],
        "handovers": [
            {"day": one.day, "time": one.time, "place": one.place} for one in other.handovers
        ],
        "court_ordered": other.court_ordered,
        "relays": [
            {"name": one.name, "handles": one.handles, "on_relay": one.on_relay}
            for one in other.relays
        ],
        "keep": {channel.value: _kept(keep) for channel, keep in other.keep},
        "litigation_hold": other.litigation_hold or None,
    }


def _kept(keep: Keep) -> str:
    return f"until {keep.until.isoformat()}" if keep.until else keep.how


def _table(values: Mapping[str, Any]) -> tomlkit.items.Table:
    table = tomlkit.table()
    for key, value in values.items():
        if _is_said(value) or key == "languages":
            table[key] = _item(value)
    return table


def _is_said(value: object) -> bool:
    return value is not None and value not in ((), [], {}, "")


def _item(value: Any) -> Any:
    """A value as tomlkit takes it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, Mapping):
        return _inline(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_item(one) for one in value]
    return value


def _inline(values: Mapping[str, Any]) -> tomlkit.items.InlineTable:
    table = tomlkit.inline_table()
    for key, value in values.items():
        if _is_said(value):
            table[key] = _item(value)
    return table
