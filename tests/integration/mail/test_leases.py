"""The server's own rule: a lease that ends by itself, and leaves no trace when it is taken away."""

from datetime import timedelta

import pytest
from sievelib.parser import Parser

from stillwater.channels.mail.live import sieve
from stillwater.channels.mail.live.connection import Secret
from stillwater.channels.mail.live.managesieve import manage_sieve
from stillwater.channels.mail.live.troubles import Trouble
from stillwater.core.clock import SetClock
from stillwater.core.home import Home
from stillwater.gate.live import leases, undoing, watching
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.gate.models import Mailbox
from stillwater.gate.plans import Plans
from stillwater.plan.form import parse
from tests.integration.mail.conftest import Life, account_on, mail, now, until, watched
from tests.support.dovecot import Dovecot
from tests.support.mailbox import OTHER, PERSON, PLAN

pytestmark = pytest.mark.django_db(transaction=True)

THEIR_OWN = (
    b'# my filters\r\nrequire ["fileinto", "mailbox"];  # two of them\r\n'
    b'/* and */ require "copy";\r\n\r\nif header :contains "subject" "news" {\r\n'
    b'  fileinto :create "News";\r\n}\r\n# no newline at the end'
)


def scripts(server: Dovecot) -> dict[str, tuple[bool, bytes]]:
    account = account_on(server, sieve_port=server.ports["sieve"])
    with manage_sieve(account, Secret(server.passwords[PERSON])) as sieve:
        return {one.name: (one.active, sieve.get(one.name)) for one in sieve.scripts()}


def folders(server: Dovecot) -> tuple[set[str], set[str]]:
    """All folders, and those subscribed to."""
    with server.client(PERSON) as client:
        return (
            {name for _, _, name in client.list_folders()},
            {name for _, _, name in client.list_sub_folders()},
        )


def give_filter(server: Dovecot, script: bytes, name: str = "mine") -> None:
    account = account_on(server, sieve_port=server.ports["sieve"])
    with manage_sieve(account, Secret(server.passwords[PERSON])) as sieve:
        sieve.put(name, script)
        sieve.set_active(name)


def lease(life: Life, server: Dovecot, **how: object) -> object:
    row = life.add(server, sieve_port=server.ports["sieve"], **how)
    assert leases.renew(life.boxes, row)
    return row


def test_theirs_is_filed_before_anybody_sees_it(life: Life, server: Dovecot) -> None:
    lease(life, server)
    server.deliver(
        PERSON, mail(OTHER), mail("Jordan <jordan+new@mail.example>"), mail("a@b.example")
    )
    assert len(server.raws(PERSON, "Later")) == 2
    assert len(server.raws(PERSON, "INBOX")) == 1


def test_the_persons_own_filter_stays_active_and_goes_on(life: Life, server: Dovecot) -> None:
    give_filter(server, THEIR_OWN)
    lease(life, server)
    assert scripts(server)["mine"][0]
    server.deliver(PERSON, mail(OTHER, subject="news"), mail("a@b.example", subject="news"))
    assert len(server.raws(PERSON, "Later")) == 1
    assert len(server.raws(PERSON, "News")) == 1


def test_a_lease_that_is_over_lets_mail_through(life: Life, server: Dovecot) -> None:
    """Stillwater was off for longer than the lease: nothing goes on hiding mail in silence."""
    long_ago = SetClock(now() - timedelta(days=9))
    row = life.add(server, sieve_port=server.ports["sieve"], lease_days=7)
    boxes = Mailboxes(life.person, life.home, life.machine, long_ago)
    assert leases.renew(boxes, row)
    server.deliver(PERSON, mail(OTHER))
    assert len(server.raws(PERSON, "INBOX")) == 1
    assert leases.renew(life.boxes, row)  # back again
    server.deliver(PERSON, mail(OTHER, number=2))
    assert len(server.raws(PERSON, "INBOX")) == 1


@pytest.mark.parametrize("own", [None, THEIR_OWN, b"", b"keep;\n", b'require "fileinto";'])
def test_removed_leaves_the_server_as_it_was_found(
    life: Life, server: Dovecot, own: bytes | None
) -> None:
    if own is not None:
        give_filter(server, own)
    before = scripts(server), folders(server)
    row = lease(life, server)
    server.deliver(PERSON, mail(OTHER))
    assert (scripts(server), folders(server)) != before
    waits = life.boxes.ask_to_remove(row)  # type: ignore[arg-type]
    undoing.undo_and_forget(life.boxes, row, waits, undoing.Held.RETURNS)  # type: ignore[arg-type]
    assert (scripts(server), folders(server)) == before
    assert len(server.raws(PERSON, "INBOX")) == 1


def test_what_the_person_changed_meanwhile_stays(life: Life, server: Dovecot) -> None:
    give_filter(server, THEIR_OWN)
    row = lease(life, server)
    changed = scripts(server)["mine"][1] + b"\r\n# added later\r\n"
    give_filter(server, changed)
    leases.remove(life.boxes, row)  # type: ignore[arg-type]
    assert scripts(server) == {"mine": (True, THEIR_OWN + b"\r\n# added later\r\n")}


def test_a_filter_that_took_ours_place_is_given_the_lines_again(
    life: Life, server: Dovecot
) -> None:
    row = lease(life, server)
    give_filter(server, b"keep;\n", "other")
    assert leases.renew(life.boxes, row)  # type: ignore[arg-type]
    server.deliver(PERSON, mail(OTHER))
    assert server.raws(PERSON, "INBOX") == []
    leases.remove(life.boxes, row)  # type: ignore[arg-type]
    assert scripts(server) == {"other": (True, b"keep;\n")}


def test_a_watched_other_is_not_filed(new_life, server: Dovecot) -> None:  # type: ignore[no-untyped-def]
    from tests.support.mailbox import PLAN

    life = new_life(plan=PLAN.replace("no_contact", "watch"))
    row = life.add(server, sieve_port=server.ports["sieve"])
    assert not leases.renew(life.boxes, row)
    server.deliver(PERSON, mail(OTHER))
    assert len(server.raws(PERSON, "INBOX")) == 1
    assert scripts(server) == {}


def test_what_the_server_filed_is_sealed(life: Life, server: Dovecot, home: Home) -> None:
    lease(life, server)
    with watched(home):
        server.deliver(PERSON, *(mail(OTHER, number=n) for n in range(5)))
        until(lambda: life.attempts() == 5)
    assert len(server.raws(PERSON, "Later")) == 5
    assert server.raws(PERSON, "INBOX") == []


def test_a_plan_that_changes_changes_the_rule(life: Life, server: Dovecot) -> None:
    row = lease(life, server)
    assert not leases.is_due(row, now())  # type: ignore[arg-type]
    plan = parse(PLAN.replace(f'"{OTHER}",', f'"{OTHER}", "new@mail.example",'))
    Plans(life.person, life.home, life.machine, life.clock).set(plan)
    assert leases.is_due(row, now())  # type: ignore[arg-type]
    assert leases.renew(life.boxes, row)  # type: ignore[arg-type]
    server.deliver(PERSON, mail("new@mail.example"))
    assert server.raws(PERSON, "INBOX") == []


def test_what_we_write_is_sieve() -> None:
    """As another parser reads it, whatever stands in an address or a name."""
    odd = ('o"dd\\@mail.example', "star*?@mail.example", "x@y.example")
    script = sieve.lease(odd, 'La"ter\\', now().date(), with_envelope=True)
    parser = Parser()
    assert parser.parse(script), parser.error


def test_a_rule_that_the_server_does_not_take_is_said_and_watching_goes_on(
    life: Life, server: Dovecot, home: Home
) -> None:
    give_filter(server, b"keep;\n", "later")  # a script of the person's with the name of ours
    row = life.add(server, sieve_port=server.ports["sieve"])
    with watched(home):
        until(lambda: Mailbox.objects.get(pk=row.pk).trouble == Trouble.RULE)
        server.deliver(PERSON, mail(OTHER))
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
        until(lambda: watching.state_of(life.person, now()).watching is watching.Watching.ALL)
    assert scripts(server) == {"later": (True, b"keep;\n")}


def test_what_returns_is_not_hidden_again_by_whoever_still_watches(
    life: Life, server: Dovecot, home: Home
) -> None:
    row = life.add(server, sieve_port=server.ports["sieve"])
    with watched(home):
        until(lambda: Mailbox.objects.get(pk=row.pk).lease_until is not None)
        server.deliver(PERSON, *(mail(OTHER, number=n) for n in range(3)))
        until(lambda: life.attempts() == 3)
        waits = life.boxes.ask_to_remove(row, undoing.Held.RETURNS)
        row.refresh_from_db()
        undoing.undo_and_forget(life.boxes, row, waits, undoing.Held.RETURNS)
        until(lambda: server.raws(PERSON, "Later") == [])
        server.deliver(PERSON, mail("a@b.example"))
        until(lambda: len(server.raws(PERSON, "INBOX")) == 4)
    assert len(server.raws(PERSON, "INBOX")) == 4
    assert "Later" not in folders(server)[0]


def test_a_server_that_is_gone_can_be_forgotten_here(life: Life, server: Dovecot) -> None:
    row = lease(life, server)
    server.stop()
    waits = life.boxes.ask_to_remove(row)  # type: ignore[arg-type]
    stays = undoing.forget_here(life.boxes, row, waits)  # type: ignore[arg-type]
    assert len(stays) == 2
    assert life.boxes.all() == []


def test_a_server_that_takes_no_filter_is_no_trouble(
    life: Life, server: Dovecot, home: Home
) -> None:
    """Most have none that we can reach: nobody is told that the mail server cannot be reached."""
    row = life.add(server, sieve_port=1)
    with watched(home):
        until(lambda: Mailbox.objects.get(pk=row.pk).renewed_at is not None, patience=10)
    assert Mailbox.objects.get(pk=row.pk).trouble == ""
