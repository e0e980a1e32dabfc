"""Who hears first of a suicide threat, as the plan page says it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from stillwater.core.plans import Other
from stillwater.core.words import Mode
from stillwater.gate.first import reached_by
from stillwater.gate.signals.texts import pace_of
from stillwater.gate.signals.ways import Ways
from stillwater.web.here import Here
from stillwater.web.lasting import in_words


@dataclass(frozen=True, slots=True)
class HeardFirst:
    """The sentence; and whether something is still missing for it."""

    said: str
    is_missing: bool = False


def heard_first(here: Here, other: Other) -> HeardFirst | None:
    """None: the person hears first, as of all danger."""
    if other.suicide_first != "reviewer":
        return None
    if other.mode is Mode.WATCH:
        return HeardFirst(
            _(
                "A reviewer was to hear first when they speak of suicide. While you watch, nothing"
                " is hidden: you hear at once."
            )
        )
    way = reached_by(here.person, here.clock.now())
    if way is None:
        return HeardFirst(
            _(
                "A reviewer was to hear first when they speak of suicide. Nobody can be reached for"
                " that yet, so you hear at once. It takes a reviewer in your circle, and their way"
                " under your notes."
            ),
            is_missing=True,
        )
    ways = Ways(here.person, here.home, here.machine, here.clock)
    return HeardFirst(
        _(
            "When they speak of suicide, %(name)s hears first. Without an answer you hear after"
            " %(wait)s; you hear at once after any stalking, weapon or threat."
        )
        % {
            "name": ways.shown(way).name or _("your reviewer"),
            "wait": in_words(pace_of(ways.chosen()).agreed_after),
        }
    )
