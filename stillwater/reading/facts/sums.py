"""Which sums of money a text names, and in which currency.

A sign or a word of money makes a sum anywhere. A bare number is one only where the
text speaks of money, and then in the money of the plan's zone.
"""

from stillwater.reading.facts.language import words
from stillwater.reading.facts.mention import MOST, Scene, Sum
from stillwater.reading.facts.numbers import MULTIPLIERS, hundreds_at, number_at
from stillwater.reading.facts.zones import currency_of, dollar_of, named_money

_SIGNS = {"£": "GBP", "€": "EUR", "₹": "INR", "₦": "NGN", "₱": "PHP", "¥": "JPY", "₪": "ILS",
          "฿": "THB", "₺": "TRY", "₵": "GHS", "zł": "PLN"}  # fmt: skip
_CODES = words(
    "eur gbp usd cad aud nzd chf inr ngn kes zar php myr sgd hkd aed ghs jmd ttd mxn sek "
    "nok dkk pln czk huf ron jpy bdt pkr lkr idr thb brl ils egp ugx bbd"
)
_BEFORE = {"rs": "rupee", "re": "rupee", "rm": "MYR", "ksh": "KES", "kshs": "KES", "us$": "USD",
           "hk$": "HKD", "r": "ZAR", "p": "PHP", "php": "PHP", "n": "NGN", "ghc": "GHS",
           "gh": "GHS", "tk": "BDT", "dhs": "AED"}  # fmt: skip
_ONLY_AT_HOME = frozenset({"r", "p", "n"})
_DOLLAR_OF = {"us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "nz": "NZD",
              "s": "SGD", "hk": "HKD", "tt": "TTD", "j": "JMD"}  # fmt: skip
_AFTER = {
    "quid": "GBP", "pounds": "GBP", "pound": "GBP", "sterling": "GBP", "nicker": "GBP",
    "euro": "EUR", "euros": "EUR", "yoyos": "EUR", "eur": "EUR", "dollars": "dollar",
    "dollar": "dollar", "bucks": "dollar", "buck": "dollar", "rupees": "rupee", "rs": "rupee",
    "naira": "NGN", "cedis": "GHS", "cedi": "GHS", "rand": "ZAR", "rands": "ZAR",
    "shillings": "shilling", "bob": "shilling", "pesos": "peso", "peso": "peso",
    "lempiras": "HNL", "ringgit": "MYR", "dirhams": "AED", "dirham": "AED", "taka": "BDT",
    "francs": "CHF", "franken": "CHF", "kronor": "SEK", "kroner": "NOK", "zloty": "PLN",
    "pavos": "EUR", "mäuse": "EUR", "kröten": "EUR", "$": "dollar",
}  # fmt: skip
_MAY_BEGIN = frozenset((*_SIGNS, "$", *_CODES, *_BEFORE))
_SMALLEST_BARE = 10_00  # hundredths
_SMALLEST_WITHOUT_CUE = 20_00
_SMALLEST_OF_MONEY = 100_00  # where money is among the needs
_SMALLEST_OF_THOUSANDS = 10_000_00  # "47k": not a race
_WEIGHED = words("lost lose losing gained gain weigh weighs")
NOTES = {"tenner": 10_00, "fiver": 5_00}
_FINED = words("fined fine")
_IS = words("is its it's was")
_AGED = [[who, "of"] for who in ("lad", "lass", "boy", "girl", "man", "woman", "age")]
_SPOKEN_SMALLEST = 100_00
_IS_MANY = frozenset({"percent", "%"})
# Right before a number: a price whatever the message is about.
_PRICED = words("quote costs cost price bill fee fees deposit invoice kostet cuesta ronda estimate")
_HALF = frozenset({"half"})  # "40 for your half"


def find_sums(scene: Scene) -> None:
    """Fill ``scene.sums`` with those that have a sign or a word of money."""
    row = scene.row
    place, stop = row.places.start, row.places.stop
    while place < stop and len(scene.sums) < MOST:
        found = None if row.taken[place] else _sum_at(scene, place)
        if found:
            _add(scene, found)
        place = found.end if found else place + 1


def find_bare_sums(scene: Scene) -> None:
    """Add bare numbers; days and hours must have been found before."""
    row = scene.row
    place, stop = row.places.start, row.places.stop
    currency = currency_of(scene.zone) or next((one.currency for one in scene.sums), None)
    while currency and place < stop and len(scene.sums) < MOST:
        found = None if row.taken[place] else _bare_at(scene, place, currency)
        if found:
            _add(scene, found)
        place = found.end if found else place + 1
    scene.sums.sort(key=lambda one: one.start)


def _add(scene: Scene, found: Sum) -> None:
    scene.sums.append(found)
    scene.row.take(found.start, found.end)


def _sum_at(scene: Scene, place: int) -> Sum | None:
    row = scene.row
    if not (row.number[place] or row.word[place] in _MAY_BEGIN or _may_count(scene, place)):
        return None
    if row.word[place] == "a" and (slang := _in_slang(scene, place)):
        return slang
    currency, at = _money_before(scene, place)
    if currency:
        return _after_its_sign(scene, place, at, currency)
    number = number_at(row, place, scene.language.numbers)
    if number is None:
        return None
    cents, end = number
    at = end + (row.word[end] in {"odd", "or"} and row.word[end + 1] in _AFTER)
    currency = _money_after(scene, at)
    if currency is None or row.word[at + 1 : at + 3] == ["an", "hour"]:
        return None
    small, at = _small_money(scene, at + 1)
    return Sum(cents + small, currency, place, at)


def _in_slang(scene: Scene, place: int) -> Sum | None:
    """ "a tenner", "half a grand"."""
    row = scene.row
    cents = NOTES.get(row.word[place + 1]) if scene.is_money else None
    if row.word[place - 1] == "half" and row.word[place + 1] == "grand":
        cents = 500_00
    return Sum(cents, currency_of(scene.zone) or "GBP", place, place + 2) if cents else None


def _after_its_sign(scene: Scene, place: int, at: int, currency: str) -> Sum | None:
    row = scene.row
    if _is_of_a_fine(scene, place):
        row.take(at, at + 1)
        return None
    number = number_at(row, at, scene.language.numbers, spaced=True)
    return Sum(number[0], currency, place, number[1]) if number and row.number[at] else None


def _small_money(scene: Scene, place: int) -> tuple[int, int]:
    """ "… and thirty cents": (hundredths, first token after it); nothing: (0, place)."""
    row = scene.row
    if row.word[place] != "and":
        return 0, place
    number = number_at(row, place + 1, scene.language.numbers)
    if number and number[0] < 100_00 and row.word[number[1]] in {"cents", "pence", "cent", "p"}:
        return number[0] // 100, number[1] + 1
    return 0, place


def _may_count(scene: Scene, place: int) -> bool:
    return scene.row.word[place] in scene.language.numbers or scene.row.word[place] in {"a", "an"}


def _money_before(scene: Scene, place: int) -> tuple[str | None, int]:
    """(currency, where its number begins) for £, EUR, Rs., A$ that stand before a number."""
    row = scene.row
    word = row.word[place]
    if word in _SIGNS:
        return _SIGNS[word], place + 1
    if word == "$":
        before = row.word[place - 1]
        country = _DOLLAR_OF.get(before) if row.glued[place] else None
        return country or dollar_of(scene.zone), place + 1
    at = place + 1 + (row.word[place + 1] == "." and row.number[place + 2])
    if not row.number[at]:
        return None, place
    if word in _CODES:
        return word.upper(), at
    name = _BEFORE.get(word)
    if name is None or (word in _ONLY_AT_HOME and not (
        row.glued[at] and row.shown[place].isupper() and currency_of(scene.zone) == name
    )):  # fmt: skip
        return None, place
    return (named_money(name, scene.zone) if name.islower() else name), at


def _money_after(scene: Scene, place: int) -> str | None:
    """The currency of what stands right after a number."""
    row = scene.row
    word = row.word[place]
    if word in _SIGNS and not row.number[place + 1]:
        return _SIGNS[word]
    if word in _CODES:
        return word.upper()
    name = _AFTER.get(word)
    if name is None or not _is_money_there(scene, place):
        return None
    if word == "$":
        return dollar_of(scene.zone)
    return named_money(name, scene.zone) if name.islower() else name


def _is_money_there(scene: Scene, place: int) -> bool:
    """Not the sign of the next sum, not Bob, not pounds of weight."""
    word, follows = scene.row.word[place : place + 2]
    if word == "pounds" and scene.row.any_of(_WEIGHED, place - 5, place):
        return False
    if word == "$":
        return not scene.row.number[place + 1]
    if word == "bob":
        return currency_of(scene.zone) in {"KES", "UGX"}
    return word not in {"pound", "pounds"} or follows not in {"heavier", "lighter", "of", "down"}


def _bare_at(scene: Scene, place: int, currency: str) -> Sum | None:
    """A number that can be nothing but a sum, where money is spoken of."""
    row = scene.row
    if not (row.number[place] or _may_count(scene, place)):
        return None
    number = hundreds_at(row, place, scene.language.numbers) or number_at(
        row, place, scene.language.numbers, spaced=_is_spaced(scene, place)
    )
    if number is None or not row.free(place, number[1]):
        return None
    cents, end = number
    if (
        cents < _smallest(scene, place, end)
        or _is_put_off(scene, place)
        or _is_year(scene, place, cents)
    ):
        return None
    if _is_counted(scene, place, end):
        return None
    speaks = _is_plainly_a_sum(scene, place, cents) or _speaks_of_sums(scene, place, end)
    if _sticks_to_another(scene, place, end) or not speaks:
        return None
    return Sum(cents, currency, place, end, bare=True)


def _is_spaced(scene: Scene, place: int) -> bool:
    """ "it is 6 400", "wants 212 000": a space between thousands."""
    row = scene.row
    return scene.is_money and (row.word[place - 1] in _IS or row.word[place + 1] == "000")


def _smallest(scene: Scene, place: int, end: int) -> int:
    """What a bare number must reach; in words more, unless its place says that it is a sum."""
    row = scene.row
    if row.number[place]:
        return _SMALLEST_BARE
    is_told = row.word[place - 1] in _IS and row.any_of(_PRICED, place - 4, place)
    is_alone = row.sentence[place - 1] != row.sentence[place] and row.word[end] in {".", "!", "?"}
    return _SMALLEST_WITHOUT_CUE if is_told or is_alone else _SPOKEN_SMALLEST


def _is_counted(scene: Scene, place: int, end: int) -> bool:
    """ "flat 42", "20 minutes": but "school bus 22k" is a sum."""
    row, language = scene.row, scene.language
    multiplied = row.word[end - 1] in MULTIPLIERS
    before = row.word[place - 1] in language.no_sum_before and not multiplied
    return (
        before
        or row.word[end] in language.no_sum_after
        or row.word[end : end + 2] == ["of", "them"]
        or row.word[place - 2 : place] in _AGED
    )


def _is_plainly_a_sum(scene: Scene, place: int, cents: int) -> bool:
    """Cents, or thousands set apart; any number from 20 on where money is the main need."""
    token = scene.row.word[place]
    if not token[0].isdecimal():
        return scene.is_money
    if not scene.is_money:
        if scene.row.word[place + 1] == "k" and cents >= _SMALLEST_OF_THOUSANDS:
            return scene.row.any_of(scene.language.owing, place - 8, place + 6)
        return ("," in token and cents >= 1_000_00) or (
            cents >= _SMALLEST_WITHOUT_CUE
            and (
                scene.row.any_of(_PRICED, place - 4, place)
                or scene.row.word[place + 1] in {"cash", "due"}
                or scene.row.any_of(_HALF, place + 1, place + 5)
            )
        )
    return "." in token or "," in token or cents >= _SMALLEST_OF_MONEY or (
        scene.is_mainly_money and cents >= _SMALLEST_WITHOUT_CUE
    )  # fmt: skip


def _is_of_a_fine(scene: Scene, place: int) -> bool:
    """ "you may be fined up to £1,000": a law, and nothing owed."""
    row = scene.row
    is_most = row.word[place - 2 : place] == ["up", "to"]
    return is_most and row.any_of(_FINED, place - 6, place - 2)


def _is_put_off(scene: Scene, place: int) -> bool:
    """ "statt bisher 1250", "instead of 60", "not 300": no longer the sum."""
    row = scene.row
    at = place - 1 - (row.word[place - 1] in {"bisher", "the", "just", "only", "von"})
    return (
        row.word[at] in {"statt", "anstatt", "not", "than"}
        or (row.word[at - 1], row.word[at]) in scene.language.rejects_pairs
    )


def _sticks_to_another(scene: Scene, place: int, end: int) -> bool:
    """ "M25", "46A", "26:11", "3-0", "24/7": part of a name, a score, a verse."""
    row = scene.row
    if (row.number[place] and ":" in row.word[place]) or row.number[place - 1] or row.number[end]:
        return True
    if row.glued[place] and row.word[place - 1] in {"'", "’", "‘"}:
        return True  # "since '98"
    before = row.glued[place] and (row.word[place - 1].isalpha() or row.word[place - 1] in "/-:#_")
    multiplied = row.word[end - 1] in MULTIPLIERS
    after = row.glued[end] and not multiplied and (
        row.word[end].isalpha() or row.word[end] in "/:%_" or
        (row.word[end] == "-" and row.glued[end + 1])
    )  # fmt: skip
    return before or after or row.word[end] in _IS_MANY


def _is_year(scene: Scene, place: int, cents: int) -> bool:
    word = scene.row.word[place]
    if not (len(word) == 4 and word.isdecimal()):
        return False
    if not 1950_00 <= cents <= (scene.today.year + 3) * 100:
        return False
    if abs(scene.today.year * 100 - cents) <= 100:
        return True
    return scene.row.word[place - 1] not in scene.language.owing - {"in", "a", "was"}


def _speaks_of_sums(scene: Scene, place: int, end: int) -> bool:
    """A word of sums within six tokens, in the same sentence."""
    if not scene.is_money:
        return False
    row = scene.row
    words = scene.language.owing
    for at in (*range(place - 1, place - 8, -1), *range(end, end + 6)):
        if row.word[at] in words and row.sentence[at] == row.sentence[place]:
            return True
    return row.sentence[place - 1] != row.sentence[place] or end - place > 1
