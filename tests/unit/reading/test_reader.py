"""Kinds, names, hand-overs, court papers, codes, relays, mentions."""

from datetime import UTC, datetime

import pytest

from stillwater.core.words import Channel, FactKind, Kind, Tier
from tests.unit.reading.asking import (
    FRIDAY_HANDOVER,
    FRIDAY_NOON,
    dangers,
    from_other,
    from_stranger,
)


@pytest.mark.parametrize(
    ("kind", "category"),
    [
        (Kind.VISIT, "came_in_person"),
        (Kind.DRIVE_BY, "came_in_person"),
        (Kind.GIFT, "gift_at_home"),
    ],
)
def test_what_came_counts_for_the_other_alone(kind: Kind, category: str) -> None:
    assert dangers(from_other("", kind=kind)) == {category}
    assert dangers(from_stranger("", kind=kind)) == set()


def test_an_empty_message_holds_nothing() -> None:
    reading = from_other("")
    assert reading.danger.tier is Tier.NONE
    assert max(reading.needs.values()) < 0.5
    assert reading.danger.spans == ()


def test_a_childs_name_stands_for_the_child() -> None:
    assert "child_emergency" in dangers(from_other("Mimi is in hospital"))
    assert dangers(from_other("can you bring Mia her shoes please")) == set()


def test_a_threat_dressed_as_a_quote_is_found() -> None:
    quoted = "look what came today\n\n> I will kill you\n> tonight"
    assert dangers(from_stranger(quoted)) == {"kill_or_injure"}


def test_a_threat_that_is_all_quote_is_read_as_theirs() -> None:
    assert "kill_or_injure" in dangers(from_stranger("> I will kill you\n> tonight"))


def test_a_threat_under_a_signature_is_theirs() -> None:
    assert "kill_or_injure" in dangers(from_stranger("hello\n-- \nI will kill you"))


def test_the_subject_is_read() -> None:
    reading = from_stranger("see subject", subject="I will kill you", channel=Channel.MAIL)
    assert "kill_or_injure" in dangers(reading)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("can't do 5, pick her up at 8", True),
        ("I won't be bringing Mia back tonight", True),
        ("could we swap the handover next week", False),
        ("could we swap the handover on 18 July", False),
        ("handover on Saturday at nine instead", True),
        ("handover on Monday at nine instead", False),
        ("see you there", False),
    ],
)
def test_a_handover_changed_within_a_day(text: str, changed: bool) -> None:
    found = dangers(from_other(text, handovers=(FRIDAY_HANDOVER,)))
    assert ("handover_change" in found) == changed


def test_without_a_handover_ahead_a_change_of_no_day_is_none() -> None:
    tuesday = datetime(2026, 3, 3, 12, tzinfo=UTC)
    text = "pick her up at the garage not the school"
    late = from_other(text, handovers=(FRIDAY_HANDOVER,), received_at=tuesday)
    assert "handover_change" not in dangers(late)
    soon = from_other(text, handovers=(FRIDAY_HANDOVER,), received_at=FRIDAY_NOON)
    assert "handover_change" in dangers(soon)


def test_the_zone_of_the_plan_decides_which_day_it_is() -> None:
    late_thursday = datetime(2026, 3, 5, 15, 30, tzinfo=UTC)  # 16:30 in Berlin
    text = "pick her up at the garage not the school"
    asked = {"handovers": (FRIDAY_HANDOVER,), "received_at": late_thursday}
    assert "handover_change" not in dangers(from_other(text, timezone="Europe/Berlin", **asked))
    assert "handover_change" in dangers(from_other(text, timezone="Europe/Moscow", **asked))


COURT_PAPER = """In the Family Court at Croydon
Case number: ZC26P00123

You are hereby summoned to attend the hearing. You must file your acknowledgment
of service no later than 27 March 2026."""


def test_court_papers_and_their_facts() -> None:
    reading = from_stranger(COURT_PAPER, subject="Notice of hearing", channel=Channel.MAIL)
    facts = {fact.kind: fact.value for fact in reading.facts}
    assert reading.legal_service
    assert facts[FactKind.DEADLINE] == "2026-03-27"
    assert facts[FactKind.WHO] == "Family Court at Croydon"
    assert FactKind.REQUEST in facts
    assert reading.danger.tier is Tier.NONE


@pytest.mark.parametrize(
    "text",
    [
        "You have been served. Divorce petition attached.",
        "Ladung zum Termin: Amtsgericht Köln, Aktenzeichen 12 F 3/26",
        "Queda usted citado ante el Juzgado de Familia",
        "A petition for custody has been filed; you must respond within 21 days of service.",
    ],
)
def test_what_looks_like_service(text: str) -> None:
    assert from_stranger(text).legal_service


@pytest.mark.parametrize(
    "text",
    [
        "The court ruled on the patent case today, says the paper",
        "You are hereby notified that any disclosure of this e-mail is prohibited",
        "tennis court booked for 5",
        "see you in court lol",
        "I served dinner at 8",
    ],
)
def test_what_only_speaks_of_courts(text: str) -> None:
    assert not from_stranger(text).legal_service


def test_a_date_that_can_be_read_in_two_ways_is_not_guessed() -> None:
    reading = from_stranger("You have been served. Respond no later than 3/6/2026")
    assert not [fact for fact in reading.facts if fact.kind is FactKind.DEADLINE]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Your verification code is 482913", "482913"),
        ("G-482913 is your Google verification code.", "482913"),
        ("482 913 is your Instagram code. Don't share it.", "482 913"),
        ("Use 4829 to log in. This one-time passcode expires in 10 minutes", "4829"),
        ("Ihr Bestätigungscode lautet 771204", "771204"),
        ("Tu código de verificación es 5521", "5521"),
        ("Your login code: 7HX2Q9", "7HX2Q9"),
        ("the dress code is formal, 2026 edition", None),
        ("call me on 5550123", None),
        ("Your code review is ready", None),
    ],
)
def test_one_time_codes(text: str, code: str | None) -> None:
    assert from_stranger(text).one_time_code == code


@pytest.mark.parametrize(
    "text",
    [
        "he's really struggling, just call him",
        "Jordan misses you so much",
        "she asked me to tell you she's sorry",
        "give him another chance, he has changed",
        "Er vermisst dich sehr",
        "habla con él, está destrozado",
    ],
)
def test_word_carried(text: str) -> None:
    assert from_stranger(text).carries_word


@pytest.mark.parametrize("text", ["Dinner on Sunday at ours?", "the cake was lovely", "hi"])
def test_a_relative_who_writes_of_other_things(text: str) -> None:
    assert not from_stranger(text).carries_word


def test_mentions() -> None:
    text = "write to jordan@mail.example or call +49 176 12345678, by 12.03.2026"
    assert from_stranger(text).mentions == ("jordan@mail.example", "+49 176 12345678")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I do not know what you want from me and I am tired", "en"),
        ("Ich weiß nicht was du von mir willst", "de"),
        ("no sé qué quieres de mí pero ya está", "es"),
        ("ok", None),
    ],
)
def test_the_language(text: str, language: str | None) -> None:
    assert from_stranger(text).language == language


def test_a_mail_is_read_from_its_bytes() -> None:
    raw = b"From: a@b.example\nSubject: hi\nContent-Type: text/plain\n\nI will kill you\n"
    reading = from_stranger(None, raw=raw, subject="hi", channel=Channel.MAIL)  # type: ignore[arg-type]
    assert "kill_or_injure" in dangers(reading)


def test_that_a_relay_was_sent_is_carrying_word_and_no_danger_of_its_own() -> None:
    asked = "Jordan asked me to tell you to call him"
    assert from_other(asked, from_relay=True).carries_word
    assert "third_party_recruited" not in dangers(from_other(asked, from_relay=True))


def test_an_others_own_words_hide_nobody_whom_they_sent_behind_words_of_a_relay() -> None:
    sent = "Jordan asked me to tell you to call him"
    assert "third_party_recruited" in dangers(from_other(sent))
