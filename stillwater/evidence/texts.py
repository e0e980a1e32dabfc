"""The pages of a bundle for people: README.txt, STATEMENT.txt, CERTIFICATE-DRAFT.txt."""

from dataclasses import dataclass
from importlib.resources import files
from string import Template

from stillwater.evidence.verifier.tables import cell

_FOLDER = files("stillwater.evidence") / "pages"


@dataclass(frozen=True, slots=True)
class LogFacts:
    """What the pages say of one log."""

    number: int
    origin: str
    size: int
    begun_anew: bool
    has_leaf_hashes: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the pages say, gathered while the bundle is written."""

    bundle: str
    made_at: str
    software: str
    label: str
    zone: str
    shown: int
    of: int
    received: int  # of those shown, from the other
    sent: int  # of those shown, from the person
    unconfirmed: int
    by_date_line: int  # received at what the message's own Date line says
    unknown_times: int  # received at the time of taking in
    months: str
    first: str
    last: str
    recorded_first: str
    recorded_last: str
    filter: str
    discards: int
    custody: int
    fingerprint: str
    example: str  # the first item's name: 0001-<id>
    example_file: str
    example_index: int
    example_log: int
    logs: tuple[LogFacts, ...]
    sealed: bool


def pages(facts: Facts) -> dict[str, bytes]:
    """File name to content; UTF-8, short lines, nothing unseen in them."""
    words = _words(facts)
    return {
        name: Template((_FOLDER / name).read_text(encoding="utf-8")).substitute(words).encode()
        for name in ("README.txt", "STATEMENT.txt", "CERTIFICATE-DRAFT.txt")
    }


def _words(facts: Facts) -> dict[str, object]:
    size = {log.number: log.size for log in facts.logs}
    return {
        **{name: getattr(facts, name) for name in Facts.__slots__},
        "label": cell(facts.label),
        "example_size": size[facts.example_log],
        "logs": "\n".join(_log(log) for log in facts.logs),
        "part": _part(facts),
        "unconfirmed": _unconfirmed(facts.unconfirmed),
        "guessed": _guessed(facts.by_date_line, facts.unknown_times),
        "discarded": _discarded(facts.discards),
        "how_given": "sealed to one recipient" if facts.sealed else "in the clear",
    }


def _part(facts: Facts) -> str:
    if facts.shown == facts.of:
        return f"This bundle shows all {facts.of} items that are attributed to {cell(facts.label)}."
    return (
        f"THIS IS A PART: {facts.shown} of {facts.of} items that are attributed to"
        f" {cell(facts.label)}."
    )


def _unconfirmed(count: int) -> str:
    if not count:
        return "Nothing was left out because it was only suspected to be theirs."
    return f"Left out, since only suspected to be theirs and confirmed by nobody: {count}."


def _guessed(by_date_line: int, unknown: int) -> str:
    said = []
    if by_date_line:
        said.append(
            f"Items whose time of receipt no server recorded readably: {by_date_line}.\n"
            "  For these the table gives, as received, what the message's own Date line says."
        )
    if unknown:
        said.append(
            f"Items without a readable time in their source: {unknown}. The table marks each, and\n"
            "  shows when it was taken in instead."
        )
    if not said:
        return "Every item has a time of receipt that was read from its source."
    return "\n  ".join([*said, "Nothing else about time was guessed."])


def _discarded(count: int) -> str:
    if not count:
        return "The ledger has no entry of anything discarded."
    return f"Entries of the ledger that say something was discarded, whatever it was: {count}."


def _log(log: LogFacts) -> str:
    begun = (
        "begun anew after a restore or a set-back; its first entry, of which only the hash is "
        "here, names the head before"
        if log.begun_anew
        else "the first one"
    )
    hashes = (
        "all leaf hashes are here, so an earlier checkpoint can be compared"
        if log.has_leaf_hashes
        else "too long for its leaf hashes to be here, so an earlier checkpoint cannot be compared"
    )
    return f"  log {log.number} ({log.origin}): {log.size} entries; {begun}; {hashes}."
