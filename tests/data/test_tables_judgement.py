"""What the committee says, and what projects weigh, in tables: read strictly, told where wrong."""

import pytest
from portfolios import zipped

from data import exporters
from data.importers import bring
from portfolio.footprint import Deed, Quantity
from portfolio.project import Answer

BASE = {"projects": "code,title\nP1,Un\n", "people": "code,name\nanne,Anne\n"}


def bring_with(**tables):
    return bring("x", zipped(BASE | tables))


def refused(**tables):
    brought = bring_with(**tables)
    assert brought.registry is None
    return {(r.code, r.where.column) for r in brought.refused}


def test_quantities_come_in_and_years_left_empty_are_not_given():
    brought = bring_with(quantities="project,item,deed,count,years\nP1,laptop,kept,20,\n")

    assert brought.registry.projects[0].quantities == (Quantity("laptop", Deed.KEPT, 20.0),)


def test_a_quantity_of_a_kind_that_no_factor_knows_is_refused_with_the_known_ones():
    brought = bring_with(quantities="project,item,deed,count\nP1,toaster,new,1\n")

    (told,) = brought.refused
    assert (told.code, told.where.column, told.found) == ("unknown-item", "item", "toaster")
    assert "laptop" in told.accepted


def test_a_kind_that_the_same_file_brings_factors_for_is_known():
    factors = "code,low,likely,high,unit,source\nk.made,1,2,3,kgCO2e,c\nk.years,4,5,6,year,c"
    brought = bring_with(
        factors=factors, quantities="project,item,deed,count\nP1,k,new,2\n"
    )

    assert brought.refused == ()
    assert [f.code for f in brought.registry.factors] == ["k.made", "k.years"]


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("laptop.weight,1,2,3,kgCO2e,c", ("not-one-of", "code")),
        ("laptop.made,1,2,3,year,c", ("not-one-of", "unit")),
        ("laptop.made,3,2,3,kgCO2e,c", ("too-low", "likely")),
        ("laptop.made,1,2,3,kgCO2e,", ("missing-value", "source")),
    ],
)
def test_a_factor_that_cannot_be_is_refused_where_it_is_wrong(row, place):
    assert place in refused(factors=f"code,low,likely,high,unit,source\n{row}\n")


def test_a_ballot_half_cast_and_half_draft_is_refused():
    ballots = "person,criterion,points,cast\nanne,1,1,oui\nanne,2,1,non\n"

    assert ("two-ways-at-once", "cast") in refused(ballots=ballots)


def test_comparisons_without_their_ballot_are_refused():
    assert ("unknown-code", "person") in refused(
        comparisons="person,one,other,ratio\nanne,1,2,3\n"
    )


def test_adopted_points_without_their_round_are_refused():
    assert ("unknown-code", "round") in refused(
        adopted_weights="round,criterion,points\n2,1,3\n"
    )


def test_a_conflict_without_a_reason_is_refused():
    assert ("missing-value", "reason") in refused(conflicts="person,project,reason\nanne,P1,\n")


def test_the_eco_design_checklist_is_answered_with_its_own_keys():
    answers = "project,question,answer,comment\nP1,rgesn.1.1,sans-objet,\nP1,rgesn.2.2,,à voir\n"
    brought = bring_with(answers=answers)

    assert brought.registry.projects[0].answers == (
        Answer("rgesn.1.1", "sans-objet"),
        Answer("rgesn.2.2", "", "à voir"),
    )
    assert bring("x", exporters.csv_zip(brought.registry)).registry == brought.registry


def test_an_answer_that_the_checklist_does_not_offer_is_refused():
    assert ("unknown-code", "answer") in refused(
        answers="project,question,answer\nP1,rgesn.1.1,peut-être\n"
    )
