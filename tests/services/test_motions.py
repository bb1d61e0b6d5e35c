"""Votes in a meeting: who may vote, what counts, what a lost quorum or a late conflict leads to."""

import shutil
from contextlib import closing
from dataclasses import replace

import pytest
from sitting import (
    ABSTAIN,
    ACT,
    AGAINST,
    CHAIR,
    FOR,
    counts,
    in_conflict,
    kept,
    motion,
    move,
    put,
    settle,
    sit,
    vote,
    votes,
)

from data.store import open_store
from portfolio.charter import Charter, Majority
from portfolio.decision import Verb
from portfolio.errors import Forbidden, Invalid, Refusal
from portfolio.meeting import MotionState
from portfolio.person import Person, Role
from portfolio.project import Stage
from portfolio.voting import DECLARED
from services import meetings, motions, rating
from services.motions import Asked

REFUSED_AS = {
    Asked("Retenir P1", "P1"): "verb-needed",
    Asked("Tout retenir", "", Verb.APPROVED): "verb-without-project",
    Asked(" ", "P1", Verb.APPROVED): "empty",
    Asked("Retenir P9", "P9", Verb.APPROVED): "no-such-project",
}


@pytest.fixture
def store(migrated_file, tmp_path):
    with closing(open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")) as own:
        yield own


def refused(code, kind=Refusal):
    return pytest.raises(kind, match=f"^{code}:")


def declare(store, member, project="P1"):
    rating.declare_conflict(store, member, "c", project, "Parenté")


def test_a_motion_is_carried_and_tells_who_was_there_and_how_many_voted_what(store):
    ann, bob, cyd, dan, _ = sit(store)
    put(store)
    for member, choice in ((ann, FOR), (bob, FOR), (cyd, AGAINST), (dan, ABSTAIN)):
        vote(store, member, choice)

    found = settle(store)

    assert found.state is MotionState.CARRIED
    assert counts(found) == (5, 2, 1, 1)
    assert found.settled_at
    assert motion(store) == found


@pytest.mark.parametrize(("majority", "state"), [
    (Majority.SIMPLE, MotionState.CARRIED),
    (Majority.ABSOLUTE, MotionState.LOST),  # two of five present
    (Majority.TWO_THIRDS, MotionState.CARRIED),
])  # fmt: skip
@pytest.mark.parametrize("is_secret", [False, True])
def test_the_majority_is_the_charter_s(store, majority, state, is_secret):
    ann, bob, cyd, _, _ = sit(store, charter=Charter(quorum=3, majority=majority))
    put(store, is_secret=is_secret)
    for member, choice in ((ann, FOR), (bob, FOR), (cyd, AGAINST)):
        vote(store, member, choice)

    assert settle(store).state is state


def test_an_open_vote_may_be_changed_and_counts_once_however_often_it_is_sent(store):
    ann, *_ = sit(store)
    put(store)

    first = vote(store, ann, FOR)
    assert vote(store, ann, FOR) == first
    assert vote(store, ann, FOR, request="k") == first
    changed = vote(store, ann, AGAINST, request="l")
    assert vote(store, ann, AGAINST, request="l") == changed

    assert votes(store) == {"m1": changed}
    assert counts(settle(store)) == (5, 0, 1, 0)


def test_a_secret_vote_cannot_be_changed_and_counts_once_however_often_it_is_sent(store):
    ann, bob, cyd, *_ = sit(store)
    put(store, is_secret=True)

    first = vote(store, ann, FOR, request="k")
    assert vote(store, ann, FOR, request="k") == first
    with refused("already-voted"):
        vote(store, ann, AGAINST)
    for member in (bob, cyd):
        vote(store, member, AGAINST)

    assert counts(settle(store)) == (5, 1, 2, 0)


def test_a_vote_on_the_whole_portfolio_has_no_verb_and_every_member_present_votes(store):
    ann, bob, *_ = sit(store)
    kept(store, *in_conflict(ann))
    put(store, "")
    for member in (ann, bob):
        vote(store, member, FOR)

    assert counts(settle(store)) == (5, 2, 0, 0)


def test_a_motion_is_secret_as_the_meeting_is_unless_it_says_otherwise(store):
    sit(store)
    asked = Asked("Tout retenir")
    meeting = meetings.room(store, CHAIR, "c", 1).meeting

    assert not motions.put(store, CHAIR, "c", 1, asked).is_secret
    motions.annul(store, CHAIR, "c", 1, 1, "Mal posée")
    kept(store, replace(meeting, is_secret=True))
    assert motions.put(store, CHAIR, "c", 1, asked).is_secret


# What the chair may not put


@pytest.mark.parametrize("asked", REFUSED_AS, ids=REFUSED_AS.values())
def test_what_cannot_be_decided_is_not_put(store, asked):
    sit(store)
    with refused(REFUSED_AS[asked]):
        motions.put(store, CHAIR, "c", 1, asked)


def test_a_project_that_is_not_asked_about_is_not_put(store):
    sit(store)
    with store.reading() as work:
        draft = work.project("c", "P1")
    kept(store, replace(draft, stage=Stage.DRAFT))
    with refused("not-to-decide", Invalid):
        put(store)


def test_one_motion_is_open_at_a_time(store):
    sit(store)
    put(store)
    with refused("motion-open"):
        put(store, "P2")


def test_nothing_is_put_without_a_freeze(store):
    sit(store, is_frozen=False)
    with refused("not-frozen"):
        put(store)


def test_nothing_is_put_without_a_quorum_and_the_missing_are_named(store):
    sit(store, present=2)
    with refused("no-quorum") as told:
        put(store)
    assert told.value.facts == {
        "found": 2, "low": 3, "missing": ("Membre 3", "Membre 4", "Membre 5"),
    }  # fmt: skip


def test_members_kept_from_the_project_make_the_quorum_but_someone_must_be_left_to_vote(store):
    ann, bob, cyd, *_ = sit(store, present=3)
    kept(store, *in_conflict(ann, bob))
    put(store)
    vote(store, cyd, FOR)
    assert counts(settle(store)) == (1, 1, 0, 0)

    kept(store, *in_conflict(cyd))
    with refused("nobody-may-vote"):
        put(store)


def test_a_secret_vote_needs_three_voters(store):
    ann, bob, cyd, *_ = sit(store, present=3)
    kept(store, *in_conflict(ann))
    with refused("too-few-for-secret"):
        put(store, is_secret=True)
    put(store, "", is_secret=True)
    for member in (bob, cyd):
        vote(store, member, FOR)
    with refused("too-few-secret"):
        settle(store)


def test_only_who_holds_the_chair_puts_settles_and_annuls(store):
    ann, *_ = sit(store)
    other = Person("autre", "Autre", frozenset({Role.FACILITATOR}))
    with store.writing(ACT) as work:
        work.save(None, other)
    put(store)
    vote(store, ann, FOR)
    for act in (
        lambda: motions.put(store, other, "c", 1, Asked("Tout retenir")),
        lambda: motions.settle(store, other, "c", 1, 1),
        lambda: motions.annul(store, other, "c", 1, 1, "Mal posée"),
    ):
        with refused("not-the-chair"):
            act()


# Who may not vote, and when


def test_who_is_not_in_the_room_does_not_vote(store):
    *_, eve = sit(store, present=4)
    put(store)
    with refused("not-in-the-room", Forbidden):
        vote(store, eve, FOR)
    assert votes(store) == {}


def test_who_declared_a_conflict_does_not_vote_and_neither_does_the_project_s_own_lead(store):
    ann, bob, *_ = sit(store)
    declare(store, bob)
    put(store, "P1")
    with refused("recused", Forbidden):
        vote(store, bob, FOR)
    vote(store, ann, FOR)
    settle(store)
    put(store, "P2")
    with refused("recused", Forbidden):
        vote(store, ann, FOR, motion=2)


def test_a_settled_vote_takes_no_more_votes_and_is_not_settled_twice(store):
    ann, bob, *_ = sit(store)
    put(store)
    vote(store, ann, FOR)
    found = settle(store)

    with refused("motion-closed"):
        vote(store, bob, AGAINST)
    with refused("motion-closed"):
        settle(store)
    with refused("motion-closed"):
        motions.annul(store, CHAIR, "c", 1, 1, "Trop tard")
    assert motion(store) == found


def test_nothing_is_counted_when_nobody_voted(store):
    sit(store)
    put(store)
    with refused("nobody-voted"):
        settle(store)


@pytest.mark.parametrize("is_secret", [False, True])
def test_a_vote_is_annulled_with_a_reason_and_may_be_put_again(store, is_secret):
    ann, *_ = sit(store)
    put(store, is_secret=is_secret)
    vote(store, ann, FOR)
    with refused("reason-needed", Invalid):
        motions.annul(store, CHAIR, "c", 1, 1, " ")

    found = motions.annul(store, CHAIR, "c", 1, 1, "Question mal posée")

    assert (found.state, found.note) == (MotionState.ANNULLED, "Question mal posée")
    assert counts(found) == (None, None, None, None)
    with refused("motion-annulled"):
        vote(store, ann, FOR)
    assert put(store).number == 2


# The quorum lost in mid-vote


@pytest.mark.parametrize("is_secret", [False, True])
def test_a_lost_quorum_suspends_the_vote_at_once_and_its_return_resumes_it(store, is_secret):
    ann, bob, cyd, *_ = sit(store, present=3)
    put(store, is_secret=is_secret)
    vote(store, ann, FOR)
    vote(store, bob, FOR)

    move(store, ann, False)
    assert motion(store).state is MotionState.SUSPENDED
    for act in (lambda: vote(store, cyd, AGAINST), lambda: settle(store)):
        with refused("quorum-lost") as told:
            act()
        assert told.value.facts["missing"] == ("Membre 1", "Membre 4", "Membre 5")

    move(store, ann, True)
    assert motion(store).state is MotionState.OPEN
    vote(store, cyd, AGAINST)
    assert counts(settle(store)) == (3, 2, 1, 0)


def test_the_vote_of_who_leaves_after_it_stands_and_she_is_counted_among_those_present(store):
    ann, bob, cyd, *_ = sit(store)
    put(store)
    vote(store, ann, FOR)
    move(store, ann, False)
    move(store, bob, False)
    vote(store, cyd, FOR)

    assert motion(store).state is MotionState.OPEN
    assert counts(settle(store)) == (4, 2, 0, 0)  # three in the room, and the one who voted


def test_a_suspended_vote_may_be_annulled(store):
    sit(store, present=3)
    put(store)
    move(store, Person("m1", "Membre 1"), False)

    motions.annul(store, CHAIR, "c", 1, 1, "Le quorum ne revient pas")

    assert motion(store).state is MotionState.ANNULLED


# A conflict declared after voting


def test_a_conflict_declared_after_an_open_vote_takes_it_out(store):
    ann, bob, *_ = sit(store)
    put(store)
    vote(store, ann, FOR)
    vote(store, bob, AGAINST)

    declare(store, ann)

    assert votes(store)["m1"].withdrawn_at
    assert motion(store).state is MotionState.OPEN
    with refused("recused", Forbidden):
        vote(store, ann, FOR)
    assert counts(settle(store)) == (4, 0, 1, 0)


def test_a_conflict_declared_after_a_secret_vote_annuls_it(store):
    ann, bob, *_ = sit(store)
    put(store, is_secret=True)
    vote(store, ann, FOR)

    declare(store, ann)

    assert (motion(store).state, motion(store).note) == (MotionState.ANNULLED, DECLARED)
    put(store, is_secret=True)
    with refused("recused", Forbidden):
        vote(store, ann, FOR, motion=2)
    vote(store, bob, FOR, motion=2)


def test_a_conflict_of_who_has_not_voted_leaves_a_secret_vote_as_it_is(store):
    ann, bob, *_ = sit(store)
    put(store, is_secret=True)
    vote(store, ann, FOR)

    declare(store, bob)

    assert motion(store).state is MotionState.OPEN


def test_a_conflict_on_another_project_takes_nothing_out(store):
    _, bob, *_ = sit(store)
    put(store)
    vote(store, bob, FOR)

    declare(store, bob, "P2")

    assert not votes(store)["m2"].withdrawn_at


def test_a_conflict_withdrawn_again_lets_her_vote_anew(store):
    _, bob, *_ = sit(store)
    put(store)
    vote(store, bob, FOR)
    declare(store, bob)
    rating.withdraw_conflict(store, bob, "c", "P1")
    assert votes(store)["m2"].withdrawn_at

    vote(store, bob, FOR)

    assert counts(settle(store)) == (5, 1, 0, 0)


@pytest.mark.parametrize(("is_secret", "expected"), [
    (False, (MotionState.LOST, (4, 0, 2, 0))), (True, (MotionState.ANNULLED, (None,) * 4)),
])  # fmt: skip
def test_a_conflict_that_came_by_a_file_is_found_when_the_vote_is_counted(
    store, is_secret, expected
):
    ann, bob, cyd, *_ = sit(store)
    put(store, is_secret=is_secret)
    for member, choice in ((ann, FOR), (bob, AGAINST), (cyd, AGAINST)):
        vote(store, member, choice)
    kept(store, *in_conflict(ann))

    found = settle(store)

    assert (found.state, counts(found)) == expected


# What each is told while it lasts


def test_nobody_is_told_how_others_vote_before_it_is_settled(store):
    ann, bob, *_ = sit(store)
    put(store)
    vote(store, ann, FOR)
    vote(store, bob, AGAINST)

    def told(person):
        return {v.person: v.choice for v in meetings.room(store, person, "c", 1).votes}

    assert told(CHAIR) == {"m1": None, "m2": None}
    assert told(ann) == {"m1": FOR, "m2": None}
    settle(store)
    assert told(CHAIR) == {"m1": FOR, "m2": AGAINST}


def test_the_floor_tells_who_may_vote_who_keeps_away_and_who_is_missing(store):
    ann, bob, cyd, dan, eve = sit(store, present=4)
    kept(store, *in_conflict(bob, project="P2"))

    found = motions.floor(meetings.room(store, CHAIR, "c", 1), "P2")

    assert found.electors == (cyd, dan)
    assert found.recused == (ann, bob)
    assert found.missing == (eve,)
