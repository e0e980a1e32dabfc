"""The recovery sheet: 24 words on paper, enough to open everything with ``age`` alone.

As text every line is a comment but the key, so that the file itself can be given
to ``age -i``. As PDF it is one plain A4 page that survives a greyscale printer.
Neither says what it is for: whoever finds it learns only that it opens something.
"""

from dataclasses import dataclass, field
from datetime import datetime

from fpdf import FPDF, XPos, YPos

TITLE = "Recovery sheet"
COMMANDS = (
    ("One month's key, with this sheet", "age -d -i sheet.txt 2026-11.age > month.key"),
    ("One sealed file of that month", "age -d -i month.key FILE.age | tail -c +33 > original"),
    ("A whole backup", "age -d -i sheet.txt BACKUP.age | tar -x"),
)
DO = (
    "Print it or copy it by hand. Then delete the file.",
    "Keep it where nobody looks who should not: with a lawyer, a trusted friend, in a bank box.",
    "Once a year, compare a few words.",
)
DO_NOT = (
    "Do not photograph it, and do not put it into a mailbox or a cloud.",
    "Do not keep it beside the computer.",
    "Nobody ever asks you for these words: not support, not an officer on the phone.",
)
HOW = (
    "sheet.txt is a file with nothing in it but the key line above. The months are in"
    " keys/.../epochs/, the sealed files in vault/. age is free software: age-encryption.org"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one sheet."""

    words: tuple[str, ...] = field(repr=False)
    recovery_identity: str = field(repr=False)  # AGE-SECRET-KEY-1…
    made_at: datetime

    def _opens(self) -> str:
        return (
            f"Made on {self.made_at:%Y-%m-%d}. Whoever has these words can open everything."
            " A newer sheet takes the place of this one."
        )

    def text(self) -> str:
        """The sheet as text, which is an age identity file as it stands."""
        numbered = [f"{n:>2}. {word:<10}" for n, word in enumerate(self.words, 1)]
        rows = ["   ".join(numbered[i::6]).rstrip() for i in range(6)]
        comments = [TITLE, self._opens(), "", *rows, ""]
        after = ["", "With the age program and nothing else:"]
        after += [line for what, command in COMMANDS for line in (f"  {what}:", f"    {command}")]
        after += [HOW, "", *(f"+ {line}" for line in DO), *(f"- {line}" for line in DO_NOT)]
        lines = [*map(_comment, comments), self.recovery_identity, *map(_comment, after)]
        return "\n".join(lines) + "\n"

    def pdf(self) -> bytes:
        """The sheet as one A4 page."""
        page = _Page(format="A4")
        page.set_title(TITLE)
        page.set_creation_date(self.made_at)
        page.set_margins(22, 20, 22)
        page.set_auto_page_break(False)
        page.add_page()
        page.heading(TITLE, 20)
        page.paragraph(self._opens())
        page.grid(self.words)
        page.heading("The same as a key")
        page.boxed(self.recovery_identity)
        page.heading("With the age program and nothing else")
        for what, command in COMMANDS:
            page.command(what, command)
        page.paragraph(HOW, 9)
        page.heading("Do")
        page.listed(DO)
        page.heading("Do not")
        page.listed(DO_NOT)
        return bytes(page.output())


def _comment(line: str) -> str:
    return f"# {line}".rstrip()


class _Page(FPDF):
    """The few forms that the sheet is made of. Lengths in millimetres, type in points."""

    def heading(self, text: str, size: int = 12) -> None:
        self.ln(4 if size < 20 else 0)
        self.set_font("helvetica", "B", size)
        self.cell(0, size * 0.55, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.5)

    def paragraph(self, text: str, size: float = 10.5) -> None:
        self.set_font("helvetica", "", size)
        self.multi_cell(0, size * 0.48, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.5)

    def grid(self, words: tuple[str, ...]) -> None:
        """Four columns of six, read downwards, with room to write beside each."""
        self.ln(2)
        top, width, height = self.get_y(), self.epw / 4, 10.5
        for at, word in enumerate(words):
            column, row = divmod(at, 6)
            left = self.l_margin + column * width
            self.set_xy(left, top + row * height)
            self.set_draw_color(150)
            self.rect(left, top + row * height, width, height)
            self.set_font("helvetica", "", 8)
            self.cell(8, height, f"{at + 1}", align="R")
            self.set_font("courier", "B", 13)
            self.cell(width - 8, height, word)
        self.set_xy(self.l_margin, top + 6 * height)
        self.ln(2)

    def boxed(self, text: str) -> None:
        self.set_font("courier", "B", 9.5)
        self.set_draw_color(150)
        self.cell(0, 9, text, border=1, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def command(self, what: str, command: str) -> None:
        self.set_font("helvetica", "", 10)
        self.cell(0, 5, what, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_font("courier", "", 10)
        self.cell(0, 5.5, f"  {command}", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1)

    def listed(self, lines: tuple[str, ...]) -> None:
        self.set_font("helvetica", "", 10.5)
        for line in lines:
            self.cell(5, 5.2, "\N{BULLET}".encode("cp1252").decode("latin-1"))
            self.multi_cell(0, 5.2, line, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
