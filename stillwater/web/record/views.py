"""Writing something down: one question a page, each answer sealed before the next is asked."""

from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from stillwater.channels.by_hand.entry import NOT_SURE, Draft
from stillwater.channels.by_hand.happenings import Happening
from stillwater.channels.by_hand.pictures import LARGEST
from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.core.ids import new_public_id
from stillwater.gate.by_hand.drafts import Drafts
from stillwater.gate.by_hand.entries import is_said, row_of, written
from stillwater.gate.by_hand.saving import ByHand
from stillwater.gate.plans import active_plan
from stillwater.people.models import Other
from stillwater.web.apps import in_memory
from stillwater.web.here import Here, get_or_post, signed_in
from stillwater.web.record.late import (
    kept_if_late,
    texts_in,
    with_what_came_late,
    with_what_was_sent,
)
from stillwater.web.record.when import TYPED, AskDay, happened_in, typed
from stillwater.web.record.words import (
    CHOICES,
    FIELDS,
    HEADINGS,
    NAMES,
    WHO,
    moment_in_words,
    picture_in_words,
    when_in_words,
)
from stillwater.web.views import page, refused

STEPS = ("what", "who", "when", *FIELDS, "pictures", "check")


@get_or_post
@signed_in(Permission.RECORD)
def begin(request: HttpRequest, here: Here) -> HttpResponse:
    """The first question: what happened? And what is not finished yet."""
    drafts = _drafts(here)
    if request.method == "POST":
        untrusted_choice = request.POST.get("happening", "")
        if untrusted_choice in list(Happening):
            draft = drafts.begin(request.POST.get("key", ""), Happening(untrusted_choice))
            return _to(draft, _next(here, "what"))
    shown: dict[str, object] = {
        "key": new_public_id(),
        "choices": [(one.value, label) for one, label in CHOICES.items()],
        "unfinished": [_named(draft) for draft in drafts.all()],
    }
    return page(request, "record/begin", shown)


@get_or_post
@kept_if_late
@signed_in(Permission.RECORD)
def step(request: HttpRequest, here: Here, untrusted_id: str, untrusted_step: str) -> HttpResponse:
    """One step of a draft. Back, *leave out* and *go on* all keep what was typed."""
    draft = _found(here, untrusted_id)
    if draft is None:
        return _no_draft(request, here, untrusted_id, untrusted_step)
    if untrusted_step not in STEPS or untrusted_step == "pictures":
        return refused(request)
    if request.method == "GET" or untrusted_step == "check":
        return _shown(request, here, draft, untrusted_step)
    if untrusted_step == "when":
        return _when(request, here, draft)
    if untrusted_step in FIELDS:
        return _texts(request, here, draft, untrusted_step)
    draft = (_what if untrusted_step == "what" else _who)(request, here, draft)
    return _on(request, here, draft, untrusted_step)


@get_or_post
@signed_in(Permission.RECORD)
def pictures(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
    """Pictures: each is sealed as it came, before the answer is given."""
    draft = _found(here, untrusted_id)
    if draft is None:
        return _no_draft(request, here, untrusted_id)
    if request.method == "GET":
        return _shown(request, here, draft, "pictures")
    try:
        for upload in request.FILES.getlist("pictures"):
            # One byte more than may be: enough to say that it is too large.
            draft = _drafts(here).add_picture(draft.id, upload.read(LARGEST + 1))
    except UserError as error:
        return _shown(request, here, _drafts(here).find(draft.id) or draft, "pictures", error)
    if request.POST.get("go") == "add":
        return _to(draft, "pictures")
    return _on(request, here, draft, "pictures")


@require_POST
@signed_in(Permission.RECORD)
def picture_off(
    request: HttpRequest, here: Here, untrusted_id: str, untrusted_picture: str
) -> HttpResponse:
    """Take one picture out again."""
    draft = _found(here, untrusted_id)
    if draft is None or untrusted_picture not in [one.id for one in draft.pictures]:
        return refused(request)
    return _to(_drafts(here).drop_picture(draft.id, untrusted_picture), "pictures")


@require_POST
@signed_in(Permission.RECORD)
def save(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
    """Save it for good. Pressed twice, it is there once."""
    by_hand = by_hand_of(here)
    draft = _found(here, untrusted_id)
    saved = by_hand.saved(untrusted_id)
    if draft is None and saved is None:
        return refused(request)
    try:
        saved = saved or by_hand.save(untrusted_id)
    except UserError as error:
        return _shown(request, here, draft, "check", error) if draft else refused(request)
    in_memory().uploads.close(untrusted_id)
    return redirect("record_entry", saved.public_id)


@get_or_post
@signed_in(Permission.RECORD)
def drop(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
    """Throw a draft away, after asking once."""
    draft = _found(here, untrusted_id)
    if draft is None:
        return refused(request)
    if request.method == "GET":
        return page(request, "record/drop", {"draft": _named(draft)})
    _drafts(here).drop(draft.id)
    in_memory().uploads.close(draft.id)
    return redirect("record")


def by_hand_of(here: Here) -> ByHand:
    """What writes for good, in the person's own time zone."""
    return ByHand(here.vault, here.home, here.machine, here.clock, zone())


def zone() -> ZoneInfo:
    """The zone that the person chose, else this machine's."""
    return ZoneInfo(timezone.get_current_timezone_name())


def labels(here: Here) -> dict[str, Other]:
    """The others of the plan in force, by the label that the person gave them."""
    plan = active_plan(here.person, here.machine, here.clock.now())
    return dict(plan.others) if plan else {}


def _drafts(here: Here) -> Drafts:
    return Drafts(here.vault, here.clock)


def _found(here: Here, untrusted_id: str) -> Draft | None:
    drafts = _drafts(here)
    draft = drafts.find(untrusted_id)
    return draft and with_what_came_late(here, drafts, draft)


def _no_draft(
    request: HttpRequest, here: Here, untrusted_id: str, untrusted_step: str = ""
) -> HttpResponse:
    """Back after it was saved leads to what was saved; nobody's draft leads nowhere.

    What was typed into an older page of it stands in the form of a correction, to be saved.
    """
    saved = by_hand_of(here).saved(untrusted_id)
    row = row_of(here.vault, saved.public_id) if saved else None
    if row is None:
        return refused(request)
    one = written(here.vault, row)
    texts = texts_in(request, untrusted_step) if untrusted_step in FIELDS else {}
    new = [text.strip() for text in texts.values() if not is_said(one, text.strip())]
    if not new:
        return redirect("record_entry", one.id)
    entry = {"id": one.id, "what": CHOICES[one.happening], "is_known": True}
    entry |= {"when": when_in_words(one.happened)}
    shown = {"entry": entry, "key": new_public_id(), "text": "\n\n".join(new), "was_saved": True}
    return page(request, "record/more", shown)


def _texts(request: HttpRequest, here: Here, draft: Draft, at: str) -> HttpResponse:
    """What was typed, beside whatever was written from another page since."""
    draft = with_what_was_sent(_drafts(here), draft, request, at)
    if request.POST.get("go") == "keep":  # asked for by keep.js while one types
        mark = draft.mark_of(texts_in(request, at))
        return HttpResponse(status=204, headers={"Mark": mark})
    try:
        if request.POST.get("go") != "back":
            draft.may_be_saved(texts_in(request, at))
    except UserError as error:
        return _shown(request, here, draft, at, error)
    return _on(request, here, draft, at)


def _what(request: HttpRequest, here: Here, draft: Draft) -> Draft:
    """Another happening; without a choice, the one that was chosen before."""
    untrusted_choice = request.POST.get("happening", "")
    if untrusted_choice not in list(Happening):
        return draft
    chosen = Happening(untrusted_choice)
    return _drafts(here).change(draft.id, partial(replace, happening=chosen))


def _who(request: HttpRequest, here: Here, draft: Draft) -> Draft:
    """Whose it was: one of the plan's, or not sure; without a choice, what was chosen before."""
    known = {one.public_id for one in labels(here).values()} | {NOT_SURE}
    untrusted_other = request.POST.get("other", "")
    if untrusted_other not in known:
        return draft
    return _drafts(here).change(draft.id, partial(replace, other=untrusted_other))


def _when(request: HttpRequest, here: Here, draft: Draft) -> HttpResponse:
    form = {name: request.POST.get(name, "") for name in (*TYPED, "go")}
    if request.POST.get("this_day"):  # one of the two readings that were offered
        form |= {"choice": "other", "day": request.POST["this_day"]}
    given = typed(form)
    draft = _drafts(here).change(draft.id, partial(replace, when=tuple(given.items())))
    if form["go"] in ("back", "skip"):
        return _on(request, here, draft, "when")
    try:
        found = happened_in(given, here.clock.now(), zone())
    except UserError as error:
        return _shown(request, here, draft, "when", error)
    if isinstance(found, AskDay):
        return _shown(request, here, draft, "when", ask=found)
    if found is not None:
        draft = _drafts(here).change(draft.id, partial(replace, happened=found))
    return _on(request, here, draft, "when")


def _on(request: HttpRequest, here: Here, draft: Draft, at: str) -> HttpResponse:
    """To the step before where *Back* was pressed, else to the next one."""
    if request.POST.get("go") == "back":
        before = _steps(here)[: _place(here, at)]
        return _to(draft, before[-1]) if before else redirect("record")
    if request.POST.get("go") == "check":
        return _to(draft, "check")
    return _to(draft, _next(here, at))


def _steps(here: Here) -> tuple[str, ...]:
    """Where the plan has nobody yet, nobody is asked about."""
    return STEPS if labels(here) else tuple(one for one in STEPS if one != "who")


def _place(here: Here, at: str) -> int:
    steps = _steps(here)
    return steps.index(at) if at in steps else 0


def _next(here: Here, at: str) -> str:
    steps = _steps(here)
    return steps[0] if at not in steps else steps[steps.index(at) + 1]


def _to(draft: Draft, step_name: str) -> HttpResponse:
    if step_name == "pictures":
        return redirect("record_pictures", draft.id)
    return redirect("record_step", draft.id, step_name)


def _shown(
    request: HttpRequest,
    here: Here,
    draft: Draft,
    at: str,
    error: UserError | None = None,
    ask: AskDay | None = None,
) -> HttpResponse:
    """The page of a step, with what was written before in it."""
    shown: dict[str, object] = {"draft": _named(draft), "error": error, "ask": ask, "step": at}
    if at == "pictures":
        in_memory().uploads.open(draft.id)
        shown |= {"pictures": _pictures(draft)}
    elif at == "what":
        choices = [(one.value, label) for one, label in CHOICES.items()]
        shown |= {"choices": choices, "chosen": draft.happening.value}
    elif at == "who":
        shown |= {"labels": [(one.public_id, label) for label, one in labels(here).items()]}
        shown |= {"other": draft.other, "not_sure": NOT_SURE, "question": WHO.get(draft.happening)}
    elif at == "when":
        shown |= {"given": dict(draft.when)}
        shown |= {"said": when_in_words(draft.happened) if draft.happened else ""}
    elif at == "check":
        shown |= {"rows": _rows(here, draft), "pictures": _pictures(draft)}
    else:
        fields = [(one, getattr(draft, one.name)) for one in FIELDS[at]]
        seen = draft.mark_of(one.name for one in FIELDS[at])
        shown |= {"fields": fields, "heading": HEADINGS[at], "seen": seen}
    name = "fields" if at in FIELDS else at
    return page(request, f"record/{name}", shown, status=422 if error or ask else 200)


def _named(draft: Draft) -> dict[str, object]:
    begun = draft.begun_at.astimezone(zone())
    return {"id": draft.id, "what": CHOICES[draft.happening], "begun": moment_in_words(begun)}


def _pictures(draft: Draft) -> list[dict[str, object]]:
    return [
        {"id": one.id, "said": picture_in_words(one), "says_place": one.says_place}
        for one in draft.pictures
    ]


def _rows(here: Here, draft: Draft) -> list[dict[str, object]]:
    """Everything that will be sealed, each with the step at which it is changed."""
    rows: list[dict[str, object]] = []
    if labels(here):
        names = {one.public_id: label for label, one in labels(here).items()}
        who = names.get(draft.other, gettext("Not sure"))
        rows.append({"name": gettext("Who"), "text": who, "step": "who"})
    when = when_in_words(draft.happened) if draft.happened else gettext("The time is not known.")
    if draft.happened and draft.happened.note:
        when = f"{when} {gettext(draft.happened.note)}"
    rows.append({"name": gettext("When"), "text": when, "step": "when"})
    for name, fields in FIELDS.items():
        rows += [
            {"name": NAMES[one.name], "text": text, "step": name}
            for one in fields
            if (text := getattr(draft, one.name))
        ]
    return rows
