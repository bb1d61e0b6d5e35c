"""Numbers as people type them in French and in English, read strictly.

"1,234" may be a thousand or hardly more than one: it is read only when a dollar sign stands before
it, or when other numbers of the same table show what their commas are; it is refused otherwise.
"0,125" can only be decimals. A point always opens the decimals.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from portfolio.errors import Invalid

Style = Literal["fr", "en", ""]  # what a comma is: decimals, groups of thousands, not known

SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007", " ") | {"\u2212": "-"})
SPACED = re.compile(r"[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?")
GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3}){2,}(\.[0-9]+)?|[1-9][0-9]{0,2},[0-9]{3}\.[0-9]+")
PLAIN = re.compile(r"[0-9]+|[0-9]*\.[0-9]+")
COMMA = re.compile(r"[0-9]+,[0-9]+")
UNCLEAR = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
LONGEST = 40
HIGHEST = Decimal(10) ** 13
FORMS = "1234,56 · 1 234,56 · 1234.56 · 1,234.56"


def style_of(texts: Iterable[str]) -> Style:
    """What the comma is in these numbers; "" when nothing shows it, or when they disagree."""
    seen = {shown for text in texts if (shown := _shows(text))}
    return seen.pop() if len(seen) == 1 else ""


def number(text: str, style: Style = "", dollars: bool = False) -> Decimal:
    """The number that is written; Invalid when it is not one, or may be one of two.

    dollars   a $ may stand before or after it
    """
    sign, body, leads = _bare(text, dollars)
    if leads and UNCLEAR.fullmatch(body):
        style = "en"
    if UNCLEAR.fullmatch(body) and not style:
        raise Invalid("ambiguous-number", found=text, accepted=FORMS)
    if PLAIN.fullmatch(body):
        digits = body
    elif GROUPED.fullmatch(body) or (style == "en" and UNCLEAR.fullmatch(body)):
        digits = body.replace(",", "")
    elif SPACED.fullmatch(body) or COMMA.fullmatch(body):
        digits = body.replace(" ", "").replace(",", ".")
    else:
        raise Invalid("not-a-number", found=text, accepted=FORMS)
    return _within(text, sign * Decimal(digits))


def cents(text: str, style: Style = "") -> int:
    """The amount in whole cents; Invalid when it has more than two decimals."""
    return whole_cents(number(text, style, dollars=True), text)


def whole_cents(amount: Decimal, text: str = "") -> int:
    """The amount in whole cents; Invalid when it has more than two decimals."""
    exact = amount * 100
    if exact != exact.to_integral_value():
        raise Invalid("too-precise", found=text or str(amount), accepted="0.01")
    return int(exact)


def written(amount: Decimal, language: str = "fr") -> str:
    """The number with its decimal comma (a point in English), never to be read in two ways."""
    text = format(amount, "f")
    if language == "en":
        return text
    text = text.replace(".", ",")
    return text + "0" if UNCLEAR.fullmatch(text.lstrip("-")) else text


def decimal(value: float) -> Decimal:
    """The decimal that a float is shown as: 0.1 is 0.1."""
    return Decimal(repr(value))


def _bare(text: str, dollars: bool) -> tuple[int, str, bool]:
    """(sign, digits and separators, whether a $ stood before them)."""
    body = text.translate(SPACES).strip()
    if len(body) > LONGEST:
        raise Invalid("not-a-number", found=text, accepted=FORMS)
    sign = -1 if body.startswith("-") else 1
    body = body.removeprefix("-").strip()
    leads = dollars and body.startswith("$")
    if leads:
        body = body[1:].strip()
    elif dollars:
        body = body.removesuffix("$").strip()
    return sign, body, leads


def _shows(text: str) -> Style:
    """What the comma is in this number, if it shows."""
    body = text.translate(SPACES).strip().removeprefix("-").strip()
    leads, body = body.startswith("$"), body.strip("$% ")
    if GROUPED.fullmatch(body) or (leads and UNCLEAR.fullmatch(body)):
        return "en"
    if UNCLEAR.fullmatch(body) or "." in body:
        return ""
    return "fr" if COMMA.fullmatch(body) or SPACED.fullmatch(body) else ""


def _within(text: str, value: Decimal) -> Decimal:
    if abs(value) > HIGHEST:
        raise Invalid("too-high", found=text, accepted=f"≤ {HIGHEST:.0f}")
    return value
