"""Rating: one's own sheet, drafts, what a rating needs, conflicts, and blindness."""

import shutil
from dataclasses import replace

import pytest
from benches import a_project, a_registry

from data.store import Act, open_store
from portfolio import judgement, rating
from portfolio.errors import Forbidden, Invalid, Missing, Refusal, Stale
from portfolio.evaluation import Evaluation, Subject
from portfolio.person import Person, Role
from portfolio.project import Stage
from services import cycles, rounds
from services import rating as acts
from services.scores import of_registry

ANN, BOB = (Person(code, code.title(), frozenset({Role.MEMBER})) for code in ("ann", "bob"))
BOTH = Person("both", "Both", frozenset({Role.MEMBER, Role.LEAD}))
LEAD = Person("lead", "Lead", frozenset({Role.LEAD}))
CHAIR = Person("chair", "Chair", frozenset({Role.FACILITATOR}))
GONE = Person("gone", "Gone", frozenset({Role.MEMBER}), is_active=False)
WHY = "Le contrat prévoit la sortie."
LEAVES = 16  # of montreal_2030 that people rate


@pytest.fixture
def store(migrated_file, tmp_path):
    """Three projects asked of the committee and one draft; nothing open, nothing said."""
    own = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    with own.writing(Act("test", "administrateur", "test")) as work:
        for person in (ANN, BOB, BOTH, LEAD, CHAIR, GONE):
            work.save(None, person)
        work.bring_in(
            a_registry(
                a_project("P1"),
                a_project("P2", lead="lead"),
                a_project("P3", lead="both"),
                a_project("P4", stage=Stage.DRAFT),
            )
        )
    yield own
    own.close()


@pytest.fixture
def opened(store):
    """The same, its first round of scores open."""
    rounds.begin(store, CHAIR, "c", Subject.SCORES)
    return store


def said(project="P1", criterion="1.1", level=2, why=WHY, **more):
    return Evaluation(project, criterion, "ann", level, why, **more)


def kept(store):
    with store.reading() as work:
        return work.every(Evaluation, "c")


def test_a_member_is_asked_for_every_rated_criterion_of_every_project_put_to_the_committee(opened):
    found = acts.sheet(opened, ANN, "c")

    assert {line.project.code for line in found.panel} == {"P1", "P2", "P3"}
    assert len(found.panel) == 3 * LEAVES
    assert not any(line.criterion.measure for line in found.lines)
    assert found.own == ()


def test_a_member_s_own_project_is_set_apart_as_a_self_score(opened):
    found = acts.sheet(opened, BOTH, "c")

    assert {line.project.code for line in found.panel} == {"P1", "P2"}
    assert {line.project.code for line in found.own} == {"P3"}


def test_a_lead_is_asked_for_her_own_projects_only(opened):
    found = acts.sheet(opened, LEAD, "c")

    assert found.panel == ()
    assert {line.project.code for line in found.own} == {"P2"}
    with pytest.raises(Forbidden, match="not-yours"):
        acts.save(opened, LEAD, "c", said("P1"))


def test_a_round_on_some_projects_asks_for_no_other(store):
    rounds.begin(store, CHAIR, "c", Subject.SCORES, ("P1",))

    assert {line.project.code for line in acts.sheet(store, ANN, "c").lines} == {"P1"}
    with pytest.raises(Invalid, match="not-in-round"):
        acts.save(store, ANN, "c", said("P2"))


def test_the_sheet_may_go_one_criterion_after_the_other(opened):
    ordered = acts.sheet(opened, ANN, "c").ordered(by_criterion=True)

    assert [line.project.code for line in ordered[:3]] == ["P1", "P2", "P3"]
    assert len({line.criterion.key for line in ordered[:3]}) == 1


def test_what_is_typed_is_a_draft_whatever_it_claims_and_counts_for_nothing(opened):
    draft = acts.save(opened, ANN, "c", said(why="", is_given=True))

    assert (draft.is_given, draft.version, draft.evaluator) == (False, 1, "ann")
    assert acts.sheet(opened, ANN, "c").line(("P1", "1.1")).mine == draft
    with opened.reading() as work:
        assert judgement.panel(work.registry("c")) == ()


def test_saving_the_same_twice_keeps_one_version_and_one_line_of_the_journal(opened):
    first = acts.save(opened, ANN, "c", said())
    again = acts.save(opened, ANN, "c", said())

    assert again == first
    with opened.reading() as work:
        assert len(list(work.history(Evaluation, "c", "P1", "1.1", "ann", 1))) == 1


def test_nobody_writes_under_another_s_name(opened):
    acts.save(opened, ANN, "c", replace(said(), evaluator="bob"))

    assert [e.evaluator for e in kept(opened)] == ["ann"]


def test_a_save_from_an_old_page_is_refused_with_both_versions(opened):
    first = acts.save(opened, ANN, "c", said())
    acts.save(opened, ANN, "c", replace(first, justification="Autre onglet."))

    with pytest.raises(Stale) as refused:
        acts.save(opened, ANN, "c", replace(first, justification="Ici."))

    assert refused.value.facts["yours"].justification == "Ici."
    assert refused.value.facts["theirs"].justification == "Autre onglet."


@pytest.mark.parametrize(
    ("level", "why", "evidence", "code"),
    [
        (2, "trop bref", "", "justification-short"),
        (2, "  neuf car  ", "", "justification-short"),
        (0, "", "Une preuve", "justification-short"),
        (3, WHY, "", "evidence-missing"),
        (4, WHY, "   ", "evidence-missing"),
    ],
)
def test_a_rating_short_of_its_reasons_is_not_given_and_stays_as_it_was(
    opened, level, why, evidence, code
):
    draft = acts.save(opened, ANN, "c", said(level=level, why=why, evidence=evidence))

    with pytest.raises(Invalid, match=code):
        acts.give(opened, ANN, "c", draft)

    assert kept(opened) == (draft,)


@pytest.mark.parametrize(
    ("level", "why", "evidence"),
    [(2, "dix lettres", ""), (3, WHY, "Contrat, art. 4"), (None, "", ""), (0, WHY, "")],
)
def test_a_rating_with_its_reasons_is_given(opened, level, why, evidence):
    given = acts.give(opened, ANN, "c", said(level=level, why=f"  {why} ", evidence=evidence))

    assert given.is_given
    assert given.justification == why
    assert acts.sheet(opened, ANN, "c").line(("P1", "1.1")).is_given


@pytest.mark.parametrize("level", [-1, 5, 4.5, float("nan"), float("inf")])
def test_a_rating_off_the_scale_cannot_be(level):
    with pytest.raises(Invalid, match="out-of-range"):
        said(level=level)


def test_a_rating_between_two_levels_is_refused(opened):
    with pytest.raises(Invalid, match="not-a-whole-number"):
        acts.save(opened, ANN, "c", said(level=2.5))


def test_a_scale_of_the_framework_s_own_is_kept_to(opened):
    framework = acts.sheet(opened, ANN, "c").framework
    short = replace(framework, scale=replace(framework.scale, high=3))

    with pytest.raises(Invalid, match="off-scale"):
        rating.given(said(level=4, evidence="Preuve"), short)


@pytest.mark.parametrize("criterion", ["1", "dette.interets", "jamais"])
def test_only_rated_leaves_are_rated(opened, criterion):
    with pytest.raises(Invalid, match="not-rated"):
        acts.save(opened, ANN, "c", said(criterion=criterion))


def test_a_given_rating_changes_only_once_it_is_taken_back(opened):
    given = acts.give(opened, ANN, "c", said())
    with pytest.raises(Refusal, match="rating-given"):
        acts.save(opened, ANN, "c", replace(given, rating=1))

    draft = acts.take_back(opened, ANN, "c", given)

    assert acts.save(opened, ANN, "c", replace(draft, rating=1)).rating == 1
    with pytest.raises(Missing, match="no-such-evaluation"):
        acts.take_back(opened, ANN, "c", said("P2"))


@pytest.mark.parametrize("act", [acts.save, acts.give, acts.take_back])
def test_nothing_is_said_before_a_round_nor_once_it_is_revealed(store, act):
    with pytest.raises(Refusal, match="round-closed"):
        act(store, ANN, "c", said())
    rounds.begin(store, CHAIR, "c", Subject.SCORES)
    given = acts.give(store, ANN, "c", said())
    rounds.reveal(store, CHAIR, "c", Subject.SCORES)

    with pytest.raises(Refusal, match="round-closed"):
        act(store, ANN, "c", replace(given, rating=1))

    assert kept(store) == (given,)


def test_a_page_left_open_since_an_earlier_round_writes_nothing_in_the_next(opened):
    given = acts.give(opened, ANN, "c", said())
    rounds.reveal(opened, CHAIR, "c", Subject.SCORES)
    rounds.begin(opened, CHAIR, "c", Subject.SCORES)

    with pytest.raises(Refusal, match="round-closed"):
        acts.save(opened, ANN, "c", replace(given, rating=1))
    assert acts.sheet(opened, ANN, "c").line(("P1", "1.1")).before == given


@pytest.mark.parametrize("act", [acts.save, acts.give, acts.take_back])
def test_after_a_declared_conflict_every_act_on_the_project_is_refused(opened, act):
    given = acts.give(opened, ANN, "c", said())
    acts.declare_conflict(opened, ANN, "c", "P1", " Ma sœur y travaille. ")

    with pytest.raises(Forbidden, match="conflict-declared"):
        act(opened, ANN, "c", given)

    found = acts.sheet(opened, ANN, "c")
    assert "P1" not in {line.project.code for line in found.lines}
    assert [c.reason for c in found.conflicts] == ["Ma sœur y travaille."]
    acts.save(opened, BOB, "c", said())


def test_what_was_given_before_a_conflict_no_longer_counts_until_it_is_withdrawn(opened):
    acts.give(opened, ANN, "c", said(level=4, evidence="Contrat"))
    acts.give(opened, BOB, "c", said(level=1))
    rounds.reveal(opened, CHAIR, "c", Subject.SCORES)

    def counted():
        with opened.reading() as work:
            whole = work.registry("c")
        part = next(p for p in of_registry(whole).card("P1").parts if p.criterion == "1.1")
        return part.level

    assert counted() == 2.5
    acts.declare_conflict(opened, ANN, "c", "P1", "Parenté")
    assert counted() == 1
    acts.withdraw_conflict(opened, ANN, "c", "P1")
    assert counted() == 2.5
    with pytest.raises(Missing, match="no-such-conflict"):
        acts.withdraw_conflict(opened, ANN, "c", "P1")


def test_a_conflict_needs_a_reason_and_another_s_project_that_one_may_see(opened):
    with pytest.raises(Invalid, match="empty"):
        acts.declare_conflict(opened, ANN, "c", "P1", "   ")
    with pytest.raises(Invalid, match="own-project"):
        acts.declare_conflict(opened, BOTH, "c", "P3", "C'est le mien")
    with pytest.raises(Missing, match="no-such-project"):
        acts.declare_conflict(opened, ANN, "c", "P4", "Un brouillon")


def test_a_conflict_declared_twice_is_one_and_takes_the_new_reason(opened):
    acts.declare_conflict(opened, ANN, "c", "P1", "Parenté")
    acts.declare_conflict(opened, ANN, "c", "P1", "Parenté")
    acts.declare_conflict(opened, ANN, "c", "P1", "Associée")

    found = acts.sheet(opened, ANN, "c").conflicts
    assert [(c.reason, c.version) for c in found] == [("Associée", 2)]


def test_a_self_score_stands_beside_the_panel_s_and_counts_nowhere(opened):
    acts.give(opened, LEAD, "c", said("P2", level=4, evidence="Notre essai"))
    acts.give(opened, ANN, "c", said("P2", level=1))
    rounds.reveal(opened, CHAIR, "c", Subject.SCORES)

    with opened.reading() as work:
        whole = work.registry("c")
    assert [(e.evaluator, e.rating) for e in judgement.panel(whole)] == [("ann", 1)]
    assert [(e.evaluator, e.rating) for e in judgement.self_scores(whole)] == [("lead", 4)]


def test_nobody_reads_another_s_before_the_reveal_and_everyone_after(opened):
    acts.give(opened, ANN, "c", said())
    acts.save(opened, BOB, "c", said(level=0, why="Pas encore dit."))

    assert all(line.mine is None for line in acts.sheet(opened, BOTH, "c").lines)
    for reader in (BOTH, CHAIR):
        assert cycles.registry(opened, reader, "c").evaluations == ()

    rounds.reveal(opened, CHAIR, "c", Subject.SCORES)
    seen = cycles.registry(opened, BOTH, "c").evaluations
    assert [(e.evaluator, e.rating) for e in seen] == [("ann", 2)]


def test_the_facilitator_sees_counts_only_the_least_advanced_first(opened):
    acts.give(opened, ANN, "c", said())
    acts.save(opened, ANN, "c", said("P2"))
    acts.declare_conflict(opened, BOB, "c", "P1", "Parenté")
    found = acts.progress(opened, CHAIR, "c")

    told = {(p.person.code, p.is_self): (p.given, p.begun, p.asked, p.conflicts) for p in found}
    assert told == {
        ("bob", False): (0, 0, 2 * LEAVES, 1),
        ("both", False): (0, 0, 2 * LEAVES, 0),
        ("ann", False): (1, 1, 3 * LEAVES, 0),
        ("both", True): (0, 0, LEAVES, 0),
        ("lead", True): (0, 0, LEAVES, 0),
    }
    assert found[2].person == replace(ANN, version=1)


def test_someone_who_left_is_refused_and_what_she_said_still_counts(opened):
    acts.give(opened, ANN, "c", said())
    with opened.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, replace(work.person("ann"), is_active=False))

    with pytest.raises(Forbidden, match="not-allowed"):
        acts.save(opened, ANN, "c", said("P2"))
    rounds.reveal(opened, CHAIR, "c", Subject.SCORES)
    with opened.reading() as work:
        assert len(judgement.panel(work.registry("c"))) == 1


def test_a_text_longer_than_is_read_is_refused(opened):
    with pytest.raises(Invalid, match="text-too-long"):
        acts.save(opened, ANN, "c", said(why="a" * 5001))
