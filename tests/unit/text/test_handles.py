"""What must hold of handles: surely the same, or only passing for it; never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.text.handles import canonical

LOCAL = st.from_regex(r"[a-z][a-z0-9]{0,12}", fullmatch=True)
DOMAIN = st.from_regex(r"[a-z][a-z0-9]{0,8}\.(?:example|test)", fullmatch=True)


def exact(shown: str, region: str | None = None) -> str | None:
    handle = canonical(shown, region)
    return handle.exact if handle else None


def loose(shown: str) -> str | None:
    handle = canonical(shown)
    return handle.loose if handle else None


@pytest.mark.parametrize(
    ("shown", "same"),
    [
        ("Jordan@Mail.Example", "jordan@mail.example"),
        (" jordan@mail.example. ", "jordan@mail.example"),
        ("<jordan@mail.example>", "jordan@mail.example"),
        ("mailto:jordan@mail.example?subject=hi", "jordan@mail.example"),
        ('"jordan"@mail.example', "jordan@mail.example"),
        ("jordan@EXÄMPLE.example", "jordan@xn--exmple-cua.example"),
        ("jordan@xn--exmple-cua.example", "jordan@exämple.example"),
        ("+49 (176) 1234-5678", "+4917612345678"),
        ("\u202a+49 176 12345678\u202c", "+4917612345678"),
        ("tel:+4917612345678", "+4917612345678"),
        ("instagram:@Jord.An", "instagram:jord.an"),
        ("iban:DE89 3704 0044", "iban:de8937040044"),
        ("plate:B-AB 123", "plate:bab123"),
        ("whatsapp:4917612345678@s.whatsapp.net", "whatsapp:+4917612345678"),
        ("BANK Alert", "bank alert"),
    ],
)
def test_the_same_address_in_another_dress_is_surely_the_same(shown: str, same: str) -> None:
    assert exact(shown) == exact(same) is not None


@pytest.mark.parametrize(
    ("shown", "passes_for"),
    [
        ("jordan+new@mail.example", "jordan@mail.example"),
        ("j.or.dan@gmail.com", "jordan@googlemail.com"),
        ("jоrdan@mail.example", "jordan@mail.example"),  # a Cyrillic о
        ("jordan@mаil.example", "jordan@mail.example"),  # a Cyrillic а in the domain
        ("jordan@mai1.example", "jordan@mail.example"),
        ("jordan@rnail.example", "jordan@mail.example"),
        ("j\u200bordan@mail.example", "jordan@mail.example"),
        ("jördan@mail.example", "jordan@mail.example"),
        ("instagram:jord.аn", "instagram:jord.an"),
        ("whatsapp:+4917612345678", "+4917612345678"),
    ],
)
def test_what_passes_for_an_address_is_alike_but_not_the_same(shown: str, passes_for: str) -> None:
    assert loose(shown) == loose(passes_for) is not None
    if "\u200b" not in shown:
        assert exact(shown) != exact(passes_for)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("jordan@mail.example", "jordan@other.example"),
        ("jordan@mail.example", "jordana@mail.example"),
        ("jor.dan@mail.example", "jordan@mail.example"),  # dots count outside of Gmail
        ("instagram:jordan", "telegram:jordan"),
        ("+4917612345678", "+4917612345679"),
        ("matrix:@jo:home.example", "matrix:jo:home.example"),
    ],
)
def test_others_stay_others(one: str, two: str) -> None:
    assert loose(one) != loose(two)


def test_numbers_are_read_by_region_and_never_guessed() -> None:
    assert exact("0176 12345678", "DE") == exact("004917612345678", "DE") == "+4917612345678"
    assert exact("0176 12345678") == "?017612345678"
    assert exact("22345", "DE") == "?22345"  # a short code is no country's
    assert exact("٠١٧٦١٢٣٤٥٦٧٨", "DE") == "+4917612345678"


@pytest.mark.parametrize(
    "shown", ["", " ", "Private Number", "unknown", "-1", "@court.example", "x@"]
)
def test_nothing_to_go_by_is_no_handle(shown: str) -> None:
    assert canonical(shown) is None


def test_letters_as_a_sender_are_a_network_of_their_own() -> None:
    handle = canonical("VODAFONE")
    assert handle is not None
    assert (handle.network, handle.exact) == ("sms-name", "sms-name:vodafone")


@given(LOCAL, DOMAIN)
def test_letter_case_and_space_never_change_a_mail_address(local: str, domain: str) -> None:
    plain = canonical(f"{local}@{domain}")
    assert plain == canonical(f" {local.upper()}@{domain.upper()} ")
    assert plain is not None
    assert plain.network == "mail"


@given(st.text(max_size=200), st.sampled_from([None, "DE", "US", "XX"]))
def test_anything_has_a_canonical_form_that_stays_as_it_is(shown: str, region: str | None) -> None:
    handle = canonical(shown, region)
    if handle and handle.network == "mail":
        again = canonical(handle.exact)
        assert again is None or again.network == "mail"


def test_an_endless_handle_costs_no_more_than_its_length() -> None:
    for shown in (
        "a" * 2_000_000,
        "a@" + "b." * 1_000_000,
        "+" + "1" * 2_000_000,
        "ä@" + "ß" * 10**6,
    ):
        canonical(shown)
