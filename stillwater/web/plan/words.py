"""A plan in plain sentences, for the person whose plan it is."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from stillwater.core.plans import Other, Plan, Relay
from stillwater.core.words import Action, Channel, Mode
from stillwater.plan.cadence import AT
from stillwater.plan.low_contact import subjects_of
from stillwater.web.plan.allowing import CHANNELS, SUBJECTS

MODES = {
    Mode.WATCH: gettext_lazy("Watch"),
    Mode.NO_CONTACT: gettext_lazy("No contact"),
    Mode.LOW_CONTACT: gettext_lazy("Low contact"),
    Mode.PARALLEL_PARENTING: gettext_lazy("Parallel parenting"),
}
DAYS = {
    "monday": gettext_lazy("Monday"),
    "tuesday": gettext_lazy("Tuesday"),
    "wednesday": gettext_lazy("Wednesday"),
    "thursday": gettext_lazy("Thursday"),
    "friday": gettext_lazy("Friday"),
    "saturday": gettext_lazy("Saturday"),
    "sunday": gettext_lazy("Sunday"),
}
ON_RELAY = (
    (Action.HELD, gettext_lazy("is held, like theirs")),
    (Action.ASK, gettext_lazy("you are asked")),
    (Action.UNTOUCHED, gettext_lazy("is left alone")),
)
_CHANNEL, _SUBJECT = dict(CHANNELS), dict(SUBJECTS)
_RELAY = dict(ON_RELAY)
# Of the labels of CHANNELS those that are names: a capital in every sentence.
_NAMES = frozenset({Channel.WHATSAPP, Channel.SIGNAL, Channel.TELEGRAM})


@dataclass(frozen=True, slots=True)
class SaidOther:
    """One other: the mode, and what it means for them, a sentence each."""

    label: str
    mode: "str | Promise"
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidPlan:
    """A whole plan."""

    others: tuple[SaidOther, ...]
    passes: tuple[tuple[str, str], ...]  # sender, why
    more: tuple[str, ...]  # what else it says


def of_plan(plan: Plan) -> SaidPlan:
    """The plan in sentences."""
    passes = tuple((one.handle, one.why) for one in plan.always_pass)
    return SaidPlan(tuple(map(of_other, plan.others)), passes, tuple(_more(plan)))


def of_other(other: Other) -> SaidOther:
    """What the plan says of one other."""
    lines = [*_of_mode(other), *_of_children(other), *_of_rest(other)]
    if not other.handles:
        lines.append(_("No number and no address of theirs is known here yet."))
    return SaidOther(other.label, MODES[other.mode], tuple(lines))


def _of_mode(other: Other) -> list[str]:
    if other.mode is Mode.WATCH:
        return [_("Everything is recorded and dated. Nothing is hidden from you.")]
    if other.mode is Mode.NO_CONTACT:
        return [_("What they send is sealed unread, and kept.")]
    return _of_low_contact(other)


def _of_low_contact(other: Other) -> list[str]:
    subjects = subjects_of(other)
    if other.channel is None or not subjects:
        return [_("What may come through is not said yet: until it is, all is held.")]
    said = [
        _("Facts about %(subjects)s reach you, in our words: %(channel)s, %(cadence)s.")
        % {
            "subjects": ", ".join(_in_a_sentence(str(_SUBJECT[one])) for one in subjects),
            "channel": _channel(other.channel),
            "cadence": cadence(other),
        },
        _("All else is sealed unread, and kept."),
    ]
    if other.until:
        said.append(_("This ends on %(day)s; then all is held.") % {"day": _day(other.until)})
    return said


def _channel(channel: Channel) -> str:
    label = str(_CHANNEL.get(channel, channel.value))
    return label if channel in _NAMES else _in_a_sentence(label)


def _in_a_sentence(label: str) -> str:
    """A label that stands alone, as it is written between other words: nouns stay in German."""
    if (get_language() or "").startswith("de") or not label[1:2].islower():
        return label
    return label[0].lower() + label[1:]


def cadence(other: Other) -> str:
    """How often, and when."""
    at = time_format(other.at or AT, "H:i")
    if other.cadence == "at_once":
        return _("as it comes in")
    if other.cadence == "weekly":
        return _("on Mondays at %(time)s") % {"time": at}
    return _("once a day at %(time)s") % {"time": at}


def allowed_in_short(other: Other) -> str:
    """What may come through, in one line; "" where it is not said."""
    subjects = subjects_of(other)
    if other.channel is None or not subjects:
        return ""
    channel = str(_CHANNEL.get(other.channel, other.channel.value))
    said = [channel, ", ".join(str(_SUBJECT[one]) for one in subjects), cadence(other)]
    return "; ".join(said)


def rest_in_short(other: Other) -> str:
    """Children, handovers and what a court ordered, in one line; "" where there are none."""
    said = [one.name for one in other.children]
    said += [
        _("%(day)s at %(time)s") % {"day": DAYS[one.day], "time": time_format(one.time, "H:i")}
        for one in other.handovers
    ]
    said += [str(_CHANNEL.get(one, one.value)) for one in other.court_ordered]
    return "; ".join(said)


def _of_children(other: Other) -> list[str]:
    said = []
    if other.children:
        names = ", ".join(one.name for one in other.children)
        said.append(_("A message of %(names)s is never held in silence.") % {"names": names})
    for one in other.handovers:
        place = f", {one.place}" if one.place else ""
        said.append(
            _("Handover: %(day)s at %(time)s%(place)s.")
            % {"day": DAYS[one.day], "time": time_format(one.time, "H:i"), "place": place}
        )
    return said


def _of_rest(other: Other) -> list[str]:
    said = []
    if other.court_ordered:
        ways = ", ".join(str(_CHANNEL.get(one, one.value)) for one in other.court_ordered)
        said.append(_("Never held, since a court ordered it: %(ways)s.") % {"ways": ways})
    if other.emergency:
        said.append(_("There is one number of yours for emergencies alone."))
    if other.litigation_hold:
        said.append(_("Nothing of theirs may be discarded: a litigation hold."))
    return said + [of_relay(one) for one in other.relays]


def of_relay(relay: Relay) -> str:
    """What becomes of word that somebody carries."""
    return _("What %(name)s carries: %(what)s.") % {
        "name": relay.name,
        "what": _RELAY[relay.on_relay],
    }


def _more(plan: Plan) -> list[str]:
    said = []
    if plan.wanted:
        said.append(_("There are people whose messages are never read and never recorded."))
    if plan.you.region:
        said.append(
            _("Numbers without + are read as numbers of %(country)s.")
            % {"country": plan.you.region}
        )
    return said


def _day(day: date) -> str:
    return date_format(day, "j F Y")
