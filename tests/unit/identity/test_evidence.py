"""Signs that a stranger is an other: each alone, and what they come to together."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillwater.core.arrivals import Address, Arrival, Auth, Profile
from stillwater.core.judgements import Reading
from stillwater.core.words import Channel, Tactic
from stillwater.identity import signs
from stillwater.identity.carriers import Service, service_of
from stillwater.identity.evidence import CAPS, Evidence, Sign, capped, prior, probability
from stillwater.identity.introductions import Claim, claims_in, introduced
from stillwater.identity.strangers import KEPT, Strangers
from stillwater.identity.style.writer import Comparison

NOW = datetime(2026, 3, 1, 18, tzinfo=UTC)


def arrival(handle: str | None = "+4917100000000", **more: object) -> Arrival:
    plain = Arrival("a", NOW, Channel.SMS, senders=(Address(handle),))
    return replace(plain, **more)  # type: ignore[arg-type]


# Together


@given(st.lists(st.tuples(st.sampled_from(list(Sign)), st.floats(-50, 50)), max_size=12))
def test_no_pile_of_signs_breaks_its_caps(pieces: list[tuple[Sign, float]]) -> None:
    sums = capped(Evidence(sign, llr, "") for sign, llr in pieces)
    assert all(CAPS[sign][0] <= value <= CAPS[sign][1] for sign, value in sums.items())
    assert 0 <= probability(-3.0, sums) <= 1


@given(st.floats(0, 5), st.floats(0, 2), st.floats(0, 2), st.floats(0, 2))
def test_style_time_and_profile_alone_are_never_enough_to_hold(
    style: float, time: float, profile: float, pull: float
) -> None:
    sums = {Sign.STYLE: style, Sign.TIME: time, Sign.PROFILE: profile, Sign.PULL: pull}
    assert probability(10.0, sums) <= 0.9


def test_the_prior_falls_with_new_contacts_and_rises_with_aliases() -> None:
    assert prior(0, 0) > prior(10, 0) > prior(100, 0)
    assert prior(0, 0) < prior(0, 1) < prior(0, 3)
    assert prior(0, 10**6) <= prior(0, 0) + 2


@given(st.floats(-6, 6), st.floats(0.1, 3))
def test_more_evidence_never_lowers_the_probability(before: float, more: float) -> None:
    less = {Sign.NAME: 3.0}
    assert probability(before, {**less, Sign.STYLE: more}) >= probability(before, less)


# Each


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("its J. please", ["j"]),
        ("Hi it's Jordan, new phone", ["jordan"]),
        ("Jordan here", ["jordan"]),
        ("I only want to talk. Love, Jordan", ["jordan"]),
        ("hallo ich bin's Jordan", ["jordan"]),
        ("this is Priya from the clinic", ["priya"]),
        ("i'm sorry", []),
        ("it's cold here", []),
    ],
)
def test_who_somebody_says_they_are(text: str, names: list[str]) -> None:
    assert [name.split()[0].strip(".,") for name, _ in introduced(text)][:1] == names


def test_a_name_with_a_place_says_less() -> None:
    def of(text: str) -> float:
        return sum(one.llr for one in signs.by_names(arrival(), text, {"jordan"}))

    assert of("it's Jordan") == 4
    assert 0 < of("this is Jordan from the depot") < 2
    assert of("this is Priya from the clinic") < 0


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("its me", [Claim.ME]),
        ("why did you block me", [Claim.BLOCKED]),
        ("this is my new number", [Claim.NEW_NUMBER]),
        ("stop ignoring me", [Claim.IGNORED]),
        ("the road is closed", []),
        ("is it me or is it cold", []),
    ],
)
def test_what_somebody_lets_know_of_before(text: str, claims: list[Claim]) -> None:
    assert claims_in(text) == claims


def test_a_cold_start_says_so() -> None:
    (piece,) = signs.by_style(Comparison(0.4, 7))
    assert "Fewer than 20" in piece.reason
    assert list(signs.by_style(Comparison(0.0, 0))) == []


def test_time_before_and_after_block_day() -> None:
    hours = [0] * 24
    since = date(2026, 3, 1)

    def at(moment: datetime) -> float:
        return sum(one.llr for one in signs.by_time(moment, hours, None, since))

    assert at(NOW - timedelta(days=5)) < 0 < at(NOW + timedelta(days=1))
    assert at(NOW + timedelta(days=30)) == 0


def test_their_usual_hours() -> None:
    hours = [0] * 24
    hours[23] = 40
    night, noon = (
        sum(one.llr for one in signs.by_time(NOW.replace(hour=hour), hours, None, None))
        for hour in (23, 12)
    )
    assert noon < 0 < night


def test_accounts_codes_and_firms() -> None:
    fresh = sum(one.llr for one in signs.by_profile(Profile(2, has_picture=False)))
    old = sum(one.llr for one in signs.by_profile(Profile(2000, has_picture=True)))
    assert old < 0 < fresh
    code = Reading(one_time_code="482910")
    assert sum(one.llr for one in signs.by_sender(arrival(), code, bulk=False)) < -3
    assert sum(one.llr for one in signs.by_sender(arrival("Parcel Co"), None, bulk=False)) < -2
    assert list(signs.by_sender(arrival(), None, bulk=False)) == []


def test_tactics_of_the_reader_count_as_pull() -> None:
    reading = Reading(tactics={Tactic.GUILT: 0.9, Tactic.PROBE: 0.9})
    (piece,) = signs.by_pull("you left me with nothing", reading)
    assert piece.llr > 1
    assert list(signs.by_pull("see you at the gym", Reading(tactics={Tactic.GUILT: 0.1}))) == []


@settings(deadline=None)
@given(st.text(max_size=300))
def test_reasons_are_plain_and_quote_nothing(text: str) -> None:
    pieces = [*signs.by_names(arrival(), text, {"jordan"}), *signs.by_claims(text)]
    assert all(piece.reason.endswith(".") and piece.reason.isascii() for piece in pieces)
    assert all(len(piece.reason) < 80 for piece in pieces)


# Services


@pytest.mark.parametrize(
    ("handle", "name", "text", "service"),
    [
        ("noreply@corrlinks.com", None, "", Service.FROM_INSIDE),
        ("no-reply@mail.jpay.com", None, "", Service.FROM_INSIDE),
        ("+15550001111", None, "You have a prepaid call from JORDAN", Service.SAYS_FROM_INSIDE),
        ("x@evil.example", "Securus Technologies", "", Service.SAYS_FROM_INSIDE),
        ("alert@vinelink.com", None, "", Service.NOTIFICATION),
        ("+18005551234", "VINE", "", Service.SAYS_NOTIFICATION),
        ("+4917100000000", "Ana", "wine and vines", None),
        ("x@notcorrlinks.com.evil.example", None, "", None),
    ],
)
def test_carriers_and_notifications(
    handle: str, name: str | None, text: str, service: Service | None
) -> None:
    assert service_of(arrival(senders=(Address(handle, name),), auth=Auth()), text) is service


# Strangers


def test_strangers_are_forgotten_after_thirty_days() -> None:
    strangers = Strangers(b"k" * 32)
    key = strangers.key("tel:+4917100000000")
    strangers.met(key, NOW)
    assert strangers.unsuspected() == 1
    strangers.forget_old(NOW + KEPT)
    assert strangers.unsuspected() == 1
    strangers.forget_old(NOW + KEPT + timedelta(seconds=1))
    assert strangers.unsuspected() == 0


def test_a_dismissed_stranger_outlives_the_thirty_days() -> None:
    strangers = Strangers(b"k" * 32)
    key = strangers.key("tel:+4917100000000")
    strangers.suspect(strangers.met(key, NOW))
    strangers.dismiss(key)
    again = Strangers.from_data(strangers.as_data(), b"k" * 32)
    again.forget_old(NOW + timedelta(days=400))
    assert again.is_dismissed(key)
    assert again.unsuspected() == 0
