"""Sensibilité: what the page answers, way by way, to whom."""

from dataclasses import replace

import pytest
from benches import a_project, a_registry, finished, pages_of, small, someone
from benches import words as catalogue

from data import frameworks
from portfolio.evaluation import Ballot, Evaluation, Weight
from portfolio.person import Role

COMMITTEE = [role for role in Role if role is not Role.LEAD]
FRAMEWORK = frameworks.load("montreal_2030", "2026.1")
RATED = [leaf.key for leaf in FRAMEWORK.leaves if not leaf.measure]
TOP = [branch.key for branch in FRAMEWORK.children("")]


@pytest.fixture
def show(jobs):
    return pages_of("sensitivity", jobs)


def words(language, key):
    return catalogue(language, key).replace("\xa0", " ")


def unscored(code):
    return replace(a_project(code, cost=(40,)), given_value=None)


def committee(ratings, *ballots):
    """A or B, not both; person -> (her rating of A, of B)."""
    evaluations = tuple(
        Evaluation(project, leaf, who, float(rating), "Parce que.")
        for who, given in ratings.items()
        for project, rating in zip("AB", given, strict=True)
        for leaf in RATED
    )
    people = tuple(replace(someone(Role.MEMBER), code=who, name=f"Nom {who}") for who in ratings)
    return a_registry(
        unscored("A"), unscored("B"), limits=(40,), evaluations=evaluations, people=people,
        ballots=ballots,
    )  # fmt: skip


def split():
    """Without m1, B is chosen instead of A."""
    return committee({"m1": (4, 0), "m2": (0, 3), "m3": (2, 2)})


def agreeing():
    return committee({"m1": (4, 1), "m2": (3, 1), "m3": (4, 0)})


def ballot(person, **points):
    return Ballot(person, tuple(Weight(key, points.get(f"b{key}", 10.0)) for key in TOP))


def heads(at):
    return [h.value.replace("\\", "").replace("\xa0", " ") for h in [*at.header, *at.subheader]]


def told(at):
    shown = [*at.markdown, *at.caption, *at.warning]
    return "\n".join(m.value for m in shown).replace("\xa0", " ").replace("\\", "")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("who", list(Role))
def test_an_empty_house_says_what_to_do(show, house, who, language):
    at = show(house(), who=who, language=language, cycle="")

    assert at.markdown[0].value == catalogue(language, "scenarios.no_cycle")


def test_a_lead_is_told_why_there_is_nothing_to_see(show, house):
    at = show(house(split()), who=Role.LEAD)

    assert at.markdown[0].value == catalogue("fr", "scenarios.not_allowed")
    assert not at.segmented_control


def test_a_portfolio_that_nobody_scored_says_so(show, house):
    at = show(house(a_registry(unscored("A"), limits=(40,))))

    assert words("fr", "sensitivity.answer_equal") in told(at)
    assert not at.segmented_control


def test_values_that_came_with_a_file_follow_no_weight(show, house):
    at = show(house(small()))

    assert words("fr", "sensitivity.answer_equal") in told(at)


@pytest.mark.parametrize("who", COMMITTEE)
def test_the_first_line_says_that_the_result_holds(show, house, who):
    at = show(house(agreeing()), who=who)

    first = at.markdown[0].value.replace("\xa0", " ")
    assert first.startswith(
        "Le résultat tient : sans l'un ou l'autre des 3 évaluateurs, "
        "sans l'un ou l'autre des 17 critères, les mêmes projets restent les meilleurs."
    )
    assert "Aucun des 20 retraits ne change le choix des projets" in heads(at)


def test_the_first_line_says_who_the_result_hangs_on(show, house):
    at = show(house(split()))

    first = at.markdown[0].value.replace("\xa0", " ")
    assert first.startswith(
        "Le résultat ne tient pas entièrement : "
        "d'autres projets seraient retenus sans 1 évaluateur sur 3."
    )
    assert "1 retrait change le choix des projets, sur 20" in heads(at)
    table = at.dataframe[0].value.set_index("Sans…")
    assert table.loc["Nom m1", ["Entrent", "Sortent"]].tolist() == ["B", "A"]
    assert table.loc["Nom m2", "Choix"] == "● inchangé"


def test_a_criterion_that_the_result_hangs_on_is_named(show, house):
    """A leads by 2.1 alone, which weighs 11 %; B is a little better on 4.1, the rest is alike."""
    marks = {"A": {"2.1": 4.0}, "B": {"2.1": 0.0, "4.1": 3.0}}
    evaluations = tuple(
        Evaluation(project, leaf, "m1", own.get(leaf, 2.0))
        for project, own in marks.items()
        for leaf in RATED
    )
    at = show(house(replace(committee({}), evaluations=evaluations)))

    first = at.markdown[0].value.replace("\xa0", " ")
    assert "sans le critère « 2.1 · Une expérience citoyenne améliorée »." in first
    assert words("fr", "sensitivity.removal.one_evaluator") in told(at)


def test_an_observer_is_not_told_whose_ratings_the_result_hangs_on(show, house):
    at = show(house(split()), who=Role.OBSERVER)

    shown = at.dataframe[0].value.to_string() + told(at)
    assert "Nom m1" not in shown
    assert "Évaluateur 1" in shown


def test_the_first_line_in_english(show, house):
    at = show(house(split()), language="en")

    assert at.markdown[0].value.startswith(
        "The result does not hold entirely: "
        "other projects would be chosen without 1 evaluator of 3."
    )


def test_each_weight_has_its_band(show, house):
    at = show(house(agreeing()), "bands")

    assert any(head.startswith("La plus sensible") for head in heads(at))
    assert len(at.dataframe[0].value) == len(TOP)


def test_ranks_say_how_many_hesitate_and_over_what(show, house):
    at = show(house(agreeing()), "places")

    assert "Quelles que soient les pondérations, les 1 premiers restent les mêmes" in heads(at)
    assert "toutes les pondérations possibles, faute de deux bulletins" in told(at)
    assert list(at.dataframe[0].value["Code"]) == ["A", "B"]

    at.segmented_control(key="sensitivity_varies").set_value("ratings").run()
    assert not at.exception


def test_ranks_are_drawn_between_the_ballots(show, house, jobs):
    registry = committee({"m1": (4, 1), "m2": (3, 1)}, ballot("m1", b1=50.0), ballot("m2"))
    at = show(house(registry), "places")
    at = finished(at, jobs)

    assert "entre le plus bas et le plus haut des bulletins" in told(at)
    assert words("fr", "sensitivity.place.central") in heads(at)


def test_the_tornado_is_of_the_project_that_is_chosen(show, house):
    at = show(house(agreeing()), "tornado")
    assert "A reste au rang 1 sur 2, quel que soit le poids que l'on bouge" in heads(at)

    at.selectbox(key="sensitivity_project").set_value("B").run()

    assert "B reste au rang 2 sur 2, quel que soit le poids que l'on bouge" in heads(at)
    assert len(at.dataframe[0].value) == len(FRAMEWORK.leaves)


def test_a_project_that_the_committee_did_not_score_has_no_tornado(show, house):
    registry = agreeing()
    at = show(house(replace(registry, projects=(*registry.projects, unscored("C")))), "tornado")

    at.selectbox(key="sensitivity_project").set_value("C").run()

    assert words("fr", "sensitivity.tornado.not_scored") in told(at)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_second_opinions_say_first_that_they_are_never_official_and_why(show, house, language):
    at = show(house(agreeing()), "opinions", language=language)

    assert at.warning[0].value == catalogue(language, "sensitivity.opinion.never")
    methods, ranks = at.dataframe[0].value, at.dataframe[1].value
    assert len(methods) == 4
    assert list(ranks.iloc[:, 0]) == ["A", "B"]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("section", ["removals", "bands", "places", "tornado", "opinions"])
def test_every_way_is_shown_on_a_wall_too(show, house, section, language):
    at = show(house(split()), section, language=language, wall=True)

    assert heads(at)
