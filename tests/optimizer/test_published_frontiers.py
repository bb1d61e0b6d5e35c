"""Published sets of points that nothing dominates, found whole.

2kp50, 2kp100, 3kp40: Mavrotas & Florios 2013 (AUGMECON2), as kept by pyaugmecon.
Three-objective knapsacks: Kirlik & Sayin 2014.
"""

import ast
import csv
import itertools
import os

import numpy as np
import pytest
from shared_data import shared

from optimizer.frontier import frontier
from optimizer.search import Search
from portfolio.candidate import Candidate, Limits
from portfolio.horizon import Horizon
from portfolio.question import Question

LONG = bool(os.environ.get("ARBITRAGE_LONG"))


def knapsack(gains, weights, limits):
    """Maximise each row of gains; each row of weights is kept under its limit."""
    projects = tuple(
        Candidate(
            f"P{i:03}",
            measures={f"z{k}": float(gain[i]) for k, gain in enumerate(gains)},
            cost={f"E{k}": (float(weight[i]),) for k, weight in enumerate(weights)},
        )
        for i in range(len(gains[0]))
    )
    envelopes = {f"E{k}": Limits((float(limit),)) for k, limit in enumerate(limits)}
    return Question(Horizon(2027, 1), projects, envelopes=envelopes)


def table(*parts):
    with shared("benchmarks", "augmecon", *parts).open() as file:
        return [[float(x) for x in line[1:]] for line in list(csv.reader(file))[1:]]


def found(question, count):
    told = frontier(question, [f"z{k}" for k in range(count)], Search(300.0))
    assert told.is_complete
    assert set(told.tolerance.values()) == {0.0}
    return [tuple(point.objectives.values()) for point in told.points]


@pytest.mark.parametrize(("name", "count"), [("2kp50", 35), ("2kp100", 121), ("3kp40", 389)])
def test_the_published_set_is_found_whole(name, count):
    published = sorted(map(tuple, table(name, "pareto_sols.csv")))
    limits = [line[0] for line in table(name, "b.csv")]
    question = knapsack(table(name, "c.csv"), table(name, "a.csv"), limits)

    assert len(published) == count
    assert found(question, int(name[0])) == published


def instance(name):
    """(gains, weights, limit) of one file of Kirlik & Sayin."""
    text = shared("benchmarks", "kirlik_kp3", name).read_text()
    numbers = text.split("maxsum")[-1].split()
    head = text.split("\n", 1)[0].split()
    n, m, p = (int(x) for x in head)
    values = [float(ast.literal_eval(x)) for x in numbers]
    gains = np.array(values[: n * p]).reshape(p, n)
    weights = np.array(values[n * p : n * (p + m)]).reshape(m, n)
    places = values[n * (p + m) :]
    return gains, weights, [places[1 + 2 * 0]] if m == 1 else places


def tried(gains, weights, limit):
    """The points that nothing dominates, by trying every plan."""
    half = gains.shape[1] // 2
    first = np.array(list(itertools.product((0, 1), repeat=half)), float)
    second = np.array(list(itertools.product((0, 1), repeat=gains.shape[1] - half)), float)
    known = np.empty((0, len(gains)))
    ends = second @ weights[0][half:]
    for plan in first:
        left = limit - plan @ weights[0][:half]
        values = gains[:, :half] @ plan + second[ends <= left] @ gains[:, half:].T
        known = best_of(np.vstack([known, values]))
    return sorted(map(tuple, known))


def best_of(values):
    """Those that no other dominates."""
    kept = []
    for value in values[np.lexsort(values.T[::-1])[::-1]]:
        if not any((other >= value).all() for other in kept):
            kept.append(value)
    return np.array(kept).reshape(-1, values.shape[1])


SIZES = [(10, k) for k in range(1, 6)] + [(20, k) for k in ((1, 2, 3) if LONG else (1,))]


@pytest.mark.parametrize(("n", "k"), SIZES)
def test_three_objective_knapsacks_agree_with_trying_every_plan(n, k):
    gains, weights, (limit,) = instance(f"Kirlik14-KP_p-3_n-{n}_ins-{k}.fgt")

    assert found(knapsack(gains, weights, [limit]), 3) == tried(gains, weights, limit)
