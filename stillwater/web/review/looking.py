"""Opening one item, reading it as plain text, and saying what it is."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillwater.core.errors import UserError
from stillwater.core.words import DangerCategory, FactKind
from stillwater.gate.models import Attempt
from stillwater.gate.originals import File, Original
from stillwater.gate.redrawing import redrawn
from stillwater.gate.reviewing import Review
from stillwater.gate.sorting import SAFE_NOTES, Sorted
from stillwater.plan.wording import CATEGORY_WORDS, SUBJECTS
from stillwater.text.lookalikes import INVISIBLE
from stillwater.web.half_typed import half_typed
from stillwater.web.here import get_or_post
from stillwater.web.review.forms import sorting_of
from stillwater.web.review.here import of_item
from stillwater.web.review.views import SAID, shown
from stillwater.web.views import page, refused

# What the form to sort it holds, beside what it is: a choice is made when it is sent.
_TYPED = ("sorted", "category", "need", "safe_note", "note", *FactKind)


@require_POST
@of_item
def open_it(request: HttpRequest, review: Review, attempt: Attempt) -> HttpResponse:
    """It goes on record that this reviewer opened it; then it is shown."""
    try:
        review.open(attempt)
    except UserError as error:
        about = {"row": shown(review, attempt), "error": error}
        return page(request, "review/not_now", about, status=422)
    return redirect("review_item", attempt.item.public_id)


@get_or_post
@of_item
def look(request: HttpRequest, review: Review, attempt: Attempt) -> HttpResponse:
    """What is in it, and the form to sort it."""
    if not review.is_open(attempt):
        return page(request, "review/not_open", {"row": shown(review, attempt)})
    begun = half_typed(request, f"review_item:{attempt.item.public_id}", *_TYPED)
    if request.method == "GET":
        found = begun.found()
        return _look(request, review, attempt, found or request.POST, begun=found is not None)
    if (kept := begun.answered(request)) is not None:
        return kept
    try:
        review.sort(attempt, sorting_of(request))
    except UserError as error:
        return _look(request, review, attempt, request.POST, error)
    begun.forget()
    request.session[SAID] = "sorted"
    return redirect("review")


@require_POST
@of_item
def hand_on(request: HttpRequest, review: Review, attempt: Attempt) -> HttpResponse:
    """Somebody else should take this one."""
    try:
        review.hand_on(attempt)
    except UserError as error:
        about = {"row": shown(review, attempt), "error": error}
        return page(request, "review/not_now", about, status=422)
    request.session[SAID] = "handed_on"
    return redirect("review")


@require_GET
@of_item
def blurred(request: HttpRequest, review: Review, attempt: Attempt, number: int) -> HttpResponse:
    """A picture, drawn anew and so blurred that only its colours are left."""
    return _picture(request, review, attempt, number, blurs=True)


@require_GET
@of_item
def clear(request: HttpRequest, review: Review, attempt: Attempt, number: int) -> HttpResponse:
    """The same picture, drawn anew without what it carries along."""
    return _picture(request, review, attempt, number, blurs=False)


@require_GET
@of_item
def see(request: HttpRequest, review: Review, attempt: Attempt, number: int) -> HttpResponse:
    """One picture, because it was asked for."""
    one = _file(review, attempt, number)
    if one is None or not one.is_picture:
        return refused(request)
    about = {"row": shown(review, attempt), "number": number}
    return page(request, "review/see", about)


@require_GET
@of_item
def file(request: HttpRequest, review: Review, attempt: Attempt, number: int) -> HttpResponse:
    """A file as it came, to be saved and never opened by the browser. Its name is ours.

    Pictures are looked at and not saved: what may show a minor is never copied.
    """
    one = _file(review, attempt, number)
    if one is None or one.is_picture:
        return refused(request)
    answer = HttpResponse(one.content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="file-{number + 1}"'
    return answer


def _look(
    request: HttpRequest,
    review: Review,
    attempt: Attempt,
    typed: QueryDict,
    error: UserError | None = None,
    *,
    begun: bool = False,
) -> HttpResponse:
    try:
        original = review.original(attempt)
    except UserError as broken:
        about: dict[str, object] = {"row": shown(review, attempt), "error": broken}
        return page(request, "review/not_now", about, status=422)
    about = {
        "row": shown(review, attempt),
        "original": _plain(original),
        "kinds": list(Sorted),
        "categories": [(one.value, CATEGORY_WORDS[one]) for one in DangerCategory],
        "needs": [(need.value, words) for need, words in SUBJECTS.items()],
        "safe_notes": list(SAFE_NOTES.items()),
        "typed": typed,
        "begun": begun,
        "error": error,
    }
    return page(request, "review/look", about, status=422 if error else 200)


def _plain(original: Original) -> dict[str, object]:
    """Without characters that a page would obey or not show."""
    return {
        "from": [INVISIBLE.sub("", one) for one in original.untrusted_from],
        "subject": INVISIBLE.sub("", original.untrusted_subject),
        "text": INVISIBLE.sub("", original.untrusted_text),
        "is_cut": original.is_cut,
        "files": [
            {
                "number": one.number,
                "name": INVISIBLE.sub("", one.untrusted_name)[:100],
                "size": one.size,
                "is_picture": one.is_picture,
            }
            for one in original.files
        ],
    }


def _file(review: Review, attempt: Attempt, number: int) -> File | None:
    if not review.is_open(attempt):
        return None
    files = review.original(attempt).files
    return files[number] if number < len(files) else None


def _picture(
    request: HttpRequest, review: Review, attempt: Attempt, number: int, *, blurs: bool
) -> HttpResponse:
    one = _file(review, attempt, number)
    drawn = redrawn(one.content, blurs=blurs) if one is not None and one.is_picture else None
    if drawn is None:
        return refused(request)
    return HttpResponse(drawn, content_type="image/png")
