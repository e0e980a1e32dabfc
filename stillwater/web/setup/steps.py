"""The steps of set-up in their order, and where one is among them.

The first five come before there are keys: what is typed there says nothing of anybody.
"""

from stillwater.gate.setting_up import Answers

BEFORE_KEYS = ("seen", "traces", "page", "waits", "passphrase")
WITH_KEYS = (
    "sheet",
    "who",
    "children",
    "orders",
    "shared",
    "why",
    "mode",
    "passes",
    "plan",
    "mail",
)
STEPS = (*BEFORE_KEYS, *WITH_KEYS)
FIRST = STEPS[0]
# Those that make the plan: closed once there is one.
OF_THE_PLAN = frozenset(WITH_KEYS[1:-1])


def address_of(step: str) -> str:
    """The name of the address of a step."""
    return f"setup_{step}"


def after(step: str) -> str:
    """The step that comes next."""
    return STEPS[STEPS.index(step) + 1]


def place(step: str) -> dict[str, object]:
    """Where one is, for the page: its number, of how many, and the way back."""
    at = STEPS.index(step)
    # Back to before the keys were made leads nowhere: they are made.
    is_first = step in (FIRST, WITH_KEYS[0], WITH_KEYS[1])
    back = "" if is_first else address_of(STEPS[at - 1])
    return {"step": step, "number": at + 1, "of": len(STEPS), "back": back}


def next_undone(answers: Answers, *, has_plan: bool) -> str:
    """The step to go on with. Whoever made their keys in the terminal has their sheet."""
    open_steps = [one for one in WITH_KEYS if one not in answers.done]
    if not answers.done:
        open_steps.remove("sheet")
    if has_plan:
        open_steps = [one for one in open_steps if one not in OF_THE_PLAN]
    return open_steps[0] if open_steps else WITH_KEYS[-1]
