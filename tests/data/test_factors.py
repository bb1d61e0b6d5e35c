"""The factors and the eco-design checklist that come with the house: figures, sources, wording."""

import csv

import pytest
from shared_data import shared

from data import ecodesign, factors
from portfolio.errors import Invalid
from portfolio.footprint import UNITS, Factor

# Boavizta environmental-footprint-data, 2023-02 (ODbL), as summarised: item, median of manufacture,
# quartiles of the whole life, median share of manufacture, median lifetime
PUBLISHED = [
    ("laptop", 236, 244, 360, 0.8, 4),
    ("monitor", 333, 435, 580, 0.65, 6),
    ("desktop", 249, 380, 692, 0.59, 4),
    ("server", 1215, 5680, 9180, 0.16, 4),
    ("smartphone", 53, 57, 78, 0.8, 3),
    ("tablet", 71, 74, 124, 0.75, 3),
    ("iot", 24, 31, 81, 0.58, 4),
]
BY_CODE = {factor.code: factor for factor in factors.shipped()}


@pytest.mark.parametrize(("item", "made", "p25", "p75", "share", "years"), PUBLISHED)
def test_devices_are_made_at_the_published_median_within_the_derived_quartiles(
    item, made, p25, p75, share, years
):
    found = BY_CODE[f"{item}.made"]

    assert found.likely == made
    assert (found.low, found.high) == (round(share * p25), round(share * p75))
    assert BY_CODE[f"{item}.years"].likely == years


@pytest.mark.parametrize(("item", "made", "p25", "p75", "share", "years"), PUBLISHED)
def test_power_is_what_is_left_of_the_whole_life_on_the_assumed_grid(
    item, made, p25, p75, share, years
):
    found = BY_CODE[f"{item}.power"]

    assert found.low == pytest.approx((1 - share) * p25 / (years * 0.5), rel=0.05)
    assert found.high == pytest.approx((1 - share) * p75 / (years * 0.25), rel=0.05)


def test_every_factor_has_a_range_a_source_a_unit_and_a_name_in_both_languages():
    for factor in factors.shipped():
        assert factor.low < factor.high
        assert len(factor.source) > 30
        assert factor.unit == UNITS[factor.tells]
        assert factor.title.fr
        assert factor.title.en


def test_what_is_not_published_says_that_it_is_assumed():
    for code, factor in BY_CODE.items():
        if code.endswith((".power", ".pue")) or code.startswith("hosting"):
            assert "ypothèse d'Arbitrage, à réviser" in factor.source, code


def test_electricity_in_quebec_is_a_tenth_of_elsewhere_at_most():
    assert BY_CODE["grid.qc"].likely <= BY_CODE["hosting_away.grid"].likely / 10


def test_a_cycle_s_own_factor_stands_in_the_place_of_the_shipped_one():
    own = Factor("laptop.made", 1, 2, 3, "kgCO2e", "contrat 2027")
    new = Factor("kiosk.made", 1, 2, 3, "kgCO2e", "contrat 2027")

    held = factors.in_force((new, own))

    assert [f.code for f in held] == [*BY_CODE, "kiosk.made"]
    assert next(f for f in held if f.code == "laptop.made") is own


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('code = "x.weight"\nlow = 1\nlikely = 1\nhigh = 1\nunit = "kg"', "not-one-of"),
        ('code = "x.made"\nlow = 1\nlikely = 1\nhigh = 1\nunit = "tonnes"', "not-one-of"),
        ('code = "x.years"\nlow = 0\nlikely = 1\nhigh = 1\nunit = "year"', "too-low"),
        ('code = "x.pue"\nlow = 0.9\nlikely = 1\nhigh = 1\nunit = "1"', "too-low"),
    ],
)
def test_a_factor_that_no_estimate_could_use_is_refused(line, code):
    with pytest.raises(Invalid, match=code):
        factors.read(f'[[factors]]\n{line}\nsource = "s"\n'.encode())


def test_the_checklist_is_the_thirty_priority_criteria_each_with_three_answers():
    asked = ecodesign.questions()

    assert len(asked) == 30
    assert len({question.key for question in asked}) == 30
    assert all(q.key.startswith("rgesn.") and q.title.en and q.help.en for q in asked)
    assert {tuple(c.key for c in q.answers) for q in asked} == {("oui", "non", "sans-objet")}


def test_the_checklist_has_the_source_s_wording():
    file = shared("sustainability/rgesn/rgesn_v2_2024_criteres.csv")
    with file.open(encoding="utf-8") as lines:
        priority = [row for row in csv.DictReader(lines) if row["priorite"] == "Prioritaire"]

    asked = {q.key: q.title.fr for q in ecodesign.questions()}

    assert set(asked) == {f"rgesn.{row['numero']}" for row in priority}
    for row in priority:
        assert _bare(asked[f"rgesn.{row['numero']}"]) == _bare(row["critere"])


def _bare(words):
    plain = words.replace("’", "'").replace("\u00a0", " ").strip()
    return plain.replace("limite-il", "limite-t-il")  # the source's slip
