"""Pictures for tests, small, with what cameras write into them."""

import io

from PIL import ExifTags, Image


def plain_picture(colour: int = 0, form: str = "PNG") -> bytes:
    """A picture that says nothing of itself."""
    out = io.BytesIO()
    Image.new("L", (2, 2), colour).save(out, form)
    return out.getvalue()


def camera_picture(
    taken: str = "2026:03:01 18:02:11",
    offset: str = "",
    *,
    place: bool = False,
    form: str = "JPEG",
    noise: bytes = b"",
) -> bytes:
    """One as a camera writes it: ``noise`` stands behind it and makes it another one."""
    image = Image.new("RGB", (8, 8))
    exif = image.getexif()
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        inner[ExifTags.Base.OffsetTimeOriginal] = offset
    if place:
        where = exif.get_ifd(ExifTags.IFD.GPSInfo)
        where[ExifTags.GPS.GPSLatitudeRef] = "N"
        where[ExifTags.GPS.GPSLatitude] = (52.0, 30.0, 0.0)
    out = io.BytesIO()
    image.save(out, form, exif=exif if form == "TIFF" else exif.tobytes())
    return out.getvalue() + noise
