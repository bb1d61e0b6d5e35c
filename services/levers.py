"""The levers of the bench: what a person moves, read from a scenario and put back into it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from portfolio import debt_mode
from portfolio.cycle import Cycle
from portfolio.registry import pose
from portfolio.rules import DebtFloor, Floor, Force, RedLimit, Rule, Tagged
from portfolio.scenario import DebtMode, Scenario
from services.scenarios import Asked

AMBITION = "ambition"  # the grid of tags on which floors are set
POINT_PRICE = 100_000_00  # cents: where a person begins who has set no price of a point


@dataclass(frozen=True, slots=True)
class Levers:
    """Whole percentages, as people move them.

    envelopes   envelope -> per cent more (+) or less (-) than its limits
    budget      per cent of what everything would cost, where envelopes have no limit; None = not so
    reserve     least per cent of the money that repays debt; 0 = no such rule
    reds        how many systems may be red in the end; None = no such rule
    floors      ambition -> least per cent of the money that goes to it
    forced      choices imposed, with their reasons
    ignored     kinds of rule switched off
    in_money    debt counts as money; point_price, terminal_years as in a scenario
    """

    envelopes: Mapping[str, int] = field(default_factory=dict)
    budget: int | None = None
    reserve: int = 0
    reds: int | None = None
    floors: Mapping[str, int] = field(default_factory=dict)
    forced: tuple[Force, ...] = ()
    ignored: frozenset[str] = frozenset()
    seconds: int = 60
    in_money: bool = False
    point_price: int = POINT_PRICE
    terminal_years: int = 0


def read(scenario: Scenario, cycle: Cycle) -> Levers:
    """Where the scenario's levers stand."""
    limited = [e.code for e in cycle.envelopes if e.limits is not None]
    is_shared = len(limited) < len(cycle.envelopes)
    share = 1.0 if scenario.budget_share is None else scenario.budget_share
    reserves = [rule.share for rule in scenario.rules if isinstance(rule, DebtFloor)]
    reds = [rule.count for rule in scenario.rules if isinstance(rule, RedLimit)]
    return Levers(
        envelopes={code: _percent(scenario.levers.get(code, 1.0) - 1) for code in limited},
        budget=_percent(share) if is_shared else None,
        reserve=_percent(max(reserves, default=0.0)),
        reds=min(reds, default=None),
        floors={ambition: _percent(f.share or 0.0) for ambition, f in _floors(scenario).items()},
        forced=tuple(rule for rule in scenario.rules if isinstance(rule, Force)),
        ignored=scenario.ignored,
        seconds=round(scenario.time_limit),
        in_money=scenario.debt_mode is DebtMode.MONEY,
        point_price=scenario.point_price or POINT_PRICE,
        terminal_years=scenario.terminal_years,
    )


def put(scenario: Scenario, cycle: Cycle, levers: Levers) -> Scenario:
    """The scenario with its levers there; what was not moved stays exactly as it was."""
    stood = read(scenario, cycle)
    if levers == stood:
        return scenario
    moved = {
        code: 1 + percent / 100
        for code, percent in levers.envelopes.items()
        if percent != stood.envelopes.get(code)
    }
    share = scenario.budget_share
    if levers.budget is not None and levers.budget != stood.budget:
        share = levers.budget / 100
    seconds = scenario.time_limit if levers.seconds == stood.seconds else float(levers.seconds)
    return replace(
        scenario,
        rules=_rules(scenario, stood, levers),
        levers={**scenario.levers, **moved},
        budget_share=share,
        ignored=levers.ignored,
        time_limit=seconds,
        debt_mode=DebtMode.MONEY if levers.in_money else DebtMode.SCORE,
        point_price=levers.point_price if levers.in_money else scenario.point_price,
        terminal_years=levers.terminal_years,
    )


def kinds(asked: Asked) -> Mapping[str, int]:
    """Every kind of rule there is to ignore, with how many there are of it."""
    whole = pose(asked.registry, replace(asked.scenario, ignored=frozenset()), asked.values)
    return Counter(rule.kind for rule in whole.question.rules)


def reds(asked: Asked) -> int:
    """How many systems are red before any plan."""
    return sum(system.is_red_with(frozenset()) for system in asked.posed.question.systems)


def counts_debt(asked: Asked) -> bool:
    """Whether points hold debt already: a criterion of what was rated measures it."""
    scores = asked.scores
    return any(card.parts for card in scores.cards) and bool(debt_mode.criteria(scores.framework))


def ambitions(asked: Asked) -> tuple[str, ...]:
    """The ambitions that some candidate bears, in the framework's order, then others."""
    borne: set[str] = set()
    for project in asked.posed.question.projects:
        tag = project.tags.get(AMBITION, ())
        borne.update((tag,) if isinstance(tag, str) else tag)
    known = [c.key for c in asked.scores.framework.criteria if c.key in borne]
    return (*known, *sorted(borne.difference(known)))


def _rules(scenario: Scenario, stood: Levers, levers: Levers) -> tuple[Rule, ...]:
    """The scenario's rules, less those whose lever moved, and those rules anew."""
    floors = _floors(scenario)
    gone: list[Rule] = []
    new: list[Rule] = []
    for ambition in {**stood.floors, **levers.floors}:
        percent = levers.floors.get(ambition, 0)
        if percent != stood.floors.get(ambition):
            gone += [floors[ambition]] if ambition in floors else []
            new += [Floor("cost", Tagged(AMBITION, ambition), percent / 100)] if percent else []
    if levers.reserve != stood.reserve:
        gone += [rule for rule in scenario.rules if isinstance(rule, DebtFloor)]
        new += [DebtFloor(levers.reserve / 100)] if levers.reserve else []
    if levers.reds != stood.reds:
        gone += [rule for rule in scenario.rules if isinstance(rule, RedLimit)]
        new += [RedLimit(levers.reds)] if levers.reds is not None else []
    kept = tuple(
        rule
        for rule in scenario.rules
        if rule not in gone and not (isinstance(rule, Force) and rule not in levers.forced)
    )
    return (*kept, *new, *(force for force in levers.forced if force not in stood.forced))


def _floors(scenario: Scenario) -> dict[str, Floor]:
    """Ambition -> the floor on its share of the money."""
    return {
        rule.where.key: rule
        for rule in scenario.rules
        if isinstance(rule, Floor)
        and rule.of == "cost"
        and rule.share is not None
        and isinstance(rule.where, Tagged)
        and rule.where.tag == AMBITION
    }


def _percent(share: float) -> int:
    return round(100 * share)
