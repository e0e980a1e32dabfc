"""The machine key: one key, three uses that cannot be mixed up, in a keyring or a private file."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.errors import KeyringLocked

from stillwater.core.errors import UserError
from stillwater.core.home import Home
from stillwater.vault.machine import MachineKey, key_path

KEY = MachineKey(bytes(range(32)))
A, B = "a" * 32, "b" * 32


class Ring:
    """A keyring that is kept in memory."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked
        self.held[service, username] = password


@given(st.binary(max_size=200))
def test_what_was_sealed_opens(data: bytes) -> None:
    assert KEY.open_spool(A, KEY.seal_spool(A, data)) == data
    assert KEY.open_profile(A, KEY.seal_profile(A, data)) == data


Opener = Callable[[str, bytes], bytes]


@pytest.mark.parametrize(
    ("opener", "person"), [(KEY.open_profile, A), (KEY.open_spool, B)], ids=["use", "person"]
)
def test_not_for_another_use_or_person(opener: Opener, person: str) -> None:
    with pytest.raises(UserError):
        opener(person, KEY.seal_spool(A, b"data"))


@given(st.data())
def test_every_changed_byte_is_noticed(draw: st.DataObject) -> None:
    blob = bytearray(KEY.seal_spool(A, b"some data"))
    blob[draw.draw(st.integers(0, len(blob) - 1))] ^= draw.draw(st.integers(1, 255))
    with pytest.raises(UserError):
        KEY.open_spool(A, bytes(blob))


@pytest.mark.parametrize("length", range(20))
def test_a_cut_blob_is_noticed(length: int) -> None:
    with pytest.raises(UserError):
        KEY.open_spool(A, KEY.seal_spool(A, b"data")[:length])


def test_hashes_differ_by_person_use_key_and_content() -> None:
    other = MachineKey(bytes(32))
    hashes = {
        KEY.source_identity(A, b"x"),
        KEY.source_identity(B, b"x"),
        KEY.source_identity(A, b"y"),
        KEY.fingerprint(A, b"x"),
        other.source_identity(A, b"x"),
    }
    assert len(hashes) == 5
    assert KEY.source_identity(A, b"x") in hashes


def test_it_is_kept_in_a_private_file(home: Home) -> None:
    made = MachineKey.load_or_create(home)
    assert MachineKey.load_or_create(home) == made
    assert key_path(home).stat().st_mode & 0o777 == 0o600
    assert len(key_path(home).read_bytes()) == 32


def test_a_file_that_others_can_read_is_refused(home: Home) -> None:
    MachineKey.load_or_create(home)
    key_path(home).chmod(0o640)
    with pytest.raises(UserError, match="other users"):
        MachineKey.load_or_create(home)


def test_a_damaged_file_is_refused_and_kept(home: Home) -> None:
    MachineKey.load_or_create(home)
    key_path(home).write_bytes(b"short")
    with pytest.raises(UserError):
        MachineKey.load_or_create(home)
    assert key_path(home).read_bytes() == b"short"


def test_a_keyring_that_works_holds_it(home: Home) -> None:
    ring = Ring()
    made = MachineKey.load_or_create(home, ring=ring)
    assert MachineKey.load_or_create(home, ring=ring) == made
    assert not key_path(home).exists()
    assert list(ring.held.values()) == [made.secret.hex()]


def test_a_locked_keyring_never_makes_a_second_key(home: Home) -> None:
    ring = Ring()
    MachineKey.load_or_create(home, ring=ring)
    ring.locked = True
    with pytest.raises(UserError, match="keyring"):
        MachineKey.load_or_create(home, ring=ring)
    assert not key_path(home).exists()


def test_without_a_keyring_that_works_it_is_a_file(home: Home) -> None:
    ring = Ring()
    ring.locked = True
    MachineKey.load_or_create(home, ring=ring)
    assert key_path(home).exists()


def test_the_key_is_never_shown() -> None:
    assert KEY.secret.hex() not in repr(KEY)
    assert str(KEY.secret) not in repr(KEY)
