"""What is changed of one other: their handles, their names, and who carries word for them."""

from dataclasses import replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from stillwater.core.plans import Other, Plan, Relay
from stillwater.core.words import Action, Mode
from stillwater.web.asked import FieldError, line, lines, one_of
from stillwater.web.people.handles import KINDS, as_handle, typed_handles
from stillwater.web.plan.words import ON_RELAY

LONGEST_LABEL = 40


def with_handle(form: QueryDict, plan: Plan, other: Other) -> Other:
    """With one handle more. Raises FieldError."""
    by_name = {kind.name: kind for kind in KINDS}
    kind = by_name[one_of(form, "kind", by_name) or KINDS[0].name]
    untrusted = line(form, "handle")
    if not untrusted:
        raise FieldError(
            "handle", _("The number or address is missing."), _("Type it, then add it.")
        )
    try:
        handle = as_handle(kind, untrusted, plan.you.region)
    except FieldError as wrong:
        raise FieldError("handle", _("That does not look like one."), wrong.next_step) from None
    if handle in other.handles:
        raise FieldError("handle", _("That one is there already."))
    return replace(other, handles=(*other.handles, handle))


def without_handle(form: QueryDict, other: Other) -> Other:
    """With one handle less; the same where it has no such handle."""
    gone = form.get("handle", "")
    return replace(other, handles=tuple(one for one in other.handles if one != gone))


def with_names(form: QueryDict, other: Other) -> Other:
    """With these names, and no others. Raises FieldError."""
    return replace(other, names=lines(form, "names"))


def with_relay(form: QueryDict, plan: Plan, other: Other) -> Other:
    """With somebody more who carries word. Raises FieldError."""
    name = line(form, "name", LONGEST_LABEL)
    if not name or any(one.name == name for one in other.relays):
        raise FieldError(
            "name", _("A name for them is missing, or taken."), _("Take one that you know them by.")
        )
    handles = typed_handles(form, plan.you.region)
    if not handles:
        raise FieldError(
            "h_tel", _("Nothing says how they write."), _("Type one number or address at least.")
        )
    action = Action(one_of(form, "on_relay", [one.value for one, _s in ON_RELAY]) or Action.ASK)
    return replace(other, relays=(*other.relays, Relay(name, handles, action)))


def without_relay(form: QueryDict, other: Other) -> Other:
    """Without the one of this name."""
    gone = form.get("name", "")
    return replace(other, relays=tuple(one for one in other.relays if one.name != gone))


def new_other(form: QueryDict, plan: Plan) -> Other:
    """Somebody else whom the plan is about: *watch*, until that is decided. Raises FieldError."""
    label = line(form, "label", LONGEST_LABEL)
    if not label or any(one.label.casefold() == label.casefold() for one in plan.others):
        raise FieldError(
            "label",
            _("A name for them is missing, or taken."),
            _("A letter is enough. Only you ever see it."),
        )
    return Other(
        label=label,
        mode=Mode.WATCH,
        names=lines(form, "names"),
        handles=typed_handles(form, plan.you.region),
    )
