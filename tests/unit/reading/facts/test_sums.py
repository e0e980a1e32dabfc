"""Sums of money: by sign, by word, and bare where money is spoken of."""

import pytest

from stillwater.core.words import FactKind, Need
from tests.unit.reading.facts.reading_of import amounts, read, values


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("£1,250 please", "1250 GBP"),
        ("45 quid for boots", "45 GBP"),
        ("3.180 € please", "3180 EUR"),
        ("€ 38,90 to pay", "38.90 EUR"),
        ("EUR 60", "60 EUR"),
        ("£1.2k", "1200 GBP"),
        ("fifty quid", "50 GBP"),
        ("sixty euro", "60 EUR"),
        ("your half is 46.20", "46.20 GBP"),
        ("fees 48,500 balance", "48500 GBP"),
        ("£4.5", "4.50 GBP"),
        ("1.250,00 €", "1250 EUR"),
    ],
)
def test_a_sum_is_read_in_its_currency(text: str, amount: str) -> None:
    assert amounts(text) == [amount]


@pytest.mark.parametrize(
    ("text", "zone", "amount"),
    [
        ("$80 for soccer", "America/Chicago", "80 USD"),
        ("$80 for soccer", "Australia/Sydney", "80 AUD"),
        ("$80 for soccer", "America/Toronto", "80 CAD"),
        ("$80 for soccer", "Europe/London", "80 USD"),
        ("80 bucks", "Pacific/Auckland", "80 NZD"),
        ("a hundred dollars", "America/New_York", "100 USD"),
        ("three hundred forty dollars", "America/New_York", "340 USD"),
        ("Rs. 4,50,000 one time", "Asia/Kolkata", "450000 INR"),
        ("3 lakh rupees", "Asia/Kolkata", "300000 INR"),
        ("R6 400 payable", "Africa/Johannesburg", "6400 ZAR"),
        ("fees is 185k", "Africa/Lagos", "185000 NGN"),
        ("HKD 96,500", "Asia/Hong_Kong", "96500 HKD"),
        ("38.000 pesos", "America/Monterrey", "38000 MXN"),
    ],
)
def test_what_is_left_out_is_taken_from_the_zone(text: str, zone: str, amount: str) -> None:
    assert amounts(text, zone) == [amount]


@pytest.mark.parametrize(
    "text",
    [
        "60 km away",
        "she is 34 years old",
        "in 2019",
        "flat 42",
        "20 minutes",
        "call 116 123",
        "40%",
    ],
)
def test_other_numbers_are_no_sums(text: str) -> None:
    assert amounts(text) == []


def test_a_bare_number_is_no_sum_where_money_is_not_spoken_of() -> None:
    assert values(read("bring 46 sandwiches", Need.CHILDREN), FactKind.AMOUNT) == []


def test_of_a_whole_and_its_half_both_are_stated() -> None:
    assert amounts("the bill is £148.20 so 74.10 each") == ["148.20 GBP", "74.10 GBP"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the deposit is fifty five", ["55 GBP"]),
        ("the camp deposit is two seventy five", ["275 GBP"]),
        ("trainers. ninety. happy with that", ["90 GBP"]),
        ("the offer is 1.12 mil", ["1120000 GBP"]),
        ("half a grand", ["500 GBP"]),
        ("a tenner for lunch", ["10 GBP"]),
        ("70 cash", ["70 GBP"]),
        ("the exam is twenty-eight quid", ["28 GBP"]),
        ("the deposit is two seventy-five", ["275 GBP"]),
        ("the bank wants 212 000 on the loan", ["212000 GBP"]),
    ],
)
def test_sums_as_they_are_said(text: str, found: list[str]) -> None:
    assert amounts(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "you may be fined up to £1,000",
        "I've lost fourteen pounds",
        "the 20-quart mixer",
        "section 138",
        "our assessment of 2025",
        "I pay it every year since '98",
        "a lad of 19 bought the guitar I sold",
        "I work at minus 25 for this money",
        "your options, about 1,700 of them",
    ],
)
def test_laws_weights_and_years_are_no_sums(text: str) -> None:
    assert amounts(text) == []
