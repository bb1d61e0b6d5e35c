"""Why each project is not in the plan put to the committee: the figures that its lead is told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from data import question_file
from optimizer.explain import Outside, explain
from optimizer.joining import joining
from optimizer.search import Search
from portfolio.candidate import Candidate
from portfolio.plan import Plan
from portfolio.question import Question
from portfolio.record import Cut, Effort, Money, WhyNot
from services import plan_figures
from services.jobs import Job, Jobs
from services.plan_view import PlanView
from services.put import best
from services.tradeoffs import Working, working
from services.why_card import Paths, Raise, Room, Unit, lack, paths, room, unit_of

SECONDS = 600.0
TOGETHER = 12  # projects looked at between which progress is told
BRIEF = 0.3  # the part of the way on which only what each lacks is looked for
Figures = Mapping[str, WhyNot]


def figures(jobs: Jobs, question: Question, begin: bool = True) -> Working[Figures]:
    """Of each project that the best plan leaves out, as far as it is known; the rest is begun.

    Nothing while there is no plan. Where time ran out, the limits that stop it are all there is.
    """
    name = f"put:{question_file.sha256(question)}:why-not"
    plan = best(jobs, question, begin).result
    if not isinstance(plan, Plan):
        return Working(name)

    def work(job: Job[Figures]) -> Figures:
        seen = plan_figures.view(plan, question)
        left = [code for code in question.choices().candidates if code not in plan.starts]
        known: dict[str, WhyNot] = {code: _stopped(seen, code) for code in left}
        for is_last in (False, True):  # what each lacks first, then what would bring it in
            for at in range(0, len(left), TOGETHER):
                if job.is_stopped() or job.seconds > SECONDS:
                    return known
                some = left[at : at + TOGETHER]
                search = Search(max(0.0, SECONDS - job.seconds), watch=job).aside()
                known |= _explained(question, plan, known, some, search, is_last)
                share = (at + len(some)) / len(left)
                job.reached(BRIEF + (1 - BRIEF) * share if is_last else BRIEF * share, dict(known))
        return known

    return working(jobs, name, work, begin, lambda _: True)


def _explained(
    question: Question, plan: Plan, known: Figures, codes: list[str], search: Search,
    with_ways: bool,
) -> dict[str, WhyNot]:  # fmt: skip
    """The figures of these projects; each variant of a project is asked about by itself."""
    whole = explain(question, search, codes, plan, with_ways).projects
    found = {}
    for code in codes:
        reason = whole[code]
        assert isinstance(reason, Outside)  # the plan leaves it out
        found[code] = _lacking(known[code], reason, unit_of(question))
        if with_ways:
            ways = _ways(question, plan, code, reason, search)
            found[code] = _with_ways(found[code], ways, question)
    return found


def _lacking(one: WhyNot, reason: Outside, unit: Unit) -> WhyNot:
    lost = lack(reason.gap, unit)
    is_known = lost is not None and lost.amount != float("inf")
    return replace(
        one,
        lack=lost.amount if lost is not None and is_known else None,
        lack_high=lost.high if lost is not None and is_known else None,
        displaces=reason.displaces,
        rules=reason.forbidden_by,
    )


def _with_ways(one: WhyNot, ways: Paths, question: Question) -> WhyNot:
    return replace(
        one,
        cut=_cut(ways),
        money=_money(ways, question),
        days=_days(ways.room, question),
        shortest=_shortest(ways),
    )


def _stopped(seen: PlanView, project: str) -> WhyNot:
    return WhyNot(limits=tuple(b.label for b in seen.binding if project in b.keeps_out))


def _ways(question: Question, plan: Plan, code: str, reason: Outside, search: Search) -> Paths:
    """What would bring the project in: each variant's cut, each envelope's money, else days."""
    options = question.choices().candidates[code].options
    found = {options[0].code: reason}
    if len(options) > 1:
        for option in options:
            asked = _narrowed(question, code, option.code)
            one = explain(asked, search, [code], plan).projects[code]
            if isinstance(one, Outside):
                found[option.code] = one
    costs = {option.code: option.total_cost for option in options}
    ways = paths(found, costs, unit_of(question))
    if ways.shortest is not None:
        return ways
    return replace(ways, room=room(joining(question, plan, code, search),
                                   question.horizon.periods))  # fmt: skip


def _narrowed(question: Question, project: str, variant: str) -> Question:
    def narrowed(one: Candidate) -> Candidate:
        if one.code != project:
            return one
        return replace(one, variants=tuple(o for o in one.variants if o.code == variant))

    return replace(question, projects=tuple(map(narrowed, question.projects)))


def _cut(ways: Paths) -> Cut | None:
    least = ways.cut
    if least is None or least.share is None:
        return None
    return Cut(least.variant, least.share, least.saved)


def _money(ways: Paths, question: Question) -> tuple[Money, ...]:
    """Of the envelope that needs the least more by itself; else beside the days."""
    label = question.horizon.label
    beside = ways.room.money if ways.room is not None else ()
    raises: tuple[Raise, ...] = ways.raises[:1] or beside
    return tuple(
        Money(one.envelope, label(at), one.by_period[at]) for one in raises for at in one.periods
    )


def _days(needed: Room | None, question: Question) -> tuple[Effort, ...]:
    label = question.horizon.label
    each = needed.days if needed is not None else ()
    return tuple(
        Effort(one.team, label(at), days) for one in each for at, days in one.by_period.items()
    )


def _shortest(ways: Paths) -> Literal["", "cut", "money", "days"]:
    if ways.shortest is None:
        return "days" if ways.room is not None else ""
    return "money" if isinstance(ways.shortest, Raise) else "cut"
