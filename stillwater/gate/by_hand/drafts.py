"""Entries that are being written, each step sealed to the person as it is taken.

A draft outlives the lock, the browser and the program; nobody but the person opens it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from django.db import transaction

from stillwater.channels.by_hand.entry import Draft
from stillwater.channels.by_hand.happenings import Happening
from stillwater.channels.by_hand.pictures import MOST_PICTURES, Picture, checked
from stillwater.core.clock import Clock
from stillwater.core.errors import UserError
from stillwater.core.ids import Randomness, new_public_id, system_randomness
from stillwater.core.saying import to_say
from stillwater.gate.models import HandDraft, HandPicture
from stillwater.people.models import Person
from stillwater.reading.pictures import read_picture
from stillwater.vault.keys import Session, keyring_of, seal_private

_ID = re.compile(r"[0-9a-f]{32}")
Change = Callable[[Draft], Draft]


@dataclass(frozen=True)
class Drafts:
    """The drafts of one person who is signed in."""

    session: Session
    clock: Clock
    randomness: Randomness = system_randomness

    @property
    def _person(self) -> Person:
        return self.session.person

    def begin(self, form_key: str, happening: Happening) -> Draft:
        """A new draft; the one of this form where it was sent before."""
        key = form_key if _ID.fullmatch(form_key) else new_public_id(self.randomness)
        now = self.clock.now()
        draft = Draft(new_public_id(self.randomness), happening, now)
        with transaction.atomic():
            row, is_new = HandDraft.objects.get_or_create(
                person=self._person,
                form_key=key,
                defaults={
                    "public_id": draft.id,
                    "changed_at": now,
                    "sealed": self._sealed(draft.to_bytes()),
                },
            )
        return draft if is_new else self._opened(row)

    def all(self) -> list[Draft]:
        """The newest first."""
        rows = HandDraft.objects.filter(person=self._person).order_by("-changed_at", "-pk")
        return [self._opened(row) for row in rows]

    def find(self, untrusted_id: str) -> Draft | None:
        """The draft of that id; None where this person has none."""
        row = self._row(untrusted_id)
        return self._opened(row) if row else None

    def change(self, draft_id: str, change: Change) -> Draft:
        """Take a step: what was on the disk before is changed, so nothing else is lost."""
        with transaction.atomic():
            rows = HandDraft.objects.select_for_update().filter(person=self._person)
            row = rows.get(public_id=draft_id)
            draft = change(self._opened(row))
            row.sealed, row.changed_at = self._sealed(draft.to_bytes()), self.clock.now()
            row.save(update_fields=["sealed", "changed_at"])
        return draft

    def add_picture(self, draft_id: str, untrusted_raw: bytes) -> Draft:
        """Seal one picture as it came, and note what it says of itself. Raises UserError.

        The same picture twice is there once.
        """
        plain = checked(untrusted_raw, new_public_id(self.randomness))
        said = read_picture(untrusted_raw)
        picture = replace(plain, taken_at=said.taken_at, says_place=said.says_place)
        sealed = self._sealed(untrusted_raw)
        with transaction.atomic():
            return self.change(draft_id, partial(self._with_picture, picture, sealed))

    def _with_picture(self, picture: Picture, sealed: bytes, draft: Draft) -> Draft:
        if any(one.sha256 == picture.sha256 for one in draft.pictures):
            return draft
        if len(draft.pictures) >= MOST_PICTURES:
            raise UserError(
                to_say("There are ten pictures already."),
                to_say("Write the rest down as another entry, or take one away first."),
            )
        HandPicture.objects.create(
            person=self._person,
            public_id=picture.id,
            draft=HandDraft.objects.get(person=self._person, public_id=draft.id),
            sealed=sealed,
        )
        return replace(draft, pictures=(*draft.pictures, picture))

    def drop_picture(self, draft_id: str, untrusted_id: str) -> Draft:
        """Take a picture out of a draft; one that is not in it changes nothing."""

        def without(draft: Draft) -> Draft:
            HandPicture.objects.filter(
                person=self._person, draft__public_id=draft_id, public_id=untrusted_id
            ).delete()
            kept = tuple(one for one in draft.pictures if one.id != untrusted_id)
            return replace(draft, pictures=kept)

        return self.change(draft_id, without)

    def picture(self, picture: Picture) -> bytes:
        """A picture of a draft as it came. Raises UserError where it is not there any more."""
        row = HandPicture.objects.filter(person=self._person, public_id=picture.id).first()
        if row is None:
            raise UserError(
                to_say("One of the pictures is not there any more."),
                to_say("Take it out, and add it once more."),
            )
        return self.session.open_private(bytes(row.sealed))

    def drop(self, draft_id: str) -> None:
        """Not wanted after all: nothing of it stays."""
        with transaction.atomic():
            HandDraft.objects.filter(person=self._person, public_id=draft_id).delete()

    def _row(self, untrusted_id: str) -> HandDraft | None:
        if not _ID.fullmatch(untrusted_id):
            return None
        return HandDraft.objects.filter(person=self._person, public_id=untrusted_id).first()

    def _sealed(self, plain: bytes) -> bytes:
        return seal_private(keyring_of(self._person).recipient, plain)

    def _opened(self, row: HandDraft) -> Draft:
        return Draft.from_bytes(self.session.open_private(bytes(row.sealed)))
