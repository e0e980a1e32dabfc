"""Rules for providers without Sieve: a file to import, or steps with everything filled in.

Such a rule does not end by itself: no program can take it away when nobody watches
any more. So a date to look at it again is among the steps. No rule deletes, forwards
or answers anything.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from xml.sax.saxutils import quoteattr

from stillwater.channels.mail.providers.table import Provider
from stillwater.core.errors import UserError

LOOK_AGAIN_AFTER = timedelta(days=90)
GMAIL_FILE = "mailFilters.xml"
_LONGEST_FROM = 1000  # characters of one condition; Gmail takes about 1,500
# What is no word of Gmail's search language, wherever it stands: no quotes, brackets, stars,
# bars or spaces, and no "-" in front, which would turn the condition round.
_SAFE = re.compile(r"[\w.!#$%&'/=^~+][\w.!#$%&'/=^~+-]*@[\w](?:[\w.-]*[\w])?")
_BLANK = re.compile(r"\{(address|addresses|folder)\}")


def can_be_written(address: str) -> bool:
    """Whether an address can stand in a filter file without meaning anything else."""
    return len(address) <= 320 and _SAFE.fullmatch(address) is not None


def filter_file(
    provider: Provider, addresses: Sequence[str], folder: str, today: date
) -> tuple[str, bytes]:
    """A file that the provider's own page imports: its name, and its bytes.

    Addresses for which ``can_be_written`` is false are left out. Raises UserError
    where this provider reads no such file, or nothing is left to put into it.
    """
    if provider.imports != "gmail":
        raise UserError(
            f"{provider.name} reads no file of rules.",
            "Its rules are made by hand: stillwater mail rules says each step.",
        )
    written = [one for one in addresses if can_be_written(one)]
    if not written:
        raise UserError(
            "There is no address that a rule could be made for.",
            "Put their mail addresses into your plan: stillwater plan set PLAN.toml",
        )
    return GMAIL_FILE, _gmail(written, _clean(folder), today).encode()


def steps(provider: Provider, addresses: Sequence[str], folder: str, today: date) -> list[str]:
    """What to do at this provider, step by step, and when to look at it again."""
    return [
        *_filled(provider.rules, addresses, folder),
        "Mail yourself from another address: it must come to the inbox as before.",
        f"This rule does not end by itself. Put {today + LOOK_AGAIN_AFTER:%Y-%m-%d} into your "
        "calendar, as “mail rule”: is it still right? If you stop using Stillwater, take it away.",
    ]


def undo_steps(provider: Provider, folder: str) -> list[str]:
    """How the rule is taken away again; the mails stay."""
    return list(_filled(provider.undo, (), folder))


def _filled(lines: Sequence[str], addresses: Sequence[str], folder: str) -> Iterator[str]:
    shown = [_clean(one) for one in addresses]
    known = {"addresses": ", ".join(shown), "folder": _clean(folder)}
    for line in lines:
        # In one go: what is filled in is never looked at for blanks again.
        for each in shown if "{address}" in line else [""]:
            blanks = {**known, "address": each}
            yield _BLANK.sub(lambda found, blanks=blanks: blanks[found[1]], line)  # type: ignore[misc]


def _clean(untrusted: str) -> str:
    """As it may stand in one line of text, and in XML 1.0."""
    return "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in untrusted
    )


def _gmail(addresses: Sequence[str], folder: str, today: date) -> str:
    """Gmail's own form: an Atom feed, one entry a filter, properties by name.

    Documented by Google in "What is the XML format for exported filters?" (2009)
    and the Email Settings API; the order is that of files that Gmail exports.
    """
    updated = f"<updated>{today.isoformat()}T00:00:00Z</updated>"
    groups = list(_grouped(addresses))
    ids = ",".join(str(number) for number in range(1, len(groups) + 1))
    entries = "".join(
        _entry(number, " OR ".join(group), folder, updated)
        for number, group in enumerate(groups, start=1)
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        "<feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:apps='http://schemas.google.com/apps/2006'>\n"
        "\t<title>Mail Filters</title>\n"
        f"\t<id>tag:mail.google.com,2008:filters:{ids}</id>\n"
        f"\t{updated}\n"
        f"{entries}</feed>\n"
    )


def _entry(number: int, sender: str, folder: str, updated: str) -> str:
    properties = {
        "from": sender,
        "label": folder,
        "shouldArchive": "true",  # past the inbox, and so without a notice
        "shouldMarkAsRead": "true",  # no number beside the label
        "shouldNeverSpam": "true",  # what lies in Spam is gone after 30 days
    }
    lines = "".join(
        f"\t\t<apps:property name='{name}' value={quoteattr(value)}/>\n"
        for name, value in properties.items()
    )
    return (
        "\t<entry>\n\t\t<category term='filter'></category>\n\t\t<title>Mail Filter</title>\n"
        f"\t\t<id>tag:mail.google.com,2008:filter:{number}</id>\n\t\t{updated}\n"
        f"\t\t<content></content>\n{lines}\t</entry>\n"
    )


def _grouped(addresses: Sequence[str]) -> Iterator[list[str]]:
    """In groups that one condition can hold."""
    group: list[str] = []
    length = 0
    for address in dict.fromkeys(addresses):
        if group and length + len(address) > _LONGEST_FROM:
            yield group
            group, length = [], 0
        group.append(address)
        length += len(address) + len(" OR ")
    if group:
        yield group
