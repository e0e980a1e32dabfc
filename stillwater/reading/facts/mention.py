"""What the readers of days, hours and sums hand on, before it is known what counts."""

from dataclasses import dataclass, field
from datetime import date, datetime

from stillwater.core.words import Need
from stillwater.reading.facts.language import Language
from stillwater.reading.facts.tokens import Row

MOST = 60  # mentions of one sort in one text; a list longer than that is no message


@dataclass(slots=True)
class Day:
    """A day named at tokens start … end - 1."""

    value: date
    start: int
    end: int
    has_month: bool = False
    exact: bool = False  # says day and month, not only a weekday or "today"
    evening: bool = False  # "tonight"
    is_weekday: bool = False
    is_end: bool = False  # "end of July"
    rejected: bool = False
    deadline: bool = False
    due: bool = False  # "within 14 days": a last day by its own words
    recurring: bool = False


@dataclass(slots=True)
class Hour:
    """A time of day; ``sure``: the text says which half of the day, or leaves no choice."""

    hour: int
    minute: int
    start: int
    end: int
    sure: bool = False
    loose: bool = False  # a bare number, an hour only because of what stands about it
    rejected: bool = False
    used: bool = False  # has become part of a deadline
    after: "Hour | None" = None  # the beginning of the span that this one ends


@dataclass(slots=True)
class Sum:
    cents: int
    currency: str
    start: int
    end: int
    bare: bool = False  # no sign or word of money beside it

    @property
    def value(self) -> str:
        whole, rest = divmod(self.cents, 100)
        return f"{whole}.{rest:02} {self.currency}" if rest else f"{whole} {self.currency}"


@dataclass(slots=True)
class Scene:
    """One text, when it came, and what was found in it so far."""

    row: Row
    language: Language
    at: datetime  # aware, in the plan's zone
    zone: str
    names: frozenset[str] = frozenset()  # words of children's names, in small letters
    days: list[Day] = field(default_factory=list)
    day_starts: dict[int, Day] = field(default_factory=dict)
    day_ends: dict[int, Day] = field(default_factory=dict)
    hours: list[Hour] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    is_money: bool = False
    is_mainly_money: bool = False
    main: Need | None = None  # the likeliest need
    children: list[tuple[str, int, int]] = field(default_factory=list)
    orders: set[bool] | None = None  # of slashed days that have one reading; None: not looked yet

    @property
    def today(self) -> date:
        return self.at.date()

    def add_day(self, day: Day) -> None:
        self.days.append(day)
        self.day_starts[day.start] = self.day_ends[day.end] = day

    def day_ending_at(self, place: int) -> Day | None:
        """The day whose last token stands right before ``place``; a comma may lie between."""
        found = self.day_ends.get(place)
        if found is None and self.row.word[place - 1] in _BETWEEN:
            found = self.day_ends.get(place - 1)
        return found

    def day_starting_at(self, place: int) -> Day | None:
        found = self.day_starts.get(place)
        if found is None and self.row.word[place] in _BEFORE:
            found = self.day_starts.get(place + 1)
        return found


_BETWEEN = frozenset({",", ":", "-", "–", "("})
_BEFORE = frozenset({",", "on", "am", "el", "this", "the", "for"})
