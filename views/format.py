"""Numbers, money and dates as French and English Canada write them, and read strictly back."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from portfolio.clock import HERE
from portfolio.errors import Invalid
from portfolio.horizon import Horizon

Number = int | float | Decimal

LOCALES = {"fr": "fr_CA", "en": "en_CA"}
NBSP = "\u00a0"

_CENTS = {"": 100, "k": 100_000, "M": 100_000_000, "G": 100_000_000_000}
_PARTS = {
    "fr": {2: "S{}", 4: "T{}", 12: "{:02d}"},
    "en": {2: "H{}", 4: "Q{}", 12: "{:02d}"},
}
_SPACES = re.compile(r"[ \u00a0\u202f\u2009]")
_TYPED = {
    "fr": re.compile(r"[+-]?([0-9]{1,3}( [0-9]{3})+|[0-9]+)(,[0-9]+)?"),
    "en": re.compile(r"[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,3}( [0-9]{3})+|[0-9]+)(\.[0-9]+)?"),
}
_EXAMPLE = {"fr": f"1{NBSP}234,5", "en": "1,234.5"}


def number(
    value: Number, language: str, *, decimals: int | None = None, signed: bool = False
) -> str:
    """``1 234,5``: at most two decimals, or exactly ``decimals``; ``signed`` shows a plus."""
    places = ".##" if decimals is None else "." + "0" * decimals if decimals else ""
    shown = str(format_decimal(value, format=f"#,##0{places}", locale=LOCALES[language]))
    return f"+{shown}" if signed and value > 0 else shown


def money(cents: int, language: str, *, compact: bool = False, signed: bool = False) -> str:
    """``1 234 567 $``; compact: ``61,4 M$`` from ten million, ``1 944 k$`` from ten thousand.

    Below a hundred thousand, where a thousand more or less is much: ``12,5 k$``.
    """
    size = abs(cents)
    if compact and size >= 1_000_000_000:
        return _dollars(Decimal(cents) / _CENTS["M"], "M", language, 1, signed)
    if compact and size >= 1_000_000:
        decimals = 1 if size < 10_000_000 and size % _CENTS["k"] else 0
        return _dollars(Decimal(cents) / _CENTS["k"], "k", language, decimals, signed)
    return _dollars(Decimal(cents) / 100, "", language, 2 if cents % 100 else 0, signed)


def money_in(unit: str, cents: int, language: str) -> str:
    """``4 633 k$``: whole units of "" (dollars), "k" or "M", whatever the size."""
    return _dollars(Decimal(cents) / (_CENTS[unit] if unit else 100), unit, language, 0, False)


def _dollars(amount: Decimal, unit: str, language: str, decimals: int, signed: bool) -> str:
    if language == "fr":
        return f"{number(amount, 'fr', decimals=decimals, signed=signed)}{NBSP}{unit}$"
    sign = "-" if amount < 0 else "+" if signed and amount else ""
    return f"{sign}${number(abs(amount), 'en', decimals=decimals)}{unit}"


def percent(share: Number, language: str, *, decimals: int | None = None) -> str:
    """``12,5 %`` from 0.125: at most one decimal, or exactly ``decimals``."""
    hundredths = Decimal(str(share)) * 100
    if decimals is None:
        hundredths = hundredths.quantize(Decimal("0.1"), ROUND_HALF_UP)
    shown = number(hundredths, language, decimals=decimals)
    return shown + (f"{NBSP}%" if language == "fr" else "%")


def day(value: date, language: str, *, long: bool = False) -> str:
    """``2026-11-22`` in both languages; long: ``1er novembre 2026``, ``November 22, 2026``."""
    if not long:
        return value.strftime("%Y-%m-%d")
    shown = str(format_date(value, "long", locale=LOCALES[language]))
    return f"1er{shown[1:]}" if language == "fr" and value.day == 1 else shown


def moment(value: datetime) -> str:
    """``2026-11-22 14:30``, on the city's clock when the moment knows its zone."""
    return (value.astimezone(HERE) if value.tzinfo else value).strftime("%Y-%m-%d %H:%M")


def period(horizon: Horizon, at: int, language: str) -> str:
    """``2027``, ``2027 T3`` (``Q3``), ``2027 S1`` (``H1``) or ``2027-03``."""
    year, part = divmod(at, horizon.per_year)
    if horizon.per_year == 1:
        return str(horizon.start + year)
    joint = "-" if horizon.per_year == 12 else NBSP
    shape = _PARTS[language][horizon.per_year]
    return f"{horizon.start + year}{joint}{shape.format(part + 1)}"


def is_one(value: Number, language: str) -> bool:
    """Whether a noun counted by ``value`` stands in the singular (0 and 1,5 do in French)."""
    return bool(Locale.parse(LOCALES[language]).plural_form(value) == "one")


def parse_number(typed: str, language: str, field: str = "value") -> Decimal:
    """The number typed; Invalid unless it can be read in one way only.

    French takes ``12,5`` and ``1 234,5`` (any space); English ``12.5`` and ``1,234.5``.
    """
    plain = _SPACES.sub(" ", typed.strip()).replace("\u2212", "-")
    if not _TYPED[language].fullmatch(plain):
        raise Invalid("not-a-number", field=field, found=typed, accepted=_EXAMPLE[language])
    bare = plain.replace(" ", "")
    return Decimal(bare.replace(",", ".") if language == "fr" else bare.replace(",", ""))


def parse_money(typed: str, language: str, field: str = "amount") -> int:
    """The cents typed: ``1 234,50 $``, ``1 944 k$``, ``61,4 M$``; in English ``$61.4M`` too."""
    plain = _SPACES.sub(" ", typed.strip()).replace("$", "", 1).strip()
    unit = plain[-1:] if plain[-1:] in ("k", "M", "G") else ""
    figures = plain.removesuffix(unit).strip()
    if plain.startswith("- "):
        figures = "-" + figures[2:]
    try:
        cents = parse_number(figures, language, field) * _CENTS[unit]
    except Invalid:
        accepted = _EXAMPLE[language]
        raise Invalid("not-an-amount", field=field, found=typed, accepted=accepted) from None
    if cents != cents.to_integral_value():
        raise Invalid("finer-than-a-cent", field=field, found=typed)
    return int(cents)


def parse_thousands(typed: str, language: str, field: str = "amount") -> int:
    """The cents typed in k$: ``12,5`` is 12 500 $; with a ``$``, what it says: ``12,5 k$``."""
    plain = typed.strip().replace("K", "k")
    try:
        if "$" in plain or plain[-1:] in ("k", "M", "G"):
            return parse_money(plain, language, field)
        cents = parse_number(plain, language, field) * _CENTS["k"]
    except Invalid as refused:
        if refused.code == "finer-than-a-cent":
            raise
        example = _EXAMPLE[language]
        raise Invalid("not-thousands", field=field, found=typed, accepted=example) from None
    if cents != cents.to_integral_value():
        raise Invalid("finer-than-a-cent", field=field, found=typed)
    return int(cents)


def thousands(cents: int, language: str) -> str:
    """``12,5``: k$ to the last cent, as ``parse_thousands`` reads it back."""
    digits = f"{Decimal(cents) / _CENTS['k']:.5f}".rstrip("0").partition(".")[2]
    return number(Decimal(cents) / _CENTS["k"], language, decimals=len(digits))


def parse_percent(typed: str, language: str, field: str = "share") -> Decimal:
    """The share typed as a percentage: ``12,5 %`` is 0.125."""
    return parse_number(typed.strip().removesuffix("%"), language, field) / 100
