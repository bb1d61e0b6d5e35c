"""Why one project is in or out, as a card: everything written in whole cents and in points."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from optimizer.explain import Inside, Lost, Outside, Reason
from optimizer.joining import Joining
from portfolio.plan import Plan, Proof
from portfolio.question import Question
from portfolio.rules import Label
from services.plan_figures import cents
from services.plan_view import Binding, Line, PlanView

Unit = Literal["points", "money", "score"]
NOTHING = 1e-6  # a share of cost under which there is nothing to cut
MONEY = frozenset({"cost", "debt", "interest", "avoided"})  # what a question counts in dollars


@dataclass(frozen=True, slots=True)
class Lack:
    """What the objective loses: ``amount`` between the best plans known, within [low, high].

    In points, in whole cents, or in the scenario's own score, as the card's unit says; ``high`` is
    inf where nothing better is known.
    """

    amount: float
    low: float
    high: float

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def is_nothing(self) -> bool:
        """Whether it is proved that nothing is lost."""
        return self.high == 0.0


@dataclass(frozen=True, slots=True)
class Other:
    """Another project; its value in points is None for those who may not read it."""

    project: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Raise:
    """The least more money of one envelope, cents by period, with which the project joins."""

    envelope: str
    by_period: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.by_period)

    @property
    def periods(self) -> tuple[int, ...]:
        """The periods in which there must be more."""
        return tuple(at for at, more in enumerate(self.by_period) if more)


@dataclass(frozen=True, slots=True)
class Days:
    """More person-days of one team, by period."""

    team: str
    by_period: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Room:
    """Fewest person-days, all teams together, with which the project joins.

    money   beside them, the least; none where days alone are enough
    """

    days: tuple[Days, ...]
    money: tuple[Raise, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """One variant: what it lacks, and the least share of its cost without which it joins.

    variant   empty when the project has one way only
    share     0..1; None = not for any cost above nothing, or not found in time
    saved     cents, that share of its cost
    """

    variant: str
    cost: int
    lack: Lack | None
    share: float | None
    saved: int


@dataclass(frozen=True, slots=True)
class Paths:
    """What would bring a project in, each way by itself.

    cuts          each variant, the least cut first
    raises        each envelope whose money alone is enough, the least money first
    room          what more of the teams would do; None = not enough, or not looked for yet
    is_complete   every way was looked for to its end
    """

    cuts: tuple[Cut, ...] = ()
    raises: tuple[Raise, ...] = ()
    room: Room | None = None
    is_complete: bool = True

    @property
    def cut(self) -> Cut | None:
        """The least cut that brings it in."""
        return next((cut for cut in self.cuts if cut.share is not None), None)

    @property
    def shortest(self) -> Cut | Raise | None:
        """The way that asks for the least money; None when no such way was found."""
        cut, more = self.cut, next(iter(self.raises), None)
        if cut is None or more is None:
            return cut or more
        return cut if cut.saved <= more.total else more

    @property
    def is_empty(self) -> bool:
        """Whether no way in is known."""
        return self.shortest is None and self.room is None


@dataclass(frozen=True, slots=True)
class Card:
    """Why a project is in or out of the best plan known.

    lack       inside: what the best plan loses without it; outside: with it; None = there is no
               such plan, and ``rules`` says what keeps it from being
    others     who would replace it, or who would make room for it
    blocked    the limits that stop it as the plan stands
    ties       projects that can stand in its place at no loss, in some plan as good
    paths      None until they were looked for; nothing to look for inside
    """

    line: Line
    unit: Unit
    lack: Lack | None
    others: tuple[Other, ...]
    rules: tuple[Label, ...]
    blocked: tuple[Binding, ...]
    ties: tuple[str, ...]
    proof: Proof
    paths: Paths | None = None

    @property
    def is_in(self) -> bool:
        return self.line.is_chosen

    @property
    def is_even(self) -> bool:
        """Whether the plan would be as good the other way round."""
        return self.lack is not None and self.lack.is_nothing


def card(
    question: Question, plan: Plan, view: PlanView, project: str, reason: Reason,
    values: Mapping[str, float] | None, paths: Paths | None = None,
) -> Card:  # fmt: skip
    """The card of one project; ``values`` of the others, None for those who may not read them."""
    unit = unit_of(question)
    if isinstance(reason, Inside):
        lost, codes, rules = reason.worth, reason.replaced_by, reason.held_by
    else:
        lost, codes, rules = reason.gap, reason.displaces, reason.forbidden_by
    line = view.line(project)
    return Card(
        line=line,
        unit=unit,
        lack=lack(lost, unit),
        others=others(codes, values),
        rules=rules,
        blocked=() if line.is_chosen else _blocked(view, project),
        ties=_ties(plan.proof, project, lost, codes),
        proof=plan.proof,
        paths=paths,
    )


def unit_of(question: Question) -> Unit:
    """What the objective is counted in."""
    weights = question.objective()
    if set(weights) == {"value"} and weights["value"] == 1.0:
        return "points"
    if set(weights) == {"value", "avoided"} and weights["avoided"] == 1.0:
        return "money"  # debt counts as money: a point has its price
    is_money = set(weights) <= MONEY and all(abs(weight) == 1.0 for weight in weights.values())
    return "money" if is_money else "score"


def measured(amount: float, unit: Unit) -> float:
    """An amount of the objective in the unit it is shown in: whole cents for money."""
    return amount if unit != "money" or amount == float("inf") else float(cents(amount))


def lack(lost: Lost | None, unit: Unit) -> Lack | None:
    """The same, in the unit it is shown in."""
    if lost is None:
        return None
    return Lack(*(measured(amount, unit) for amount in (lost.amount, lost.low, lost.high)))


def others(codes: Iterable[str], values: Mapping[str, float] | None) -> tuple[Other, ...]:
    """The projects with their values, the dearest to the objective first where it may be read."""
    found = [Other(code, None if values is None else values.get(code, 0.0)) for code in codes]
    return tuple(sorted(found, key=lambda other: -(other.value or 0.0)))


def room(found: Joining | None, periods: int) -> Room | None:
    """The room that is needed, in whole cents and person-days."""
    if found is None or not (found.days or found.money):
        return None
    days: dict[str, dict[int, float]] = {}
    for (team, at), number in sorted(found.days.items()):
        days.setdefault(team, {})[at] = number
    money: dict[str, list[int]] = {}
    for (envelope, at), number in sorted(found.money.items()):
        money.setdefault(envelope, [0] * periods)[at] = cents(number)
    return Room(
        tuple(Days(team, by_period) for team, by_period in days.items()),
        tuple(Raise(envelope, tuple(series)) for envelope, series in money.items()),
    )


def paths(found: Mapping[str, Outside], costs: Mapping[str, float], unit: Unit) -> Paths:
    """The ways in, from what was found of each variant; costs in dollars."""
    cuts = [
        Cut(
            variant,
            cents(costs[variant]),
            lack(one.gap, unit),
            share := _share(one.cost_cut),
            cents((share or 0.0) * costs[variant]),
        )
        for variant, one in found.items()
    ]
    least: dict[str, Raise] = {}
    for one in found.values():
        for envelope, series in one.money.items():
            more = None if series is None else Raise(envelope, tuple(map(cents, series)))
            if more and more.total and _is_less(more, least.get(envelope)):
                least[envelope] = more
    return Paths(
        tuple(sorted(cuts, key=lambda cut: (cut.share is None, cut.saved))),
        tuple(sorted(least.values(), key=lambda more: more.total)),
    )


def _share(cut: float | None) -> float | None:
    """A project that must cost nothing is not brought in by costing less."""
    return cut if cut is not None and NOTHING <= cut < 1 - NOTHING else None


def _is_less(more: Raise, known: Raise | None) -> bool:
    return known is None or more.total < known.total


def _blocked(view: PlanView, project: str) -> tuple[Binding, ...]:
    return tuple(bound for bound in view.binding if project in bound.keeps_out)


def _ties(proof: Proof, project: str, lost: Lost | None, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Those that are known to be able to stand in its place at the same objective."""
    grouped = [code for group in proof.ties if project in group for code in group]
    even = codes if lost is not None and lost.is_nothing else ()
    return tuple(code for code in dict.fromkeys((*grouped, *even)) if code != project)
