"""Suivi on the page: the answer, each project, what a lead sends, and what others may see."""

import contextlib
import shutil
from datetime import timedelta

import pytest
import tracked
from streamlit.testing.v1 import AppTest
from tracked import DATES

from data.store import open_store
from portfolio.person import Person, Role
from portfolio.promise import StatusReport
from services import promises
from views.parts import today

LEAD = Person("anne", "Anne", frozenset({Role.LEAD}))
MEMBER, OBSERVER, CHAIR = (
    Person(role.value, role.value.title(), frozenset({role}))
    for role in (Role.MEMBER, Role.OBSERVER, Role.FACILITATOR)
)

YEAR = timedelta(days=365)


@pytest.fixture(scope="module")
def all_told(migrated_file, tmp_path_factory):
    """The twenty promises and their reports, as if the third date were today: made once."""
    file = shutil.copy(migrated_file, tmp_path_factory.mktemp("told") / "told.db")
    with contextlib.closing(open_store(f"sqlite:///{file}")) as house:
        tracked.told(house, MEMBER, OBSERVER, CHAIR, moved=today() - DATES[2])
    return file


@pytest.fixture
def house(all_told, tmp_path):
    file = shutil.copy(all_told, tmp_path / "house.db")
    with contextlib.closing(open_store(f"sqlite:///{file}")) as house:
        yield house


def _section(store, person, language, cycle):
    from views import tracking
    from views.desk import Desk
    from views.text import Text

    tracking.show(Desk(store, person, Text(language), cycle=cycle))


def show(store, person=MEMBER, language="fr", cycle="c", project=""):
    given = {"store": store, "person": person, "language": language, "cycle": cycle}
    at = AppTest.from_function(_section, kwargs=given, default_timeout=30)
    if project:
        at.query_params["project"] = project
    return at.run()


def plain(words):
    return words.replace("\u00a0", " ").replace("\\$", "$")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_member_reads_the_answer_then_each_project(house, read, language):
    at = show(house, MEMBER, language)
    told = plain(read(at))

    assert not at.exception
    assert {
        "fr": "8 des 20 projets approuvés sont en bonne voie ; 8 sont en difficulté, 3 sont à"
              " surveiller et 1 est arrêté. 3 n'ont pas commencé",
        "en": "8 of 20 approved projects are on track; 8 are off track, 3 are to watch and 1 is"
              " terminated. 3 have not started",
    }[language] in told
    assert {"fr": "3 projets priorisés mais non démarrés", "en": "3 projects prioritised but not"
            " started"}[language] in told
    assert {"fr": "13 des 17 débuts promis", "en": "13 of the 17 promised starts"}[language] in told
    assert {"fr": "1 élément sur 4", "en": "1 item out of 4"}[language] in told
    assert not at.get("file_uploader")


def test_an_observer_sees_where_projects_stand_and_sends_nothing(house, read):
    at = show(house, OBSERVER, project="Q11")

    assert not at.exception
    assert "182 jours de retard" in plain(read(at))
    assert not at.get("file_uploader")
    assert not [b for b in at.button if b.key and b.key.startswith("decisions_report")]


def test_a_lead_reports_facts_on_her_project_and_sees_what_follows(house, read):
    at = show(house, LEAD, project="Q16")
    at.date_input(key="decisions_report_Q16_on").set_value(today()).run()
    place = f"decisions_report_Q16_{today()}_0"
    at.date_input(key=f"{place}_started").set_value(today() - timedelta(days=3))
    at.text_input(key=f"{place}_forecast_cost").set_value("412,5 k$").run()

    assert "Lu : 412 500 $" in plain(read(at))
    at.button(key=f"{place}_send").click().run()

    assert not at.exception
    line = promises.tracking(house, LEAD, "c", today()).line("Q16")
    assert line.standing.report.started == today() - timedelta(days=3)
    assert line.standing.cost == 412_500_00
    assert "2 projets priorisés mais non démarrés" in plain(read(at))


def test_a_cost_that_cannot_be_read_is_refused_and_nothing_is_kept(house, read):
    at = show(house, LEAD, project="Q16")
    at.date_input(key="decisions_report_Q16_on").set_value(today()).run()
    place = f"decisions_report_Q16_{today()}_0"
    at.text_input(key=f"{place}_forecast_cost").set_value("beaucoup").run()
    at.button(key=f"{place}_send").click().run()

    assert not at.exception
    assert at.error
    assert promises.tracking(house, LEAD, "c", today()).line("Q16").standing.report is None


def test_a_report_corrected_elsewhere_meanwhile_shows_both_versions(house, read):
    at = show(house, LEAD, project="Q01")
    at.date_input(key="decisions_report_Q01_on").set_value(today()).run()
    place = f"decisions_report_Q01_{today()}_1"
    at.text_input(key=f"{place}_spent").set_value("800 k$").run()
    kept = promises.tracking(house, LEAD, "c", today()).line("Q01").standing.report
    theirs = StatusReport("Q01", today(), "", "", kept.started, spent=750_000_00, version=1)
    promises.report(house, CHAIR, "c", theirs, today())

    at.button(key=f"{place}_send").click().run()

    assert not at.exception
    assert "800 000 $" in plain(read(at))
    assert "750 000 $" in plain(read(at))
    at.button(key="decisions_report_mine").click().run()
    assert promises.tracking(house, LEAD, "c", today()).line("Q01").standing.spent == 800_000_00


def test_a_sheet_is_told_first_then_kept_whole_or_not_at_all(house, read):
    at = show(house, LEAD)
    good = f"Projet;Date du rapport;Commencé le\nQ16;{today()};{today()}\n"
    bad = good + f"Q04;{today()};{today()}\n"

    at.file_uploader[0].set_value(("s.csv", bad.encode(), "text/csv")).run()
    assert "1 erreur est à corriger" in plain(read(at))
    assert "relève d'une autre personne" in plain(read(at))
    at.file_uploader[0].set_value(("s2.csv", good.encode(), "text/csv")).run()
    at.button(key="decisions_report_accept").click().run()

    assert not at.exception
    assert promises.tracking(house, LEAD, "c", today()).line("Q16").standing.report is not None


def test_a_facilitator_is_told_whose_report_is_awaited(house, read):
    with house.writing(tracked.ACT) as work:
        quiet = [one for one in work.every(StatusReport, "c", "Q04") if one.on > today() - YEAR]
        for report in quiet:
            work.remove("c", report)
    told = plain(read(show(house, CHAIR)))

    assert "rapports sont attendus des responsables" in told
    assert "Q04" in told.partition("attendus des responsables")[2].partition("\n")[0]


def test_a_cycle_without_promises_says_so(demo, read):
    reader = Person("test-membre", "Test membre", frozenset({Role.MEMBER}))

    assert "Rien n'a encore été promis" in plain(read(show(demo, reader, cycle="demo")))
