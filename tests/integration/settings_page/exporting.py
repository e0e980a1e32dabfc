"""An export at the page, step by step."""

from stillwater.vault.models import Leaf
from tests.integration.settings_page.conftest import PASSPHRASE, Living


def choose(living: Living, status: int = 302, **form: str) -> str:
    """Choose; gives the address of the export's page."""
    seen = living.browser.get("/i/a")
    (other,) = [one["value"] for one in seen.fields if one.get("name") == "other"]
    form = {"other": other or "", "to": "me", **form}
    living.browser.post("/i/a", status=status, **form)
    return living.browser.at


def ask(living: Living, at: str) -> str:
    return living.browser.post(f"{at}/ask", passphrase=PASSPHRASE).text


def make(living: Living, at: str, **form: str) -> object:
    return living.file(f"{at}/go", passphrase=PASSPHRASE, **form)


def leaves(living: Living, kind: str) -> int:
    found = Leaf.objects.filter(person=living.person)
    return sum(f'"kind":"{kind}"'.encode() in bytes(one.data) for one in found)
