"""What the commands say to a person who mistypes, or whose server is gone."""

from pathlib import Path

from stillwater.channels.mail.live.troubles import Trouble
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
