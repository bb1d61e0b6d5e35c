"""How far a weight can move before another set of projects is better, against every plan."""

import os
from dataclasses import replace

import pytest
from brute import Reading, plans
from builders import a_candidate, a_question
from random_questions import a_random_question

from optimizer.search import Search, Watch
from optimizer.solve import solve
from optimizer.stability import bands
from optimizer.valued import with_values
from portfolio.plan import Plan
from portfolio.weights import weighted

SEEDS = range(600 if os.environ.get("ARBITRAGE_LONG") else 120)
SEARCH = Search(60.0)


def lines(question, parts, weights, criterion):
    """(set of projects, worth at weight 0, worth at weight 1) of every plan."""
    rest = 1 - weights[criterion]
    others = {c: w / rest for c, w in weights.items() if c != criterion}
    ends = [with_values(question, weighted(parts, w)) for w in (others, {criterion: 1.0})]
    kept = [(s, p) for s, p in plans(question) if Reading(question, s, p).holds()]
    return {
        (frozenset(s), *(float(Reading(q, s, p).objective()) for q in ends)) for s, p in kept
    }


def expected_end(every, own, weight, edge):
    """From ``weight`` towards ``edge``: the first place beyond which another set is better."""
    places = {edge}
    for _, a, b in every:
        for _, c, d in every:
            if (d - b) != (c - a):
                at = (a - c) / ((d - b) - (c - a)) if (d - b) - (c - a) else None
                if at is not None and min(weight, edge) <= at <= max(weight, edge):
                    places.add(at)
    last = weight
    for place in sorted(places, key=lambda at: abs(at - weight)):
        middle = (last + place) / 2
        if not all(is_best(every, own, at) for at in (middle, place)):
            return last
        last = place
    return last


def is_best(every, own, at):
    worths = {}
    for chosen, a, b in every:
        worths[chosen] = max(worths.get(chosen, float("-inf")), (1 - at) * a + at * b)
    return worths[own] >= max(worths.values()) - 1e-7


@pytest.mark.parametrize("block", range(4))
def test_a_band_ends_where_trying_every_plan_says(block):
    weights = {"a": 0.3, "b": 0.5, "c": 0.2}
    for seed in SEEDS[block::4]:
        question = replace(a_random_question(seed), maximize="value")
        if len(question.projects) > 4 or question.horizon.periods > 2:
            continue
        if any(r.kind in ("floor", "ceiling") and r.of == "value" for r in question.rules):
            continue
        parts = {
            p.code: {"a": p.value, "b": p.measures["carbon"] + 3, "c": float((seed + 2 * i) % 5)}
            for i, p in enumerate(question.projects)
        }
        asked = with_values(question, weighted(parts, weights))
        plan = solve(asked, settle=False)
        if not isinstance(plan, Plan):
            continue
        for band in bands(question, plan, parts, weights, SEARCH):
            every = lines(question, parts, weights, band.criterion)
            own = frozenset(plan.starts)
            for end, edge in ((band.low, 0.0), (band.high, 1.0)):
                assert end.is_proved, seed
                reached = expected_end(every, own, band.weight, edge)
                assert end.at == pytest.approx(reached, abs=1e-5), (seed, band.criterion, edge)


def two():
    """A leads by criterion a, B by criterion b; they meet where a weighs 0.4."""
    question = a_question(a_candidate("A"), a_candidate("B"), limits=(10,))
    parts = {"A": {"a": 9, "b": 2}, "B": {"a": 3, "b": 6}}
    return question, parts


def test_the_end_names_who_takes_over():
    question, parts = two()
    plan = solve(with_values(question, weighted(parts, {"a": 0.7, "b": 0.3})))
    first, second = bands(question, plan, parts, {"a": 0.7, "b": 0.3}, SEARCH)
    assert first.low.at == pytest.approx(0.4)
    assert (first.low.enters, first.low.leaves) == (("B",), ("A",))
    assert (first.high.at, first.high.enters) == (1, ())
    assert second.high.at == pytest.approx(0.6)


def test_a_single_criterion_is_never_overtaken():
    question, parts = two()
    plan = solve(with_values(question, weighted(parts, {"a": 1.0})))
    (band,) = bands(question, plan, {c: {"a": v["a"]} for c, v in parts.items()}, {"a": 1}, SEARCH)
    assert band.high.at == 1


def test_stopped_an_end_is_told_as_an_interval():
    class Stopped(Watch):
        def is_stopped(self):
            return True

    question, parts = two()
    plan = solve(with_values(question, weighted(parts, {"a": 0.7, "b": 0.3})))
    told = bands(question, plan, parts, {"a": 0.7, "b": 0.3}, Search(0.0, watch=Stopped()))
    assert all(end.sure == band.weight or end.is_proved for band in told
               for end in (band.low, band.high))  # fmt: skip
