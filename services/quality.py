"""A system's code as SonarQube measures it: its rating by the published formula, and its trend."""

from dataclasses import dataclass
from datetime import date

from data.store import Store
from portfolio import sqale
from portfolio.finding import Reading
from portfolio.person import Person
from portfolio.scan import Tool
from services.permission import EVERYONE, allowed

MINUTES, LINES = "sqale_index", "ncloc"


@dataclass(frozen=True, slots=True)
class Rated:
    """The code on one day.

    minutes   effort to mend its maintainability issues        lines   of code
    ratio     that effort / what the code cost to write (0.05 = 5 %)        letter   A to E
    """

    on: date
    minutes: float
    lines: float
    ratio: float
    letter: str


@allowed(*EVERYONE)
def trend(store: Store, by: Person, cycle: str, system: str) -> tuple[Rated, ...]:
    """The days on which both figures are known, the oldest first; empty without SonarQube."""
    with store.reading() as work:
        readings = work.every(Reading, cycle, system, source=Tool.SONARQUBE)
    told: dict[date, dict[str, float]] = {}
    for reading in readings:
        told.setdefault(reading.on, {})[reading.metric] = reading.number
    rated = (_rated(on, figures) for on, figures in sorted(told.items()))
    return tuple(one for one in rated if one is not None)


def _rated(on: date, figures: dict[str, float]) -> Rated | None:
    minutes, lines = figures.get(MINUTES), figures.get(LINES)
    ratio = None if minutes is None or lines is None else sqale.ratio(minutes, lines)
    if minutes is None or lines is None or ratio is None:
        return None
    return Rated(on, minutes, lines, ratio, sqale.letter(ratio))
