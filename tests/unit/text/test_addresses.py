"""What must hold of addresses: everyone whom anybody might read in a field is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.text.addresses import addresses, careful_addresses


def shown(text: str) -> list[tuple[str | None, str | None]]:
    return [(a.handle, a.name) for a in addresses(text)]


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("Jordan <j@x.example>", [("j@x.example", "Jordan")]),
        ('"Jordan, J." <j@x.example>', [("j@x.example", "Jordan, J.")]),
        ("j@x.example (Jordan (still))", [("j@x.example", "Jordan (still)")]),
        ('"a@b.example" <c@d.example>', [("c@d.example", "a@b.example")]),
        ("a@b.example <c@d.example>", [("c@d.example", "a@b.example")]),
        ("(a@b.example) c@d.example", [("c@d.example", "a@b.example")]),
        ("G: a@b.example, X <c@d.example>;", [("a@b.example", None), ("c@d.example", "X")]),
        ("undisclosed-recipients:;", [(None, "undisclosed-recipients")]),
        ("<>", [(None, None)]),
        ("root", [("root", "root")]),
        ("Jordan Smith", [(None, "Jordan Smith")]),
        ('"john smith"@x.example', [('"john smith"@x.example', None)]),
        ("user @ host . example", [("user@host.example", None)]),
        ("<@relay.example:a@b.example>", [("a@b.example", None)]),
        ("user@[IPv6:2001::1]", [("user@[IPv6:2001::1]", None)]),
        ("=?utf-8?q?J=C3=B6rd?= =?utf-8?q?an?= <j@x.example>", [("j@x.example", "Jördan")]),
        ("=?utf-8?b?YUBiLmV4YW1wbGU=?= <c@d.example>", [("c@d.example", "a@b.example")]),
        ("=?utf-8?q?a=40b.example?=", [(None, "a@b.example")]),
        ("jördan@exämple.example", [("jördan@exämple.example", None)]),
        ("a@b.example; c@d.example", [("a@b.example", None), ("c@d.example", None)]),
    ],
)
def test_a_field_gives_whom_it_names(
    field: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert shown(field) == found


@pytest.mark.parametrize(
    "broken",
    [
        '"unterminated <a@b.example>', "<a@b.example", "<<a@b.example>>",
        "(never closed a@b.example",
        "a@b.example,,,", "x@y.example <a@b.example> <c@d.example>", "mailto:a@b.example",
        "<=?utf-8?q?a=40b.example?=>", "a@b.example c@d.example", "< a@b.example >",
        "Re: Jordan <a@b.example>", "\\ <a@b.example>", "a@b.example>",
    ],
)  # fmt: skip
def test_a_broken_field_hides_nobody(broken: str) -> None:
    assert any("a@b.example" in (a.handle or "") for a in addresses(broken))


WORD = st.from_regex(r"[A-Za-z][A-Za-z0-9.'+_-]{0,8}", fullmatch=True)
ADDRESS = st.builds("{}@{}.example".format, WORD, st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True))
MAILBOX = st.one_of(
    ADDRESS,
    st.builds("{} <{}>".format, st.lists(WORD, min_size=1, max_size=3).map(" ".join), ADDRESS),
    st.builds('"{}, x@y.example; ({}" <{}>'.format, WORD, WORD, ADDRESS),
    st.builds("=?utf-8?q?{}?= <{}>".format, WORD, ADDRESS),
    st.builds("{} ({})".format, ADDRESS, WORD),
)
SPICE = st.text(alphabet="\"'()<>,;:@.\\ \tab=?é\0", max_size=40)


@given(st.lists(MAILBOX, max_size=5), st.sampled_from([", ", ",", " ; "]))
def test_the_fast_path_never_disagrees_with_the_careful_one(mailboxes: list[str], by: str) -> None:
    field = by.join(mailboxes)
    assert addresses(field) == careful_addresses(field)


@given(st.lists(st.one_of(MAILBOX, SPICE), max_size=6).map(", ".join))
def test_they_agree_on_broken_fields_too(field: str) -> None:
    assert addresses(field) == careful_addresses(field)


@given(st.lists(ADDRESS, min_size=1, max_size=5))
def test_every_address_of_a_list_is_found_in_order(wanted: list[str]) -> None:
    assert [a.handle for a in addresses(", ".join(wanted))] == wanted


@given(SPICE, ADDRESS)
def test_rubbish_before_an_angle_address_never_hides_it(rubbish: str, address: str) -> None:
    rubbish = rubbish.translate(str.maketrans("", "", '"\\(<'))
    assert address in [a.handle for a in addresses(f"{rubbish} <{address}>")]


@pytest.mark.parametrize(
    "piece", ['"', "(", "<", ",", ":", "a,", "<a,", '"\\', "(a)", " ", "a@b ", "a "]
)
def test_a_million_of_anything_is_read_in_linear_time(piece: str) -> None:
    addresses(piece * 1_000_000)  # quadratic would take hours
