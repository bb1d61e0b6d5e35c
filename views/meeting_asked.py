"""The question that a meeting's screens read: its scenario's, and the best plan of it."""

from portfolio.plan import NoPlan, Plan
from services import bench
from services.bench import Answered
from services.meetings import Room
from services.scenarios import Asked
from views import solving
from views.desk import Desk


def asked(desk: Desk, room: Room) -> Asked | None:
    """The scenario put to the committee, asked; None once it was said why it cannot be."""
    whole = solving.portfolio(desk)
    if whole is None:
        return None
    kept = {scenario.code: scenario for scenario in whole.registry.scenarios}
    found = kept.get(room.meeting.scenario)
    return whole if found is None else solving.instead(desk, whole, found)


def answered(desk: Desk, question: Asked) -> tuple[Answered, Plan] | None:
    """The best plan once it is there; None while it is looked for, or once it was said why not."""
    standing = solving.look(desk, question, question)
    solving.follow(desk, standing, question)
    if standing.answered is None or standing.job is not None:
        return None
    found = standing.answered.found
    if isinstance(found, NoPlan):
        solving.no_plan(desk, question, found)
        return None
    solving.leave(desk, "meeting", bench.called(question, found))
    return standing.answered, found
