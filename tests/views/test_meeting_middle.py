"""The middle of a meeting: weights revealed, disagreements spoken of and rated again, scenarios."""

from datetime import date

import pytest
from benches import a_page, a_project, a_registry, finished, someone

from data.store import Act
from portfolio.evaluation import Ballot, Subject, Weight
from portfolio.meeting import Step
from portfolio.person import Person, Role
from services import meetings, rounds, weighting

CHAIR, MEMBER = someone(Role.FACILITATOR), someone(Role.MEMBER)
BRUNO = Person("bruno", "Bruno Roy", frozenset({Role.MEMBER}))


@pytest.fixture
def seated(house, jobs):
    """seated(registry, step): a house in which a meeting is open, at that step."""

    def sit(registry, step):
        store = house(registry)
        meetings.prepare(store, CHAIR, "c", date(2026, 12, 1), "base")
        meetings.begin(store, CHAIR, "c", 1)
        meetings.go(store, CHAIR, "c", 1, step)
        return store

    return sit


@pytest.fixture
def show(jobs):
    """The meeting as someone of that role sees it, once nothing more is looked for."""

    def look(store, who=Role.MEMBER, language="fr", wall=False):
        return finished(a_page("meeting", store, who, language, "c", jobs, wall), jobs)

    return look


def told(at):
    """Everything that is read on the page, tables included."""
    shown = [*at.title, *at.header, *at.subheader, *at.markdown, *at.caption, *at.warning]
    frames = [frame.value.to_string() for frame in [*at.dataframe, *at.table]]
    lines = "\n".join([*(one.value for one in shown), *frames])
    return lines.replace("\xa0", " ").replace("\\", "")


def has(at, key):
    return any(button.key == key for button in at.button)


# Weights


def cast(store, by, heavy):
    """A ballot that gives half of the weight to one branch."""
    found = weighting.view(store, by, "c")
    top = len(found.framework.children("")) - 1
    points = {c.key: 10.0 for c in found.framework.criteria} | {heavy: 10.0 * top}
    weights = tuple(Weight(key, value) for key, value in points.items())
    weighting.cast(store, by, "c", Ballot(by.code, weights, is_cast=False))


@pytest.fixture
def weighed(seated):
    """Two members have cast their ballots in an open round, at the screen of weights."""
    store = seated(a_registry(a_project("P1"), people=(BRUNO,)), Step.WEIGHTS)
    rounds.begin(store, CHAIR, "c", Subject.WEIGHTS)
    cast(store, MEMBER, "1")
    cast(store, BRUNO, "2")
    return store


@pytest.mark.parametrize("who", [Role.MEMBER, Role.FACILITATOR, Role.OBSERVER])
def test_before_the_reveal_everyone_sees_how_many_ballots_are_in_and_never_what(show, weighed, who):
    at = show(weighed, who)

    assert "2 bulletins déposés sur 2" in told(at)
    assert "50" not in told(at)
    assert ("Bruno" in told(at)) is (who is Role.FACILITATOR)
    assert has(at, "weighting_reveal") is (who is Role.FACILITATOR)


def test_the_chair_reveals_and_every_device_sees_the_spread_and_only_she_adopts(show, weighed):
    at = show(weighed, Role.FACILITATOR)
    at.button(key="weighting_reveal").click().run()
    at.button(key="weighting_reveal_yes").click().run()

    for who in (Role.FACILITATOR, Role.MEMBER):
        at = show(weighed, who)
        assert any("50 %" in h.value.replace("\xa0", " ") for h in at.header)
        assert "Bruno" in told(at)
        assert has(at, "weighting_adopt") is (who is Role.FACILITATOR)


def test_a_facilitator_who_does_not_hold_the_chair_leads_nothing(show, weighed):
    other = Person("other", "Autre animatrice", frozenset({Role.FACILITATOR}))
    with weighed.writing(Act("test", Role.ADMINISTRATOR, "test")) as work:
        work.save(None, other)
    meetings.take_chair(weighed, other, "c", 1)

    at = show(weighed, Role.FACILITATOR)

    assert "2 bulletins déposés sur 2" in told(at)
    assert not has(at, "weighting_reveal")
