"""Robustness as the pages ask for it: scores as parts, doubts as corners, estimates as laws."""

from dataclasses import replace

import pytest
from builders import a_candidate, a_question

from data import references
from optimizer.search import Search
from optimizer.solve import solve
from portfolio.overruns import Overruns
from portfolio.weights import WeightSet, weighted
from services import imports, robustness
from services.executors import Here
from services.robustness import Draws
from services.scores import of_registry, weights

SEARCH = Search(30.0)


@pytest.fixture(scope="module")
def registry():
    return imports.demo().registry


def test_under_the_own_weights_the_parts_make_the_value(registry):
    scores = of_registry(registry)
    own = {leaf.key: weights(scores.framework)[leaf.key] for leaf in scores.framework.leaves}
    made = weighted(robustness.parts(scores), own)
    assert made == pytest.approx(dict(scores.values))


def test_what_nobody_rated_counts_as_the_mean_of_what_somebody_did(registry):
    first = registry.evaluations[0]
    gone = (first.project, first.criterion)
    kept = tuple(e for e in registry.evaluations if (e.project, e.criterion) != gone)
    scores = of_registry(replace(registry, evaluations=kept))
    card = scores.card(first.project)
    assert card.coverage < 1
    made = robustness.parts(scores)[first.project]
    assert made[first.criterion] == pytest.approx(card.points)
    own = {leaf.key: weights(scores.framework)[leaf.key] for leaf in scores.framework.leaves}
    assert weighted({first.project: made}, own)[first.project] == pytest.approx(card.points)


def test_branches_stand_for_the_leaves_under_them(registry):
    scores = of_registry(registry)
    branches = robustness.by_branch(scores)
    top = [c.key for c in scores.framework.children("")]
    assert list(next(iter(branches.values()))) == top
    own = {key: weights(scores.framework)[key] for key in top}
    assert weighted(branches, own) == pytest.approx(dict(scores.values))


def test_estimates_become_factors_of_the_likely_cost(registry):
    found = robustness.of_registry(registry)
    assert found.projects
    for low, high in found.projects.values():
        assert low <= 1 <= high


def a_study(**more):
    question = a_question(
        a_candidate("A", measures={"x": 10.0, "y": 0.0}),
        a_candidate("B", measures={"x": 6.0, "y": 6.0}),
        a_candidate("C", measures={"x": 0.0, "y": 10.0}),
        limits=(20,),
    )
    asked = WeightSet(("x", "y"), **more)
    return question, robustness.doubt_of(question, asked, {})


def test_chosen_in_every_draw_is_not_core():
    """B is best with either of the others at any weights; yet A and C dominate nothing and none."""
    question, doubt = a_study()
    with Here(2) as crew:
        told = robustness.study(question, doubt, SEARCH, 60, crew)
    assert told.sampled.chosen["B"].share == 1
    assert told.sampled.chosen["B"].error > 0
    assert told.robust.standing["B"] == "contested"
    assert told.bands == ()


def test_bands_are_told_where_the_weights_are_known():
    question, doubt = a_study(weights={"x": 0.7, "y": 0.3})
    told = robustness.study(question, doubt, SEARCH)
    assert told.sampled is None
    first, _ = told.bands
    assert first.low.at == pytest.approx(0.5)
    assert (first.low.enters, first.low.leaves) == (("C",), ("A",))


def test_without_weights_the_values_themselves_are_in_doubt():
    question = a_question(a_candidate("A", value=5), a_candidate("B", value=4), limits=(10,))
    doubt = robustness.doubt_of(question, None, {"A": {"value": (3.0, 6.0)}})
    told = robustness.study(question, doubt, SEARCH, 10)
    assert told.sampled is None
    assert set(told.robust.standing.values()) == {"contested"}


def test_a_plan_is_followed_over_costs_drawn():
    question = a_question(
        a_candidate("A", value=2, cost=(10,)), a_candidate("B", value=3, cost=(10,)), limits=(22,)
    )
    plan = solve(question)
    law = robustness.with_past(Overruns({"A": (1.0, 1.0)}), references.federal().overruns)
    told = robustness.fares(question, plan, law, SEARCH, Draws(200, 20, holds=0.95))
    assert 0 < told.within.share < 1
    assert told.envelopes["E"].within == told.within
    assert told.asked == 20
    assert told.holding.within.share >= 0.9
    assert told.holding.objective <= plan.proof.objective
