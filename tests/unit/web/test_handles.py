"""Handles as people type them become what a plan writes, and are shown as they were typed."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from stillwater.core.plans import Other, Plan
from stillwater.core.words import Mode
from stillwater.plan.form import dump, parse
from stillwater.web.asked import FieldError
from stillwater.web.people.handles import KINDS, filled, groups, typed_handles


def form(**fields: str) -> QueryDict:
    made = QueryDict(mutable=True)
    made.update(fields)
    return made


@pytest.mark.parametrize(
    ("field", "typed", "written"),
    [
        ("h_tel", "+49 176 1234567", "+491761234567"),
        ("h_tel", "0176 1234567", "+491761234567"),
        ("h_mail", "Jordan@Mail.Example", "Jordan@Mail.Example"),
        ("h_instagram", "jord.an", "instagram:jord.an"),
        ("h_instagram", "instagram:jord.an", "instagram:jord.an"),
        ("h_plate", "B-XY 123", "plate:B-XY 123"),
        ("h_matrix", "@jo:home.example", "matrix:@jo:home.example"),
    ],
)
def test_each_way_in_is_written_as_a_plan_writes_it(field: str, typed: str, written: str) -> None:
    assert typed_handles(form(**{field: typed}), "DE") == (written,)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("h_tel", "0176 1234567"),  # of which country?
        ("h_tel", "jordan"),
        ("h_tel", "jordan@mail.example"),
        ("h_mail", "jordan"),
        ("h_mail", "+49 176 1234567"),
        ("h_mail", "a b@mail.example"),
        ("h_instagram", "@"),
        ("h_instagram", "instagram:"),
    ],
)
def test_what_is_none_is_said_with_its_field(field: str, typed: str) -> None:
    with pytest.raises(FieldError) as said:
        typed_handles(form(**{field: typed}), None)
    assert said.value.field == field


_LINE = st.text(
    st.characters(categories=("L", "N"), include_characters=" .-@:+_'\"\\"), min_size=1, max_size=40
)


@given(st.dictionaries(st.sampled_from([kind.field for kind in KINDS]), _LINE))
def test_whatever_is_taken_stands_in_a_plan_and_in_the_form_again(typed: dict[str, str]) -> None:
    try:
        handles = typed_handles(form(**typed), "DE")
    except FieldError:
        return
    plan = Plan(others=(Other("J", Mode.WATCH, handles=handles),))
    assert parse(dump(plan)) == plan
    assert sorted(typed_handles(form(**filled(handles)), "DE")) == sorted(handles)
    assert sorted(one for group in groups(handles) for one, _ in group.pairs) == sorted(handles)
