"""Core, contested and out, against every plan there is."""

import os
from dataclasses import replace
from fractions import Fraction

import pytest
from brute import Reading, number, plans
from builders import a_candidate, a_question
from random_questions import a_random_question

from optimizer.robust import robust
from optimizer.search import Search, Watch
from portfolio.plan import broken
from portfolio.weights import WeightSet, weighted

SEEDS = range(600 if os.environ.get("ARBITRAGE_LONG") else 18)
SEARCH = Search(30.0)
CASES = {2: WeightSet(("a", "b")), 3: WeightSet(("a", "b", "c")), 4: WeightSet(tuple("abcd"))}


class Read:
    """One plan: its projects, what a point of each project's value adds, and the rest."""

    def __init__(self, reading):
        fade = 1 + Fraction(number(reading.q.discount))
        self.projects = frozenset(reading.starts)
        self.units = {
            code: number(option.value_factor) / fade**t
            for code, (option, t) in reading.starts.items()
        }
        bare = {p.code: replace(p, value=0.0) for p in reading.q.projects}
        q = replace(reading.q, projects=tuple(bare.values()))
        self.rest = Reading(q, reading.starts, reading.paid).objective()

    def lead(self, other, low, high, side):
        codes = self.units.keys() | other.units.keys()
        ways = {c: self.units.get(c, 0) - other.units.get(c, 0) for c in codes}
        parts = (side(w * low[c], w * high[c]) for c, w in ways.items())
        return sum(parts, Fraction(0)) + self.rest - other.rest


def dominates(one, other, lows, highs):
    least = [one.lead(other, low, high, min) for low, high in zip(lows, highs, strict=True)]
    most = [one.lead(other, low, high, max) for low, high in zip(lows, highs, strict=True)]
    return all(x >= 0 for x in least) and any(x > 0 for x in most)


def portfolios(question, lows, highs):
    """Sets of projects that a plan does which no other dominates."""
    read = [Read(r) for s, p in plans(question) if (r := Reading(question, s, p)).holds()]
    known = {(r.projects, tuple(r.units.items()), r.rest): r for r in read}
    every = list(known.values())
    return {
        one.projects
        for one in every
        if not any(dominates(other, one, lows, highs) for other in every)
    }


def exact(values):
    return [{code: number(v) for code, v in one.items()} for one in values]


def asked_of(seed, cases, spread):
    """A question, and the least and most values of its projects in each extreme case."""
    question = a_random_question(seed)
    goal = "value" if seed % 3 else {"value": 1.0, "interest": 0.25}
    question = replace(question, maximize=goal)
    names = CASES[cases].criteria
    parts = {
        p.code: {n: float((7 * i + 3 * j + seed) % 5 + (j == 1) * p.value)
                 for j, n in enumerate(names)}
        for i, p in enumerate(question.projects)
    }  # fmt: skip
    lows = [weighted(parts, corner) for corner in CASES[cases].corners()]
    grown = {code: spread * (1 + i % 2) for i, code in enumerate(parts)}
    highs = [{code: v + grown[code] for code, v in one.items()} for one in lows]
    return question, lows, highs


@pytest.mark.parametrize(
    ("cases", "spread"), [(2, 0.0), (3, 0.0), (4, 0.0), (2, 0.5), (3, 1.0)]
)
def test_the_core_is_that_of_trying_every_plan(cases, spread):
    for seed in SEEDS[:: 1 if cases == 2 else 2]:
        question, lows, highs = asked_of(seed, cases, spread)
        expected = portfolios(question, exact(lows), exact(highs))
        told = robust(question, lows, SEARCH, highs if spread else None)
        if not expected:
            assert (told.status, told.portfolios) == ("infeasible", ()), seed
            continue
        assert told.status == "optimal", seed
        assert told.is_complete, seed
        assert {frozenset(p.projects) for p in told.portfolios} == expected, seed
        for code, index in told.index.items():
            held = sum(code in one for one in expected)
            assert index == pytest.approx(held / len(expected)), seed
            name = "out" if not held else "core" if held == len(expected) else "contested"
            assert told.standing[code] == name, seed
        assert not any(broken(p.plan, question) for p in told.portfolios), seed


@pytest.mark.parametrize(("cases", "spread"), [(2, 0.0), (4, 0.0), (2, 0.5)])
def test_each_standing_is_proved_without_knowing_every_portfolio(monkeypatch, cases, spread):
    monkeypatch.setattr("optimizer.robust.HALF", 0.0)
    for seed in SEEDS[::3]:
        question, lows, highs = asked_of(seed, cases, spread)
        expected = portfolios(question, exact(lows), exact(highs))
        told = robust(question, lows, SEARCH, highs)
        assert {frozenset(p.projects) for p in told.portfolios} <= expected, seed
        assert told.index == {}
        for code, stands in told.standing.items():
            held = sum(code in one for one in expected)
            name = "out" if not held else "core" if held == len(expected) else "contested"
            assert stands == name, (seed, code)


def test_projects_that_can_stand_for_one_another_are_contested():
    question = a_question(a_candidate("A"), a_candidate("B"), a_candidate("C"), limits=(20,))
    told = robust(question, [{"A": 5, "B": 3, "C": 3}], SEARCH)
    assert told.standing == {"A": "core", "B": "contested", "C": "contested"}
    assert told.index == {"A": 1, "B": 0.5, "C": 0.5}


def test_a_project_chosen_at_every_corner_can_still_be_contested():
    """B is in both extreme plans, yet A and C together are best between them... or not at all."""
    question = a_question(
        a_candidate("A", cost=(10,)), a_candidate("B", cost=(10,)), a_candidate("C", cost=(10,)),
        limits=(20,),
    )  # fmt: skip
    corners = [{"A": 10, "B": 6, "C": 0}, {"A": 0, "B": 6, "C": 10}]
    told = robust(question, corners, SEARCH)
    assert told.standing == {"A": "contested", "B": "contested", "C": "contested"}
    assert ("A", "C") in {p.projects for p in told.portfolios}


def test_wider_intervals_leave_less_in_the_core():
    question = a_question(a_candidate("A"), a_candidate("B"), limits=(10,))
    sure = robust(question, [{"A": 5, "B": 4}], SEARCH, [{"A": 6, "B": 4.5}])
    doubtful = robust(question, [{"A": 4, "B": 4}], SEARCH, [{"A": 6, "B": 4.5}])
    assert sure.standing == {"A": "core", "B": "out"}
    assert doubtful.standing == {"A": "contested", "B": "contested"}
    assert doubtful.portfolios[0].low != doubtful.portfolios[0].high


def test_stopped_it_calls_nothing_core():
    class Stopped(Watch):
        def is_stopped(self):
            return True

    question = a_question(a_candidate("A"), a_candidate("B"), limits=(10,))
    told = robust(question, [{"A": 5, "B": 4}], Search(30.0, watch=Stopped()))
    assert told.status == "no-answer"
    assert "core" not in told.standing.values()
