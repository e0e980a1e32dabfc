"""Small still pictures, made here as SVG: a ring of days, a row of weeks.

They are served under addresses of their own and shown as ``<img>``. Colour stands in
attributes, never in a style, so that the strict policy holds for them too; each exists in a
light and a dark form. They hold no words: the page says in words what they show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.http import HttpResponse

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours of static/web/page.css, for one of the two grounds."""

    water: str  # what is there
    line: str  # what is not there yet


LIGHT = Paint("#4f7f90", "#dcd8cd")
DARK = Paint("#7fb0c1", "#2a363c")


def picture(drawn: str) -> HttpResponse:
    """As a browser takes it for an image, and for nothing else."""
    return HttpResponse(drawn, content_type="image/svg+xml")


def ring(held: int, of: int, paint: Paint, *, is_open: bool = False) -> str:
    """A ring of ``of`` places, of which ``held`` are filled; the next is begun if ``is_open``."""
    step = 2 * pi / of
    places = []
    for at in range(of):
        begun = is_open and at == held
        colour = paint.water if at < held or begun else paint.line
        width = 4 if begun else 9
        places.append(_arc(at * step - pi / 2, (at + 1) * step - pi / 2, colour, width))
    return _drawn(220, 220, places)


def _arc(start: float, end: float, colour: str, width: int) -> str:
    centre, radius, gap = 110, 98, 0.058
    x1, y1 = centre + radius * cos(start + gap), centre + radius * sin(start + gap)
    x2, y2 = centre + radius * cos(end - gap), centre + radius * sin(end - gap)
    return (
        f'<path d="M{x1:.1f} {y1:.1f}A{radius} {radius} 0 0 1 {x2:.1f} {y2:.1f}" fill="none"'
        f' stroke="{colour}" stroke-width="{width}" stroke-linecap="round"/>'
    )


def bars(numbers: Sequence[int], highest: int, paint: Paint) -> str:
    """One bar a week on a quiet line; a bar as high as the picture is ``highest``."""
    width, height, bar = 12 * len(numbers), 56, 8
    drawn = [f'<rect x="0" y="{height - 1}" width="{width}" height="1" fill="{paint.line}"/>']
    for at, number in enumerate(numbers):
        if number:
            tall = max(4, round((height - 2) * number / max(highest, 1)))
            drawn.append(
                f'<rect x="{at * 12 + 2}" y="{height - 1 - tall}" width="{bar}" height="{tall}"'
                f' rx="2" fill="{paint.water}"/>'
            )
    return _drawn(width, height, drawn)


def _drawn(width: int, height: int, shapes: Iterable[str]) -> str:
    return _SVG.format(w=width, h=height) + "".join(shapes) + "</svg>"
