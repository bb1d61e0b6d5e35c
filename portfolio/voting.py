"""How a vote counts: who may vote, what a majority is, and what is told before it is settled."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from portfolio.charter import Majority
from portfolio.meeting import Choice, Motion, Vote

LEAST_SECRET = 3  # votes of a secret vote: of fewer, each voter could tell what the others said
DECLARED = "conflict"  # note of a motion annulled because a member who had voted in secret
#                        declared an interest in its project: her vote cannot be taken out


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes counted."""

    fors: int = 0
    againsts: int = 0
    abstentions: int = 0

    @property
    def cast(self) -> int:
        return self.fors + self.againsts + self.abstentions


def tally(choices: Iterable[Choice]) -> Tally:
    """The choices, counted."""
    count = Counter(choices)
    return Tally(count[Choice.FOR], count[Choice.AGAINST], count[Choice.ABSTAIN])


def carries(majority: Majority, votes: Tally, present: int) -> bool:
    """Whether a motion is carried; nobody for it never carries it, and neither does a tie.

    present   members who could vote
    """
    match majority:
        case Majority.SIMPLE:
            return votes.fors > votes.againsts
        case Majority.ABSOLUTE:
            return 2 * votes.fors > present
        case Majority.TWO_THIRDS:
            return votes.fors > 0 and 3 * votes.fors >= 2 * (votes.fors + votes.againsts)


def counting(votes: Iterable[Vote]) -> tuple[Vote, ...]:
    """Those that no conflict took out."""
    return tuple(vote for vote in votes if not vote.withdrawn_at)


def as_told(votes: Iterable[Vote], motions: Iterable[Motion], person: str) -> tuple[Vote, ...]:
    """The votes as the person may know them: how others vote is told once it is settled."""
    under_way = {motion.number for motion in motions if motion.is_open}
    return tuple(
        replace(vote, choice=None) if vote.motion in under_way and vote.person != person else vote
        for vote in votes
    )
