"""One cell: from the text that stands in it to the value it means, or the reason it cannot be."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from data.tables.column import Column, Kind
from data.tables.numbers import Style, cents, decimal, number, written
from portfolio.errors import Invalid

Value = str | int | float | bool | date | tuple[str, ...]

FORMULA = re.compile(r"'*(\s*=|[+\-@\t\r])")  # what a spreadsheet, or ``value``, takes for one
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LABEL = re.compile(r"[0-9]{4}(-[0-9]{1,2})?")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
WHOLE = re.compile(r"-?[0-9]{1,15}")
YES, NO = ("oui", "yes", "vrai", "true", "1"), ("non", "no", "faux", "false", "0")
LONGEST_TEXT, LONGEST_CODE = 20_000, 100
BAR = "|"


def guarded(text: str) -> str:
    """The text as it may stand in a spreadsheet: an apostrophe before what looks like a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that ``guarded`` put before it."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def value(column: Column, cell: str, style: Style = "") -> Value | None:
    """The cell's value; None when it is empty. Invalid when it cannot be."""
    if not cell.strip():
        return None
    if cell.lstrip().startswith("="):
        raise Invalid("formula", found=cell)
    if CONTROL.search(cell):
        raise Invalid("control-character", found=cell)
    if column.kind is Kind.TEXT:
        return _text(column, cell)
    bare = unguarded(cell.strip()).strip()
    if column.kind is Kind.MONEY:
        return cents(bare, style)
    if column.kind in (Kind.NUMBER, Kind.DOLLARS):
        return float(number(bare, style, dollars=column.kind is Kind.DOLLARS))
    return _share(bare, style) if column.kind is Kind.SHARE else READERS[column.kind](column, bare)


def text(column: Column, given: Value | None, language: str = "fr") -> str:
    """The cell's text as a spreadsheet in that language reads it; "" when nothing is given."""
    if given is None:
        return ""
    if column.kind is Kind.MONEY and isinstance(given, int):
        return written(Decimal(given).scaleb(-2), language)
    if isinstance(given, bool):
        return YES[0] if given else NO[0]
    if isinstance(given, int | float):
        return written(decimal(given), language)
    if isinstance(given, tuple):
        return guarded(f" {BAR} ".join(given))
    return given.isoformat() if isinstance(given, date) else guarded(given)


def _text(column: Column, text: str) -> str:
    lines = unguarded(text).replace("\r\n", "\n").replace("\r", "\n")
    if len(lines) > LONGEST_TEXT:
        raise Invalid("text-too-long", found=f"{len(lines)}", accepted=f"≤ {LONGEST_TEXT}")
    return lines


def _share(text: str, style: Style) -> float:
    if text.endswith("%"):
        return float(number(text[:-1], style) / 100)
    return float(number(text, style))


def _code(column: Column, text: str) -> str:
    if BAR in text or "\n" in text or "\t" in text or "\r" in text:
        raise Invalid("not-a-code", found=text)
    if len(text) > LONGEST_CODE:
        raise Invalid("text-too-long", found=f"{len(text)}", accepted=f"≤ {LONGEST_CODE}")
    return text


def _whole(column: Column, text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise Invalid("not-a-whole-number", found=text, accepted="1, 2, 3 …")
    return int(text)


def _date(column: Column, text: str) -> date:
    try:
        if ISO.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Invalid("not-a-date", found=text, accepted="2027-03-31")


def _yes_no(column: Column, text: str) -> bool:
    word = text.casefold()
    if word not in YES + NO:
        raise Invalid("not-yes-or-no", found=text, accepted="oui, non")
    return word in YES


def _period(column: Column, text: str) -> str:
    if not LABEL.fullmatch(text):
        raise Invalid("not-a-period", found=text, accepted="2027")
    return text


def _one_of(column: Column, text: str) -> str:
    for known in column.values:
        if known.casefold() == text.casefold():
            return str(known)
    raise Invalid("not-one-of", found=text, accepted=", ".join(column.values))


def _list(column: Column, text: str) -> tuple[str, ...]:
    items = tuple(i.strip() for i in text.split(BAR) if i.strip())
    read = tuple(_one_of(column, i) if column.values else _code(column, i) for i in items)
    for item in read:
        if read.count(item) > 1:
            raise Invalid("twice", found=item)
    return read


READERS: dict[Kind, Callable[[Column, str], Value]] = {
    Kind.CODE: _code,
    Kind.WHOLE: _whole,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.PERIOD: _period,
    Kind.ONE_OF: _one_of,
    Kind.LIST: _list,
}
