"""Arbitrages, and what more of a limit buys on Scénarios: what the pages say, to whom."""

from dataclasses import replace

import pytest
from benches import a_page, a_project, a_registry, finished, hard, pages_of, small, words

from data import frameworks
from portfolio.evaluation import Adopted, Ballot, Evaluation, Weight
from portfolio.person import Role
from portfolio.project import Measure
from portfolio.rules import Force, Mandatory
from services.jobs import Jobs

COMMITTEE = [role for role in Role if role is not Role.LEAD]


@pytest.fixture
def show(jobs):
    return pages_of("tradeoffs", jobs)


def one_year(*projects, **more):
    return a_registry(*projects, limits=(100,), **more)


def three(**more):
    """A (9) and one of B (5) or C (4.95): 100 k$ for 80, 20 and 20."""
    return one_year(
        a_project("A", 9, (80,)), a_project("B", 5, (20,)), a_project("C", 4.95, (20,)), **more
    )


def heads(at):
    return [head.value.replace("\\", "").replace("\xa0", " ") for head in at.header]


def told(at):
    return "\n".join(m.value for m in [*at.markdown, *at.caption]).replace("\xa0", " ")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("who", list(Role))
def test_an_empty_house_says_what_to_do(show, house, who, language):
    at = show(house(), who=who, language=language, cycle="")

    assert at.markdown[0].value == words(language, "scenarios.no_cycle")


def test_a_lead_is_told_why_there_is_nothing_to_see(show, house):
    at = show(house(three()), who=Role.LEAD)

    assert at.markdown[0].value == words("fr", "scenarios.not_allowed")
    assert not at.segmented_control


@pytest.mark.parametrize("who", COMMITTEE)
def test_the_frontier_says_how_much_is_kept_for_less(show, house, who):
    at = show(house(three()), who=who)

    assert "Pour 40 k$ au lieu de 100 k$, on garde 71,1 % de la valeur" in heads(at)
    table = at.dataframe[0].value
    assert list(table["Coût (k$)"]) == [0, 20, 40, 100]
    assert table["Portefeuille"].iloc[-1] == "plan du scénario"
    assert "A" in table["Entrent"].str.cat(sep=" ")


def test_the_frontier_in_english(show, house):
    at = show(house(three()), language="en")

    assert "For $40k instead of $100k, 71.1% of the value is kept" in heads(at)


def test_value_is_weighed_against_carbon_where_projects_give_it(show, house, jobs):
    clean = a_project("A", 5, (60,), measures=(Measure("carbon", -10.0),))
    dirty = a_project("B", 9, (60,), measures=(Measure("carbon", 30.0),))
    at = show(house(one_year(clean, dirty)))

    at.segmented_control(key="tradeoffs_against").set_value("carbon").run()
    at = finished(at, jobs)

    assert "Descendre à -10 kg plutôt que 30 coûterait 4 points" in heads(at)


def test_an_imposed_choice_has_its_price_its_victim_and_its_reason(show, house):
    at = show(house(three(rules=(Force("C", True, "promis en 2025"),))), "prices")

    shown = told(at)
    assert "**C imposé · Projet C** : coûte 0,05 point ; chasse B." in shown
    assert "Raison : promis en 2025" in shown
    assert any(head.startswith("La règle la plus chère : C imposé") for head in heads(at))


def test_rules_that_cost_nothing_say_so(show, house):
    at = show(house(three(rules=(Force("A", True, "promis"),))), "prices")

    assert "**A imposé · Projet A** : ne coûte rien." in told(at)
    assert words("fr", "tradeoffs.price.title_none") in heads(at)


def test_a_scenario_without_imposed_choice_says_so(show, house):
    at = show(house(three(rules=(Mandatory("A", None),))), "prices")

    assert words("fr", "tradeoffs.price.imposed_none") in told(at)


def test_plans_nearly_as_good_stand_side_by_side(show, house):
    at = show(house(three()), "near")

    assert "1 autre portefeuille perd moins de 1 % de la valeur" in heads(at)
    table = at.dataframe[0].value
    assert list(table["Code"]) == ["B", "C"]
    assert list(table["Plan"]) == ["● 2027", "–"]
    assert list(table["A"]) == ["–", "● 2027"]


def test_a_plan_without_rival_says_so(show, house):
    at = show(house(one_year(a_project("A", 9, (80,)), a_project("B", 5, (60,)))), "near")

    assert words("fr", "tradeoffs.near.sentence_none") in told(at)


def test_a_scenario_without_a_plan_says_which_rules_clash(show, house):
    registry = one_year(a_project("A", cost=(200,)), rules=(Force("A", True, "promis"),))

    at = show(house(registry))

    assert at.markdown[0].value == words("fr", "tradeoffs.answer_none")
    assert words("fr", "scenarios.clash") in [e.value for e in at.error]


def committee():
    """A is good at branch 1, B at branch 2: who is chosen depends on the member."""
    framework = frameworks.load("montreal_2030", "2026.1")
    marks = {"A": {"1": 4.0, "2": 0.0}, "B": {"1": 0.0, "2": 4.0}}
    evaluations = tuple(
        Evaluation(code, leaf.key, "m", given.get(leaf.key[0], 2.0))
        for code, given in marks.items()
        for leaf in framework.leaves
        if not leaf.measure
    )
    ballots = tuple(
        Ballot(person, (Weight("1", one), Weight("2", 100.0 - one)))
        for person, one in (("m1", 90.0), ("m2", 10.0))
    )
    projects = (replace(a_project(code, cost=(60,)), given_value=None) for code in marks)
    return one_year(*projects, evaluations=evaluations, ballots=ballots)


@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("fr", "La séance peut porter sur 2 projets sur 2"),
        ("en", "The meeting can be about 2 projects of 2"),
    ],
)
def test_the_meeting_is_about_what_the_weights_decide(show, house, language, head):
    at = show(house(committee()), "triage", language=language)

    assert head in heads(at)
    proved = words(language, "tradeoffs.standing.contested")
    assert proved in set(at.dataframe[0].value.iloc[:, 4])


def test_without_two_ballots_nothing_can_be_contested(show, house):
    at = show(house(three()), "triage")

    assert words("fr", "tradeoffs.triage.no_ballot") in [m.value for m in at.markdown]


def test_a_set_of_weights_that_was_adopted_is_said_to_be_what_is_tried(show, house):
    whole = committee()
    points = tuple(Weight(key, 1.0) for key in ("1", "2"))
    adopted = (Adopted(1, points, orders=(("2", "1"),), reason="ordre"),)

    at = show(house(replace(whole, adopted=adopted)), "triage")

    assert [i.value for i in at.info] == [words("fr", "tradeoffs.triage.left_open")]
    assert "laissées ouvertes" in told(at)
    assert "membres, tirés au hasard" not in told(at)


def test_the_most_sensitive_weight_is_named_with_its_band(show, house):
    at = show(house(committee()), "bands")

    (head,) = heads(at)
    assert head.startswith("La plus sensible")
    assert "aujourd'hui" in head


def test_weights_of_unscored_projects_change_nothing(show, house):
    unscored = replace(a_project("A"), given_value=None)

    at = show(house(one_year(unscored)), "bands")

    assert words("fr", "tradeoffs.bands.no_score") in [m.value for m in at.markdown]


def test_a_card_tells_how_often_its_project_is_chosen_once_it_is_known(show, house, jobs):
    store = house(committee())
    show(store, "triage")
    at = a_page("why", store, Role.MEMBER, "fr", "c", jobs)

    at.selectbox(key="why_project").set_value("A").run()

    at = finished(at, jobs)
    assert "Stabilité : retenu dans" in told(at)
    assert "Démontré : contesté" in told(at)


@pytest.mark.parametrize("section", ["frontier", "prices", "near", "triage", "bands"])
def test_every_section_renders_on_a_wall(show, house, section):
    assert show(house(committee()), section, wall=True).header


def test_what_is_known_is_not_worked_out_again(show, house, jobs):
    store = house(small())
    show(store, "near")
    asked = len(jobs.names)

    show(store, "near", who=Role.FACILITATOR)

    assert len(jobs.names) == asked


def test_work_under_way_is_stopped_by_a_click(house, jobs):
    at = a_page("tradeoffs", house(hard(40, 4)), Role.MEMBER, "fr", "hard", jobs)
    at.button(key="bench_stop").click().run()
    for _ in range(5):
        at.run()
        if at.segmented_control:
            break
    at.segmented_control(key="tradeoffs_section").set_value("near").run()

    at.button(key="aside_near_stop").click().run()
    at = finished(at, jobs)

    assert words("fr", "tradeoffs.cut_short") in [m.value for m in at.markdown]
    assert "aside_near_again" in [button.key for button in at.button]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "100 k$ de plus rapporteraient +5 points (entre : B)."),
        ("en", "$100k more would bring +5 points (in: B)."),
    ],
)
def test_scenarios_say_what_more_money_would_bring(house, language, told):
    jobs = Jobs()
    registry = one_year(a_project("A", 9, (80,)), a_project("B", 5, (60,)))
    at = a_page("scenarios", house(registry), Role.MEMBER, language, "c", jobs)

    at.button(key="binding_more_0").click().run()
    at = finished(at, jobs)

    shown = "\n".join(m.value for m in at.markdown).replace("\\", "").replace("\xa0", " ")
    assert told in shown
    jobs.close()


def test_scenarios_offer_the_way_to_a_project_s_reasons(house, jobs):
    at = a_page("scenarios", house(small()), Role.MEMBER, "fr", "c", jobs)

    at.selectbox(key="scenarios_why").set_value("P3").run()

    assert "Pourquoi P3\xa0?" in [m.value for m in at.markdown]  # a link where the page is served
