"""HTML of a mail as text. Hostile HTML costs no more than its length.

Written by hand and not with ``html.parser``: in the Python releases that we
run on, that one takes quadratic time on unclosed comments and tags.
"""

import html
import re
from dataclasses import dataclass, field

_SKIPPED = frozenset({"script", "style"})  # what else a program might not show is read too
_BREAKS = frozenset(
    {
        "br", "p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6",
        "hr", "pre", "section", "article", "header", "footer", "blockquote", "dd", "dt", "dl",
        "title", "button", "textarea", "option",
    }
)  # fmt: skip
_TAG_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])"
    r"|mso-hide\s*:\s*all|\shidden(?=[\s=>/])",
    re.IGNORECASE,
)
_EMPTY_COMMENT = re.compile(r"<!--(?:-?>)")
_ALT = re.compile(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_MANY_LINES = re.compile(r"\n{3,}")
LONGEST_TAG = 4096  # characters in which hiding is looked for
DEEPEST_QUOTE = 20


@dataclass(frozen=True, slots=True)
class PlainHtml:
    text: str
    hides_text: bool = False  # some of it is not shown by a mail program


@dataclass
class _Page:
    """What is gathered while a page is read once from start to end."""

    source: str
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    quotes: int = 0
    hides: bool = False
    missing: set[str] = field(default_factory=set)  # marks that do not come any more

    def say(self, text: str) -> None:
        self.line.append(text)

    def break_line(self) -> None:
        text = _SPACES.sub(" ", "".join(self.line).replace("\n", " ")).strip()
        self.lines.append(
            ">" * min(self.quotes, DEEPEST_QUOTE) + (" " if self.quotes else "") + text
        )
        self.line = []


def html_to_text(untrusted: str) -> PlainHtml:
    """What stands in it, hidden text too; quotes led by ``>``, scripts and styles gone.

    Nothing is loaded, followed or run. Links give their words, not their target.
    """
    page = _Page(untrusted)
    at, end = 0, len(untrusted)
    while at < end:
        tag = untrusted.find("<", at)
        if tag < 0:
            page.say(html.unescape(untrusted[at:]))
            break
        if tag > at:
            page.say(html.unescape(untrusted[at:tag]))
        at = _behind_tag(page, tag)
    page.break_line()
    text = "\n".join(page.lines).replace("\0", "")
    return PlainHtml(_MANY_LINES.sub("\n\n", text).strip("\n"), page.hides)


def _behind_tag(page: _Page, tag: int) -> int:
    """Take the tag at ``tag``; the answer is where text goes on."""
    source = page.source
    if source.startswith("<!--", tag):
        return _behind_comment(page, tag)
    name = _TAG_NAME.match(source, tag + 1)
    if name is None and not source.startswith(("<!", "<?"), tag):
        page.say("<")
        return tag + 1
    after = _behind(page, ">", tag + 1, otherwise=len(source))
    if name is None:
        return after
    is_end = source[tag + 1] == "/"
    word = name[1].lower()
    if word in _SKIPPED and not is_end:
        return _behind_element(page, word, after)
    _take_tag(page, word, is_end, source[tag : min(after, tag + LONGEST_TAG)])
    return after


def _behind_comment(page: _Page, tag: int) -> int:
    """Where a browser ends it: ``<!-->`` is a whole comment, and ``--!>`` ends one too."""
    short = _EMPTY_COMMENT.match(page.source, tag)
    if short:
        return short.end()
    ends = [_behind(page, mark, tag + 4, otherwise=0) for mark in ("-->", "--!>")]
    return min((end for end in ends if end), default=tag + 4)


def _behind(page: _Page, mark: str, start: int, *, otherwise: int) -> int:
    """Behind the next ``mark``. One that is missing once is not looked for again."""
    if mark in page.missing:
        return otherwise
    found = page.source.find(mark, start)
    if found < 0:
        page.missing.add(mark)
        return otherwise
    return found + len(mark)


def _behind_element(page: _Page, word: str, start: int) -> int:
    """At ``</word``; where it never ends, what stands in it is read as text."""
    if word in page.missing:
        return start
    found = re.compile(rf"</{word}", re.IGNORECASE).search(page.source, start)
    if found is None:
        page.missing.add(word)
        return start
    return found.start()


def _take_tag(page: _Page, word: str, is_end: bool, tag: str) -> None:
    if word in _BREAKS:
        page.break_line()
    elif word in ("td", "th"):
        page.say(" ")
    if word == "img" and (alt := _ALT.search(tag)):  # shown where pictures are not loaded
        page.say(f" {html.unescape(alt[1] or alt[2] or alt[3] or '')} ")
    if word == "bdo":
        page.say("\u202c" if is_end else "\u202e" if "rtl" in tag.lower() else "")
    if word == "blockquote":
        page.quotes = max(0, page.quotes + (-1 if is_end else 1))
    if "=" in tag or "hidden" in tag:
        page.hides = page.hides or _HIDING.search(tag) is not None
