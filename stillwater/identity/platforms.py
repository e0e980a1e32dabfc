"""Mail that a platform sends on somebody's behalf: payment notes, shared papers, invitations.

The address it comes from is nobody's, so it is matched on Reply-To, on the
name it shows and on what stands in it; and nothing is ever learnt about it.
"""

import re

# Local parts that machines write from. A person's own address matches none of them.
_MACHINE = re.compile(
    r"(?:.*[-_.+])?"
    r"(?:no-?_?\.?reply|do-?_?\.?not-?_?\.?reply|notif(?:y|ications?)|mailer(?:-daemon)?"
    r"|invit(?:e|es|ations?)|service|payments?|messages?|alerts?|shares?|bounces?|automated)"
    r"(?:[-_.+].*)?"
)
_LONGEST_LOCAL = 64  # RFC 5321, octets
_WORD = re.compile(r"[\w.\-]{3,64}")
_LOOK_AT = 4000  # characters of a text in which a platform names its sender


def is_machine_sender(address: str) -> bool:
    """Whether this mail address (exact form) is one that machines write from."""
    local = address.partition("@")[0]
    return len(local) <= _LONGEST_LOCAL and _MACHINE.fullmatch(local) is not None


def network_of(address: str, networks: set[str]) -> str | None:
    """The network among ``networks`` whose own domain this address lies in, if any."""
    labels = address.rpartition("@")[2].split(".")
    return next((label for label in labels if label in networks), None)


def account_names(*texts: str | None) -> list[str]:
    """Words in these texts that could be account names, each once, in order."""
    found: dict[str, None] = {}
    for text in texts:
        for word in _WORD.findall((text or "")[:_LOOK_AT]):
            found.setdefault(word.strip(".-"))
    return list(found)
