"""The board: where each proposal stands, for whom it waits, since when; counts and sums."""

import shutil
from datetime import UTC, date, datetime

import pytest
from benches import a_project, a_registry

from data.store import Act, Store, open_store
from portfolio.charter import Charter
from portfolio.dossier import Inquiry, Opinion, Submission, Verdict
from portfolio.evaluation import Evaluation
from portfolio.person import Person, Role
from portfolio.project import Project, Stage
from services import board, charters, dossiers, proposals, submissions
from services.board import Wait
from services.permission import ACTS

PEOPLE = {role: Person(f"test-{role}", f"Test {role}", frozenset({role})) for role in Role}
LEAD, ARCHITECT = PEOPLE[Role.LEAD], PEOPLE[Role.ARCHITECT]
TODAY = date(2027, 3, 13)
MARCH = "2027-03-{:02}T15:00:00+00:00"


@pytest.fixture
def store(migrated_file, tmp_path):
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    with opened.writing(Act("test", "administrateur", "test")) as work:
        for person in PEOPLE.values():
            work.save(None, person)
        work.bring_in(a_registry(
            a_project("P1", cost=(10,), lead=LEAD.code, stage=Stage.DRAFT, service="Parcs"),
            a_project("P2", cost=(20,), lead=LEAD.code, stage=Stage.SENT_BACK, service="Eau"),
            a_project("P3", cost=(30,), service="Eau"),
            a_project("P4", cost=(40,), service="Parcs"),
            a_project("P5", cost=(50,), stage=Stage.ADMISSIBLE),
            Project("P6", "Sans montant", stage=Stage.ADMISSIBLE),
            a_project("P7", stage=Stage.WITHDRAWN),
        ))
    yield opened
    opened.close()


def keep(store, *nouns):
    with store.writing(Act("test", "administrateur", "test")) as work:
        for noun in nouns:
            work.save("c", noun)


def shown(store, by=PEOPLE[Role.ADMINISTRATOR], **asked):
    return board.board(store, by, "c", TODAY, **asked)


def cards(store, by=PEOPLE[Role.ADMINISTRATOR], **asked):
    return {c.project.code: c for one in shown(store, by, **asked).columns for c in one.cards}


def submitted(project, number=1, day=1):
    return Submission(project, number, LEAD.code, MARCH.format(day), "{}")


def advised(project, number=1, day=5):
    return Opinion(project, number, Verdict.PROCEED, "Bon", ARCHITECT.code, MARCH.format(day))


def asked(project, number, day, answer=""):
    return Inquiry(project, number, "", "Combien ?", "x", MARCH.format(day), answer)


def test_each_stage_has_its_count_and_its_sum(store):
    told = {c.stage: (len(c.cards), c.total, c.unpriced) for c in shown(store).columns}

    assert told == {
        Stage.DRAFT: (1, 10_000_00, 0), Stage.SUBMITTED: (2, 70_000_00, 0),
        Stage.SENT_BACK: (1, 20_000_00, 0), Stage.ADMISSIBLE: (2, 50_000_00, 1),
        Stage.APPROVED: (0, 0, 0), Stage.DEFERRED: (0, 0, 0), Stage.REFUSED: (0, 0, 0),
        Stage.PAUSED: (0, 0, 0), Stage.TERMINATED: (0, 0, 0),
        Stage.WITHDRAWN: (1, 10_000_00, 0),
    }


def test_a_proposal_sent_back_waits_for_the_answers_that_are_due(store):
    keep(store, asked("P2", 1, 2, "Deux"), asked("P2", 2, 4), asked("P2", 3, 3))

    found = cards(store)["P2"]
    assert (found.wait, found.days) == (Wait("answers", Role.LEAD, 2), 10)


def test_a_proposal_sent_back_with_every_answer_waits_to_come_again(store):
    keep(store, asked("P2", 1, 2, "Deux"))

    assert cards(store)["P2"].wait == Wait("resubmit", Role.LEAD)


def test_a_submission_waits_for_an_opinion_then_to_be_screened(store):
    keep(store, submitted("P3"))
    before = cards(store)["P3"]
    keep(store, advised("P3"))
    after = cards(store)["P3"]

    assert (before.wait, before.days) == (Wait("opinion", Role.ARCHITECT), 12)
    assert (after.wait, after.days) == (Wait("screening", Role.FACILITATOR), 8)


def test_a_later_submission_waits_for_an_opinion_of_its_own(store):
    keep(store, submitted("P3"), advised("P3"), submitted("P3", 2, 9))

    found = cards(store)["P3"]
    assert (found.wait, found.days) == (Wait("opinion", Role.ARCHITECT), 4)


def test_an_admissible_proposal_waits_for_the_ratings_of_the_charter_then_for_a_decision(store):
    keep(store, Charter(raters=2), Evaluation("P5", "1.1", "a", 3.0))
    assert cards(store)["P5"].wait == Wait("scores", Role.MEMBER, 1, 2)

    keep(store, Evaluation("P5", "1.1", "b", 2.0))
    assert cards(store)["P5"].wait == Wait("decision", Role.MEMBER)


def test_what_is_settled_waits_for_nobody(store):
    assert cards(store)["P7"].wait is None


def test_since_when_is_unknown_of_what_was_imported(store):
    assert cards(store)["P4"].days is None


def test_since_when_follows_the_last_move_and_not_what_is_typed(store):
    store = Store(store.engine, lambda: datetime(2027, 3, 3, 15, tzinfo=UTC))
    begun = proposals.begin(store, LEAD, "c", "Un titre")
    later = Store(store.engine, lambda: datetime(2027, 3, 12, 15, tzinfo=UTC))
    proposals.save(later, LEAD, "c", begun)

    assert cards(store, LEAD)[begun.code].days == 10


def test_those_that_wait_the_longest_come_first(store):
    keep(store, submitted("P4", day=2), submitted("P3", day=9))

    column = next(c for c in shown(store).columns if c.stage is Stage.SUBMITTED)
    assert [(c.project.code, c.days) for c in column.cards] == [("P4", 11), ("P3", 4)]


@pytest.mark.parametrize(("role", "due"), [
    (Role.LEAD, {"P1", "P2"}), (Role.ARCHITECT, {"P3", "P4"}), (Role.MEMBER, {"P5", "P6"}),
    (Role.FACILITATOR, set()), (Role.OBSERVER, set()),
])
def test_each_is_shown_what_waits_for_them(store, role, due):
    assert set(cards(store, PEOPLE[role], whose="waiting")) == due
    assert shown(store, PEOPLE[role]).due == len(due)


def test_another_lead_s_proposals_do_not_wait_for_me(store):
    other = Person("autre", "Autre", frozenset({Role.LEAD}))
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, other)

    assert shown(store, other).due == 0
    assert "P1" not in cards(store, other)
    assert cards(store, other, whose="mine") == {}


def test_one_s_own_and_one_service_s(store):
    assert set(cards(store, LEAD, whose="mine")) == {"P1", "P2"}
    assert set(cards(store, service="Eau")) == {"P2", "P3"}
    total = {c.stage: c.total for c in shown(store, service="Eau").columns}
    assert total[Stage.SUBMITTED] == 30_000_00


def test_every_move_is_an_act_of_the_house():
    stages = {f"proposals.{stage}" for reached in proposals.NEXT.values() for stage in reached}

    assert set(board.MOVES) <= set(ACTS) | stages


def test_a_proposal_s_life_is_followed_from_one_column_to_the_next(store):
    store = Store(store.engine, lambda: datetime(2027, 3, 3, 15, tzinfo=UTC))
    facilitator = PEOPLE[Role.FACILITATOR]
    begun = proposals.begin(store, LEAD, "c", "Un titre")
    handed = submissions.submit(store, LEAD, "c", begun, TODAY).project
    submitted = cards(store)[begun.code]
    asked = (dossiers.Asked("", "Combien ?"),)
    dossiers.send_back(store, facilitator, "c", handed, asked)
    back = cards(store)[begun.code]

    assert (submitted.wait, submitted.days) == (Wait("opinion", Role.ARCHITECT), 10)
    assert (back.wait, back.days) == (Wait("answers", Role.LEAD, 1), 10)
    assert charters.standing(store, LEAD, "c", TODAY).since == date(2027, 3, 3)


def test_a_draft_is_on_no_one_else_s_board(store):
    assert "P1" not in cards(store, PEOPLE[Role.MEMBER])
