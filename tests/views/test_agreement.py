"""Écarts: what the page says of disagreements, to whom, and how a second round is opened."""

from dataclasses import replace

import pytest
from benches import a_page, a_project, a_registry, pages_of, someone, words

from data.store import Act
from portfolio.evaluation import Conflict, Evaluation, Round, Subject
from portfolio.person import Person, Role
from services import rounds

COMMITTEE = [role for role in Role if role is not Role.LEAD]
PEOPLE = tuple(
    Person(f"m{n}", name, frozenset({Role.MEMBER}), expertise=frozenset({"1"} if n == 1 else ()))
    for n, name in enumerate(("Aline Côté", "Bruno Roy", "Chloé Diaz"), 1)
)


@pytest.fixture
def show(jobs):
    return pages_of("agreement", jobs)


def said(project, *levels, number=1, criterion="1.1"):
    return tuple(
        Evaluation(project, criterion, f"m{at}", level, "Parce que", round=number)
        for at, level in enumerate(levels, 1)
    )


def a_committee(*later, rated=None, **more):
    """Room for one of two; A (15 ± 11.25 points) leads B (3.75) after the first round."""
    projects = tuple(replace(a_project(code), given_value=None) for code in "AB")
    first = (*said("A", 1, 3), *said("B", 1, 1)) if rated is None else rated
    evaluations = (*first, *sum(later, ()))
    return a_registry(
        *projects, evaluations=evaluations, limits=(10,), people=PEOPLE, **more
    )


def answer(at):
    return at.markdown[0].value.replace("\\", "").replace("\xa0", " ")


def told(at):
    shown = [*at.title, *at.header, *at.subheader, *at.markdown, *at.caption]
    return "\n".join(one.value for one in shown).replace("\xa0", " ").replace("\\", "")


def headed(at):
    return [head.value.replace("\\", "").replace("\xa0", " ") for head in at.header]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_empty_house_says_what_to_do(show, house, language):
    at = show(house(), language=language, cycle="")

    assert answer(at) == words(language, "scenarios.no_cycle").replace("\xa0", " ")


@pytest.mark.parametrize("section", ["agenda", "apart", "agreed", "history", "minutes"])
def test_a_cycle_that_nobody_rated_says_so(show, house, section):
    at = show(house(a_committee(rated=())), section)

    assert answer(at) == "Personne n'a encore coté : aucun désaccord n'est connu."


def test_a_lead_is_told_why_there_is_nothing_to_see(show, house):
    at = show(house(a_committee()), who=Role.LEAD)

    assert answer(at) == words("fr", "scenarios.not_allowed").replace("\xa0", " ")
    assert not at.segmented_control


@pytest.mark.parametrize("who", COMMITTEE)
def test_the_first_line_says_whether_disagreement_changes_the_result(show, house, who):
    at = show(house(a_committee()), who=who)

    assert answer(at) == (
        "Les avis divergent sur 1 projet ; 1 peut changer le résultat : A (jusqu'à 15,9 % des cas)."
    )
    assert headed(at)[0].startswith("À discuter d'abord : A, dont le désaccord change le résultat")


def test_the_first_line_in_english(show, house):
    at = show(house(a_committee()), language="en")

    assert answer(at) == (
        "Opinions differ on 1 project; 1 can change the result: A (up to 15.9% of cases)."
    )


def test_the_agenda_shows_probability_threshold_spread_and_criteria(show, house):
    at = show(house(a_committee()))

    (row,) = at.dataframe[0].value.to_dict("records")
    assert row["Code"] == "A"
    assert row["Probabilité de changer la sélection (%)"] == pytest.approx(15.9, abs=0.05)
    assert row["Seuil (points)"] == "sous 3,8 (11,3 de moins)"
    assert row["Erreur type"] == pytest.approx(11.25, abs=0.06)
    assert row["Critères en cause (part de l'écart)"].replace("\xa0", " ") == "1.1 (100 %)"
    assert row["Ce qui changerait"].replace("\xa0", " ") == "entre : B ; sort : A"
    assert "des 100 tirages" in told(at)
    assert "**A · Projet A** : 15,9 % ; 15 ± 11,2 points, seuil sous 3,8" in told(at)


def test_disagreements_that_change_nothing_are_said_to_change_nothing(show, house):
    rated = (*said("A", 3, 4, criterion="2.1"), *said("B", 0, 0, criterion="2.1"))

    at = show(house(a_committee(rated=rated)))

    assert "cela ne change pas le résultat" in answer(at)
    assert words("fr", "agreement.agenda.title_none").replace("\xa0", " ") in headed(at)
    assert "On peut s'arrêter" in told(at)


def test_people_who_agree_have_nothing_to_discuss(show, house):
    at = show(house(a_committee(rated=(*said("A", 3, 3), *said("B", 1, 1)))))

    assert answer(at).startswith("Aucun désaccord")


def test_the_facilitator_opens_a_second_round_on_what_matters(show, house):
    store = house(a_committee())
    at = show(store, who=Role.FACILITATOR)
    (chosen,) = at.multiselect
    assert chosen.value == ["A"]

    at.button(key="agreement_begin").click().run()
    at.button(key="agreement_begin_yes").click().run()

    (opened,) = rounds.rounds(store, someone(Role.FACILITATOR), "c")
    assert (opened.subject, opened.number, opened.projects) == (Subject.SCORES, 2, ("A",))
    assert "La ronde 2 est ouverte" in told(at)
    assert not at.multiselect


def test_a_round_opened_meanwhile_is_refused_in_words(show, house):
    store = house(a_committee())
    at = show(store, who=Role.FACILITATOR)
    at.button(key="agreement_begin").click().run()
    rounds.begin(store, someone(Role.FACILITATOR), "c", Subject.SCORES, ("B",))

    at.button(key="agreement_begin_yes").click().run()

    assert "est encore ouverte" in at.error[0].value.replace("\xa0", " ")
    assert len(rounds.rounds(store, someone(Role.FACILITATOR), "c")) == 1


@pytest.mark.parametrize("who", [role for role in COMMITTEE if role is not Role.FACILITATOR])
def test_only_the_facilitator_is_offered_a_round(show, house, who):
    at = show(house(a_committee()), who=who)

    assert not at.multiselect
    assert "La règle : on s'arrête quand" in told(at)


def test_nothing_of_an_open_round_shows(show, house):
    store = house(a_committee(rounds=(Round(Subject.SCORES, 2, ("A",)),)))
    with store.writing(Act("m1", Role.MEMBER, "test")) as work:
        work.save("c", Evaluation("A", "1.1", "m1", 4, "SECRET", round=2))
    for section in ("agenda", "apart", "agreed", "history", "minutes"):
        at = show(store, section, who=Role.FACILITATOR)
        tables = " ".join(frame.value.to_string() for frame in [*at.dataframe, *at.table])
        assert "SECRET" not in tables + told(at)
        assert "15,9 %" in answer(at)


def test_differences_are_drawn_by_criterion_and_by_person(show, house):
    at = show(house(a_committee()), "apart")

    assert "L'écart le plus grand : A, critère 1.1, coté de 1 à 3" in headed(at)
    assert "Sur A, c'est le critère 1.1 qui divise : de 1 à 3" in headed(at)
    heat, dots = (frame.value for frame in at.dataframe)
    assert heat.set_index("Code").loc["A", "1.1"] == 1
    assert list(dots["Évaluateur"]) == ["Aline Côté", "Bruno Roy"]
    assert list(dots["Voix"]) == ["experte", "généraliste"]


def test_an_observer_sees_how_far_apart_people_are_without_their_names(show, house):
    store = house(a_committee(said("A", 4, 3, number=2)))
    at, past = (show(store, section, who=Role.OBSERVER) for section in ("apart", "history"))

    for shown in (at, past):
        tables = " ".join(frame.value.to_string() for frame in [*shown.dataframe, *shown.table])
        assert "Aline" not in tables + told(shown)
    assert at.dataframe[1].value["La plus haute"].iloc[0] == 4


def test_agreement_names_the_criterion_that_is_least_shared(show, house):
    at = show(house(a_committee(rated=(*said("A", 1, 3), *said("B", 2, 1)))), "agreed")

    assert any(head.startswith("Le critère le moins partagé : 1.1") for head in headed(at))
    (table,) = [f.value for f in at.dataframe]
    assert table["W de Kendall"].iloc[0] == 0
    assert (table["Projets cotés par tous"].iloc[0], table["Laissés de côté"].iloc[0]) == (2, 0)
    assert "1,5" in at.table[0].value.to_string()  # the expert's mean


def test_one_rater_agrees_with_nobody_and_the_page_says_so(show, house):
    at = show(house(a_committee(rated=(*said("A", 2), *said("B", 1)))), "agreed")

    assert any("ne se calcule pas" in head for head in headed(at))
    assert words("fr", "agreement.agreed.none").replace("\xa0", " ") in told(at)


def test_history_tells_how_a_score_moved_and_who_changed(show, house):
    at = show(house(a_committee(said("A", 4, 3, number=2))), "history")

    assert "A est passé de 15 à 31,9 points" in told(at)
    assert "Ronde 2 : 31,9 points (± 5,6), 2 personnes ; 1 a changé d'avis." in told(at)
    assert "Aline Côté" in at.table[0].value.to_string()


def test_with_one_round_the_history_says_what_is_to_come(show, house):
    at = show(house(a_committee()), "history")

    assert words("fr", "agreement.past.once") in headed(at)
    assert len(at.dataframe[0].value) == 2


def test_the_minutes_say_what_was_held_why_and_what_it_changed(show, house):
    conflict = Conflict("m3", "A", "Son service")
    store = house(a_committee(said("A", 0, 0, number=2), conflicts=(conflict,)))

    at = show(store, "minutes")

    shown = told(at)
    assert "Compte rendu de l'évaluation" in shown
    assert "Chloé Diaz n'a pas coté A · Projet A : Son service" in shown
    assert "A · Projet A : de 15 (± 11,2) à 0 points (± 0)" in shown
    assert "avec une probabilité de 15,9 %" in shown
    assert "Cette ronde a changé les projets retenus : entre B · Projet B ; sort A · Projet A." in (
        shown
    )


def test_the_minutes_in_english_say_when_nothing_changed(show, house):
    at = show(house(a_committee(said("A", 2, 2, number=2))), "minutes", language="en")

    assert "This round did not change the projects selected." in told(at)
    assert "2 ratings moved by a level or more by 2 people" in told(at)


def test_the_minutes_say_when_nobody_moved(show, house):
    at = show(house(a_committee(said("A", 1, 3, number=2))), "minutes")

    assert "2 personnes, aucune cote déplacée d'un niveau ou plus." in told(at)


def test_the_file_of_the_minutes_says_what_the_page_says(show, house):
    at = show(house(a_committee(said("A", 0, 0, number=2))), "minutes")

    (download,) = at.get("download_button")
    assert download.proto.label == "Télécharger le compte rendu"


def test_on_the_demo_everyone_of_the_committee_gets_an_answer(jobs, quick):
    at = a_page("agreement", quick, Role.MEMBER, "fr", "demo", jobs)
    for section in ("apart", "agreed", "history"):
        at.segmented_control(key="agreement_section").set_value(section).run()
        assert not at.exception
    assert len(at.dataframe[0].value) == 57
