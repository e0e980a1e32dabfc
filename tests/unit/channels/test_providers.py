"""Providers: whose address it is, and rules that hold what they say and nothing else."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.channels.mail.live.account import MailAccount, Security, SignIn
from stillwater.channels.mail.providers.rules import (
    can_be_written,
    filter_file,
    steps,
    undo_steps,
)
from stillwater.channels.mail.providers.table import (
    account_for,
    provider_for,
    provider_of,
    providers,
)
from stillwater.core.errors import UserError

TODAY = date(2026, 11, 24)
ATOM, APPS = "{http://www.w3.org/2005/Atom}", "{http://schemas.google.com/apps/2006}"
GMAIL = providers()["gmail"]
ALL = pytest.mark.parametrize("key", sorted(providers()))


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("sam@gmail.com", "gmail"),
        ("Sam@GoogleMail.com", "gmail"),
        ("sam@hotmail.co.uk", "outlook"),
        ("sam@me.com", "icloud"),
        ("sam@ymail.com", "yahoo"),
        ("sam@gmx.de", "gmx"),
        ("sam@gmx.com", "gmx_com"),
        ("sam@web.de", "web_de"),
        ("sam@fastmail.fm", "fastmail"),
        ("sam@pm.me", "proton"),
        ("sam@posteo.net", "posteo"),
        ("sam@mailbox.org", "mailbox_org"),
        ("sam@gmail.com.evil.example", None),
        ("sam@evilgmail.com", None),
        ("sam", None),
        ("", None),
    ],
)
def test_whose_address_it_is(address: str, key: str | None) -> None:
    found = provider_for(address)
    assert (found.key if found else None) == key


def test_no_domain_belongs_to_two() -> None:
    domains = [domain for one in providers().values() for domain in one.domains]
    assert len(domains) == len(set(domains))


@ALL
def test_accounts_make_sense(key: str) -> None:
    provider = providers()[key]
    if provider.host:
        account = provider.account("sam@home.example").checked()
        assert account.security is not Security.PLAIN
        assert provider_of(account).host == provider.host
    else:
        assert key == "own"


def test_what_is_known_of_some() -> None:
    outlook = account_for("sam@outlook.com")
    assert outlook is not None
    assert (outlook.sign_in, outlook.tenant) == (SignIn.MICROSOFT, "consumers")
    assert outlook.sieve_port == 0
    posteo = account_for("sam@posteo.de")
    assert posteo is not None
    assert posteo.sieve_port == 4190
    assert account_for("sam@home.example") is None
    assert provider_of(MailAccount("mail.home.example", "sam@home.example")).key == "own"


def test_a_server_on_this_machine_is_nobodys_by_its_host_alone() -> None:
    """Proton's Bridge listens on this machine, and so may a server of one's own."""
    bridge = account_for("sam@proton.me")
    assert bridge is not None
    own_domain = replace(bridge, user="sam@home.example")
    own_server = MailAccount("127.0.0.1", "sam@home.example", 143, Security.PLAIN)
    found = [provider_of(one).key for one in (bridge, own_domain, own_server)]
    assert found == ["proton", "proton", "own"]


@ALL
def test_of_two_at_one_server_the_address_decides(key: str) -> None:
    for domain in providers()[key].domains:
        account = account_for(f"sam@{domain}")
        assert account is not None
        assert provider_of(account).key == key


# Steps


@ALL
def test_steps_say_everything(key: str) -> None:
    said = steps(providers()[key], ["a@x.example", "b@y.example"], "Later", TODAY)
    if key not in ("gmail", "google_workspace"):
        assert sum("a@x.example" in line for line in said) == 1
        assert sum("b@y.example" in line for line in said) == 1
        assert any("“Later”" in line for line in said)
    assert "does not end by itself" in said[-1]
    assert "2027-02-22" in said[-1]
    everything = " ".join([*said, *undo_steps(providers()[key], "Later")])
    assert "{" not in everything
    assert "Later" in undo_steps(providers()[key], "Later")[-1]


@ALL
def test_words_that_are_on_no_screen(key: str) -> None:
    one = providers()[key]
    text = " ".join([one.app_password, *one.notes, *one.rules, *one.undo])
    assert not re.search(r"fail|relapse|reset|streak|victim", text, re.IGNORECASE)


@ALL
def test_no_rule_deletes_or_forwards(key: str) -> None:
    for step in providers()[key].rules:
        if re.search(r"delete|forward|bin\b|reject|bounce", step, re.IGNORECASE):
            assert "no Delete" in step or "Delete the file" in step


def test_what_is_filled_in_is_not_filled_in_again() -> None:
    outlook = providers()["outlook"]
    said = " ".join(steps(outlook, ["{folder}@x.example", "a\nb@x.example"], "{addresses}", TODAY))
    assert "{folder}@x.example" in said
    assert "“{addresses}”" in said
    assert "\n" not in said


# Gmail's file


def properties(raw: bytes) -> list[dict[str, str]]:
    feed = ET.fromstring(raw)
    assert feed.tag == f"{ATOM}feed"
    assert [one.tag for one in feed][:3] == [f"{ATOM}title", f"{ATOM}id", f"{ATOM}updated"]
    found = []
    for entry in feed.findall(f"{ATOM}entry"):
        kinds = [one.tag for one in entry]
        assert kinds[:5] == [
            f"{ATOM}{n}" for n in ("category", "title", "id", "updated", "content")
        ]
        assert set(kinds[5:]) == {f"{APPS}property"}
        category = entry.find(f"{ATOM}category")
        assert category is not None
        assert category.get("term") == "filter"
        found.append(
            {one.get("name", ""): one.get("value", "") for one in entry.findall(f"{APPS}property")}
        )
    return found


def test_the_documented_form() -> None:
    name, raw = filter_file(GMAIL, ["a@x.example", "b@y.example"], "Later", TODAY)
    assert name == "mailFilters.xml"
    assert raw.decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        "<feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:apps='http://schemas.google.com/apps/2006'>\n"
        "\t<title>Mail Filters</title>\n"
        "\t<id>tag:mail.google.com,2008:filters:1</id>\n"
        "\t<updated>2026-11-24T00:00:00Z</updated>\n"
        "\t<entry>\n"
        "\t\t<category term='filter'></category>\n"
        "\t\t<title>Mail Filter</title>\n"
        "\t\t<id>tag:mail.google.com,2008:filter:1</id>\n"
        "\t\t<updated>2026-11-24T00:00:00Z</updated>\n"
        "\t\t<content></content>\n"
        "\t\t<apps:property name='from' value=\"a@x.example OR b@y.example\"/>\n"
        "\t\t<apps:property name='label' value=\"Later\"/>\n"
        "\t\t<apps:property name='shouldArchive' value=\"true\"/>\n"
        "\t\t<apps:property name='shouldMarkAsRead' value=\"true\"/>\n"
        "\t\t<apps:property name='shouldNeverSpam' value=\"true\"/>\n"
        "\t</entry>\n"
        "</feed>\n"
    )


@pytest.mark.parametrize(
    "address",
    [
        "-jordan@x.example",  # would mean: everybody but them
        "*@x.example",
        "a@x.example OR *",
        '"a b"@x.example',
        "(a)@x.example",
        "{a b}@x.example",
        "a|b@x.example",
        "a@x.example\nfrom:b",
        "@x.example",
        "jordan",
        "a" * 400 + "@x.example",
        "from:a@x.example",
        "",
    ],
)
def test_an_address_that_would_mean_something_else(address: str) -> None:
    assert not can_be_written(address)
    [only] = properties(filter_file(GMAIL, [address, "b@y.example"], "Later", TODAY)[1])
    assert only["from"] == "b@y.example"
    with pytest.raises(UserError):
        filter_file(GMAIL, [address], "Later", TODAY)


def test_signs_of_xml_are_escaped() -> None:
    address, folder = "o'neil&co@x.example", "<Later> & \"more\" 'now'"
    [only] = properties(filter_file(GMAIL, [address], folder, TODAY)[1])
    assert (only["from"], only["label"]) == (address, folder)


@given(st.lists(st.text(max_size=40), max_size=5), st.text(min_size=1, max_size=20))
def test_whatever_is_put_in_it_stays_a_filter(addresses: list[str], folder: str) -> None:
    _, raw = filter_file(GMAIL, [*addresses, "b@y.example"], folder, TODAY)
    [only] = properties(raw)
    assert set(only) == {"from", "label", "shouldArchive", "shouldMarkAsRead", "shouldNeverSpam"}
    assert all("@" in one for one in only["from"].split(" OR "))


def test_many_addresses_are_several_filters() -> None:
    many = [f"jordan{number}@somewhere-long.example" for number in range(200)]
    found = properties(filter_file(GMAIL, many, "Later", TODAY)[1])
    assert [one for each in found for one in each["from"].split(" OR ")] == many
    assert all(len(one["from"]) < 1500 for one in found)
    assert len(found) > 1


def test_where_there_is_no_file() -> None:
    with pytest.raises(UserError, match="reads no file"):
        filter_file(providers()["icloud"], ["a@x.example"], "Later", TODAY)
