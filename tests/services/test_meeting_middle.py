"""The scenario that a meeting puts to its committee, and how far a revote has come."""

from dataclasses import replace
from datetime import date

import pytest
from benches import a_house, a_project, a_registry, someone

from data.store import Act
from portfolio.errors import Invalid, Missing, Refusal
from portfolio.evaluation import Ballot, Evaluation, Subject
from portfolio.meeting import MeetingState, Motion
from portfolio.person import Person, Role
from portfolio.scenario import Scenario
from portfolio.words import Bilingual
from services import freezing, meetings, rating, rounds, tabled, weighting

AT = "2026-12-01T14:00:00+00:00"
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
    tabled.put_scenario(store, CHAIR, "c", 1, "rich")

    assert put_to(store) == "rich"


def test_a_scenario_that_nobody_kept_is_missing(store):
    with pytest.raises(Missing):
        tabled.put_scenario(store, CHAIR, "c", 1, "unknown")


def test_only_who_holds_the_chair_puts_a_scenario(store):
    with pytest.raises(Refusal) as refused:
        tabled.put_scenario(store, OTHER, "c", 1, "rich")

    assert refused.value.code == "not-the-chair"
    assert put_to(store) == "base"


def test_nothing_is_put_to_a_meeting_that_is_closed(store):
    held = meetings.room(store, MEMBER, "c", 1).meeting
    kept(store, replace(held, state=MeetingState.CLOSED))

    with pytest.raises(Refusal) as refused:
        tabled.put_scenario(store, CHAIR, "c", 1, "rich")

    assert refused.value.code == "meeting-closed"


def test_what_was_frozen_is_frozen_anew_with_another_scenario_and_a_reason(store):
    first = freezing.freeze(store, CHAIR, "c", 1)
    with pytest.raises(Invalid):
        tabled.put_scenario(store, CHAIR, "c", 1, "rich")
    assert put_to(store) == "base"

    tabled.put_scenario(store, CHAIR, "c", 1, "rich", "On a trouvé l'argent")

    freeze = meetings.room(store, MEMBER, "c", 1).freeze
    assert (freeze.number, freeze.reason) == (2, "On a trouvé l'argent")
    assert freeze.sha256 != first.sha256
    assert tabled.question(store, MEMBER, "c", 1).asked.scenario.code == "rich"


def test_no_scenario_is_put_while_a_vote_is_under_way(store):
    kept(store, Motion(1, 1, "Retenir le portefeuille", CHAIR.code, AT))

    with pytest.raises(Refusal) as refused:
        tabled.put_scenario(store, CHAIR, "c", 1, "rich")

    assert refused.value.code == "vote-under-way"
    assert put_to(store) == "base"


def test_the_committee_decides_on_what_was_frozen_and_not_on_what_was_edited_since(store):
    assert tabled.question(store, MEMBER, "c", 1) is None
    freezing.freeze(store, CHAIR, "c", 1)
    assert tabled.question(store, MEMBER, "c", 1).answered is None
    freezing.solve(store, CHAIR, "c", 1)
    with store.writing(Act("test", Role.ADMINISTRATOR, "test")) as work:
        work.save("c", replace(work.project("c", "P1"), given_value=90.0))

    found = tabled.question(store, MEMBER, "c", 1)

    assert found.answered.view.totals.value == pytest.approx(6.0)
    assert set(found.answered.found.starts) == {"P1", "P2"}


@pytest.mark.parametrize(
    "act",
    [
        lambda store, by: rounds.begin(store, by, "c", Subject.SCORES),
        lambda store, by: rounds.reveal(store, by, "c", Subject.WEIGHTS),
        lambda store, by: weighting.adopt(
            store, by, "c", weighting.Choice(weighting.Kind.OWN, "Accord")
        ),
    ],
)
def test_while_a_meeting_is_open_only_its_chair_asks_reveals_and_adopts(store, act):
    rounds.begin(store, OTHER, "c", Subject.WEIGHTS)
    kept(store, Ballot(MEMBER.code, ()))
    meetings.begin(store, CHAIR, "c", 1)

    with pytest.raises(Refusal) as refused:
        act(store, OTHER)

    assert refused.value.code == "not-the-chair"


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
