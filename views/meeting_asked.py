"""The question that a meeting's screens read: as it was frozen, else as it stands; and its plan."""

from typing import TYPE_CHECKING

import streamlit as st

from portfolio.person import Person
from portfolio.plan import NoPlan, Plan
from services import bench, tabled
from services.bench import Answered
from services.meetings import Room
from services.scenarios import Asked
from services.tabled import Tabled
from views import solving
from views.desk import Desk

if TYPE_CHECKING:
    from data.store import Store


def standing(desk: Desk, room: Room) -> Asked | None:
    """The scenario put to the committee, asked of all that is revealed by now.

    None once it was said why it cannot be asked.
    """
    whole = solving.portfolio(desk)
    if whole is None:
        return None
    kept = {scenario.code: scenario for scenario in whole.registry.scenarios}
    found = kept.get(room.meeting.scenario)
    return whole if found is None else solving.instead(desk, whole, found)


def decided_on(desk: Desk, room: Room) -> Tabled | None:
    """What was frozen, with its plan; before a freeze, the question as it stands."""
    if room.freeze is not None:
        mark = f"{room.freeze.sha256}:{room.freeze.answer}"
        return _frozen(mark, desk.cycle, room.meeting.number, desk.store, desk.person)
    asked = standing(desk, room)
    return None if asked is None else Tabled(asked, None)


@st.cache_resource(max_entries=16, show_spinner=False)
def _frozen(
    mark: str, cycle: str, number: int, _store: "Store", person: Person
) -> Tabled | None:
    """Read again only when it was frozen again, or its plan came: ``mark`` tells."""
    return tabled.question(_store, person, cycle, number)


def answered(desk: Desk, question: Asked) -> tuple[Answered, Plan] | None:
    """The best plan once it is there; None while it is looked for, or once it was said why not."""
    found = solving.look(desk, question, question)
    solving.follow(desk, found, question)
    if found.answered is None or found.job is not None:
        return None
    return planned(desk, question, found.answered)


def planned(desk: Desk, question: Asked, found: Answered) -> tuple[Answered, Plan] | None:
    """The plan of an answer; None once it was said why there is none."""
    if isinstance(found.found, NoPlan):
        solving.no_plan(desk, question, found.found)
        return None
    solving.leave(desk, "meeting", bench.called(question, found.found))
    return found, found.found
