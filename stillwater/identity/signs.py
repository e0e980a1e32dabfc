"""The signs that a stranger may be an other: each a small function, an arrival in, evidence out.

The weights of style are measured (docs/identity.md). Those of the other signs are
judgements, ordered by how seldom a real stranger shows them, and held by scenarios;
nobody has data on this that could be used.
"""

import math
import re
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from stillwater.core.arrivals import Arrival, Profile
from stillwater.core.judgements import Reading
from stillwater.core.words import Channel, Tactic
from stillwater.identity.evidence import Evidence, Sign
from stillwater.identity.introductions import Claim, claims_in, introduced, names_one
from stillwater.identity.platforms import is_machine_sender
from stillwater.identity.style.writer import ENOUGH, Comparison

_NOTHING: tuple[Evidence, ...] = ()

_CLAIM_WEIGHTS = {
    Claim.BLOCKED: (3.0, "It speaks of having been blocked."),
    Claim.ME: (1.7, "It says that you know who it is, without a name."),
    Claim.IGNORED: (1.5, "It speaks of messages that were not answered."),
    Claim.NEW_NUMBER: (1.0, "It speaks of a new number or account."),
}
_PULLING = {
    Tactic.NOSTALGIA: 1.5,
    Tactic.GUILT: 1.4,
    Tactic.REVERSAL: 1.4,
    Tactic.PITY: 1.0,
    Tactic.APOLOGY: 1.2,
    Tactic.FLATTERY: 0.9,
    Tactic.PROMISE: 0.6,
    Tactic.INTIMIDATION: 0.8,
    Tactic.TRIANGULATION: 0.6,
    Tactic.SMEAR: 0.6,
    Tactic.PROVOCATION: 0.6,
}
_SURE_TACTIC = 0.6
_PULL = re.compile(
    r"\b(?:(?:i|we) (?:still )?(?:miss|love|need) (?:you|u)\b|forgive me|come (?:back|home)\b"
    r"|sorry for (?:everything|what i|how i|all)|remember when we|after all i|everything i did"
    r"|give (?:me|us) (?:one more|another|a) chance|i(?:'?ve| have)? changed\b|how could you"
    r"|why are you doing this|what you(?:'re| are)? (?:doing|did) to (?:me|us)|talk to me"
    r"|ich vermisse dich|ich liebe dich|verzeih mir|komm (?:zurück|nach hause)|te extraño"
    r"|te echo de menos|perd[oó]name|vuelve a casa)",
    re.IGNORECASE,
)


def by_style(comparison: Comparison) -> Iterable[Evidence]:
    """How it is written. Said even where too little is known for it to count."""
    if comparison.known == 0:
        return _NOTHING
    if comparison.cold:
        reason = f"Fewer than {ENOUGH} texts of theirs are known, so style says little."
    elif comparison.llr > 0:
        reason = "It is written as they write."
    else:
        reason = "It is not written as they write."
    return (Evidence(Sign.STYLE, comparison.llr, reason),)


def by_names(arrival: Arrival, text: str, names: Collection[str]) -> Iterable[Evidence]:
    """``names``: those of the other in lower case. A name with a place behind it says less."""
    pieces: list[Evidence] = []
    for name, with_place in introduced(text):
        if not names_one(name, names):
            reason = "It introduces itself under another name."
            pieces.append(Evidence(Sign.ELSE, -2.5 if with_place else -1.5, reason))
        elif with_place:
            pieces.append(Evidence(Sign.NAME, 1.0, "It gives their name, and a place or firm."))
        else:
            pieces.append(Evidence(Sign.NAME, 4.0, "It gives their name as its own."))
    shown = [address.name.lower() for address in arrival.senders if address.name]
    if any(_shows(name, names) for name in shown):
        pieces.append(Evidence(Sign.NAME, 2.5, "The sender shows their name."))
    return pieces


def _shows(shown: str, names: Collection[str]) -> bool:
    words = re.findall(r"\w+", shown[:100])
    return any(len(name) > 2 and name in words for name in names)


def by_facts(
    words: Collection[int], theirs: Collection[int], strangers: Collection[int]
) -> Iterable[Evidence]:
    """Hashes of rare words: of this arrival, of the other, of unknown senders in general."""
    shared = sum(one in theirs and one not in strangers for one in words)
    if not shared:
        return _NOTHING
    reason = "It names someone or something that they wrote of before."
    return (Evidence(Sign.FACTS, 1.0 + 1.2 * shared, reason),)


def by_family(text: str, names: Collection[str]) -> Iterable[Evidence]:
    """Names in the plan that few people know: children and what they are called."""
    words = set(re.findall(r"\w+", text[:4000].lower()))
    if not any(len(name) > 2 and name in words for name in names):
        return _NOTHING
    return (Evidence(Sign.FACTS, 1.0, "It names a child of yours."),)


def by_phrases(runs: Collection[int], theirs: Collection[int]) -> Iterable[Evidence]:
    """Hashes of runs of words that they wrote before."""
    shared = sum(run in theirs for run in runs)
    if not shared:
        return _NOTHING
    reason = "It repeats words in a row that they wrote before."
    return (Evidence(Sign.PHRASES, 0.8 + 0.8 * shared, reason),)


def by_claims(text: str) -> Iterable[Evidence]:
    return [Evidence(Sign.CLAIM, *_CLAIM_WEIGHTS[claim]) for claim in claims_in(text)]


def by_pull(text: str, reading: Reading | None) -> Iterable[Evidence]:
    """Words of closeness or of a common past: real strangers seldom write them."""
    found = [
        weight
        for tactic, weight in _PULLING.items()
        if reading is not None and reading.tactics.get(tactic, 0.0) >= _SURE_TACTIC
    ]
    if _PULL.search(text[:2000]):
        found.append(1.3)
    if not found:
        return _NOTHING
    reason = "It is of a closeness, or a past, that a stranger has not."
    return (Evidence(Sign.PULL, min(2.0, max(found) + 0.3 * (len(found) - 1)), reason),)


def by_time(
    at: datetime, hours: list[int], last_at: datetime | None, since: date | None
) -> Iterable[Evidence]:
    """``at`` in the person's zone; ``hours``: their attempts by hour of the day."""
    if since is not None and at.date() < since:
        yield Evidence(Sign.TIME, -0.8, "It came before block day.")
        return
    if since is not None and at.date() <= since + timedelta(days=3):
        yield Evidence(Sign.TIME, 0.8, "It came soon after block day.")
    if last_at is not None and timedelta() <= at - last_at <= timedelta(hours=24):
        yield Evidence(Sign.TIME, 0.4, "They tried to reach you within the day before it.")
    all_of_them = sum(hours)
    if all_of_them >= ENOUGH:
        near = sum(hours[(at.hour + away) % 24] for away in (-1, 0, 1))
        llr = math.log((near + 3) / (all_of_them + 24) * 8)
        llr = min(0.5, max(-0.5, llr))
        usual = "an hour" if llr > 0 else "no hour"
        yield Evidence(Sign.TIME, llr, f"It came at {usual} that is usual for them.")


def by_profile(profile: Profile) -> Iterable[Evidence]:
    """What a network shows of the account."""
    age = profile.age_days
    if age is not None and age < 14:
        yield Evidence(Sign.PROFILE, 1.0, "The account is days old.")
    elif age is not None and age > 365:
        yield Evidence(Sign.PROFILE, -1.5, "The account is years old.")
    if profile.has_picture is False:
        yield Evidence(Sign.PROFILE, 0.4, "The account has no picture.")
    if profile.mutual_contacts == 0:
        yield Evidence(Sign.PROFILE, 0.3, "The account has no contacts in common with you.")


_FIRM = re.compile(r"[A-Za-z][A-Za-z0-9 &.\-]{1,20}|\+?\d{3,6}")
_PERSONAL = frozenset({Channel.SMS, Channel.WHATSAPP, Channel.SIGNAL, Channel.TELEGRAM})


def by_sender(arrival: Arrival, reading: Reading | None, *, bulk: bool) -> Iterable[Evidence]:
    """Firms, machines and lists write to everybody."""
    if reading is not None and reading.one_time_code:
        yield Evidence(Sign.SENDER, -4.0, "It is a one-time code.")
    if bulk:
        yield Evidence(Sign.SENDER, -3.0, "It went to many: a list or a mailing.")
    handle = arrival.senders[0].handle if arrival.senders else None
    if handle is None:
        return
    if "@" in handle and ":" not in handle and is_machine_sender(handle.strip().casefold()):
        yield Evidence(Sign.SENDER, -3.0, "Its address is one that machines write from.")
    if arrival.channel in _PERSONAL and _FIRM.fullmatch(handle):
        yield Evidence(Sign.SENDER, -2.5, "Its sender is a firm or a short number.")
