"""Where large things may be sent: to a form for pictures, or for a bundle, that was shown, alone.

A page here takes a megabyte. An address of such a form takes more, in memory, once the page
with its form was shown to somebody who is signed in; its id says that nobody guessed it.
"""

import copy
import re
import threading
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

MOST_OPEN = 50  # forms: the oldest goes
_LARGE = re.compile(r"/(?:e/d/([0-9a-f]{32})/pictures|i/d/([0-9a-f]{32})|r/p/([0-9a-f]{32}))")
_TOO_MUCH = (
    "That is more than can be taken at once. Go back, and add fewer pictures at a time. "
    "What you wrote is kept."
)


@dataclass
class OpenUploads:
    """The ids of forms that may be sent with pictures."""

    _ids: dict[str, None] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def open(self, form_id: str) -> None:
        """From now on pictures, or a bundle, may be sent to this form."""
        with self._lock:
            self._ids[form_id] = None
            while len(self._ids) > MOST_OPEN:
                del self._ids[next(iter(self._ids))]

    def close(self, form_id: str) -> None:
        with self._lock:
            self._ids.pop(form_id, None)

    def may_be_large(self, untrusted_path: str) -> bool:
        """Whether more than a page's worth may be sent to this address."""
        found = _LARGE.fullmatch(untrusted_path)
        with self._lock:
            return found is not None and found[found.lastindex or 0] in self._ids


class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """Reads requests: only an open form for pictures may be large."""

    adj: Any
    error: Any

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        uploads: OpenUploads = apps.get_app_config("web").uploads  # type: ignore[attr-defined]
        if uploads.may_be_large(self.path):
            self.adj = copy.copy(self.adj)
            self.adj.max_request_body_size = settings.FILE_UPLOAD_MAX_MEMORY_SIZE

    def received(self, data: bytes) -> Any:
        consumed = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge):
            self.error = RequestEntityTooLarge(_TOO_MUCH)
        return consumed


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection."""

    parser_class = Parser
