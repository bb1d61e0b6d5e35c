"""Completion dates as departments write them: a day, a month, a quarter, a fiscal year.

Fiscal years open on April 1 and are named by the year in which they open: 2022 = 2022-23. A period
stands for its last day. Two numbers before the year are month then day, unless only the other way
exists. A day past the end of its month is that month's last day.
"""

import calendar
import re
from datetime import date

OPENS = 4  # April
MONTHS = {name: place for place, names in enumerate((
    ("january", "janvier", "jan", "janv"), ("february", "février", "fevrier", "feb", "fév", "févr"),
    ("march", "mars", "mar"), ("april", "avril", "apr", "avr"), ("may", "mai"),
    ("june", "juin", "jun"), ("july", "juillet", "jul", "juil"),
    ("august", "août", "aout", "aug"), ("september", "septembre", "sep", "sept"),
    ("october", "octobre", "oct"), ("november", "novembre", "nov"),
    ("december", "décembre", "decembre", "dec", "déc"),
), 1) for name in names}
SEASONS = {"winter": 3, "hiver": 3, "spring": 6, "printemps": 6, "summer": 9, "été": 9,
           "fall": 12, "autumn": 12, "automne": 12}  # each ends with a quarter of the calendar
EARLIEST = 1990  # a year before is an accident: Excel shows the year 2026 as "July 18, 1905"
WORD = "|".join(sorted(MONTHS, key=len, reverse=True))
YEARS = r"(?P<y>20\d\d|\d\d)\s*[-/]\s*(?P<z>20\d\d|\d\d)"
FISCAL = r"(?:fiscal\s+year|f\.?y\.?|exercice)?\s*"
FORMS = tuple(re.compile(form, re.IGNORECASE | re.ASCII) for form in (
    rf"(?P<month>{WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
    rf"(?P<day>\d{{1,2}})(?:er)?[\s-]+(?P<month>{WORD})\.?[\s-]+(?P<year>\d{{4}}|\d\d)",
    rf"(?P<month>{WORD})\.?,?\s+(?P<year>\d{{4}})",
    rf"(?:{WORD})\s*[-–/]\s*(?P<month>{WORD})\s+(?P<year>\d{{4}})",
    r"(?P<year>\d{4})[-/](?P<mm>\d{1,2})[-/](?P<day>\d{1,2})",
    r"(?P<first>\d{1,2})[-/](?P<second>\d{1,2})[-/](?P<year>\d{4})",
    rf"{FISCAL}{YEARS}(?:\s+fiscal\s+year)?",
    rf"{FISCAL}{YEARS}\s*,?\s*q?(?P<q>[1-4])",
    rf"q(?P<q>[1-4])\s*,?\s*{FISCAL}{YEARS}",
    rf"(?P<month>{WORD})-(?P<year>\d\d)",
    rf"(?P<season>{'|'.join(SEASONS)})\s+(?P<year>\d{{4}})",
    r"(?P<year>20\d\d)",
))
REMARK = re.compile(r"\s*(\*+|\([^()]*\)|\.)\s*$")


def completion(text: str) -> date | None:
    """The day, or the last day of the period, that is written; None when none can be read."""
    bare = " ".join(text.split())
    while (shorter := REMARK.sub("", bare)) != bare:
        bare = shorter
    for form in FORMS:
        if match := form.fullmatch(bare):
            return _day(match.groupdict())
    return None


def fiscal_year(day: date) -> int:
    """The year in which the day's fiscal year opens."""
    return day.year if day.month >= OPENS else day.year - 1


def _day(parts: dict[str, str]) -> date | None:
    if "y" in parts:
        return _end_of_quarter(_full(parts["y"]), _full(parts["z"]), int(parts.get("q") or 4))
    year = _full(parts["year"])
    if "first" in parts:
        month, day = int(parts["first"]), int(parts["second"])
        return _clamped(year, *((month, day) if month <= 12 else (day, month)))
    if "season" in parts:
        return _clamped(year, SEASONS[parts["season"].casefold()], 31)
    if "month" in parts:
        return _clamped(year, MONTHS[parts["month"].casefold()], int(parts.get("day") or 31))
    if "mm" in parts:
        return _clamped(year, int(parts["mm"]), int(parts["day"]))
    return date(year, 3, 31)


def _end_of_quarter(year: int, following: int, quarter: int) -> date | None:
    if following != year + 1:
        return None
    ends = {1: (year, 6, 30), 2: (year, 9, 30), 3: (year, 12, 31), 4: (following, 3, 31)}
    return date(*ends[quarter])


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _clamped(year: int, month: int, day: int) -> date | None:
    if not (1 <= month <= 12 and 1 <= day <= 31 and EARLIEST <= year <= 2200):
        return None
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
