"""The model on one screen says every rule there is, as the rules say themselves."""

from pathlib import Path

import pytest
from random_debts import a_joint_question
from random_questions import RULES, a_random_question

from commands.formulation import ALWAYS, ASKED, name, said, text

PUBLISHED = Path(__file__).parents[1] / "docs" / "formulation.md"


def test_the_published_model_is_current():
    assert PUBLISHED.read_text(encoding="utf-8") == text(), (
        "run: python cli.py formulation > docs/formulation.md"
    )


def test_every_rule_that_a_question_states_is_there():
    ways = (a_random_question, a_joint_question)
    stated = {type(rule) for way in ways for seed in range(80) for rule in way(seed).stated()}

    assert stated == {*ALWAYS, *ASKED}
    drawn = {kind.removesuffix("-limit").removesuffix("-share") for kind in RULES}
    assert {f"`{kind}`" for kind in {*drawn, "red-limit"}} == {name(rule) for rule in ASKED}


@pytest.mark.parametrize("rule", [*ALWAYS, *ASKED])
def test_a_rule_says_a_sentence_then_an_inequality(rule):
    sentence, inequality = said(rule)

    assert sentence.endswith(".")
    assert any(sign in inequality for sign in ("<=", ">=", "="))
    assert f"| {name(rule)} |" in text()


def test_it_fits_one_screen():
    assert len(text().splitlines()) < 60
