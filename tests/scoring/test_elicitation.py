"""Weights from points, swings and orders: published tables, and what cannot be weights."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_data import shared

from portfolio.errors import Invalid
from scoring import elicitation
from scoring.elicitation import Spread, by_order, centroid, common_orders, direct, of_group, swing

NUMBERS = st.floats(allow_nan=True, allow_infinity=True)
FAULTY = [math.nan, math.inf, -math.inf, -1.0, -1e-300]


def named(values):
    return {f"c{at}": value for at, value in enumerate(values)}


def test_swings_of_an_office_s_location():
    """Goodwin & Wright, Decision Analysis for Management Judgment, ch. 3, table 3.2."""
    found = swing(named([100, 80, 70, 30, 20, 10]))

    assert [round(100 * share) for share in found.values()] == [32, 26, 23, 10, 6, 3]


def test_addison_square_is_worth_what_the_book_says():
    """The same table: weights of 32, 26, 23, 10, 6, 3 % and values of 100, 60, 100, 75, 0, 90."""
    weights = direct(named([32, 26, 23, 10, 6, 3])).values()

    total = sum(w * v for w, v in zip(weights, [100, 60, 100, 75, 0, 90], strict=True))

    assert total == pytest.approx(80.8, abs=0.05)


def test_swings_of_a_textbook():
    """Public test suite of a Portuguese MCDA textbook's companion: 100, 60, 70, 40."""
    found = swing(named([100, 60, 70, 40]))

    assert list(found.values()) == pytest.approx([0.3704, 0.2222, 0.2593, 0.1481], abs=5e-5)


@pytest.mark.parametrize(
    ("count", "published"),
    [
        (2, [0.75, 0.25]),
        (3, [0.6111, 0.2778, 0.1111]),
        (4, [0.5208, 0.2708, 0.1458, 0.0625]),
        (5, [0.4567, 0.2567, 0.1567, 0.09, 0.04]),
    ],
)
def test_rank_order_centroids(count, published):
    """Barron & Barrett 1996, Management Science 42(11)."""
    assert centroid(count) == pytest.approx(published, abs=5e-5)


def test_the_golden_file_says_the_same():
    import json

    cases = json.loads(shared("golden.json").read_text(encoding="utf-8"))["cases"]
    swung = cases["swing_book_pt"]
    for count, published in cases["roc_weights"]["expect"].items():
        assert centroid(int(count)) == pytest.approx(published, abs=cases["roc_weights"]["tol"])
    assert list(swing(named(swung["raw"])).values()) == pytest.approx(
        swung["expect"]["weights"], abs=swung["tol"]
    )
    office = cases["swing_goodwin_wright"]
    weights = list(direct(named(office["weights_rounded"])).values())
    totals = [sum(w * v for w, v in zip(weights, row, strict=True)) for row in office["values"]]
    assert totals == pytest.approx(office["expect"]["totals"], abs=office["tol"])


def test_an_order_gives_the_first_the_most():
    assert by_order(["b", "a"]) == {"b": 0.75, "a": 0.25}


def test_points_need_not_add_up_to_anything():
    assert direct({"a": 3, "b": 1}) == {"a": 0.75, "b": 0.25}
    assert direct({"a": 1e308, "b": 1e308}) == {"a": 0.5, "b": 0.5}
    assert direct({"a": 5}) == {"a": 1.0}


@pytest.mark.parametrize("faulty", FAULTY)
def test_what_is_no_amount_of_points_is_refused(faulty):
    for way in (direct, swing):
        with pytest.raises(Invalid) as refused:
            way({"a": 50.0, "b": faulty})
        assert refused.value.facts["field"].startswith("weights")


@pytest.mark.parametrize("points", [{}, {"a": 0.0}, {"a": 0.0, "b": 0.0}])
def test_no_weight_at_all_is_refused(points):
    with pytest.raises(Invalid, match=r"too-few|weights-zero"):
        direct(points)


def test_a_swing_is_at_most_a_hundred():
    with pytest.raises(Invalid, match="out-of-range"):
        swing({"a": 101.0, "b": 1.0})


@pytest.mark.parametrize("order", [["a", "b", "a"], []])
def test_an_order_names_each_once(order):
    with pytest.raises(Invalid):
        by_order(order)


@given(st.lists(NUMBERS, max_size=8))
def test_whatever_is_typed_is_refused_or_makes_shares(values):
    for way in (direct, swing):
        try:
            found = way(named(values))
        except Invalid:
            assert (
                not values
                or not all(math.isfinite(v) and v >= 0 for v in values)
                or max(values) == 0
                or (way is swing and max(values) > 100)
            )
        else:
            assert sum(found.values()) == pytest.approx(1)
            assert all(0 <= share <= 1 for share in found.values())


@given(st.integers(1, 40))
def test_centroids_add_up_and_fall(count):
    found = centroid(count)

    assert sum(found) == pytest.approx(1)
    assert list(found) == sorted(found, reverse=True)


def test_a_group_is_the_mean_of_its_members_with_their_spread():
    found = of_group([{"a": 0.2, "b": 0.8}, {"a": 0.4, "b": 0.6}])["a"]

    assert found.each == pytest.approx((0.2, 0.4))
    assert (found.low, found.mean, found.high) == pytest.approx((0.2, 0.3, 0.4))
    assert found.deviation == pytest.approx(0.2 / math.sqrt(2))


def test_one_person_has_no_spread_and_nobody_says_nothing():
    assert Spread((0.5,)).deviation is None
    assert of_group([]) == {}
    with pytest.raises(Invalid):
        Spread(())


def test_the_order_everybody_keeps_is_found_and_no_other():
    anne = {"a": 0.5, "b": 0.3, "c": 0.2}
    bruno = {"a": 0.6, "b": 0.1, "c": 0.3}

    assert common_orders([anne]) == (("a", "b", "c"),)
    assert set(common_orders([anne, bruno])) == {("a", "b"), ("a", "c")}
    assert common_orders([anne, {"a": 0.2, "b": 0.3, "c": 0.5}]) == ()
    assert common_orders([]) == ()


def test_equal_weights_make_no_order():
    assert common_orders([{"a": 0.5, "b": 0.5}]) == ()
    assert common_orders([{"a": 0.4, "b": 0.4, "c": 0.2}, {"a": 0.5, "b": 0.5, "c": 0.0}]) == (
        ("a", "c"),
        ("b", "c"),
    )


@given(st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=1, max_size=4))
def test_common_orders_hold_for_everybody_and_say_all_that_is_agreed(rows):
    people = [named(row) for row in rows if sum(row)]
    chains = elicitation.common_orders(people)

    said = {(a, b) for chain in chains for at, a in enumerate(chain) for b in chain[at + 1 :]}
    for _ in range(4):
        said |= {(a, d) for a, b in said for c, d in said if b == c}
    names = list(people[0]) if people else []
    agreed = {
        (a, b)
        for a in names
        for b in names
        if all(p[a] >= p[b] for p in people) and any(p[a] > p[b] for p in people)
    }
    assert said == agreed
