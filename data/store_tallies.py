"""What a secret vote comes to: three counters a motion, and nothing that says who moved which.

Every vote writes the three of them anew, so that not even the database's own marks on a row (which
transaction wrote it last) tie a counter to a voter. None of it is in the journal before the vote is
settled; then the motion has the three sums, and the counters are gone.
"""

import sqlalchemy as sa

from data.schema_room import tallies
from data.store_work import Reading, Work
from portfolio.meeting import Choice, Motion
from portfolio.voting import Tally


def begin(work: Work, cycle: str, motion: Motion) -> None:
    """The motion's counters, at nothing."""
    key = {"cycle": cycle, "meeting": motion.meeting, "motion": motion.number}
    rows = [{**key, "choice": choice, "votes": 0} for choice in sorted(Choice)]
    work.connection.execute(sa.insert(tallies), rows)


def add(work: Work, cycle: str, motion: Motion, choice: Choice) -> None:
    """One more vote of that choice."""
    column = tallies.c.votes
    one_more = sa.case((tallies.c.choice == choice, column + 1), else_=column)
    moved = sa.update(tallies).where(*_of(cycle, motion)).values(votes=one_more)
    work.connection.execute(moved)


def counted(work: Reading, cycle: str, motion: Motion) -> Tally:
    """The three sums."""
    asked = sa.select(tallies.c.choice, tallies.c.votes).where(*_of(cycle, motion))
    votes = {row.choice: row.votes for row in work.connection.execute(asked)}
    return Tally(*(votes.get(choice, 0) for choice in Choice))


def drop(work: Work, cycle: str, motion: Motion) -> None:
    """Forget the counters."""
    work.connection.execute(sa.delete(tallies).where(*_of(cycle, motion)))


def _of(cycle: str, motion: Motion) -> tuple[sa.ColumnElement[bool], ...]:
    key = tallies.c
    return key.cycle == cycle, key.meeting == motion.meeting, key.motion == motion.number
