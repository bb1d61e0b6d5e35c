"""Numbers as Canada writes them in both languages, and read back in one way only."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import Invalid
from portfolio.horizon import Horizon
from views import format as written

N = "\u00a0"


@pytest.mark.parametrize(
    ("cents", "compact", "french", "english"),
    [
        (123_456_700, False, f"1{N}234{N}567{N}$", "$1,234,567"),
        (123_450, False, f"1{N}234,50{N}$", "$1,234.50"),
        (-500, False, f"-5{N}$", "-$5"),
        (6_140_000_000, True, f"61,4{N}M$", "$61.4M"),
        (194_400_000, True, f"1{N}944{N}k$", "$1,944k"),
        (1_250_000, True, f"12,5{N}k$", "$12.5k"),
        (1_200_000, True, f"12{N}k$", "$12k"),
        (950_000, True, f"9{N}500{N}$", "$9,500"),
        (0, True, f"0{N}$", "$0"),
    ],
)
def test_money(cents, compact, french, english):
    assert written.money(cents, "fr", compact=compact) == french
    assert written.money(cents, "en", compact=compact) == english


def test_a_signed_amount_shows_its_plus():
    assert written.money(500, "fr", signed=True) == f"+5{N}$"
    assert written.money(500, "en", signed=True) == "+$5"
    assert written.money(0, "fr", signed=True) == f"0{N}$"


def test_numbers_and_shares():
    assert written.number(1234.5, "fr") == f"1{N}234,5"
    assert written.number(4, "fr", decimals=1, signed=True) == "+4,0"
    assert written.percent(0.125, "fr") == f"12,5{N}%"
    assert written.percent(0.1, "en") == "10%"
    assert written.percent(0.12345, "fr", decimals=2) == f"12,34{N}%"


def test_dates_and_moments():
    day = date(2026, 11, 22)
    assert written.day(day, "fr") == written.day(day, "en") == "2026-11-22"
    assert written.day(day, "fr", long=True) == "22 novembre 2026"
    assert written.day(day, "en", long=True) == "November 22, 2026"
    assert written.moment(datetime(2026, 11, 22, 19, 30, tzinfo=UTC)) == "2026-11-22 14:30"


def test_periods():
    assert written.period(Horizon(2027, 5), 2, "fr") == "2029"
    assert written.period(Horizon(2027, 8, 4), 6, "fr") == f"2028{N}T3"
    assert written.period(Horizon(2027, 8, 4), 6, "en") == f"2028{N}Q3"
    assert written.period(Horizon(2027, 4, 2), 1, "fr") == f"2027{N}S2"
    assert written.period(Horizon(2027, 24, 12), 14, "en") == "2028-03"


@pytest.mark.parametrize(
    "typed", ["1 234,5", "1\u00a0234,5", "1\u202f234,5", "1234,5", " 1 234,50 "]
)
def test_french_reads_a_decimal_comma_and_any_space(typed):
    assert written.parse_number(typed, "fr") == Decimal("1234.5")


def test_twelve_and_a_half_stays_twelve_and_a_half():
    assert written.parse_number("12,5", "fr") == Decimal("12.5")
    assert written.parse_number("12.5", "en") == Decimal("12.5")
    assert written.parse_number("1,234.5", "en") == Decimal("1234.5")


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("12.5", "fr"), ("1.234,5", "fr"), ("1,234.5", "fr"), ("12 34", "fr"), ("1 2345", "fr"),
        ("1,2,3", "fr"), ("", "fr"), ("douze", "fr"), ("1e3", "fr"), ("٣", "fr"), ("--5", "fr"),
        ("12,5", "en"), ("1.234,5", "en"), ("1,23", "en"), ("1,234 567", "en"), ("nan", "en"),
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_refused(typed, language):
    with pytest.raises(Invalid) as refused:
        written.parse_number(typed, language, "cost")
    assert refused.value.code == "not-a-number"
    assert refused.value.facts["field"] == "cost"
    assert refused.value.facts["found"] == typed


@pytest.mark.parametrize(
    ("typed", "language", "cents"),
    [
        ("1 234,50 $", "fr", 123_450),
        ("1 944 k$", "fr", 194_400_000),
        ("61,4 M$", "fr", 6_140_000_000),
        ("61,4M", "fr", 6_140_000_000),
        ("-5 $", "fr", -500),
        ("$61.4M", "en", 6_140_000_000),
        ("-$5", "en", -500),
        ("$1,234.50", "en", 123_450),
    ],
)
def test_amounts_are_read_as_cents(typed, language, cents):
    assert written.parse_money(typed, language) == cents


@pytest.mark.parametrize(("typed", "code"), [("12.5 $", "not-an-amount"), ("$$5", "not-an-amount"),
                                             ("5 $$", "not-an-amount"), ("k$", "not-an-amount"),
                                             ("0,125 $", "finer-than-a-cent")])  # fmt: skip
def test_an_amount_that_is_not_clear_is_refused(typed, code):
    with pytest.raises(Invalid) as refused:
        written.parse_money(typed, "fr")
    assert refused.value.code == code


@given(st.integers(-(10**14), 10**14), st.sampled_from(["fr", "en"]))
def test_an_amount_that_is_shown_can_be_typed_back(cents, language):
    assert written.parse_money(written.money(cents, language), language) == cents


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["fr", "en"]))
def test_a_number_that_is_shown_can_be_typed_back(value, language):
    assert written.parse_number(written.number(value, language), language) == value


@pytest.mark.parametrize(
    ("language", "typed", "cents"),
    [
        ("fr", "12,5", 12_500_00), ("fr", "0,00001", 1), ("fr", "12,5 k$", 12_500_00),
        ("fr", "12,5 $", 12_50), ("fr", "1\u202f234", 1_234_000_00),
        ("en", "1,234.5", 1_234_500_00),
        ("en", "$12.5k", 12_500_00), ("en", "$12", 12_00), ("fr", "1,2 M", 1_200_000_00),
    ],
)  # fmt: skip
def test_thousands_are_read_as_written_and_written_as_read(language, typed, cents):
    assert written.parse_thousands(typed, language) == cents
    assert written.parse_thousands(written.thousands(cents, language), language) == cents


@pytest.mark.parametrize("typed", ["12.5", "", "k", "$", "1,23,4", "12,5 k$ k$", "0,000001"])
def test_thousands_that_can_be_read_two_ways_are_refused(typed):
    with pytest.raises(Invalid):
        written.parse_thousands(typed, "fr")
