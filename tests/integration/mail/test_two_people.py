"""Two people on one installation, with mailboxes on one server: neither sees the other."""

from collections.abc import Callable

import pytest

from stillwater.core.errors import UserError
from stillwater.core.home import Home
from stillwater.gate.models import Attempt, Notice
from stillwater.vault.models import Leaf
from tests.conftest import Said
from tests.integration.mail.conftest import Life, mail, until, watched
from tests.support.dovecot import dovecot
from tests.support.mailbox import OTHER, PERSON, PLAN

pytestmark = pytest.mark.django_db(transaction=True)

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
