"""Trouble on the way: never half a bundle, nothing in the clear, no wait lost."""

import io
import subprocess
import sys
import tarfile
from datetime import timedelta
from pathlib import Path

import pytest

from stillwater.core.errors import ExitCode
from stillwater.evidence import sinks
from stillwater.gate import exports
from stillwater.vault.models import Request
from tests.integration.evidence.conftest import Lawyer, leaves_of, mail, refused

DAY = timedelta(days=1)


class TestTrouble:
    def test_a_changed_vault_file_stops_the_export_and_leaves_nothing(
        self, new_vault, lawyer, tmp_path
    ):
        vault = new_vault()
        vault.take([mail(1), mail(2)])
        sealed = next(vault.home.vault.rglob("*.age"))
        sealed.write_bytes(sealed.read_bytes()[:-1] + b"x")
        for call in (
            lambda: vault.export().seal(tmp_path / "out.age", lawyer.recipient),
            lambda: vault.export().in_the_clear(tmp_path / "out"),
        ):
            assert refused(call).exit_code == ExitCode.BROKEN
            assert not list(tmp_path.glob("out*"))

    def test_after_trouble_nobody_waits_again(self, new_vault, lawyer, tmp_path):
        vault = new_vault(delay=DAY)
        vault.take([mail(1)])
        out = tmp_path / "x.age"
        refused(vault.export().seal, out, lawyer.recipient)
        vault.clock.at += DAY
        sealed = next(vault.home.vault.rglob("*.age"))
        good = sealed.read_bytes()
        sealed.write_bytes(good[:-1])
        assert refused(vault.export().seal, out, lawyer.recipient).exit_code == ExitCode.BROKEN
        sealed.write_bytes(good)
        assert vault.export().seal(out, lawyer.recipient).shown == 1
        # Both times somebody might have had the plaintext: two leaves.
        assert len(leaves_of(vault, "exported")) == 2

    def test_pressed_twice_at_once_the_wait_is_used_once(
        self, new_vault, lawyer, tmp_path, monkeypatch
    ):
        vault = new_vault(delay=DAY)
        vault.take([mail(1)])
        refused(vault.export().seal, tmp_path / "x.age", lawyer.recipient)
        vault.clock.at += DAY
        allow = exports.allow

        def pressed_twice(session, request, leaf, **more):
            """The other press was allowed a moment before this one."""
            allow(session, request, leaf, **more)
            allow(session, request, leaf, **more)

        monkeypatch.setattr(exports, "allow", pressed_twice)
        refused(vault.export().seal, tmp_path / "x.age", lawyer.recipient)
        (request,) = Request.objects.all()
        assert request.state == Request.State.DONE

    def test_a_recipient_that_is_none_costs_nothing(self, new_vault, tmp_path):
        vault = new_vault()
        vault.take([mail(1)])
        for to in ("", "age1", "age1qqqq", "ssh-ed25519 AAAA"):
            refused(vault.export().seal, tmp_path / "x.age", to)
        assert not leaves_of(vault, "exported")
        assert not Request.objects.exists()

    def test_what_lies_there_is_not_written_over(self, new_vault, lawyer, tmp_path):
        vault = new_vault()
        vault.take([mail(1)])
        (tmp_path / "x.age").write_text("mine")
        refused(vault.export().seal, tmp_path / "x.age", lawyer.recipient)
        assert (tmp_path / "x.age").read_text() == "mine"
        assert not leaves_of(vault, "exported")

    def test_the_leaf_is_committed_before_the_first_item_is_opened(
        self, new_vault, lawyer, tmp_path, monkeypatch
    ):
        vault = new_vault()
        vault.take([mail(1)])
        seen = []
        reveal = type(vault.session).reveal

        def watching(session, item, home):
            seen.append(len(leaves_of(vault, "exported")))
            return reveal(session, item, home)

        monkeypatch.setattr(type(vault.session), "reveal", watching)
        vault.export().seal(tmp_path / "x.age", lawyer.recipient)
        assert seen == [1]

    def test_no_plaintext_touches_the_disk_of_a_sealed_export(
        self, new_vault, lawyer, tmp_path, monkeypatch
    ):
        vault = new_vault()
        vault.take([mail(1, "canary in the mine")])
        monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
        (tmp_path / "tmp").mkdir()
        vault.export().seal(tmp_path / "x.age", lawyer.recipient)
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert not [path for path in files if b"canary" in path.read_bytes()]
        assert not list((tmp_path / "tmp").iterdir())


FULL_DISK = """
import sys
from pathlib import Path
from stillwater.core.errors import UserError
from stillwater.evidence.sinks import clear_folder, sealed_tar
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
out, to = Path(sys.argv[1]), sys.argv[2]
def fill(sink):
    sink.begin("data/x", 50_000_000)
    for _ in range(50):
        sink.write(b"x" * 1_000_000)
    sink.end()
for opened in (lambda: sealed_tar(out, to, "top", 0), lambda: clear_folder(out)):
    try:
        with opened() as sink:
            fill(sink)
    except UserError as error:
        print(int(error.exit_code), list(out.parent.iterdir()))
"""


def test_a_full_disk_leaves_nothing_half(lawyer: Lawyer, tmp_path: Path):
    (tmp_path / "out").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, tmp_path / "out" / "x", lawyer.recipient],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["5 []", "5 []"], done.stderr


def test_an_error_inside_leaves_no_age_file_that_opens(lawyer: Lawyer, tmp_path: Path):
    """A cut tar, properly sealed, would look whole to age."""

    def interrupted() -> None:
        with sinks.sealed_tar(tmp_path / "x.age", lawyer.recipient, "top", 0) as sink:
            sink.begin("a", 10)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [p.name for p in tmp_path.iterdir()] == ["lawyer.txt"]


def test_the_tar_is_one_that_every_tar_reads(tmp_path: Path):
    out = io.BytesIO()
    sink = sinks.TarSink(out, "top", 1_700_000_000)
    for size in (0, 1, 511, 512, 513, 100_000):
        sink.begin(f"data/{size}", size)
        sink.write(b"x" * size)
        sink.end()
    sink.finish()
    out.seek(0)
    with tarfile.open(fileobj=out, mode="r:") as tar:
        found = {member.name: member.size for member in tar}
    assert found == {f"top/data/{n}": n for n in (0, 1, 511, 512, 513, 100_000)}
