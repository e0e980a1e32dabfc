"""The browser and the person of the mailboxes' pages."""

from tests.integration.mail_page.conftest import (
    _this_home,
    browser,
    life,
    new_life,
)
from tests.integration.signals.conftest import http_receiver

__all__ = ["_this_home", "browser", "http_receiver", "life", "new_life"]
