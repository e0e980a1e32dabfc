"""What it is about, who and where, in words of ours from closed lists.

A name or a place of the writer's own wording is never handed on: whoever is kept
from writing to a person could put a sentence there ("at Think What You Did").
So a place is one of these words, or one that the plan names; so is a who.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from stillwater.core.words import Need
from stillwater.reading.facts.language import words
from stillwater.reading.facts.tokens import Row


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


def _table(lines: str) -> Mapping[str, str]:
    """ "ours: theirs, theirs two" a line → their words, to ours."""
    pairs = (line.partition(":") for line in lines.strip().splitlines())
    return {theirs.strip(): ours.strip() for ours, _, rest in pairs for theirs in rest.split(",")}


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
_LONGEST = 3  # words of an entry


def event_in(row: Row, need: Need) -> Event | None:
    """The first event of the text that goes with the need; None where no word of ours fits."""
    for _, theirs in _entries(row, _EVENTS):
        event = Event(_EVENTS[theirs])
        if _NEED_OF.get(event, need) is need:
            return event
    return None


def places_in(row: Row, known: Sequence[str]) -> list[str]:
    """Places in our words, or as the plan writes them; each once."""
    ours = [
        _PLACES[theirs]
        for at, theirs in _entries(row, _PLACES)
        if row.word[at - 1] in _PLACE_BEFORE
    ]
    plan = {place.lower(): place for place in known if place.strip()}
    named = [plan[theirs] for _, theirs in _entries(row, plan)] if plan else []
    return list(dict.fromkeys([*named, *ours]))


def people_in(row: Row) -> list[str]:
    """Who else has a part in it: a calling or a kinship, never a name."""
    return list(
        dict.fromkeys(
            _PEOPLE[theirs]
            for at, theirs in _entries(row, _PEOPLE)
            if row.word[at + len(theirs.split())] in _PEOPLE_ACT
        )
    )


def _entries(row: Row, table: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for place in row.places:
        for length in range(_LONGEST, 0, -1):
            phrase = _phrase(row, place, length)
            if phrase in table:
                yield place, phrase
                break


def _phrase(row: Row, place: int, length: int) -> str:
    words = row.word[place : place + length]
    return " ".join(words).replace(" - ", "-").replace(" & ", "&")
