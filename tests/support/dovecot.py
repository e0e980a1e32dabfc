"""A real Dovecot of one's own: IMAP, LMTP, Sieve and ManageSieve on loopback ports.

Everything lies in a temporary folder. Whoever is not root runs it as themselves.
"""

import getpass
import os
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from imapclient import IMAPClient

PROGRAM = "/usr/sbin/dovecot"
READY_IN = 20.0  # seconds
ENDED_IN = 2.0  # seconds: with clients signed in it takes far longer
FETCHED_AT_ONCE = 400  # mails in one command: a line is no longer than a server need take
PASSWORD = "hunter2 and a half"

_BASE = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = no
auth_mechanisms = plain login
protocols = imap lmtp sieve
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 1
mail_uid = {mail}
mail_gid = {mail_group}
mail_home = {folder}/mail/%u
mail_location = mdbox:~/mdbox
mail_max_userip_connections = 200
mail_fsync = never
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={mail} gid={mail_group} home={folder}/mail/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Junk {{
    auto = subscribe
    special_use = \\Junk
  }}
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
}}
auth_failure_delay = 0
service anvil {{
  client_limit = 1203
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  service_count = 0
  process_min_avail = 1
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service managesieve-login {{
  chroot =
  inet_listener sieve {{
    address = 127.0.0.1
    port = {sieve}
  }}
}}
protocol lmtp {{
  mail_plugins = {lmtp_plugins}
}}
# No longer than a server need take: RFC 7162, 4.
imap_max_line_length = 8192
protocol imap {{
  mail_plugins = {imap_plugins}
  imap_idle_notify_interval = 2 mins
}}
plugin {{
  sieve = file:~/sieve;active=~/.dovecot.sieve
  {plugin}
}}
"""


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on, on the loopback address."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


@dataclass
class Dovecot:
    """One server. ``capability`` replaces what IMAP says it can (None: what it really can)."""

    folder: Path
    sieve_delivery: bool = True  # LMTP runs the active script
    capability: str | None = None
    quota: str | None = None  # "10M"
    ports: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        names = ("imap", "imaps", "lmtp", "sieve")
        self.ports = dict(zip(names, free_ports(len(names)), strict=True))
        self._process: subprocess.Popen[bytes] | None = None
        self.passwords: dict[str, str] = {}
        self._prepare()

    # The server's life

    def start(self) -> None:
        """Start, and come back when it answers."""
        self._configure()
        self._process = subprocess.Popen(
            [PROGRAM, "-F", "-c", str(self.folder / "dovecot.conf")],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        for name in ("imap", "lmtp", "sieve"):
            self._wait_for(name)

    def stop(self) -> None:
        """End it and all of its processes, as a machine that is switched off."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(ENDED_IN)
        self.kill()

    def kill(self) -> None:
        """The same at once. Whoever is still signed in is cut off."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):  # all of it had ended
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def restart(self) -> None:
        self.stop()
        self.start()

    def _wait_for(self, name: str) -> None:
        deadline = time.monotonic() + READY_IN
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.ports[name]), 1) as ready:
                    ready.settimeout(READY_IN)
                    if ready.recv(1):
                        return
            except OSError as error:
                if time.monotonic() > deadline or self._ended():
                    raise AssertionError(f"Dovecot does not start:\n{self.log()}") from error
                time.sleep(0.02)

    def _ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text(errors="replace")[-4000:] if path.exists() else ""

    # People

    def add(self, user: str, password: str = PASSWORD) -> None:
        """A mailbox; the server need not be restarted for it."""
        self.passwords[user] = password
        lines = [f"{name}:{{PLAIN}}{word}::::::" for name, word in self.passwords.items()]
        path = self.folder / "users"
        path.write_text("\n".join(lines) + "\n")
        path.chmod(0o644)

    set_password = add

    # Mail

    def deliver(self, user: str, *mails: bytes, sender: str = "sender@mail.example") -> None:
        """Hand mails in by LMTP, as another server would."""
        with smtplib.LMTP("127.0.0.1", self.ports["lmtp"], timeout=60) as lmtp:
            for raw in mails:
                lmtp.sendmail(sender, [user], raw)

    @contextmanager
    def client(self, user: str, folder: str | None = None) -> Iterator[IMAPClient]:
        """Another program that is signed in to the same mailbox."""
        client = IMAPClient("127.0.0.1", self.ports["imap"], ssl=False, timeout=60)
        client.login(user, self.passwords[user])
        try:
            if folder is not None:
                client.select_folder(folder)
            yield client
        finally:
            client.shutdown()

    def raws(self, user: str, folder: str) -> list[bytes]:
        """Every mail in a folder, byte for byte; none where there is no such folder."""
        with self.client(user) as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            found = sorted(client.search("ALL"))
            fetched: dict[int, dict[bytes, bytes]] = {}
            for start in range(0, len(found), FETCHED_AT_ONCE):
                some = found[start : start + FETCHED_AT_ONCE]
                fetched.update(client.fetch(some, ["BODY.PEEK[]"]))
            return [fetched[uid][b"BODY[]"] for uid in sorted(fetched)]

    # Setting it up

    def _prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o755)
        for name in ("run", "state", "mail"):
            (self.folder / name).mkdir(exist_ok=True)
        make_certificate(self.folder)
        self.add("nobody-yet")
        if os.geteuid() == 0:
            shutil.chown(self.folder / "mail", "nobody", "nogroup")

    def _configure(self) -> None:
        root = os.geteuid() == 0
        me = getpass.getuser()
        group = _group_of(os.getegid())
        extra = [f"quota = count:User quota\n  quota_rule = *:storage={self.quota}\n"
                 "  quota_vsizes = yes"] if self.quota else []  # fmt: skip
        plugins = ["quota"] if self.quota else []
        text = _BASE.format(
            folder=self.folder,
            internal="dovecot" if root else me,
            login="dovenull" if root else me,
            group="dovecot" if root else group,
            mail="nobody" if root else me,
            mail_group="nogroup" if root else group,
            lmtp_plugins=" ".join([*plugins, *(["sieve"] if self.sieve_delivery else [])]),
            imap_plugins=" ".join([*plugins, *(["imap_quota"] if self.quota else [])]),
            plugin="\n  ".join(extra),
            **self.ports,
        )
        if self.capability is not None:
            text += f"imap_capability = {self.capability}\n"
        (self.folder / "dovecot.conf").write_text(text)

    @property
    def trusted(self) -> Path:
        """The certificate to trust."""
        return self.folder / "cert.pem"


def make_certificate(folder: Path, name: str = "localhost", days: int = 30) -> None:
    """A certificate for ``name`` and 127.0.0.1, with its key, by openssl."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"),
         "-days", str(days), "-subj", f"/CN={name}",
         "-addext", f"subjectAltName=DNS:{name},IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip


def trusting(certificate: Path) -> ssl.SSLContext:
    """A TLS context that trusts this certificate, and checks names."""
    return ssl.create_default_context(cafile=str(certificate))


def _group_of(gid: int) -> str:
    import grp

    return grp.getgrgid(gid).gr_name


@contextmanager
def dovecot(users: Sequence[str] = ("sam@home.example",), **how: object) -> Iterator[Dovecot]:
    """A running server with these mailboxes, ended and gone with the block.

    In a folder of its own: its processes are other users', who may not look into
    a test's, and socket paths end at 107 bytes.
    """
    folder = Path(tempfile.mkdtemp(prefix="stillwater-dovecot."))
    server = Dovecot(folder, **how)  # type: ignore[arg-type]
    for user in users:
        server.add(user)
    server.start()
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
