"""The city's own clock: a day is the day it is in Montréal."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("America/Toronto")


def day_of(moment: datetime) -> date:
    """The city's date at that moment, which knows its zone."""
    return moment.astimezone(HERE).date()
