"""What must hold of own words: theirs are kept apart, and no letter is lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.text.quotes import own_words

OWN = "I will come on Friday."


@pytest.mark.parametrize(
    "rest",
    [
        "> you wrote this\n> and this",
        "On 6 Mar 2026, at 17:30, Sam <sam@home.example> wrote:\n\n> this",
        "On Fri, Mar 6, 2026 at 5:30 PM Sam\n<sam@home.example> wrote:\n> this",
        "Am 06.03.2026 um 17:30 schrieb Sam:\n> dies",
        "Le 6 mars 2026 à 17:30, Sam a écrit :\n> ceci",
        "06.03.2026, 17:30, Sam <sam@home.example>:\n> this",
        "-----Original Message-----\nFrom: Sam\nthis",
        "---------- Forwarded message ----------\nFrom: Sam\n\nthis",
        "From: Sam\nSent: Friday\nTo: Jordan\nSubject: Re: this\n\nthis",
        "Von: Sam\nGesendet: Freitag\nAn: Jordan\nBetreff: dies\n\ndies",
        "-- \nJordan Doe\nExample Ltd",
        "Sent from my iPhone",
        "Thank you,\nSam",
        "Kind regards\n\nJordan Doe\nVice President, Sales\njordan@work.example",
        "Mit freundlichen Grüßen\nJordan Doe",
        "Un saludo\nJordan",
        "Jordan Doe\nvia mobile",
        "Jordan Doe, Ph.D.\nPresident\nExample Research\njordan@work.example\nwww.work.example",
        "Jordan Doe\n(555) 346-9947",
        "This e-mail and any attachments are confidential and intended for the recipient only.",
    ],
)
def test_quotes_and_signatures_are_not_their_words(rest: str) -> None:
    assert own_words(f"{OWN}\n\n{rest}\n").text == OWN


def test_answers_between_quoted_lines_are_their_own() -> None:
    found = own_words("On 6 Mar 2026 Sam wrote:\n> Can you come?\nNo.\n> Why?\nBecause.\n")
    assert found.text == "No.\nBecause."


@pytest.mark.parametrize(
    "text",
    ["From now on it is over.", "On Friday I wrote to her.", "Subject: to change, I may come.",
     "This message is for you.", "a -- b", "Thanks\nFriday at 5 then.", "Hi\n\nLove\nyou always",
     "Hi\n\nJordan Doe\nFriday at 17:30", "Regards\nSam", "Thank you,\nSam will come at 5",
     "Hi\n\nCourt Street\nat 9:30, call (555) 346-9947", "5 > 3", "At 5 I come:\nthen we talk"],
)  # fmt: skip
def test_ordinary_words_are_never_taken_for_a_quote(text: str) -> None:
    assert own_words(text).text == text


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["> q", "-- ", "", "---", "On 1 Jan 2026 x wrote:", "From: a", "To: b", "Sent: c",
             "Sent from my iPhone", "-----Original Message-----", "hello", "x@y.example:"]
        ),
        st.text(max_size=20),
    ),
    max_size=15,
)  # fmt: skip


@given(LINES, st.sampled_from(["\n", "\r\n"]))
def test_the_spans_cover_the_text_once(lines: list[str], line_end: str) -> None:
    text = line_end.join(lines)
    found = own_words(text)
    spans = sorted((*found.own, *found.quoted, *found.signature))
    assert [a for a, _ in spans] == [0, *(b for _, b in spans[:-1])] if spans else not text
    assert not spans or spans[-1][1] == len(text)


TALON = (
    Path(__file__).parents[4] / "shared/data/mail/talon/tests/fixtures/signature/emails/stripped"
)


@pytest.mark.skipif(not TALON.is_dir(), reason="the public data is not here")
@pytest.mark.parametrize("name", ["camel_case", "jeff", "johndoeexamplecom", "long", "short_url"])
def test_signatures_of_many_clients_are_found_whole(name: str) -> None:
    def lines(part: str) -> list[str]:
        raw = (TALON / f"{name}_{part}").read_text(encoding="utf-8").splitlines()
        return [one for line in raw if (one := line.removeprefix("#sig#").strip())]

    text = "\n".join(
        line.removeprefix("#sig#")
        for line in (TALON / f"{name}_body").read_text(encoding="utf-8").splitlines()
    )
    found = own_words(text)
    signed = "".join(text[a:b] for a, b in found.signature).splitlines()
    assert [one.strip() for one in signed if one.strip()] == lines("signature")
