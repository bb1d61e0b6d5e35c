"""From what the committee says to rows of values."""

from collections.abc import Callable, Iterator, Mapping

from data.tables.cells import Value
from portfolio.registry import Registry

Cells = Mapping[str, Value | None]
RATED = ("project", "criterion", "evaluator", "round", "rating", "justification", "evidence",
         "confidence")  # fmt: skip


def _evaluations(r: Registry) -> Iterator[Cells]:
    for e in r.evaluations:
        yield {**{name: getattr(e, name) for name in RATED}, "given": e.is_given}


def _ballots(r: Registry) -> Iterator[Cells]:
    for b in r.ballots:
        for w in b.weights:
            yield {"person": b.person, "criterion": w.criterion, "points": w.points,
                   "round": b.round, "method": w.method, "cast": b.is_cast}


def _comparisons(r: Registry) -> Iterator[Cells]:
    for b in r.ballots:
        for c in b.comparisons:
            yield {"person": b.person, "round": b.round, "one": c.one, "other": c.other,
                   "ratio": c.ratio}


def _rounds(r: Registry) -> Iterator[Cells]:
    for held in r.rounds:
        yield {"subject": held.subject, "number": held.number, "projects": held.projects,
               "opened": held.opened, "revealed": held.revealed}


def _conflicts(r: Registry) -> Iterator[Cells]:
    for c in r.conflicts:
        yield {"person": c.person, "project": c.project, "reason": c.reason}


def _adopted(r: Registry) -> Iterator[Cells]:
    for a in r.adopted:
        yield {"round": a.round, "reason": a.reason}


def _adopted_weights(r: Registry) -> Iterator[Cells]:
    for a in r.adopted:
        for w in a.weights:
            yield {"round": a.round, "criterion": w.criterion, "points": w.points,
                   "method": w.method}


def _adopted_between(r: Registry) -> Iterator[Cells]:
    for a in r.adopted:
        for b in a.between:
            yield {"round": a.round, "criterion": b.criterion, "low": b.low, "high": b.high}


def _adopted_orders(r: Registry) -> Iterator[Cells]:
    for a in r.adopted:
        for order in a.orders:
            yield {"round": a.round, "criteria": order}


WRITERS: dict[str, Callable[[Registry], Iterator[Cells]]] = {
    "evaluations": _evaluations, "ballots": _ballots, "comparisons": _comparisons,
    "rounds": _rounds, "conflicts": _conflicts, "adopted": _adopted,
    "adopted_weights": _adopted_weights, "adopted_between": _adopted_between,
    "adopted_orders": _adopted_orders,
}  # fmt: skip
