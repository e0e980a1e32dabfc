"""When a bundle may be made, what goes into it, and what never does."""

import io
import json
import os
import subprocess
import sys
import tarfile
from datetime import date, timedelta
from pathlib import Path

import pyrage
import pytest

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.words import Channel
from stillwater.evidence import sinks
from stillwater.evidence.verifier import command
from stillwater.gate import exports, keeping
from stillwater.vault import ledger
from stillwater.vault.models import Checkpoint, Leaf, Request
from stillwater.vault.openings import Reason
from tests.integration.evidence.conftest import START, Lawyer, Vault, mail

DAY = timedelta(days=1)


def leaves_of(vault: Vault, kind: str) -> list[dict]:
    """The ledger's entries of one kind."""
    found = Leaf.objects.filter(person=vault.person).order_by("log", "index")
    fields = [json.loads(bytes(data)) for data in found.values_list("data", flat=True)]
    return [one for one in fields if one["kind"] == kind]


def refused(call, *words, **options) -> UserError:
    with pytest.raises(UserError) as caught:
        call(*words, **options)
    return caught.value


def items_of(bag: Path) -> dict:
    return json.loads((bag / "data" / "items.json").read_text())


class TestWaiting:
    def test_a_sealed_export_waits_and_leaves_nothing_meanwhile(self, new_vault, lawyer, tmp_path):
        vault = new_vault(delay=DAY)
        vault.take([mail(1)])
        out = tmp_path / "out" / "x.age"
        out.parent.mkdir()
        assert refused(vault.export().seal, out, lawyer.recipient).exit_code == ExitCode.NOT_NOW
        vault.clock.at += DAY - timedelta(seconds=1)
        assert refused(vault.export().seal, out, lawyer.recipient).exit_code == ExitCode.NOT_NOW
        assert not list(out.parent.iterdir())
        assert not leaves_of(vault, "exported")
        vault.clock.at += timedelta(seconds=1)
        assert vault.export().seal(out, lawyer.recipient).shown == 1
        assert [leaf["reason"] for leaf in leaves_of(vault, "exported")] == ["waited"]

    def test_another_question_waits_anew(self, new_vault, lawyer, tmp_path):
        vault = new_vault(delay=DAY)
        vault.take([mail(1)])
        refused(vault.export().seal, tmp_path / "x.age", lawyer.recipient)
        vault.clock.at += DAY
        other_one = str(pyrage.x25519.Identity.generate().to_public())
        for export, to in (
            (vault.export(), other_one),
            (vault.export(since=date(2026, 1, 1)), lawyer.recipient),
        ):
            assert refused(export.seal, tmp_path / "x.age", to).exit_code == ExitCode.NOT_NOW

    @pytest.mark.parametrize("reason", list(Reason))
    def test_a_reason_ends_the_wait_and_stands_in_the_ledger(
        self, reason, new_vault, lawyer, tmp_path
    ):
        vault = new_vault(delay=DAY)
        vault.take([mail(1)])
        vault.export().seal(tmp_path / "x.age", lawyer.recipient, reason)
        (leaf,) = leaves_of(vault, "exported")
        assert leaf["reason"] == reason.value
        assert leaf["items"] == 1
        assert lawyer.recipient not in str(leaf)

    def test_one_wait_allows_one_export(self, new_vault, lawyer, tmp_path):
        vault = new_vault(delay=DAY)
        vault.take([mail(1)])
        refused(vault.export().seal, tmp_path / "x.age", lawyer.recipient)
        vault.clock.at += DAY
        vault.export().seal(tmp_path / "x.age", lawyer.recipient)
        again = refused(vault.export().seal, tmp_path / "y.age", lawyer.recipient)
        assert again.exit_code == ExitCode.NOT_NOW


class TestInTheClear:
    def test_each_item_waits_for_its_own_opening_and_counts_as_one(self, new_vault, tmp_path):
        vault = new_vault(wait=DAY)
        vault.take([mail(n) for n in range(3)])
        folder = tmp_path / "clear"
        assert refused(vault.export().in_the_clear, folder).exit_code == ExitCode.NOT_NOW
        vault.clock.at += DAY
        vault.take([mail(9)])
        # The item that came in meanwhile has not waited yet.
        assert refused(vault.export().in_the_clear, folder).exit_code == ExitCode.NOT_NOW
        assert not folder.exists()
        vault.clock.at += DAY
        assert vault.export().in_the_clear(folder).shown == 4
        opened = leaves_of(vault, "opened")
        assert len({leaf["item"] for leaf in opened}) == 4
        assert command.main([str(folder)]) == 0
        modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*")}
        assert modes == {0o600, 0o700}

    def test_a_reason_ends_every_wait(self, new_vault, tmp_path):
        vault = new_vault(wait=DAY)
        vault.take([mail(1), mail(2)])
        vault.export().in_the_clear(tmp_path / "clear", Reason.OFFICER)
        assert [leaf["reason"] for leaf in leaves_of(vault, "opened")] == ["officer", "officer"]

    def test_openings_of_what_is_shown_go_along_and_no_others(self, new_vault, tmp_path):
        vault = new_vault()
        shown, other = vault.take([mail(1), mail(2)])
        for attempt in (shown, other):
            request = keeping.ask_to_open(attempt.item, clock=vault.clock)
            keeping.open_now(
                vault.session, request, attempt.item, io.BytesIO(),
                home=vault.home, clock=vault.clock,
            )  # fmt: skip
        bag = tmp_path / "clear"
        vault.export(items=(shown.item.public_id[:8],)).in_the_clear(bag)
        custody = json.loads((bag / "data" / "custody.json").read_text())["items"]
        # Opened before, opened by this export, and the export itself.
        assert [row["what"] for row in custody] == ["opened", "opened", "exported"]
        assert other.item.public_id not in (bag / "data" / "custody.json").read_text()
        assert not [p for p in bag.rglob("*") if other.item.public_id in p.name]


class TestWhatGoesIn:
    def test_a_part_says_that_it_is_one(self, new_vault, tmp_path):
        vault = new_vault()
        for day in range(5):
            vault.take([mail(day)], received_at=START + day * DAY)
        bag = tmp_path / "clear"
        made = vault.export(since=date(2026, 3, 2), until=date(2026, 3, 3)).in_the_clear(bag)
        assert (made.shown, made.of) == (2, 5)
        assert "THIS IS A PART: 2 of 5 items" in (bag / "STATEMENT.txt").read_text()
        assert items_of(bag)["about"]["items_of"] == 5
        assert "received on or after 2026-03-02" in (bag / "STATEMENT.txt").read_text()

    def test_days_are_the_persons_own(self, new_vault, tmp_path):
        vault = new_vault()
        # 23:30 UTC on the first is half past midnight on the second in Berlin.
        vault.take([mail(1)], received_at=START.replace(hour=23, minute=30))
        assert vault.export(since=date(2026, 3, 2)).in_the_clear(tmp_path / "a").shown == 1
        refused(vault.export(until=date(2026, 3, 1)).in_the_clear, tmp_path / "b")

    def test_what_only_a_machine_suspects_stays_out_and_is_counted(self, new_vault, tmp_path):
        vault = new_vault()
        vault.take([mail(1)])
        vault.take([mail(2), mail(3)], how="suspected")
        bag = tmp_path / "clear"
        made = vault.export().in_the_clear(bag)
        assert (made.shown, made.of) == (1, 1)
        assert "confirmed by nobody: 2." in (bag / "STATEMENT.txt").read_text()

    def test_other_peoples_items_stay_out(self, new_vault, tmp_path):
        vault = new_vault()
        another = type(vault.other).objects.create(
            person=vault.person, created_at=vault.clock.now()
        )
        vault.take([mail(1, "theirs")])
        vault.take([mail(2, "canary")], other=another)
        bag = tmp_path / "clear"
        assert vault.export().in_the_clear(bag).of == 1
        assert not [p for p in bag.rglob("*") if p.is_file() and b"canary" in p.read_bytes()]

    def test_nothing_of_tiers_actions_or_tactics(self, new_vault, tmp_path):
        vault = new_vault()
        (attempt,) = vault.take([mail(1)])
        attempt.tier, attempt.wants_review = 1, True
        attempt.sealed_reading = b"canary reading"
        attempt.save()
        bag = tmp_path / "clear"
        vault.export().in_the_clear(bag)
        for name in ("items.json", "items.csv", "custody.json"):
            text = (bag / "data" / name).read_text()
            assert not [w for w in ("tier", "tactic", "danger", "held", "canary") if w in text]

    def test_a_guessed_time_is_marked_in_row_and_statement(self, new_vault, tmp_path):
        vault = new_vault()
        (attempt,) = vault.take([mail(1)])
        attempt.received_at_is_guess = True
        attempt.save()
        bag = tmp_path / "clear"
        vault.export().in_the_clear(bag)
        assert items_of(bag)["items"][0]["received_at_basis"].startswith("not known")
        assert "readable time in their source: 1." in (bag / "STATEMENT.txt").read_text()

    def test_a_time_that_only_the_sender_gave_is_not_called_that_of_taking_in(
        self, new_vault, tmp_path
    ):
        vault = new_vault()
        (attempt,) = vault.take([mail(1)], received_at=START.replace(hour=0))
        attempt.received_at_is_guess = True  # mail(1) has a Date line of that moment, no Received
        attempt.save()
        bag = tmp_path / "clear"
        vault.export().in_the_clear(bag)
        (row,) = items_of(bag)["items"]
        assert row["received_at"] == "2026-03-01T00:00:00Z"
        assert "Date line" in row["received_at_basis"]
        statement = (bag / "STATEMENT.txt").read_text()
        assert "no server recorded readably: 1." in statement
        assert "when it was taken in instead" not in statement

    @pytest.mark.parametrize(
        ("how", "direction", "said"),
        [
            ("handle", "in", "a sender line (From, Sender or Reply-To) holds"),
            ("handle", "out", "its From line holds the person's own address"),
            ("alias", "in", "by a fixed rule"),
            ("relay", "in", "carries word"),
        ],
    )
    def test_a_basis_says_what_was_found_and_not_who_sent_it(
        self, how, direction, said, new_vault, tmp_path
    ):
        vault = new_vault()
        vault.take([mail(1)], how=how, direction=direction)
        bag = tmp_path / "clear"
        vault.export().in_the_clear(bag)
        (row,) = items_of(bag)["items"]
        assert said in row["attribution_basis"]
        assert not row["attribution_basis"].startswith("sent")

    def test_what_was_done_to_lines_in_a_mailbox_file_and_to_duplicates_is_said(
        self, new_vault, tmp_path
    ):
        vault = new_vault()
        vault.take([mail(1, "a\r\n>From here on")])
        bag = tmp_path / "clear"
        vault.export().in_the_clear(bag)
        statement = " ".join((bag / "STATEMENT.txt").read_text().split())
        assert 'put ">" before other lines' in statement
        assert "given several times is here once" in statement

    def test_other_channels_have_no_header_lines(self, new_vault, tmp_path):
        vault = new_vault()
        vault.take([b"From: not a mail\n\nx"], channel=Channel.SMS)
        bag = tmp_path / "clear"
        vault.export().in_the_clear(bag)
        (row,) = items_of(bag)["items"]
        assert row["file"].endswith(".bin")
        assert (row["from_as_shown"], row["sent_at"]) == ("", "")

    @pytest.mark.parametrize("ids", [("zzzzzzzz",), ("ab",), ("",)])
    def test_an_id_that_is_not_one_items_is_asked_about(self, ids, new_vault, tmp_path):
        vault = new_vault()
        vault.take([mail(1)])
        assert refused(vault.export(items=ids).in_the_clear, tmp_path / "x").exit_code == 2

    def test_nothing_to_export_is_said(self, new_vault, tmp_path):
        assert (
            "nothing to export" in refused(new_vault().export().in_the_clear, tmp_path / "x").what
        )

    def test_a_large_original_streams_and_is_the_same(
        self, new_vault, lawyer, tmp_path, monkeypatch
    ):
        vault = new_vault()
        large = mail(1) + os.urandom(9 * 1024 * 1024)
        vault.take([large])
        (tmp_path / "opened").mkdir()
        vault.export().seal(tmp_path / "x.age", lawyer.recipient)
        bag = lawyer.open(tmp_path / "x.age", tmp_path / "opened")
        assert command.main([str(bag)]) == 0
        assert next((bag / "data" / "originals").iterdir()).read_bytes() == large
        assert items_of(bag)["items"][0]["from_as_shown"] == "jordan@mail.example"


class TestLedgers:
    def test_items_of_two_logs_after_a_set_back(self, new_vault, tmp_path):
        vault = new_vault()
        vault.take([mail(1)])
        keeping.begin_again(
            vault.person,
            ledger.latest_checkpoint(ledger.current_log(vault.person)).note,
            "restored",
            home=vault.home,
            clock=vault.clock,
        )
        vault.take([mail(2)])
        bag = tmp_path / "clear"
        vault.export().in_the_clear(bag)
        assert command.main([str(bag)]) == 0
        assert {row["log"] for row in items_of(bag)["items"]} == {1, 2}
        assert "begun anew after a restore" in (bag / "STATEMENT.txt").read_text()

    def test_a_kept_checkpoint_can_be_compared(self, new_vault, tmp_path, capsys):
        vault = new_vault()
        vault.take([mail(1)])
        pin = tmp_path / "pin"
        pin.write_text(Checkpoint.objects.latest("size").note)
        vault.take([mail(2)])
        vault.export().in_the_clear(tmp_path / "clear")
        assert command.main([str(tmp_path / "clear"), "--pin", str(pin)]) == 0
        assert "still begins with its" in capsys.readouterr().out

    def test_a_long_log_goes_without_leaf_hashes_and_says_so(
        self, new_vault, tmp_path, monkeypatch, capsys
    ):
        from stillwater.evidence import ledgers

        vault = new_vault()
        vault.take([mail(1)])
        pin = tmp_path / "pin"
        pin.write_text(Checkpoint.objects.latest("size").note)
        monkeypatch.setattr(ledgers, "MOST_LEAF_HASHES", 1)
        bag = tmp_path / "clear"
        vault.export().in_the_clear(bag)
        assert command.main([str(bag)]) == 0
        assert "cannot be compared" in (bag / "STATEMENT.txt").read_text()
        capsys.readouterr()
        assert command.main([str(bag), "--pin", str(pin)]) == 5
        assert "no leaf-hashes" in capsys.readouterr().out

    def test_earlier_exports_about_the_same_other_go_along(self, new_vault, lawyer, tmp_path):
        vault = new_vault()
        vault.take([mail(1)])
        another = type(vault.other).objects.create(
            person=vault.person, created_at=vault.clock.now()
        )
        vault.take([mail(2)], other=another)
        vault.export().seal(tmp_path / "1.age", lawyer.recipient)
        elsewhere = vault.export()
        elsewhere.other = another
        elsewhere.seal(tmp_path / "2.age", lawyer.recipient)
        bag = tmp_path / "clear"
        vault.export().in_the_clear(bag)
        custody = json.loads((bag / "data" / "custody.json").read_text())["items"]
        assert [row["what"] for row in custody] == ["exported", "opened", "exported"]


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
