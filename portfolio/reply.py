"""The reply to one lead: what was decided of her project, and nothing of the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portfolio.errors import Missing
from portfolio.record import Anchored, Decided, Imposed, Named, Proceedings, Unit
from portfolio.words import Bilingual


@dataclass(frozen=True, slots=True)
class Reply:
    """All that a letter says.

    imposed     the override that forced it in or out; None = there was none
    titles      of the projects it speaks of     envelopes, teams   code -> title
    record, sha256   number of the record it is made from, and the hash of that document
    """

    cycle: str
    cycle_title: Bilingual
    meeting: int
    on: date
    record: int
    sha256: str
    facilitator: Named
    unit: Unit
    periods: tuple[str, ...]
    per_year: int
    decided: Decided
    imposed: Imposed | None
    titles: Mapping[str, Bilingual]
    envelopes: Mapping[str, Bilingual]
    teams: Mapping[str, Bilingual]
    correction_until: date
    anchor: Anchored
    is_illustrative: bool


def reply(record: Proceedings, project: str, sha256: str) -> Reply:
    """What is told of that project; Missing when nothing was decided of it."""
    decided = record.decided(project)
    if decided is None:
        raise Missing("not-decided", found=project)
    spoken = {project, *(decided.why_not.displaces if decided.why_not else ())}
    return Reply(
        record.cycle,
        record.cycle_title,
        record.meeting,
        record.on,
        record.number,
        sha256,
        record.facilitator,
        record.unit,
        record.periods,
        record.per_year,
        decided,
        next((one for one in record.overrides if one.project == project), None),
        {one.project: one.title for one in record.decisions if one.project in spoken},
        envelopes(record),
        record.teams,
        record.correction_until,
        record.anchor,
        record.is_illustrative,
    )


def envelopes(record: Proceedings) -> dict[str, Bilingual]:
    """The envelopes' titles, by code."""
    return {spent.envelope: spent.title for spent in record.totals.spent}
