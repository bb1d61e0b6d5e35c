"""A framework's tree: what is added, moved and removed, and what cannot be."""

import pytest
from trees import FIVE, a_framework, leaf

from portfolio import tree
from portfolio.criterion import Framework, Levels
from portfolio.errors import Invalid, Missing
from portfolio.framework_gaps import gaps
from portfolio.words import Bilingual


def keys(framework):
    return [c.key for c in framework.criteria]


def test_a_new_criterion_stands_last_under_its_branch_and_weighs_their_mean():
    grown, key = tree.add(a_framework(), "1", Bilingual("Neuf"))

    assert (key, keys(grown)) == ("1.3", ["1", "1.1", "1.2", "1.3", "2", "2.1"])
    assert grown.criterion("1.3").weight == 20


def test_a_key_that_was_moved_away_is_not_given_twice():
    moved = tree.place(a_framework(), "1.2", "2")

    assert tree.free_key(moved, "2") == "2.3" or tree.free_key(moved, "2") not in keys(moved)
    assert tree.free_key(moved, "1") not in keys(moved)


def test_what_is_beneath_goes_with_its_branch():
    assert keys(tree.shift(a_framework(), "2", -1)) == ["2", "2.1", "1", "1.1", "1.2"]
    assert keys(tree.remove(a_framework(), "1")) == ["2", "2.1"]
    placed = tree.place(a_framework(), "2", "1")
    assert keys(placed) == ["1", "1.1", "1.2", "2", "2.1"]
    assert [c.key for c in placed.children("1")] == ["1.1", "1.2", "2"]


@pytest.mark.parametrize(("by", "order"), [(1, ["1.2", "1.1"]), (-1, ["1.1", "1.2"])])
def test_a_criterion_does_not_move_past_the_end(by, order):
    assert [c.key for c in tree.shift(a_framework(), "1.1", by).children("1")] == order


@pytest.mark.parametrize("parent", ["1", "1.1"])
def test_a_branch_does_not_go_beneath_itself(parent):
    with pytest.raises(Invalid, match="inside-itself"):
        tree.place(a_framework(), "1", parent)


def test_one_sentence_changes_and_the_others_stay():
    changed = tree.put_sentence(a_framework(), "1.1", "en", 3, "Better").criterion("1.1")

    assert changed.levels == Levels(FIVE.fr, ("A", "B", "C", "Better", "E"))


def test_one_language_of_a_title_changes():
    changed = tree.put_words(a_framework(), "1.1", "title", "en", "New")

    assert changed.criterion("1.1").title == Bilingual("Titre 1.1", "New")


@pytest.mark.parametrize(
    "act",
    [
        lambda f: tree.put(f, "9", weight=1),
        lambda f: tree.remove(f, "9"),
        lambda f: tree.add(f, "9", Bilingual("x")),
        lambda f: tree.place(f, "9", ""),
    ],
)
def test_a_criterion_that_is_not_there_is_missing(act):
    with pytest.raises(Missing, match="no-such-criterion"):
        act(a_framework())


def test_a_branch_whose_weights_would_all_be_nil_is_refused():
    with pytest.raises(Invalid, match="weights-zero"):
        tree.put(a_framework(), "2.1", weight=0)


def test_a_tree_that_turns_upon_itself_is_refused():
    with pytest.raises(Invalid, match="parent-loop"):
        a_framework(leaf("1", "2"), leaf("2", "1"), leaf("3"))
    with pytest.raises(Invalid, match="parent-loop"):
        a_framework(leaf("1"), leaf("2", "2"), leaf("3", "2"))


def test_a_reference_that_is_no_number_is_refused():
    with pytest.raises(Invalid, match="not-a-number"):
        leaf("1", references=((float("nan"), 0.0), (1.0, 1.0)))


def test_every_gap_is_named_at_its_path():
    blank = tree.put_sentence(a_framework(), "1.1", "en", 0, " ")
    untitled = tree.put_words(blank, "2", "title", "fr", "")
    measured = tree.put(untitled, "2.1", measure="steam", references=((0.0, 0.0),))

    found = {(p.code, p.facts["path"]) for p in gaps(measured, ("carbon",))}

    assert found == {
        ("levels-missing", "criteria.1.1.levels.en"),
        ("empty", "criteria.2.title"),
        ("not-one-of", "criteria.2.1.measure"),
        ("references-missing", "criteria.2.1.references"),
    }


def test_a_framework_without_a_criterion_is_not_ready():
    assert [p.code for p in gaps(Framework("x", "1", Bilingual("x"), ()))] == ["too-few"]
