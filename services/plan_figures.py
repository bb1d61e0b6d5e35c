"""The figures of a plan, by plain arithmetic on the question it answers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from portfolio.blocking import Blocking, blocking
from portfolio.candidate import Candidate, Option, at
from portfolio.choices import Choices, Column, Start
from portfolio.plan import Plan, Use, taken, use
from portfolio.question import Question
from portfolio.rules import Force, Label, Mandatory, Needs, NeedsOneOf
from portfolio.rules.row import total
from services.plan_view import Binding, Days, Edge, Fate, Line, Money, PlanView, Totals

CARBON = "carbon"  # the measure whose total every plan shows, when projects give it
PAID = frozenset({"envelope", "debt-floor", "debt-ceiling"})  # rows whose room is money
YEARLY = frozenset({"envelope", "team", "at-most-starts"})  # kinds with a row for each period


def view(plan: Plan, question: Question) -> PlanView:
    """What the plan comes to, by plain arithmetic."""
    on = question.choices()
    columns, used = taken(plan, question, on), use(plan, question)
    edges = tuple(_edges(plan, question, on))
    chain = _longest(edges, plan, on)
    steps = set(pairwise(chain))
    marked = tuple(replace(e, is_critical=(e.before, e.after) in steps) for e in edges)
    tied = {code for edge in edges for code in (edge.before, edge.after)}
    money = tuple(_money(question, used))
    return PlanView(
        totals=_totals(plan, question, on, columns),
        money=money,
        whole=tuple(_together(money, question)),
        days=tuple(_days(question, used)),
        binding=tuple(_binding(plan, question)),
        lines=tuple(_lines(plan, question, on)),
        edges=marked,
        chain=chain,
        apart=tuple(c for c in on.candidates if c in plan.starts and c not in tied),
    )


def cents(dollars: float) -> int:
    """A question's dollars in whole cents."""
    return round(100 * dollars)


def _totals(plan: Plan, question: Question, on: Choices, columns: Mapping[Column, float]) -> Totals:
    def sum_of(name: str) -> float:
        return total(question.gain(on, {name: 1.0}), columns)[0]

    has_carbon = any(CARBON in project.measures for project in question.projects)
    return Totals(
        chosen=len(plan.starts),
        of=len(question.projects),
        value=sum_of("value"),
        cost=cents(sum_of("cost")),
        debt=cents(sum_of("debt")),
        owed=cents(sum(stake.principal for stake in question.debts if not stake.created_by)),
        interest=cents(sum_of("interest")),
        carbon=sum_of(CARBON) if has_carbon else None,
    )


def _money(question: Question, used: Use) -> Iterator[Money]:
    for code, envelope in question.envelopes.items():
        brought = 0
        for period, spent in enumerate(used.money[code]):
            carried = cents(used.carried[code][period])
            limit = cents(at(envelope.limits, period))
            yield Money(code, period, cents(spent), limit, brought, carried)
            brought = carried


def _together(money: tuple[Money, ...], question: Question) -> Iterator[Money]:
    for period in question.horizon:
        each = [m for m in money if m.period == period]
        yield Money(
            "",
            period,
            used=sum(m.used for m in each),
            limit=sum(m.limit for m in each),
            brought=sum(m.brought for m in each),
            carried=sum(m.carried for m in each),
        )


def _days(question: Question, used: Use) -> Iterator[Days]:
    for code, team in question.teams.items():
        for period, days in enumerate(used.days[code]):
            yield Days(code, period, days, at(team.capacity, period))


def _binding(plan: Plan, question: Question) -> Iterator[Binding]:
    """The limits that keep projects out, those that keep out most of them first."""
    found = blocking(plan, question)
    held: dict[Label, list[Label]] = {}
    for label in found.labels:
        held.setdefault(label[:-1] if label[0] in YEARLY else label, []).append(label)
    bounds = [_bound(label, tuple(rows), found) for label, rows in held.items()]
    yield from sorted(bounds, key=lambda bound: -len(bound.keeps_out))


def _bound(label: Label, rows: tuple[Label, ...], found: Blocking) -> Binding:
    left = min(max(0.0, found.room[row]) for row in rows)
    return Binding(
        label,
        periods=tuple(int(row[-1]) for row in rows) if label[0] in YEARLY else (),
        room=cents(left) if label[0] in PAID else left,
        keeps_out=tuple(c for c, labels in found.by_project.items() if not labels.isdisjoint(rows)),
    )


def _lines(plan: Plan, question: Question, on: Choices) -> Iterator[Line]:
    mandates = {r.project: r for r in question.rules if isinstance(r, Mandatory)}
    forces = {r.project: r for r in question.rules if isinstance(r, Force)}
    for code, candidate in on.candidates.items():
        chosen = plan.starts.get(code)
        option = on.options[code, chosen.variant] if chosen else candidate.options[0]
        mandate, force = mandates.get(code), forces.get(code)
        yield Line(
            project=code,
            title=candidate.title,
            category=_first(candidate.tags.get("category", "")),
            fate=_fate(chosen is not None, mandate, force),
            variant=chosen.variant if chosen else "",
            start=chosen.period if chosen else None,
            end=chosen.period + option.duration - 1 if chosen else None,
            cost=cents(option.total_cost),
            value=_value(candidate, option),
            deadline=mandate.deadline if mandate else None,
            reason=force.reason if force else "",
        )


def _value(candidate: Candidate, option: Option) -> float:
    return candidate.value * option.value_factor


def _first(borne: str | tuple[str, ...]) -> str:
    return borne if isinstance(borne, str) else next(iter(borne), "")


def _fate(is_chosen: bool, mandate: Mandatory | None, force: Force | None) -> Fate:
    if is_chosen:
        return "mandatory" if mandate else "imposed" if force else "in"
    return "excluded" if force else "out"


def _edges(plan: Plan, question: Question, on: Choices) -> Iterator[Edge]:
    for rule in question.rules:
        match rule:
            case Needs(project=after, on=before, lag=lag):
                waits_for = (before,)
            case NeedsOneOf(project=after, any=waits_for, lag=lag):
                pass
            case _:
                continue
        if after in plan.starts:
            ready = [c for c in waits_for if c in plan.starts and _slack(plan, on, c, after) >= lag]
            yield from (Edge(c, after, _slack(plan, on, c, after) - lag) for c in ready[:1])


def _slack(plan: Plan, on: Choices, before: str, after: str) -> int:
    return plan.starts[after].period - on.end(Start(before, *plan.starts[before]))


def _longest(edges: tuple[Edge, ...], plan: Plan, on: Choices) -> tuple[str, ...]:
    """The run of dependent projects that takes the most periods of work and imposed waiting."""
    into: dict[str, list[Edge]] = {}
    for edge in edges:
        into.setdefault(edge.after, []).append(edge)
    best: dict[str, tuple[int, tuple[str, ...]]] = {}
    for code in sorted(plan.starts, key=lambda c: plan.starts[c].period):
        own = on.option(Start(code, *plan.starts[code])).duration
        runs = [(best[e.before], e) for e in into.get(code, [])]
        waited = [
            (length + _slack(plan, on, e.before, code) - e.slack, run) for (length, run), e in runs
        ]
        length, run = max(waited, key=lambda r: r[0], default=(0, ()))
        best[code] = (length + own, (*run, code))
    runs_of_two = [found for found in best.values() if len(found[1]) > 1]
    return max(runs_of_two, key=lambda found: found[0], default=(0, ()))[1]
