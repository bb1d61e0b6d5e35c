"""The offline ballot: what goes out comes back, all of it or nothing, to its own person only."""

import io
import shutil

import openpyxl
import pytest
from benches import a_project, a_registry

from data import journal
from data.store import Act, open_store
from portfolio.errors import Refusal
from portfolio.evaluation import Conflict, Evaluation, Subject
from portfolio.person import Person, Role
from portfolio.project import Stage
from services import offline_ballot, rating, rounds

ANN, BOB = (Person(code, code.title(), frozenset({Role.MEMBER})) for code in ("ann", "bob"))
LEAD = Person("lead", "Lead", frozenset({Role.LEAD}))
CHAIR = Person("chair", "Chair", frozenset({Role.FACILITATOR}))
WHY = "Le contrat prévoit la sortie."
LEAVES = 16  # of montreal_2030 that people rate
PROJECT, CRITERION, RATING, JUSTIFICATION, EVIDENCE, CONFIDENCE, MARK = 1, 3, 7, 8, 9, 10, 11


@pytest.fixture
def store(migrated_file, tmp_path):
    """Two projects asked of the committee, one of them the lead's; the first round is open."""
    own = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    with own.writing(Act("test", "administrateur", "test")) as work:
        for person in (ANN, BOB, LEAD, CHAIR):
            work.save(None, person)
        draft = a_project("P9", stage=Stage.DRAFT)
        work.bring_in(a_registry(a_project("P1"), a_project("P2", lead="lead"), draft))
    rounds.begin(own, CHAIR, "c", Subject.SCORES)
    yield own
    own.close()


class Paper:
    """A ballot in a person's hands; cells are filled as a spreadsheet would."""

    def __init__(self, store, by=ANN, language="fr"):
        content = offline_ballot.write(store, by, "c", language)
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.ratings, self.conflicts = self.book.worksheets[1:3]

    def row(self, project, criterion):
        keys = self.ratings.iter_rows(min_row=2, max_col=3, values_only=True)
        return next(n for n, (p, _, c) in enumerate(keys, 2) if (p, c) == (project, criterion))

    def say(self, project="P1", criterion="1.1", level=None, why=None, proof=None, sure=None):
        row = self.row(project, criterion)
        for column, given in zip(range(RATING, MARK), (level, why, proof, sure), strict=True):
            self.ratings.cell(row, column).value = given
        return row

    def declare(self, project, reason):
        for row in self.conflicts.iter_rows(min_row=2):
            if row[0].value == project:
                row[2].value = reason

    @property
    def content(self):
        page = io.BytesIO()
        self.book.save(page)
        return page.getvalue()

    def back(self, store, by=ANN, dry_run=False):
        return offline_ballot.read(store, by, "c", self.content, "bulletin.xlsx", dry_run=dry_run)


def kept(store, noun=Evaluation):
    with store.reading() as work:
        return work.every(noun, "c")


def codes(outcome):
    return [(one.where.sheet, one.where.row, one.where.column, one.code) for one in outcome.refused]


@pytest.fixture(params=["fr", "en"])
def language(request):
    return request.param


def test_a_filled_ballot_comes_back_as_it_was_filled(store, language):
    paper = Paper(store, language=language)
    paper.say("P1", "1.1", 2, WHY, sure=3)
    paper.say("P2", "1.1", 4, "- sortie prévue\n- code ouvert", "Essai du 3 mai")
    paper.say("P1", "1.2", "S" if language == "fr" else "n")

    outcome = paper.back(store)

    assert outcome.refused == ()
    assert (outcome.new, outcome.given, outcome.drafts, outcome.is_saved) == (3, 3, 0, True)
    assert outcome.blank == 2 * LEAVES - 3
    found = {(e.project, e.criterion): e for e in kept(store)}
    one, other, silent = found["P1", "1.1"], found["P2", "1.1"], found["P1", "1.2"]
    assert (one.rating, one.justification, one.confidence, one.is_given) == (2, WHY, 3, True)
    assert (other.justification, other.evidence) == (
        "- sortie prévue\n- code ouvert", "Essai du 3 mai")
    assert (silent.rating, silent.is_given, silent.evaluator) == (None, True, "ann")


def test_a_dry_run_says_the_same_and_saves_nothing(store):
    paper = Paper(store)
    paper.say(level=2, why=WHY)
    paper.declare("P2", "Parenté")

    tried = paper.back(store, dry_run=True)

    assert (tried.new, tried.given, tried.conflicts, tried.is_saved) == (1, 1, 1, False)
    assert (kept(store), kept(store, Conflict)) == ((), ())


@pytest.mark.parametrize(
    ("said", "lacks", "column"),
    [
        ({"level": 2}, "justification-short", "Justification"),
        ({"level": 3, "why": WHY}, "evidence-missing", "Preuve"),
        ({"why": WHY}, "rating-missing", "Cote"),
        ({"sure": 2}, "rating-missing", "Cote"),
    ],
)
def test_an_incomplete_row_becomes_a_draft_and_says_what_it_lacks(store, said, lacks, column):
    paper = Paper(store)
    row = paper.say(**said)

    outcome = paper.back(store)

    assert (outcome.new, outcome.given, outcome.drafts) == (1, 0, 1)
    (told,) = outcome.unfinished
    assert (told.where.row, told.where.column, told.code) == (row, column, lacks)
    assert [e.is_given for e in kept(store)] == [False]


def test_what_was_already_said_stands_in_the_ballot_and_coming_back_changes_nothing(store):
    text = "'=A1, ligne\r\nsuivie de _x0041_ "
    rating.give(store, ANN, "c", Evaluation("P1", "1.1", "ann", 3, WHY, "Devis", 2))
    rating.save(store, ANN, "c", Evaluation("P1", "1.2", "ann", 1, text[:9]))
    rating.save(store, ANN, "c", Evaluation("P1", "1.3", "ann", None, text))
    rating.give(store, BOB, "c", Evaluation("P2", "1.1", "bob", 1, WHY))
    before = kept(store)

    paper = Paper(store)
    outcome = paper.back(store)

    row = paper.row("P1", "1.1")
    shown = [paper.ratings.cell(row, c).value for c in range(RATING, MARK)]
    assert shown == [3, WHY, "Devis", 2]
    assert paper.ratings.cell(paper.row("P2", "1.1"), RATING).value is None
    assert (outcome.refused, outcome.unchanged, outcome.is_empty) == ((), 3, True)
    assert kept(store) == before


def test_the_same_ballot_twice_changes_nothing_the_second_time(store):
    paper = Paper(store)
    paper.say(level=2, why=WHY)
    paper.declare("P2", "Parenté")
    paper.back(store)

    again = paper.back(store)

    assert (again.refused, again.unchanged, again.is_empty) == ((), 1, True)


def test_a_complete_draft_becomes_a_given_rating_when_its_ballot_comes_back(store):
    rating.save(store, ANN, "c", Evaluation("P1", "1.1", "ann", 2, WHY))

    outcome = Paper(store).back(store)

    assert (outcome.changed, outcome.given) == (1, 1)
    assert kept(store)[0].is_given


def test_an_emptied_row_erases_nothing(store):
    rating.give(store, ANN, "c", Evaluation("P1", "1.1", "ann", 2, WHY))
    paper = Paper(store)
    paper.say()

    assert paper.back(store).is_empty
    assert kept(store)[0].rating == 2


def test_an_incomplete_row_does_not_undo_a_given_rating(store):
    rating.give(store, ANN, "c", Evaluation("P1", "1.1", "ann", 2, WHY))
    paper = Paper(store)
    row = paper.say(level=1)

    assert codes(paper.back(store)) == [("Cotes", row, "Cote", "rating-given")]


def test_a_row_changed_elsewhere_since_is_refused_and_one_left_alone_gives_way(store):
    rating.give(store, ANN, "c", Evaluation("P1", "1.1", "ann", 2, WHY))
    paper = Paper(store)
    now = kept(store)[0].version
    rating.give(store, ANN, "c", Evaluation("P1", "1.1", "ann", 0, WHY, version=now))
    rating.save(store, ANN, "c", Evaluation("P1", "1.2", "ann", 0))

    assert paper.back(store).is_empty
    row = paper.say("P1", "1.2", 1, WHY)
    assert codes(paper.back(store)) == [("Cotes", row, "Cote", "ballot-row-stale")]
    assert [e.rating for e in kept(store)] == [0, 0]


def test_another_person_s_ballot_is_refused(store):
    paper = Paper(store)
    paper.say(level=2, why=WHY)

    assert codes(paper.back(store, BOB)) == [("À lire", None, "", "ballot-of-another")]
    assert kept(store) == ()


def test_another_cycle_s_ballot_is_refused(store):
    paper = Paper(store)
    paper.book.worksheets[3]["B2"] = "autre"

    assert codes(paper.back(store)) == [("À lire", None, "", "ballot-of-another-cycle")]


def test_the_ballot_of_a_round_that_is_over_is_refused(store):
    late = Paper(store)
    late.say(level=2, why=WHY)
    rating.give(store, BOB, "c", Evaluation("P1", "1.1", "bob", 1, WHY))
    rounds.reveal(store, CHAIR, "c", Subject.SCORES)

    assert [c for *_, c in codes(late.back(store))] == ["round-closed"]
    with pytest.raises(Refusal, match="no-open-round"):
        Paper(store)
    rounds.begin(store, CHAIR, "c", Subject.SCORES)
    assert [c for *_, c in codes(late.back(store))] == ["round-closed"]
    assert [e.evaluator for e in kept(store)] == ["bob"]


def test_a_project_with_a_conflict_is_not_rated_whichever_was_first(store):
    paper = Paper(store)
    row = paper.say("P1", "1.1", 2, WHY)
    paper.declare("P1", "Parenté")

    assert codes(paper.back(store)) == [("Cotes", row, "Projet", "conflict-declared")]
    assert (kept(store), kept(store, Conflict)) == ((), ())

    paper.declare("P1", None)
    rating.declare_conflict(store, ANN, "c", "P1", "Parenté")
    assert codes(paper.back(store)) == [("Cotes", row, "Projet", "conflict-declared")]


def test_a_conflict_is_declared_beside_rows_left_as_they_were(store):
    rating.save(store, ANN, "c", Evaluation("P1", "1.1", "ann", 2, WHY))
    paper = Paper(store)
    paper.declare("P1", "Parenté")

    outcome = paper.back(store)

    assert (outcome.refused, outcome.conflicts, outcome.unchanged) == ((), 1, 1)
    assert [(c.person, c.project, c.reason) for c in kept(store, Conflict)] == [
        ("ann", "P1", "Parenté")
    ]


def test_a_conflict_withdrawn_since_is_not_declared_again_by_an_old_ballot(store):
    rating.declare_conflict(store, ANN, "c", "P1", "Parenté")
    paper = Paper(store)
    rating.withdraw_conflict(store, ANN, "c", "P1")

    assert paper.back(store).is_empty
    assert kept(store, Conflict) == ()


@pytest.mark.parametrize(
    ("column", "typed", "code"),
    [
        (PROJECT, "P8", "not-in-round"),
        (PROJECT, "P9", "not-in-round"),
        (CRITERION, "9.9", "not-rated"),
        (RATING, 5, "out-of-range"),
        (RATING, "-1", "out-of-range"),
        (RATING, 2.5, "not-a-whole-number"),
        (RATING, "deux", "not-a-whole-number"),
        (RATING, "=1+1", "formula"),
        (JUSTIFICATION, '=HYPERLINK("http://x")', "formula"),
        (EVIDENCE, "x" * 5001, "text-too-long"),
        (CONFIDENCE, 4, "out-of-range"),
        (MARK, "0", "ballot-mark"),
        (MARK, None, "ballot-mark"),
    ],
)
def test_one_bad_cell_is_named_and_nothing_of_the_ballot_is_saved(store, column, typed, code):
    paper = Paper(store)
    paper.say("P2", "1.1", 1, WHY)
    paper.declare("P2", None)
    row = paper.say("P1", "1.1", 2, WHY)
    paper.ratings.cell(row, column).value = typed

    outcome = paper.back(store)

    assert (row, code) in {(r, c) for _, r, _, c in codes(outcome)}
    assert all(sheet == "Cotes" and at for sheet, _, at, _ in codes(outcome))
    assert not outcome.is_saved
    assert kept(store) == ()


@pytest.mark.parametrize("typed", ["3,0", "3.0", "3", 3, 3.0])
def test_a_whole_rating_is_read_however_it_is_typed(store, typed):
    paper = Paper(store)
    paper.say(level=typed, why=WHY, proof="Devis")

    assert paper.back(store).refused == ()
    assert kept(store)[0].rating == 3


def test_a_lead_s_ballot_asks_for_her_own_projects_and_no_conflict(store):
    paper = Paper(store, LEAD)
    paper.say("P2", "1.1", 2, WHY)

    assert paper.ratings.max_row == 1 + LEAVES
    assert paper.conflicts.max_row == 1
    assert paper.back(store, LEAD).new == 1


def test_a_lead_rates_no_other_s_project_by_changing_a_code(store):
    paper = Paper(store, LEAD)
    row = paper.say("P2", "1.1", 2, WHY)
    paper.ratings.cell(row, PROJECT).value = "P1"

    assert codes(paper.back(store, LEAD)) == [("Cotes", row, "Projet", "not-yours")]


def test_the_journal_tells_who_brought_the_ballot_and_each_rating_of_it(store):
    paper = Paper(store)
    paper.say("P1", "1.1", 2, WHY)
    paper.say("P1", "1.2", 1, WHY)
    paper.back(store)

    with store.reading() as work:
        lines = [line for line in journal.lines(work) if line.kind == "evaluation"]
    assert [(line.actor, line.act) for line in lines] == [("ann", "offline_ballot.read")] * 2
