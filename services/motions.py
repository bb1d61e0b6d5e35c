"""Motions: what the chair puts to the vote, how members vote, and what comes of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from data import store_tallies
from data.store import Act, Reading, Repeated, Store, Work
from portfolio.charter import Charter
from portfolio.decision import Verb
from portfolio.errors import Forbidden, Invalid, Refusal
from portfolio.evaluation import Conflict
from portfolio.meeting import Attendance, Choice, Freeze, Meeting, Motion, MotionState, Vote
from portfolio.person import Person, Role
from portfolio.registry import ASKED
from portfolio.voting import DECLARED, LEAST_SECRET, Tally, carries, counting, tally
from services import charters, meetings
from services.meetings import Room, Seat
from services.permission import allowed
from services.submissions import moment

NO_PROJECT = ""  # the portfolio as a whole is put to the vote


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be put to the vote.

    text        as it is read out
    project     "" = the portfolio as a whole, and then there is no verb
    is_secret   None = as the meeting's votes are
    """

    text: str
    project: str = NO_PROJECT
    verb: Verb | None = None
    is_secret: bool | None = None


@dataclass(frozen=True, slots=True)
class Floor:
    """Who may vote on something, as the room stands.

    quorum     members that must be in the room
    present    members in it, those who keep away from the project included: they make the quorum
    missing    members who are not
    electors   those present who may vote; all of them on the portfolio as a whole
    recused    those present who may not: they declared an interest, or the project is their own
    """

    quorum: int
    present: tuple[Person, ...]
    missing: tuple[Person, ...]
    electors: tuple[Person, ...]
    recused: tuple[Person, ...]

    @property
    def has_quorum(self) -> bool:
        return len(self.present) >= self.quorum

    def refuse_without_quorum(self, code: str) -> None:
        """Refusal(code), naming who is missing."""
        if not self.has_quorum:
            missing = tuple(person.name for person in self.missing)
            found, low = len(self.present), self.quorum
            raise Refusal(code, found=found, low=low, missing=missing)


@allowed(Role.FACILITATOR)
def put(
    store: Store, by: Person, cycle: str, meeting: int, asked: Asked, request: str | None = None
) -> Motion:
    """Put something to the vote: a project with what would be decided of it, or the portfolio.

    Refusal: "motion-open" while another is, "not-frozen", "no-quorum", "nobody-may-vote",
    "too-few-for-secret"; Invalid "verb-needed" or "verb-without-project", "not-to-decide".
    """
    with store.writing(Act(by.code, Role.FACILITATOR, "motions.put", request)) as work:
        held = meetings.open_and_led(work, by, cycle, meeting)
        before = work.every(Motion, cycle, meeting=meeting)
        for one in before:
            if one.is_open:
                raise Refusal("motion-open", found=one.number)
        _refuse_asked(work, cycle, asked)
        if not work.count(Freeze, cycle, meeting=meeting):
            raise Refusal("not-frozen", found=meeting)
        is_secret = held.is_secret if asked.is_secret is None else asked.is_secret
        _refuse_floor(_floor(work, cycle, meeting, asked.project), asked, is_secret)
        number = max((one.number for one in before), default=0) + 1
        fresh = Motion(
            meeting, number, asked.text.strip(), by.code, moment(work), asked.project, asked.verb,
            is_secret,
        )
        if is_secret:
            store_tallies.begin(work, cycle, fresh)
        saved: Motion = work.save(cycle, fresh)
        return saved


@allowed(Role.MEMBER, own=(Role.MEMBER,))
def vote(
    store: Store,
    by: Person,
    cycle: str,
    meeting: int,
    motion: int,
    choice: Choice,
    request: str | None = None,
) -> Vote:
    """Vote in one's own name; sent again under its key, it counts once and answers as it did.

    An open vote may be changed until it is settled; a secret one cannot: Refusal "already-voted".
    Refusal: "motion-closed", "motion-annulled", "quorum-lost" with who is missing; Forbidden:
    "not-in-the-room", "recused".
    """
    try:
        with store.writing(Act(by.code, Role.MEMBER, "motions.vote", request)) as work:
            asked = work.one(Motion, cycle, meeting, motion)
            _refuse_voter(work, by, cycle, asked)
            return _cast(work, by, cycle, asked, choice)
    except Repeated:
        with store.reading() as work:
            return work.one(Vote, cycle, meeting, motion, by.code)


@allowed(Role.FACILITATOR)
def settle(
    store: Store, by: Person, cycle: str, meeting: int, motion: int, request: str | None = None
) -> Motion:
    """Close the vote and count it by the charter's majority.

    Refusal "motion-closed", "quorum-lost", "nobody-voted", "too-few-secret". Annulled instead when
    someone who may no longer vote on it had voted in secret.
    """
    with store.writing(Act(by.code, Role.FACILITATOR, "motions.settle", request)) as work:
        asked = _under_way(work, by, cycle, meeting, motion)
        floor = _floor_of(work, cycle, asked)
        floor.refuse_without_quorum("quorum-lost")
        asked = _take_out(work, cycle, asked, _kept_away(work, cycle, asked))
        if not asked.is_open:
            return asked
        voters = {one.person for one in counting(_votes(work, cycle, asked))}
        votes = _counted(work, cycle, asked)
        if not votes.cast:
            raise Refusal("nobody-voted", found=motion)
        if asked.is_secret and votes.cast < LEAST_SECRET:
            raise Refusal("too-few-secret", found=votes.cast, low=LEAST_SECRET)
        present = len(voters | {one.code for one in floor.electors})
        carried = carries(charters.of(work, cycle).majority, votes, present)
        counted = replace(
            asked, present=present, fors=votes.fors, againsts=votes.againsts,
            abstentions=votes.abstentions,
        )
        return _end(work, cycle, counted, MotionState.CARRIED if carried else MotionState.LOST)


@allowed(Role.FACILITATOR)
def annul(
    store: Store,
    by: Person,
    cycle: str,
    meeting: int,
    motion: int,
    note: str,
    request: str | None = None,
) -> Motion:
    """Give up a vote that is not settled, with the reason; Invalid "reason-needed" without it."""
    act = Act(by.code, Role.FACILITATOR, "motions.annul", request, note.strip())
    with store.writing(act) as work:
        asked = _under_way(work, by, cycle, meeting, motion)
        if not note.strip():
            raise Invalid("reason-needed", field="note")
        return _annul(work, cycle, asked, note.strip())


def on_attendance(work: Work, cycle: str, meeting: int) -> None:
    """Suspend the vote under way when the quorum is lost, and let it go on when it is back.

    To be called in the transaction of whatever changes who is in the room, after it is saved.
    """
    for motion in work.every(Motion, cycle, meeting=meeting):
        if motion.is_open:
            holds = _floor(work, cycle, meeting).has_quorum
            state = MotionState.OPEN if holds else MotionState.SUSPENDED
            if motion.state is not state:
                work.save(cycle, replace(motion, state=state))


def on_conflict(work: Work, cycle: str, person: str, project: str) -> None:
    """Take out the person's vote on the project under way; annul the vote when it is secret.

    To be called in the transaction in which she declares an interest.
    """
    for motion in work.every(Motion, cycle, project=project):
        if motion.is_open:
            _take_out(work, cycle, motion, (person,))


def floor(room: Room, project: str = NO_PROJECT) -> Floor:
    """Who may vote on the project, or on the portfolio, as the room stands."""
    return _floor_in(room.charter, room.seats, project)


def _floor_of(work: Reading, cycle: str, motion: Motion) -> Floor:
    return _floor(work, cycle, motion.meeting, motion.project)


def _floor(work: Reading, cycle: str, meeting: int, project: str = NO_PROJECT) -> Floor:
    return _floor_in(charters.of(work, cycle), meetings.seats(work, cycle, meeting), project)


def _floor_in(charter: Charter, seats: tuple[Seat, ...], project: str) -> Floor:
    there = [seat for seat in seats if seat.is_present]
    recused = {seat.person.code for seat in there if project in seat.away}
    return Floor(
        charter.quorum or 1,
        tuple(seat.person for seat in there),
        tuple(seat.person for seat in seats if not seat.is_present),
        tuple(seat.person for seat in there if seat.person.code not in recused),
        tuple(seat.person for seat in there if seat.person.code in recused),
    )


def _refuse_asked(work: Reading, cycle: str, asked: Asked) -> None:
    if not asked.project:
        if asked.verb is not None:
            raise Invalid("verb-without-project", field="verb", found=asked.verb)
        return
    project = work.project(cycle, asked.project)
    if asked.verb is None:
        raise Invalid("verb-needed", field="verb")
    if project.stage not in ASKED:
        raise Invalid("not-to-decide", field="project", found=asked.project)


def _refuse_floor(floor: Floor, asked: Asked, is_secret: bool) -> None:
    floor.refuse_without_quorum("no-quorum")
    if not floor.electors:
        raise Refusal("nobody-may-vote", found=asked.project)
    if is_secret and len(floor.electors) < LEAST_SECRET:
        raise Refusal("too-few-for-secret", found=len(floor.electors), low=LEAST_SECRET)


def _refuse_voter(work: Reading, by: Person, cycle: str, motion: Motion) -> None:
    """Read little: two hundred may vote in the same second."""
    _refuse_settled(motion)
    if not work.one(Meeting, cycle, motion.meeting).is_open:
        raise Refusal("meeting-not-open", found=motion.meeting)
    there = work.every(Attendance, cycle, meeting=motion.meeting, person=by.code)
    if not any(one.is_present for one in there):
        raise Forbidden("not-in-the-room", found=motion.meeting)
    if motion.project:
        conflict = work.count(Conflict, cycle, person=by.code, project=motion.project)
        if conflict or work.project(cycle, motion.project).lead == by.code:
            raise Forbidden("recused", found=motion.project)
    if motion.state is MotionState.SUSPENDED:
        _floor_of(work, cycle, motion).refuse_without_quorum("quorum-lost")


def _cast(work: Work, by: Person, cycle: str, motion: Motion, choice: Choice) -> Vote:
    mine = work.every(
        Vote, cycle, meeting=motion.meeting, motion=motion.number, person=by.code
    )
    kept = next(iter(mine), None)
    if motion.is_secret:
        if kept is not None:
            raise Refusal("already-voted", found=motion.number)
        store_tallies.add(work, cycle, motion, choice)
    elif kept is not None and kept.choice is choice and not kept.withdrawn_at:
        return kept
    told = None if motion.is_secret else choice
    version = 0 if kept is None else kept.version
    fresh = Vote(motion.meeting, motion.number, by.code, moment(work), told, version=version)
    saved: Vote = work.save(cycle, fresh)
    return saved


def _under_way(work: Work, by: Person, cycle: str, meeting: int, motion: int) -> Motion:
    meetings.open_and_led(work, by, cycle, meeting)
    found = work.one(Motion, cycle, meeting, motion)
    _refuse_settled(found)
    return found


def _refuse_settled(motion: Motion) -> None:
    if not motion.is_open:
        is_annulled = motion.state is MotionState.ANNULLED
        raise Refusal("motion-annulled" if is_annulled else "motion-closed", found=motion.number)


def _votes(work: Reading, cycle: str, motion: Motion) -> tuple[Vote, ...]:
    return work.every(Vote, cycle, meeting=motion.meeting, motion=motion.number)


def _counted(work: Reading, cycle: str, motion: Motion) -> Tally:
    if motion.is_secret:
        return store_tallies.counted(work, cycle, motion)
    return tally(one.choice for one in counting(_votes(work, cycle, motion)) if one.choice)


def _take_out(work: Work, cycle: str, motion: Motion, people: Collection[str]) -> Motion:
    """The motion without the votes of those people."""
    theirs = [one for one in counting(_votes(work, cycle, motion)) if one.person in people]
    if theirs and motion.is_secret:
        return _annul(work, cycle, motion, DECLARED)
    for one in theirs:
        work.save(cycle, replace(one, withdrawn_at=moment(work)))
    return motion


def _kept_away(work: Reading, cycle: str, motion: Motion) -> set[str]:
    """Who may not vote on it, in the room or not."""
    if not motion.project:
        return set()
    declared = {one.person for one in work.every(Conflict, cycle, project=motion.project)}
    return declared | {work.project(cycle, motion.project).lead}


def _annul(work: Work, cycle: str, motion: Motion, note: str) -> Motion:
    return _end(work, cycle, replace(motion, note=note), MotionState.ANNULLED)


def _end(work: Work, cycle: str, motion: Motion, state: MotionState) -> Motion:
    store_tallies.drop(work, cycle, motion)
    saved: Motion = work.save(cycle, replace(motion, state=state, settled_at=moment(work)))
    return saved
