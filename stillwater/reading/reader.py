"""What is in an arrival: danger, tactics, needs and their facts, court papers, codes.

Rules (tables of phrases) and a model (weights on words) read together: see
``model.judging`` for who may say what. In a language that is not read, tactics
and needs stay empty: that says "not read", never "none". Pure; hostile input
costs time in proportion to its length.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stillwater.core.judgements import Danger, Fact, Reading, Span
from stillwater.core.plans import Child
from stillwater.core.words import Channel, DangerCategory, FactKind, Kind, Need, Tier
from stillwater.reading import handovers, legal
from stillwater.reading.codes import one_time_code
from stillwater.reading.facts.reading import facts_in
from stillwater.reading.grammar import Found
from stillwater.reading.languages.registry import grammars
from stillwater.reading.mentions import mentions_in
from stillwater.reading.model.judging import Learnt, Rules, shipped_model
from stillwater.reading.model.pieces import Text
from stillwater.reading.model.seeing import text_of
from stillwater.reading.parts import Part, as_read, parts_of
from stillwater.reading.phrases import Level
from stillwater.reading.question import ReadingInput
from stillwater.reading.remembering import Memory
from stillwater.reading.spoken import language_of
from stillwater.reading.tokens import Words, words_of

__all__ = ["ReadingInput", "prepare", "read"]

LONGEST = 2_500_000  # characters: the 2 MB of text that mail gives, and a subject
CODE, CARRIES = "code_word", "carries_word"
_GUESSED_IN = "en"  # the language of slips, where a text is too short to show its own
CHILD, OTHER = "@child", "@other"
READ = frozenset({"en", "de", "es"})  # languages whose tactics and needs are read
REMEMBERED = 128  # earlier messages that are not taken apart again, in this process alone
LONGEST_BEFORE = 4_000  # characters of an earlier message that are looked at

_OF_KIND = {
    Kind.VISIT: DangerCategory.CAME_IN_PERSON,
    Kind.DRIVE_BY: DangerCategory.CAME_IN_PERSON,
    Kind.GIFT: DangerCategory.GIFT_AT_HOME,
}
_CATEGORIES = {category.value: category for category in DangerCategory}


def prepare(*, with_encoder: bool = False) -> None:
    """Compile all tables and load the weights now instead of with the first arrival."""
    grammars()
    shipped_model(with_encoder=with_encoder)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules found in their own words and in what they quote, and the words."""

    own: list[Found]
    quoted: list[Found]
    language: str | None
    text: Text

    @property
    def all(self) -> list[Found]:
        return [*self.own, *self.quoted]


def read(
    asked: ReadingInput, *, with_encoder: bool = False, memory: Memory | None = None
) -> Reading:
    """What is in it. Never raises for what the arrival holds.

    ``with_encoder``: the sentence encoder joins the weights (docs/model-card.md says
    what it finds more, and what it costs). ``memory``: what was read before.
    """
    seen = as_read(asked)
    text = seen.text[:LONGEST]
    if memory is not None and asked.conversation:
        asked = _in_its_conversation(asked, text, memory)
    found = look(asked, text, with_quotes=asked.from_other or not seen.from_list)
    received_at = local(asked.received_at, asked.timezone)
    moves_handover = moves_a_handover(asked, found.own, received_at)
    learnt = _learnt(asked, found, moves_handover, with_encoder=with_encoder)
    service = _is_service(found.all)
    is_read = found.language is None or found.language in READ
    return Reading(
        tactics=learnt.tactics if is_read else {},
        needs=learnt.needs if is_read else {},
        facts=_facts(asked, text, found, received_at, learnt.needs if is_read else {}, service),
        danger=_danger(asked, found.all, moves_handover, learnt),
        spans=learnt.spans if is_read else (),
        legal_service=service,
        one_time_code=one_time_code(
            text, [(one.start, one.end) for one in found.own if one.hit.rule.marks == CODE]
        ),
        carries_word=any(one.hit.rule.marks == CARRIES for one in found.own),
        mentions=mentions_in(text),
        language=found.language,
        unread=seen.unread,
    )


def _in_its_conversation(asked: ReadingInput, text: str, memory: Memory) -> ReadingInput:
    """With what was said before, where nobody gave it; and this is remembered."""
    before = asked.before or memory.before(asked)
    memory.note(asked, "".join(part.text for part in parts_of(text) if part.own))
    return replace(asked, before=before)


def look(asked: ReadingInput, text: str, *, with_quotes: bool = True) -> Seen:
    """What the rules find, and the words for the model.

    Quoted words are read for what is plain: a threat may be dressed as a quote.
    Those in a stranger's mail to a mailing list only where there are no others.
    """
    also = names_for(asked)
    own: list[Found] = []
    quoted: list[Found] = []
    parts: list[tuple[Part, Words]] = []
    language = None
    for part in _read_parts(parts_of(text), with_quotes):
        words = words_of(part.text)
        parts.append((part, words))
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
    return Seen(own, quoted, language, text_of(asked.channel, parts, also))


def names_for(asked: ReadingInput) -> dict[str, str]:
    """Names in the plan, and what they stand for."""
    also = {form: CHILD for name in asked.children for form in _forms(name)}
    also.update((form, OTHER) for name in asked.names for form in _forms(name))
    return also


def _forms(name: str) -> tuple[str, str]:
    """A name and its possessive: "Mia's" is the child's, not the Spanish for "mine"."""
    return name.lower(), f"{name.lower()}'s"


def _read_parts(parts: Sequence[Part], with_quotes: bool) -> Iterator[Part]:
    if not any(part.own and not part.text.isspace() for part in parts):
        yield from (Part(part.text, part.start, own=True) for part in parts)
    else:
        yield from (part for part in parts if part.own or with_quotes)


def earlier_text(asked: ReadingInput, said: str, also: Mapping[str, str]) -> Text:
    """One of the last few messages as the model sees it."""
    return _earlier_text(asked.channel, said, tuple(also.items()))


@lru_cache(maxsize=REMEMBERED)
def _earlier_text(channel: Channel, said: str, also: tuple[tuple[str, str], ...]) -> Text:
    """In a conversation each message is an earlier one of the next three."""
    return text_of(channel, [(Part(said, 0, own=True), words_of(said))], dict(also))


def _learnt(
    asked: ReadingInput, found: Seen, moves_handover: bool, *, with_encoder: bool
) -> Learnt:
    also = names_for(asked)
    before = [earlier_text(asked, said[:LONGEST_BEFORE], also) for said in asked.before[-3:]]
    return shipped_model(with_encoder=with_encoder).judge(
        found.text, before, rules_in(found, moves_handover), from_other=asked.from_other
    )


def rules_in(found: Seen, moves_handover: bool) -> Rules:
    """What the rules found, plainly and in doubt."""
    direct: set[DangerCategory] = set()
    doubt: set[DangerCategory] = set()
    for one in _of_danger(found.all, moves_handover):
        level = one.hit.rule.level
        (doubt if level is Level.DOUBT else direct).add(_CATEGORIES[one.hit.rule.marks])
    return Rules(frozenset(direct), frozenset(doubt))


def _of_danger(found: Sequence[Found], moves_handover: bool) -> list[Found]:
    return [
        one
        for one in found
        if one.hit.rule.marks in _CATEGORIES
        and (moves_handover or one.hit.rule.marks != handovers.CHANGE)
    ]


def _danger(
    asked: ReadingInput, found: Sequence[Found], moves_handover: bool, learnt: Learnt
) -> Danger:
    """Rules and model together: see ``model.judging``."""
    hits = [one for one in _of_danger(found, moves_handover) if not _taken_back(one, learnt)]
    spans = [
        (_CATEGORIES[one.hit.rule.marks], Span(one.start, one.end, one.hit.rule.name))
        for one in hits
    ]
    categories = {category for category, _ in spans}
    if asked.from_other and asked.kind in _OF_KIND:
        categories.add(_OF_KIND[asked.kind])
    dangers = _beyond_carrying_word(asked, found, learnt)
    categories |= {category for category, _ in dangers}
    shown = [*(span for _, span in spans), *(span for _, span in dangers if span)]
    return Danger(
        tuple(category for category in DangerCategory if category in categories),
        tuple(dict.fromkeys(shown)),
        _of_own_death(hits, learnt),
    )


def _beyond_carrying_word(
    asked: ReadingInput, found: Sequence[Found], learnt: Learnt
) -> tuple[tuple[DangerCategory, Span | None], ...]:
    """What the model raises. That a relay was sent is carrying word, and told as that."""
    if not (asked.from_relay and any(one.hit.rule.marks == CARRIES for one in found)):
        return learnt.dangers
    return tuple(
        one for one in learnt.dangers if one[0] is not DangerCategory.THIRD_PARTY_RECRUITED
    )


def _of_own_death(hits: Sequence[Found], learnt: Learnt) -> tuple[DangerCategory, ...]:
    """Harm to others that nobody but doubt, or the model, sees in "I will kill myself".

    Every place where it was found must touch one in which suicide was found.
    """
    doubted = [
        (_CATEGORIES[one.hit.rule.marks], one.start, one.end, one.hit.rule.level is Level.DOUBT)
        for one in hits
    ]
    doubted += [
        (category, span.start, span.end, True) if span else (category, -1, -1, False)
        for category, span in learnt.dangers
    ]
    suicide = [one for one in doubted if one[0] is DangerCategory.SUICIDE_THREAT]
    harm = [one for one in doubted if one[0] is DangerCategory.KILL_OR_INJURE]
    touches = (
        doubt and any(start < its_end and its_start < end for _, its_start, its_end, _ in suicide)
        for _, start, end, doubt in harm
    )
    return (DangerCategory.KILL_OR_INJURE,) if harm and all(touches) else ()


def _taken_back(one: Found, learnt: Learnt) -> bool:
    rule = one.hit.rule
    if _CATEGORIES[rule.marks].tier is not Tier.AT_ONCE:
        return False
    return learnt.takes_back_plain or (learnt.takes_back and rule.level is Level.DOUBT)


def moves_a_handover(asked: ReadingInput, found: Sequence[Found], received_at: datetime) -> bool:
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


def _facts(
    asked: ReadingInput,
    text: str,
    found: Seen,
    received_at: datetime,
    needs: Mapping[Need, float],
    service: bool,
) -> tuple[Fact, ...]:
    """Of court papers which court and by when, first; then what else stands in it."""
    due = [one for one in found.all if one.hit.rule.marks == legal.DUE]
    first = legal.legal_facts(text, due, received_at) if service else ()
    more = facts_in(
        text,
        received_at=received_at,
        needs=needs,
        children=_children(asked),
        channel=asked.channel,
        legal=service,
        before=asked.before,
        places=[one.place for one in asked.handovers if one.place],
        language=found.language,
    )
    is_asked = any(one.kind is FactKind.REQUEST for one in first)
    more = tuple(one for one in more if not (is_asked and one.kind is FactKind.REQUEST))
    told = {(one.kind, one.value) for one in first}
    return (*first, *(one for one in more if (one.kind, one.value) not in told))


def _children(asked: ReadingInput) -> list[Child]:
    """The children by the plan's names, each with what else they are called."""
    also: dict[str, list[str]] = {}
    for nickname, name in asked.nicknames:
        also.setdefault(name, []).append(nickname)
    nicknames = {nickname for nickname, _ in asked.nicknames}
    own = [name for name in asked.children if name not in nicknames]
    return [Child(name, tuple(also.get(name, ()))) for name in own]


def local(received_at: datetime, timezone: str) -> datetime:
    try:
        return received_at.astimezone(ZoneInfo(timezone))
    except (ZoneInfoNotFoundError, ValueError):
        return received_at
