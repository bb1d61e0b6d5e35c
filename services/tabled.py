"""What is put to a meeting's committee: which scenario, and the question as it was frozen."""

from dataclasses import dataclass, replace

from data.store import Act, Store
from portfolio.errors import Refusal
from portfolio.meeting import Meeting, MeetingState, Motion
from portfolio.person import Person, Role
from portfolio.plan import Plan
from services import freezing, meetings, plan_figures
from services.bench import Answered
from services.permission import COMMITTEE, allowed
from services.scenarios import Asked


@dataclass(frozen=True, slots=True)
class Tabled:
    """The frozen question, as the person may read it, and its answer; None = worked out still."""

    asked: Asked
    answered: Answered | None


@allowed(Role.FACILITATOR)
def put_scenario(
    store: Store,
    by: Person,
    cycle: str,
    number: int,
    scenario: str,
    reason: str = "",
    request: str | None = None,
) -> Meeting:
    """Put another scenario's plan to the committee; what was frozen is frozen anew with it.

    reason   why the inputs are frozen again; needed where they were
    Refusal("meeting-closed"), ("not-the-chair"), ("vote-under-way"), and all that refuses a
    freeze; Invalid("empty") without a reason; Missing for an unknown scenario.
    """
    with store.writing(Act(by.code, Role.FACILITATOR, "tabled.put_scenario", request)) as work:
        found = meetings.led(work, by, cycle, number)
        if found.state is MeetingState.CLOSED:
            raise Refusal("meeting-closed", found=number)
        for motion in work.every(Motion, cycle, meeting=number):
            if motion.is_open:
                raise Refusal("vote-under-way", found=motion.number)
        work.scenario(cycle, scenario)
        if scenario == found.scenario:
            return found
        saved: Meeting = work.save(cycle, replace(found, scenario=scenario))
        if freezing.in_force(work, cycle, number) is not None:
            freezing.keep(work, by, cycle, saved, reason)
        return saved


@allowed(*COMMITTEE)
def question(store: Store, by: Person, cycle: str, number: int) -> Tabled | None:
    """What the committee decides on; None while nothing is frozen."""
    with store.reading() as work:
        found = freezing.in_force(work, cycle, number)
        if found is None:
            return None
        asked = freezing.asked(freezing.inputs(work, cycle, found))
        plan = freezing.plan(work, cycle, found)
    if plan is None:
        return Tabled(asked, None)
    view = plan_figures.view(plan, asked.posed.question) if isinstance(plan, Plan) else None
    return Tabled(asked, Answered(plan, view, asked.scenario.time_limit))
