"""Whether a mail server writes down what it thinks of senders, and under which name.

Of the last mails in INBOX only that one kind of header line is read.
"""

from collections import Counter

from imapclient import IMAPClient

from stillwater.channels.mail.authentication import server_of
from stillwater.channels.mail.live.findings import About, Finding, State
from stillwater.channels.mail.live.troubles import MailError, Trouble, told_apart
from stillwater.text.headers import fields, header_block, pattern_for, text_of

LAST_MAILS = 20
ENOUGH_MAILS = 5  # fewer than these say nothing about a server's habits
_RESULTS = "AUTHENTICATION-RESULTS"
# The topmost ones alone: a sender may write as many as they like.
_ASKED = f"BODY.PEEK[HEADER.FIELDS ({_RESULTS})]<0.65536>"
_RESULTS_FIELD = pattern_for(_RESULTS)
_WORKS, _NOT, _LOOK = State.WORKS, State.DOES_NOT, State.LOOK


def who_vouches(client: IMAPClient) -> tuple[tuple[str, ...], Finding]:
    """Names to propose for the plan's ``authserv``, and what to say of them.

    Whoever floods the inbox could write such lines themselves: a name is proposed
    for the person to know it, never taken.
    """
    try:
        named = _named_on_top(client)
    except MailError as error:
        return (), Finding(About.AUTHSERV, _LOOK, error.trouble.said, error.trouble.next_step)
    if len(named) < ENOUGH_MAILS:
        return (), Finding(
            About.AUTHSERV,
            _LOOK,
            "There is too little mail to see whether the server checks senders.",
            "Look again when more has come in: stillwater mail test",
        )
    counted = Counter(name for name in named if name)
    missing = len(named) - counted.total()
    if missing * 2 > len(named):
        return (), Finding(
            About.AUTHSERV,
            _NOT,
            "The server does not write down whether a sender is forged.",
            "So the plan can let nobody pass on a sender's word alone. You hear of what claims "
            "to come from a court.",
        )
    names = tuple(name for name, _ in counted.most_common(5))
    quoted = ", ".join(f'"{name}"' for name in names)
    step = (
        "If you know that name as your mail provider's, put it into your plan: "
        f"authserv = [{quoted}]. If you do not, leave it out: a sender can write such lines too."
    )
    if missing or len(counted) > 1:
        said = "Who checks the senders is not the same in all of your last mails."
        return names, Finding(About.AUTHSERV, _LOOK, said, step)
    said = f"Senders are checked, and the results are written down by {names[0]}."
    return names, Finding(About.AUTHSERV, _WORKS, said, step)


def _named_on_top(client: IMAPClient) -> list[str]:
    """For each of the last mails, the server that the topmost such line names; "": none."""
    with told_apart(Trouble.FOLDER):
        exists = int(client.select_folder("INBOX", readonly=True).get(b"EXISTS", 0))
    if not exists:
        return []
    with told_apart():
        uids = client.search([f"{max(1, exists - LAST_MAILS + 1)}:*"])[-LAST_MAILS:]
        said = client.fetch(uids, [_ASKED]) if uids else {}
    return [_topmost_server(_header_of(one)) for one in said.values()]


def _header_of(said: dict[bytes, object]) -> bytes:
    found = (value for key, value in said.items() if key.startswith(b"BODY[HEADER"))
    header = next(found, b"")
    return header if isinstance(header, bytes) else b""


def _topmost_server(untrusted_header: bytes) -> str:
    for field in fields(header_block(untrusted_header), _RESULTS_FIELD):
        name = server_of(text_of(field.raw))
        return name if _is_name(name) else ""
    return ""


def _is_name(untrusted_name: str) -> bool:
    """Outlook names no server there, and says "spf=pass" in its place."""
    plain = untrusted_name.replace(".", "").replace("-", "").replace("_", "")
    return 3 <= len(untrusted_name) <= 100 and plain.isascii() and plain.isalnum()
