"""Whether a sender is who it says: only the person's own mail server can tell.

DMARC (RFC 7489) passed, or a DKIM signature (RFC 6376) that passed is aligned
with the domain in From, relaxed: the same domain, one above it or one below.
"""

from stillwater.core.arrivals import Auth


def is_proved(auth: Auth, from_domain: str) -> bool:
    """Whether the server vouches for a sender in ``from_domain`` (ASCII, lower case)."""
    if auth.dmarc == "fail":
        return False
    return auth.dmarc == "pass" or any(_aligned(one, from_domain) for one in auth.dkim)


def is_disproved(auth: Auth) -> bool:
    """Whether the server says outright that the sender is not who it claims to be."""
    return auth.dmarc == "fail"


def _aligned(signed_by: str, from_domain: str) -> bool:
    signed_by = signed_by.strip().strip(".").casefold()
    if "." not in signed_by or "." not in from_domain:
        return False
    return (
        signed_by == from_domain
        or from_domain.endswith("." + signed_by)
        or signed_by.endswith("." + from_domain)
    )
