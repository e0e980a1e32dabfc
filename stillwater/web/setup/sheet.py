"""Step 6: the recovery sheet. Its words are shown until they are on paper, and never again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from stillwater.core.errors import UserError
from stillwater.gate import keeping
from stillwater.vault.sheet import Sheet
from stillwater.web.asked import FieldError
from stillwater.web.here import get_or_post
from stillwater.web.setup.before import keep_sheet
from stillwater.web.setup.inside import Step, in_step
from stillwater.web.signing_in import idle_time, must_open, name_typed


@get_or_post
@in_step("sheet")
def sheet(request: HttpRequest, step: Step) -> HttpResponse:
    """The words, and whether they are on paper."""
    if request.method == "GET":
        return _shown(request, step)
    unlocked = step.here.unlocked
    if unlocked.sheet is None and "sheet" not in step.answers().done:
        return redirect("setup_sheet")  # it locked meanwhile: the page says what to do
    if unlocked.sheet is not None and not request.POST.get("on_paper"):
        wrong = FieldError(
            "on_paper",
            _("Not yet: after this page nobody can show you the words again."),
            _("When they are on paper, say so below. Or leave it open, and come back."),
        )
        return _shown(request, step, wrong)
    unlocked.sheet, unlocked.idle = None, idle_time(step.here.person)
    return step.done()


@require_GET
@in_step("sheet")
def sheet_file(request: HttpRequest, step: Step) -> HttpResponse:  # noqa: ARG001 - a view is handed who is here
    """The sheet as a page to print; only while its words are in mind."""
    made = step.here.unlocked.sheet
    if made is None:
        return redirect("setup_sheet")
    pdf = Sheet(made.words, made.recovery_identity, step.here.clock.now()).pdf()
    headers = {"Content-Disposition": 'attachment; filename="sheet.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_POST
@in_step("sheet")
def sheet_anew(request: HttpRequest, step: Step) -> HttpResponse:
    """It locked before the words were on paper: a new sheet, for the passphrase."""
    here = step.here
    try:
        vault = must_open(here.person, name_typed(here.person), request, here.clock)
        made = keeping.new_recovery(vault, home=here.home, clock=here.clock)
    except UserError as error:
        return _shown(request, step, error)
    keep_sheet(here.unlocked, made)
    return redirect("setup_sheet")


def _shown(request: HttpRequest, step: Step, error: UserError | None = None) -> HttpResponse:
    made = step.here.unlocked.sheet
    more: dict[str, object] = {
        "words": made.words if made else (),
        "is_done": "sheet" in step.answers().done,
    }
    return step.shown(request, "sheet", more, error)
