"""Pourquoi ?: what the page says of a project, to whom, in which words."""

from dataclasses import replace

import pytest
from benches import a_page, a_project, a_registry, hard, small, someone, words

from portfolio.person import Role
from portfolio.project import Category, Stage
from portfolio.rules import Excludes, Force, Needs

LEAD = someone(Role.LEAD)


@pytest.fixture
def show(jobs):
    """The page, once a project is chosen and nothing more is looked for."""

    def run(store, project=None, who=Role.MEMBER, language="fr", cycle="c", wall=False):
        at = a_page("why", store, who, language, cycle, jobs, wall)
        if project is not None:
            at.selectbox(key="why_project").set_value(project).run()
            at = finished(at, jobs)
        assert not at.exception
        return at

    return run


def finished(at, jobs):
    for _ in range(40):
        for name in jobs.names:
            if (job := jobs.get(name)) is not None and not job.is_done:
                job.future.result(30)
        asking = [button for button in at.button if (button.key or "").startswith("aside")]
        if not asking:
            return at
        at.run()
    return at


def one_year(*projects, **more):
    return a_registry(*projects, limits=(100,), **more)


def pair(**more):
    """A fills the year but 20 k$; B (60 k$) lacks 4 points, or 40 k$."""
    return one_year(a_project("A", 9, (80,)), a_project("B", 5, (60,), lead=LEAD.code), **more)


def answer(at):
    return at.markdown[0].value


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("who", [role for role in Role if role is not Role.LEAD])
def test_the_committee_reads_the_card_of_the_demo(show, quick, who, language):
    at = show(quick, who=who, language=language, cycle="demo")

    assert answer(at) == words(language, "why.choose")
    assert len(at.selectbox(key="why_project").options) >= 57


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("who", list(Role))
def test_an_empty_house_says_so(show, house, who, language):
    at = show(house(), who=who, language=language, cycle="")

    assert answer(at) == words(language, "why.no_cycle")


def test_a_project_left_out_reads_what_it_lacks(show, house):
    at = show(house(pair()), "B")

    assert at.title[0].value == "B · Projet B – ○ écarté"
    assert answer(at).replace("\\", "").replace("\xa0", " ") == (
        "Il lui manque 4 points, ou 40 k$ de moins à son coût (66,7 %), "
        "ou 40 k$ de plus à l'enveloppe Programme en 2027."
    )
    assert "- A · Projet A \\(9 points\\)" in [m.value for m in at.markdown]


def test_the_same_in_english(show, house):
    at = show(house(pair()), "B", language="en")

    assert at.title[0].value == "B · Projet B – ○ left out"
    assert answer(at).replace("\\", "") == (
        "It lacks 4 points, or $40k off its cost (66.7%), "
        "or $40k more in envelope Program in 2027."
    )


def test_a_project_inside_reads_what_it_brings(show, house):
    at = show(house(pair()), "A")

    assert at.title[0].value == "A · Projet A – ● retenu"
    assert answer(at) == (
        "Il commence en 2027 ; sans lui, le meilleur portefeuille perdrait 4 points."
    ).replace(" ;", "\xa0;")
    assert "- B · Projet B \\(5 points\\)" in [m.value for m in at.markdown]


def test_people_who_lack_are_said_in_days(show, house):
    registry = one_year(
        a_project("A", 9, (10,), (40,)), a_project("B", 5, (10,), (30,)), capacity=(50,)
    )

    at = show(house(registry), "B")

    assert answer(at) == (
        "Il lui manque 4 points, ou 20 jours-personnes de plus en 2027 à l'équipe Développement."
    )


def test_projects_that_can_change_places_are_said_to_be(show, house):
    at = show(house(one_year(a_project("A", 5, (80,)), a_project("B", 5, (80,)))), "B")

    assert "à égalité" in answer(at)
    assert any(m.value == "Interchangeable avec A, sans rien perdre." for m in at.markdown)


def test_the_rules_that_forbid_it_are_named_in_words(show, house):
    rules = (Excludes(("A", "B"), 1), Force("A", True, "promis"))
    registry = one_year(a_project("A", 9), a_project("B", 5), rules=rules)

    at = show(house(registry), "B")

    shown = "\n".join(m.value for m in at.markdown)
    assert answer(at) == words("fr", "why.answer.out_rules")
    assert "incompatibles\xa0: A, B" in shown
    assert "A imposé" in shown
    assert words("fr", "why.card.ways_none") in shown


def test_a_dependency_is_named_as_one_rule(show, house):
    registry = one_year(
        a_project("A", 1, (200,)), a_project("B", 9, (10,)), links=(Needs("B", "A"),)
    )

    at = show(house(registry), "B")

    assert any("B après A" in m.value for m in at.markdown)


def test_a_mandatory_project_says_that_the_rules_hold_it(show, house):
    mandatory = a_project("A", 0, (10,), category=Category.MANDATORY, deadline="2027")

    at = show(house(one_year(mandatory)), "A")

    assert "les règles ne permettent aucun portefeuille sans lui" in answer(at)


def test_a_proposal_that_is_not_asked_says_why(show, house):
    registry = one_year(a_project("A"), a_project("B", stage=Stage.SENT_BACK))

    at = show(house(registry), "B")

    assert at.title[0].value == "B · Projet B – hors du calcul"
    assert words("fr", "scenarios.reason.stage") in answer(at)


def test_a_scenario_without_a_plan_says_which_rules_clash(show, house):
    registry = one_year(
        a_project("A", 1, (200,)),
        a_project("B", 9, (10,)),
        links=(Needs("B", "A"),),
        rules=(Force("B", True, "promis"),),
    )

    at = show(house(registry), "B")

    assert answer(at) == words("fr", "why.no_plan")
    assert any("B après A" in m.value for m in at.markdown)


def test_a_lead_finds_her_own_projects_and_no_value_of_others(show, house):
    at = show(house(pair()), "B", who=Role.LEAD)

    assert at.selectbox(key="why_project").options == ["B · Projet B"]
    assert answer(at).startswith("Il lui manque 4 points")
    assert "- A · Projet A" in [m.value for m in at.markdown]
    assert not any("9 points" in m.value for m in at.markdown)


def test_a_lead_without_a_project_is_told_so(show, house):
    at = show(house(one_year(a_project("A"))), who=Role.LEAD)

    assert answer(at) == words("fr", "why.no_project")


def test_a_lead_who_names_another_project_in_the_address_does_not_see_it(house, jobs):
    at = a_page("why", house(pair()), Role.LEAD, "fr", "c", jobs)
    at.query_params["project"] = "A"
    at.run()

    assert at.selectbox(key="why_project").value is None
    assert answer(at) == words("fr", "why.choose")


def test_a_project_is_named_in_the_address(house, jobs):
    at = a_page("why", house(pair()), Role.MEMBER, "fr", "c", jobs)
    at.query_params["project"] = "B"
    at.run()

    assert at.selectbox(key="why_project").value == "B"
    assert at.title[0].value.startswith("B · Projet B")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_projects_stand_in_one_table(show, house, jobs, language):
    at = show(house(small()), language=language)
    at.segmented_control(key="why_view").set_value("all").run()
    at = finished(at, jobs)

    table = at.dataframe[0].value
    assert list(table["Code"]) == ["P1", "P2", "P3", "P4", "P5"]
    assert answer(at).startswith("5")
    assert not at.exception


def test_a_lead_s_table_holds_her_own_projects(show, house, jobs):
    at = show(house(pair()), who=Role.LEAD)
    at.segmented_control(key="why_view").set_value("all").run()
    at = finished(at, jobs)

    assert list(at.dataframe[0].value["Code"]) == ["B"]


def test_moved_levers_are_explained_as_they_stand(house, jobs):
    from services.levers import Levers

    at = a_page("why", house(pair()), Role.MEMBER, "fr", "c", jobs)
    at.session_state["bench_levers"] = {"c:base": Levers({"PDI": 60}, seconds=20)}
    at.run()
    at.selectbox(key="why_project").set_value("B").run()
    at = finished(at, jobs)
    assert at.title[0].value.endswith("retenu")

    at.segmented_control(key="why_levers").set_value("kept").run()
    at = finished(at, jobs)
    assert at.title[0].value.endswith("écarté")


def test_work_under_way_can_be_stopped_and_the_plan_is_waited_for(house, jobs):
    registry = hard(40, 4)
    kept = replace(registry.scenarios[0], time_limit=30.0)
    at = a_page("why", house(replace(registry, scenarios=(kept,))), Role.MEMBER, "fr", "hard", jobs)
    at.selectbox(key="why_project").set_value("P00").run()

    assert answer(at) == words("fr", "why.searching")
    at.button(key="bench_stop").click().run()
    assert not at.exception
    at.selectbox(key="why_project").set_value(None).run()
    assert not any(job for name in jobs.names if is_aside(job := jobs.get(name), name))


def is_aside(job, name):
    """Whether an explanation is still looked for."""
    return ":why:" in name and not (job.is_done or job.is_stopped())


def test_the_card_is_shown_on_a_wall(show, house):
    assert show(house(pair()), "B", wall=True).metric


def test_the_card_can_be_sent(house, jobs):
    """One page of HTML: no value of another project, nothing that a title could inject."""
    from services import why
    from views import why_letter
    from views.desk import Desk
    from views.plan_words import PlanWords
    from views.text import Text
    from views.why_words import WhyWords

    registry = pair()
    hostile = replace(registry.projects[0], title="<script>alert(1)</script> & **A**")
    store = house(replace(registry, projects=(hostile, registry.projects[1])))
    inquiry = why.inquiry(store, someone(Role.MEMBER), "c")
    found = why.standing(store, someone(Role.MEMBER), jobs, inquiry, "B", wait=30)
    while found.job is not None:
        found.job.future.result(30)
        found = why.standing(store, someone(Role.MEMBER), jobs, inquiry, "B", wait=30)
    desk = Desk(store, someone(Role.MEMBER), Text("fr"), cycle="c", jobs=jobs)

    page = why_letter.write(WhyWords(PlanWords(desk, inquiry), found.card), inquiry).decode()

    assert '<html lang="fr">' in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; **A**" in page
    assert "<script>" not in page
    assert "9 points" not in page
    assert "<strong>4 points</strong> de valeur de plus" in page
