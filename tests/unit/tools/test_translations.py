"""The catalogues hold what the pages say, and what is promised in whole is there in whole."""

import importlib.util
import re
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = ROOT / "stillwater/web/templates/web"
# Translated in whole: the frame, the lock, the way out, and the pages that somebody opens shaking.
WHOLE = (
    "stillwater/channels/by_hand/",
    "stillwater/channels/mail/live/troubles.py",
    "stillwater/gate/by_hand/",
    "stillwater/vault/openings.py",
    *(
        f"stillwater/web/{name}.py"
        for name in ("asked", "errors", "frame", "lasting", "leaving", "signing_in", "views")
    ),
    *(
        f"stillwater/web/{where}{area}/"
        for area in ("held", "mailboxes", "needs", "record", "signals", "today")
        for where in ("", "templates/web/")
    ),
    *(
        f"stillwater/web/templates/web/{name}.html"
        for name in (
            *("base", "inside", "way", "away", "closed", "broken"),
            *("sign_in", "sign_in_words", "half_typed", "no_reviewer"),
        )
    ),
)
# The same in every language: names, and the beginning of what is typed.
NAMES = {"ntfy", "Signal", "Gotify", "WhatsApp", "Telegram", "STARTTLS", "SHA256:", "https://"}
FOR_OURSELVES = {"style.html"}
FORBIDDEN = re.compile(
    r"\b(fail\w*|relaps\w*|reset\w*|streak\w*|victim\w*|fracas\w*|recaíd\w*|víctima\w*"
    r"|versag\w*|rückf[aä]ll\w*|opfer\w*|usted\w*|Ihnen|Ihre?[mnrs]?)\b"
)


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "gather_translations", ROOT / "tools" / "gather_translations.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_catalogues_are_those_of_the_code(translations: ModuleType) -> None:
    old = [
        path.relative_to(ROOT)
        for path, wanted in translations.wanted().items()
        if not path.exists() or path.read_bytes() != wanted
    ]
    assert old == [], "run tools/translations"


@pytest.mark.parametrize("language", ["de", "es"])
def test_what_is_promised_is_translated_in_whole(translations: ModuleType, language: str) -> None:
    missing = [
        str(one.id)
        for one in translations.read(language)
        if one.id
        and any(path.startswith(WHOLE) for path, _ in one.locations)
        and not translations._is_translated(one.string)
    ]
    assert missing == []


@pytest.mark.parametrize("language", ["de", "es"])
def test_a_translation_fits_its_text(translations: ModuleType, language: str) -> None:
    catalog = translations.read(language)
    wrong = [(message.id, errors) for message, errors in catalog.check()]
    assert wrong == []
    for one in catalog:
        strings = one.string if isinstance(one.string, tuple) else (one.string,)
        for string in strings if one.id else ():
            assert not FORBIDDEN.search(string), string
            assert not string or _frame(string) == _frame(_english(one)), string


def _english(one: object) -> str:
    text = one.id  # type: ignore[attr-defined]
    return text[0] if isinstance(text, tuple) else str(text)


def _frame(text: str) -> tuple[bool, bool]:
    """Whether it begins and ends with a space, as what is put together needs it."""
    return text[:1].isspace(), text[-1:].isspace()


class Words(HTMLParser):
    """The text of a template between its tags, and in the attributes that are read out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_code = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_code += tag in ("kbd", "code")
        read_out = ("aria-label", "alt", "placeholder", "title")
        self.found += [value or "" for name, value in attrs if name in read_out]

    def handle_endtag(self, tag: str) -> None:
        self._in_code -= tag in ("kbd", "code")

    def handle_data(self, data: str) -> None:
        if not self._in_code:
            self.found.append(data)


def bare_words(template: str) -> list[str]:
    """What a template says that no translation could reach."""
    for whole in (
        r"\{% comment.*?%\}.*?\{% endcomment %\}",
        r"\{% blocktrans(?:late)?\b.*?%\}.*?\{% endblocktrans(?:late)? %\}",
        r"\{#.*?#\}",
        r"\{%.*?%\}",
        r"\{\{.*?\}\}",
    ):
        template = re.sub(whole, " ", template, flags=re.DOTALL)
    found = (text.strip() for text in Words(template).found)
    return [text for text in found if text not in NAMES and re.search(r"[^\W\d_]{2}", text)]


@pytest.mark.parametrize(
    "path",
    sorted(TEMPLATES.rglob("*.html")),
    ids=lambda path: str(path.relative_to(TEMPLATES)),
)
def test_every_word_of_a_page_can_be_translated(path: Path) -> None:
    if str(path.relative_to(TEMPLATES)) not in FOR_OURSELVES:
        assert bare_words(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("template", "bare"),
    [
        ("<p>{% translate 'Hello' %}</p>", []),
        ("<p>Hello</p>", ["Hello"]),
        ('<nav aria-label="Pages">{{ way }}</nav>', ["Pages"]),
        ("{% blocktranslate %}One <kbd>doctor</kbd>{% endblocktranslate %}", []),
        ("<p>{% if a > b %}yes{% endif %} · <kbd>bin/stillwater</kbd></p>", ["yes  ·"]),
    ],
)
def test_bare_words_are_found(template: str, bare: list[str]) -> None:
    assert bare_words(template) == bare


def test_texts_are_found_in_templates_and_in_code(translations: ModuleType) -> None:
    template = (
        "{% load i18n %}{% blocktranslate trimmed count n=x context 'a' %}one\n {{ n }} day"
        "{% plural %}{{ n }} days{% endblocktranslate %}"
        "{% blocktranslate trimmed count n=x %}{{ n }} way{% plural %}{{ n }} ways"
        "{% endblocktranslate %}"
        '{% translate "It\'s" %}{{ day|date:_("j F") }}'
    )
    assert list(translations._in_template(template)) == [
        ("one %(n)s day", "%(n)s days", "a"),
        ("%(n)s way", "%(n)s ways", ""),
        ("It's", "", ""),
        ("j F", "", ""),
    ]
    code = (
        'x = _("One " "two")\ny = ngettext("%d a", "%d b", n)\nz = pgettext_lazy("c", "d")\n'
        'raise UserError(to_say("e"), f"{x}")\n'
    )
    assert list(translations._in_python(code)) == [
        ("One two", "", ""),
        ("%d a", "%d b", ""),
        ("d", "", "c"),
        ("e", "", ""),
    ]
