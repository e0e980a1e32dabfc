"""The wait: it runs, it can be taken back, a reason ends it, and a leaf comes before the words."""

import io
import json
from datetime import timedelta

import pytest

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.gate import keeping
from stillwater.vault import keys, openings
from stillwater.vault.models import Item, Leaf, Request
from stillwater.vault.opening import item_path
from stillwater.vault.openings import Reason
from tests.integration.vault.conftest import Kept, new_kept

HOUR = timedelta(hours=1)


@pytest.fixture
def item(kept: Kept) -> Item:
    return kept.seal(b"the original")[0]


def ask(kept: Kept, item: Item) -> Request:
    return keeping.ask_to_open(item, clock=kept.clock)


def try_to_open(kept: Kept, item: Item, reason: Reason | None = None) -> bytes:
    out = io.BytesIO()
    keeping.open_now(
        kept.session(),
        ask(kept, item),
        item,
        out,
        home=kept.home,
        clock=kept.clock,
        reason=reason,
    )
    return out.getvalue()


def leaves(kind: str) -> list[dict[str, object]]:
    found = [json.loads(bytes(leaf.data)) for leaf in Leaf.objects.order_by("pk")]
    return [leaf for leaf in found if leaf["kind"] == kind]


def test_it_opens_after_the_wait_and_not_before(kept: Kept, item: Item) -> None:
    ask(kept, item)
    kept.later(hours=23, minutes=59)
    with pytest.raises(UserError, match="1 minute more") as error:
        try_to_open(kept, item)
    assert error.value.exit_code is ExitCode.NOT_NOW
    assert leaves("opened") == []
    kept.later(minutes=1)
    assert try_to_open(kept, item) == b"the original"


def test_asking_again_does_not_begin_the_wait_anew(kept: Kept, item: Item) -> None:
    ready_at = ask(kept, item).ready_at
    kept.later(hours=5)
    assert ask(kept, item).ready_at == ready_at


@pytest.mark.parametrize("reason", list(Reason))
def test_a_reason_ends_the_wait_at_once_and_goes_on_record(
    kept: Kept, item: Item, reason: Reason
) -> None:
    assert try_to_open(kept, item, reason) == b"the original"
    (leaf,) = leaves("opened")
    assert (leaf["item"], leaf["reason"]) == (item.public_id, reason.value)
    assert Request.objects.get().ended_by == reason.value


def test_the_leaf_is_committed_before_a_byte_is_shown(
    kept: Kept, item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Screen(io.BytesIO):
        def write(self, data: bytes, /) -> int:  # type: ignore[override]
            assert leaves("opened")
            pin = kept.home.pins / f"{kept.person.public_id}.checkpoint"
            assert pin.read_text().split("\n")[1] == "3"
            return super().write(data)

    screen = Screen()
    keeping.open_now(
        kept.session(),
        ask(kept, item),
        item,
        screen,
        home=kept.home,
        clock=kept.clock,
        reason=Reason.COURT,
    )
    assert screen.getvalue() == b"the original"


def test_each_opening_waits_and_is_recorded_anew(kept: Kept, item: Item) -> None:
    ask(kept, item)
    kept.later(days=1)
    try_to_open(kept, item)
    with pytest.raises(UserError, match="wait"):
        try_to_open(kept, item)
    kept.later(days=1)
    try_to_open(kept, item)
    assert [leaf["reason"] for leaf in leaves("opened")] == ["waited", "waited"]


def test_it_can_be_taken_back(kept: Kept, item: Item) -> None:
    request = ask(kept, item)
    keeping.cancel(request)
    assert list(openings.waiting(kept.person)) == []
    kept.later(days=2)
    with pytest.raises(UserError, match="1 day more"):
        try_to_open(kept, item)
    keeping.cancel(request)  # pressed twice, it changes nothing


def test_what_was_done_cannot_be_taken_back(kept: Kept, item: Item) -> None:
    request = ask(kept, item)
    kept.later(days=2)
    assert try_to_open(kept, item) == b"the original"
    with pytest.raises(UserError):
        keeping.cancel(request)


def test_a_clock_set_back_never_shortens_a_wait(kept: Kept, item: Item) -> None:
    ask(kept, item)
    kept.later(days=-3)
    with pytest.raises(UserError, match="clock") as error:
        try_to_open(kept, item)
    assert error.value.exit_code is ExitCode.NOT_NOW
    assert error.value.next_step
    kept.later(days=3)
    kept.later(days=1)
    assert try_to_open(kept, item) == b"the original"


def test_nothing_can_be_asked_for_in_the_past(kept: Kept, item: Item) -> None:
    """Else: set the clock back, ask, set it right, and the wait would be over."""
    kept.later(days=-3)
    with pytest.raises(UserError, match="clock"):
        ask(kept, item)


def test_a_changed_file_uses_up_no_wait(kept: Kept, item: Item) -> None:
    ask(kept, item)
    kept.later(days=1)
    path = item_path(kept.home, kept.person.public_id, item.public_id)
    data = path.read_bytes()
    path.write_bytes(data[:-1])
    with pytest.raises(UserError, match="changed"):
        try_to_open(kept, item)
    assert leaves("opened") == []
    path.write_bytes(data)
    assert try_to_open(kept, item) == b"the original"


def test_longer_waits_are_set_at_once_shorter_ones_after_the_delay(kept: Kept) -> None:
    def waits() -> tuple[timedelta, timedelta]:
        keyring = keys.keyring_of(kept.person)
        return keyring.opening_wait, keyring.loosening_delay

    session = kept.session()
    assert keeping.change_waits(session, 48 * HOUR, 24 * HOUR, clock=kept.clock) is None
    assert waits() == (48 * HOUR, 24 * HOUR)
    pending = keeping.change_waits(session, HOUR, 36 * HOUR, clock=kept.clock)
    assert pending is not None
    assert waits() == (48 * HOUR, 36 * HOUR)
    kept.later(hours=23)
    assert not keeping.settle_waits(kept.person, home=kept.home, clock=kept.clock)
    assert waits() == (48 * HOUR, 36 * HOUR)
    kept.later(hours=1)
    assert keeping.settle_waits(kept.person, home=kept.home, clock=kept.clock)
    assert waits() == (HOUR, 36 * HOUR)
    (leaf,) = leaves("loosened")
    assert (leaf["opening_wait"], leaf["loosening_delay"]) == (3600, 36 * 3600)
    assert not keeping.settle_waits(kept.person, home=kept.home, clock=kept.clock)


def test_tightening_takes_back_a_loosening_that_waits(kept: Kept) -> None:
    session = kept.session()
    keeping.change_waits(session, HOUR, 24 * HOUR, clock=kept.clock)
    keeping.change_waits(session, 30 * HOUR, 24 * HOUR, clock=kept.clock)
    kept.later(days=2)
    assert not keeping.settle_waits(kept.person, home=kept.home, clock=kept.clock)
    assert keys.keyring_of(kept.person).opening_wait == 30 * HOUR


def test_no_wait_means_no_wait(db: None, home: Home) -> None:
    kept = new_kept(home, opening_wait=timedelta(0))
    (item,) = kept.seal(b"x")
    assert try_to_open(kept, item) == b"x"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(seconds=1), "1 minute"),
        (timedelta(minutes=61), "1 hour 1 minute"),
        (timedelta(days=2, hours=3, minutes=4), "2 days 3 hours"),
        (timedelta(hours=24), "1 day"),
    ],
)
def test_time_left_is_said_plainly(left: timedelta, said: str) -> None:
    assert openings.in_words(left) == said
