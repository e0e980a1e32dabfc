"""Facts: days, hours, deadlines, sums, children, places, and one neutral sentence."""

from stillwater.reading.facts.reading import GATE, facts_in

__all__ = ["GATE", "facts_in"]
