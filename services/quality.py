"""A system's code as SonarQube measures it: its rating by the published formula, and its trend."""

import math
from collections.abc import Iterable, Iterator
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
    """The days on which a project's two figures are known, the oldest first.

    Where the system holds several projects, each stands with what it was last known to be.
    """
    with store.reading() as work:
        readings = work.every(Reading, cycle, system, source=Tool.SONARQUBE)
    told: dict[tuple[date, str], dict[str, float]] = {}
    for reading in readings:
        told.setdefault((reading.on, reading.scope), {})[reading.metric] = reading.number
    latest: dict[str, tuple[float, float]] = {}
    rated: dict[date, Rated] = {}
    for (on, scope), figures in sorted(told.items()):
        if MINUTES in figures and LINES in figures:
            latest[scope] = figures[MINUTES], figures[LINES]
            rated |= {one.on: one for one in _rated(on, latest.values())}
    return tuple(rated.values())


def _rated(on: date, projects: Iterable[tuple[float, float]]) -> Iterator[Rated]:
    """The projects together; nothing where there is no line of code."""
    minutes, lines = (math.fsum(figures) for figures in zip(*projects, strict=True))
    ratio = sqale.ratio(minutes, lines)
    if ratio is not None:
        yield Rated(on, minutes, lines, ratio, sqale.letter(ratio))
