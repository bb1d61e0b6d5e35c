"""What changed between two versions of a proposal is told field by field, in words and amounts."""

from dataclasses import fields, replace

import pytest

from portfolio.filed import Enclosed, Filed
from portfolio.footprint import Deed, Quantity
from portfolio.project import (
    Answer,
    Category,
    DebtEffect,
    Effort,
    Estimate,
    LegalBasis,
    Measure,
    Project,
    Sensitivity,
    Spend,
    Tag,
    Variant,
)
from portfolio.project_changes import Relisted, Repriced, differences
from portfolio.rules import Needs
from portfolio.wording import pieces

OTHER = {
    "title": "Autre", "title_en": "Other", "service": "s", "lead": "bruno", "sponsor": "s",
    "category": Category.CONTINUITY, "problem": "p", "outcome": "o", "beneficiaries": "b",
    "earliest": "2028", "latest": "2029", "deadline": "2030",
    "legal_basis": LegalBasis("Loi", "1", None, "avis"), "risks": "r",
    "sensitivity": Sensitivity.PUBLIC, "operating_cost": 1, "given_value": 1.0, "debt_share": 0.5,
    "source": "s", "systems": ("S",), "tags": (Tag("ambition", "1"),),
    "answers": (Answer("q", "oui", "car"),), "measures": (Measure("carbon", 1.0),),
    "quantities": (Quantity("laptop", next(iter(Deed)), 1.0),), "variants": (Variant("base"),),
    "debt_effects": (DebtEffect("D1"),), "confidential": frozenset({"risks"}),
}  # fmt: skip
UNTOLD = {"code", "stage", "version"}
BASE = Filed(Project("P1", "Paie"))


def between(**changed):
    return differences(BASE, replace(BASE, project=replace(BASE.project, **changed)))


def test_there_is_no_difference_in_the_same():
    whole = replace(BASE, project=replace(BASE.project, **OTHER), links=(Needs("P1", "P2"),))
    assert differences(whole, whole) == ()


def test_every_field_is_tried_here():
    assert set(OTHER) | UNTOLD == {field.name for field in fields(Project)}


@pytest.mark.parametrize("name", list(OTHER))
def test_a_change_of_any_field_is_told(name):
    assert between(**{name: OTHER[name]})


def test_money_is_told_by_period_with_the_difference():
    def priced(*cents):
        spends = tuple(Spend("PDI", at, Estimate(c)) for at, c in enumerate(cents) if c is not None)
        return (Variant("base", duration=3, spends=spends),)

    old = replace(BASE, project=replace(BASE.project, variants=priced(100, 50, None)))
    new = replace(BASE, project=replace(BASE.project, variants=priced(80, 50, 20)))

    assert differences(old, new) == (
        Repriced("money", "base", "PDI", 0, Estimate(100), Estimate(80), -20),
        Repriced("money", "base", "PDI", 2, None, Estimate(20), None),
    )


def test_days_of_a_team_are_told_by_period():
    old, new = (
        replace(BASE, project=replace(BASE.project, variants=(
            Variant("base", efforts=(Effort("DEV", 0, days),)),)))
        for days in (10.0, 12.5)
    )

    assert differences(old, new) == (Repriced("days", "base", "DEV", 0, 10.0, 12.5, 2.5),)


def test_a_variant_that_comes_and_one_that_goes_are_named():
    old, new = (
        replace(BASE, project=replace(BASE.project, variants=(Variant("base"), Variant(code))))
        for code in ("minimale", "bonifiee")
    )

    assert differences(old, new) == (Relisted("variants", ("minimale",), ("bonifiee",)),)


def test_links_and_attachments_that_come_and_go_are_told():
    old = replace(BASE, links=(Needs("P1", "P2"),), attachments=(Enclosed("avis.pdf", "a"),))
    new = replace(BASE, links=(Needs("P1", "P3"),), attachments=(Enclosed("avis.pdf", "b"),))

    assert differences(old, new) == (
        Relisted("links", (Needs("P1", "P2"),), (Needs("P1", "P3"),)),
        Relisted("attachments", (Enclosed("avis.pdf", "a"),), (Enclosed("avis.pdf", "b"),)),
    )


def test_an_answer_and_its_comment_are_told_by_their_question():
    told = between(answers=(Answer("q", "oui", "car"),))

    assert [(one.field, one.of) for one in told] == [("answer", "q"), ("comment", "q")]


@pytest.mark.parametrize(("before", "after", "told"), [
    ("Il tombe souvent.", "Il tombe trop souvent.", [("in", "trop ")]),
    ("un deux trois", "un quatre cinq", [("out", "deux trois"), ("in", "quatre cinq")]),
    ("", "neuf", [("in", "neuf")]),
    ("vieux", "", [("out", "vieux")]),
    ("l'eau", "l'air", [("out", "eau"), ("in", "air")]),
    ("même", "même", []),
])  # fmt: skip
def test_words_that_went_and_came(before, after, told):
    assert [(p.kind, p.text) for p in pieces(before, after) if p.kind != "same"] == told


@pytest.mark.parametrize(("before", "after"), [
    ("a  b\n\nc", "a b\nc d"), ("é " * 400, "é è " * 200), ("un, deux", "deux ; un"), ("", ""),
])  # fmt: skip
def test_both_texts_can_be_read_again_in_the_pieces(before, after):
    told = pieces(before, after)
    assert "".join(p.text for p in told if p.kind != "in") == before
    assert "".join(p.text for p in told if p.kind != "out") == after
