"""Where things lie in a bundle."""

from __future__ import annotations

import re

ITEMS_JSON = "data/items.json"
ITEMS_CSV = "data/items.csv"
CUSTODY_JSON = "data/custody.json"
CUSTODY_CSV = "data/custody.csv"
KEY_PEM = "data/ledger/key.pem"
ALLOWED_SIGNERS = "data/ledger/allowed_signers"

_ORIGINAL = re.compile(r"data/originals/([0-9]{4,9}-[0-9a-f]{32})\.[a-z0-9]{1,5}")
_CHECKPOINT = re.compile(r"data/ledger/log-([1-9][0-9]{0,8})/checkpoint")


def stem(untrusted_file: object) -> str | None:
    """``0001-<id>`` of an original's name; None where it is not such a name."""
    if not isinstance(untrusted_file, str):
        return None
    match = _ORIGINAL.fullmatch(untrusted_file)
    return match[1] if match else None


def original(number: int, item_id: str, ending: str) -> str:
    return f"data/originals/{number:04d}-{item_id}.{ending}"


def salt(name: str) -> str:
    return f"data/salts/{name}.salt"


def leaf(name: str) -> str:
    return f"data/leaves/{name}.json"


def proof(name: str) -> str:
    return f"data/proofs/{name}.tlog-proof"


def custody_stem(number: int) -> str:
    return f"custody-{number:04d}"


def checkpoint(log: int) -> str:
    return f"data/ledger/log-{log}/checkpoint"


def note_key(log: int) -> str:
    return f"data/ledger/log-{log}/key.vkey"


def leaf_hashes(log: int) -> str:
    return f"data/ledger/log-{log}/leaf-hashes"


def logs_in(names: dict[str, str]) -> list[int]:
    """The numbers of the logs whose checkpoints stand among ``names``."""
    return sorted(int(m[1]) for m in map(_CHECKPOINT.fullmatch, names) if m)
