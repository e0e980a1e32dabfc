"""A bundle holds what was written by hand, with both times; the verifier accepts it."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from stillwater.core.clock import SystemClock
from stillwater.evidence.export import Export
from stillwater.evidence.selection import Wanted
from stillwater.evidence.verifier import command
from stillwater.gate.models import Attempt
from stillwater.people.models import Other
from tests.integration.record_page.conftest import Browser, Life, walk
from tests.support.pictures import camera_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(browser: Browser, life: Life) -> Browser:
    walk(browser).save()
    browser.post(browser.at + "/more", text="It was half past.", key="a" * 32)
    return browser


def bundle(life: Life, path: Path, **wanted: object) -> Path:
    export = Export(
        session=life.session,
        home=life.home,
        other=Attempt.objects.get().other or Other(),
        label="J",
        zone=ZoneInfo("Europe/Berlin"),
        clock=SystemClock(),
        wanted=Wanted(**wanted),  # type: ignore[arg-type]
    )
    export.in_the_clear(path)
    return path


def rows_of(bag: Path) -> list[dict]:
    return json.loads((bag / "data" / "items.json").read_text())["items"]


def originals(bag: Path) -> list[bytes]:
    return [(bag / row["file"]).read_bytes() for row in rows_of(bag)]


def test_entry_correction_and_pictures_are_in_it_and_it_verifies(
    written: Browser, life: Life, tmp_path: Path
) -> None:
    bag = bundle(life, tmp_path / "bag")
    assert command.main([str(bag)]) == 0
    entry, first, second, correction = rows_of(bag)
    assert entry["file"].endswith(".json")
    assert entry["received_at"] == "2026-03-06T17:05:00Z"
    assert entry["recorded_at"] > "2026-11"
    assert "by hand" in entry["attribution_basis"]
    assert "recorded_at is when they wrote it" in entry["received_at_basis"]
    assert (first["file"][-4:], second["file"][-4:]) == (".jpg", ".png")
    assert first["sent_at"] == ""  # the picture has no offset: no moment is made of it
    assert "2026-03-01T18:02:11" in first["sent_at_basis"]
    assert correction["file"].endswith(".json")
    files = originals(bag)
    assert files[1] == camera_picture(place=True)
    said, more = json.loads(files[0]), json.loads(files[3])
    assert said["happened"]["at"] == "2026-03-06T18:05:00+01:00"
    assert said["written_at"] >= "2026-11"
    assert (more["of"], more["text"]) == (entry["file"].split("-")[1][:32], "It was half past.")


def test_effect_and_injuries_are_left_out_unless_asked_for(
    written: Browser, life: Life, tmp_path: Path
) -> None:
    without = bundle(life, tmp_path / "without")
    whole = b"".join(one.read_bytes() for one in without.rglob("*") if one.is_file())
    assert b"No sleep" not in whole
    assert b"bruise" not in whole
    assert "shows all 4 items" in (without / "STATEMENT.txt").read_text()
    effect = bundle(life, tmp_path / "effect", apart=frozenset({"effect"}))
    assert any(b"No sleep" in one for one in originals(effect))
    assert not any(b"bruise" in one for one in originals(effect))
    assert "notes on effect" in (effect / "STATEMENT.txt").read_text()
    assert command.main([str(effect)]) == 0


def test_that_it_was_not_written_by_the_person_is_said(
    written: Browser, life: Life, tmp_path: Path
) -> None:
    written.post(f"{written.at}/author", not_mine="yes")
    rows = rows_of(bundle(life, tmp_path / "bag"))
    said = ["not written by me" in row["attribution_basis"] for row in rows]
    assert said == [True, False, False, False]
