"""Signaux: questions for the facilitator, never accusations, each with its rows and its rates."""

from dataclasses import replace

import pytest
from benches import a_page, a_project
from committee import a_cycle

from portfolio.person import Role

ACCUSES = ("fraude", "trich", "manipul", "soupçon", "fraud", "cheat", "suspicion", "gaming")


def told(at):
    shown = [*at.markdown, *at.caption, *at.header]
    return "\n".join(one.value for one in shown).replace("\xa0", " ").replace("\\", "")


def page(store, language="fr", who=Role.FACILITATOR, cycle="c"):
    return a_page("signs", store, who, language, cycle, None)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_pull_is_a_question_with_its_rows_and_its_rates(house, language):
    at = page(house(a_cycle(2.0)), language)

    said = told(at)
    assert "Ann" in said
    assert at.table
    assert not [word for word in ACCUSES if word in said.casefold()]
    rates = "comités honnêtes" if language == "fr" else "honest committees"
    assert said.count(rates) >= 5


def test_the_count_of_questions_comes_first(house):
    assert "1 question mérite d'être posée" in told(page(house(a_cycle(2.0))))


def test_with_nothing_that_stands_out_it_says_so(house):
    assert "Rien ne ressort" in told(page(house(a_cycle())))


def test_few_data_are_told_and_not_passed_over(house):
    said = told(page(house(a_cycle())))
    assert "Pas assez de données : le cycle n'a aucun seuil d'examen" in said
    assert "Pas assez de données : aucun cycle antérieur n'est dans la maison" in said


def test_amounts_under_a_threshold_show_the_projects(house):
    cycle = a_cycle()
    close = tuple(a_project(f"N{k}", cost=(95 + k % 4,)) for k in range(7))
    cycle = replace(
        cycle,
        cycle=replace(cycle.cycle, thresholds=(10_000_000,)),
        projects=close,
        evaluations=(),
    )
    said = told(page(house(cycle)))
    assert "7 projets coûtent juste moins que le seuil de 100 k$" in said
    assert "N3 · Projet N3" in said


@pytest.mark.parametrize("who", [role for role in Role if role is not Role.FACILITATOR])
def test_another_role_reads_nothing(house, who):
    at = page(house(a_cycle(2.0)), who=who)
    assert "Ann" not in told(at)
    assert not at.table


def test_an_empty_house_says_so(house):
    assert "Aucun portefeuille" in told(page(house(), cycle=""))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_demo_portfolio_has_its_page(demo, language):
    at = page(demo, language, cycle="demo")
    assert len(at.header) == 5
