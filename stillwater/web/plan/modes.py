"""The form of one other's mode, with everything that belongs to it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stillwater.core.plans import Child, Handover, Other
from stillwater.core.words import Channel, Mode
from stillwater.gate.setting_up import Allowed, SettingUp, with_allowed
from stillwater.text.handles import SMS_NAME, canonical
from stillwater.web.asked import FieldError, lines, one_of, some_of
from stillwater.web.here import Here
from stillwater.web.plan.allowing import CHANNELS, allowed_in, allowed_of, choices, given_of
from stillwater.web.plan.words import DAYS, MODES, allowed_in_short, rest_in_short
from stillwater.web.setup.words import WHY_WATCH

_SAID = {
    Mode.WATCH: gettext_lazy("All is recorded and dated. Nothing is hidden from you."),
    Mode.NO_CONTACT: gettext_lazy("What they send is sealed unread, and kept."),
    Mode.LOW_CONTACT: gettext_lazy("The facts of some subjects reach you; all else is held."),
    Mode.PARALLEL_PARENTING: gettext_lazy(
        "The same in writing alone, about the children, with a schedule."
    ),
}
_WITH_ALLOWANCES = frozenset({Mode.LOW_CONTACT, Mode.PARALLEL_PARENTING})
_OF_THE_REST = frozenset({"children", "handovers"})


def why_watch(here: Here, other: Other) -> "list[str | Promise]":
    """What they said at set-up that has to be settled before anything of theirs is held."""
    told = SettingUp(here.vault, here.clock).answers().others
    about = next((one for one in told if one.label == other.label), None)
    found = about.why_watch if about else ("children",) if other.children else ()
    return [WHY_WATCH[one] for one in found]


def shown_modes(here: Here, other: Other, wrong: str | None = None) -> dict[str, object]:
    """What the page is made of; ``wrong`` is the field that an error is about, "": no one field.

    What is settled is folded away, in a line; a fold that has to be looked at stands open.
    """
    is_said = bool(allowed_in_short(other))
    elsewhere = {None, "settled", *_OF_THE_REST}
    return {
        "modes": [(mode.value, MODES[mode], _SAID[mode]) for mode in Mode],
        "now": other.mode.value,
        "why_watch": "; ".join(map(str, why_watch(here, other))),
        "allowed_now": allowed_in_short(other),
        "rest_now": rest_in_short(other),
        "allowed_is_open": wrong not in elsewhere
        or (other.mode in _WITH_ALLOWANCES and not is_said),
        "rest_is_open": wrong in _OF_THE_REST,
        **choices(),
    }


def given_of_mode(other: Other) -> Mapping[str, object]:
    """The fields of the form, as the plan has them."""
    return {
        **given_of(allowed_in(other)),
        "mode": other.mode.value,
        "court_ordered": [one.value for one in other.court_ordered],
        "children": "\n".join(map(_child_line, other.children)),
        "handovers": "\n".join(map(_handover_line, other.handovers)),
    }


def of_mode_form(form: QueryDict, here: Here, other: Other) -> Other:
    """The other as the form has them. Raises FieldError."""
    mode = Mode(one_of(form, "mode", [one.value for one in Mode]) or other.mode.value)
    if mode is Mode.NO_CONTACT and "settled" not in form and why_watch(here, other):
        raise FieldError(
            "settled",
            _("Something has to be settled before all of it is held."),
            _("Choose low contact or parallel parenting, or say below that it is settled."),
        )
    since = other.since or timezone.localdate(here.clock.now())
    changed = replace(
        other,
        mode=mode,
        since=other.since if mode is Mode.WATCH else since,
        court_ordered=tuple(
            Channel(one)
            for one in some_of(form, "court_ordered", [way.value for way, _said in CHANNELS])
        ),
        children=tuple(_child(one, other, n) for n, one in enumerate(lines(form, "children"), 1)),
        handovers=tuple(_handover(one, n) for n, one in enumerate(lines(form, "handovers"), 1)),
    )
    return with_allowed(changed, _allowed(form, other) if mode in _WITH_ALLOWANCES else Allowed())


def _allowed(form: QueryDict, other: Other) -> Allowed:
    allowed = allowed_of(form)
    # The plan's own hour, left as it was, is no change.
    same = other.at is None and allowed.at == allowed_in(other).at
    return replace(allowed, at="") if same else allowed


def _child_line(child: Child) -> str:
    return f"{child.name}: {', '.join(child.handles)}" if child.handles else child.name


def _child(written: str, other: Other, number: int) -> Child:
    """``Mia``, or ``Mia: +4917…, mia@…``; other names that the plan has for them stay."""
    name, _colon, after = written.partition(":")
    handles = tuple(one.strip() for one in after.split(",") if one.strip())
    if not name.strip() or not all(_is_handle(one) for one in handles):
        raise FieldError(
            "children",
            _("Line %(number)s of the children is not of the form.") % {"number": number},
            _("A name, or a name with a colon and their numbers: Mia: +49 176 1234567"),
        )
    before = next((one for one in other.children if one.name == name.strip()), Child(name.strip()))
    return replace(before, handles=handles)


def _is_handle(written: str) -> bool:
    """Whether it names somebody surely; a bare word is only what a sender of SMS called itself."""
    found = canonical(written)
    return found is not None and found.network != SMS_NAME


def _handover_line(handover: Handover) -> str:
    place = f" {handover.place}" if handover.place else ""
    return f"{DAYS[handover.day]} {handover.time:%H:%M}{place}"


def _handover(written: str, number: int) -> Handover:
    """``Friday 17:00 school``."""
    day, _blank, rest = written.partition(" ")
    at, _blank, place = rest.strip().partition(" ")
    named = {str(said).casefold(): word for word, said in DAYS.items()}
    word = named.get(day.casefold())
    try:
        clock = time.fromisoformat(at)
    except ValueError:
        clock = None
    if word is None or clock is None or clock.tzinfo is not None:
        raise FieldError(
            "handovers",
            _("Line %(number)s of the handovers is not of the form.") % {"number": number},
            _("A day, a time and a place: Friday 17:00 school"),
        )
    return Handover(word, clock.replace(second=0, microsecond=0), place.strip() or None)
