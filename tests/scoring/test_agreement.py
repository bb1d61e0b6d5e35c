"""How far apart raters are: published figures, and what cannot be told is told as None."""

import math
from dataclasses import replace

import numpy as np
import pytest
from benches import a_project, a_registry
from scipy import stats

from data import frameworks
from portfolio.evaluation import Conflict, Evaluation, Round, Subject
from portfolio.person import Person
from scoring import agreement

NO = None
# R DescTools, KendallW(anxiety, TRUE) = 0.5396569; data: CRAN irr 0.84.1, anxiety
ANXIETY = [
    [3, 3, 2], [3, 6, 1], [3, 4, 4], [4, 6, 4], [5, 2, 3], [5, 4, 2], [2, 2, 1], [3, 4, 6],
    [5, 3, 1], [2, 3, 1], [2, 2, 1], [6, 3, 2], [1, 3, 3], [5, 3, 3], [2, 2, 1], [2, 2, 1],
    [1, 1, 3], [2, 3, 3], [4, 3, 2], [3, 4, 2],
]  # fmt: skip
# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, example C
EXAMPLE_C = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NO, NO, NO],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NO, 3],
    [NO, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NO],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NO],
]
FRAMEWORK = frameworks.load("montreal_2030", "2026.1")


def rating(project, criterion, evaluator, level, **more):
    return Evaluation(project, criterion, evaluator, level, **more)


def a_panel(*evaluations, codes=("A", "B"), **more):
    return a_registry(*(a_project(code) for code in codes), evaluations=evaluations, **more)


def test_kendalls_w_of_the_anxiety_data_is_the_published_one():
    found = agreement.concordance(np.array(ANXIETY, dtype=float).T)

    assert found.w == pytest.approx(0.5396569, abs=5e-8)
    assert (found.raters, found.projects, found.left_out) == (3, 20, 0)


def test_w_is_friedmans_chi_square_by_another_name_ties_included():
    table = np.array(ANXIETY, dtype=float)
    friedman = stats.friedmanchisquare(*table)

    found = agreement.concordance(table.T)

    assert found.w == pytest.approx(friedman.statistic / (3 * 19))


def test_few_raters_are_tested_by_f_and_many_by_chi_square():
    few = agreement.concordance(np.array(ANXIETY, dtype=float).T)
    many = agreement.concordance(np.random.default_rng(1).integers(0, 5, (21, 9)).astype(float))

    f = 2 * 0.5396569 / (1 - 0.5396569)
    assert (few.method, many.method) == ("F", "chi-square")
    assert few.p == pytest.approx(stats.f.sf(f, 19 - 2 / 3, 2 * (19 - 2 / 3)), rel=1e-5)
    assert many.p == pytest.approx(stats.chi2.sf(21 * 8 * many.w, 8))


def test_where_few_orderings_can_be_the_chance_of_agreeing_is_counted():
    """Two raters in one order of three: chance alone does so once in 3! = 6."""
    found = agreement.concordance([[1, 2, 3], [0, 2, 4]])

    assert (found.w, found.p, found.method) == (1.0, pytest.approx(1 / 6), "exact")


def test_opposite_orders_agree_in_nothing():
    found = agreement.concordance([[1, 2, 3, 4], [4, 3, 2, 1]])

    assert found.w == pytest.approx(0.0)
    assert found.p == 1.0


def test_a_project_that_someone_did_not_rate_is_left_out_of_w_and_counted():
    found = agreement.concordance([[1, 2, 3, 4, NO], [1, 2, 3, NO, NO], [2, 3, 4, 1, NO]])

    assert (found.projects, found.left_out, found.w) == (3, 1, 1.0)


@pytest.mark.parametrize(
    "ratings",
    [[], [[]], [[1, 2, 3]], [[2, 2], [3, 3]], [[NO, NO], [NO, NO]], [[1], [2]], [[1, NO], [NO, 2]],
     [[math.nan, math.nan], [1, 2]]],
    ids=["nobody", "nothing", "one rater", "identical", "no opinion", "one project",
         "nothing in common", "NaN and one rater"],
)  # fmt: skip
def test_w_that_cannot_be_told_is_none(ratings):
    assert agreement.concordance(ratings) is None


def test_ordinal_alpha_of_krippendorffs_example_c_is_the_published_one():
    assert agreement.alpha(EXAMPLE_C) == pytest.approx(0.815, abs=5e-4)


def test_nan_is_no_opinion():
    with_nan = [[math.nan if r is None else r for r in row] for row in EXAMPLE_C]

    assert agreement.alpha(with_nan) == agreement.alpha(EXAMPLE_C)


@pytest.mark.parametrize(
    "ratings",
    [[], [[]], [[1, 2, 3]], [[2, 2], [2, 2]], [[NO, NO], [NO, NO]], [[1, NO], [NO, 2]],
     [[math.nan, math.nan]]],
    ids=["nobody", "nothing", "one rater", "identical", "no opinion", "no pair", "NaN"],
)  # fmt: skip
def test_alpha_that_cannot_be_told_is_none(ratings):
    assert agreement.alpha(ratings) is None


def test_dispersion_is_of_those_who_gave_an_opinion():
    found = agreement.dispersion("A", "1.1", [0, 1, 2, 4, None, math.nan])

    assert (found.raters, found.mean, found.low, found.high, found.range) == (4, 1.75, 0, 4, 4)
    assert found.iqr == pytest.approx(2.5 - 0.75)
    assert found.deviation == pytest.approx(np.std([0, 1, 2, 4], ddof=1))


def test_one_rating_has_no_deviation_and_none_has_nothing():
    one = agreement.dispersion("A", "1.1", [3])
    none = agreement.dispersion("A", "1.1", [None, None])

    assert (one.range, one.iqr, one.deviation) == (0, 0, None)
    assert none == agreement.Dispersion("A", "1.1", 0)
    assert none.range is None


def test_identical_ratings_are_not_apart():
    found = agreement.dispersion("A", "1.1", [2, 2, 2])

    assert (found.range, found.iqr, found.deviation) == (0, 0, 0)


def test_what_is_not_revealed_counts_nowhere():
    blind = Round(Subject.SCORES, 2, ("A",))
    said = [rating("A", "1.1", "m1", 1), rating("A", "1.1", "m2", 1)]
    whole = a_panel(*said, rating("A", "1.1", "m2", 4, round=2), rounds=(blind,))

    (found,) = agreement.dispersions(whole, FRAMEWORK)

    assert (found.raters, found.range) == (2, 0)


def test_a_conflict_takes_a_person_out_of_the_dispersion():
    said = [rating("A", "1.1", f"m{n}", n) for n in (1, 2, 4)]

    (away,) = agreement.dispersions(
        a_panel(*said, conflicts=(Conflict("m4", "A", "Son service"),)), FRAMEWORK
    )
    assert (away.raters, away.high) == (2, 2)


def test_experts_are_compared_over_the_projects_that_both_rated():
    people = (Person("m1", "Une", expertise=frozenset({"1"})), Person("m2", "Deux"))
    said = [
        rating("A", "1.1", "m1", 4),
        rating("A", "1.1", "m2", 2),
        rating("B", "1.1", "m2", 0),  # no expert rated B
    ]

    (found,) = agreement.by_criterion(a_panel(*said, people=people), FRAMEWORK)

    assert (found.experts, found.generalists, found.compared) == (4, 2, 1)


def test_expertise_of_a_branch_covers_its_criteria_and_no_other():
    people = (
        Person("m1", "Une", expertise=frozenset({"1"})),
        Person("m2", "Deux", expertise=frozenset({"1.2"})),
    )

    assert agreement.experts_on(FRAMEWORK, "1.1", people) == {"m1"}
    assert agreement.experts_on(FRAMEWORK, "1.2", people) == {"m1", "m2"}
    assert agreement.experts_on(FRAMEWORK, "2.1", people) == set()


def test_nobody_to_compare_says_none():
    said = [rating("A", "1.1", "m1", 4), rating("A", "1.1", "m2", None)]

    (found,) = agreement.by_criterion(a_panel(*said), FRAMEWORK)

    assert (found.alpha, found.concordance, found.experts, found.generalists) == (None,) * 4
    assert (found.ratings, found.compared) == (1, 0)


def test_a_leads_own_score_stands_beside_the_panel_and_not_in_it():
    mine = replace(a_project("A"), lead="lead")
    said = (
        rating("A", "1.1", "lead", 4),
        rating("A", "1.2", "lead", 3),
        rating("A", "1.1", "m1", 1),
        rating("A", "1.1", "m2", 2),
        rating("A", "1.2", "m1", 3),
    )

    (found,) = agreement.owns(a_registry(mine, evaluations=said))

    assert (found.own, found.panel, found.gap) == (3.5, 2.25, 1.25)
    assert (found.criteria, found.most) == (2, "1.1")


def test_a_leads_own_score_is_not_shown_before_the_reveal():
    mine = replace(a_project("A"), lead="lead")
    said = (rating("A", "1.1", "lead", 4, round=2), rating("A", "1.1", "m1", 1))

    assert agreement.owns(
        a_registry(mine, evaluations=said, rounds=(Round(Subject.SCORES, 2),))
    ) == ()  # fmt: skip


def test_over_all_each_project_on_each_criterion_is_a_unit():
    said = [rating(p, c, m, 1 + (p == "B")) for p in "AB" for c in ("1.1", "1.2") for m in "xy"]

    assert agreement.overall(a_panel(*said)) == 1.0
    assert agreement.overall(a_panel()) is None
    assert agreement.overall(a_panel(*[replace(e, rating=2.0) for e in said])) is None
