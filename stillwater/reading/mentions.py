"""Addresses and numbers that stand in a text, as they stand there."""

import re

MOST = 50
_LOOKED_AT = 100_000  # characters
_MAIL = re.compile(
    r"[a-z0-9][a-z0-9._%+\-]{0,63}@(?:[a-z0-9][a-z0-9\-]{0,62}\.){1,6}[a-z]{2,24}", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w.,:/+#-])(?:\+|00)?\(?\d(?:[\s()./\-]{0,2}\d){6,16}(?![\w])")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:\D|$)")


def mentions_in(text: str) -> tuple[str, ...]:
    """Mail addresses and phone numbers, each once, in order; at most ``MOST`` of them."""
    looked_at = text[:_LOOKED_AT]
    found: dict[str, None] = {}
    if "@" in looked_at:
        found.update((one[0], None) for one in _MAIL.finditer(looked_at))
    for number in _NUMBER.finditer(looked_at):
        shown = number[0].strip()
        if not _DATE.match(shown):
            found[shown] = None
    return tuple(list(found)[:MOST])
