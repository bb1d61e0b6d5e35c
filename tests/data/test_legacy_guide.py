"""The guide of legacy risk that is shipped: the framework's criteria, with our sentences."""

import json
import tomllib

import pytest
from shared_data import shared

from data import references
from portfolio.errors import Invalid
from portfolio.legacy_guide import Anchored, level_of
from portfolio.legacy_risk import CRITERIA, HIGHEST
from portfolio.words import Bilingual

GUIDE = references.legacy_risk()


def test_every_level_of_every_criterion_has_its_sentence_in_both_languages():
    assert tuple(criterion.code for criterion in GUIDE.criteria) == CRITERIA
    for criterion in GUIDE.criteria:
        told = (criterion.name, criterion.about, *criterion.levels)
        assert all(words.fr and words.en and words.fr != words.en for words in told)
        assert len(criterion.levels) == HIGHEST[criterion.code[0]]
        assert len(GUIDE.names(criterion.code)) == HIGHEST[criterion.code[0]]


def test_it_says_which_anchors_are_published_and_which_are_ours():
    assert [c.code for c in GUIDE.criteria if c.is_published] == ["C3", "C5"]
    assert "Open Government Licence" in GUIDE.licence.fr
    assert GUIDE.source.startswith("https://www.gov.uk/")


def test_the_criteria_and_the_scaled_bounds_are_those_of_the_published_framework():
    told = json.loads(shared("frameworks", "uk_litraf.json").read_text())
    kept = tomllib.loads((references.FOLDER / "legacy_risk.toml").read_text(encoding="utf-8"))
    sides = told["likelihood"]["criteria"], told["impact"]["criteria"]
    hours = kept["city"]["hours_published"]

    assert tuple(c["code"] for side in sides for c in side) == CRITERIA
    assert told["source"] == GUIDE.source
    assert [n.en.split(":")[0] for n in GUIDE.likelihoods[:5]] == [
        told["likelihood"]["scale"][str(level)] for level in range(1, 6)
    ]
    anchors = {c["code"]: c["anchors"] for c in told["impact"]["criteria"]}
    assert {c for c, published in anchors.items() if published} == {"C3", "C5"}
    assert anchors["C3"]["1"].startswith("<1%")
    assert anchors["C3"]["5"].startswith(">10%")
    assert anchors["C5"]["1"] == f"<{hours[0]} h"
    assert anchors["C5"]["5"] == f">{hours[3]:,} h"


def test_money_and_hours_follow_from_the_city_s_own_figures():
    # 1, 5, 8 and 10 % of 100 M$; a fifth of 100, 1 000, 100 000 and 500 000 hours
    assert GUIDE.city.money == (100_000_000, 500_000_000, 800_000_000, 1_000_000_000)
    assert GUIDE.city.hours == (20, 200, 20_000, 100_000)
    assert GUIDE.of("C3").between(1) == (None, 100_000_000)
    assert GUIDE.of("C3").between(5) == (1_000_000_000, None)
    assert GUIDE.of("C1").between(3) == (None, None)


def test_a_bound_opens_the_next_level_and_the_last_must_be_passed():
    assert [level_of(n, (10, 20, 30, 40)) for n in (9, 10, 20, 30, 40, 41)] == [1, 2, 3, 4, 4, 5]


def test_a_criterion_short_of_a_sentence_is_refused():
    words = Bilingual("a", "b")

    with pytest.raises(Invalid, match="levels-missing"):
        Anchored("C1", words, words, (words,) * 4)
    with pytest.raises(Invalid, match="not-in-order"):
        Anchored("C1", words, words, (words,) * 5, bounds=(2, 1, 3, 4))
