"""The plan on its page: said in sentences, tighter at once, looser after a page and a wait."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from stillwater.core.words import Channel, Mode, Need
from stillwater.gate.setting_up import said_last
from stillwater.plan.form import dump, parse
from stillwater.plan.models import PlanVersion
from stillwater.vault.keys import sign_in
from stillwater.web.plan import changing
from tests.integration.mail_page.conftest import everything_kept
from tests.integration.plan_page.conftest import PASSPHRASE, Planner
from tests.support.mailbox import PLAN

WATCHED = PLAN.replace('mode = "no_contact"', 'mode = "watch"')
WITH_CHILD = WATCHED.replace("since = 2026-01-10", 'children = [{ name = "Mia", also = ["Mimi"] }]')
ALLOWED = {"channel": "mail", "subjects": "children", "cadence": "daily", "at": "18:00"}


def test_it_says_what_holds_in_sentences_and_shows_the_other_under_the_label_alone(
    planner: Planner,
) -> None:
    page = planner.browser.get("/f/")
    assert "No contact" in page.text
    assert "What they send is sealed unread, and kept." in page.text
    assert "Jordan" not in page.text


def test_tighter_holds_at_once(new_planner: Callable[..., Planner]) -> None:
    planner = new_planner(WATCHED)
    page = planner.browser.post(f"/f/o/{planner.id_of('J')}", mode="no_contact")
    assert planner.plan.others[0].mode is Mode.NO_CONTACT
    assert "What should this protect?" in page.text


def test_looser_is_said_first_asks_the_passphrase_and_waits(planner: Planner) -> None:
    page = planner.browser.post(f"/f/o/{planner.id_of('J')}", 200, mode="watch")
    assert "The mode for J is looser." in page.text
    assert "It waits 1 day" in page.text
    assert PlanVersion.objects.count() == 1
    wrong = planner.sure(page, "not this one", 422)
    assert "did not open" in wrong.text
    assert PlanVersion.objects.count() == 1
    planner.sure(wrong)
    assert planner.plan.others[0].mode is Mode.NO_CONTACT
    shown = planner.browser.get("/f/")
    assert "A change waits until" in shown.text
    assert "The mode for J is looser." in shown.text
    planner.browser.post("/f/a")
    assert not PlanVersion.objects.filter(state=PlanVersion.State.PENDING).exists()
    assert "A change waits" not in planner.browser.get("/f/").text


def test_without_a_wait_looser_holds_at_once_with_the_passphrase(
    new_planner: Callable[..., Planner],
) -> None:
    planner = new_planner(delay=timedelta())
    page = planner.browser.post(f"/f/o/{planner.id_of('J')}", 200, mode="watch")
    planner.sure(page)
    assert planner.plan.others[0].mode is Mode.WATCH


def test_what_is_loosened_is_what_was_shown_or_it_is_shown_anew(planner: Planner) -> None:
    """A page that was left open must not loosen what another one has tightened since."""
    left_open = planner.browser.post(f"/f/o/{planner.id_of('J')}", 200, mode="watch")
    planner.browser.post(
        f"/g/o/{planner.id_of('J')}/a", kind="mail", handle="new.address@mail.example"
    )
    again = planner.sure(left_open, status=200)
    assert "Handles of J are left out." in again.text
    assert "new.address@mail.example" in planner.plan.others[0].handles
    assert not PlanVersion.objects.filter(state=PlanVersion.State.PENDING).exists()


def test_a_page_that_was_made_up_changes_nothing(planner: Planner) -> None:
    before = planner.plan
    planner.browser.post("/f/b", 422, plan="not a plan", shown="", passphrase=PASSPHRASE)
    planner.browser.post("/f/b", 422, passphrase=PASSPHRASE)
    looser = dump(replace(before, others=(replace(before.others[0], mode=Mode.WATCH),)))
    planner.browser.post("/f/b", 200, plan=looser, shown="", passphrase=PASSPHRASE)
    assert planner.plan == before
    assert PlanVersion.objects.count() == 1


def test_parallel_parenting_with_its_schedule(new_planner: Callable[..., Planner]) -> None:
    planner = new_planner(WITH_CHILD)
    where = f"/f/o/{planner.id_of('J')}"
    planner.browser.post(
        where,
        mode="parallel_parenting",
        children="Mia",
        handovers="Friday 17:00 school\nSunday 18:30",
        court_ordered="mail",
        **ALLOWED,
    )
    (j,) = planner.plan.others
    assert (j.mode, j.channel, j.subjects) == (
        Mode.PARALLEL_PARENTING,
        Channel.MAIL,
        (Need.CHILDREN,),
    )
    assert [(one.day, f"{one.time:%H:%M}", one.place) for one in j.handovers] == [
        ("friday", "17:00", "school"),
        ("sunday", "18:30", None),
    ]
    assert j.children[0].also == ("Mimi",)  # what no form asks for stays
    assert j.court_ordered == (Channel.MAIL,)
    page = planner.browser.get("/f/")
    assert "Handover: Friday at 17:00, school." in page.text
    # Sent again as the page has it, nothing changes.
    page = planner.browser.get(where)
    before = planner.plan
    planner.browser.post(
        where,
        mode="parallel_parenting",
        children="Mia",
        handovers="Friday 17:00 school\nSunday 18:30",
        court_ordered="mail",
        **ALLOWED,
    )
    assert planner.plan == before


def test_with_children_all_is_held_only_where_it_is_said_to_be_settled(
    new_planner: Callable[..., Planner],
) -> None:
    planner = new_planner(WITH_CHILD)
    where = f"/f/o/{planner.id_of('J')}"
    page = planner.browser.post(where, 422, mode="no_contact", children="Mia")
    assert "Something has to be settled" in page.text
    assert planner.plan.others[0].mode is Mode.WATCH
    planner.browser.post(where, mode="no_contact", children="Mia", settled="1")
    assert planner.plan.others[0].mode is Mode.NO_CONTACT


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"channel": ""}, "The one way is missing."),
        ({"subjects": ""}, "No subject is chosen."),
        ({"at": "6 pm"}, "That is no time of day."),
        ({"until": "3/6/2027"}, "That is no day."),
        ({"handovers": "Someday 17:00"}, "Line 1 of the handovers"),
        ({"children": "Mia: nobody knows"}, "Line 1 of the children"),
        ({"until": "2020-01-01"}, "lies before since"),
    ],
)
def test_what_is_wrong_is_said_and_stays_in_the_form(
    planner: Planner, given: dict[str, str], said: str
) -> None:
    before = planner.plan
    form = {"mode": "low_contact", **ALLOWED, "until": "2030-01-31", **given}
    page = planner.browser.post(f"/f/o/{planner.id_of('J')}", 422, **form)
    assert said in page.text
    for value in {"until": "2030-01-31", **given}.values():
        assert value in planner.browser.answers[-1]
    assert planner.plan == before


def folds_open(planner: Planner) -> list[bool]:
    """Of the page that was seen last: what may come through, and the rest."""
    shown = planner.browser.answers[-1].partition("<main")[2]
    return [bool(one) for one in re.findall(r"<details( open)?>", shown)]


def test_what_is_settled_is_folded_and_said_in_a_line(
    new_planner: Callable[..., Planner],
) -> None:
    planner = new_planner(WITH_CHILD)
    where = f"/f/o/{planner.id_of('J')}"
    planner.browser.post(
        where,
        mode="parallel_parenting",
        children="Mia",
        handovers="Friday 17:00 school",
        court_ordered="mail",
        **ALLOWED,
    )
    page = planner.browser.get(where)
    assert folds_open(planner) == [False, False]
    assert "Mail; Children; once a day at 18:00" in page.text
    assert "Mia; Friday at 17:00; Mail" in page.text


@pytest.mark.parametrize(
    ("given", "opens"),
    [
        ({"channel": ""}, [True, False]),
        ({"until": "2020-01-01"}, [True, False]),  # of which the whole plan says that it is wrong
        ({"handovers": "Someday 17:00"}, [False, True]),
    ],
)
def test_a_fold_in_which_something_is_wrong_stands_open(
    planner: Planner, given: dict[str, str], opens: list[bool]
) -> None:
    where = f"/f/o/{planner.id_of('J')}"
    planner.browser.post(where, 422, **{"mode": "low_contact", **ALLOWED, **given})
    assert folds_open(planner) == opens


def test_what_is_said_of_what_is_not_settled_is_true_of_the_mode(
    new_planner: Callable[..., Planner],
) -> None:
    planner = new_planner(WITH_CHILD)
    where = f"/f/o/{planner.id_of('J')}"
    assert "Watch was chosen since there are children." in planner.browser.get(where).text
    planner.browser.post(where, mode="low_contact", children="Mia", **ALLOWED)
    text = planner.browser.get(where).text
    assert "Something has to go on, since there are children." in text
    assert "Watch was chosen" not in text
    planner.browser.post(where, mode="no_contact", children="Mia", settled="1")
    text = planner.browser.get(where).text
    assert "All of it is held, though there are children." in text
    assert "Watch was chosen" not in text


def test_why_is_asked_after_a_change_of_mode_and_hangs_on_nothing(
    new_planner: Callable[..., Planner],
) -> None:
    planner = new_planner(WATCHED)
    where = f"/f/o/{planner.id_of('J')}"
    planner.browser.post(where, mode="no_contact")
    page = planner.browser.post(f"{where}/why", wants="punish", words="To hurt.")
    assert "silent treatment" in page.text
    said = said_last(sign_in(planner.person, PASSPHRASE))
    assert said is not None
    assert (said.wants, said.about) == (("punish",), "J")
    assert planner.plan.others[0].mode is Mode.NO_CONTACT
    assert "To hurt." not in everything_kept()


def test_why_can_be_skipped(new_planner: Callable[..., Planner]) -> None:
    planner = new_planner(WATCHED)
    where = f"/f/o/{planner.id_of('J')}"
    page = planner.browser.post(f"{where}/why", skip="1", words="not kept")
    assert "Your plan" in page.text
    assert said_last(sign_in(planner.person, PASSPHRASE)) is None


def test_one_more_who_always_passes_loosens_and_so_does_one_less(
    new_planner: Callable[..., Planner],
) -> None:
    planner = new_planner(delay=timedelta())
    page = planner.browser.post("/f/c", 200, why="court", handle="court.example")
    assert "More senders always pass." in page.text
    planner.sure(page)
    assert planner.plan.always_pass[0].handle == "@court.example"
    page = planner.browser.post("/f/c", 200, off="@court.example")
    assert "Fewer senders always pass" in page.text
    planner.sure(page)
    assert planner.plan.always_pass == ()


# As text


def test_the_text_is_the_plan_and_goes_the_same_way(planner: Planner) -> None:
    planner.browser.get("/f/d")
    toml = dump(planner.plan)
    planner.browser.post("/f/d", plan=toml.replace('["Jordan", "Jo"]', '["Jordan", "Jo", "Jay"]'))
    assert planner.plan.others[0].names == ("Jordan", "Jo", "Jay")
    page = planner.browser.post("/f/d", 200, plan=dump(parse(WATCHED)))
    assert "The mode for J is looser." in page.text


def test_text_that_is_no_plan_is_said_with_its_line_and_stays(planner: Planner) -> None:
    before = planner.plan
    page = planner.browser.post("/f/d", 422, plan='[you]\nnamed = "x"\n')
    assert "line 2" in page.text
    assert 'named = "x"' in page.text
    assert planner.plan == before


def test_a_mail_server_is_believed_only_after_the_page_that_says_so(
    new_planner: Callable[..., Planner],
) -> None:
    planner = new_planner(delay=timedelta())
    wrong = planner.browser.post("/f/c", 422, believe="1", server="not a server")
    assert "That is no name of a mail server." in wrong.text
    page = planner.browser.post("/f/c", 200, believe="1", server="mx.home.example")
    assert "More mail servers are believed" in page.text
    planner.sure(page)
    assert planner.plan.you.authserv == ("mx.home.example",)
    page = planner.browser.post("/f/c", 200, doubt="mx.home.example")
    planner.sure(page)
    assert planner.plan.you.authserv == ()


def test_what_loosens_by_the_time_that_it_is_set_is_not_set_without_the_passphrase(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another browser made the plan tighter between the look and the setting."""
    before = planner.plan
    monkeypatch.setattr(changing, "what_loosens", lambda *_given: ())
    planner.browser.get("/f/")
    text = dump(before).replace('mode = "no_contact"', 'mode = "watch"')
    assert text != dump(before)
    planner.browser.post("/f/d", status=422, plan=text)
    assert planner.plan == before
    assert not PlanVersion.objects.filter(state="pending").exists()
