"""Robust portfolio modelling: what every plan worth choosing holds, whatever the values may be.

The values are known no better than some extreme weightings (the corners of a weight set), and
perhaps within intervals. A plan dominates another when it is worth as much whatever the values,
and more for some. Source: Liesiö, Mild & Salo 2007, 2008 (Eur. J. Oper. Res. 181, 190); portfolios
one by one as Sylva & Crema 2004 (Eur. J. Oper. Res. 158).
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from optimizer.leads import Case
from optimizer.program import starts
from optimizer.search import Search
from optimizer.unbeaten import Standing, Unbeaten, plan_of
from optimizer.valued import Values
from portfolio.plan import Plan, Status
from portfolio.question import Question
from portfolio.rules.row import total

__all__ = ["Portfolio", "Robust", "Standing", "robust"]

SEEK, BOUND, HALF = 0.2, 0.6, 0.8  # of the time: until when plans are drawn, leads are bounded,
#   and all plans looked for; then each project is settled by itself


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A set of projects that no other dominates, with one plan that does them.

    low, high   by extreme weighting: the least and the most that the plan is worth
    """

    projects: tuple[str, ...]
    plan: Plan
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Robust:
    """standing     core: in every portfolio that nothing dominates; out: in none; contested: in
                 some, not all; each of these proved. undecided: time ran out before
    index        project -> share of the portfolios that hold it; empty unless ``is_complete``
    portfolios   those found; each is dominated by none, even when others were not found
    is_complete  every portfolio is there: proved
    tolerance    worths that differ by less are the same
    """

    status: Status
    standing: Mapping[str, Standing]
    index: Mapping[str, float]
    portfolios: tuple[Portfolio, ...]
    is_complete: bool
    tolerance: float
    seconds: float

    @property
    def is_decided(self) -> bool:
        """Whether the standing of every project is proved."""
        return "undecided" not in self.standing.values()


def robust(
    question: Question, values: Sequence[Values], search: Search,
    highs: Sequence[Values] | None = None,
) -> Robust:  # fmt: skip
    """Which projects stand whatever the values.

    values   {project: value} at each extreme weighting (or its least value, with ``highs``)
    highs    {project: most value} at each; None = the values are known
    Rows of the question that speak of value keep the question's own. A portfolio is a set of
    projects; it counts once, whatever the plans that do it.
    """
    began = time.monotonic()
    asking = Unbeaten(question, _cases(question, values, highs), search)
    status = asking.begin()
    if status == "feasible":
        asking.seek(began + SEEK * search.seconds)
        asking.bound(began + BOUND * search.seconds)
        asking.find_all(began + HALF * search.seconds)
        if not asking.is_complete:
            asking.settle_each()
    return _told(asking, status, began)


def _cases(
    question: Question, values: Sequence[Values], highs: Sequence[Values] | None
) -> tuple[Case, ...]:
    """Each extreme weighting once, for the projects of the question."""
    codes = [project.code for project in question.projects]
    cases: list[Case] = []
    for low, high in zip(values, highs or values, strict=True):
        case = Case({c: low.get(c, 0.0) for c in codes}, {c: high.get(c, 0.0) for c in codes})
        if case not in cases:
            cases.append(case)
    return tuple(cases)


def _told(asking: Unbeaten, status: Status, began: float) -> Robust:
    """What is known by now."""
    portfolios = tuple(_portfolios(asking))
    codes = list(asking.on.candidates)
    standing: dict[str, Standing] = {}
    for code in codes if portfolios else ():
        stands = asking.stands(code)
        is_sure = asking.is_complete or stands == "contested" or code in asking.standing
        standing[code] = stands if is_sure else "undecided"
    count = len(portfolios)
    index = {c: sum(c in p.projects for p in portfolios) / count for c in standing}
    settled = "undecided" not in standing.values()
    if status == "feasible" and settled:
        status = "optimal"
    return Robust(
        status, standing, index if asking.is_complete else {}, portfolios, asking.is_complete,
        asking.step, time.monotonic() - began,
    )  # fmt: skip


def _portfolios(asking: Unbeaten) -> Iterator[Portfolio]:
    """Each set of projects once, in the order found."""
    seen = set[tuple[str, ...]]()
    for one in asking.known:
        chosen = starts(one.taken)
        projects = tuple(code for code in asking.on.candidates if code in chosen)
        if projects in seen:
            continue
        seen.add(projects)
        ends = [(asking.valued.gain(c.low), asking.valued.gain(c.high)) for c in asking.cases]
        low = tuple(total(least, one.taken)[0] for least, _ in ends)
        high = tuple(total(most, one.taken)[0] for _, most in ends)
        yield Portfolio(projects, plan_of(one.taken), low, high)
