"""Meetings: prepared, moved, convened, opened, led by one chair, and who is in the room."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
from benches import a_project, a_registry

from data.store import Act, open_store
from portfolio.charter import Charter
from portfolio.decision import Verb
from portfolio.errors import Forbidden, Invalid, Missing, Refusal, Stale
from portfolio.meeting import (
    Attendance,
    Choice,
    Freeze,
    Meeting,
    MeetingState,
    MotionState,
    Step,
)
from portfolio.person import Person, Role
from services import attendance, charters, meetings, motions, notices, rating

ON, AT = date(2027, 6, 1), "2027-06-01T14:00:00+00:00"
CHAIR = Person("claire", "Claire", frozenset({Role.FACILITATOR}))
OTHER = Person("denis", "Denis", frozenset({Role.FACILITATOR}))
ANNE, BILAL, CORA = (
    Person(name.lower(), name, frozenset({Role.MEMBER})) for name in ("Anne", "Bilal", "Cora")
)
LEAD = Person("lise", "Lise", frozenset({Role.MEMBER, Role.LEAD}))
WATCHER = Person("olga", "Olga", frozenset({Role.OBSERVER}))
PEOPLE = (CHAIR, OTHER, ANNE, BILAL, CORA, LEAD, WATCHER)


@pytest.fixture
def store(migrated_file, tmp_path):
    """Four members, a quorum of two, three projects of which P3 is led by one of the members."""
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    with opened.writing(Act("test", "administrateur", "test")) as work:
        for person in PEOPLE:
            work.save(None, person)
        work.bring_in(a_registry(a_project("P1"), a_project("P2"), a_project("P3", lead="lise")))
        work.save("c", Charter(quorum=2))
    yield opened
    opened.close()


@pytest.fixture
def opened(store):
    """The same, its first meeting open."""
    prepare(store)
    meetings.begin(store, CHAIR, "c", 1)
    return store


def prepare(store, by=CHAIR, place="Salle 3"):
    return meetings.prepare(store, by, "c", ON, "base", place)


def room(store, by=CHAIR):
    return meetings.room(store, by, "c", 1)


def mark(store, *people, is_present=True, note=None, by=CHAIR):
    codes = [person.code for person in people]
    return attendance.mark(store, by, "c", 1, codes, is_present, note)


def refused(code, kind=Refusal):
    return pytest.raises(kind, match=f"^{code}")


def told(store, kind):
    with store.reading() as work:
        return [line.act for line in work.history(kind, "c", 1)]


def test_a_meeting_is_secret_as_the_charter_says(store):
    with store.reading() as work:
        kept = charters.of(work, "c")
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save("c", replace(kept, is_secret=True))

    assert prepare(store).is_secret


def test_a_prepared_meeting_is_moved_and_an_open_one_is_not(store):
    read = prepare(store)

    moved = meetings.amend(store, CHAIR, "c", replace(read, on=date(2027, 6, 8), place=" "))
    assert (moved.on, moved.place, moved.facilitator) == (date(2027, 6, 8), "", CHAIR.code)
    with pytest.raises(Stale):
        meetings.amend(store, CHAIR, "c", read)
    with refused("not-the-chair"):
        meetings.amend(store, OTHER, "c", moved)
    with refused("no-such-scenario", Missing):
        meetings.amend(store, CHAIR, "c", replace(moved, scenario="autre"))
    meetings.begin(store, CHAIR, "c", 1)
    with refused("meeting-begun"):
        meetings.amend(store, CHAIR, "c", moved)


def test_only_one_meeting_is_open_at_a_time(opened):
    with refused("meeting-open"):
        prepare(opened)
    with refused("meeting-begun"):
        meetings.begin(opened, CHAIR, "c", 1)


def test_members_are_convened_and_told_what_to_read_as_often_as_the_chair_says(store):
    prepare(store)
    with refused("not-the-chair"):
        meetings.convene(store, OTHER, "c", 1)

    first = meetings.convene(store, CHAIR, "c", 1)
    meetings.convene(store, CHAIR, "c", 1)

    (notice, _) = notices.mine(store, ANNE)
    assert first.convened_at
    assert (notice.kind, notice.about, notice.facts["place"]) == ("meeting", "1", " (Salle 3)")
    assert notices.mine(store, WATCHER) == ()


def test_of_two_facilitators_one_leads_and_the_other_takes_it_expressly(opened):
    with refused("not-the-chair") as why:
        meetings.go(opened, OTHER, "c", 1, Step.VOTE)
    assert why.value.facts["found"] == "Claire"

    meetings.take_chair(opened, OTHER, "c", 1, CHAIR.code)

    assert meetings.go(opened, OTHER, "c", 1, Step.VOTE).step is Step.VOTE
    with refused("not-the-chair"):
        meetings.go(opened, CHAIR, "c", 1, Step.CHARTER)
    assert "meetings.take_chair" in told(opened, Meeting)
    assert meetings.room(opened, OTHER, "c", 1).is_led_by(OTHER)


def test_a_chair_that_passed_to_a_third_meanwhile_is_not_taken_from_her_unseen(opened):
    meetings.take_chair(opened, OTHER, "c", 1, CHAIR.code)
    again = meetings.take_chair(opened, OTHER, "c", 1, CHAIR.code)  # sent twice: hers already

    with opened.writing(Act("test", "administrateur", "test")) as work:
        third = work.save(None, Person("ella", "Ella", frozenset({Role.FACILITATOR})))
    with refused("chair-moved") as why:
        meetings.take_chair(opened, third, "c", 1, CHAIR.code)
    assert why.value.facts["found"] == "Denis"
    assert room(opened).meeting == again


def test_the_chair_marks_several_members_at_once_and_the_quorum_follows(opened):
    assert not room(opened).has_quorum

    mark(opened, ANNE, BILAL, CORA)
    assert [seat.person.code for seat in room(opened).present] == ["anne", "bilal", "cora"]
    assert room(opened).has_quorum

    mark(opened, BILAL, CORA, is_present=False)
    assert not room(opened).has_quorum


def test_without_a_quorum_in_the_charter_one_member_is_enough(opened):
    with opened.reading() as work:
        kept = charters.of(work, "c")
    with opened.writing(Act("test", "administrateur", "test")) as work:
        work.save("c", replace(kept, quorum=None))
    assert not room(opened).has_quorum

    attendance.check_in(opened, ANNE, "c", 1)
    assert room(opened).has_quorum


def test_a_device_that_returns_and_checks_in_again_changes_nothing(opened):
    first = attendance.check_in(opened, ANNE, "c", 1)
    before = meetings.pulse(opened, ANNE, "c")

    assert attendance.check_in(opened, ANNE, "c", 1) == first
    mark(opened, ANNE)
    assert meetings.pulse(opened, ANNE, "c") == before


def test_arrivals_and_departures_are_told_in_order_and_a_note_is_none(opened):
    attendance.check_in(opened, ANNE, "c", 1)
    mark(opened, BILAL)
    mark(opened, ANNE, note="par vidéo")
    mark(opened, CORA, is_present=False)  # she never came
    attendance.check_out(opened, ANNE, "c", 1)
    attendance.check_in(opened, ANNE, "c", 1)

    found = attendance.moves(opened, WATCHER, "c", 1)
    assert [(move.person, move.is_present) for move in found] == [
        ("anne", True), ("bilal", True), ("anne", False), ("anne", True),
    ]
    assert all(move.at for move in found)
    anne = next(seat for seat in room(opened).seats if seat.person.code == "anne")
    assert (anne.is_present, anne.attendance.note) == (True, "par vidéo")


def test_a_vote_waits_while_the_quorum_is_lost_and_goes_on_with_the_votes_it_has(opened):
    mark(opened, ANNE, BILAL)
    with opened.writing(Act("test", "administrateur", "test")) as work:
        work.save("c", Freeze(1, 1, CHAIR.code, AT, "0" * 64, "1" * 64))
    motions.put(opened, CHAIR, "c", 1, motions.Asked("Retenir P1", "P1", Verb.APPROVED))
    motions.vote(opened, ANNE, "c", 1, 1, Choice.FOR)

    attendance.check_out(opened, BILAL, "c", 1)
    assert room(opened).motions[0].state is MotionState.SUSPENDED

    attendance.check_in(opened, CORA, "c", 1)
    assert room(opened).motions[0].state is MotionState.OPEN
    assert [vote.person for vote in room(opened).votes] == ["anne"]


def test_only_members_sit_and_one_stranger_among_them_marks_nobody(opened):
    with refused("not-a-member", Invalid) as why:
        mark(opened, ANNE, WATCHER)

    assert why.value.facts["found"] == WATCHER.code
    assert room(opened).present == ()
    with refused("not-allowed", Forbidden):
        attendance.check_in(opened, WATCHER, "c", 1)


def test_attendance_is_taken_by_the_chair_alone_and_while_the_meeting_is_open(store):
    prepare(store)
    with refused("meeting-not-open"):
        attendance.check_in(store, ANNE, "c", 1)
    meetings.begin(store, CHAIR, "c", 1)
    with refused("not-the-chair"):
        mark(store, ANNE, by=OTHER)
    attendance.check_in(store, ANNE, "c", 1)
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save("c", replace(work.one(Meeting, "c", 1), state=MeetingState.CLOSED))

    with refused("meeting-not-open"):
        attendance.check_out(store, ANNE, "c", 1)
    with refused("meeting-closed"):
        meetings.take_chair(store, OTHER, "c", 1, CHAIR.code)
    assert [one.person.code for one in room(store).present] == ["anne"]


def test_a_member_keeps_away_from_what_she_declared_and_from_what_she_leads(opened):
    rating.declare_conflict(opened, ANNE, "c", "P2", "Mon frère y travaille")

    away = {seat.person.code: set(seat.away) for seat in room(opened).seats}
    assert away == {"anne": {"P2"}, "bilal": set(), "cora": set(), "lise": {"P3"}}

    rating.withdraw_conflict(opened, ANNE, "c", "P2")
    assert room(opened).seats[0].away == frozenset()


def test_two_devices_of_a_member_and_the_chair_at_once_leave_one_attendance(opened):
    attendance.check_in(opened, ANNE, "c", 1)
    mark(opened, ANNE, is_present=False)
    attendance.check_in(opened, ANNE, "c", 1)

    with opened.reading() as work:
        assert len(work.every(Attendance, "c", meeting=1)) == 1
    assert [one.person.code for one in room(opened).present] == ["anne"]
