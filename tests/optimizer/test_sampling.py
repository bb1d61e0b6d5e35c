"""Weightings drawn from a set: evenly, the same for the same seed, each with its best plan."""

import math
import os
from collections import Counter

import pytest
from brute import best
from random_questions import a_random_question

from optimizer.sampling import Share, answers, sample, weightings
from optimizer.search import Search, Watch
from optimizer.valued import with_values
from portfolio.weights import WeightSet, weighted
from services.cluster import Dask
from services.executors import Here
from services.processes import Processes

SEEDS = range(400 if os.environ.get("ARBITRAGE_LONG") else 24)
SEARCH = Search(30.0)
TWO = WeightSet(("a", "b"))


def some_values(question, seed, count=6):
    """Values of the projects on two criteria, under weightings drawn."""
    parts = {p.code: {"a": p.value, "b": p.measures["carbon"] + 3} for p in question.projects}
    return [weighted(parts, weights) for weights in weightings(TWO, count, seed)]


@pytest.mark.parametrize("block", range(4))
def test_each_draw_has_the_objective_that_trying_every_plan_finds(block):
    for seed in SEEDS[block::4]:
        question = a_random_question(seed)
        values = some_values(question, seed)
        if any(r.kind in ("floor", "ceiling") and r.of == "value" for r in question.rules):
            continue  # its rows keep the question's own values; trying every plan would not
        for answer, drawn in zip(answers(question, values, SEARCH), values, strict=True):
            expected = best(with_values(question, drawn))
            assert (answer is None) == (expected is None), seed
            if expected:
                assert answer.is_proved, seed
                assert answer.objective == pytest.approx(float(expected[0]), abs=1e-6), seed


def test_rows_on_value_keep_the_values_of_the_question_itself():
    question = next(
        q for q in map(a_random_question, range(500))
        if any(r.kind == "floor" and r.of == "value" for r in q.rules) and best(q)
    )
    same = answers(question, [{p.code: p.value for p in question.projects}], SEARCH)
    nothing = answers(question, [{}], SEARCH)
    assert same[0].objective == pytest.approx(float(best(question)[0]))
    assert nothing[0] is not None


def test_the_answers_are_the_same_whoever_works():
    question = next(q for q in map(a_random_question, range(99)) if best(q) and q.debts)
    values = some_values(question, 1, count=45)
    alone = answers(question, values, SEARCH)
    with Here(2) as here, Processes(2) as processes, Dask(None, 2) as dask:
        for crew in (here, processes, dask):
            assert answers(question, values, SEARCH, crew.run) == alone


def test_the_same_seed_draws_the_same_weightings():
    three = WeightSet(("a", "b", "c"), between={"a": (0.1, 0.5)})
    assert weightings(three, 5, 7) == weightings(three, 5, 7)
    assert weightings(three, 5, 7) != weightings(three, 5, 8)


@pytest.mark.parametrize(
    "asked",
    [
        TWO,
        WeightSet(("a", "b", "c"), orders=(("a", "b", "c"),)),
        WeightSet(("a", "b", "c"), between={"a": (0.5, 0.5)}),
        WeightSet(("a", "b"), between={"a": (0.25, 0.25)}),
        WeightSet(("a",)),
        WeightSet(tuple("abcdef"), {"a": (0.1, 0.2), "b": (0.0, 0.05)}, (("c", "d"), ("e", "f"))),
    ],
)
def test_every_weighting_drawn_is_in_the_set(asked):
    assert all(asked.has(weights) for weights in weightings(asked, 50, 1))


def test_weightings_are_spread_evenly():
    """Of a triangle's area, 19 % lies within a tenth of a side; a quarter beyond one half."""
    drawn = weightings(WeightSet(("a", "b", "c")), 4000, 3)
    for name in "abc":
        for holds, expected in ((lambda w: w < 0.1, 0.19), (lambda w: w > 0.5, 0.25)):
            share = sum(holds(weights[name]) for weights in drawn) / len(drawn)
            assert abs(share - expected) < 4 * math.sqrt(expected * (1 - expected) / len(drawn))


def test_a_share_tells_its_standard_error():
    assert Share.of(30, 100).error == pytest.approx(math.sqrt(0.304 * 0.696 / 100), rel=1e-3)
    assert Share.of(100, 100).share == 1
    assert Share.of(100, 100).error > 0


def test_the_error_told_is_that_of_many_samples():
    """Share of a two-criterion line on which project A is chosen: exactly 0.3."""
    drawn = [weightings(TWO, 50, seed) for seed in range(200)]
    shares = [sum(w["a"] < 0.3 for w in one) / 50 for one in drawn]
    spread = math.sqrt(sum((s - 0.3) ** 2 for s in shares) / len(shares))
    assert spread == pytest.approx(Share.of(15, 50).error, rel=0.25)


def test_shares_count_the_answers():
    question = next(q for q in map(a_random_question, range(99)) if best(q))
    values = some_values(question, 1, count=30)
    told = sample(question, values, SEARCH)
    counted = Counter(code for a in answers(question, values, SEARCH) for code in a.projects)
    assert told.draws == told.asked == 30
    assert {c: round(30 * s.share) for c, s in told.chosen.items() if s.share} == dict(counted)
    assert sum(share.share for _, share in told.portfolios) == pytest.approx(1)


def test_stopped_it_tells_how_many_draws_it_answered():
    class After(Watch):
        def __init__(self):
            self.done = 0

        def heard(self, objective, bound):
            self.done += 1

        def is_stopped(self):
            return self.done >= 2

    question = next(q for q in map(a_random_question, range(99)) if best(q))
    told = sample(question, some_values(question, 1, 50), Search(30.0, watch=After()))
    assert 0 < told.draws < told.asked == 50
