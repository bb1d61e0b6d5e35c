"""Importations, part « Registre » : tried dry, said what changes, brought in whole, taken back."""

import json
from dataclasses import replace
from datetime import date

import pytest
from benches import a_page, finished
from loopback import answering

from data.store import Act
from portfolio.batch import Batch
from portfolio.debt import DebtItem
from portfolio.finding import Finding, Reading
from portfolio.person import Role
from portfolio.project import Estimate
from portfolio.system import System, ToolKey

UUID = "ca4f2da9-0fad-4a13-92d7-f627f3168a56"


def issues(*keys, total=None):
    """A page of api/issues/search."""
    found = [
        {"key": key, "rule": "java:S1", "severity": "MAJOR", "component": "paie:A.java",
         "project": "paie-web", "status": "OPEN", "message": f"Constat {key}", "effort": "1h",
         "type": "CODE_SMELL", "creationDate": "2026-03-05T10:11:12+0000"}
        for key in keys
    ]  # fmt: skip
    paging = {"pageIndex": 1, "pageSize": 100, "total": len(keys) if total is None else total}
    return json.dumps({"paging": paging, "issues": found}).encode()


def held(store, kind):
    with store.reading() as work:
        return work.every(kind, work.cycles()[0].code)


def cycle_of(store):
    with store.reading() as work:
        return work.cycles()[0].code


@pytest.fixture
def opened(show, own_demo):
    """opened(role): the page on its register part."""

    def run(role=Role.ARCHITECT, language="fr"):
        return show("imports", own_demo, role, language, partie="registre")

    return run


def bring(at, content, name="issues.json"):
    return at.file_uploader[0].set_value([(name, content, "application/json")]).run()


def system_of(store):
    return held(store, System)[0].code


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", [Role.ARCHITECT, Role.ADMINISTRATOR, Role.FACILITATOR])
def test_the_register_s_part_is_for_those_who_keep_it(opened, role, language):
    at = opened(role, language)

    assert not at.exception
    parts = {control.key for control in at.button_group}
    assert ("imports_part" in parts) is (role is not Role.FACILITATOR)


def test_a_file_is_tried_its_system_chosen_then_brought_in(opened, own_demo, read):
    at = bring(opened(), issues("a", "b"))

    assert not at.exception
    assert "Dites de quel système parle le relevé" in read(at)
    assert at.button(key="hub_accept").disabled
    assert held(own_demo, Finding) == ()

    code = system_of(own_demo)
    at.selectbox(key="hub_into_sonarqube:paie-web").select(code).run()
    told = read(at)
    assert "Rien n'est encore écrit." in told
    assert f"{code}-MAINTENABILITE · Maintenabilité du code" in told
    assert held(own_demo, Finding) == ()

    at.button(key="hub_accept").click().run()

    assert not at.exception
    assert "Lot 1 importé" in read(at)
    assert len(held(own_demo, Finding)) == 2
    (item,) = [d for d in held(own_demo, DebtItem) if d.code == f"{code}-MAINTENABILITE"]
    assert item.title.startswith("Maintenabilité du code")
    assert item.basis.startswith("2 h d'effort selon les outils ; à 100\u00a0$ l'heure")
    assert ToolKey("sonarqube", "paie-web") in held(own_demo, System)[0].tool_keys
    assert not at.file_uploader[0].value


def known(opened, store):
    """The page after a first import into the first system."""
    at = bring(opened(), issues("a", "b"))
    at.selectbox(key="hub_into_sonarqube:paie-web").select(system_of(store)).run()
    return at.button(key="hub_accept").click().run()


def test_the_same_file_again_says_that_nothing_changes(opened, own_demo, read):
    at = bring(known(opened, own_demo), issues("a", "b"))

    assert "Le registre dit déjà tout cela" in read(at)
    assert at.button(key="hub_accept").disabled


def test_a_batch_is_taken_back_after_a_question(opened, own_demo, read):
    before = {d.code: d.principal for d in held(own_demo, DebtItem)}
    at = known(opened, own_demo)

    at.button(key="hub_undo").click().run()
    at.button(key="hub_undo_yes").click().run()

    assert not at.exception
    assert "Le lot 1 est défait" in read(at)
    assert held(own_demo, Finding) == ()
    assert {d.code: d.principal for d in held(own_demo, DebtItem)} == before
    assert [batch.is_undone for batch in held(own_demo, Batch)] == [True]


def test_what_cannot_be_read_is_refused_with_its_place_and_nothing_is_offered(opened, read):
    at = bring(opened(), b'{"issues": [', "coupe.json")

    told = read(at)
    assert "Rien ne peut entrer" in told
    assert "coupe.json" in told
    assert at.button(key="hub_accept").disabled


def test_the_rate_and_hours_are_typed_as_people_write_them(opened, own_demo, read):
    at = bring(opened(), issues("a"))
    at.selectbox(key="hub_into_sonarqube:paie-web").select(system_of(own_demo))
    at.text_input(key="hub_rate").input("120,50").run()
    at.button(key="hub_accept").click().run()

    (item,) = [d for d in held(own_demo, DebtItem) if d.theme == "maintenabilite"]
    assert item.principal.likely == 12_050

    again = opened()
    bring(again, issues("c"))
    assert again.text_input(key="hub_rate").value == "120,50\u00a0$"


def test_a_figure_written_by_hand_is_kept_unless_it_is_taken(opened, own_demo, read):
    at = known(opened, own_demo)
    code = f"{system_of(own_demo)}-MAINTENABILITE"
    (item,) = [d for d in held(own_demo, DebtItem) if d.code == code]
    with own_demo.writing(Act("x", "architecte", "debt_acts.save")) as work:
        cycle = work.cycles()[0].code
        work.save(cycle, replace(item, principal=Estimate(77_700), principal_priced=None))

    bring(at, issues("a", "b", "c"))
    assert "à la main" in read(at)
    (take,) = at.multiselect
    take.select(f"debt/{code}/principal").run()
    at.button(key="hub_accept").click().run()

    (item,) = [d for d in held(own_demo, DebtItem) if d.code == code]
    assert item.principal.likely == 30_000


def test_a_server_is_asked_and_its_token_leaves_the_page(own_demo, jobs):
    def answer(request):
        assert request.headers["X-Api-Key"] == "jeton"
        if "/finding/" in request.path:
            return 200, {}, b"[]"
        return 200, {}, json.dumps({"uuid": UUID, "name": "Paie"}).encode()

    with answering(answer) as url:
        at = a_page("imports", own_demo, Role.ARCHITECT, "fr", cycle_of(own_demo), jobs)
        at.segmented_control(key="imports_part").set_value("registre").run()
        at.segmented_control(key="hub_way").set_value("live").run()
        at.selectbox(key="hub_tool").select("dependency-track")
        at.text_input(key="hub_url").input(url)
        at.text_input(key="hub_project").input(UUID)
        at.text_input(key="hub_token").input("jeton")
        at.button[0].click().run()
        at = finished(at, jobs)

    assert not at.exception
    assert at.text_input(key="hub_token").value == ""
    assert at.session_state["hub_token"] == ""
    at.selectbox(key=f"hub_into_dependency-track:{UUID}").select(system_of(own_demo)).run()
    at.button(key="hub_accept").click().run()
    assert [batch.tool for batch in held(own_demo, Batch)] == ["dependency-track"]


def test_a_server_that_refuses_says_why_on_the_page(own_demo, jobs, read):
    with answering(lambda _: (401, {}, b"")) as url:
        at = a_page("imports", own_demo, Role.ARCHITECT, "fr", cycle_of(own_demo), jobs)
        at.segmented_control(key="imports_part").set_value("registre").run()
        at.segmented_control(key="hub_way").set_value("live").run()
        at.text_input(key="hub_url").input(url)
        at.text_input(key="hub_project").input("paie")
        at.button[0].click().run()
        at = finished(at, jobs)

    assert "ne reconnaît pas le jeton" in read(at)


def test_a_system_s_file_says_how_its_code_is_rated_and_where_it_goes(show, own_demo, read):
    code = system_of(own_demo)
    assert "SonarQube" not in read(show("debts", own_demo, system=code))
    figures = {("sqale_index", 5): 4800, ("ncloc", 5): 1000, ("sqale_index", 6): 240,
               ("ncloc", 6): 12306}  # fmt: skip
    with own_demo.writing(Act("x", "architecte", "test")) as work:
        for (metric, month), number in figures.items():
            reading = Reading(code, "sonarqube", metric, date(2026, month, 1), float(number))
            work.save(cycle_of(own_demo), reading)

    told = read(show("debts", own_demo, system=code))

    assert "Le code est coté A par SonarQube" in told
    assert "Il était coté C (16\u00a0%) le 2026-05-01." in told
