"""Lengths of time and browsers, as the settings say them."""

from datetime import timedelta

from django.utils.translation import gettext, ngettext

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chromium", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def span(length: timedelta) -> str:
    """``no wait``, ``3 hours``, ``1 day``; what fits no whole unit in minutes."""
    minutes = round(length.total_seconds() / 60)
    if not minutes:
        return gettext("no wait")
    if minutes % 1440 == 0:
        days = minutes // 1440
        return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
    if minutes % 60 == 0:
        hours = minutes // 60
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}


def browser_words(untrusted_agent: str) -> str:
    """What kind of browser it says it is: only words of ours are ever shown."""
    browser = _first(_BROWSERS, untrusted_agent)
    system = _first(_SYSTEMS, untrusted_agent)
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("A browser that says nothing of itself")


def _first(words: tuple[tuple[str, str], ...], untrusted_agent: str) -> str:
    return next((name for mark, name in words if mark in untrusted_agent), "")
