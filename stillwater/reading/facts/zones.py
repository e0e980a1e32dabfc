"""What money is meant where nothing says so: by the zone that the plan lives in.

Zones are those of the IANA time zone database; currencies ISO 4217.
"""

from stillwater.reading.facts.language import words

_EURO = (
    "Amsterdam Athens Berlin Bratislava Brussels Busingen Dublin Helsinki Lisbon Ljubljana "
    "Luxembourg Madrid Malta Monaco Paris Riga Rome San_Marino Tallinn Vatican Vienna Vilnius "
    "Zagreb Andorra Podgorica"
)
_OTHER = {
    "GBP": "Europe/London Europe/Belfast Europe/Jersey Europe/Guernsey Europe/Isle_of_Man GB",
    "CHF": "Europe/Zurich Europe/Vaduz",
    "SEK": "Europe/Stockholm",
    "NOK": "Europe/Oslo",
    "DKK": "Europe/Copenhagen",
    "PLN": "Europe/Warsaw",
    "CZK": "Europe/Prague",
    "HUF": "Europe/Budapest",
    "RON": "Europe/Bucharest",
    "TRY": "Europe/Istanbul",
    "CAD": "America/Toronto America/Vancouver America/Montreal America/Winnipeg America/Edmonton "
    "America/Halifax America/Regina America/St_Johns America/Moncton America/Whitehorse "
    "America/Yellowknife America/Iqaluit America/Glace_Bay America/Goose_Bay America/Thunder_Bay "
    "America/Calgary America/Atikokan America/Dawson America/Swift_Current",
    "NZD": "Pacific/Auckland Pacific/Chatham",
    "SGD": "Asia/Singapore",
    "HKD": "Asia/Hong_Kong",
    "INR": "Asia/Kolkata Asia/Calcutta",
    "PKR": "Asia/Karachi",
    "LKR": "Asia/Colombo",
    "NPR": "Asia/Kathmandu",
    "BDT": "Asia/Dhaka",
    "PHP": "Asia/Manila",
    "MYR": "Asia/Kuala_Lumpur Asia/Kuching",
    "AED": "Asia/Dubai",
    "IDR": "Asia/Jakarta",
    "THB": "Asia/Bangkok",
    "JPY": "Asia/Tokyo",
    "ILS": "Asia/Jerusalem",
    "NGN": "Africa/Lagos",
    "KES": "Africa/Nairobi",
    "ZAR": "Africa/Johannesburg",
    "GHS": "Africa/Accra",
    "UGX": "Africa/Kampala",
    "EGP": "Africa/Cairo",
    "JMD": "America/Jamaica",
    "TTD": "America/Port_of_Spain",
    "BBD": "America/Barbados",
    "ARS": "America/Buenos_Aires America/Cordoba",
    "DOP": "America/Santo_Domingo",
    "UYU": "America/Montevideo",
    "GTQ": "America/Guatemala",
    "HNL": "America/Tegucigalpa",
    "CRC": "America/Costa_Rica",
    "USD": "America/New_York America/Chicago America/Denver America/Los_Angeles America/Phoenix "
    "America/Anchorage America/Detroit America/Boise America/Juneau America/Sitka America/Nome "
    "America/Adak America/Menominee America/Puerto_Rico America/Guayaquil America/El_Salvador "
    "America/Panama Pacific/Honolulu",
    "MXN": "America/Mexico_City America/Monterrey America/Tijuana America/Cancun",
    "COP": "America/Bogota",
    "CLP": "America/Santiago",
    "PEN": "America/Lima",
    "BRL": "America/Sao_Paulo",
    "EUR": "Atlantic/Canary Atlantic/Madeira Asia/Nicosia",
}
_CURRENCY = {zone: money for money, zones in _OTHER.items() for zone in zones.split()} | {
    f"Europe/{city}": "EUR" for city in _EURO.split()
}
_OF_REGION = {"Australia": "AUD", "US": "USD", "Canada": "CAD"}
_OF_COUNTRY = {"America/Argentina": "ARS", "America/Indiana": "USD", "America/Kentucky": "USD",
               "America/North_Dakota": "USD"}  # fmt: skip
# Whose sign is $: dollars, and the pesos that write it likewise.
_DOLLARS = words("USD CAD AUD NZD SGD HKD JMD TTD BBD")
_DOLLAR_SIGNS = _DOLLARS | words("MXN COP CLP ARS UYU DOP")
_RUPEES = words("INR PKR LKR NPR")
_PESOS = words("PHP MXN COP CLP ARS UYU DOP")
_SHILLINGS = words("KES UGX")


def currency_of(zone: str) -> str | None:
    """The money of a zone's country; None where a zone is of no country (UTC)."""
    return (
        _CURRENCY.get(zone)
        or _OF_COUNTRY.get(zone.rpartition("/")[0])
        or _OF_REGION.get(zone.partition("/")[0])
    )


def dollar_of(zone: str) -> str:
    """What the sign ``$`` is there: the US dollar where the country's money has another."""
    return _one_of(_DOLLAR_SIGNS, zone, "USD")


def named_money(name: str, zone: str) -> str:
    """The currency of a name that several countries share: rupee, peso, shilling, dollar."""
    if name == "dollar":
        return _one_of(_DOLLARS, zone, "USD")
    if name == "rupee":
        return _one_of(_RUPEES, zone, "INR")
    if name == "shilling":
        return _one_of(_SHILLINGS, zone, "KES")
    return _one_of(_PESOS, zone, "MXN")


def _one_of(these: frozenset[str], zone: str, otherwise: str) -> str:
    own = currency_of(zone)
    return own if own in these and own is not None else otherwise
