"""What the commands say to a person who mistypes, or whose server is gone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from stillwater.channels.mail.live.account import MailAccount, Security
from stillwater.channels.mail.live.troubles import Trouble
from stillwater.gate.models import Heartbeat
from tests.conftest import Said
from tests.integration.mail.conftest import Life
from tests.support.dovecot import PASSWORD, Dovecot, dovecot
from tests.support.household import Household, new_household
from tests.support.mailbox import PERSON


def add(household: Household, server: Dovecot, password: str, port: int = 0) -> tuple[int, str]:
    file = household.home.parent / "password"
    file.write_text(password + "\n")
    done = household.run(
        *("mail", "add", PERSON, "--host", "127.0.0.1", "--plain", "--no-sieve"),
        *("--port", str(port or server.ports["imap"]), "--password-file", file),
    )
    return done.returncode, done.stdout + done.stderr


def test_slips_and_a_server_that_is_gone(tmp_path: Path) -> None:
    household = new_household(tmp_path / "h")
    with dovecot() as server:
        code, said = add(household, server, "wrong")
        assert code == 1
        assert "somebody else" not in said  # a slip of the hand frightens nobody
        assert "does not take this password" in said
        code, said = add(household, server, PASSWORD, port=1)
        assert (code, "by itself" in said) == (1, False)
        assert add(household, server, PASSWORD)[0] == 0
    refused = household.run("mail", "remove", signed_in=True)
    assert refused.returncode == 1
    assert Trouble.UNREACHABLE.said in refused.stderr
    done = household.run("mail", "remove", "--server-gone", signed_in=True)
    assert done.returncode == 0, done.stderr
    assert household.json("mail", "list") == {"mailboxes": []}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("given", ["12h", "1d12h", "91d", "0"])
def test_a_lease_of_another_length_is_said(
    life: Life, stillwater: Callable[..., Said], given: str
) -> None:
    said = stillwater("mail", "add", "sam@posteo.de", "--lease", given, "--password-file", "-")
    assert said.code == 2
    assert "A lease lasts" in said.err
    assert "--lease 7d" in said.err
    assert life.boxes.all() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("holds", [None, "no certificate"])
def test_a_certificate_file_that_cannot_be_read_is_no_attack(
    life: Life, stillwater: Callable[..., Said], tmp_path: Path, holds: str | None
) -> None:
    """Nobody is told that somebody may be in between where a path was mistyped."""
    password, trusted = tmp_path / "password", tmp_path / "cert.pem"
    password.write_text(PASSWORD)
    if holds is not None:
        trusted.write_text(holds)
    said = stillwater(
        *("mail", "add", PERSON, "--host", "localhost", "--port", "9", "--trust", str(trusted)),
        *("--password-file", str(password)),
    )
    assert said.code == 1
    assert "in between" not in said.err
    assert "cannot be read" in said.err
    assert "Look at --trust" in said.err


@pytest.mark.django_db(transaction=True)
def test_a_missing_password_file_is_called_what_it_is(
    life: Life, stillwater: Callable[..., Said], tmp_path: Path
) -> None:
    missing = str(tmp_path / "not-there")
    said = stillwater("mail", "add", "sam@posteo.de", "--password-file", missing)
    assert said.code != 0
    assert "The file with the mailbox's password cannot be read." in said.err
    assert "passphrase" not in said.err


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "command", [("mail", "test"), ("mail", "rules"), ("mail", "password"), ("heartbeat", "begin")]
)
def test_without_a_mailbox_the_next_step_is_to_add_one(
    life: Life, stillwater: Callable[..., Said], tmp_path: Path, command: tuple[str, ...]
) -> None:
    file = tmp_path / "beat"
    said = stillwater(*command, *([str(file)] if command[0] == "heartbeat" else []))
    assert said.code != 0
    assert "There is no mailbox yet" in said.err
    assert "stillwater mail add ADDRESS" in said.err
    assert not file.exists()
    assert not Heartbeat.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_rules_of_a_server_on_this_machine_are_not_protons(
    life: Life, stillwater: Callable[..., Said]
) -> None:
    own = MailAccount("127.0.0.1", PERSON, 143, Security.PLAIN)
    life.boxes.add(own, PASSWORD)
    said = stillwater("mail", "rules")
    assert "Proton" not in said.out
    assert "Your own server" in said.out
