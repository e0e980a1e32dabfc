"""The process that looks at one picture: ``python -m stillwater.reading.picture_child``.

The picture comes in on standard input; one line of JSON goes out. Only its head is taken
apart, never its pixels.
"""

import io
import json
import sys
import warnings
from typing import Any

from PIL import (
    ExifTags,
    Image,
    JpegImagePlugin,  # noqa: F401 - loaded before anything may no longer be
    MpoImagePlugin,  # noqa: F401 - likewise
    PngImagePlugin,  # noqa: F401 - likewise
    TiffImagePlugin,  # noqa: F401 - likewise
    WebPImagePlugin,  # noqa: F401 - likewise
)

from stillwater.reading.limits import lock_down, one_more_item

_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")


def look(untrusted_head: bytes) -> dict[str, Any]:
    """``taken`` and ``place`` of a picture. Raises whatever the library does."""
    with Image.open(io.BytesIO(untrusted_head), formats=_FORMATS) as image:
        exif = image.getexif()
        inner = exif.get_ifd(ExifTags.IFD.Exif)
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    taken = _text(inner.get(ExifTags.Base.DateTimeOriginal))
    offset = _text(inner.get(ExifTags.Base.OffsetTimeOriginal))
    says_place = ExifTags.GPS.GPSLatitude in place or ExifTags.GPS.GPSLongitude in place
    return {"taken": f"{taken}|{offset}" if taken and offset else taken, "place": says_place}


def _text(untrusted_value: object) -> str:
    """A text value of the form that cameras write; "" for anything else."""
    if not isinstance(untrusted_value, str):
        return ""
    return untrusted_value.split("\0")[0].strip()[:40]


def main() -> None:
    lock_down()
    one_more_item()
    warnings.simplefilter("ignore")
    print(json.dumps(look(sys.stdin.buffer.read())))  # noqa: T201 - the parent reads this line


if __name__ == "__main__":
    main()
