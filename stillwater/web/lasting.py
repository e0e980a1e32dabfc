"""A length of time, in the person's language; the vault says the same in English for a terminal."""

from datetime import timedelta

from django.utils.translation import gettext, ngettext


def in_words(left: timedelta) -> str:
    """Rounded up to whole minutes, in two parts at most: ``1 day 2 hours``."""
    minutes = -(-int(left.total_seconds()) // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = (
        (days, ngettext("%(number)s day", "%(number)s days", days)),
        (hours, ngettext("%(number)s hour", "%(number)s hours", hours)),
        (rest, ngettext("%(number)s minute", "%(number)s minutes", rest)),
    )
    said = [words % {"number": number} for number, words in parts if number]
    return " ".join(said[:2]) or gettext("less than a minute")
