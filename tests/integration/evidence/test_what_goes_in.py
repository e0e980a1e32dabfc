"""What goes into a bundle, and what never does."""

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stillwater.core.words import Channel
from stillwater.evidence.selection import Wanted, select
from stillwater.evidence.verifier import command
from stillwater.gate import keeping
from stillwater.vault import ledger
from stillwater.vault.models import Checkpoint, Item
from tests.integration.evidence.conftest import START, mail, refused

DAY = timedelta(days=1)


def items_of(bag: Path) -> dict:
    return json.loads((bag / "data" / "items.json").read_text())


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

    def test_every_id_that_is_not_one_items_is_named_in_one_error(self, new_vault, tmp_path):
        vault = new_vault()
        clear, one, two = vault.take([mail(1), mail(2), mail(3)])
        Item.objects.filter(pk=one.item.pk).update(public_id="abcdef" + "1" * 26)
        Item.objects.filter(pk=two.item.pk).update(public_id="abcdef" + "2" * 26)
        ids = (clear.item.public_id[:8], "ABCDEF", "ffffffff", "ab", "abcdef1", "\x1b[2J\x1b[2J")
        error = refused(vault.export(items=ids).in_the_clear, tmp_path / "x")
        assert error.what == (
            "In --items, not of one item of this other: abcdef (of several), ffffffff (unknown), "
            "ab (too short), \\x1b[2j\\x1b[2j (unknown)."
        )

    def test_of_very_many_wrong_ids_only_some_are_named(self, new_vault, tmp_path):
        vault = new_vault()
        vault.take([mail(1)])
        ids = tuple(f"unknown{number:03}" for number in range(500))
        error = refused(vault.export(items=ids).in_the_clear, tmp_path / "x")
        assert "unknown009 (unknown) and 490 more." in error.what
        assert "unknown010" not in error.what

    def test_many_ids_ask_the_database_no_more_often_than_one(self, new_vault):
        vault = new_vault()
        ids = [one.item.public_id for one in vault.take([mail(n) for n in range(20)])]
        asked = []
        for some in (ids[:1], ids):
            with CaptureQueriesContext(connection) as queries:
                wanted = Wanted(items=tuple(some))
                found = select(vault.other, wanted, vault.zone, vault.session.open_private)
            assert [one.item.public_id for one in found.exhibits] == some
            asked.append(len(queries))
        assert asked[0] == asked[1]

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
