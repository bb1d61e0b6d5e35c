"""Legacy risk: the published formula, what debts and projects do to it, what is still unsaid."""

import json
from dataclasses import replace
from datetime import date

import pytest
from shared_data import shared

from portfolio.errors import Invalid
from portfolio.legacy_risk import (
    CRITERIA,
    IMPACTS,
    LIKELIHOODS,
    Funding,
    Level,
    RiskAssessment,
)

# Retyped from formula_vectors.json, "litraf": L1..L7, C1..C6, likelihood, impact, overall, red,
# legacy (UK Legacy IT Risk Assessment Framework, Open Government Licence v3).
PUBLISHED = [
    ((6, 3, 5, 4, 2, 6, 3), (3, 3, 2, 4, 3, 4), 5.0714, 3.5833, 18.1726, True, True),
    ((2, 1, 2, 1, 1, 2, 1), (5, 4, 4, 5, 4, 5), 1.7143, 4.75, 8.1429, False, False),
    ((6,) * 7, (5,) * 6, 6.0, 5.0, 30.0, True, True),
    ((1,) * 7, (1,) * 6, 1.0, 1.0, 1.0, False, False),
    ((3, 1, 1, 1, 1, 1, 1), (2,) * 6, 2.1429, 2.0, 4.2857, False, True),
]


def assessed(likelihoods, impacts, **more):
    """Confirmed by someone, with these levels; ``keeps`` = {criterion: (debts, level after)}."""
    keeps = more.pop("keeps", {})
    pairs = zip(CRITERIA, (*likelihoods, *impacts), strict=True)
    levels = tuple(Level(c, n, debts=keeps.get(c, ((), None))[0], after=keeps.get(c, ((), None))[1])
                   for c, n in pairs)  # fmt: skip
    return RiskAssessment("S1", levels, **({"confirmed_by": "archi"} | more))


@pytest.mark.parametrize(
    ("likelihoods", "impacts", "likelihood", "impact", "overall", "red", "legacy"), PUBLISHED
)
def test_the_published_formula(likelihoods, impacts, likelihood, impact, overall, red, legacy):
    found = assessed(likelihoods, impacts)

    assert found.likelihood == pytest.approx(likelihood, abs=5e-5)
    assert found.impact == pytest.approx(impact, abs=5e-5)
    assert found.score == pytest.approx(overall, abs=5e-5)
    assert (found.is_red, found.is_legacy) == (red, legacy)


def test_the_retyped_vectors_are_those_of_the_file():
    told = json.loads(shared("frameworks", "formula_vectors.json").read_text())["litraf"]

    assert [
        (tuple(t["L"]), tuple(t["C"]), t["likelihood"], t["impact"], t["overall"], t["red"],
         t["legacy"]) for t in told
    ] == PUBLISHED  # fmt: skip


def test_exactly_sixteen_is_red():
    found = assessed((4,) * 7, (4,) * 6)

    assert found.score == 16
    assert found.is_red


def test_nothing_is_rated_before_every_level_of_a_side_is_given():
    begun = RiskAssessment("S1", tuple(Level(c, 6) for c in LIKELIHOODS))

    assert begun.likelihood == 6
    assert begun.impact is None
    assert begun.score is None
    assert begun.missing == IMPACTS
    assert begun.is_legacy
    assert not begun.is_red


def test_a_score_that_nobody_confirmed_reaches_red_and_is_not_red():
    found = assessed((6,) * 7, (5,) * 6, confirmed_by="")

    assert found.reaches_red
    assert not found.is_red


def test_no_one_confirms_an_assessment_with_a_level_missing():
    with pytest.raises(Invalid, match="risk-levels-missing") as refused:
        RiskAssessment("S1", tuple(Level(c, 1) for c in CRITERIA[:-1]), confirmed_by="archi")

    assert refused.value.facts["found"] == "C6"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"criterion": "L8", "level": 1}, "not-one-of"),
        ({"criterion": "L1", "level": 7}, "out-of-range"),
        ({"criterion": "C1", "level": 6}, "out-of-range"),
        ({"criterion": "L1", "level": 0}, "out-of-range"),
        ({"criterion": "L1", "level": 3, "after": 4}, "out-of-range"),
        ({"criterion": "L1", "level": 3, "debts": ("D1", "D1")}, "twice"),
    ],
)
def test_a_level_that_cannot_be_is_refused(wrong, code):
    with pytest.raises(Invalid, match=code):
        Level(**wrong)


def test_a_likelihood_falls_once_all_the_debts_that_keep_it_up_are_retired():
    kept_up = Level("L1", 6, debts=("D1", "D2"), after=2)

    assert kept_up.once(("D1",)) == 6
    assert kept_up.once(("D1", "D2", "D9")) == 2
    assert Level("L1", 6).once(("D1",)) == 6
    assert Level("L1", 6, debts=("D1",)).once(("D1",)) == 6


def test_retiring_its_debts_takes_a_system_out_of_the_red():
    # 18.17; with L1 and L6 at 1 the likelihoods add up to 19, 5 the highest: 3.857 x 3.583 = 13.8
    found = assessed(*PUBLISHED[0][:2], keeps={"L1": (("D1",), 1), "L6": (("D2",), 1)})

    assert found.is_red_once((), ())
    assert found.once(("D1", "D2")).likelihood == pytest.approx((19 / 7 + 5) / 2)
    assert not found.is_red_once(("D1", "D2"), ())


def test_a_project_that_replaces_the_system_takes_it_out_of_the_red():
    found = assessed(*PUBLISHED[0][:2], replaced_by=("P1", "P2"))

    assert found.is_red_once((), ("P3",))
    assert not found.is_red_once((), ("P2",))


def test_the_ways_out_are_the_smallest_sets_of_debts_that_do_it():
    # All at 4 x 4 = 16: one likelihood less is enough, so each way is a single criterion's debts.
    found = assessed((4,) * 7, (4,) * 6, keeps={"L1": (("D1", "D2"), 1), "L3": (("D3",), 3)})

    assert found.ways_out == (("D1", "D2"), ("D3",))


def test_a_way_out_may_need_two_criteria_at_once():
    # As long as one of the two stands, so does the highest likelihood, 6.
    found = assessed((6, 6, 1, 1, 1, 1, 1), (5,) * 6,
                     keeps={"L1": (("D1",), 1), "L2": (("D2",), 1)})  # fmt: skip

    assert found.score == pytest.approx(5 * (17 / 7 + 6) / 2)
    assert found.ways_out == (("D1", "D2"),)


def test_there_is_no_way_out_by_debts_where_none_keeps_it_up_or_nothing_is_red():
    assert assessed((6,) * 7, (5,) * 6).ways_out == ()
    assert assessed((1,) * 7, (1,) * 6, keeps={"L1": (("D1",), 1)}).ways_out == ()


def test_what_drives_a_score_is_what_stands_highest_on_each_side():
    assert assessed(*PUBLISHED[0][:2]).drivers == ("L1", "L6", "C4", "C6")
    assert assessed((1,) * 7, (1,) * 6).drivers == ()


def test_what_a_red_system_still_has_to_say():
    found = assessed((6,) * 7, (5,) * 6)
    told = replace(found, plan="Remplacer", funding=Funding.PARTIAL, target=date(2029, 1, 1))

    assert found.lacking == ("plan", "funding", "target")
    assert told.lacking == ()
    assert not told.is_funded
    assert replace(told, funding=Funding.WHOLE).is_funded
    assert replace(told, funding=Funding.WHOLE, plan=" ").lacking == ("plan",)
    assert not replace(told, funding=Funding.WHOLE, plan=" ").is_funded


def test_a_level_that_departs_from_the_evidence_owes_a_reason():
    assert Level("L1", 3, proposed=6).is_unexplained
    assert not Level("L1", 3, "Le fournisseur reste", proposed=6).is_unexplained
    assert not Level("L1", 6, proposed=6).is_unexplained
    assert not Level("L5", 6).is_unexplained


def test_debts_without_the_level_they_would_leave_are_an_open_end():
    assert Level("L1", 6, debts=("D1",)).is_open_ended
    assert not Level("L1", 6, debts=("D1",), after=1).is_open_ended
    assert not Level("L1", 6).is_open_ended
