"""What a log line may hold: what happened and where in our code. Never content."""

import logging
from types import TracebackType

from stillwater.core.places import place_of

_Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlacesOnly(logging.Formatter):
    """Shows an exception as its kind and place: its own words may quote a message."""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have kept the full text on the record.
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: _Caught) -> str:  # noqa: N802 - logging's own name
        return place_of(ei[1]) if ei[1] is not None else ""
