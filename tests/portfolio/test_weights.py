"""Weight sets: their corners are exact, and what cannot be is refused."""

import random
from fractions import Fraction
from itertools import combinations

import pytest

from portfolio.errors import Invalid
from portfolio.weights import WeightSet, weighted


def corners(weights):
    return {tuple(round(w, 12) for w in corner.values()) for corner in weights.corners()}


def test_nothing_said_allows_every_criterion_alone():
    assert corners(WeightSet(("a", "b", "c"))) == {(1, 0, 0), (0, 1, 0), (0, 0, 1)}


def test_an_order_has_the_corners_of_its_published_form():
    """Ranked weights: (1, 0, 0), (1/2, 1/2, 0), (1/3, 1/3, 1/3) (Liesiö et al. 2007)."""
    third = round(1 / 3, 12)
    ranked = WeightSet(("a", "b", "c"), orders=(("a", "b", "c"),))
    assert corners(ranked) == {(1, 0, 0), (0.5, 0.5, 0), (third, third, third)}


def test_an_interval_cuts_the_set():
    cut = WeightSet(("a", "b"), between={"a": (0.2, 0.6)})
    assert corners(cut) == {(0.2, 0.8), (0.6, 0.4)}


def test_equal_ends_fix_a_weight():
    fixed = WeightSet(("a", "b", "c"), between={"a": (0.5, 0.5)})
    assert corners(fixed) == {(0.5, 0.5, 0), (0.5, 0, 0.5)}


def test_weights_that_cannot_add_up_to_one_are_refused():
    with pytest.raises(Invalid, match="weights-impossible"):
        WeightSet(("a", "b"), between={"a": (0.0, 0.4), "b": (0.0, 0.4)}).corners()


@pytest.mark.parametrize(
    "said",
    [
        {"between": {"z": (0.0, 1.0)}},
        {"orders": (("a", "z"),)},
        {"weights": {"z": 1.0}},
        {"between": {"a": (0.6, 0.4)}},
        {"between": {"a": (0.0, 1.4)}},
        {"weights": {"a": -1.0}},
        {"weights": {"a": 0.0}},
    ],
)
def test_what_means_nothing_is_refused(said):
    with pytest.raises(Invalid):
        WeightSet(("a", "b"), **said)


def test_no_criterion_is_refused():
    with pytest.raises(Invalid):
        WeightSet(())


@pytest.mark.parametrize("seed", range(40))
def test_the_corners_are_those_that_trying_every_meeting_of_walls_finds(seed):
    dice = random.Random(seed)
    names = tuple("abcd"[: dice.choice((2, 3, 4))])
    between = {
        n: tuple(sorted((dice.randint(0, 5) / 10, dice.randint(1, 10) / 10)))
        for n in names
        if dice.random() < 0.6
    }
    orders = (tuple(dice.sample(names, 2)),) if dice.random() < 0.5 else ()
    asked = WeightSet(names, between, orders)
    expected = tried(asked, len(names))
    if not expected:
        with pytest.raises(Invalid, match="weights-impossible"):
            asked.corners()
        return
    assert corners(asked) == {tuple(round(float(x), 12) for x in point) for point in expected}
    assert all(asked.has(corner) for corner in asked.corners())


def tried(asked, count):
    """Every point where count - 1 walls meet on the simplex, that is on the good side of all."""
    unit = [tuple(Fraction(int(i == j)) for j in range(count)) for i in range(count)]
    walls = [*unit, *asked._walls()]
    found = set()
    for some in combinations(walls, count - 1):
        point = solved([*some, (Fraction(1),) * count], [0] * (count - 1) + [1])
        if point and all(sum(a * x for a, x in zip(w, point, strict=True)) >= 0 for w in walls):
            found.add(point)
    return found


def solved(rows, right):
    """The one solution of the equations, by elimination in fractions; None when there is not."""
    table = [[*row, Fraction(b)] for row, b in zip(rows, right, strict=True)]
    for at in range(len(table)):
        pivot = next((r for r in range(at, len(table)) if table[r][at]), None)
        if pivot is None:
            return None
        table[at], table[pivot] = table[pivot], table[at]
        table[at] = [x / table[at][at] for x in table[at]]
        for r in range(len(table)):
            if r != at:
                table[r] = [x - table[r][at] * y for x, y in zip(table[r], table[at], strict=True)]
    return tuple(row[-1] for row in table)


def test_a_value_is_the_weighted_sum_of_what_the_criteria_give():
    parts = {"P": {"a": 10.0, "b": 20.0}, "Q": {"a": 5.0}}
    assert weighted(parts, {"a": 0.25, "b": 0.75}) == {"P": 17.5, "Q": 1.25}
