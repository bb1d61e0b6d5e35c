"""People are reminded of what a day brings: those concerned, once, however often one asks."""

import contextlib
import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from benches import a_project, a_registry

from data.store import Act, open_store
from portfolio.acceptance import Acceptance, Ruling
from portfolio.charter import Charter
from portfolio.debt import DebtItem, DebtStatus
from portfolio.evaluation import Ballot, Round, Subject
from portfolio.notice import NoticeKind
from portfolio.person import Person, Role
from portfolio.project import Estimate, Stage
from portfolio.system import System
from services import notices
from services.reminders import remind

TODAY = date(2026, 11, 27)
SOON = TODAY + timedelta(days=2)
ACT = Act("test", Role.ADMINISTRATOR, "test")
PEOPLE = {
    "anne": Role.LEAD, "bob": Role.LEAD, "mia": Role.MEMBER, "max": Role.MEMBER,
    "ada": Role.ARCHITECT,
}


@pytest.fixture
def house(migrated_file, tmp_path):
    file = shutil.copy(migrated_file, tmp_path / "house.db")
    with contextlib.closing(open_store(f"sqlite:///{file}")) as house:
        with house.writing(ACT) as work:
            for code, role in PEOPLE.items():
                work.save(None, Person(code, code.title(), frozenset({role})))
        yield house


def bring(house, *projects, submit_by=None, **held):
    registry = a_registry(*projects, **held)
    with house.writing(ACT) as work:
        people = work.people()
        cycle = replace(registry.cycle, submit_by=submit_by)
        work.bring_in(replace(registry, cycle=cycle, people=people))


def told(house):
    """Person -> kinds and what they are about."""
    with house.reading() as work:
        people = work.people()
    every = {p.code: [(n.kind, n.about) for n in notices.mine(house, p)] for p in people}
    return {code: said for code, said in every.items() if said}


def test_leads_hear_of_the_deadline_while_their_own_draft_is_not_in(house):
    bring(house, a_project("P1", lead="anne", stage=Stage.DRAFT),
          a_project("P2", lead="bob", stage=Stage.SUBMITTED), submit_by=SOON)

    assert remind(house, TODAY) == 1
    assert told(house) == {"anne": [(NoticeKind.DEADLINE, "P1")]}


def test_it_is_told_at_fourteen_three_and_one_day_and_once_each_even_when_a_day_is_missed(house):
    bring(house, a_project("P1", lead="anne", stage=Stage.DRAFT), submit_by=TODAY)

    new = [remind(house, TODAY - timedelta(days=left)) for left in (15, 13, 12, 4, 2, 2, 0, -1)]

    assert new == [0, 1, 0, 0, 1, 0, 1, 0]


def test_members_hear_that_their_ballot_is_awaited(house):
    bring(house, a_project("P1"), rounds=(Round(Subject.WEIGHTS, 1, opened=TODAY),),
          ballots=(Ballot("mia", ()), Ballot("max", (), is_cast=False)))
    with house.writing(ACT) as work:
        work.save("c", Charter(weigh_by=SOON))

    assert remind(house, TODAY - timedelta(days=5)) == 0
    remind(house, TODAY)

    assert told(house) == {"max": [(NoticeKind.BALLOT_DUE, "")]}


def test_members_hear_that_ratings_are_awaited(house):
    bring(house, a_project("P1"), rounds=(Round(Subject.SCORES, 1, opened=TODAY),))
    with house.writing(ACT) as work:
        work.save("c", Charter(score_by=SOON))

    remind(house, TODAY)

    assert told(house) == {code: [(NoticeKind.RATINGS_DUE, "")] for code in ("mia", "max")}


def test_an_owner_hears_of_a_review_and_of_an_acceptance_that_ends(house):
    def debt(code, **more):
        return DebtItem(code, "Dette", "S1", Estimate(100), Estimate(10), owner="ada", **more)

    bring(
        house, a_project("P1"), systems=(System("S1", "Paie"),),
        debts=(debt("D1", review_on=TODAY), debt("D2", status=DebtStatus.ACCEPTED), debt("D3")),
        acceptances=(Acceptance("D2", 1, "raison", "contrôle", SOON, "ada", TODAY,
                                Ruling.GRANTED, "mia", TODAY, "d'accord"),),
    )

    remind(house, TODAY)
    assert remind(house, TODAY) == 0

    kinds = [(NoticeKind.DEBT_REVIEW, "D1"), (NoticeKind.ACCEPTANCE_ENDS, "D2")]
    assert sorted(told(house)["ada"]) == sorted(kinds)


def test_an_empty_house_has_nothing_to_say(house):
    assert remind(house, TODAY) == 0
