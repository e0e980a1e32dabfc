"""The frame, the lock and the way out speak the person's language."""

import pytest
from django.conf import settings
from django.test import Client

from stillwater.people.models import Person, Settings
from stillwater.web.apps import in_memory
from tests.refusals.browsing import let_in, new_browser, sign_in, somebody

pytestmark = pytest.mark.django_db

LANGUAGES = [
    ("en", "Leave quickly", "Passphrase"),
    ("es", "Salir rápido", "Frase de contraseña"),
    ("de", "Schnell weg", "Deine Passphrase, bitte."),
]


@pytest.fixture
def me() -> Person:
    settings.HOME.prepare()
    in_memory().ready()
    return somebody()


@pytest.mark.parametrize(("language", "leave", "_"), LANGUAGES)
def test_pages_speak_the_language_that_was_chosen(
    me: Person, language: str, leave: str, _: str
) -> None:
    Settings.objects.create(person=me, language=language)
    browser = new_browser()
    sign_in(browser)
    shown = browser.get("/b/", headers={"accept-language": "fr"}).content.decode()
    assert f'<html lang="{language}">' in shown
    assert leave in shown


@pytest.mark.parametrize(("language", "leave", "ask"), LANGUAGES)
def test_the_lock_speaks_the_language_of_the_browser(
    me: Person, language: str, leave: str, ask: str
) -> None:
    browser = new_browser()
    let_in(browser)
    shown = browser.get("/in", headers={"accept-language": f"{language},fr;q=0.5"})
    text = shown.content.decode()
    assert f'<html lang="{language}">' in text
    assert leave in text
    assert ask in text


@pytest.mark.parametrize(
    ("language", "title", "sunday"), [("en", "Calendar", "Sun"), ("de", "Kalender", "So")]
)
def test_the_calendar_is_one_that_might_be_anybodys(language: str, title: str, sunday: str) -> None:
    browser = Client(headers={"host": "localhost", "accept-language": language})
    shown = browser.get("/away").content.decode()
    assert f"<title>{title}</title>" in shown
    assert f'<th scope="col">{sunday}</th>' in shown
