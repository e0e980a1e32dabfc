"""What a look at a mail server found, in plain words, each with the next step."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How it stands with one thing."""

    WORKS = "works"
    DOES_NOT = "does not"
    LOOK = "look"  # somebody should look at it


class About(StrEnum):
    """What was looked at, in the order in which it is shown."""

    REACHED = "reached"
    CERTIFICATE = "certificate"
    SIGN_IN = "sign_in"
    MOVE = "move"
    UIDPLUS = "uidplus"
    IDLE = "idle"
    JUNK = "junk"
    SENT = "sent"
    HOLD = "hold"
    QUOTA = "quota"
    SIEVE = "sieve"
    AUTHSERV = "authserv"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing. ``steps`` stands where there is more than one step to take."""

    about: About
    state: State
    said: str
    next_step: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found. ``authserv``: names to propose for the plan, never to take."""

    findings: tuple[Finding, ...]
    authserv: tuple[str, ...] = ()

    @property
    def can_be_watched(self) -> bool:
        """Whether this mailbox can be watched at all."""
        needed = (About.REACHED, About.CERTIFICATE, About.SIGN_IN)
        states = {one.about: one.state for one in self.findings}
        return states.get(About.SIGN_IN) is State.WORKS and all(
            states.get(one) is not State.DOES_NOT for one in needed
        )

    @property
    def server_files_first(self) -> bool:
        """Whether the server can file their mail before any program hears of it."""
        return self.state_of(About.FIRST) is State.WORKS

    def state_of(self, about: About) -> State | None:
        return next((one.state for one in self.findings if one.about is about), None)

    def in_lines(self) -> list[str]:
        """For a screen: a line for each finding, its steps below it."""
        lines = []
        for one in self.findings:
            lines.append(f"{one.state.value:<9} {one.said}")
            lines += [f"{'':<9} {step}" for step in (one.next_step, *one.steps) if step]
        return lines

    def to_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "can_be_watched": self.can_be_watched,
            "server_files_first": self.server_files_first,
            "authserv": list(self.authserv),
            "findings": [asdict(one) for one in self.findings],
        }
