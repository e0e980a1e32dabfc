"""What every step with keys is handed: the person, their answers so far, and how to go on."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.gate.setting_up import Answers, SettingUp, has_plan
from stillwater.web.asked import field_of
from stillwater.web.here import Here, signed_in
from stillwater.web.setup.steps import OF_THE_PLAN, address_of, after, place
from stillwater.web.views import page

Extra = ParamSpec("Extra")
Change = Callable[[Answers], Answers]


@dataclass(frozen=True)
class Step:
    """One step of the person who is here."""

    name: str
    here: Here

    @property
    def setting_up(self) -> SettingUp:
        return SettingUp(self.here.vault, self.here.clock)

    def answers(self) -> Answers:
        return self.setting_up.answers()

    def keep(self, change: Change) -> None:
        """Change the answers, and leave the step undone."""
        with self.setting_up.changing() as draft:
            draft.answers = change(draft.answers)

    def done(self, change: Change = lambda answers: answers) -> HttpResponse:
        """Change the answers, and go on with the next step."""
        with self.setting_up.changing() as draft:
            draft.answers = change(draft.answers).after(self.name)
        return redirect(address_of(after(self.name)))

    def shown(
        self,
        request: HttpRequest,
        template: str,
        more: dict[str, object] | None = None,
        error: UserError | None = None,
    ) -> HttpResponse:
        """The page of the step; with an error, and what was typed, where something is wrong."""
        about: dict[str, object] = {"ways": [], **place(self.name), **(more or {})}
        if error is not None:
            about |= {"error": error, "wrong": field_of(error)}
        return page(request, f"setup/{template}", about, 422 if error else 200)


StepView = Callable[Concatenate[HttpRequest, Step, Extra], HttpResponse]


def in_step(
    name: str,
) -> Callable[[StepView[Extra]], Callable[Concatenate[HttpRequest, Extra], HttpResponse]]:
    """Signed in, and at this step; those that make the plan are closed once there is one."""

    def only_in(
        view: StepView[Extra],
    ) -> Callable[Concatenate[HttpRequest, Extra], HttpResponse]:
        def asked(
            request: HttpRequest, here: Here, /, *given: Extra.args, **named: Extra.kwargs
        ) -> HttpResponse:
            if name in OF_THE_PLAN and has_plan(here.person):
                return redirect("setup")
            return view(request, Step(name, here), *given, **named)

        return signed_in(Permission.SET_UP)(wraps(view)(asked))

    return only_in
