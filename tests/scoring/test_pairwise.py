"""Pairwise comparison: published matrices, the worst triple, its repair, and what is refused."""

import json
import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_data import shared

from portfolio.criterion import Criterion, Framework
from portfolio.errors import Invalid
from portfolio.evaluation import Ballot, Comparison, Method, Weight
from portfolio.words import Bilingual
from scoring.pairwise import MOST, SCALE, matrix_of, of_group, of_matrix, repair, weigh, worst
from scoring.weights import of_group as weights_of_group

SCHOOL = [  # Saaty 1977, choice of a school
    [1, 4, 3, 1, 3, 4],
    [1 / 4, 1, 7, 3, 1 / 5, 1],
    [1 / 3, 1 / 7, 1, 1 / 5, 1 / 5, 1 / 6],
    [1, 1 / 3, 5, 1, 1, 1 / 3],
    [1 / 3, 5, 5, 1, 1, 3],
    [1 / 4, 1, 6, 3, 1 / 3, 1],
]
CITY = [  # Saaty 2004, J. Syst. Sci. Syst. Eng. 13
    [1, 1 / 5, 3, 1 / 2, 5],
    [5, 1, 7, 1, 7],
    [1 / 3, 1 / 7, 1, 1 / 4, 3],
    [2, 1, 4, 1, 7],
    [1 / 5, 1 / 7, 1 / 3, 1 / 7, 1],
]


def golden(case):
    return json.loads(shared("golden.json").read_text(encoding="utf-8"))["cases"][case]


def said(matrix, names="abcdefghi"):
    """The comparisons above the diagonal of a matrix."""
    pairs = combinations(range(len(matrix)), 2)
    return [Comparison(names[i], names[j], float(matrix[i][j])) for i, j in pairs]


def weights(matrix):
    return list(of_matrix(np.array(matrix, dtype=float)).weights.values())


def test_saaty_s_school():
    """Wang & Chin 2011 give the eigenvector; Saaty calls the matrix inconsistent."""
    found = of_matrix(np.array(SCHOOL))

    published = [0.3208, 0.1395, 0.0348, 0.1285, 0.2374, 0.1391]
    assert list(found.weights.values()) == pytest.approx(published, abs=5e-5)
    assert found.ratio == pytest.approx(0.2290, abs=5e-5)
    assert not found.is_coherent


def test_saaty_s_city_with_each_table():
    found = of_matrix(np.array(CITY), table="saaty2004")

    published = [0.1522, 0.4335, 0.0716, 0.3050, 0.0378]
    assert list(found.weights.values()) == pytest.approx(published, abs=5e-5)
    assert found.ratio == pytest.approx(0.0507, abs=5e-5)
    assert of_matrix(np.array(CITY)).ratio == pytest.approx(0.0503, abs=5e-5)
    assert found.is_coherent


def test_cars_through_a_tree_of_criteria():
    """CRAN package MCDA 0.1.0, its test of AHP."""
    style = [[1, 1 / 4, 4, 1 / 6], [4, 1, 4, 1 / 4], [1 / 4, 1 / 4, 1, 1 / 5], [6, 4, 5, 1]]
    reliability = [[1, 2, 5, 1], [1 / 2, 1, 3, 2], [1 / 5, 1 / 3, 1, 1 / 4], [1, 1 / 2, 4, 1]]
    fuel = [[1, 2, 4, 1], [1 / 2, 1, 3, 2], [1 / 4, 1 / 3, 1, 1 / 5], [1, 1 / 2, 5, 1]]
    top = weights([[1, 1 / 2, 3], [2, 1, 4], [1 / 3, 1 / 4, 1]])

    cars = np.array(top) @ np.array([weights(m) for m in (style, reliability, fuel)])

    assert cars == pytest.approx([0.2922, 0.2767, 0.0697, 0.3613], abs=5e-5)


def test_a_coherent_matrix_gives_its_weights_back():
    """Package ahp (gluc): 2/3, 1/9, 2/9, and a ratio of 0."""
    found = of_matrix(np.array([[1, 6, 3], [1 / 6, 1, 1 / 2], [1 / 3, 2, 1]]))

    assert list(found.weights.values()) == pytest.approx([2 / 3, 1 / 9, 2 / 9], abs=1e-9)
    assert found.ratio == 0.0


@pytest.mark.parametrize("case", ["ahp_school_saaty", "ahp_city_saaty2004", "ahp_consistent"])
def test_the_golden_file_says_the_same(case):
    given = golden(case)

    found = of_matrix(np.array(given["matrix"]), table="saaty2004")

    expected = given["expect"]
    assert list(found.weights.values()) == pytest.approx(expected["weights"], abs=given["tol"])
    assert found.ratio == pytest.approx(expected.get("cr", found.ratio), abs=given["tol"])


def test_two_hundred_people_of_a_city_together():
    """CRAN ahpsurvey 0.4.1, data city200: the group's matrix, and who is coherent."""
    given = golden("aij_city200_ahpsurvey")
    names = given["criteria"]

    def ratio(answer):
        return 1.0 if abs(answer) == 1 else 1 / answer if answer > 0 else float(-answer)

    each = [
        [Comparison(a, b, ratio(v)) for (a, b), v in zip(combinations(names, 2), row, strict=True)]
        for row in given["rows"]
    ]

    found = matrix_of(names, of_group(names, each))

    assert found == pytest.approx(np.array(given["expect"]["group"]), abs=given["tol"])
    coherent = [weigh(names, one, "saaty2004").ratio <= 0.1 for one in each]
    assert sum(coherent) == given["expect"]["n_cr_le_0_1"]


def test_a_group_s_comparison_is_the_geometric_mean():
    each = [[Comparison("a", "b", 2.0)], [Comparison("b", "a", 1 / 8)]]

    (found,) = of_group(["a", "b"], each)

    assert found.ratio == pytest.approx(4.0)


def test_a_pair_that_nobody_compared_is_left_out_and_a_blank_counts_for_nothing():
    each = [[Comparison("a", "b", 2.0)], [Comparison("a", "b", 8.0), Comparison("b", "c", 3.0)]]

    found = of_group(["a", "b", "c"], each)

    assert [(c.one, c.other) for c in found] == [("a", "b"), ("b", "c")]
    assert [c.ratio for c in found] == pytest.approx([4.0, 3.0])
    assert of_group(["a", "b"], []) == ()


def test_the_ends_of_the_scale_stay_on_it():
    for end in (9.0, 1 / 9):
        (found,) = of_group(["a", "b"], [[Comparison("a", "b", end)]] * 3)
        assert found.ratio == pytest.approx(end)


def test_sibling_groups_that_all_compared_by_pairs_take_the_geometric_mean():
    name = Bilingual("x")
    tree = Framework("f", "1", name, (Criterion("a", 1, name), Criterion("b", 1, name)))

    def ballot(person, ratio, method=Method.PAIRS):
        points = (Weight("a", ratio, method), Weight("b", 1.0, method))
        return Ballot(person, points, comparisons=(Comparison("a", "b", ratio),))

    by_pairs = weights_of_group(tree, [ballot("anne", 1.0), ballot("bruno", 9.0)])
    mixed = weights_of_group(tree, [ballot("anne", 1.0), ballot("bruno", 9.0, Method.DIRECT)])

    assert by_pairs == pytest.approx({"a": 0.75, "b": 0.25})  # sqrt(1 x 9) = 3 to 1
    assert mixed == pytest.approx({"a": 0.7, "b": 0.3})  # the mean of 1/2 and 9/10


def test_the_triple_most_at_odds_is_named():
    """a = 2b and b = 2c, so a should be 4c, and was said to be 1/4 of it; d agrees with all."""
    chosen = [[1, 2, 1 / 4, 1], [1 / 2, 1, 2, 1], [4, 1 / 2, 1, 1], [1, 1, 1, 1]]

    found = worst("abcd", said(chosen))

    assert (found.one, found.other, found.third) == ("a", "b", "c")
    assert (found.first, found.then, found.said, found.implied) == (2, 2, 0.25, 4)


def test_the_repair_is_the_one_change_that_helps_most():
    chosen = [[1, 2, 1 / 4], [1 / 2, 1, 2], [4, 1 / 2, 1]]

    found = repair("abc", said(chosen))

    others = [
        weigh("abc", [Comparison(c.one, c.other, step) if c is one else c for c in given]).ratio
        for given in [said(chosen)]
        for one in given
        for step in SCALE
    ]
    assert found.ratio == pytest.approx(min(others), abs=1e-12)
    mended = [
        Comparison(c.one, c.other, found.after) if (c.one, c.other) == (found.one, found.other)
        else c
        for c in said(chosen)
    ]  # fmt: skip
    assert weigh("abc", mended).ratio == pytest.approx(found.ratio)
    assert found.ratio < 0.1 < weigh("abc", said(chosen)).ratio


def test_coherent_answers_need_no_repair():
    chosen = said([[1, 6, 3], [1 / 6, 1, 1 / 2], [1 / 3, 2, 1]])

    assert worst("abc", chosen) is None
    assert repair("abc", chosen) is None
    assert repair("ab", chosen[:1]) is None


def test_missing_comparisons_are_made_up_for_by_the_others():
    """Harker 1987: with a = 2b and b = 3c, nobody need be asked about a and c."""
    found = weigh("abc", [Comparison("a", "b", 2.0), Comparison("b", "c", 3.0)])

    assert list(found.weights.values()) == pytest.approx([0.6, 0.3, 0.1])
    assert (found.ratio, found.missing) == (0.0, 1)


def test_a_missing_comparison_makes_the_rest_no_more_coherent_than_it_is():
    square = [("a", "b", 2.0), ("b", "c", 2.0), ("c", "d", 2.0), ("a", "d", 1 / 8)]

    found = weigh("abcd", [Comparison(*one) for one in square])

    assert found.missing == 2
    assert found.ratio > 0.1


def test_names_that_nothing_ties_together_are_refused():
    with pytest.raises(Invalid, match="comparisons-apart") as refused:
        weigh("abcd", [Comparison("a", "b", 2.0), Comparison("c", "d", 2.0)])
    assert refused.value.facts["found"] == ["c", "d"]


@pytest.mark.parametrize("table", ["saaty1980", "saaty2004"])
def test_one_or_two_are_always_coherent(table):
    assert weigh("a", [], table).weights == {"a": 1.0}
    pair = weigh("ab", [Comparison("a", "b", 9.0)], table)
    assert list(pair.weights.values()) == pytest.approx([0.9, 0.1])
    assert pair.ratio == 0.0


@pytest.mark.parametrize(
    ("matrix", "code"),
    [
        ([[1, 2], [1, 1]], "not-reciprocal"),
        ([[1, 2], [math.nan, 1]], "not-reciprocal"),
        ([[2, 2], [0.5, 1]], "not-reciprocal"),
        ([[math.nan, 2], [0.5, 1]], "out-of-range"),
        ([[1, 10], [0.1, 1]], "out-of-range"),
        ([[1, 0], [0, 1]], "out-of-range"),
        ([[1, -2], [-0.5, 1]], "out-of-range"),
        ([[1, math.inf], [0, 1]], "out-of-range"),
        ([[1, math.nan], [math.nan, 1]], "comparisons-apart"),
        ([[1, 2, 3], [0.5, 1, 2]], "not-square"),
        ([], "not-square"),
        (np.ones((MOST + 1, MOST + 1)), "too-long"),
    ],
)
def test_what_cannot_be_comparisons_is_refused(matrix, code):
    with pytest.raises(Invalid, match=code):
        of_matrix(np.array(matrix, dtype=float))


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([("a", "b"), ("b", "a")], "twice"),
        ([("a", "b"), ("a", "b")], "twice"),
        ([("a", "a")], "twice"),
        ([("a", "z")], "unknown-code"),
    ],
)
def test_a_pair_is_compared_once_among_the_names(pairs, code):
    with pytest.raises(Invalid, match=code):
        weigh("ab", [Comparison(one, other, 2.0) for one, other in pairs])


@pytest.mark.parametrize("ratio", [math.nan, math.inf, -1.0, 0.0, 9.5, 0.1])
def test_no_comparison_is_off_the_scale(ratio):
    with pytest.raises(Invalid):
        Comparison("a", "b", ratio)


steps = st.sampled_from(SCALE)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 6).flatmap(
        lambda n: st.lists(steps, min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2).map(
            lambda ratios: (n, ratios)
        )
    )
)
def test_whatever_the_answers_the_weights_are_weights_and_a_repair_repairs(drawn):
    count, ratios = drawn
    names = "abcdef"[:count]
    pairs = combinations(names, 2)
    chosen = [Comparison(a, b, r) for (a, b), r in zip(pairs, ratios, strict=True)]

    found, mended = weigh(names, chosen), repair(names, chosen)

    assert sum(found.weights.values()) == pytest.approx(1)
    assert all(w > 0 for w in found.weights.values())
    assert found.ratio >= 0
    if mended is not None:
        assert mended.ratio < found.ratio
        assert mended.after in SCALE
    if found.ratio > 0.1:
        assert mended is not None
        assert worst(names, chosen) is not None


@given(st.lists(st.lists(st.floats(), min_size=3, max_size=3), min_size=3, max_size=3))
def test_any_nine_numbers_are_refused_or_answered(rows):
    try:
        found = of_matrix(np.array(rows))
    except Invalid:
        return
    assert sum(found.weights.values()) == pytest.approx(1)
