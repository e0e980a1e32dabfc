"""One signed-in connection to one mailbox: look, fetch, move, wait. No decisions here.

Every method raises MailError and nothing else. UIDs mean nothing across a change
of UIDVALIDITY (RFC 9051, 2.3.1.1); whoever keeps one keeps the other beside it.
"""

import contextlib
import socket
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from io import BufferedReader
from typing import Any

from imapclient import IMAPClient
from imapclient.imapclient import _parse_untagged_response

from stillwater.channels.archives.items import HEAD_KEPT, ITEM_CAP
from stillwater.channels.mail.live.account import MailAccount, Role
from stillwater.channels.mail.live.connection import hang_up
from stillwater.channels.mail.live.folder_names import Folders, named_for
from stillwater.channels.mail.live.troubles import MailError, Trouble, told_apart

PIECE = 256 * 1024  # bytes of each mail that the first question asks for: nearly all are shorter
FEW = 50  # mails that are asked for without looking at their sizes first: 12 MB at most
# UIDs in one command: a server need not take a line of more than 8,192 bytes (RFC 7162, 4),
# and a UID has up to ten digits.
AT_ONCE = 400
BATCH_MAILS, BATCH_BYTES = 500, 16 * 2**20


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a server can do, by its own word."""

    move: bool
    idle: bool
    uid_expunge: bool
    special_folders: bool
    gmail: bool


@dataclass(frozen=True, slots=True)
class Selected:
    """A folder as it stands: UIDs below ``uidnext`` are given out already."""

    uidvalidity: int
    uidnext: int
    exists: int
    name: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail, byte for byte. ``cut``: it is longer than one mail can be, and this is its head."""

    uid: int
    raw: bytes
    arrived_at: datetime | None
    cut: bool = False


class Mailbox:
    """A connection. Not for several threads at once, but for ``hang_up``."""

    def __init__(self, account: MailAccount, client: IMAPClient) -> None:
        self.account = account
        self._client = client
        self._selected: Selected | None = None

    def hang_up(self) -> None:
        """End it; whoever waits in it wakes with a MailError."""
        hang_up(self._client)

    # What there is

    def abilities(self) -> Abilities:
        with told_apart():
            said = frozenset(self._client.capabilities())
        return Abilities(
            move=b"MOVE" in said,
            idle=b"IDLE" in said,
            uid_expunge=b"UIDPLUS" in said,
            special_folders=b"SPECIAL-USE" in said or b"XLIST" in said or b"X-GM-EXT-1" in said,
            gmail=b"X-GM-EXT-1" in said,
        )

    def folders(self) -> Folders:
        """Flags and name of every folder."""
        with told_apart():
            return [(tuple(flags), name) for flags, _, name in self._client.list_folders()]

    def folder_for(self, role: Role) -> str | None:
        """The name of the folder of this role; None: there is none."""
        if role is Role.INBOX:
            return "INBOX"
        found = self.folders()
        if role is Role.HOLD:
            wanted = self.hold_name
            return wanted if any(name == wanted for _, name in found) else None
        return named_for(role, found)

    @cached_property
    def hold_name(self) -> str:
        """The hold folder's full name: some servers keep every folder below INBOX."""
        with told_apart():
            if not self._client.has_capability("NAMESPACE"):
                return self.account.hold_folder
            personal = self._client.namespace().personal
        prefix = personal[0][0] if personal else ""
        return f"{prefix}{self.account.hold_folder}"

    def make_hold_folder(self) -> bool:
        """Make it where it is missing; whether it was. Not subscribed: fewer programs show it."""
        name = self.hold_name
        with told_apart():
            if self._client.folder_exists(name):
                return False
            self._client.create_folder(name)
            return True

    def remove_folder(self, name: str) -> None:
        """Remove a folder that is empty, and the subscription that a program may have made."""
        with told_apart():
            # Out of it first; UNSELECT is not known everywhere, and CLOSE would expunge.
            self._client.select_folder("INBOX", readonly=True)
            self._client.unsubscribe_folder(name)
            self._client.delete_folder(name)

    def select(self, folder: str, *, readonly: bool = False) -> Selected:
        with told_apart(Trouble.FOLDER):
            said = self._client.select_folder(folder, readonly=readonly)
        try:
            validity, exists = int(said[b"UIDVALIDITY"]), int(said[b"EXISTS"])
            selected = Selected(validity, int(said.get(b"UIDNEXT", 0)), exists, folder)
        except (KeyError, ValueError) as error:
            raise MailError(Trouble.REFUSED, "no UIDVALIDITY") from error
        self._selected = selected
        return selected

    @property
    def selected(self) -> Selected:
        """The folder that was selected last, as it stood then."""
        assert self._selected is not None
        return self._selected

    def select_again(self, before: Selected) -> None:
        """Go back to a folder. Its UIDs must mean the same mails: else MailError (FOLDER)."""
        if self.select(before.name).uidvalidity != before.uidvalidity:
            raise MailError(Trouble.FOLDER, "another folder under the same name")

    def uids_from(self, first: int) -> list[int]:
        """Every UID from ``first`` on, in order. NOOP first: without it new mail is missed."""
        with told_apart():
            self._client.noop()
            self._heard_of.pop("EXISTS", None)
            found = self._client.search(["UID", f"{first}:*"])
        # "n:*" gives the last mail also where its UID is below n (RFC 9051, 9).
        return sorted(uid for uid in found if uid >= first)

    def still_there(self, uids: Sequence[int]) -> list[int]:
        """Those of ``uids`` that the folder holds."""
        found: list[int] = []
        for some in few(uids):
            with told_apart():
                found += self._client.search(["UID", ",".join(map(str, some))])
        return sorted(set(found) & set(uids))

    # Mails

    def fetch(self, uids: Sequence[int]) -> Iterator[list[Fetched]]:
        """These mails, byte for byte, in batches; those that are gone by then are left out."""
        for asked in self._batches(uids):
            with told_apart():
                said = self._client.fetch(
                    asked, ["RFC822.SIZE", "INTERNALDATE", f"BODY.PEEK[]<0.{PIECE}>"]
                )
            yield from self._whole_ones(asked, said)

    def _whole_ones(
        self, asked: Sequence[int], said: dict[int, dict[bytes, Any]]
    ) -> Iterator[list[Fetched]]:
        """The rest of long ones is fetched one by one: many of them are never held at once."""
        batch: list[Fetched] = []
        weight = 0
        for uid in asked:
            if uid not in said:
                continue
            batch.append(self._whole(uid, said[uid]))
            weight += len(batch[-1].raw)
            if weight > BATCH_BYTES:
                yield batch
                batch, weight = [], 0
        if batch:
            yield batch

    def _batches(self, uids: Sequence[int]) -> Iterator[list[int]]:
        """A few as they are; many so that an answer stays small, whatever they weigh."""
        if len(uids) <= FEW:
            if uids:
                yield list(uids)
            return
        for some in few(uids):
            sizes = self.sizes(some)
            batch: list[int] = []
            weight = 0
            for uid in some:
                size = min(sizes.get(uid, PIECE), PIECE)
                if batch and (weight + size > BATCH_BYTES or len(batch) >= BATCH_MAILS):
                    yield batch
                    batch, weight = [], 0
                batch.append(uid)
                weight += size
            if batch:
                yield batch

    def _whole(self, uid: int, said: dict[bytes, Any]) -> Fetched:
        if b"BODY[]<0>" not in said:
            raise MailError(Trouble.REFUSED, "a mail without its body")
        raw = said[b"BODY[]<0>"] or b""
        size = int(said.get(b"RFC822.SIZE", len(raw)))
        if len(raw) >= PIECE:
            raw = self._rest(uid, raw, HEAD_KEPT if size > ITEM_CAP else ITEM_CAP + 1)
        # What is really there counts beside what the server says of it.
        cut = size > ITEM_CAP or len(raw) > ITEM_CAP
        return Fetched(uid, raw[:HEAD_KEPT] if cut else raw, _aware(said.get(b"INTERNALDATE")), cut)

    def _rest(self, uid: int, raw: bytes, most: int) -> bytes:
        """The remaining pieces: not what a server says of a size, but a short one is the end."""
        pieces = [raw]
        length = len(raw)
        while length < most:
            with told_apart():
                said = self._client.fetch([uid], [f"BODY.PEEK[]<{length}.{4 * PIECE}>"])
            piece = said.get(uid, {}).get(f"BODY[]<{length}>".encode()) or b""
            pieces.append(piece)
            length += len(piece)
            if len(piece) < 4 * PIECE:
                break
        return b"".join(pieces)

    def arrived_since(self, moment: datetime) -> list[int]:
        """UIDs of mails whose server received them at ``moment`` or later."""
        with told_apart():
            # SINCE knows days alone, in the server's zone: a day of room, then by the time itself.
            found = self._client.search(["SINCE", moment.date()])
        dated: list[tuple[int, datetime | None]] = []
        for some in few(sorted(found)):
            with told_apart():
                said = self._client.fetch(some, ["INTERNALDATE"])
            dated += [(uid, _aware(one.get(b"INTERNALDATE"))) for uid, one in said.items()]
        return sorted(uid for uid, at in dated if at is None or at >= moment)

    # Out of sight: what is made of these stands in ``moving``

    def move(self, uids: Sequence[int], folder: str) -> None:
        """MOVE: for servers that can."""
        with told_apart():
            self._client.move(uids, folder)

    def copy(self, uids: Sequence[int], folder: str) -> None:
        """COPY: each mail is in both folders from then on."""
        with told_apart(Trouble.FULL):
            self._client.copy(uids, folder)

    def marked_deleted(self) -> list[int]:
        """What is marked to be expunged, by whomever."""
        with told_apart():
            return list(self._client.search("DELETED"))

    def mark_deleted(self, uids: Sequence[int], *, marked: bool = True) -> None:
        """Mark to be expunged, or take that mark off."""
        change = self._client.add_flags if marked else self._client.remove_flags
        for some in few(uids):
            with told_apart():
                change(some, [b"\\Deleted"], silent=True)

    def expunge(self, uids: Sequence[int] | None = None) -> None:
        """Take away what is marked: of these (UIDPLUS), or all of it."""
        with told_apart():
            if uids is None:
                self._client.expunge()
            else:
                self._client.uid_expunge(uids)

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """By the server's own word, in bytes."""
        found: dict[int, int] = {}
        for some in few(uids):
            with told_apart():
                said = self._client.fetch(some, ["RFC822.SIZE"])
            found |= {uid: int(one.get(b"RFC822.SIZE", PIECE)) for uid, one in said.items()}
        return found

    def of_size(self, sizes: Iterable[int]) -> list[int]:
        """The mails of the selected folder that have one of these sizes."""
        found: set[int] = set()
        for size in sizes:
            with told_apart():
                found |= set(
                    self._client.search(["UNDELETED", "LARGER", size - 1, "SMALLER", size + 1])
                )
        return sorted(found)

    def mark_seen(self, uids: Sequence[int]) -> None:
        """So that no program shows a number beside the hold folder. Sends nothing to anyone."""
        for some in few(uids):
            with told_apart():
                self._client.add_flags(some, [b"\\Seen"], silent=True)

    # Waiting

    def wait(self, seconds: float) -> bool:
        """Wait for the server to say that something is new (IDLE); whether it did.

        At once where it said so since the last ``uids_from``: while mails were fetched
        or moved. It says everything once, so nothing more would come.
        Comes back after ``seconds`` all the same, and by then the server has answered:
        a connection that went silent raises MailError.
        """
        if "EXISTS" in self._heard_of:
            return True
        deadline = time.monotonic() + seconds
        with told_apart():
            self._client.idle()
            said = self._already_said()
            while not any(map(_is_news, said)) and (left := deadline - time.monotonic()) > 0:
                # "Still here", or flags that changed: wait on.
                said = [*self._client.idle_check(timeout=left), *self._already_said()]
                if not said:
                    break  # too late, or the server is gone: that gives nothing, again and again
            _, rest = self._client.idle_done()
        return any(map(_is_news, [*said, *(rest or [])]))

    @property
    def _heard_of(self) -> dict[str, Any]:
        """What the server said beside its answers, as the library keeps it."""
        heard: dict[str, Any] = self._client._imap.untagged_responses
        return heard

    def _already_said(self) -> list[Any]:
        """What came in one piece with something before it, and lies in a buffer of the library.

        It looks only at the socket: without this, news that came together with the
        "+ idling" of the server would be seen when the waiting ends, and not before.
        """
        connection = self._client._imap
        buffered = getattr(connection, "_file", None) or connection.file
        said = []
        while _holds_something(buffered, self._client.socket()):
            said.append(_parse_untagged_response(connection._get_line()))
        return said


def _holds_something(buffered: BufferedReader, wire: socket.socket) -> bool:
    """Whether bytes are there to be read at once."""
    patience = wire.gettimeout()
    wire.setblocking(False)
    try:
        return bool(buffered.peek(1))
    except OSError:  # TLS says so in its own way: nothing yet
        return False
    finally:
        wire.settimeout(patience)


def _is_news(line: object) -> bool:
    if isinstance(line, tuple) and len(line) > 1:
        if line[0] == b"BYE":
            raise MailError(Trouble.UNREACHABLE, "the server said bye")
        return line[1] in (b"EXISTS", b"RECENT")
    return False


def few(uids: Sequence[int]) -> Iterator[list[int]]:
    """In pieces that every server takes in one line."""
    for start in range(0, len(uids), AT_ONCE):
        yield list(uids[start : start + AT_ONCE])


def _aware(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@contextlib.contextmanager
def hanging_up(mailbox: Mailbox) -> Iterator[Mailbox]:
    """The connection, ended with the block."""
    try:
        yield mailbox
    finally:
        mailbox.hang_up()
