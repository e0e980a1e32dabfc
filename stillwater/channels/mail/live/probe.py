"""A first look at a mail server: what works there and what does not. It changes nothing.

No folder is made, no mail is marked, moved or opened, no filter is stored. INBOX is
opened for reading alone (EXAMINE, RFC 9051, 6.3.3), and of the last mails only the
lines are read in which a server says what it thinks of a sender.
"""

from collections.abc import Iterator

from imapclient import IMAPClient

from stillwater.channels.mail.live import phones, sieve
from stillwater.channels.mail.live.account import MailAccount, Role, Security
from stillwater.channels.mail.live.connection import Secret, open_connection
from stillwater.channels.mail.live.findings import About, Finding, Report, State
from stillwater.channels.mail.live.mailbox import Mailbox, hanging_up
from stillwater.channels.mail.live.managesieve import ManageSieve, manage_sieve
from stillwater.channels.mail.live.troubles import MailError, Trouble, told_apart
from stillwater.channels.mail.live.vouching import who_vouches

IDLE_FOR = 1.0  # seconds in which the server must take our waiting, and our ending it
LITTLE_ROOM = 20 * 1024  # KiB
_WORKS, _NOT, _LOOK = State.WORKS, State.DOES_NOT, State.LOOK


def probe(account: MailAccount, secret: Secret, idle_for: float = IDLE_FOR) -> Report:
    """Look at everything that matters for watching this mailbox. Raises UserError for an
    account that makes no sense, and nothing else."""
    account.checked()
    try:
        client = open_connection(account, secret)
    except MailError as error:
        return Report(tuple(_not_signed_in(account, error)))
    found = list(_signed_in(account))
    mailbox = Mailbox(account, client)
    names: tuple[str, ...] = ()
    with hanging_up(mailbox):
        names, wrote = who_vouches(client)
        found += [wrote, *_on_the_server(mailbox, client, idle_for)]
    filters = _sieve(account, secret)
    found += [filters, _who_hears_first(filters)]
    order = list(About)
    return Report(tuple(sorted(found, key=lambda one: order.index(one.about))), names)


# Getting in

_REACHED = Finding(About.REACHED, _WORKS, "The mail server answers.")
_TRUSTED = Finding(
    About.CERTIFICATE, _WORKS, "The connection is private, and the server is who it says."
)


def _signed_in(account: MailAccount) -> tuple[Finding, ...]:
    private = _TRUSTED
    if account.security is Security.PLAIN:
        private = Finding(
            About.CERTIFICATE, _LOOK, "The connection is not private, and stays on this machine."
        )
    return _REACHED, private, Finding(About.SIGN_IN, _WORKS, "Signing in works.")


def _not_signed_in(account: MailAccount, error: MailError) -> Iterator[Finding]:
    """How far it came."""
    trouble = error.trouble
    if trouble is Trouble.CERTIFICATE:
        yield _REACHED
        yield Finding(About.CERTIFICATE, _NOT, *_certificate_words(error))
        return
    if trouble is Trouble.TRUST:
        yield Finding(About.CERTIFICATE, _NOT, trouble.said, "Look at --trust.")
        return
    if trouble in (Trouble.PASSWORD, Trouble.TOKEN):
        yield _REACHED
        yield _signed_in(account)[1]
        yield Finding(About.SIGN_IN, _NOT, *_SIGN_IN_WORDS[trouble])
        return
    if trouble is Trouble.REFUSED:
        yield _REACHED
        yield Finding(
            About.SIGN_IN,
            _LOOK,
            "The mail server answers, and does not let this account in now.",
            "Look at the port and at TLS: 993 with TLS, 143 with --starttls. Else try again later.",
        )
        return
    yield Finding(
        About.REACHED,
        _NOT,
        trouble.said,
        "Look at the name of the server and at the port. Is this machine online?",
    )


_SIGN_IN_WORDS = {
    Trouble.PASSWORD: (
        "The mail server does not take this name and password.",
        "Type it again. Many providers want an app password made for one program: "
        "docs/mail.md says where to make it.",
    ),
    Trouble.TOKEN: (
        "The permission to read this mailbox is not there, or has ended.",
        "Give it: stillwater mail sign-in",
    ),
}


def _certificate_words(error: MailError) -> tuple[str, str]:
    """By the codes of X509_verify_cert: 10 is "expired", 62 is "another name"."""
    code = getattr(error.__cause__, "verify_code", None)
    if code == 10:
        what = "The certificate of the mail server has run out."
    elif code == 62:
        what = "The certificate of the mail server is for another name."
    else:
        what = "Nobody whom this machine trusts vouches for the mail server."
    return what, (
        "Your password was not sent. Try from another network. If it is your own server, "
        "check its name, or give its certificate: --trust FILE"
    )


# What the server can do


def _on_the_server(mailbox: Mailbox, client: IMAPClient, idle_for: float) -> Iterator[Finding]:
    try:
        can = mailbox.abilities()
    except MailError as error:
        yield Finding(About.MOVE, _LOOK, error.trouble.said, error.trouble.next_step)
        return
    yield (_LABELS if can.gmail else _MOVE) if can.move else _NO_MOVE
    yield _UIDPLUS if can.uid_expunge else _NO_UIDPLUS
    yield from _folders(mailbox, client)
    yield _quota(client)
    # Last: a server that does not answer to this answers nothing more.
    yield _idle(mailbox, idle_for) if can.idle else _NO_IDLE


_MOVE = Finding(About.MOVE, _WORKS, "The server moves mail in one step.")
_LABELS = Finding(
    About.MOVE,
    _WORKS,
    "The server moves mail in one step. A folder is a label there.",
    "What is moved leaves the inbox, and is still found under All Mail and by searching.",
)
_NO_MOVE = Finding(
    About.MOVE,
    _LOOK,
    "The server cannot move mail: it is copied, then taken away.",
    "Keep some room free in the mailbox: it must hold both for a moment.",
)
_UIDPLUS = Finding(About.UIDPLUS, _WORKS, "Mail can be taken away one by one.")
_NO_UIDPLUS = Finding(
    About.UIDPLUS,
    _NOT,
    "The server can only clear away everything that is marked as deleted.",
    "Nothing to do: marks of yours are put back each time.",
)
_NO_IDLE = Finding(
    About.IDLE,
    _NOT,
    "The server does not say when mail comes in. It is asked every 15 seconds.",
    "Mail may be seen for that long. Switch your phone's notice off: the steps are below.",
)


def _idle(mailbox: Mailbox, idle_for: float) -> Finding:
    try:
        selected = mailbox.select("INBOX", readonly=True)
        mailbox.uids_from(max(selected.uidnext, 1))  # else it need not wait to hear something
        mailbox.wait(idle_for)
    except MailError:
        return Finding(
            About.IDLE,
            _LOOK,
            "The server says that it tells when mail comes in, but does not keep to it.",
            "Something in between may cut long connections. It is called again each time.",
        )
    return Finding(About.IDLE, _WORKS, "The server says at once when mail comes in.")


def _folders(mailbox: Mailbox, client: IMAPClient) -> Iterator[Finding]:
    for about, role, what in (
        (About.JUNK, Role.JUNK, "junk"),
        (About.SENT, Role.SENT, "sent mail"),
    ):
        try:
            name = mailbox.folder_for(role)
        except MailError as error:
            yield Finding(about, _LOOK, error.trouble.said, error.trouble.next_step)
            continue
        if name is not None:
            yield Finding(about, _WORKS, f"The folder for {what} is “{_shown(name)}”.")
        else:
            yield Finding(
                about,
                _LOOK,
                f"No folder for {what} was found.",
                "If there is one under another name, set it as such in your webmail.",
            )
    yield _hold(mailbox, client)


def _hold(mailbox: Mailbox, client: IMAPClient) -> Finding:
    """Whether it is there or can be made, by what the server says of rights and places."""
    try:
        name = mailbox.hold_name
        if mailbox.folder_for(Role.HOLD) is not None:
            return Finding(
                About.HOLD,
                _LOOK,
                f"There is a folder “{_shown(name)}” already.",
                "If it is not Stillwater's, choose another name: --folder NAME",
            )
        if _may_make(mailbox, client, name):
            return Finding(
                About.HOLD, _WORKS, f"The folder “{_shown(name)}” can be made when it is needed."
            )
    except MailError as error:
        return Finding(About.HOLD, _LOOK, error.trouble.said, error.trouble.next_step)
    return Finding(
        About.HOLD,
        _NOT,
        f"This account may not make a folder “{_shown(name)}”.",
        "Make it in your webmail, or choose one that is there: --folder NAME",
    )


def _may_make(mailbox: Mailbox, client: IMAPClient, name: str) -> bool:
    below_inbox = name.upper().startswith("INBOX") and len(name) > len("INBOX")
    if below_inbox:
        flags = next((flags for flags, one in mailbox.folders() if one.upper() == "INBOX"), ())
        if b"\\NoInferiors" in flags:
            return False
        with told_apart():
            if client.has_capability("ACL"):
                return _may_make_below_inbox(client)
    return True


def _may_make_below_inbox(client: IMAPClient) -> bool:
    """RFC 4314: "k" is the right to make folders below; "c" is what it was called before."""
    _, said = client._imap.myrights("INBOX")
    words = said[0].split() if isinstance(said[0], bytes) else []
    rights = words[-1] if len(words) > 1 else b""
    return b"k" in rights or b"c" in rights


def _quota(client: IMAPClient) -> Finding:
    try:
        with told_apart():
            if not client.has_capability("QUOTA"):
                return Finding(About.QUOTA, _LOOK, "The server does not say how much room is left.")
            _, quotas = client.get_quota_root("INBOX")
        rooms = [one.limit - one.usage for one in quotas if one.resource.upper() == "STORAGE"]
    except (MailError, TypeError, AttributeError, IndexError):
        return Finding(About.QUOTA, _LOOK, "The server does not say how much room is left.")
    if not rooms:
        return Finding(About.QUOTA, _WORKS, "The mailbox has no limit.")
    left = max(min(rooms), 0)
    said = f"{_size(left)} are left in the mailbox."
    if left < LITTLE_ROOM:
        return Finding(
            About.QUOTA, _LOOK, said, "Make room: in a full mailbox nothing can be moved."
        )
    return Finding(About.QUOTA, _WORKS, said)


def _size(kib: int) -> str:
    return f"{kib / 1024:,.0f} MB" if kib < 1024 * 1024 else f"{kib / 1024 / 1024:,.1f} GB"


def _shown(untrusted_name: str) -> str:
    """A folder's name as it may stand in a sentence."""
    clean = "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in untrusted_name
    )
    return clean if len(clean) <= 60 else clean[:59] + "…"


# The server's own filter


def _sieve(account: MailAccount, secret: Secret) -> Finding:
    if not account.sieve_port:
        return Finding(About.SIEVE, _NOT, "The server's own filter is not used.", *_OTHER_WAY)
    try:
        with manage_sieve(account, secret) as server:
            return _filters(account, server)
    except MailError as error:
        if error.trouble in (Trouble.UNREACHABLE, Trouble.SILENT):
            return Finding(
                About.SIEVE,
                _NOT,
                "There is no filter on the server that we can reach.",
                *_OTHER_WAY,
            )
        if error.trouble is Trouble.CERTIFICATE:
            return Finding(About.SIEVE, _NOT, *_certificate_words(error))
        return Finding(
            About.SIEVE,
            _NOT,
            "There is a filter on the server, and it does not let this account in.",
            *_OTHER_WAY,
        )


_OTHER_WAY = ("Your provider's own rules may do it: stillwater mail rules shows how.",)


def _filters(account: MailAccount, server: ManageSieve) -> Finding:
    lacking = sieve.missing(server.extensions)
    if lacking:
        return Finding(
            About.SIEVE,
            _NOT,
            f"The server's filter cannot end by itself. It lacks: {', '.join(lacking)}.",
            *_OTHER_WAY,
        )
    taken = any(one.name == account.script for one in server.scripts())
    if taken and not sieve.is_lease(server.get(account.script)):
        return Finding(
            About.SIEVE,
            _LOOK,
            "A filter of yours has the name that ours would have, and it is left as it is.",
            "Rename yours, or give ours another name.",
        )
    return Finding(
        About.SIEVE,
        _WORKS,
        "The server can file their mail by a rule that ends by itself, after "
        f"{account.lease_days} days without Stillwater. A filter of yours stays active.",
    )


# Who is first


def _who_hears_first(filters: Finding) -> Finding:
    if filters.state is State.WORKS:
        return Finding(
            About.FIRST,
            _WORKS,
            "The server files it before any program hears of it. That holds for addresses "
            "that are in your plan.",
            "A new address of theirs may still show on your phone for a moment.",
            phones.in_lines(),
        )
    return Finding(
        About.FIRST,
        _LOOK,
        "Your phone's own mail app may hear first, and show it before it can be moved.",
        "Switch that off wherever you read this mailbox. Only the notice goes: mail still comes.",
        phones.in_lines(),
    )
