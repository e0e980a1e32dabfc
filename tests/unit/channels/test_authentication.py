"""What must hold of proof: only the person's own server is believed, and only on top."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.channels.mail.authentication import authenticated
from stillwater.core.arrivals import Auth
from stillwater.text.mail import envelope

OURS = ("mx.home.example",)


def of(*fields: str, authserv: tuple[str, ...] = OURS) -> Auth:
    header = "".join(f"{f}\n" for f in fields)
    return authenticated(
        envelope(header.encode() + b"From: a@b.example\n\n").authentication, authserv
    )


def results(text: str) -> str:
    return f"Authentication-Results: {text}"


def test_what_our_server_says_is_believed() -> None:
    said = of(
        results(
            "MX.home.example 1; dkim=pass (2048-bit; ok) header.d=Court.Example header.s=x;\n"
            "\tdkim=pass header.i=@news.example; dkim=fail header.d=evil.example;\n"
            '\tspf=pass smtp.mailfrom="a;b"@c.example; dmarc=pass (p=none) header.from=a.example'
        )
    )
    assert said == Auth(dmarc="pass", dkim=("court.example", "news.example"))


def test_without_a_listed_server_nothing_is_known() -> None:
    assert of(results("mx.home.example; dmarc=pass"), authserv=()) == Auth()
    assert of(results("mx.evil.example; dmarc=pass")) == Auth()
    assert of() == Auth()


def test_what_stands_in_quotes_of_another_property_signs_nothing() -> None:
    said = of(
        results('mx.home.example; dkim=pass reason="header.d=court.example" header.d=e.example')
    )
    assert said == Auth(dkim=("e.example",))
    assert of(results("mx.home.example; dmarc=pass@evil.example")) == Auth()


@pytest.mark.parametrize(
    ("domains", "dmarc"),
    [
        (["court.example"], "pass"),
        (["mail.court.example"], "pass"),  # the server names the organisation's domain
        (["evil.example"], "none"),
        (["notcourt.example"], "none"),
        (["court.example", "evil.example"], "none"),
    ],
)
def test_a_pass_is_of_the_one_domain_in_from(domains: list[str], dmarc: str) -> None:
    """Of several From the server looks at one, and a program may show another."""
    header = f"{results('mx.home.example; dmarc=pass header.from=court.example')}\n\n".encode()
    assert authenticated(envelope(header).authentication, OURS, domains).dmarc == dmarc


def test_what_a_sender_wrote_below_is_not_believed() -> None:
    ours = results("mx.home.example; dmarc=fail")
    forged = results("mx.home.example; dmarc=pass; dkim=pass header.d=court.example")
    assert of(ours, "Received: by mx; today", forged) == Auth(dmarc="fail")
    assert of(results("mx.evil.example; spf=none"), forged) == Auth()


def test_only_the_topmost_counts() -> None:
    """One directly below ours may be the sender's own, naming our server."""
    forged = results("mx.home.example; dmarc=pass; dkim=pass header.d=court.example")
    assert of(results("mx.home.example; spf=pass"), forged) == Auth()
    assert of(results("mx.home.example; dmarc=fail"), forged) == Auth(dmarc="fail")


@pytest.mark.parametrize(
    "untrusted",
    [
        'mx.home.example; spf=pass smtp.mailfrom="x; dmarc=pass',
        "mx.home.example; spf=pass (x; dmarc=pass header.from=court.example",
        "mx.home.example; spf=pass smtp.mailfrom=x) ; dmarc=pass",
        'mx.home.example; spf=pass smtp.mailfrom="a; dmarc=pass "@evil.example',
        "mx.home.example; spf=pass (a; dmarc=pass) smtp.mailfrom=evil.example",
        "mx.home.example.evil.example; dmarc=pass",
        "mx.home.example@evil.example; dmarc=pass",
        "(mx.home.example) evil.example; dmarc=pass",
        "; dmarc=pass",
    ],
)
def test_smuggled_results_prove_nothing(untrusted: str) -> None:
    assert of(results(untrusted)) == Auth()


@pytest.mark.parametrize(
    ("said", "dmarc"),
    [
        ("pass", "pass"),
        ("FAIL", "fail"),
        ("none", "none"),
        ("temperror", "none"),
        ("bestguesspass", "none"),
    ],
)
def test_dmarc_has_three_answers(said: str, dmarc: str) -> None:
    assert of(results(f"mx.home.example; dmarc={said}")).dmarc == dmarc


def test_a_failure_beside_a_pass_is_a_failure() -> None:
    assert of(results("mx.home.example; dmarc=pass; dmarc=fail")).dmarc == "fail"


@given(st.text(alphabet='mx.home;=()" \\/dkimpasrc1@', max_size=80))
def test_no_field_breaks_it_and_none_without_our_name_is_believed(text: str) -> None:
    said = of(results(text.replace("mx.home.example", "")))
    assert said == Auth()
