"""What went wrong, as a page says it: for a command that a sentence names, the page's button."""

import re

from stillwater.core.errors import UserError
from stillwater.core.saying import to_say

_HERE = (
    (": --now danger|court|child|officer", ": “It cannot wait”, below."),
    ("See: stillwater vault waiting", to_say("What waits stands under “Held”.")),
    (
        "What your plan says is changed with: stillwater plan set PLAN.toml",
        "What your plan says is changed where your plan is.",
    ),
    ("Write one, then: stillwater plan set PLAN.toml", to_say("It comes first.")),
    ("put it into your plan: stillwater plan set PLAN.toml", "put it into your plan."),
    ("See: stillwater vault list", ""),
)
_NAME = re.compile(r"\bStillwater\b")  # never the command, which is small


def error_here(error: UserError) -> UserError:
    """The same, without what only a terminal has; the name of the program gives nothing away."""
    return UserError(_said(error.what), _said(error.next_step), error.exit_code)


def _said(sentence: str) -> str:
    for command, here in _HERE:
        sentence = sentence.replace(command, here)
    return _NAME.sub("this program", sentence)
