"""What people paste from a word processor is kept, without what nobody sees."""

from dataclasses import replace

import pytest

from portfolio import texts
from portfolio.errors import Invalid
from portfolio.project import Answer, DebtEffect, LegalBasis, Project, Variant

EMOJI = "\U0001f469\u200d\U0001f4bb"  # joined by what joins emoji
WORD = (
    f"«\u00a0L\u2019été\u00a0»\x0b– {EMOJI} co\u00adordonne\r\nla suite\x07\ufeff\u202e"
    " \u201cquoted\u201d\tfin"
)


def test_what_word_pastes_keeps_its_letters_and_loses_what_nobody_sees():
    clean = (
        f"«\u00a0L\u2019été\u00a0»\n– {EMOJI} coordonne\nla suite"
        " \u201cquoted\u201d\tfin"
    )

    assert texts.cleaned(WORD) == clean
    assert texts.cleaned(clean) == clean


def test_half_a_character_is_replaced():
    assert texts.cleaned("a\ud83d b") == "a\ufffd b"


def test_a_text_too_long_says_how_long_it_is_and_may_be():
    with pytest.raises(Invalid, match="text-too-long") as refused:
        texts.held("problem", "x" * 50_000, texts.TEXT)

    assert refused.value.facts == {"field": "problem", "found": 50_000, "accepted": 20_000}


def test_a_text_is_measured_once_cleaned():
    assert texts.held("problem", "\u00ad" * 30_000 + "x", texts.TEXT) == "x"


def test_every_text_of_a_project_is_tidied():
    project = Project(
        "P1", "Titre\x00", problem=WORD, answers=(Answer("q", "a", "c\x07"),),
        legal_basis=LegalBasis("Loi\x0b25", proof="p\x07"), variants=(Variant("base", "v\x07"),),
        debt_effects=(DebtEffect(title="t\x07", note="n\x07"),),
    )

    tidied = texts.tidy(project)

    assert tidied == replace(
        project, title="Titre", problem=texts.cleaned(WORD), answers=(Answer("q", "a", "c"),),
        legal_basis=LegalBasis("Loi\n25", proof="p"), variants=(Variant("base", "v"),),
        debt_effects=(DebtEffect(title="t", note="n"),),
    )
    assert texts.tidy(tidied) == tidied
