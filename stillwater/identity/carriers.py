"""Services that carry word out of prisons and jails, and those that warn of who is let out.

The first are a way in for an other who is inside: theirs where the other's name stands
in it, asked about where it does not. The second always pass: a call at night about a
release must never be taken for harassment. Names and domains as the services show them
(2025); a domain counts with everything below it.
"""

import re
from enum import Enum

from stillwater.core.arrivals import Arrival


class Service(Enum):
    FROM_INSIDE = "from inside"
    SAYS_FROM_INSIDE = "says from inside"  # by its name or words alone
    NOTIFICATION = "notification"
    SAYS_NOTIFICATION = "says notification"  # by its name or words alone: anybody can write them


_FROM_INSIDE_DOMAINS = frozenset(
    [
        "viapath.com",
        "gtl.net",
        "connectnetwork.com",
        "gettingout.com",
        "securustech.net",
        "securustech.online",
        "jpay.com",
        "corrlinks.com",
        "smartcommunications.us",
        "smartjailmail.com",
        "smartinmate.com",
        "prisonvoicemail.com",
        "emailaprisoner.com",
        "unilink.com",
        "inmatecanteen.com",
        "tidalprison.co.uk",
        "ncic.com",
        "inmatesales.com",
        "icsolutions.com",
        "paytel.com",
        "homewav.com",
        "citytelecoin.com",
        "jailatm.com",
        "texasinmatephones.com",
        "edovo.com",
        "prisonphones.co.uk",
        "fonesavvy.co.uk",
    ]
)
_NOTIFICATION_DOMAINS = frozenset(
    [
        "vinelink.com",
        "vineapps.com",
        "globalnotifications.com",
        "appriss.com",
        "equifax-vine.com",
        "notify.usdoj.gov",
        "vns.usdoj.gov",
        "victimcontact.gov.uk",
    ]
)
_FROM_INSIDE = re.compile(
    r"\b(?:viapath|global tel\s?\*?link|gtl|connectnetwork|gettingout|securus|jpay|corrlinks"
    r"|smart ?jail ?mail|smart communications|prison voicemail|email a prisoner|homewav"
    r"|inmate (?:calling|message|mail)|ic ?solutions)\b",
    re.IGNORECASE,
)
_PREPAID = re.compile(
    r"\b(?:(?:prepaid|collect) call from|call from (?:an? )?(?:inmate|incarcerated (?:person"
    r"|individual)|prisoner)|(?:an )?(?:inmate|incarcerated (?:person|individual)) at"
    r"|has sent you a message (?:from|through) (?:prison|jail))\b",
    re.IGNORECASE,
)
_NOTIFICATION = re.compile(
    r"\b(?:vine ?link|vine (?:service|notification|alert)|this is (?:a call from )?(?:the )?vine"
    r"|victim (?:information and )?notification|victim notification (?:system|service)"
    r"|victim contact (?:scheme|service|unit|officer)|statewide automated victim)\b",
    re.IGNORECASE,
)
_NOTIFIERS = re.compile(r"\s*(?:vine|vinelink|vns|usdoj[- ]?vns|savin)\s*", re.IGNORECASE)
_LOOK_AT = 1_000


def service_of(arrival: Arrival, text: str) -> Service | None:
    """Which service this comes from, by its address, the name it shows, and its first words."""
    domains = [domain for each in arrival.senders if (domain := _domain(each.handle))]
    names = [name for each in arrival.senders for name in (each.name, each.handle) if name]
    first = f"{arrival.subject or ''}\n{text[:_LOOK_AT]}"
    if any(_lies_in(one, _NOTIFICATION_DOMAINS) for one in domains):
        return Service.NOTIFICATION
    if any(_lies_in(one, _FROM_INSIDE_DOMAINS) for one in domains):
        return Service.FROM_INSIDE
    if any(_NOTIFIERS.fullmatch(name[:100]) for name in names) or _NOTIFICATION.search(first):
        return Service.SAYS_NOTIFICATION
    if any(_FROM_INSIDE.search(name[:100]) for name in names) or _PREPAID.search(first):
        return Service.SAYS_FROM_INSIDE
    return None


def _domain(handle: str | None) -> str | None:
    return handle.rpartition("@")[2].casefold() if handle and "@" in handle else None


def _lies_in(domain: str, among: frozenset[str]) -> bool:
    labels = domain.split(".")
    return any(".".join(labels[at:]) in among for at in range(len(labels) - 1))
