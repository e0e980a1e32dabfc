"""A picture is drawn anew elsewhere; what else it carried is gone, and a broken one is none."""

import io
from itertools import pairwise

import pytest
from PIL import Image

from stillwater.gate.redrawing import redrawn


def photograph(kind: str = "JPEG") -> bytes:
    drawn = Image.new("RGB", (64, 48), (200, 10, 10))
    drawn.paste((10, 10, 200), (32, 0, 64, 48))
    about = Image.Exif()
    about[0x010E] = "where we live"
    out = io.BytesIO()
    drawn.save(out, kind, exif=about)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_it_carried_along_is_gone(kind: str) -> None:
    original = photograph(kind)
    assert b"where we live" in original
    drawn = redrawn(original, blurs=False)
    assert drawn is not None
    assert b"where we live" not in drawn
    with Image.open(io.BytesIO(drawn)) as seen:
        assert (seen.format, seen.size) == ("PNG", (64, 48))
        assert not seen.getexif()


def test_blurred_no_edge_is_left() -> None:
    drawn = redrawn(photograph(), blurs=True)
    assert drawn is not None
    with Image.open(io.BytesIO(drawn)) as seen:
        row = [seen.getpixel((x, seen.height // 2)) for x in range(seen.width)]
    steps = [abs(a[0] - b[0]) for a, b in pairwise(row)]  # type: ignore[index]
    assert max(steps) < 8


@pytest.mark.parametrize("broken", [b"", b"\xff\xd8\xff no picture", photograph()[:200], b"<svg/>"])
def test_a_broken_one_is_none(broken: bytes) -> None:
    assert redrawn(broken, blurs=True) is None
