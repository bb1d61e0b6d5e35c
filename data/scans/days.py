"""Days as another tool writes them in the format of the person who exported; never guessed.

"03/04/2027" is two days: it is read only when another date of the same file shows which number is
the month. A year that stands first, or a month written in letters, needs no such witness.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from data.importers.messy_dates import MONTHS
from portfolio.errors import Invalid

Order = Literal["day", "month", ""]  # which number stands first; "" = nothing shows it

AFTER = r"(?:[ T].*)?"  # an hour that nobody asks for
YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){AFTER}", re.ASCII)
YEAR_LAST = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){AFTER}", re.ASCII)
IN_LETTERS = re.compile(rf"(\d{{1,2}})(?:er)?[- ]([^\W\d]+)\.?[- ](\d{{4}}){AFTER}")
FORMS = "2027-03-31"


def order_of(texts: Iterable[str]) -> Order:
    """Which number stands first in these dates; "" when nothing shows it, or they disagree."""
    seen: set[Order] = set()
    for text in texts:
        if match := YEAR_LAST.fullmatch(text.strip()):
            first, second = int(match[1]), int(match[2])
            if first > 12 or second > 12:
                seen.add("day" if first > 12 else "month")
    return seen.pop() if len(seen) == 1 else ""


def day(text: str, order: Order = "") -> date:
    """The day that is written; Invalid when it is not one, or may be one of two."""
    bare = text.strip()
    if match := YEAR_FIRST.fullmatch(bare):
        return _built(text, int(match[1]), int(match[2]), int(match[3]))
    if match := IN_LETTERS.fullmatch(bare):
        return _built(text, int(match[3]), MONTHS.get(match[2].casefold(), 0), int(match[1]))
    match = YEAR_LAST.fullmatch(bare)
    if match is None:
        raise Invalid("not-a-date", found=text, accepted=FORMS)
    first, second, year = (int(part) for part in match.groups())
    if not order and first != second:
        raise Invalid("ambiguous-date", found=text, accepted=FORMS)
    return _built(text, year, *((second, first) if order == "day" else (first, second)))


def _built(text: str, year: int, month: int, of_month: int) -> date:
    try:
        return date(year, month, of_month)
    except ValueError:
        raise Invalid("not-a-date", found=text, accepted=FORMS) from None
