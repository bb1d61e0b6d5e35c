"""Scénarios: what the page says, to whom, and what moves when a lever does."""

from dataclasses import replace

import pytest
from benches import (
    a_page,
    a_project,
    a_registry,
    hard,
    small,
    words,
)

from portfolio.debt import DebtItem
from portfolio.person import Role
from portfolio.project import Estimate
from portfolio.system import System
from views import solving

COMMITTEE = [role for role in Role if role is not Role.LEAD]
AT = "scenarios_c:base"


@pytest.fixture
def show(jobs, monkeypatch):
    monkeypatch.setenv("STREAMLIT_CLIENT_SHOW_ERROR_DETAILS", "full")

    def run(store, who=Role.FACILITATOR, language="fr", cycle="c", wall=False):
        return a_page("scenarios", store, who, language, cycle, jobs, wall)

    return run


def answered(at):
    """The page once its answer is there, however busy the machine."""
    for _ in range(20):
        if "scenarios_keep" in [button.key for button in at.button]:
            return at
        at.run()
    return at


def answer(at):
    return at.markdown[0].value


def chosen(at):
    """The codes that the table of projects says are taken."""
    table = at.dataframe[-1].value
    return set(table[table["Début"] != ""]["Code"])


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("who", COMMITTEE)
def test_the_committee_reads_the_plan_of_the_demo(show, quick, who, language):
    at = show(quick, who, language, cycle="demo")

    assert "57" in answer(at)
    assert mode_of(at) == words(language, "scenarios.mode_is_points")
    assert [m.label for m in at.metric] == (
        ["Valeur", "Coût", "Dette retirée", "GES"]
        if language == "fr"
        else ["Value", "Cost", "Debt retired", "GHG"]
    )
    assert len(at.slider) >= 4


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_lead_is_told_why_there_is_nothing_to_see(show, quick, language):
    at = show(quick, Role.LEAD, language, cycle="demo")

    assert answer(at) == words(language, "scenarios.not_allowed")
    assert not at.slider
    assert not at.metric


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("who", list(Role))
def test_an_empty_house_says_what_to_do(show, house, who, language):
    at = show(house(), who, language, cycle="")

    assert answer(at) == words(language, "scenarios.no_cycle")


def test_a_cycle_without_a_candidate_says_what_is_missing(show, house):
    at = show(house(a_registry()))

    assert answer(at) == words("fr", "scenarios.no_project")


def test_a_page_renders_on_a_wall(show, quick):
    assert show(quick, cycle="demo", wall=True).metric


def test_the_plan_is_told_in_a_sentence_with_its_proof(show, house):
    at = show(house(small()))

    assert answer(at).startswith("Le meilleur portefeuille retient 4 projets sur 5 et rapporte 24")
    assert chosen(at) == {"P1", "P2", "P4", "P5"}


def test_less_money_says_what_leaves(show, house):
    at = show(house(small()))

    at.slider(key=f"{AT}_envelope_PDI").set_value(-10).run()

    shown = [m.value for m in at.markdown]
    assert "**Sort (1)**" in shown
    assert "- P4 · Projet P4" in shown
    assert at.metric[0].delta.startswith("-7")
    assert chosen(at) == {"P1", "P2", "P5"}


def test_a_lever_put_back_asks_nothing_new(show, house, jobs):
    at = show(house(small()))
    at.slider(key=f"{AT}_envelope_PDI").set_value(-10).run()
    asked = len(jobs.names)

    at.slider(key=f"{AT}_envelope_PDI").set_value(0).run()

    assert len(jobs.names) == asked
    assert at.metric[0].delta == ""


def test_one_click_goes_back_to_the_reference(show, house):
    at = show(house(small()))
    at.slider(key=f"{AT}_envelope_PDI").set_value(-10).run()

    at.button(key="scenarios_reset").click().run()

    assert at.slider(key=f"{AT}_envelope_PDI").value == 0
    assert chosen(at) == {"P1", "P2", "P4", "P5"}


def test_a_floor_makes_room_for_its_orientation(show, house):
    at = show(house(small()))

    at.multiselect(key=f"{AT}_floors").set_value(["2.3"]).run()
    at.slider(key=f"{AT}_floor_2.3").set_value(60).run()

    assert chosen(at) == {"P1", "P2", "P3", "P5"}


def test_a_choice_is_imposed_with_a_reason_and_lifted(show, house):
    at = show(house(small()))

    at.selectbox(key=f"{AT}_force_project").set_value("P3")
    at.text_input(key=f"{AT}_force_reason").set_value("Engagement du conseil")
    at.button[submit(at)].click().run()

    assert "P3" in chosen(at)
    assert "Engagement du conseil" in [c.value for c in at.caption]

    at.button(key=f"{AT}_lift_P3").click().run()

    assert "P3" not in chosen(at)


def test_a_choice_without_a_reason_is_refused(show, house):
    at = show(house(small()))

    at.selectbox(key=f"{AT}_force_project").set_value("P3")
    at.button[submit(at)].click().run()

    assert words("fr", "scenarios.forced_refused") in [e.value for e in at.error]
    assert "P3" not in chosen(at)


def test_a_rule_may_be_ignored_to_see_what_it_costs(show, house):
    registry = small()
    at = show(house(registry))
    assert "P5" in chosen(at)

    at.checkbox(key=f"{AT}_ignore_mandatory").check().run()

    assert "P5" not in chosen(at)


def test_levers_that_contradict_each_other_are_answered_in_words(show, house):
    at = show(house(small()))

    at.selectbox(key=f"{AT}_force_project").set_value("P5")
    at.radio(key=f"{AT}_force_in").set_value(False)
    at.text_input(key=f"{AT}_force_reason").set_value("Essai")
    at.button[submit(at)].click().run()

    assert answer(at).startswith("Aucun portefeuille ne respecte toutes les règles")
    assert words("fr", "scenarios.clash") in [e.value for e in at.error]
    lines = [m.value for m in at.markdown if m.value.startswith("- P5")]
    assert lines
    assert not at.metric


def test_envelopes_without_limits_have_one_lever(show, house):
    projects = [a_project(f"P{n}", value=n, cost=(10,)) for n in range(1, 7)]
    at = show(house(a_registry(*projects, limits=())))
    assert len(chosen(at)) == 6

    at.slider(key=f"{AT}_budget").set_value(50).run()

    assert len(chosen(at)) == 3


def test_a_search_can_be_stopped_and_taken_up_again(show, house, jobs):
    at = show(house(hard()), cycle="hard")
    assert at.button(key="bench_stop")
    name = at.session_state[solving.LOOKING]

    at.button(key="bench_stop").click().run()
    jobs.get(name).future.result(30)
    at.run()

    assert at.metric
    assert words("fr", "scenarios.unproven") in [m.value for m in at.markdown]
    at.button(key="bench_again").click().run()
    assert at.button(key="bench_stop")


def test_a_question_that_was_left_is_looked_for_no_more(show, house, jobs):
    at = show(house(hard()), cycle="hard")
    at.slider(key="scenarios_hard:base_envelope_E0").set_value(-10).run()
    left = at.session_state[solving.LOOKING]

    at.slider(key="scenarios_hard:base_envelope_E0").set_value(-20).run()

    assert jobs.get(left).is_stopped()


def test_the_facilitator_keeps_a_plan_under_a_new_name(show, house):
    store = house(small())
    at = show(store)
    at.slider(key=f"{AT}_envelope_PDI").set_value(-10).run()
    answered(at)

    at.text_input(key="scenarios_name").set_value("Programme sobre").run()
    at.button(key="scenarios_keep").click().run()

    assert not at.exception
    with store.reading() as work:
        assert work.scenario("c", "programme-sobre").levers == {"PDI": 0.9}
        assert work.last_plan("c", "programme-sobre") is not None


def test_a_new_scenario_needs_a_name(show, house):
    at = show(house(small()))
    at.slider(key=f"{AT}_envelope_PDI").set_value(-10).run()
    answered(at)

    at.button(key="scenarios_keep").click().run()

    assert words("fr", "scenarios.keep_unnamed") in [e.value for e in at.error]


def test_a_member_is_not_offered_to_keep(show, house):
    at = show(house(small()), Role.MEMBER)

    assert "scenarios_keep" not in [b.key for b in at.button]


def test_the_list_shows_those_left_out(show, house):
    at = show(house(small()))

    at.segmented_control(key="scenarios_show").set_value("out").run()

    assert list(at.dataframe[-1].value["Code"]) == ["P3"]


def test_projects_are_told_in_english(show, house):
    at = show(house(small()), language="en")

    assert "Project P3" in set(at.dataframe[-1].value["Project"])


def submit(at):
    """Where the form's button is among the buttons."""
    label = words("fr", "scenarios.forced_add")
    return next(place for place, button in enumerate(at.button) if button.label == label)


def mode_of(at):
    return at.caption[0].value


def indebted():
    """The small portfolio, with a debt in the system that it serves."""
    debt = DebtItem("D1", "Dette", "S1", Estimate(50_000_00), Estimate(5_000_00))
    return replace(small(), systems=(System("S1", "Paie"),), debts=(debt,))


def test_the_page_says_how_debt_counts_and_lets_it_count_as_money(show, house):
    at = answered(show(house(indebted())))
    assert mode_of(at) == words("fr", "scenarios.mode_is_none")

    at.radio(key=f"{AT}_in_money").set_value(True).run()
    at.text_input(key=f"{AT}_price").set_value("50 000").run()
    at.slider(key=f"{AT}_terminal").set_value(5).run()

    assert not at.exception
    assert "en argent" in mode_of(at)
    assert "50" in mode_of(at)
    assert "5 ans" in mode_of(at)


def test_a_price_that_cannot_be_read_changes_nothing_and_says_so(show, house):
    at = answered(show(house(indebted())))
    at.radio(key=f"{AT}_in_money").set_value(True).run()
    at.text_input(key=f"{AT}_price").set_value("beaucoup").run()

    assert "beaucoup" in at.error[0].value
    assert "100" in mode_of(at)
