"""Critères: every leaf with its five sentences, weights to be voted, wordings not yet verified."""

import pytest

from portfolio.person import Role
from services import scores

MEMBER_WORDS = {"fr": "Point de départ à voter.", "en": "A starting point, to be voted."}


@pytest.fixture
def framework(demo):
    with demo.reading() as work:
        return scores.framework_of(work.registry("demo"))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", list(Role))
def test_everyone_reads_the_framework(seen, read, role, language):
    at = seen("criteria", role, language)

    assert not at.exception
    assert MEMBER_WORDS[language] in read(at)


def test_every_leaf_has_its_question_and_its_five_sentences(seen, framework):
    at = seen("criteria")

    assert len([e for e in at.expander if "%" in e.label]) == len(framework.leaves)
    sentences = {cell for frame in at.table for cell in frame.value.to_numpy().ravel()}
    for leaf in framework.leaves:
        assert len(leaf.levels.fr) == 5
        shown = [s for s in sentences if _bare(s) in {_bare(one) for one in leaf.levels.fr}]
        assert len(shown) == len(set(leaf.levels.fr)), leaf.key


def test_the_other_language_stands_beside_when_asked_for(show, demo, framework):
    at = show("criteria", demo)
    leaf = framework.leaves[0]

    at.toggle(key="criteria_both").set_value(True).run()

    sentences = {_bare(str(c)) for frame in at.table for c in frame.value.to_numpy().ravel()}
    assert {_bare(s) for s in (*leaf.levels.fr, *leaf.levels.en)} <= sentences


def test_a_rated_level_says_what_it_is_worth(seen, framework):
    at = seen("criteria")
    first = at.table[0].value

    assert [_bare(worth) for worth in first["Valeur"]] == ["0 %", "10 %", "40 %", "70 %", "100 %"]
    assert framework.leaves[0].key == "1.1"


def test_a_measure_shows_its_value_function(seen, read):
    told = read(seen("criteria")).replace("\u00a0", " ")

    assert "De 0 à 1 000 000 dollars par an, la valeur passe de 0 % à 100 %" in told


def test_the_priorities_say_that_their_wording_is_not_verified(seen, read):
    at = seen("criteria")
    priorities = at.table[-1].value

    assert "20 libellés sur 20 ne sont **pas vérifiés**" in read(at)
    assert list(priorities["Libellé vérifié"]) == ["Non"] * 20
    assert priorities["Priorité"][12] == "\\(à compléter par la Ville\\)"


def test_climate_and_equity_questions_are_shown(seen, framework):
    at = seen("criteria")
    folded = {_bare(expander.label) for expander in at.expander}

    assert {_bare(question.title.fr) for question in framework.questions} <= folded


def _bare(words):
    return words.replace("\\", "").replace("\u00a0", " ")
