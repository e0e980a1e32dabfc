"""Ways in, and what a check found, as the pages of evidence say them."""

from dataclasses import dataclass, field

from django.utils.translation import gettext

from stillwater.core.words import Channel
from stillwater.evidence.verifier.check import Report
from stillwater.evidence.verifier.problems import plain


def channel_words(channel: Channel) -> str:
    """A way in, as people call it."""
    return {
        Channel.MAIL: gettext("Mail"),
        Channel.SMS: gettext("Text messages"),
        Channel.CALL: gettext("Calls"),
        Channel.VOICEMAIL: gettext("Voicemail"),
        Channel.BANK: gettext("Bank transfers"),
        Channel.LETTER: gettext("Letters"),
        Channel.VISIT: gettext("Visits and drive-bys"),
        Channel.GIFT: gettext("Gifts"),
        Channel.ELSEWHERE: gettext("Elsewhere"),
    }.get(channel, "WhatsApp" if channel is Channel.WHATSAPP else channel.value.capitalize())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of checking a bundle, in plain words."""

    good: bool
    whole: bool  # everything could be checked
    said: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)


def right(report: Report) -> Verdict:
    """Nothing wrong was found."""
    signed = report.signatures_by is not None
    if not signed:
        said = gettext(
            "The files fit together, but the signatures could not be checked on this machine."
        )
    elif report.key_given:
        said = gettext(
            "The bundle is as it was made, and every item in it is unchanged since Stillwater "
            "took it in."
        )
    else:
        said = gettext(
            "The bundle is as it was made, and every item in it is unchanged since Stillwater "
            "took it in, provided that the key below is the right one."
        )
    counted = {"shown": report.shown, "of": report.of}
    facts = [
        (gettext("Items"), gettext("%(shown)s of %(of)s") % counted),
        (gettext("Openings and exports listed"), str(report.custody)),
        (gettext("Key"), report.fingerprint),
    ]
    return Verdict(
        good=True,
        whole=signed and not report.unsaid,
        said=said,
        facts=facts,
        unsaid=[plain(one) for one in report.unsaid],
    )


def wrong(where: str, expected: str, found: str) -> Verdict:
    """The first thing that is wrong; all three come out of a bundle that nobody trusts."""
    return Verdict(
        good=False,
        whole=True,
        said=gettext("Something in this bundle is not as it was made."),
        wrong=[
            (gettext("Where"), plain(where, 200)),
            (gettext("Expected"), plain(expected, 200)),
            (gettext("Found"), plain(found, 200)),
        ],
    )
