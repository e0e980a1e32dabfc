from dataclasses import dataclass
from stillwater.core.arrivals import Attachment


@dataclass(frozen=True, slots=True)
class MailBody:
    text: str
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[str, ...] = ()


def body(untrusted_raw: bytes) -> MailBody:
    return MailBody("")
