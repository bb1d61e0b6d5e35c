"""What a project is worth, by figures a person can check."""

from dataclasses import replace

import pytest

from portfolio.criterion import Criterion, Direction, Framework
from portfolio.cycle import Cycle
from portfolio.debt import DebtItem, Remedy
from portfolio.evaluation import Ballot, Evaluation, Weight
from portfolio.horizon import Horizon
from portfolio.project import Estimate, Project
from portfolio.registry import Registry
from portfolio.words import Bilingual
from scoring.measures import MEASURES
from scoring.value import score, value_of
from scoring.weights import of_group, of_leaves, without

NAME = Bilingual("x")
TREE = Framework(
    "f",
    "1",
    NAME,
    (
        Criterion("a", 60, NAME),
        Criterion("b", 40, NAME),
        Criterion("a1", 25, NAME, parent="a"),
        Criterion("a2", 75, NAME, parent="a"),
    ),
)


def a_registry(*ratings, projects=("P",), **more):
    cycle = Cycle("c", NAME, Horizon(2027, 2), "f", "1")
    return Registry(
        cycle,
        tuple(Project(code, code, **more) for code in projects),
        evaluations=tuple(
            Evaluation(p, criterion, who, rating) for p, criterion, who, rating in ratings
        ),
    )


def one(registry, framework=TREE, points=None):
    return score(registry, framework, points)[0]


def test_weights_multiply_down_the_tree_and_add_up_to_one():
    assert of_leaves(TREE) == pytest.approx({"b": 0.4, "a1": 0.15, "a2": 0.45})


def test_the_top_of_every_scale_is_worth_a_hundred():
    full = a_registry(*(("P", c, "e", 4.0) for c in ("a1", "a2", "b")))

    assert one(full).points == pytest.approx(100)
    assert one(full).coverage == pytest.approx(1)


def test_the_mean_of_the_evaluators_counts():
    card = one(a_registry(("P", "b", "e", 1.0), ("P", "b", "f", 3.0), ("P", "a2", "e", 4.0)))
    parts = {part.criterion: part for part in card.parts}

    assert parts["b"].level == 2
    assert card.coverage == pytest.approx(0.85)
    assert card.points == pytest.approx(100 * (0.4 * 0.5 + 0.45 * 1.0) / 0.85)


def test_no_opinion_is_left_out_and_never_counts_as_nought():
    spoken = one(a_registry(("P", "b", "e", 4.0), ("P", "b", "f", None)))

    assert spoken.points == 100
    assert spoken.coverage == pytest.approx(0.4)


def test_the_spread_of_evaluators_becomes_a_standard_error():
    # b: values 0.25 and 0.75, standard deviation 0.3536, error of the mean 0.25
    card = one(a_registry(("P", "b", "e", 1.0), ("P", "b", "f", 3.0)))

    assert card.error == pytest.approx(25)
    assert one(a_registry(("P", "b", "e", 1.0))).error is None


def test_a_later_round_replaces_an_earlier_one():
    registry = a_registry(("P", "b", "e", 1.0))
    again = Evaluation("P", "b", "e", 4.0, round=2)
    registry = Registry(
        registry.cycle, registry.projects, evaluations=(again, *registry.evaluations)
    )
    assert one(registry).points == 100


def test_a_value_does_not_move_when_another_project_arrives():
    ratings = (("P", "b", "e", 1.0), ("P", "a1", "e", 2.0))
    alone = one(a_registry(*ratings))
    beside = one(a_registry(*ratings, ("Q", "b", "e", 4.0), projects=("P", "Q")))

    assert beside == alone


def test_a_value_function_is_straight_between_its_points_and_flat_beyond():
    curve = Criterion("c", 1, NAME, measure="m", references=((0, 0), (100, 0.5), (400, 1)))

    assert [value_of(curve, x, 0, 4) for x in (-5, 50, 250, 900)] == [0, 0.25, 0.75, 1]


def test_less_is_better_turns_the_scale_over():
    assert value_of(Criterion("c", 1, NAME, direction=Direction.LESS), 1, 0, 4) == 0.75


def test_interest_avoided_is_measured_from_the_debts_that_a_project_retires():
    debt = DebtItem(
        "D", "d", "S", Estimate(100_00), Estimate(60_000_00), remedies=(Remedy("P", 0.5),)
    )
    registry = a_registry()
    registry = Registry(registry.cycle, registry.projects, debts=(debt,))

    assert MEASURES["interest_avoided"](registry.projects[0], registry) == 30_000
    assert MEASURES["principal_retired"](registry.projects[0], registry) == 50


def test_the_debt_that_a_project_creates_counts_against_it():
    repaid = DebtItem("D1", "D", "S1", Estimate(100_00), Estimate(60_00),
                      remedies=(Remedy("P", 0.5),))
    created = DebtItem("D2", "D", "S1", Estimate(20_00), Estimate(40_00), created_by="P")
    registry = replace(a_registry(), debts=(repaid, created))

    assert MEASURES["interest_avoided"](registry.projects[0], registry) == -10
    assert MEASURES["principal_retired"](registry.projects[0], registry) == 30


def test_a_value_that_came_with_the_file_serves_where_nobody_scored():
    card = one(a_registry(given_value=63.5))

    assert (card.points, card.is_given) == (63.5, True)
    assert one(a_registry()).points is None


def test_the_group_weight_is_the_mean_of_the_shares_that_members_give():
    ballots = (
        Ballot("e", (Weight("a", 50), Weight("b", 50))),
        Ballot("f", (Weight("a", 9), Weight("b", 1), Weight("a1", 1), Weight("a2", 1))),
    )
    assert of_group(TREE, ballots) == pytest.approx({"a": 0.7, "b": 0.3, "a1": 0.5, "a2": 0.5})


def test_without_a_criterion_the_others_keep_their_proportions():
    """b 0.40, a1 0.15, a2 0.45: without a2, b and a1 stand as 40 to 15."""
    left = without(TREE, {"a2"})

    assert of_leaves(left) == pytest.approx({"b": 40 / 55, "a1": 15 / 55})
    assert of_leaves(without(TREE, {"a1", "a2"})) == {"b": 1.0}
    assert of_leaves(without(TREE, {"b"}, {"a1": 1, "a2": 1})) == {"a1": 0.5, "a2": 0.5}
