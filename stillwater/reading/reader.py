"""What is in an arrival, as far as rules can say: danger, court papers, codes.

Tactics and needs stay empty: this reader does not read them, and says so by
their absence. Pure; hostile input costs time in proportion to its length.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stillwater.core.judgements import Danger, Fact, Reading, Span
from stillwater.core.words import DangerCategory, Kind
from stillwater.reading import handovers, legal
from stillwater.reading.codes import one_time_code
from stillwater.reading.grammar import Found
from stillwater.reading.languages.registry import grammars
from stillwater.reading.mentions import mentions_in
from stillwater.reading.parts import Part, as_read, parts_of
from stillwater.reading.question import ReadingInput
from stillwater.reading.spoken import language_of
from stillwater.reading.tokens import words_of

__all__ = ["ReadingInput", "prepare", "read"]

LONGEST = 2_500_000  # characters: the 2 MB of text that mail gives, and a subject
CODE, CARRIES = "code_word", "carries_word"
_GUESSED_IN = "en"  # the language of slips, where a text is too short to show its own
CHILD, OTHER = "@child", "@other"

_OF_KIND = {
    Kind.VISIT: DangerCategory.CAME_IN_PERSON,
    Kind.DRIVE_BY: DangerCategory.CAME_IN_PERSON,
    Kind.GIFT: DangerCategory.GIFT_AT_HOME,
}
_CATEGORIES = {category.value: category for category in DangerCategory}


def prepare() -> None:
    """Compile all tables now instead of with the first arrival."""
    grammars()


def read(asked: ReadingInput) -> Reading:
    """What is in it. Never raises for what the arrival holds."""
    seen = as_read(asked)
    text = seen.text[:LONGEST]
    own, quoted, language = _found(asked, text, with_quotes=asked.from_other or not seen.from_list)
    received_at = _local(asked.received_at, asked.timezone)
    marks = {found.hit.rule.marks for found in own}
    service = _is_service([*own, *quoted])
    return Reading(
        facts=_facts(text, [*own, *quoted], received_at) if service else (),
        danger=_danger(asked, [*own, *quoted], _moves_handover(asked, own, received_at)),
        legal_service=service,
        one_time_code=one_time_code(
            text, [(one.start, one.end) for one in own if one.hit.rule.marks == CODE]
        ),
        carries_word=CARRIES in marks,
        mentions=mentions_in(text),
        language=language,
        unread=seen.unread,
    )


def _found(
    asked: ReadingInput, text: str, *, with_quotes: bool
) -> tuple[list[Found], list[Found], str | None]:
    """What stands in their own words, what in words that they quote, and the language.

    Quoted words are read for what is plain: a threat may be dressed as a quote.
    Those in a stranger's mail to a mailing list only where there are no others.
    """
    also = {form: CHILD for name in asked.children for form in _forms(name)}
    also.update((form, OTHER) for name in asked.names for form in _forms(name))
    own: list[Found] = []
    quoted: list[Found] = []
    language = None
    for part in _read_parts(parts_of(text), with_quotes):
        words = words_of(part.text)
        language = language or language_of(words.words[:400])
        for grammar in grammars():
            found = grammar.find(
                words,
                doubt=asked.from_other and part.own,
                guess=grammar.language == (language or _GUESSED_IN),
                also=also,
            )
            (own if part.own else quoted).extend(
                Found(one.hit, one.start + part.start, one.end + part.start) for one in found
            )
    return own, quoted, language


def _forms(name: str) -> tuple[str, str]:
    """A name and its possessive: "Mia's" is the child's, not the Spanish for "mine"."""
    return name.lower(), f"{name.lower()}'s"


def _read_parts(parts: Sequence[Part], with_quotes: bool) -> Iterator[Part]:
    if not any(part.own and not part.text.isspace() for part in parts):
        yield from (Part(part.text, part.start, own=True) for part in parts)
    else:
        yield from (part for part in parts if part.own or with_quotes)


def _danger(asked: ReadingInput, found: Sequence[Found], moves_handover: bool) -> Danger:
    spans = [
        (_CATEGORIES[one.hit.rule.marks], Span(one.start, one.end, one.hit.rule.name))
        for one in found
        if one.hit.rule.marks in _CATEGORIES
        and (moves_handover or one.hit.rule.marks != handovers.CHANGE)
    ]
    categories = {category for category, _ in spans}
    if asked.from_other and asked.kind in _OF_KIND:
        categories.add(_OF_KIND[asked.kind])
    return Danger(
        tuple(category for category in DangerCategory if category in categories),
        tuple(dict.fromkeys(span for _, span in spans)),
    )


def _moves_handover(asked: ReadingInput, found: Sequence[Found], received_at: datetime) -> bool:
    if not asked.from_other:
        return False
    return handovers.changes_a_handover(
        {one.hit.rule.marks for one in found},
        {one.hit.rule.name for one in found if one.hit.rule.marks == "weekday"},
        asked.handovers,
        received_at,
    )


def _is_service(found: Sequence[Found]) -> bool:
    signs = {one.hit.rule.name for one in found if one.hit.rule.marks == legal.SIGN}
    return legal.looks_like_service(signs, any(one.hit.rule.marks == legal.STRONG for one in found))


def _facts(text: str, found: Sequence[Found], received_at: datetime) -> tuple[Fact, ...]:
    due = [one for one in found if one.hit.rule.marks == legal.DUE]
    return legal.legal_facts(text, due, received_at)


def _local(received_at: datetime, timezone: str) -> datetime:
    try:
        return received_at.astimezone(ZoneInfo(timezone))
    except (ZoneInfoNotFoundError, ValueError):
        return received_at
