"""The passphrase: it opens, nothing else does, and hostile parameters are not tried."""

import base64
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.ids import system_randomness
from stillwater.vault.wrapping import STANDARD, Cost, must_be_good, unwrap, wrap

QUICK = Cost(iterations=1, memory_kib=64, lanes=1)
PERSON = "00" * 16


def wrapped(passphrase: str = "correct horse") -> dict[str, Any]:
    return wrap(b"secret", passphrase, PERSON, system_randomness, QUICK)


def test_the_passphrase_opens_it() -> None:
    assert unwrap(wrapped(), "correct horse", PERSON) == b"secret"


def test_the_same_words_from_another_keyboard_open_it() -> None:
    assert unwrap(wrapped("caf\u00e9 horse"), "cafe\u0301 horse", PERSON) == b"secret"


def test_another_passphrase_or_person_does_not() -> None:
    for passphrase, person in (("wrong horse", PERSON), ("correct horse", "11" * 16)):
        with pytest.raises(UserError) as error:
            unwrap(wrapped(), passphrase, person)
        assert error.value.exit_code is ExitCode.NOT_ALLOWED


@given(st.sampled_from(["salt", "nonce", "sealed"]), st.data())
@settings(max_examples=50)
def test_every_changed_byte_is_noticed(part: str, draw: st.DataObject) -> None:
    kept = wrapped()
    data = bytearray(base64.b64decode(kept[part]))
    data[draw.draw(st.integers(0, len(data) - 1))] ^= draw.draw(st.integers(1, 255))
    kept[part] = base64.b64encode(data).decode()
    with pytest.raises(UserError):
        unwrap(kept, "correct horse", PERSON)


@pytest.mark.parametrize(
    "change",
    [
        {"memory_kib": 2**40},
        {"iterations": 10**9},
        {"lanes": 10**6},
        {"iterations": 0},
        {"kdf": "pbkdf2"},
        {"format": "newer"},
        {"salt": "!"},
        {"nonce": "AAAA"},
        {"sealed": None},
    ],
)
def test_damaged_or_hostile_parameters_are_refused_at_once(change: dict[str, Any]) -> None:
    with pytest.raises(UserError) as error:
        unwrap({**wrapped(), **change}, "correct horse", PERSON)
    assert error.value.exit_code is ExitCode.BROKEN


def test_the_parameters_that_were_stored_are_used() -> None:
    kept = wrap(b"secret", "correct horse", PERSON, system_randomness, replace(QUICK, iterations=2))
    assert kept["iterations"] == 2
    assert unwrap(kept, "correct horse", PERSON) == b"secret"


def test_the_standard_cost_is_that_of_the_design() -> None:
    assert Cost(iterations=3, memory_kib=262144, lanes=4) == STANDARD
    assert STANDARD.bearable()


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(UserError):
        must_be_good("short")
    must_be_good("long enough")
