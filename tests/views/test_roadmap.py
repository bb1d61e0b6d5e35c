"""Feuille de route: what starts when, who is full, what waits for what."""

from dataclasses import replace

import pytest
from benches import a_page, a_project, a_registry, finished, small, words

from portfolio.person import Role
from portfolio.rules import Force, Needs
from services.levers import Levers
from views import plan_charts, solving

COMMITTEE = [role for role in Role if role is not Role.LEAD]


@pytest.fixture
def show(jobs, monkeypatch):
    monkeypatch.setenv("STREAMLIT_CLIENT_SHOW_ERROR_DETAILS", "full")

    def run(store, who=Role.FACILITATOR, language="fr", cycle="c", wall=False):
        return a_page("roadmap", store, who, language, cycle, jobs, wall)

    return run


def titles(at):
    return [header.value for header in at.header]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("who", COMMITTEE)
def test_the_committee_reads_the_calendar_of_the_demo(show, quick, jobs, who, language):
    at = finished(show(quick, who, language, cycle="demo"), jobs)

    assert "2027" in at.markdown[0].value
    assert len(titles(at)) == 3


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_lead_is_told_why_there_is_nothing_to_see(show, quick, language):
    at = show(quick, Role.LEAD, language, cycle="demo")

    assert at.markdown[0].value == words(language, "scenarios.not_allowed")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("who", list(Role))
def test_an_empty_house_says_what_to_do(show, house, who, language):
    at = show(house(), who, language, cycle="")

    assert at.markdown[0].value == words(language, "scenarios.no_cycle")


def test_a_page_renders_on_a_wall(show, quick):
    assert len(titles(show(quick, cycle="demo", wall=True))) == 3


def test_titles_conclude(show, house):
    at = show(house(small()))

    assert titles(at) == [
        "3 projets commencent en 2027",
        "Aucune équipe n'est complète",
        "La plus longue chaîne de dépendances va de 2027 à 2028 : P1 → P4".replace(" :", "\u00a0:"),
    ]


def test_each_picture_has_its_table(show, house):
    at = show(house(small()))

    timeline, load, links = (frame.value for frame in at.dataframe)
    assert list(timeline["Code"]) == ["P1", "P2", "P5", "P4"]
    assert list(timeline["Échéance"]) == ["", "", "2028", ""]
    assert list(load["Charge (%)"]) == [50.0, 50.0]
    assert list(links["Attend"]) == ["P4 · Projet P4"]


def test_projects_that_wait_for_none_are_listed(show, house):
    at = show(house(small()))

    assert "- P2 · Projet P2\n- P5 · Projet P5" in [m.value for m in at.markdown]


def test_a_full_team_is_told_by_a_word_and_a_sign(show, house):
    projects = (a_project("P1", days=(60,)),)
    at = show(house(a_registry(*projects, capacity=(60, 100))))

    assert "1 équipe est complète au moins une année" in titles(at)
    assert list(at.dataframe[1].value["État"]) == ["● complète", "de la marge"]


def test_without_teams_nor_links_the_page_says_so(show, house):
    at = show(house(a_registry(a_project("P1"))))

    assert titles(at)[1:] == [words("fr", "roadmap.graph_title_none")]
    assert words("fr", "roadmap.graph_none") in [m.value for m in at.markdown]


def test_the_calendar_follows_the_levers_until_told_otherwise(show, house):
    at = show(house(small()))
    at.session_state[solving.LEVERS] = {"c:base": Levers({"PDI": -10}, seconds=20)}

    at.run()
    assert "P4" not in set(at.dataframe[0].value["Code"])

    at.segmented_control(key="roadmap_levers").set_value("kept").run()
    assert "P4" in set(at.dataframe[0].value["Code"])


def test_rules_without_a_plan_are_answered_in_words(show, house):
    at = show(house(a_registry(a_project("P1", cost=(200,)), rules=(Force("P1", True, "x"),))))

    assert at.markdown[0].value == words("fr", "roadmap.answer_none")
    assert words("fr", "scenarios.clash") in [e.value for e in at.error]


def test_many_projects_are_drawn_in_parts(show, house, monkeypatch):
    monkeypatch.setattr(plan_charts, "AT_ONCE", 2)
    at = show(house(small()))

    assert list(at.dataframe[0].value["Code"]) == ["P1", "P2"]
    at.selectbox(key="roadmap_part").set_value(2).run()
    assert list(at.dataframe[0].value["Code"]) == ["P5", "P4"]


def test_what_people_typed_stays_text_in_the_graph(show, house):
    nasty = 'Portail "A" \\ <b> -> B'
    first, second = replace(a_project("P1"), title=nasty), a_project("P2")

    at = show(house(a_registry(first, second, links=(Needs("P2", "P1"),))))

    dot = at.get("graphviz_chart")[0].proto.spec
    assert '\\"A\\" \\\\ <b>' in dot
