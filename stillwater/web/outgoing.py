"""Files that were made at the page and wait to be saved: sealed, one folder a person."""

from pathlib import Path
from typing import BinaryIO, cast

from django.http import FileResponse, HttpResponse

from stillwater.vault import files
from stillwater.web.here import Here


def place(here: Here, name: str) -> Path:
    """Where a file of this person's waits; ``name`` is one of ours."""
    folder = here.home.outgoing / here.person.public_id
    files.private_folder(folder)
    return folder / name


def saved_as(file: Path | BinaryIO, name: str) -> HttpResponse:
    """A file, in pieces, for the browser to save under a name that says nothing."""
    answer = FileResponse(
        file.open("rb") if isinstance(file, Path) else file,
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )
    # Django's streaming answers are no HttpResponse by their class; whatever we do with
    # answers (headers, middleware) they do as well.
    return cast(HttpResponse, answer)
