"""Mail addresses out of a From, To or Reply-To: every one that anybody might read in it.

Written by hand and not with ``email.utils``: that parser recurses on comments,
gives up on a whole field for one odd character, and takes quadratic time.
Where mail programs disagree about a broken field, all their readings are
given: an address too many is harmless, one too few is a sender unseen.

The fast path takes elements of the form ``Name <local@domain>`` and
``local@domain``; a property test holds it to the careful one.
"""

import re
from collections.abc import Iterator

from stillwater.core.arrivals import Address
from stillwater.text.headers import decode_words

MOST_ADDRESSES = 200_000  # of one mail; the rest is left, and said
MOST_TOKENS = 500_000  # of one field; after that only what has an @ is looked for

_ATEXT = r"A-Za-z0-9!#$%&*/=?^_`{|}~'+\-"
_SIMPLE = re.compile(
    rf" ?(?:(?:\"([^\"\\]*)\"|([{_ATEXT}.][{_ATEXT}. ]*?))? ?"
    rf"<([{_ATEXT}.]+@[A-Za-z0-9.-]+)>|([{_ATEXT}.]+@[A-Za-z0-9.-]+)) ?(?:[,;]|$)"
)
_NOTHING = re.compile(r"[ ,;]+")
_TOKEN = re.compile(r"[^\"(<,;:\s]+|\s+|.", re.DOTALL)
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*+\"", re.DOTALL)
_ANGLE = re.compile(r"<+([^<>]*)>*")
_COMMENT_MARK = re.compile(r"\\.|[()]", re.DOTALL)
_COMMENT = re.compile(r"\([^()]*\)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_APART = re.compile(r"[\s<>,;:\"()]+")


def addresses(text: str, most: int = MOST_ADDRESSES) -> list[Address]:
    """Every address of one field's value, in order; text without any becomes a name.

    Names are decoded from RFC 2047; addresses are as they were shown. Linear.
    ``most`` ends the list early; the caller sees that by its length.
    """
    text = _single_spaced(text)
    found: list[Address] = []
    careful: _Careful | None = None
    at, end = 0, len(text)
    while at < end and len(found) < most:
        simple = _SIMPLE.match(text, at)
        if simple:
            found.append(_from_simple(simple))
            at = simple.end()
            continue
        careful = careful or _Careful(text)
        at = careful.element(at)
        found.extend(careful.found)
        if careful.tokens > MOST_TOKENS:
            found.extend(_anything_with_at(text[at:]))
            break
    return found[:most]


def careful_addresses(text: str) -> list[Address]:
    """``addresses`` without its fast path."""
    careful = _Careful(_single_spaced(text))
    found: list[Address] = []
    at = 0
    while at < len(careful.text):
        at = careful.element(at)
        found.extend(careful.found)
    return found


def _single_spaced(text: str) -> str:
    if "  " in text or "\t" in text or "\n" in text:
        return " ".join(text.split())
    return text


def _from_simple(simple: re.Match[str]) -> Address:
    quoted, words, angle, bare = simple.groups()
    return Address(angle or bare, _name(quoted or words) if quoted or words else None)


def _name(text: str) -> str | None:
    decoded = decode_words(text) if "=?" in text else text
    return " ".join(decoded.split()) or None


def _anything_with_at(text: str) -> Iterator[Address]:
    return (Address(part) for part in _APART.split(text) if "@" in part)


class _Careful:
    """A field read token by token; comments nest, nothing recurses.

    A quote or a comment that is never closed is an ordinary character, and is
    looked for only once: that keeps a field of a million quotes linear.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = 0
        self.found: list[Address] = []
        self._quotes_close = True
        self._comments_close = True
        self._clear()

    def _clear(self) -> None:
        self._words: list[list[str]] = [[]]  # parted by white space; each in fragments
        self._angles: list[str] = []
        self._comments: list[str] = []
        self._group: str | None = None

    def element(self, at: int) -> int:
        """Read from ``at`` to behind the next comma or semicolon; fills ``found``."""
        self.found = []
        self._clear()
        nothing = _NOTHING.match(self.text, at)
        at = nothing.end() if nothing else at
        end = len(self.text)
        while at < end:
            token = _TOKEN.match(self.text, at)
            if token is None:  # cannot be: the last alternative takes any character
                break
            self.tokens += 1
            if token[0] in ",;" or self.tokens > MOST_TOKENS:
                at = token.end()
                break
            at = self._take(token[0], at, token.end())
        self._finish()
        return at

    def _take(self, token: str, at: int, after: int) -> int:
        """Take one token; the answer is where the next one begins."""
        if token == "<":
            return self._take_angle(at)
        if token == '"' and self._quotes_close:
            return self._take_quoted(at)
        if token == "(" and self._comments_close:
            return self._take_comment(at)
        if token == ":" and not self._in_literal():
            self._open_group()
        elif token.isspace():
            self._words.append([])
        else:
            self._words[-1].append(token)
        return after

    def _take_angle(self, at: int) -> int:
        angle = _ANGLE.match(self.text, at)
        if angle is None:
            return at + 1
        self._angles.append(angle[1])
        self._words.append([])
        return angle.end()

    def _take_quoted(self, at: int) -> int:
        quoted = _QUOTED.match(self.text, at)
        if quoted is None:
            self._quotes_close = False
            self._words[-1].append('"')
            return at + 1
        self._words[-1].append(quoted[0])
        return quoted.end()

    def _take_comment(self, at: int) -> int:
        depth = 0
        for mark in _COMMENT_MARK.finditer(self.text, at):
            depth += {"(": 1, ")": -1}.get(mark[0], 0)
            if depth == 0:
                self._comments.append(self.text[at + 1 : mark.start()])
                return mark.end()
        self._comments_close = False
        self._words[-1].append("(")
        return at + 1

    def _in_literal(self) -> bool:
        """Inside [IPv6:…] a colon is no group's."""
        return any("[" in f for f in self._words[-1]) and "]" not in self._words[-1][-1]

    def _open_group(self) -> None:
        self._group = self._spoken()
        if self._group and "@" in self._group:
            self.found.append(Address(None, self._group))
        self._words = [[]]

    def _spoken(self) -> str | None:
        """The words and comments as a display name."""
        words = _name(" ".join("".join(map(_without_quotes, w)) for w in self._words if w))
        comments = _name(" ".join(self._comments))
        if words and comments and "@" in comments:
            return f"{words} ({comments})"
        return words or comments

    def _finish(self) -> None:
        if self._angles:
            self._finish_angles()
        elif any("@" in _outside_quotes(w) for w in self._words):
            self._finish_bare()
        else:
            self._finish_without_address()

    def _finish_angles(self) -> None:
        name = self._spoken()
        for angle in self._angles:
            shown = _in_angle(angle)
            self.found.extend(Address(one, name) for one in shown)
            if not shown and (name or not angle):
                self.found.append(Address(None, name))

    def _finish_bare(self) -> None:
        shown: list[str] = []
        rest: list[str] = []
        for word in _joined_at(self._words):
            if "@" in _outside_quotes(word):
                shown.append("".join(word))
            else:
                rest.append("".join(map(_without_quotes, word)))
        name = _name(" ".join(rest)) or _name(" ".join(self._comments))
        self.found.extend(Address(one, name) for one in shown)

    def _finish_without_address(self) -> None:
        words = ["".join(w) for w in self._words if w]
        name = self._spoken() or self._group
        if len(words) == 1 and '"' not in words[0] and "=?" not in words[0]:
            self.found.append(Address(words[0], name))  # a user of the sender's own machine
        elif name and not (self.found and name == self._group):
            self.found.append(Address(None, name))


def _without_quotes(fragment: str) -> str:
    if len(fragment) > 1 and fragment[0] == '"':
        return _ESCAPED.sub(r"\1", fragment[1:-1])
    return fragment


def _outside_quotes(word: list[str]) -> str:
    return "".join(f for f in word if f[0] != '"')


def _joined_at(words: list[list[str]]) -> list[list[str]]:
    """The words, those that stand around a lone @ or dot made one: ``user @ host . example``."""
    joined: list[list[str]] = []
    for word in words:
        if not word:
            continue
        if joined and (word[0][0] in "@." or joined[-1][-1][-1] in "@."):
            joined[-1].extend(word)
        else:
            joined.append(list(word))
    return joined


def _in_angle(content: str) -> list[str]:
    """The addresses between < and >: one, except where it is broken."""
    content = decode_words(_COMMENT.sub("", content)).strip()
    if content.startswith("@") and ":" in content:  # an old route: <@one,@two:a@b>
        content = content.rpartition(":")[2].strip()
    if content.startswith('"'):
        return [content]
    for apart, joined in ((" @", "@"), ("@ ", "@"), (" .", "."), (". ", ".")):
        content = content.replace(apart, joined)
    parts = re.split(r"[\s,;]+", content)
    return [p for p in parts if "@" in p] or [p for p in parts[:1] if p]
