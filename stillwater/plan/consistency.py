"""What must hold between the parts of a plan, each of which is well formed by itself."""

from collections.abc import Iterator

from stillwater.core.errors import UserError
from stillwater.core.plans import Plan
from stillwater.plan.places import Path, line_of, spoken
from stillwater.text.handles import canonical


def check_together(plan: Plan, source: str) -> None:
    """Raise UserError where two parts of the plan contradict each other."""
    for path, what, next_step in _contradictions(plan):
        line = line_of(source, path)
        where = f" (line {line})" if line else ""
        raise UserError(f"The plan{where}: {spoken(path)} {what}.", next_step)


def _contradictions(plan: Plan) -> Iterator[tuple[Path, str, str]]:
    yield from _labels(plan)
    yield from _days(plan)
    yield from _people(plan)


def _labels(plan: Plan) -> Iterator[tuple[Path, str, str]]:
    seen: set[str] = set()
    for at, other in enumerate(plan.others):
        if other.label.casefold() in seen:
            yield (
                ("others", at, "label"),
                "is a label that stands there already",
                "Give each of them a label of their own.",
            )
        seen.add(other.label.casefold())


def _days(plan: Plan) -> Iterator[tuple[Path, str, str]]:
    for at, other in enumerate(plan.others):
        if other.since and other.until and other.until < other.since:
            yield (("others", at, "until"), "lies before since", "Check the two days.")


def _people(plan: Plan) -> Iterator[tuple[Path, str, str]]:
    """Nobody is both an other and somebody wanted, or an other and you."""
    theirs = {form for other in plan.others for form in _exact(plan, other.handles)}
    for at, wanted in enumerate(plan.wanted):
        if theirs & _exact(plan, wanted.handles):
            yield (
                ("wanted", at, "handles"),
                "holds a handle that stands under others too",
                "Take it out of one of the two: what it sends is either held or passes unread.",
            )
    if theirs & _exact(plan, plan.you.handles):
        yield (
            ("you", "handles"),
            "holds a handle that stands under others too",
            "Take it out of one of the two.",
        )


def _exact(plan: Plan, handles: tuple[str, ...]) -> set[str]:
    found = (canonical(one, plan.you.region) for one in handles)
    return {handle.exact for handle in found if handle}
