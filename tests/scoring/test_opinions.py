"""Second opinions, by figures a person can check, and against another library."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymcdm import methods, normalizations
from pymcdm import weights as other_weights

from portfolio.errors import Invalid
from scoring import objective_weights, opinions
from scoring.opinions import Preference

NAN = float("nan")
DICE = [np.random.default_rng(seed) for seed in range(20)]
MOUNTAIN = [[1, 3000], [2, 3750], [5, 4500]]  # Opricovic & Tzeng 2004: risk, altitude
USUAL = (Preference(),)


def some(dice):
    """(matrix, weights, types) at random."""
    count, criteria = dice.integers(2, 12), dice.integers(2, 8)
    types = dice.choice([-1, 1], criteria)
    return dice.random((count, criteria)) + 0.1, dice.dirichlet(np.ones(criteria)), types


def test_the_normalization_decides_who_wins_the_mountain():
    minmax = opinions.topsis(MOUNTAIN, [0.5, 0.5], [-1, 1], "minmax")
    vector = opinions.topsis(MOUNTAIN, [0.5, 0.5], [-1, 1], "vector")

    assert minmax == pytest.approx([0.5, 0.617, 0.5], abs=0.0005)
    assert vector == pytest.approx([0.762, 0.722, 0.238], abs=0.0005)


@pytest.mark.parametrize("dice", DICE)
@pytest.mark.parametrize("kind", ["vector", "minmax"])
def test_topsis_is_that_of_another_library(dice, kind):
    values, weights, types = some(dice)
    other = methods.TOPSIS(getattr(normalizations, f"{kind}_normalization"))

    assert opinions.topsis(values, weights, types, kind) == pytest.approx(
        other(values, weights, types, validation=False), abs=1e-12
    )


@pytest.mark.parametrize("dice", DICE)
def test_vikor_is_that_of_another_library(dice):
    values, weights, types = some(dice)

    found = opinions.vikor(values, weights, types)

    other = methods.VIKOR()(values, weights, types, validation=False)
    assert found.compromise == pytest.approx(other, abs=1e-12)


@pytest.mark.parametrize("dice", DICE)
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("usual", "usual"), ("u_shape", "ushape"), ("v_shape", "vshape"),
        ("level", "level"), ("v_shape_indiff", "vshape_2"),
    ],
)  # fmt: skip
def test_promethee_is_that_of_another_library(dice, ours, theirs):
    values, weights, types = some(dice)
    criteria = len(weights)
    q, p = np.full(criteria, 0.1), np.full(criteria, 0.4)
    mine = (Preference(ours, 0.1, 0.4),) * criteria

    net = opinions.flows(values, mine, types).net(weights)

    other = methods.PROMETHEE_II(theirs, p, q)(values, weights, types, validation=False)
    assert net == pytest.approx(other, abs=1e-12)


@pytest.mark.parametrize("dice", DICE)
def test_weights_by_the_figures_are_those_of_another_library(dice):
    values, _, _ = some(dice)

    assert objective_weights.entropy(values) == pytest.approx(
        other_weights.entropy_weights(values), abs=1e-12
    )
    assert objective_weights.critic(values) == pytest.approx(
        other_weights.critic_weights(values), abs=1e-12
    )


@pytest.mark.parametrize("dice", DICE)
def test_many_weightings_at_once_are_each_by_itself(dice):
    values, _, types = some(dice)
    weights = dice.dirichlet(np.ones(values.shape[1]), 4)
    flows = opinions.flows(values, (Preference("gaussian", width=0.2),) * len(types), types)
    asked = {
        "topsis": lambda w: opinions.topsis(values, w, types),
        "vikor": lambda w: opinions.vikor(values, w, types).compromise,
        "promethee": flows.net,
    }

    for ask in asked.values():
        assert ask(weights) == pytest.approx(np.array([ask(one) for one in weights]), abs=1e-12)


def test_one_alternative_and_identical_ones_are_answered():
    for values in ([[0.3, 0.4]], [[0.3, 0.4]] * 3):
        assert opinions.topsis(values, [0.5, 0.5]) == pytest.approx([0.5] * len(values))
        assert opinions.vikor(values, [0.5, 0.5]).compromise == pytest.approx([0] * len(values))
        assert opinions.flows(values, USUAL * 2).net([0.5, 0.5]) == pytest.approx([0] * len(values))
        assert objective_weights.entropy(values) == pytest.approx([0.5, 0.5])
        assert objective_weights.critic(values) == pytest.approx([0.5, 0.5])


def test_a_criterion_on_which_all_are_alike_weighs_nothing_by_the_figures():
    values = [[0.1, 0.5], [0.9, 0.5]]

    assert objective_weights.entropy(values) == pytest.approx([1, 0])
    assert objective_weights.critic([[0.1, 0.5, 0.3], [0.9, 0.5, 0.1]])[1] == 0


@pytest.mark.parametrize("bad", [NAN, float("inf")])
def test_every_method_refuses_what_is_not_known(bad):
    values, weights = [[0.5, bad], [0.1, 0.2]], [0.5, 0.5]
    asked = (
        lambda: opinions.topsis(values, weights),
        lambda: opinions.vikor(values, weights),
        lambda: opinions.flows(values, USUAL * 2),
        lambda: opinions.preferred(values, weights, USUAL * 2),
        lambda: opinions.agreement(values[0], values[1]),
        lambda: objective_weights.entropy(values),
        lambda: objective_weights.critic(values),
    )

    for ask in asked:
        with pytest.raises(Invalid):
            ask()


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([NAN, float("inf"), -0.2, 0.9]), st.integers(0, 2))
def test_every_method_refuses_weights_that_cannot_be(bad, at):
    weights = np.full(3, 1 / 3)
    weights[at] = bad
    values = np.eye(3)

    for ask in (opinions.topsis, opinions.vikor):
        with pytest.raises(Invalid):
            ask(values, weights)
    with pytest.raises(Invalid):
        opinions.flows(values, USUAL * 3).net(weights)


def test_types_preferences_and_shares_that_cannot_be_are_refused():
    values, weights = np.eye(2), [0.5, 0.5]

    for ask in (
        lambda: opinions.topsis(values, weights, [1, 0]),
        lambda: opinions.topsis(values, weights, [1]),
        lambda: opinions.vikor(values, weights, group_weight=1.5),
        lambda: opinions.flows(values, USUAL),
        lambda: Preference("level", -1),
        lambda: Preference("level", NAN),
        lambda: Preference("gaussian", width=0),
        lambda: objective_weights.entropy([[-1.0, 2.0]]),
    ):
        with pytest.raises(Invalid):
            ask()


def test_agreement_goes_from_the_same_order_to_the_reverse():
    up = [1, 2, 3, 4]

    assert opinions.agreement(up, [10, 20, 30, 40]) == 1
    assert opinions.agreement(up, [4, 3, 2, 1]) == -1
    assert opinions.agreement(up, [1, 1, 2, 2]) == pytest.approx(4 / np.sqrt(6 * 4))
    assert opinions.agreement(up, [7, 7, 7, 7]) is None
    assert opinions.agreement([1], [1]) is None


def test_a_second_opinion_can_reorder_those_who_stay_that_is_why_none_is_official():
    """TOPSIS on four projects: without the fourth, some of the three change places."""
    dice = np.random.default_rng(0)
    reversed_ = 0
    for _ in range(300):
        values, weights = dice.random((4, 3)), dice.dirichlet(np.ones(3))
        whole = opinions.topsis(values, weights)[:3]
        fewer = opinions.topsis(values[:3], weights)
        reversed_ += not np.array_equal(np.argsort(whole), np.argsort(fewer))

    assert reversed_ > 0
