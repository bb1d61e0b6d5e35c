"""Frontiers of a scenario: the best that can be had of value and of one other objective."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from optimizer import frontier as exact
from optimizer.search import Search
from portfolio.plan import Plan
from portfolio.question import Question
from services import bench
from services.jobs import Job, Jobs
from services.plan_figures import CARBON, cents
from services.plan_view import PlanView
from services.scenarios import Asked
from services.tradeoffs import Working, working

Against = Literal["cost", "debt", "carbon"]
SIGNS: Mapping[Against, str] = {"cost": "-cost", "debt": "debt", "carbon": "-carbon"}
SECONDS = 180.0
FINENESS = 40  # points nearer than that share of the plan are told by one of them
LEAN = 0.9  # the share of the plan's cost for which it is told how much value is kept


@dataclass(frozen=True, slots=True)
class Spot:
    """A plan that none betters.

    amount   cents of cost or of debt retired, or the carbon measure's own unit
    enters, leaves   projects, against the spot before, of less value
    is_plan  it is the plan of the scenario
    """

    value: float
    amount: float
    chosen: int
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    is_plan: bool


@dataclass(frozen=True, slots=True)
class Frontier:
    """Spots from the least value to the most.

    near          points of value, and amount: plans nearer to a spot than these are not shown
    unexplored    share of the room where a spot that is not shown could be
    lean          the best spot that costs no more than LEAN of the plan; None = there is none
    kept          share of the plan's value that it keeps
    extreme       the spot that goes furthest in the other objective
    given_up      points of the plan that it gives up
    """

    against: Against
    spots: tuple[Spot, ...]
    near: tuple[float, float]
    unexplored: float
    is_complete: bool
    plan: Spot
    lean: Spot | None
    kept: float
    extreme: Spot | None
    given_up: float


def offered(question: Question) -> tuple[Against, ...]:
    """What value can be weighed against in this question."""
    more: list[Against] = ["debt"] if question.debts else []
    if any(CARBON in project.measures for project in question.projects):
        more.append("carbon")
    return ("cost", *more)


def frontier(
    jobs: Jobs, asked: Asked, plan: Plan, view: PlanView, against: Against, begin: bool = False
) -> Working[Frontier]:
    """The frontier of value against one other objective."""
    question = asked.posed.question

    def work(job: Job[Frontier]) -> Frontier:
        near = _near(view, against)
        names = ("value", SIGNS[against])
        tolerance = dict(zip(names, near, strict=True))
        search = Search(SECONDS, watch=job).aside()
        found = exact.frontier(question, names, search, tolerance)
        return _told(found, plan, view, against, near)

    name = f"{bench.called(asked, plan)}:frontier:{against}"
    return working(jobs, name, work, begin, lambda found: found.is_complete)


def _near(view: PlanView, against: Against) -> tuple[float, float]:
    """How near two plans must be to be told by one: a small share of what is at stake."""
    totals = view.totals
    whole = {
        "cost": totals.cost / 100,
        "debt": totals.owed / 100,
        "carbon": abs(totals.carbon or 0.0),
    }
    return max(totals.value, 1.0) / FINENESS, max(whole[against], 1.0) / FINENESS


def _told(
    found: exact.Frontier, plan: Plan, view: PlanView, against: Against, near: tuple[float, float]
) -> Frontier:
    spots = tuple(_spot(point, plan, against) for point in found.points)
    totals = view.totals
    amounts = {"cost": float(totals.cost), "debt": float(totals.debt), "carbon": totals.carbon}
    here = Spot(totals.value, amounts[against] or 0.0, totals.chosen, (), (), True)
    lean = [s for s in spots if s.amount <= LEAN * here.amount] if against == "cost" else []
    leanest = max(lean, key=lambda s: s.value, default=None)
    extreme = _extreme(spots, against)
    return Frontier(
        against,
        spots,
        (near[0], near[1] if against == "carbon" else float(cents(near[1]))),
        found.unexplored,
        found.is_complete,
        here,
        leanest,
        leanest.value / here.value if leanest and here.value else 0.0,
        extreme,
        here.value - extreme.value if extreme else 0.0,
    )


def _extreme(spots: tuple[Spot, ...], against: Against) -> Spot | None:
    if against == "debt":
        return max(spots, key=lambda s: (s.amount, s.value), default=None)
    return min(spots, key=lambda s: (s.amount, -s.value), default=None)


def _spot(point: exact.Point, plan: Plan, against: Against) -> Spot:
    amount = (
        abs(point.objectives[SIGNS[against]])
        if against != "carbon"
        else (-point.objectives[SIGNS[against]])
    )
    return Spot(
        point.objectives["value"],
        amount if against == "carbon" else float(cents(amount)),
        len(point.plan.starts),
        point.enters,
        point.leaves,
        point.plan.starts == plan.starts and point.plan.standalone == plan.standalone,
    )
