"""The scenario that a meeting puts to its committee, and how far a revote has come."""

from dataclasses import replace
from datetime import date

import pytest
from benches import a_house, a_project, a_registry, someone

from data.store import Act
from portfolio.errors import Missing, Refusal
from portfolio.evaluation import Evaluation, Subject
from portfolio.meeting import Freeze, MeetingState
from portfolio.person import Person, Role
from portfolio.scenario import Scenario
from portfolio.words import Bilingual
from services import meetings, rating, rounds

CHAIR, MEMBER = someone(Role.FACILITATOR), someone(Role.MEMBER)
OTHER = Person("other", "Autre animatrice", frozenset({Role.FACILITATOR}))


@pytest.fixture
def store(migrated_file, tmp_path):
    """A meeting prepared on "base", where "rich" is kept too."""
    whole = a_registry(a_project("P1"), a_project("P2"), people=(OTHER,))
    scenarios = (*whole.scenarios, Scenario("rich", Bilingual("Riche")))
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        own = bring(replace(whole, scenarios=scenarios))
        meetings.prepare(own, CHAIR, "c", date(2026, 12, 1), "base")
        yield own


def kept(store, *nouns):
    with store.writing(Act("test", Role.ADMINISTRATOR, "test")) as work:
        for noun in nouns:
            work.save("c", noun)


def put_to(store):
    return meetings.room(store, MEMBER, "c", 1).meeting.scenario


def test_the_chair_puts_another_scenario_to_the_committee(store):
    meetings.put_scenario(store, CHAIR, "c", 1, "rich")

    assert put_to(store) == "rich"


def test_a_scenario_that_nobody_kept_is_missing(store):
    with pytest.raises(Missing):
        meetings.put_scenario(store, CHAIR, "c", 1, "unknown")


def test_only_who_holds_the_chair_puts_a_scenario(store):
    with pytest.raises(Refusal) as refused:
        meetings.put_scenario(store, OTHER, "c", 1, "rich")

    assert refused.value.code == "not-the-chair"
    assert put_to(store) == "base"


def test_nothing_is_put_to_a_meeting_that_is_closed(store):
    held = meetings.room(store, MEMBER, "c", 1).meeting
    kept(store, replace(held, state=MeetingState.CLOSED))

    with pytest.raises(Refusal) as refused:
        meetings.put_scenario(store, CHAIR, "c", 1, "rich")

    assert refused.value.code == "meeting-closed"


def test_a_frozen_scenario_stays_the_one_put_to_the_committee(store):
    kept(store, Freeze(1, 1, CHAIR.code, "2026-12-01T14:00:00+00:00", "0" * 64, "0" * 64))

    with pytest.raises(Refusal) as refused:
        meetings.put_scenario(store, CHAIR, "c", 1, "rich")

    assert refused.value.code == "inputs-frozen"
    assert put_to(store) == "base"


def test_the_turnout_counts_what_was_given_and_not_what_is_still_a_draft(store):
    assert rating.turnout(store, MEMBER, "c") is None
    rounds.begin(store, CHAIR, "c", Subject.SCORES, ("P1",))
    kept(
        store,
        Evaluation("P1", "1.1", MEMBER.code, 2, "Parce que"),
        Evaluation("P1", "1.2", MEMBER.code, 3, is_given=False),
    )

    found = rating.turnout(store, someone(Role.OBSERVER), "c")

    assert (found.members, found.done, found.asked, found.given) == (1, 0, 16, 1)
