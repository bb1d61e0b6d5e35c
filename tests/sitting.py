"""A committee in session: an open meeting, its inputs frozen, members who come, go and vote."""

from datetime import date

from benches import a_project, a_registry

from data.store import Act
from portfolio.charter import Charter
from portfolio.decision import Verb
from portfolio.evaluation import Conflict
from portfolio.meeting import Attendance, Choice, Freeze, Meeting, MeetingState, Motion, Vote
from portfolio.person import Person, Role
from services import motions

FOR, AGAINST, ABSTAIN = Choice
ON = date(2026, 12, 1)
AT = "2026-12-01T14:00:00+00:00"
ACT = Act("test", "administrateur", "test")
CHAIR = Person("anim", "Animation", frozenset({Role.FACILITATOR}))


def a_member(n):
    return Person(f"m{n}", f"Membre {n}", frozenset({Role.MEMBER}))


def kept(store, *nouns):
    with store.writing(ACT) as work:
        return [work.save("c", noun) for noun in nouns][-1]


def sit(store, count=5, present=None, charter=None, is_frozen=True):
    """Bring a committee of so many in; all of them are there unless fewer are said to be.

    m1 leads P2. The quorum is three, without a charter of one's own.
    """
    members = [a_member(n) for n in range(1, count + 1)]
    with store.writing(ACT) as work:
        members = [work.save(None, person) for person in members]
        work.save(None, CHAIR)
        work.bring_in(a_registry(a_project("P1"), a_project("P2", lead="m1")))
        work.save("c", charter or Charter(quorum=3))
        work.save("c", Meeting(1, ON, facilitator="anim", state=MeetingState.OPEN, opened_at=AT))
        for person in members[:present]:
            work.save("c", Attendance(1, person.code, True, AT))
        if is_frozen:
            work.save("c", Freeze(1, 1, "anim", AT, "0" * 64, "1" * 64))
    return members


def put(store, project="P1", is_secret=False):
    """Put the project to the vote; "" = the portfolio as a whole."""
    verb = Verb.APPROVED if project else None
    asked = motions.Asked(f"Retenir {project or 'tout'}", project, verb, is_secret)
    return motions.put(store, CHAIR, "c", 1, asked)


def vote(store, member, choice, motion=1, **more):
    return motions.vote(store, member, "c", 1, motion, choice, **more)


def settle(store, motion=1):
    return motions.settle(store, CHAIR, "c", 1, motion)


def move(store, member, is_present):
    """Mark a member as there or gone, as the act on attendance does."""
    with store.writing(ACT) as work:
        before = work.every(Attendance, "c", meeting=1, person=member.code)
        version = before[0].version if before else 0
        work.save("c", Attendance(1, member.code, is_present, AT, version=version))
        motions.on_attendance(work, "c", 1)


def motion(store, number=1):
    with store.reading() as work:
        return work.one(Motion, "c", 1, number)


def votes(store, number=1):
    """Person -> what the store keeps of her vote."""
    with store.reading() as work:
        return {one.person: one for one in work.every(Vote, "c", meeting=1, motion=number)}


def counts(found):
    return found.present, found.fors, found.againsts, found.abstentions


def in_conflict(*members, project="P1"):
    return [Conflict(one.code, project, "Parenté") for one in members]
