"""``stillwater notify``, and what ``status`` and ``doctor`` say of the ways out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from stillwater.gate.signals.models import Way
from tests.conftest import Said
from tests.integration.gate.conftest import PASSPHRASE, Life
from tests.integration.signals.conftest import Receiver, nobodys_port

Command = Callable[..., Said]

pytestmark = pytest.mark.usefixtures("life")


@pytest.fixture
def add(stillwater: Command, tmp_path: Path) -> Callable[..., Said]:
    def call(address: str, *more: str) -> Said:
        path = tmp_path / "address"
        path.write_text(f"{address}\n")
        return stillwater("notify", "add", "--address-file", str(path), *more)

    return call


def test_from_adding_to_removing(
    stillwater: Command, add: Command, http_receiver: Receiver, tmp_path: Path
) -> None:
    added = add(f"json://127.0.0.1:{http_receiver.port}/secret", "--name", "my phone")
    assert added.code == 0
    assert "Not tested yet" in stillwater("notify", "list").out
    tested = stillwater("notify", "test")
    assert (tested.code, tested.out.split(".")[0]) == (0, "You should have got a note")
    assert len(http_receiver.got) == 1
    listed = stillwater("notify", "list")
    assert "my phone, Your own program, 127.0.0.1" in listed.out
    assert "secret" not in listed.out + stillwater("notify", "list", "--json").out
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("not it")
    assert stillwater("notify", "remove", "--passphrase-file", str(passphrase)).code == 4
    passphrase.write_text(PASSPHRASE)
    removed = stillwater("notify", "remove", "--passphrase-file", str(passphrase), "--json")
    assert json.loads(removed.out)["removed"] is True
    assert Way.objects.count() == 0


def test_what_goes_wrong_is_one_word_and_said_everywhere(stillwater: Command, add: Command) -> None:
    assert "Notes reach you on the page alone" in stillwater("status").out
    assert "Notes reach nobody beside the page" in stillwater("doctor").out
    add(f"json://127.0.0.1:{nobodys_port()}/secret")
    tested = stillwater("notify", "test", "--json")
    assert (tested.code, json.loads(tested.out)["trouble"]) == (1, "refused")
    said = "does not take the call"
    for shown in (stillwater("status"), stillwater("doctor"), stillwater("notify", "list")):
        assert said in shown.out
        assert "secret" not in shown.out
    assert json.loads(stillwater("status", "--json").out)["way_troubles"] == ["refused"]


def test_a_slip_is_refused_with_a_next_step_and_not_repeated(add: Command) -> None:
    said = add("ntfy://ntfy.example/secret")
    assert said.code == 2
    assert "mailtos" in said.err
    assert "secret" not in said.err


def test_somebody_who_agreed(stillwater: Command, add: Command, life: Life) -> None:
    assert add("jsons://friend.example/word", "--agreed").code == 2  # without a name
    assert add("jsons://friend.example/word", "--agreed", "--name", "Kim").code == 0
    assert "told when you do not answer" in stillwater("notify", "list").out
    assert Way.objects.get().person == life.person


def test_no_removal_waits(stillwater: Command, add: Command) -> None:
    add("desktop://")
    assert "No removal was waiting" in stillwater("notify", "keep").out
