"""One weight, one criterion or one evaluator moved: points and ranks a person can check."""

import numpy as np
import pytest

from portfolio.criterion import Criterion, Framework
from portfolio.cycle import Cycle
from portfolio.errors import Invalid
from portfolio.evaluation import Evaluation
from portfolio.horizon import Horizon
from portfolio.project import Project
from portfolio.registry import Registry
from portfolio.words import Bilingual
from scoring import sensitivity

NAME = Bilingual("x")
VALUES = [[1.0, 0.0, 0.5], [0.5, 1.0, 0.5]]
NOW = [0.5, 0.3, 0.2]


def test_a_weight_moves_and_the_others_keep_their_proportions():
    assert sensitivity.moved(NOW, 0, 0.75) == pytest.approx([0.75, 0.15, 0.1])
    assert sensitivity.moved(NOW, 0, 0.0) == pytest.approx([0.0, 0.6, 0.4])


def test_what_had_everything_leaves_to_the_others_alike():
    assert sensitivity.moved([1.0, 0.0, 0.0], 0, 0.5) == pytest.approx([0.5, 0.25, 0.25])
    assert sensitivity.moved([1.0], 0, 0.5) == [1.0]


def test_a_weight_goes_a_fifth_down_and_up_and_never_beyond_one():
    assert sensitivity.around([0.5, 0.9]) == pytest.approx(np.array([[0.4, 0.6], [0.72, 1.0]]))


def test_the_tornado_tells_points_and_ranks_at_each_end():
    found = sensitivity.tornado(VALUES, NOW, [[0.2, 0.8], [0.3, 0.3], [0.2, 0.2]])

    assert found.now == pytest.approx([60, 65])
    assert found.rank_now.tolist() == [2, 1]
    # at 0.8 the others weigh 0.12 and 0.08: 80 + 4 and 40 + 12 + 4
    assert found.points[0, 1] == pytest.approx([84, 56])
    assert found.ranks[0].tolist() == [[2, 1], [1, 2]]
    assert found.points[1:].reshape(-1, 2) == pytest.approx(np.array([[60, 65]] * 4))


@pytest.mark.parametrize("ends", [[[0.2, 0.8]], [[0.2, 1.8]] * 3, [[float("nan"), 0.5]] * 3])
def test_ends_that_cannot_be_are_refused(ends):
    with pytest.raises(Invalid):
        sensitivity.tornado(VALUES, NOW, ends)


def test_a_criterion_left_out_gives_its_weight_to_the_others():
    left = sensitivity.without_criterion({"a": 0.5, "b": 0.3, "c": 0.2}, "a")

    assert left == pytest.approx({"a": 0.0, "b": 0.6, "c": 0.4})


def test_an_evaluator_left_out_said_nothing():
    tree = Framework("f", "1", NAME, (Criterion("a", 1, NAME), Criterion("b", 1, NAME)))
    said = (("P", "a", "e", 4), ("P", "a", "f", 0), ("P", "b", "f", 2), ("Q", "a", "e", 3))
    registry = Registry(
        Cycle("c", NAME, Horizon(2027, 1), "f", "1"),
        (Project("P", "P"), Project("Q", "Q")),
        evaluations=tuple(Evaluation(p, c, who, float(r)) for p, c, who, r in said),
    )

    def points(person):
        cards = sensitivity.without_evaluator(registry, tree, None, person)
        return [card.points for card in cards]

    assert points("nobody") == pytest.approx([50, 75])
    assert points("f") == pytest.approx([100, 75])
    assert points("e") == [pytest.approx(25), None]
