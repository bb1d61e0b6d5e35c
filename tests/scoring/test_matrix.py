"""Worths and ranks under many weightings: the official rule, and what it never does."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from portfolio.criterion import Criterion, Framework
from portfolio.cycle import Cycle
from portfolio.errors import Invalid
from portfolio.evaluation import Evaluation
from portfolio.horizon import Horizon
from portfolio.project import Project
from portfolio.registry import Registry
from portfolio.words import Bilingual
from scoring import matrix
from scoring.value import score

NAN = float("nan")
SHARES = st.floats(0, 1, allow_subnormal=False)
OFF = st.sampled_from([float("inf"), -float("inf"), -0.01, 1.01, -1e300, 1e300])


def test_what_is_not_scored_is_left_out_and_the_rest_counts_for_the_whole():
    values = [[1.0, 0.0, 0.5], [NAN, 0.5, 1.0], [NAN, NAN, NAN]]

    found = matrix.worth(values, [[0.5, 0.25, 0.25], [1.0, 0.0, 0.0]])

    assert found[0, :2] == pytest.approx([0.625, 0.75])
    assert found[1, 0] == 1
    assert np.isnan([found[0, 2], found[1, 1], found[1, 2]]).all()


def test_equals_share_the_better_rank_and_what_is_not_known_comes_last():
    assert matrix.ranks([[0.2, 0.9, 0.2, NAN, 0.1]]).tolist() == [[2, 1, 2, 5, 4]]


def test_one_alternative_is_first():
    assert matrix.ranks(matrix.worth([[0.3, NAN]], [0.5, 0.5])).tolist() == [[1]]


def test_identical_alternatives_are_all_first():
    worths = matrix.worth([[0.1, 0.7, 0.3]] * 500, [[1 / 3, 1 / 3, 1 / 3], [0.2, 0.3, 0.5]])

    assert (matrix.ranks(worths) == 1).all()


def test_all_no_opinion_is_worth_nothing_known_and_ranks_nobody_above_another():
    worths = matrix.worth([[NAN, NAN]] * 3, [0.5, 0.5])

    assert np.isnan(worths).all()
    assert (matrix.ranks(worths) == 1).all()


def test_the_worth_is_the_official_one():
    name = Bilingual("x")
    tree = Framework(
        "f", "1", name, tuple(Criterion(k, w, name) for k, w in zip("abc", (5, 3, 2), strict=True))
    )
    said = {("P", "a"): 4, ("P", "c"): 1, ("Q", "a"): 2, ("Q", "b"): 3, ("Q", "c"): 0}
    registry = Registry(
        Cycle("c", name, Horizon(2027, 1), "f", "1"),
        (Project("P", "P"), Project("Q", "Q")),
        evaluations=tuple(Evaluation(p, c, "e", float(r)) for (p, c), r in said.items()),
    )
    values = [[1.0, NAN, 0.25], [0.5, 0.75, 0.0]]

    official = [card.points for card in score(registry, tree)]

    assert 100 * matrix.worth(values, [0.5, 0.3, 0.2])[0] == pytest.approx(official)


def test_a_figure_put_in_for_what_is_missing_changes_no_worth():
    values, weights = [[1.0, NAN, 0.5], [0.2, 0.4, 0.6]], [0.5, 0.3, 0.2]

    filled = matrix.filled(values, weights)

    assert not np.isnan(filled).any()
    assert matrix.worth(filled, weights) == pytest.approx(matrix.worth(values, weights))
    with pytest.raises(Invalid, match="too-few"):
        matrix.filled([[NAN, NAN, NAN]], weights)


def tables(least=1):
    shapes = array_shapes(min_dims=2, max_dims=2, min_side=least, max_side=6)
    return shapes.flatmap(lambda shape: arrays(float, shape, elements=SHARES))


def weighting(criteria, dice):
    return np.random.default_rng(dice).dirichlet(np.ones(criteria))


@settings(max_examples=500, deadline=None)
@given(tables(), OFF, st.data())
def test_a_value_that_cannot_be_is_refused(values, off, data):
    at = tuple(data.draw(st.integers(0, side - 1)) for side in values.shape)
    values[at] = off

    with pytest.raises(Invalid):
        matrix.worth(values, weighting(values.shape[1], 1))


@settings(max_examples=500, deadline=None)
@given(
    tables(),
    st.integers(0, 2**32),
    st.sampled_from([NAN, float("inf"), -0.5, -1e-9, 1.5]),
    st.data(),
)
def test_a_weight_that_cannot_be_is_refused(values, dice, bad, data):
    weights = np.tile(weighting(values.shape[1], dice), (3, 1))
    at = data.draw(st.integers(0, 2)), data.draw(st.integers(0, values.shape[1] - 1))
    weights[at] = bad

    with pytest.raises(Invalid):
        matrix.worth(values, weights)


@settings(max_examples=500, deadline=None)
@given(tables(), st.integers(0, 2**32), st.floats(0, 3))
def test_weights_that_do_not_add_up_are_refused(values, dice, whole):
    assume(abs(whole - 1) > 2 * matrix.SUM)

    with pytest.raises(Invalid):
        matrix.worth(values, whole * weighting(values.shape[1], dice))


@settings(max_examples=300, deadline=None)
@given(tables(), st.integers(1, 9))
def test_another_number_of_weights_than_of_criteria_is_refused(values, criteria):
    assume(criteria != values.shape[1])

    with pytest.raises(Invalid, match="not-as-many"):
        matrix.worth(values, weighting(criteria, 1))


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        ([], [1.0]),
        ([[]], []),
        (np.empty((0, 2)), [0.5, 0.5]),
        ([0.5, 0.5], [0.5, 0.5]),
        ([[[0.5]]], [1.0]),
        ([["a", "b"]], [0.5, 0.5]),
        ([[0.5], [0.5, 0.5]], [1.0]),
        ([[0.5 + 1j]], [1.0]),
        ([[None, object()]], [0.5, 0.5]),
        ([[0.5]], np.empty((0, 1))),
        ([[0.5]], [[[1.0]]]),
        ([[0.5]], ["x"]),
        ([[0.5, 0.5]], [0.0, 0.0]),
    ],
)
def test_what_is_no_table_of_numbers_is_refused(values, weights):
    with pytest.raises(Invalid):
        matrix.worth(values, weights)


@settings(max_examples=1000, deadline=None)
@given(
    arrays(
        float,
        array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=9),
        elements=st.sampled_from([0, 0.25, 0.5, 0.75, 1, 1 / 3, NAN]),
    ),
    st.integers(0, 2**32),
    st.data(),
)
def test_taking_a_project_away_never_reorders_the_others(values, dice, data):
    """Ties included: nobody passes, catches up with, or parts from another."""
    gone = data.draw(st.integers(0, len(values) - 1))
    weights = np.random.default_rng(dice).dirichlet(np.ones(values.shape[1]), 3)
    others = np.delete(np.arange(len(values)), gone)

    before = matrix.worth(values, weights)[:, others]
    after = matrix.worth(values[others], weights)

    assert np.array_equal(before, after, equal_nan=True)
    assert np.array_equal(matrix.ranks(before), matrix.ranks(after))


def test_taking_a_project_away_never_reorders_a_large_portfolio():
    dice = np.random.default_rng(5)
    values, weights = dice.random((1000, 15)), dice.dirichlet(np.ones(15), 70)
    values[dice.random(values.shape) < 0.1] = NAN
    whole = matrix.worth(values, weights)

    for gone in (0, 1, 7, 500, 999):
        assert np.array_equal(
            np.delete(whole, gone, axis=1), matrix.worth(np.delete(values, gone, axis=0), weights)
        )
