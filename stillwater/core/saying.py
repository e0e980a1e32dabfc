"""Marks a sentence of ours that a page may show, in rooms that know nothing of pages.

The catalogues gather what is marked, and a page says it in the person's language when it shows it.
"""


def to_say(sentence: str) -> str:
    """The sentence itself, unchanged."""
    return sentence
