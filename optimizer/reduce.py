"""The starts that a best plan may take, told from links and variants before a program is built."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import inf

import networkx as nx

from portfolio.candidate import Candidate, Option, Series, at
from portfolio.choices import Choices, Start
from portfolio.question import Question
from portfolio.rules import (
    Ceiling,
    DebtFloor,
    Floor,
    Force,
    Mandatory,
    Needs,
    NeedsOneOf,
    Rule,
    Together,
    Window,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A project may start in first..last, and must be finished by the end of ``over``."""

    first: float
    last: float
    over: float

    @property
    def is_empty(self) -> bool:
        return self.first > self.last


def worthwhile(question: Question) -> Choices:
    """The question's choices, without the starts that no plan can take or no best plan needs.

    Windows are carried along links; a variant that another one beats in every respect is left out.
    """
    on = question.choices()
    spans = _spans(question, on)
    beaten = set(_beaten(question))
    kept = {
        code: tuple(
            s for s in starts
            if spans[code].first <= s.period <= spans[code].last
            and on.end(s) - 1 <= spans[code].over
            and (code, s.variant) not in beaten
        )
        for code, starts in on.starts_by_project.items()
    }  # fmt: skip
    return replace(on, starts_by_project=kept)


def _spans(question: Question, on: Choices) -> Mapping[str, Span]:
    """Where each project may lie, in time: its own windows, then what links make of them."""
    spans = {code: Span(0, on.periods - 1, on.periods - 1) for code in on.candidates}
    for rule in question.rules:
        match rule:
            case Window(project=code, earliest=first, latest=last):
                spans[code] = _within(spans[code], first or 0, inf if last is None else last, inf)
            case Mandatory(project=code, deadline=deadline) if deadline is not None:
                spans[code] = _within(spans[code], 0, inf, deadline)
            case Force(project=code, chosen=False):
                spans[code] = _within(spans[code], inf, -1, -1)
            case _:
                pass
    _forward(question, on, spans)
    _backward(question, on, spans)
    return spans


def _forward(question: Question, on: Choices, spans: dict[str, Span]) -> None:
    """A project starts no earlier than what it needs can be over.

    In an order in which one pass is enough; where needs run in a circle, again until none is left.
    """
    needs = _needs(question)
    order = [code for code in _in_order(question) if code in needs]
    is_moved = True
    while is_moved:
        is_moved = False
        for code in order:
            for before, lag in needs[code]:
                ready = min((_earliest_end(on, spans, other) for other in before), default=inf)
                if ready + lag > spans[code].first and not spans[code].is_empty:
                    spans[code] = _within(spans[code], ready + lag, inf, inf)
                    is_moved = True


def _needs(question: Question) -> Mapping[str, list[tuple[tuple[str, ...], int]]]:
    """Project -> (any of these, over by so many periods before it starts)."""
    needs: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for rule in question.rules:
        if isinstance(rule, Needs):
            needs.setdefault(rule.project, []).append(((rule.on,), rule.lag))
        elif isinstance(rule, NeedsOneOf):
            needs.setdefault(rule.project, []).append((rule.any, rule.lag))
    return needs


def _in_order(question: Question) -> Iterator[str]:
    """What is needed before what needs it; the projects of a circle together."""
    graph = _graph(question)
    whole = nx.condensation(graph)
    for circle in nx.topological_sort(whole):
        yield from whole.nodes[circle]["members"]


def _graph(question: Question) -> "nx.DiGraph[str]":
    """An arrow from each needed project to the one that needs it."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for rule in question.rules:
        if isinstance(rule, Needs):
            graph.add_edge(rule.on, rule.project)
        elif isinstance(rule, NeedsOneOf):
            graph.add_edges_from((other, rule.project) for other in rule.any)
    return graph


def _backward(question: Question, on: Choices, spans: dict[str, Span]) -> None:
    """What a certain project needs is certain too, and over in time for it."""
    certain = _certain(question)
    single = [rule for rule in question.rules if isinstance(rule, Needs)]
    is_moved = True
    while is_moved:
        is_moved = False
        for rule in single:
            if rule.project not in certain:
                continue
            last = _latest_start(on, spans, rule.project) - rule.lag - 1
            if rule.on not in certain or last < spans[rule.on].over:
                certain.add(rule.on)
                spans[rule.on] = _within(spans[rule.on], 0, inf, last)
                is_moved = True


def _certain(question: Question) -> set[str]:
    """The projects that every plan takes: by mandate, by force, or with one of those."""
    certain = {
        rule.project
        for rule in question.rules
        if isinstance(rule, Mandatory) or (isinstance(rule, Force) and rule.chosen)
    }
    for rule in question.rules:
        if isinstance(rule, Together) and certain.intersection(rule.projects):
            certain.update(rule.projects)
    return certain


def _earliest_end(on: Choices, spans: Mapping[str, Span], code: str) -> float:
    """The first period in which whoever waits for the project may start; inf = never."""
    ends = (on.end(s) for s in _open(on, spans, code))
    return min(ends, default=inf)


def _latest_start(on: Choices, spans: Mapping[str, Span], code: str) -> float:
    return max((s.period for s in _open(on, spans, code)), default=-inf)


def _open(on: Choices, spans: Mapping[str, Span], code: str) -> Iterator[Start]:
    span = spans[code]
    for start in on.starts_of(code):
        if span.first <= start.period <= span.last and on.end(start) - 1 <= span.over:
            yield start


def _within(span: Span, first: float, last: float, over: float) -> Span:
    return Span(max(span.first, first), min(span.last, last), min(span.over, over))


def _beaten(question: Question) -> Iterator[tuple[str, str]]:
    """(project, variant) where another variant is worth as much, takes no more and lasts no longer.

    Only where dearer is never better: no floor on money, no objective that a cost adds to; and
    where a longer or smaller variant can bring nothing else, as value is all that they differ by.
    """
    aims = question.objective()
    if aims.get("cost", 0.0) > 0 or aims.get("value", 0.0) < 0 or any(map(_weighs, question.rules)):
        return
    makers = {debt.created_by for debt in question.debts}
    for project in question.projects:
        if project.value < 0 or (project.code in makers and _differ(project)):
            continue
        for one in project.options:
            others = (o for o in project.options if o is not one)
            if any(_beats(o, one, project.options) for o in others):
                yield project.code, one.code


def _differ(project: Candidate) -> bool:
    """Whether some variant lasts longer: the debt that the project makes then comes later."""
    return len({option.duration for option in project.options}) > 1


def _weighs(rule: Rule) -> bool:
    """Whether the rule may prefer the dearer or the less valuable of two variants."""
    if isinstance(rule, Floor | Ceiling):
        is_of_money = isinstance(rule, Floor) and rule.of == "cost"
        return rule.share is not None or rule.of == "value" or is_of_money
    return isinstance(rule, DebtFloor)


def _beats(one: Option, other: Option, declared: tuple[Option, ...]) -> bool:
    if one.duration > other.duration or one.value_factor < other.value_factor:
        return False
    if not (_no_more(one.cost, other.cost) and _no_more(one.effort, other.effort)):
        return False
    is_same = one.value_factor == other.value_factor and one.total_cost == other.total_cost
    return not is_same or declared.index(one) < declared.index(other)


def _no_more(one: Mapping[str, Series], other: Mapping[str, Series]) -> bool:
    return all(
        at(series, p) <= at(other.get(name, ()), p)
        for name, series in one.items()
        for p in range(len(series))
    )
