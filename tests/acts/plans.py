"""Acts on cycles, scenarios and plans, and what is read of them."""

from acts.said import ALL, COMMITTEE, EXPORTS, FACILITATES, FACILITATOR, RUNS, TODAY, Call, Foreign
from optimizer.solvers import Search
from portfolio.person import Role
from portfolio.project import Project
from services import bench, scenarios, why
from services.jobs import Jobs

JOBS = Jobs()


def a_plan(store):
    asked = scenarios.ask(store, FACILITATOR, "c", "base")
    return "c", asked, scenarios.answer(asked, Search())


def a_kept_plan(store):
    bench.keep(store, FACILITATOR, *a_plan(store))
    return "c", "base", Search()


def inquired(store):
    return JOBS, why.inquiry(store, FACILITATOR, "c")


def of_p3(store):
    return *inquired(store), "P3"


CALLS = {
    "agreement.view": Call(COMMITTEE),
    "bench.keep": Call(RUNS, a_plan),
    "bench.stamp": Call(COMMITTEE, ()),
    "cycles.cycles": Call(ALL, ()),
    "cycles.registry": Call(ALL),
    "exports.write": Call(EXPORTS, ("c", ".zip")),
    "minutes.minutes": Call(COMMITTEE),
    "overview.overview": Call(ALL, ("c", TODAY)),
    "replay.replay": Call(COMMITTEE, a_kept_plan),
    "scenarios.ask": Call(COMMITTEE, ("c", "base")),
    "scores.card": Call(COMMITTEE, ("c", "P1")),
    "scores.framework": Call(ALL),
    "scores.scores": Call(COMMITTEE),
    "signs.signs": Call(FACILITATES),
    "why.inquiry": Call(ALL),
    "why.points": Call(ALL, ("c", "P3")),
    "why.standing": Call(ALL, of_p3),
    "why.table": Call(ALL, inquired),
}
OWN = (
    Foreign("why.points", Role.LEAD, lambda _: ("c", "P3"), (Project, "c", "P3")),
    Foreign("why.standing", Role.LEAD, of_p3, (Project, "c", "P3")),
)
