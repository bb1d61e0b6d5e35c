"""The city's own clock: a day is the day it is in Montréal."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("America/Toronto")


def day_of(moment: datetime) -> date:
    """The city's date at that moment, which knows its zone."""
    return moment.astimezone(HERE).date()


def seconds_until(moment: str, now: datetime) -> int:
    """Whole seconds from now to a moment, ISO 8601 with its zone; below 0 once it has passed."""
    return round((datetime.fromisoformat(moment) - now).total_seconds())
