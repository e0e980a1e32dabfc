from django.apps import AppConfig, apps

from stillwater.channels.mail.live.tokens import PUBLIC, Endpoints
from stillwater.web.late import Late
from stillwater.web.mailboxes.drafts import Drafts
from stillwater.web.patience import Patience
from stillwater.web.unlocked import UnlockedSessions
from stillwater.web.uploads import OpenUploads


class WebConfig(AppConfig):
    """Holds what lives in the memory of the page process alone."""

    name = "stillwater.web"
    label = "web"
    drafts: Drafts
    patience: Patience
    unlocked: UnlockedSessions
    uploads: OpenUploads
    late: Late
    endpoints: Endpoints = PUBLIC  # where permissions are asked for

    def ready(self) -> None:
        self.drafts, self.patience = Drafts(), Patience()
        self.unlocked = UnlockedSessions()
        self.uploads, self.late = OpenUploads(), Late()


def in_memory() -> WebConfig:
    """What this process keeps in mind, and nowhere else."""
    found = apps.get_app_config("web")
    assert isinstance(found, WebConfig)
    return found
