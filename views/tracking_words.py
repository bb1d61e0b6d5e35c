"""What the pages of tracking say of a project: its name, its health, days and shares."""

from collections.abc import Mapping

from portfolio.project import Project
from portfolio.track_record import Sample
from portfolio.tracking import Health
from views.desk import Desk
from views.look import tokens
from views.look.components import Mood

MOODS: Mapping[Health | None, Mood] = {
    Health.ON_TRACK: "good",
    Health.TO_WATCH: "warning",
    Health.OFF_TRACK: "bad",
    Health.NOT_KNOWN: "quiet",
    None: "quiet",
}


def name(desk: Desk, project: Project) -> str:
    return f"{project.code} · {project.title_in(desk.language)}"


def word(desk: Desk, health: Health | None) -> str:
    return desk.text(f"tracking.health_is.{health or 'arrete'}")


def health_word(desk: Desk, health: Health | None) -> str:
    """A shape, then the word."""
    return f"{tokens.SIGNS[MOODS[health]]} {word(desk, health)}"


def days(desk: Desk, late: float | None) -> str:
    """« 12 jours de retard », « 3 jours d'avance », « à la date promise »."""
    if late is None:
        return desk.text("common.none")
    key = "late" if late > 0 else "early" if late < 0 else "on_the_day"
    return desk.text(f"tracking.{key}", n=abs(late))


def share(desk: Desk, gap: float | None) -> str:
    """« +12 % »."""
    if gap is None:
        return desk.text("common.none")
    return ("+" if gap > 0 else "") + desk.percent(gap)


def money(desk: Desk, cents: int | None) -> str:
    return desk.text("common.none") if cents is None else desk.money(cents)


def in_days(desk: Desk, sample: Sample) -> str:
    """The median with its count, and that it is small where it is."""
    shown = "" if sample.median is None else desk.number(sample.median, signed=True)
    return _counted(desk, sample, desk.text("tracking.short_days", n=shown))


def in_share(desk: Desk, sample: Sample) -> str:
    return _counted(desk, sample, share(desk, sample.median))


def _counted(desk: Desk, sample: Sample, figure: str) -> str:
    if sample.median is None:
        return desk.text("common.none")
    key = "tracking.sample_small" if sample.is_small else "tracking.sample"
    return desk.text(key, figure=figure, n=sample.count)
