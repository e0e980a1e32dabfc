"""Two people on one installation, with mailboxes on one server: neither sees the other."""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import click
import pytest

from stillwater.channels.mail.live.troubles import Trouble
from stillwater.core.errors import UserError
from stillwater.core.home import Home
from stillwater.gate.models import Attempt, Mailbox, Notice
from stillwater.vault.models import Item, Leaf, Request
from tests.conftest import Said
from tests.integration.mail.conftest import PASSPHRASE, PASSWORD, Life, mail, until, watched
from tests.support.dovecot import dovecot
from tests.support.mailbox import OTHER, PERSON, PLAN

pytestmark = pytest.mark.django_db(transaction=True)

SAMIRA = "samira@home.example"
ROBIN = "robin@home.example"
ROBINS_OTHER = "casey@mail.example"
ROBINS_PLAN = PLAN.replace(PERSON, ROBIN).replace(OTHER, ROBINS_OTHER).replace('"J"', '"C"')


@pytest.fixture
def two(new_life: Callable[..., Life]) -> tuple[Life, Life]:
    return new_life("sam"), new_life("robin", ROBINS_PLAN)


def test_each_ones_mail_goes_to_their_own_vault_alone(two: tuple[Life, Life], home: Home) -> None:
    sam, robin = two
    with dovecot([PERSON, ROBIN]) as server:
        sam.add(server)
        robin.add(server, ROBIN)
        with watched(home):
            for n in range(3):
                server.deliver(PERSON, mail(OTHER, number=n), mail(ROBINS_OTHER, number=n))
                server.deliver(ROBIN, mail(OTHER, number=n), mail(ROBINS_OTHER, number=n))
            until(lambda: sam.attempts() == 3 and robin.attempts() == 3)
            until(lambda: len(server.raws(PERSON, "Later")) == 3)
            until(lambda: len(server.raws(ROBIN, "Later")) == 3)
        # What the one's other writes to the other one is nobody's business of theirs.
        assert len(server.raws(PERSON, "INBOX")) == len(server.raws(ROBIN, "INBOX")) == 3
    assert Attempt.objects.count() == 6
    for life in two:
        mine = Attempt.objects.filter(person=life.person)
        assert {one.item.person_id for one in mine} == {life.person.pk}
        assert {one.other.person_id for one in mine if one.other} == {life.person.pk}
    assert not Notice.objects.exists()


def test_neither_ones_mailbox_can_be_reached_by_the_other(two: tuple[Life, Life]) -> None:
    sam, robin = two
    with dovecot([PERSON]) as server:
        row = sam.add(server)
        assert robin.boxes.all() == []
        for refused in (
            lambda: robin.boxes.find(row.public_id),
            lambda: robin.boxes.account(row),
            lambda: robin.boxes.secret(row),
            lambda: robin.boxes.change_secret(row, "mine now"),
            lambda: robin.boxes.ask_to_remove(row),
            lambda: robin.boxes.removal(row),
        ):
            with pytest.raises(UserError, match="no such mailbox"):
                refused()


def test_commands_say_whose_and_show_nobody_else(
    two: tuple[Life, Life], stillwater: Callable[..., Said]
) -> None:
    sam, _ = two
    with dovecot([PERSON]) as server:
        sam.add(server)
        unsaid = stillwater("mail", "list")
        assert unsaid.code != 0
        assert PERSON not in unsaid.out + unsaid.err
        robins = stillwater("mail", "list", "--person", "robin")
        assert PERSON not in robins.out + robins.err
        assert "no mailbox yet" in robins.out
        assert PERSON in stillwater("mail", "list", "--person", "sam").out
        assert PERSON not in stillwater("doctor").out


@pytest.fixture
def samira_and_robin(
    new_life: Callable[..., Life], home: Home, caplog: pytest.LogCaptureFixture
) -> Iterator[tuple[Life, Life]]:
    """Both with mail of theirs that was taken in, and a password of one that stopped working."""
    samira = new_life("samira", PLAN.replace(PERSON, SAMIRA).replace('"Sam"', '"Samira"'))
    robin = new_life("robin", ROBINS_PLAN.replace('"Sam"', '"Robin"'))
    with dovecot([SAMIRA, ROBIN]) as server:
        row = samira.add(server, SAMIRA)
        robin.add(server, ROBIN)
        with watched(home):
            server.deliver(SAMIRA, mail(OTHER, "I am outside your house."), mail("a@b.example"))
            server.deliver(ROBIN, mail(ROBINS_OTHER, "I will find you."))
            until(lambda: len(server.raws(SAMIRA, "Later")) == 1)
            until(lambda: len(server.raws(ROBIN, "Later")) == 1)
            server.set_password(SAMIRA, "changed by somebody")
            server.restart()
            until(lambda: row.folders.filter(trouble=Trouble.PASSWORD).exists())
        yield samira, robin


def words_of(life: Life, *more: str) -> set[str]:
    """By what one would know that something is theirs."""
    mine = {"person": life.person}
    return {
        life.person.public_id,
        life.person.name,
        *Mailbox.objects.filter(**mine).values_list("public_id", flat=True),
        *Item.objects.filter(**mine).values_list("public_id", flat=True),
        *Attempt.objects.filter(**mine).values_list("public_id", flat=True),
        *Notice.objects.filter(**mine).values_list("public_id", flat=True),
        *more,
    }


def test_no_log_and_no_ledger_knows_the_other(
    samira_and_robin: tuple[Life, Life], caplog: pytest.LogCaptureFixture
) -> None:
    samira, robin = samira_and_robin
    logged = "\n".join(f"{one.name} {one.getMessage()}" for one in caplog.get_records("setup"))
    assert "workers" in logged, "something was logged"
    both = {
        life.person.pk: words_of(life, *addresses)
        for life, addresses in ((samira, (SAMIRA, OTHER)), (robin, (ROBIN, ROBINS_OTHER)))
    }
    for words in both.values():
        for word in words:
            assert word not in logged
    for leaf in Leaf.objects.all():
        [others] = [words for key, words in both.items() if key != leaf.person_id]
        for word in others:
            assert word.encode() not in bytes(leaf.data)


def test_no_command_shows_anything_of_the_other(
    samira_and_robin: tuple[Life, Life], stillwater: Callable[..., Said], tmp_path: Path
) -> None:
    """Those that need no more than a person; the others are told what is somebody else's."""
    samira, _ = samira_and_robin
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE)
    hers = words_of(samira, SAMIRA, OTHER, PASSWORD)
    before, ran = rows_of(samira), 0
    for path, command in all_commands():
        options = {name for one in command.params for name in one.opts}
        needed = [one.name for one in command.params if one.required]
        if "--person" not in options or path == ("up",):
            continue
        for given in [named(needed, samira, tmp_path)] if needed else ["", *which(path, samira)]:
            how = ["--person", "robin", *(["--json"] if "--json" in options else [])]
            if "--passphrase-file" in options:
                how += ["--passphrase-file", str(passphrase)]
            said = stillwater(*path, *given.split(), *how)
            ran += 1
            for word in hers:
                # What was typed may be said back; nothing that was not.
                shown = (said.out + said.err).replace(given, "") if given else said.out + said.err
                assert word not in shown, (path, given)
            if given and word_of(given) in hers:
                assert said.code != 0, (path, given)
    assert ran > 25
    assert rows_of(samira) == before


def rows_of(life: Life) -> list[object]:
    return [
        list(model.objects.filter(person=life.person).order_by("pk").values())
        for model in (Mailbox, Attempt, Notice, Item, Leaf, Request)
    ]


def which(path: tuple[str, ...], samira: Life) -> list[str]:
    """Commands that may be told which mailbox."""
    if path[0] != "mail" or path[1] == "list":
        return []
    return [Mailbox.objects.get(person=samira.person).public_id]


def word_of(given: str) -> str:
    return given.split(" ", maxsplit=1)[0]


def named(needed: Sequence[str | None], samira: Life, folder: Path) -> str:
    """What a command must be told: hers, wherever it names something that is here."""
    item = Item.objects.filter(person=samira.person).first()
    assert item is not None
    known = {
        "item": item.public_id,
        "request": item.public_id,
        "member": item.public_id,
        "says": "theirs",
        "label": "J",
        "address": "sam@nowhere.example",
    }
    return " ".join(known.get(one or "", str(folder / f"new-{one}")) for one in needed)


def all_commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    from stillwater.cli.main import COMMANDS

    for name, entry in COMMANDS.items():
        module, _, attribute = entry.path.partition(":")
        found = getattr(import_module(module), attribute)
        if not isinstance(found, click.Group):
            yield (name,), found
            continue
        for inner, command in found.commands.items():
            yield (name, inner), command


def test_nothing_of_a_mailbox_lies_open(two: tuple[Life, Life]) -> None:
    sam, _ = two
    with dovecot([PERSON]) as server:
        row = sam.add(server)
    row.refresh_from_db()
    stored = bytes(row.for_gate) + bytes(row.secret) + bytes(row.filter_before)
    for word in (PERSON, "127.0.0.1", "Later", server.passwords[PERSON]):
        assert word.encode() not in stored
    leaves = b"".join(bytes(one.data) for one in Leaf.objects.filter(person=sam.person))
    assert b"mailbox_added" in leaves
    assert PERSON.encode() not in leaves
