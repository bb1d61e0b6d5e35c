"""What carries a motion, at the edges of each majority."""

import pytest

from portfolio.charter import Majority
from portfolio.meeting import Choice, Motion, MotionState, Vote
from portfolio.voting import Tally, as_told, carries, counting, tally

SIMPLE, ABSOLUTE, TWO_THIRDS = Majority


@pytest.mark.parametrize(("majority", "votes", "present", "is_carried"), [
    (SIMPLE, (2, 1, 9), 12, True),
    (SIMPLE, (2, 2, 0), 4, False),
    (SIMPLE, (0, 0, 5), 5, False),
    (ABSOLUTE, (3, 0, 0), 5, True),
    (ABSOLUTE, (3, 0, 3), 6, False),  # half is not more than half, even when nobody is against
    (ABSOLUTE, (2, 0, 0), 5, False),
    (TWO_THIRDS, (4, 2, 0), 6, True),
    (TWO_THIRDS, (4, 2, 5), 11, True),  # who abstains is neither for nor against
    (TWO_THIRDS, (3, 2, 0), 5, False),
    (TWO_THIRDS, (1, 0, 4), 5, True),
    (TWO_THIRDS, (0, 0, 4), 4, False),
])  # fmt: skip
def test_a_majority_is_exact_at_its_edge(majority, votes, present, is_carried):
    assert carries(majority, Tally(*votes), present) is is_carried


def test_choices_are_counted_by_kind():
    said = [Choice.FOR, Choice.ABSTAIN, Choice.FOR, Choice.AGAINST]

    assert tally(said) == Tally(2, 1, 1)
    assert tally(said).cast == 4


def test_while_a_vote_is_under_way_each_is_told_of_her_own_choice_only():
    motions = [
        Motion(1, 1, "Retenir P1", "anim", "", state=MotionState.CARRIED),
        Motion(1, 2, "Retenir P2", "anim", ""),
    ]
    votes = [Vote(1, n, who, "", Choice.FOR) for n in (1, 2) for who in ("ann", "bob")]

    told = {(v.motion, v.person): v.choice for v in as_told(votes, motions, "ann")}

    assert told == {
        (1, "ann"): Choice.FOR, (1, "bob"): Choice.FOR, (2, "ann"): Choice.FOR, (2, "bob"): None,
    }  # fmt: skip


def test_a_vote_that_a_conflict_took_out_does_not_count():
    stays, gone = Vote(1, 1, "ann", ""), Vote(1, 1, "bob", "", withdrawn_at="2026-12-01T15:00")

    assert counting([stays, gone]) == (stays,)
