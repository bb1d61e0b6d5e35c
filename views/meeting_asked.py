"""The question that a meeting's screens read: as it was frozen, else as it stands; and its plan."""

from typing import TYPE_CHECKING

import streamlit as st

from portfolio.person import Person
from portfolio.plan import NoPlan, Plan
from services import bench, tabled
from services.bench import Answered
from services.jobs import Job
from services.meetings import Room
from services.scenarios import Asked
from services.tabled import Tabled
from services.tradeoffs import Working
from views import solving
from views.desk import Desk
from views.look.components import said

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


def answered(
    desk: Desk, question: Asked, may_stop: bool = False
) -> tuple[Answered, Plan] | None:
    """The best plan once it is there; None while it is looked for, or once it was said why not.

    may_stop   the search is one's own to stop or to take up again; others see how far it is
    """
    found = solving.look(desk, question, question)
    if may_stop:
        solving.follow(desk, found, question)
    elif found.job is not None:
        follow(desk, found.job, desk.text("meeting_agenda.plan"))
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


def beside(desk: Desk, found: Working, line: str, key: str, may_stop: bool) -> None:
    """Work on the plan: one's own to stop, or how far it has come."""
    if may_stop:
        solving.beside(desk, found, line, key)
    elif found.job is not None:
        follow(desk, found.job, line)


def follow(desk: Desk, job: Job, line: str) -> None:
    """How far a piece of work has come; the page is run again when more is known."""
    _awaited(desk, job, line, job.so_far)


@st.fragment(run_every=1.0)
def _awaited(desk: Desk, job: Job, line: str, shown: object) -> None:
    if job.is_done or job.so_far is not shown:
        st.rerun()
    seconds = int(job.seconds)
    told = desk.text("scenarios.aside", line=line, seconds=seconds)
    if job.share:
        told = desk.text("scenarios.aside_share", line=line, share=job.share, seconds=seconds)
    st.caption(f":material/hourglass_top: {said(told)}")
