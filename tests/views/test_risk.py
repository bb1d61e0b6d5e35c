"""Risk on Arbitrages, and a proposal beside past projects: what is said, and to whom."""

import pytest
from benches import a_page, a_registry, ranged, someone

from portfolio.person import Role
from views.text import Text


def shown_risk(store, jobs, past=False, language="fr"):
    at = a_page("tradeoffs", store, Role.MEMBER, language, "c", jobs)
    at.segmented_control(key="tradeoffs_section").set_value("risk").run()
    if past:
        at.toggle(key="tradeoffs_past").set_value(True).run()
    for name in jobs.names:
        jobs.get(name).future.result(60)
    at.run()
    assert not at.exception
    return at


def heads(at):
    return [head.value.replace("\\", "").replace("\xa0", " ") for head in at.header]


def told(at):
    return "\n".join(m.value for m in [*at.markdown, *at.caption]).replace("\xa0", " ")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_risk_of_the_estimates_is_told(house, jobs, language):
    store = house(a_registry(ranged("A", 5, 80, 79, 81), limits=(100,)))

    at = shown_risk(store, jobs, language=language)

    title = Text(language)("tradeoffs.risk.title", share=1.0).replace("\xa0", " ")
    assert heads(at)[0] == title


def test_the_switch_takes_past_overruns_into_account(house, jobs):
    store = house(a_registry(ranged("A", 5, 80, 79, 81), limits=(100,)))

    at = shown_risk(store, jobs, past=True)

    share = float(heads(at)[0].split(" dans ")[1].split(" %")[0].replace(",", "."))
    assert 50 < share < 60
    assert "liste fédérale" in told(at)


def test_without_any_range_there_is_nothing_to_draw_until_the_switch_is_on(house, jobs):
    store = house(a_registry(ranged("A", 5, 80), limits=(100,)))

    assert "rien à tirer" in told(shown_risk(store, jobs))
    assert heads(shown_risk(store, jobs, past=True))


def proposal(store, who, language="fr"):
    from streamlit.testing.v1 import AppTest

    at = AppTest.from_function(_file, args=(store, someone(who), language), default_timeout=60)
    at.run()
    assert not at.exception
    return at


def _file(store, person, language):
    from services import cycles
    from views import proposal_file
    from views.desk import Desk
    from views.text import Text

    whole = cycles.registry(store, person, "c")
    proposal_file.show(Desk(store, person, Text(language), cycle="c"), whole, whole.projects[0])


def a_large_one(lead=""):
    from dataclasses import replace

    return a_registry(replace(ranged("A", 5, 3000, 2500, 4500), lead=lead), limits=(5000,))


@pytest.mark.parametrize("who", [Role.MEMBER, Role.FACILITATOR])
def test_the_committee_sees_a_proposal_beside_past_projects(house, who):
    at = proposal(house(a_large_one()), who)

    assert "Sur 66 projets fédéraux de 2 000 k$ à 5 000 k$" in told(at).replace("\\", "")
    assert "4 500 k$, aurait suffi dans 66 % des cas" in told(at).replace("\\", "")


@pytest.mark.parametrize(("lead", "is_told"), [("test-responsable", True), ("someone", False)])
def test_a_lead_sees_her_own_beside_past_projects_and_no_other(house, lead, is_told):
    store = house(a_large_one(lead))

    assert ("66 projets" in told(proposal(store, Role.LEAD))) is is_told


def test_english_says_the_same(house):
    assert "Of 66 federal projects" in told(proposal(house(a_large_one()), Role.MEMBER, "en"))
