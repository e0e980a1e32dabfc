"""Where Stillwater keeps everything: one folder, nobody else may look into it."""

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


@dataclass(frozen=True)
class Home:
    """The data folder and the places in it. Nothing is made until ``prepare``."""

    root: Path

    @classmethod
    def from_environment(cls) -> "Home":
        """``$STILLWATER_HOME``, else the platform's own data folder."""
        chosen = os.environ.get("STILLWATER_HOME")
        root = Path(chosen) if chosen else user_data_path("stillwater", appauthor=False)
        return cls(root.expanduser().absolute())

    @property
    def database(self) -> Path:
        return self.root / "stillwater.sqlite3"

    @property
    def vault(self) -> Path:
        """Sealed originals: vault/<person>/<first two digits>/<item>.age"""
        return self.root / "vault"

    @property
    def orphans(self) -> Path:
        """Vault files that no row names: set aside, never deleted."""
        return self.root / "orphans"

    @property
    def spool(self) -> Path:
        """Sealed but not yet read: under the machine key, and emptied once read."""
        return self.root / "spool"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def pins(self) -> Path:
        """The last checkpoint of each ledger, kept apart from the database."""
        return self.root / "pins"

    @property
    def profiles(self) -> Path:
        """What identity learnt, one file a person: counts and hashes, under the machine key."""
        return self.root / "profiles"

    @property
    def snapshots(self) -> Path:
        """Copies of the database, made before every migration."""
        return self.root / "snapshots"

    @property
    def outgoing(self) -> Path:
        """Sealed files that were made at the page, one folder a person, until they are saved."""
        return self.root / "outgoing"

    @property
    def locks(self) -> Path:
        return self.root / "locks"

    @property
    def last_backup(self) -> Path:
        """An empty file; its time is that of the last backup. For doctor."""
        return self.root / "last-backup"

    def last_backup_of(self, public_id: str) -> Path:
        """The same for one person; its time is that of the backup's beginning."""
        return self.root / f"last-backup-{public_id}"

    def prepare(self) -> None:
        """Make every folder, each for its owner alone (mode 0700).

        Raises OSError where that cannot be done.
        """
        for folder in (
            self.root,
            self.vault,
            self.orphans,
            self.spool,
            self.keys,
            self.pins,
            self.profiles,
            self.snapshots,
            self.outgoing,
            self.locks,
        ):
            folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            folder.chmod(PRIVATE_FOLDER)
