"""What changed between two editions, said one difference at a time."""

from dataclasses import replace

import pytest
from trees import a_framework

from portfolio import tree
from portfolio.criterion import Direction, Mark, Scale
from portfolio.framework_changes import Difference, differences, is_neutral
from portfolio.words import Bilingual

OLD = a_framework()


def test_the_same_framework_has_no_difference():
    assert differences(OLD, a_framework()) == ()


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (tree.put(OLD, "1.1", weight=50), Difference("weight", "1.1", 30, 50)),
        (tree.put(OLD, "1.1", direction=Direction.LESS),
         Difference("direction", "1.1", Direction.MORE, Direction.LESS)),
        (tree.put(OLD, "1.1", measure="carbon"), Difference("measure", "1.1", "", "carbon")),
        (tree.put(OLD, "1.1", references=((0, 0), (4, 1))),
         Difference("references", "1.1", (), ((0, 0), (4, 1)))),
        (tree.put_sentence(OLD, "1.1", "en", 3, "New"),
         Difference("sentence", "1.1", "D", "New", "en", 3)),
        (tree.put_words(OLD, "1.1", "question", "fr", "Quoi ?"),
         Difference("question", "1.1", "", "Quoi ?", "fr")),
        (tree.put_words(OLD, "1.1", "title", "fr", "Neuf"),
         Difference("title", "1.1", "Titre 1.1", "Neuf", "fr")),
        (tree.place(OLD, "1.2", "2"), Difference("moved", "1.2", "1", "2")),
        (tree.shift(OLD, "1.2", -1),
         Difference("order", "1", ("1.1", "1.2"), ("1.2", "1.1"))),
        (tree.remove(OLD, "1.2"), Difference("removed", "1.2", OLD.criterion("1.2").title)),
        (tree.add(OLD, "1", Bilingual("Neuf"))[0],
         Difference("added", "1.3", None, Bilingual("Neuf"))),
        (replace(OLD, scale=Scale(0, 5)), Difference("scale", "", Scale(0, 4), Scale(0, 5))),
        (replace(OLD, assise=(Mark("a", Bilingual("A")),)),
         Difference("rest", "", "assise", "assise")),
    ],
)  # fmt: skip
def test_one_change_is_one_difference(new, found):
    assert differences(OLD, new) == (found,)


def test_titles_order_and_grids_change_nothing_for_answers_already_given():
    retitled = tree.put_words(tree.shift(OLD, "1.2", -1), "1.1", "title", "fr", "Neuf")

    assert is_neutral(differences(OLD, retitled))
    assert not is_neutral(differences(OLD, tree.put_sentence(OLD, "1.1", "fr", 3, "x")))
    assert not is_neutral(differences(OLD, tree.put(OLD, "1.1", weight=31)))
