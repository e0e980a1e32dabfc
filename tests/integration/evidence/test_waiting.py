"""When a bundle may be made: sealed after one wait, in the clear after that of every item."""

import io
import json
from datetime import date, timedelta

import pyrage
import pytest

from stillwater.core.errors import ExitCode
from stillwater.evidence.verifier import command
from stillwater.gate import keeping
from stillwater.vault.openings import Reason
from tests.integration.evidence.conftest import leaves_of, mail, refused

DAY = timedelta(days=1)


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
