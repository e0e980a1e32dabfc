"""A spoken code in whatever grouping, and names that differ only in form."""

import re

import pytest

from stillwater.circle.invitations import digits_of, hash_of, new_code, plain_name
from stillwater.circle.permissions import Permission, Role, may
from stillwater.core.ids import system_randomness


def test_a_code_is_eight_digits_in_two_groups() -> None:
    assert re.fullmatch(r"\d{4} \d{4}", new_code(system_randomness))
    assert new_code(bytes) == "0000 0000"


@pytest.mark.parametrize("typed", ["4821 9035", "48219035", " 4821-9035 ", "４８２１９０３５"])
def test_however_it_is_typed_it_is_the_same_code(typed: str) -> None:
    assert digits_of(typed) == "48219035"


@pytest.mark.parametrize("typed", ["Kim", " kim ", "KIM", "Ｋｉｍ"])
def test_a_name_is_the_same_in_every_case_and_width(typed: str) -> None:
    assert plain_name(typed) == "kim"


def test_the_hash_says_nothing_and_differs() -> None:
    assert len(hash_of("a")) == 32
    assert hash_of("a") != hash_of("b")


def test_nobody_but_the_person_has_the_persons_pages_and_nobody_else_reviews() -> None:
    for permission in Permission:
        allowed = {role for role in Role if may(role, permission)}
        wanted = {Role.REVIEWER} if permission is Permission.REVIEW else {Role.PERSON}
        assert allowed == wanted, permission
