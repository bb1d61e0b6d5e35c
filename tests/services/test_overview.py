"""The cycle at a glance, and what is expected of each person in it."""

import shutil
from datetime import date

import pytest
from benches import a_project, a_registry

from data.store import Act, open_store
from portfolio.acceptance import Acceptance, Ruling
from portfolio.debt import DebtItem, DebtStatus
from portfolio.evaluation import Evaluation
from portfolio.person import Person, Role
from portfolio.project import Estimate, Project, Stage
from portfolio.system import System
from services.overview import overview

PEOPLE = {role: Person(f"test-{role}", f"Test {role}", frozenset({role})) for role in Role}
LEAD = PEOPLE[Role.LEAD]
TODAY = date(2026, 11, 22)


@pytest.fixture
def seen(migrated_file, tmp_path):
    """What someone is told of a registry."""
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")

    def of(registry, who=Role.MEMBER):
        with opened.writing(Act("test", "administrateur", "test")) as work:
            for person in PEOPLE.values():
                work.save(None, person)
            work.bring_in(registry)
        return overview(opened, PEOPLE[who], registry.cycle.code, TODAY)

    yield of
    opened.close()


def rated(project, criterion, *ratings):
    return tuple(Evaluation(project, criterion, f"e{i}", r) for i, r in enumerate(ratings))


def test_money_demanded_and_available_in_cents(seen):
    found = seen(
        a_registry(
            a_project("P1", cost=(10, 20)),
            a_project("P2", cost=(5,)),
            Project("P3", "Sans montant"),
            a_project("P4", cost=(999,), stage=Stage.REFUSED),
            limits=(100, 50),
        )
    )

    assert (found.projects, found.unpriced) == (3, 1)
    assert (found.demanded, found.available) == (35_000_00, 150_000_00)


def test_money_without_a_limit_is_not_given(seen):
    assert seen(a_registry(a_project("P1"), limits=(), periods=2)).available is None


def test_a_lead_is_told_what_their_drafts_lack(seen):
    mine = a_project("P1", lead=LEAD.code, stage=Stage.DRAFT, problem="Un problème")
    theirs = a_project("P2", lead="quelqu'un", stage=Stage.DRAFT)

    (draft,) = seen(a_registry(mine, theirs), Role.LEAD).drafts

    assert draft.project.code == "P1"
    assert "outcome" in draft.missing
    assert "problem" not in draft.missing


def test_debts_to_review_are_counted(seen):
    money = Estimate(100), Estimate(10)
    items = (
        DebtItem("D1", "D1", "S", *money),
        DebtItem("D2", "D2", "S", *money, owner="a", review_on=date(2026, 1, 1)),
    )
    found = seen(a_registry(a_project("P1"), systems=(System("S", "S"),), debts=items))

    assert (found.systems, found.debts, found.unowned, found.stale) == (1, 2, 1, 1)


def test_members_are_told_where_ratings_contradict_each_other(seen):
    ratings = (*rated("P1", "2.1", 0, 3), *rated("P1", "2.2", 1, 3), *rated("P2", "2.1", 2, 4))
    found = seen(a_registry(a_project("P1"), a_project("P2"), evaluations=ratings))

    assert [(s.project.code, s.apart) for s in found.disputed] == [("P1", 1)]


def test_members_are_told_which_projects_are_rated_too_little(seen):
    found = seen(a_registry(a_project("P1"), evaluations=rated("P1", "2.1", 3)))

    assert [scored.project.code for scored in found.uncovered] == ["P1"]


@pytest.mark.parametrize(
    "who", [role for role in Role if role not in (Role.MEMBER, Role.FACILITATOR)]
)
def test_nobody_else_is_told_of_scores(seen, who):
    found = seen(a_registry(a_project("P1"), evaluations=rated("P1", "2.1", 0, 4)), who)

    assert (found.uncovered, found.disputed) == ((), ())


def accepted(code, expires, owner=""):
    """An accepted item and its acceptance, asked by the architect."""
    item = DebtItem(code, code, "S", Estimate(100), Estimate(10), owner=owner,
                    status=DebtStatus.ACCEPTED)  # fmt: skip
    asked = date(2026, 1, 1)
    given = (code, 1, "raison", "contrôle", expires, "test-architecte", asked)
    return item, Acceptance(*given, Ruling.GRANTED, "test-membre", asked)


@pytest.mark.parametrize(
    ("who", "codes"),
    [(Role.ARCHITECT, ["OVER", "SOON"]), (Role.LEAD, ["SOON"]), (Role.MEMBER, [])],
)
def test_acceptances_that_end_are_told_to_architects_and_to_whoever_answers_for_the_debt(
    seen, who, codes
):
    soon = accepted("SOON", date(2026, 12, 22), LEAD.code)
    later, over = accepted("LATER", date(2026, 12, 23)), accepted("OVER", date(2026, 11, 21))
    items, given = zip(soon, later, over, strict=True)
    registry = a_registry(systems=(System("S", "S"),), debts=items, acceptances=given)

    assert [one.item.code for one in seen(registry, who).expiring] == codes


@pytest.mark.parametrize(
    ("who", "codes"), [(Role.MEMBER, ["D"]), (Role.ARCHITECT, []), (Role.OBSERVER, [])]
)
def test_a_request_is_told_to_those_who_may_decide_it_and_not_to_whoever_asked(seen, who, codes):
    item = DebtItem("D", "D", "S", Estimate(100), Estimate(10))
    asked = Acceptance("D", 1, "r", "c", date(2027, 1, 1), "test-architecte", TODAY)
    registry = a_registry(systems=(System("S", "S"),), debts=(item,), acceptances=(asked,))

    assert [one.item.code for one in seen(registry, who).to_decide] == codes
