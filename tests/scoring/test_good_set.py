"""Advice on a set of criteria: each with its evidence, and none on a set that is good."""

import pytest
from trees import a_framework, leaf

from data import frameworks
from portfolio import tree
from portfolio.criterion import Framework, Levels
from portfolio.evaluation import Conflict, Evaluation, Round, Subject
from portfolio.project import Measure, Project
from portfolio.registry import Registry
from portfolio.words import Bilingual
from scoring.good_set import advice, likeness
from services import imports

PROJECTS = tuple(Project(f"P{at}", f"Projet {at}") for at in range(10))


def of(framework, registry=None):
    return {(a.code, a.keys) for a in advice(framework, registry)}


def codes(framework, registry=None):
    return {a.code for a in advice(framework, registry)}


def flat(n, weight=10):
    """So many leaves, each in words of its own."""
    return Framework("x", "1", Bilingual("Essai"), tuple(
        leaf(f"k{at}", weight=weight if at else 10) for at in range(n)
    ))  # fmt: skip


@pytest.mark.parametrize("edition", frameworks.available())
def test_the_frameworks_that_come_with_arbitrage_raise_none(edition):
    assert advice(frameworks.load(edition.code, edition.version)) == ()


def test_the_demo_only_learns_that_one_measure_goes_beyond_its_references():
    registry = imports.demo().registry
    framework = frameworks.load("montreal_2030")
    (found,) = advice(framework, registry)

    assert (found.code, found.keys) == ("beyond", ("dette.interets",))
    assert (found.facts["n"], found.facts["of"], found.facts["last"]) == (5, 60, 1_000_000)


@pytest.mark.parametrize(
    ("n", "code"), [(6, "too-few"), (7, None), (20, None), (21, "too-many")]
)
def test_a_set_is_neither_too_small_nor_too_large(n, code):
    assert codes(flat(n)) & {"too-few", "too-many"} == ({code} if code else set())


def test_a_weight_is_neither_negligible_nor_a_third_of_the_whole():
    light = flat(10)
    light = tree.put(light, "k3", weight=0.5)
    assert ("light", ("k3",)) in of(light)
    assert ("heavy", ("k3",)) in of(tree.put(flat(10), "k3", weight=50))
    assert not codes(flat(10)) & {"light", "heavy"}


def test_two_criteria_that_ask_the_same_in_other_words_are_named():
    framework = frameworks.load("montreal_2030")
    again = "La Ville est-elle plus libre de changer de fournisseur, et maîtrise-t-elle mieux " \
        "ses données et son code?"
    asked = tree.put_words(framework, "4.2", "question", "fr", again)

    assert ("alike-questions", ("1.1", "4.2")) in of(asked)


def test_likeness_is_whole_for_the_same_text_and_nil_for_an_empty_one():
    alike = likeness(["Réduire le délai", "réduire, DÉLAIS !", "", "Payer le personnel"])

    assert alike[0, 0] == pytest.approx(1)
    assert alike[0, 1] == pytest.approx(1)
    assert list(alike[2]) == [0, 0, 0, 0]
    assert alike[0, 3] == 0


def test_sentences_that_are_missing_or_said_twice_are_named_in_their_language():
    blank = tree.put_sentence(a_framework(), "1.1", "en", 2, "")
    twice = tree.put_sentence(blank, "1.2", "fr", 2, "B ")

    found = of(twice)

    assert {("sentences-missing-en", ("1.1",)), ("sentences-same-fr", ("1.2",))} <= found
    assert ("sentences-missing-fr", ("1.1",)) not in found


def test_words_without_english_are_counted():
    asked = tree.put_words(a_framework(), "1.1", "question", "fr", "Quoi ?")
    assert ("no-english", ("1.1",)) in of(asked)
    assert ("no-question", ("1.1",)) not in of(asked)
    assert ("no-question", ("1.2",)) in of(asked)


def test_a_value_that_falls_while_the_level_rises_is_named():
    bent = tree.put(a_framework(), "1.1", references=((0, 0), (2, 0.8), (4, 0.5)))

    assert ("not-monotone", ("1.1",)) in of(bent)


def rated(ratings, projects=PROJECTS, **more):
    """criterion -> one rating a project, by Anne."""
    from nouns import a_cycle

    evaluations = tuple(
        Evaluation(project.code, criterion, "anne", float(rating))
        for criterion, every in ratings.items()
        for project, rating in zip(projects, every, strict=True)
    )
    return Registry(a_cycle(), projects, evaluations=evaluations, **more)


UP = (0, 1, 1, 2, 2, 3, 3, 4, 4, 4)


def test_two_criteria_that_rank_projects_alike_are_named_with_their_correlation():
    found = advice(a_framework(), rated({"1.1": UP, "1.2": UP, "2.1": UP[::-1]}))
    (together,) = (a for a in found if a.code == "together")

    assert together.keys == ("1.1", "1.2")
    assert together.facts == {"rho": pytest.approx(1), "n": 10}


def test_too_few_projects_say_nothing():
    few = rated({"1.1": UP[:7], "1.2": UP[:7]}, PROJECTS[:7])

    assert not codes(a_framework(), few) & {"together", "flat"}


def test_a_criterion_on_which_all_projects_stand_alike_is_named():
    same = rated({"1.1": (2, 2, 2, 3, 2, 3, 2, 2, 3, 2), "1.2": UP})

    (flat_,) = (a for a in advice(a_framework(), same) if a.code == "flat")

    assert (flat_.keys, flat_.facts) == (("1.1",), {"low": 2.0, "high": 3.0, "n": 10})


def test_what_is_not_revealed_or_does_not_count_says_nothing():
    open_ = rated({"1.1": UP, "1.2": UP}, rounds=(Round(Subject.SCORES, 1),))
    away = rated(
        {"1.1": UP, "1.2": UP},
        conflicts=tuple(Conflict("anne", p.code, "conjoint") for p in PROJECTS),
    )

    assert "together" not in codes(a_framework(), open_)
    assert "together" not in codes(a_framework(), away)


def test_a_measure_beyond_its_references_is_counted():
    measured = tree.put(
        a_framework(), "1.1", measure="carbon", references=((0, 1), (100, 0)), levels=Levels((), ())
    )
    projects = (
        Project("A", "A", measures=(Measure("carbon", 50.0),)),
        Project("B", "B", measures=(Measure("carbon", 250.0),)),
        Project("C", "C"),
    )

    (found,) = (a for a in advice(measured, rated({}, projects)) if a.code == "beyond")

    assert found.keys == ("1.1",)
    assert found.facts == {"n": 1, "of": 2, "first": 0, "last": 100, "low": 50.0, "high": 250.0}
