"""The server's own rule for known handles: put there, renewed daily, taken away.

1. The person's active script is read, and kept as it was, under the machine key.
2. The lease, a script of its own that ends by itself.
3. An ``include`` of it in the active script; where there is none, in one of ours.
4. Taken away: the person's script as it was, or without our lines where somebody
   changed it since; then the lease is deleted.

Nothing is put there behind a removal: renewing keeps one off while it lasts, and does nothing
for a mailbox that is removed, or whose removal is due (docs/decisions/0097).
"""

from datetime import date, datetime, timedelta

from stillwater.channels.mail.live import sieve
from stillwater.channels.mail.live.account import MailAccount
from stillwater.channels.mail.live.mailbox import hanging_up
from stillwater.channels.mail.live.managesieve import ManageSieve
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.plans import Plan
from stillwater.core.words import Channel, Mode
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.gate.live.sessions import open_filters, open_mailbox
from stillwater.gate.live.turns import changing
from stillwater.gate.models import Mailbox as Row
from stillwater.gate.plans import active_plan
from stillwater.plan.versions import number_in_force
from stillwater.text.handles import MAIL, canonical

RENEWED_EVERY = timedelta(days=1)
_NOBODY_ANSWERS = (Trouble.UNREACHABLE, Trouble.SILENT)
_ACTIVE_OF_OURS = "-on"  # the script that only includes ours, where there was none


def is_due(row: Row, now: datetime) -> bool:
    """Whether the lease should be looked after: daily, and whenever the plan changed."""
    if row.renewed_at is None or not timedelta(0) <= now - row.renewed_at < RENEWED_EVERY:
        return True
    return row.lease_plan != number_in_force(row.person, now)


def handles_to_file(plan: Plan) -> tuple[str, ...]:
    """Mail addresses whose mail the server may file unread, in the order of the plan.

    Not those of an other whom the person watches, and none at all of one who has a
    court-ordered mailbox; never an address that a child writes from as well.
    """
    children = {
        form.exact
        for other in plan.others
        for child in other.children
        for form in map(canonical, child.handles)
        if form is not None
    }
    found: dict[str, None] = {}
    for other in plan.others:
        if other.mode is Mode.WATCH or Channel.MAIL in other.court_ordered:
            continue
        for handle in map(canonical, other.handles):
            if handle is not None and handle.network == MAIL and handle.exact not in children:
                found[handle.exact] = None
    return tuple(found)


def addresses_to_file(boxes: Mailboxes) -> tuple[str, ...]:
    """The same of the plan that is in force; none where there is none."""
    plan = active_plan(boxes.person, boxes.machine, boxes.clock.now())
    return () if plan is None else handles_to_file(plan.plan)


def renew(boxes: Mailboxes, row: Row) -> bool:
    """Put the lease there, or renew it; whether the server files by itself. Raises MailError."""
    with changing(boxes.home, row.pk) as is_there:
        if not is_there or boxes.is_removal_due(row):
            return False
        row.refresh_from_db(fields=["filter_before", "lease_until", "lease_plan"])
        return _renew(boxes, row)


def _renew(boxes: Mailboxes, row: Row) -> bool:
    account = boxes.account(row)
    now = boxes.clock.now()
    plan = active_plan(boxes.person, boxes.machine, now)
    if plan is None or not account.sieve_port:
        return False
    wanted = handles_to_file(plan.plan)
    if not wanted:
        remove(boxes, row)
        _note(row, None, plan.number, now)
        return False
    folder = _folder(boxes, row)
    try:
        return _put(boxes, row, plan.number, wanted, folder)
    except MailError as error:
        if error.trouble not in _NOBODY_ANSWERS or row.filter_before:
            raise
        # Nobody listens there: most servers have no filter that we can reach.
        _note(row, None, plan.number, now)
        return False


def _put(boxes: Mailboxes, row: Row, plan: int, wanted: tuple[str, ...], folder: str) -> bool:
    account, now = boxes.account(row), boxes.clock.now()
    last_day = (now + timedelta(days=account.lease_days)).date()
    with open_filters(boxes, row) as server:
        lacking = sieve.missing(server.extensions)
        if lacking:
            _note(row, None, plan, now)
            return False
        script = sieve.lease(
            wanted, folder, last_day, with_envelope=sieve.ENVELOPE in server.extensions
        )
        _must_not_be_the_persons(server, account)
        active = next((one.name for one in server.scripts() if one.active), "")
        before = server.get(active) if active else b""
        if not sieve.includes(before) or not row.filter_before:
            _remember(boxes, row, active, sieve.without_include(before))
        server.put(account.script, script)
        if not sieve.includes(before):
            _include(server, account, active, before)
    _note(row, last_day, plan, now)
    return True


def look_again_later(boxes: Mailboxes, row: Row) -> None:
    """There is no rule, and none is to be had now: tomorrow is soon enough."""
    now = boxes.clock.now()
    _note(row, None, number_in_force(boxes.person, now) or 0, now)


def remove(boxes: Mailboxes, row: Row) -> None:
    """Take lease and include away: the scripts are as they were found. Raises MailError.

    The caller keeps everybody else from putting them back (``turns``).
    """
    account = boxes.account(row)
    if not account.sieve_port or not row.filter_before:
        return
    with open_filters(boxes, row) as server:
        _take_out(boxes, row, server, account)
        is_there = any(one.name == account.script for one in server.scripts())
        if is_there and sieve.is_lease(server.get(account.script)):
            server.delete(account.script)
    row.filter_before, row.lease_until = b"", None
    row.save(update_fields=["filter_before", "lease_until"])


def _folder(boxes: Mailboxes, row: Row) -> str:
    """The hold folder by the name that Sieve knows it by; made where it is missing."""
    with hanging_up(open_mailbox(boxes, row)) as mailbox:
        if mailbox.make_hold_folder():
            row.made_hold_folder = True
            row.save(update_fields=["made_hold_folder"])
        return mailbox.hold_name


def _must_not_be_the_persons(server: ManageSieve, account: MailAccount) -> None:
    """A script of that name that is not ours is never written over."""
    is_there = any(one.name == account.script for one in server.scripts())
    if is_there and not sieve.is_lease(server.get(account.script)):
        raise MailError(Trouble.REFUSED, "a script of that name is there already")


def _include(server: ManageSieve, account: MailAccount, active: str, before: bytes) -> None:
    name = active or account.script + _ACTIVE_OF_OURS
    try:
        server.put(name, sieve.with_include(before, account.script))
        server.set_active(name)
    except MailError:
        if active:
            server.put(active, before)  # as it was
        raise


def _take_out(boxes: Mailboxes, row: Row, server: ManageSieve, account: MailAccount) -> None:
    """Our lines out of whichever script they stand in; ours alone goes as a whole."""
    was_active, before = _remembered(boxes, row)
    ours = account.script + _ACTIVE_OF_OURS
    for one in server.scripts():
        script = server.get(one.name)
        if not sieve.includes(script):
            continue
        clean = sieve.without_include(script)
        if one.name == ours and not clean.strip():
            if one.active:
                server.set_active("")
            server.delete(one.name)
        elif one.name == was_active and sieve.with_include(before, account.script) == script:
            server.put(one.name, before)
        else:
            server.put(one.name, clean)


def _remember(boxes: Mailboxes, row: Row, active: str, before: bytes) -> None:
    """What was active before ours, and its bytes: on the disk before anything is changed.

    From then on a removal looks for something of ours on the server, also where a stop
    came in between, and where our lines were there from an earlier time.
    """
    kept = active.encode() + b"\0" + before
    row.filter_before = boxes.machine.seal_profile(boxes.person.public_id, kept)
    row.save(update_fields=["filter_before"])


def _remembered(boxes: Mailboxes, row: Row) -> tuple[str, bytes]:
    kept = boxes.machine.open_profile(boxes.person.public_id, bytes(row.filter_before))
    name, _, before = kept.partition(b"\0")
    return name.decode(), before


def _note(row: Row, until: date | None, plan: int, now: datetime) -> None:
    row.lease_until, row.lease_plan, row.renewed_at = until, plan, now
    row.save(update_fields=["lease_until", "lease_plan", "renewed_at"])
