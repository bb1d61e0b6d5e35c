"""SMAA and the weightings it draws: by figures a person can check."""

import math

import numpy as np
import pytest

from portfolio.errors import Invalid
from portfolio.weights import WeightSet
from scoring import acceptability, drawing
from scoring.acceptability import ratings

ABC = ("a", "b", "c")
NAN = float("nan")
THREE = [[1.0, 0.0], [0.0, 1.0], [0.6, 0.6]]
MANY = tuple(f"c{k}" for k in range(15))


def kept(weights, drawn):
    return all(
        weights.has(dict(zip(weights.criteria, row, strict=True)), 1e-7) for row in drawn.tolist()
    )


def test_three_projects_on_two_criteria_share_the_first_rank_as_a_pencil_says():
    """With w on [0, 1]: A1 = w, A2 = 1 - w, A3 = 0.6, so A3 is first for w in 0.4 .. 0.6."""
    found = acceptability.acceptability(THREE, drawing.uniform(2, 40_000, seed=3))

    assert found.shares[:, 0] == pytest.approx([0.4, 0.4, 0.2], abs=0.01)
    assert found.shares.sum(axis=1) == pytest.approx([1, 1, 1])
    assert found.central == pytest.approx(np.array([[0.8, 0.2], [0.2, 0.8], [0.5, 0.5]]), abs=0.01)
    assert found.confidence.tolist() == [1, 1, 1]


def test_a_project_that_never_comes_first_has_no_central_weights():
    found = acceptability.acceptability([[1.0, 1.0], [0.5, 0.5]], drawing.uniform(2, 100, seed=1))

    assert found.shares.tolist() == [[1, 0], [0, 1]]
    assert np.isnan(found.central[1]).all()
    assert np.isnan(found.confidence[1])
    assert (found.errors > 0).all()


def test_the_error_is_that_of_a_share():
    share, error = acceptability.shared(np.array([50]), 100)

    assert share == [0.5]
    assert error[0] == pytest.approx(math.sqrt(0.25 / 100))


def test_the_errors_say_how_far_draws_fall_from_the_truth():
    away = []
    for seed in range(60):
        found = acceptability.acceptability(THREE, drawing.uniform(2, 500, seed=seed))
        away.append((found.shares[2, 0] - 0.2) / found.errors[2, 0])

    assert np.mean(np.abs(away) < 1.96) > 0.85
    assert np.std(away) == pytest.approx(1.0, abs=0.3)


def test_how_often_among_the_first_and_between_which_ranks():
    found = acceptability.acceptability(THREE, drawing.uniform(2, 20_000, seed=3))
    share, _ = found.within(2)
    low, half, high = found.span(0.9)

    assert share[2] == pytest.approx(1.0)
    assert share[0] == pytest.approx(0.5, abs=0.02)
    assert (low.tolist(), half[2], high.tolist()) == ([1, 1, 1], 2, [3, 3, 2])


def test_ratings_that_are_not_settled_move_ranks_too():
    means, errors = [[0.5, 0.5], [0.6, 0.6]], [[0.1, 0.1], [NAN, NAN]]
    weights = np.tile([0.5, 0.5], (20_000, 1))

    found = acceptability.acceptability(ratings(means, errors, len(weights), seed=1), weights)

    # the first is normal, 0.5 with error 0.1 / sqrt 2: it passes 0.6 with chance P(Z > 1.414)
    assert found.shares[0, 0] == pytest.approx(0.0786, abs=0.01)
    assert found.confidence[0] == pytest.approx(0.0786, abs=0.01)


def test_values_drawn_that_do_not_move_say_what_settled_ones_say():
    weights, values = drawing.uniform(2, 500, seed=2), np.array(THREE)
    still = acceptability.acceptability(np.tile(values, (500, 1, 1)), weights)
    settled = acceptability.acceptability(values, weights)

    assert still.shares.tolist() == settled.shares.tolist()
    assert still.central == pytest.approx(settled.central)
    assert still.confidence.tolist() == settled.confidence.tolist()


def test_what_is_not_scored_is_left_out_under_every_weighting():
    found = acceptability.acceptability([[0.9, NAN], [0.5, 0.5]], drawing.uniform(2, 50, seed=1))

    assert found.shares[0].tolist() == [1, 0]


def test_one_project_identical_ones_and_none_scored_are_answered():
    weights = drawing.uniform(2, 50, seed=1)

    for values in ([[0.3, 0.3]], [[0.3, 0.3]] * 4, [[NAN, NAN]] * 2):
        assert (acceptability.acceptability(values, weights).shares[:, 0] == 1).all()


def test_entropy_is_none_when_one_always_wins_and_a_bit_between_two():
    assert acceptability.entropy([1.0, 0.0]) == 0
    assert acceptability.entropy([0.5, 0.5]) == 1


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        ([[0.5, float("inf")]], [[0.5, 0.5]]),
        ([[0.5, 2.0]], [[0.5, 0.5]]),
        ([[[0.5, float("inf")]]], [[0.5, 0.5]]),
        (np.empty((0, 1, 2)), [[0.5, 0.5]]),
        (np.full((3, 1, 2), 0.5), [[0.5, 0.5]]),
        ([[0.5, 0.5]], [[0.5, NAN]]),
        ([[0.5, 0.5]], [[0.5, 0.6]]),
    ],
)
def test_what_cannot_be_is_refused(values, weights):
    with pytest.raises(Invalid):
        acceptability.acceptability(values, weights)


def test_errors_of_another_shape_are_refused():
    with pytest.raises(Invalid, match="not-as-many"):
        ratings([[0.5]], [[0.1, 0.1]], 3, seed=1)


def test_weightings_add_up_and_spread_evenly():
    """On three criteria, a weight is above one half in a quarter of the weightings."""
    drawn = drawing.uniform(3, 40_000, seed=1)

    assert drawn.sum(axis=1) == pytest.approx(np.ones(40_000))
    assert drawn.mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.005)
    assert (drawn[:, 0] > 0.5).mean() == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize(
    "weights",
    [
        WeightSet(ABC),
        WeightSet(ABC, {"a": (0.2, 0.4), "b": (0.1, 0.5)}),
        WeightSet(ABC, orders=(("c", "a", "b"),)),
        WeightSet(ABC, {"a": (0.2, 0.9)}, (("a", "b"), ("a", "c"))),
        WeightSet(ABC, {"a": (0.3, 0.3)}),
        WeightSet(ABC, {"a": (0.3, 0.3), "b": (0.7, 0.7)}),
        WeightSet(ABC, {"a": (0.5, 0.5001), "b": (0.3, 0.3001)}),
        WeightSet(ABC, orders=(("a", "b"), ("b", "a"))),
        WeightSet(MANY, dict.fromkeys(MANY, (0.05, 0.08))),
        WeightSet(MANY, {"c0": (0.3, 0.4)}, (MANY,)),
        WeightSet(("a",)),
    ],
)
def test_what_is_drawn_keeps_what_was_said(weights):
    drawn = drawing.within(weights, 400, seed=4)

    assert drawn.shape == (400, len(weights.criteria))
    assert kept(weights, drawn)


@pytest.mark.parametrize(
    ("weights", "count"),
    [
        (WeightSet(ABC, {"a": (0.1, 0.6)}, (("a", "b"),)), 20_000),
        (WeightSet(ABC, {"b": (0.2, 0.6), "c": (0.2, 0.9)}), 20_000),
    ],
)
def test_proposing_and_walking_spread_alike(weights, count):
    quick = drawing.within(weights, count, seed=1)
    walls = np.array(weights.walls())
    slow = drawing._walks(walls, count, np.random.default_rng(2))

    for moment in (1, 2):
        assert (quick**moment).mean(axis=0) == pytest.approx((slow**moment).mean(axis=0), abs=0.005)


def test_an_order_of_three_is_centred_where_rank_order_centroids_say():
    """The centre of all weightings in an order is 11/18, 5/18, 2/18 (Barron & Barrett 1996)."""
    drawn = drawing.within(WeightSet(ABC, orders=(ABC,)), 40_000, seed=1)

    assert drawn.mean(axis=0) == pytest.approx([11 / 18, 5 / 18, 2 / 18], abs=0.005)


def test_fifteen_in_order_are_centred_there_too_by_walking():
    weights = WeightSet(MANY, orders=(MANY,))
    walked = drawing._walks(np.array(weights.walls()), 4000, np.random.default_rng(1))
    centre = [sum(1 / k for k in range(at, 16)) / 15 for at in range(1, 16)]

    assert walked.mean(axis=0) == pytest.approx(centre, abs=0.01)


def test_the_same_seed_draws_the_same():
    weights = WeightSet(MANY, dict.fromkeys(MANY, (0.05, 0.08)))

    assert np.array_equal(drawing.within(weights, 50, 7), drawing.within(weights, 50, 7))
    assert not np.array_equal(drawing.within(weights, 50, 7), drawing.within(weights, 50, 8))


@pytest.mark.parametrize(
    "weights",
    [
        WeightSet(ABC, {"a": (0.6, 0.7), "b": (0.6, 0.7)}),
        WeightSet(ABC, dict.fromkeys(ABC, (0.0, 0.2))),
        WeightSet(ABC, {"a": (0.0, 0.1)}, (("a", "b", "c"),)),
    ],
)
def test_what_contradicts_itself_is_refused(weights):
    with pytest.raises(Invalid, match="weights-impossible"):
        drawing.within(weights, 10, seed=1)


def test_no_criterion_is_refused():
    with pytest.raises(Invalid, match="too-few"):
        drawing.uniform(0, 10, seed=1)
