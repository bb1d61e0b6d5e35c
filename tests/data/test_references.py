"""Past projects beside which a new one is read: what the noun says, and what the shipped one is."""

import pytest
from shared_data import shared

from data import references
from data.references import derive
from portfolio.errors import Invalid
from portfolio.reference import Spread

FEDERAL = references.federal()


def test_a_spread_is_read_both_ways():
    spread = Spread((0.1, 0.5, 0.9), (1.0, 2.0, 4.0))
    assert spread.at(0.5) == 2.0
    assert spread.at(0.7) == 3.0
    assert spread.within(3.0) == pytest.approx(0.7)
    assert spread.within(1.0) == 0.1


def test_past_the_ends_nothing_is_invented():
    spread = Spread((0.1, 0.9), (1.0, 4.0))
    assert (spread.at(0.01), spread.at(0.99)) == (1.0, 4.0)
    assert (spread.within(0.5), spread.within(40)) == (0.1, 0.9)


def test_where_many_cost_just_what_was_said_all_of_them_held():
    assert Spread((0.2, 0.25, 0.3, 0.4), (0.9, 1.0, 1.0, 1.2)).within(1.0) == 0.3


@pytest.mark.parametrize(
    ("shares", "marks"),
    [((0.5, 0.2), (1.0, 2.0)), ((0.2, 0.5), (2.0, 1.0)), ((0.2,), (1.0, 2.0)), ((1.2,), (1.0,))],
)
def test_a_spread_out_of_order_cannot_be_built(shares, marks):
    with pytest.raises(Invalid):
        Spread(shares, marks)


def test_the_shipped_reference_says_what_was_published():
    whole = FEDERAL.whole
    assert whole.projects == 192
    assert [round(whole.ratios.at(share), 2) for share in (0.5, 0.75, 0.9)] == [1.17, 1.91, 3.3]
    assert sum(size.projects for size in FEDERAL.sizes) == 192


def test_every_cost_is_of_one_size():
    limits = [(size.low, size.high) for size in FEDERAL.sizes]
    assert [high for _, high in limits[:-1]] == [low for low, _ in limits[1:]]
    assert limits[-1][1] is None
    assert FEDERAL.size_of(200_000_000).low == 200_000_000


def test_a_project_smaller_than_all_is_read_beside_the_smallest():
    assert FEDERAL.size_of(30_000_000) == FEDERAL.sizes[0]
    assert not FEDERAL.covers(30_000_000)
    assert FEDERAL.covers(100_000_000)


def test_the_shipped_figures_are_those_of_the_real_list():
    file = shared("gc_it_projects", "gc-it-projects-combined.csv")

    seen = derive.seen_twice(file.read_bytes())

    assert len(seen) == 192
    shipped = (references.FOLDER / "federal_overruns.toml").read_text(encoding="utf-8")
    for line in derive.written(seen).splitlines():
        assert line in shipped.splitlines()
