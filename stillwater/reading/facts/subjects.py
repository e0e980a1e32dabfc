"""What it is about, who and where, in words of ours from closed lists.

A name or a place of the writer's own wording is never handed on: whoever is kept
from writing to a person could put a sentence there ("at Think What You Did").
So a place is one of these words, or one that the plan names; so is a who.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from stillwater.core.words import Need
from stillwater.reading.facts.language import words
from stillwater.reading.facts.tokens import Row

_PIECE = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]|\d+")


class Event(StrEnum):
    """What a date is of, as we name it."""

    PICK_UP = "pick-up"
    HAND_OVER = "hand-over"
    SWAP = "days with the children"
    SCHOOL = "school event"
    APPOINTMENT = "appointment"
    TRAVEL = "journey"
    PAYMENT = "payment"
    HEARING = "court hearing"
    PAPERS = "papers"
    RETURN = "return of things"
    VISIT = "home visit"
    SIGNATURE = "signature"
    MEETING = "meeting"


# The first word of what they may write → (the words after it, our word), the longest first
Table = Mapping[str, Sequence[tuple[list[str], str]]]


def _indexed(pairs: Iterable[tuple[str, str]]) -> Table:
    found: dict[str, list[tuple[list[str], str]]] = {}
    for theirs, ours in pairs:
        first, *rest = _PIECE.findall(theirs)
        found.setdefault(first, []).append((rest, ours))
    return {first: sorted(rest, key=lambda one: -len(one[0])) for first, rest in found.items()}


def _table(lines: str) -> Table:
    """ "ours: theirs, theirs two" a line."""
    pairs = (line.partition(":") for line in lines.strip().splitlines())
    return _indexed(
        (theirs.strip(), ours.strip()) for ours, _, rest in pairs for theirs in rest.split(",")
    )


_EVENTS = _table("""
court hearing: hearing, court date, tribunal, trial, fdr, fda, anhörung, gerichtstermin
court hearing: verhandlung, audiencia, juicio
pick-up: pick up, pickup, pick-up, collect, collecting, collection, fetch, grab, picking up
pick-up: abholen, abhole, abholung, hole, recoger, recojo, recogida
hand-over: handover, hand over, hand-over, drop off, drop-off, dropoff, exchange, changeover
hand-over: contact, übergabe, entrega
days with the children: swap, weekend, wknd, half term, holidays, hols, wochenende, ferien
days with the children: vacaciones
appointment: appointment, appt, dentist, doctor, doctors, gp, clinic, scan, surgery, op, checkup
appointment: check-up, vaccination, jab, therapist, termin, arzt, zahnarzt, cita, médico
appointment: dentista, optician
school event: parents evening, parents' evening, assembly, concert, recital, play, nativity
school event: sports day, game, match, tournament, graduation, exam, party, trip, elternabend
school event: ausflug, reunión
journey: flight, fly, land, plane, train, ferry, passport, flug, zug, vuelo, viaje
payment: pay, payment, paid, invoice, bill, rent, fee, fees, deposit, maintenance, support
payment: transfer, owe, mortgage, zahlen, überweisen, rechnung, unterhalt, miete, pagar, factura
payment: pensión
signature: sign, signature, signed, unterschreiben, unterschrift, firmar, firma
papers: form, forms, documents, paperwork, certificate, letter, statement, unterlagen, formular
papers: papeles, documentos
return of things: boxes, furniture, sofa, keys, belongings, tools, piano, laptop, bike
return of things: schlüssel, sachen, möbel, llaves, cosas, muebles, van, movers
home visit: plumber, valuer, inspection, viewing, boiler, surveyor, electrician
meeting: meeting, mediation, mediator, besprechung, mediación, mediation appointment
""")
_PLACES = _table("""
school: school, school gate, school gates, schule, colegio, escuela
nursery: nursery, kindergarten, kita, preschool, guardería
contact centre: contact centre, contact center
station: station, bahnhof, estación
airport: airport, flughafen, aeropuerto
hospital: hospital, infirmary, er, a&e, krankenhaus
court: courtroom, court, courthouse, gericht, juzgado
car park: car park, parking lot, parkplatz, aparcamiento
supermarket: supermarket, tesco, lidl, aldi, walmart, supermarkt
petrol station: petrol station, gas station, tankstelle, gasolinera
the grandparents': your mum's, your mums, your mom's, my mum's, my mums, my mom's, nana's, nans
the grandparents': granny's, your mother's
""")
_PEOPLE = _table("""
school: school, teacher, headteacher, schule, lehrer, lehrerin, profesora, profesor, principal
social worker: social worker, jugendamt
lawyer: solicitor, lawyer, attorney, barrister, anwalt, anwältin, abogado, abogada
mediator: mediator, mediatorin, mediadora
doctor: doctor, dr, consultant, arzt, ärztin, médico, dentist
grandmother: grandma, granny, nana, gran, oma, abuela
grandfather: grandad, grandpa, opa, abuelo
landlord: landlord, landlady, vermieter, vermieterin, casero
police: police, officer, polizei, policía
bank: bank, mortgage lender, banco
driver: driver, fahrer
""")
_PLACE_BEFORE = frozenset(
    {"at", "from", "to", "in", "outside", "@", "by", "am", "an", "en", "the", "vor"}
)
_PEOPLE_ACT = words(
    "will is wants says said needs has asks asked can picks collects brings comes takes "
    "rang called holt bringt will recoge quiere coming picking collecting bringing sees"
)
_NEED_OF = {
    Event.PAYMENT: Need.MONEY, Event.HEARING: Need.LEGAL, Event.PICK_UP: Need.CHILDREN,
    Event.HAND_OVER: Need.CHILDREN, Event.SWAP: Need.CHILDREN, Event.SCHOOL: Need.CHILDREN,
    Event.RETURN: Need.PROPERTY, Event.VISIT: Need.PROPERTY,
}  # fmt: skip


def event_in(row: Row, need: Need) -> Event | None:
    """The first event of the text that goes with the need; None where no word of ours fits."""
    for _, ours, _ in _entries(row, _EVENTS):
        event = Event(ours)
        if _NEED_OF.get(event, need) is need:
            return event
    return None


def places_in(row: Row, known: Sequence[str]) -> list[str]:
    """Places in our words, or as the plan writes them; each once."""
    plan = _indexed((place.lower(), place) for place in known if _PIECE.search(place))
    named = [ours for _, ours, _ in _entries(row, plan)] if plan else []
    closed = [ours for at, ours, _ in _entries(row, _PLACES) if row.word[at - 1] in _PLACE_BEFORE]
    return list(dict.fromkeys([*named, *closed]))


def people_in(row: Row) -> list[str]:
    """Who else has a part in it: a calling or a kinship, never a name."""
    found = (ours for _, ours, end in _entries(row, _PEOPLE) if row.word[end] in _PEOPLE_ACT)
    return list(dict.fromkeys(found))


def _entries(row: Row, table: Table) -> Iterator[tuple[int, str, int]]:
    """(place, our word, first token after it) of each entry, the longest one first."""
    for place, word in enumerate(row.word):
        for rest, ours in table.get(word, ()):
            end = place + 1 + len(rest)
            if row.word[place + 1 : end] == rest:
                yield place, ours, end
                break
