"""Where notes may go: a closed list, encrypted, and nothing that reads or runs anything here."""

from contextlib import suppress

import pytest
from apprise.manager_plugins import NotificationManager
from hypothesis import example, given
from hypothesis import strategies as st

from stillwater.core.errors import UserError
from stillwater.gate.signals.addresses import KINDS, called, checked, is_loopback, plugin_for

GOOD = {
    "desktop://": "This desktop",
    "ntfy://topic": "ntfy, ntfy.sh",
    "ntfys://token@ntfy.example/topic": "ntfy, ntfy.example",
    "ntfy://localhost:8080/topic": "ntfy, localhost",
    "mailtos://me:secret@mail.example?from=me@mail.example&to=you@mail.example": (
        "E-mail, mail.example"
    ),
    "mailto://me:secret@gmail.com": "E-mail, smtp.gmail.com",
    "mailto://127.0.0.1:2525?from=me@home.example&to=me@home.example": "E-mail, 127.0.0.1",
    "gotifys://gotify.example/AbCdEfGhIjKlMno": "Gotify, gotify.example",
    "jsons://home.example/notes": "Your own program, home.example",
    "json://[::1]:8080/notes": "Your own program, [::1]",
    "pover://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb": "Pushover",
}
BAD = [
    "",
    "ntfys",
    "NTFYS://ntfy.example/topic",
    "file:///etc/passwd",
    "syslog://",
    "macosx://",
    "windows://",
    "dbus://",
    "desktop://x",
    "ntfys://ntfy.example/topic a",
    "ntfys://ntfy.example/to\npic",
    "ntfys://ntfy.example/" + "a" * 1000,
    # In the open, to another machine.
    "ntfy://ntfy.example/topic",
    "ntfy://localhost@ntfy.example/topic",
    "ntfy://ntfy.example/localhost",
    "json://home.example/notes",
    "json://localhost.home.example/notes",
    "gotify://gotify.example/AbCdEfGhIjKlMno",
    "mailto://me:secret@mail.example",
    "mailtos://me:secret@mail.example?mode=insecure",
    "mailto://localhost?smtp=mail.example&from=me@home.example&to=me@home.example",
    # Options that read files, loosen TLS, send elsewhere, or hide another.
    "mailtos://me:secret@mail.example?pgp=yes",
    "mailtos://me:secret@mail.example?pgpprv=/home/me/key.asc",
    "mailtos://me:secret@mail.example?bcc=them@mail.example",
    "ntfys://ntfy.example/topic?verify=no",
    "ntfys://ntfy.example/topic?VERIFY=no",
    "ntfys://ntfy.example/topic?attach=file:///etc/passwd",
    "ntfys://ntfy.example/topic?redirect=yes",
    "ntfys://ntfy.example/topic?priority=low?verify=no",
    "jsons://home.example/notes?+X-Token=1",
    "jsons://home.example/notes?verify=no",
]


@pytest.mark.parametrize(("address", "shown"), GOOD.items())
def test_what_is_taken_and_what_is_shown_of_it(address: str, shown: str) -> None:
    assert checked(f" {address}\n") == address
    assert called(address) == shown
    assert "secret" not in called(address)


@pytest.mark.parametrize("address", BAD)
def test_what_is_refused_is_never_quoted(address: str) -> None:
    with pytest.raises(UserError) as refused:
        checked(address)
    said = f"{refused.value.what} {refused.value.next_step}"
    assert refused.value.next_step
    assert "secret" not in said
    assert len(address) < 20 or address not in said


@given(st.text(max_size=80), st.sampled_from(sorted(KINDS)))
@example("user:pass@[::1", "ntfys")
@example("h:99999/t", "ntfys")
def test_whatever_is_typed_it_is_taken_or_refused_in_words(rest: str, scheme: str) -> None:
    with suppress(UserError):
        assert called(checked(f"{scheme}://{rest}"))


def test_every_kind_of_the_list_is_there_and_all_others_of_apprise_are_refused() -> None:
    """A newer apprise brings new kinds: none is taken before somebody looked at it."""
    known = set(NotificationManager().schemas())
    assert set(KINDS) - {"desktop"} <= known
    for scheme in sorted(known - set(KINDS)):
        with pytest.raises(UserError):
            checked(f"{scheme}://localhost/a")


def test_it_follows_no_redirect_and_shows_no_picture() -> None:
    plugin = plugin_for("ntfys://ntfy.example/topic", "Plants")
    assert plugin.redirects is False
    assert plugin.verify_certificate is True
    assert not plugin.image_url("info")
    assert plugin.app_id == "Plants"


def test_an_at_sign_in_a_name_is_written_as_40() -> None:
    plugin = plugin_for("mailtos://me%40mail.example:secret@mail.example?to=me@mail.example")
    assert plugin.user == "me@mail.example"


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("localhost.example", False),
        ("10.0.0.1", False),
        ("0.0.0.0", False),
        ("", False),
    ],
)
def test_this_machine(host: str, is_ours: bool) -> None:
    assert is_loopback(host) is is_ours
