"""What one rule of a plan says of an arrival."""

from dataclasses import dataclass
from datetime import datetime

from stillwater.core.judgements import Fact
from stillwater.core.words import Action


@dataclass(frozen=True, slots=True)
class Voice:
    """``lines`` is the ladder of what to show (plan/wording.py), ``facts`` what stands beside it.

    ``when``: of a digest, when it is due.
    """

    action: Action
    reason: str
    lines: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    when: datetime | None = None
