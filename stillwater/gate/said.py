"""The words of an arrival that identity looks at: the sender's own, of now. No Django here."""

from stillwater.core.arrivals import Arrival
from stillwater.identity.recognising import Said
from stillwater.text.body import body
from stillwater.text.mail import envelope
from stillwater.text.quotes import own_words

_LARGEST = 2**18  # bytes of an original that is looked at for style; longer ones are no notes
_LONGEST = 20_000  # characters


def said(arrival: Arrival) -> Said:
    """Without quotes and signatures. Of an original that is too large, nothing."""
    if arrival.text is not None:
        text = arrival.text[:_LONGEST]
        return Said(own_words(text).text if "\n" in text else text)
    raw = arrival.raw
    if raw is None or len(raw) > _LARGEST:
        return Said("")
    return Said(own_words(body(raw).text[:_LONGEST]).text, bulk=envelope(raw).is_bulk)
