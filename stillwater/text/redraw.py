"""Draws a picture anew, in a process of its own: ``python -m stillwater.text.redraw BLUR``.

The picture comes on standard input and goes to standard output as PNG, without whatever else
it carried. Whoever starts this gives it no keys; limits of time and memory are set here.
"""

import io
import resource
import sys

from PIL import Image, ImageFilter, ImageOps

MOST_MEMORY = 1024 * 1024 * 1024  # bytes of address space
MOST_SECONDS = 10  # of computing
MOST_PIXELS = 50_000_000
WIDEST = 1600  # pixels
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_SMALL = 24  # pixels of the blurred one, before it is made large again: nothing else is left
_SHOWN = 480


def redraw(untrusted_picture: bytes, *, blurs: bool) -> bytes:
    """The first frame as PNG. Raises whatever the picture makes the library raise."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(untrusted_picture), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        drawn = ImageOps.exif_transpose(opened).convert("RGB")
    drawn.thumbnail((WIDEST, WIDEST))
    if blurs:
        drawn.thumbnail((_SMALL, _SMALL))
        scale = _SHOWN / max(drawn.size)
        size = (max(1, round(drawn.width * scale)), max(1, round(drawn.height * scale)))
        drawn = drawn.resize(size).filter(ImageFilter.GaussianBlur(24))
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def main() -> None:
    """Read, draw, write."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    picture = redraw(sys.stdin.buffer.read(), blurs=sys.argv[1:] == ["blur"])
    sys.stdout.buffer.write(picture)


if __name__ == "__main__":
    main()
