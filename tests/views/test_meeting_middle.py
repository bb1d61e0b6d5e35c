"""The middle of a meeting: weights revealed, disagreements spoken of and rated again, scenarios."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from benches import a_page, a_project, a_registry, finished, someone

from data.store import Act
from portfolio.evaluation import Ballot, Conflict, Evaluation, Subject, Weight
from portfolio.meeting import Meeting, Step
from portfolio.person import Person, Role
from portfolio.rules import Force
from portfolio.scenario import Scenario
from portfolio.words import Bilingual
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
    meetings.take_chair(weighed, other, "c", 1, CHAIR.code)

    at = show(weighed, Role.FACILITATOR)

    assert "2 bulletins déposés sur 2" in told(at)
    assert not has(at, "weighting_reveal")


# Disagreements


def said(project, *levels, number=1, why="Parce que"):
    return tuple(
        Evaluation(project, "1.1", who.code, level, f"{why} {level}", "Étude", round=number)
        for who, level in zip((MEMBER, BRUNO), levels, strict=False)
    )


@pytest.fixture
def divided(seated):
    """Room for one of two: A (15 ± 11.25 points) leads B (3.75); Bruno has an interest in B."""
    projects = tuple(replace(a_project(code), given_value=None) for code in "AB")
    conflict = Conflict(BRUNO.code, "B", "Parenté")
    ratings = (*said("A", 1, 3), *said("B", 1, 1))
    return seated(
        a_registry(
            *projects, limits=(10,), people=(BRUNO,), evaluations=ratings, conflicts=(conflict,)
        ),
        Step.AGENDA,
    )


def test_the_list_begins_with_what_may_change_the_result(show, divided):
    at = show(divided)

    assert "1 peut changer le résultat : A" in told(at)
    assert "À discuter d'abord : A, dont le désaccord" in told(at)
    assert not has(at, "meeting_agenda_speak")
    assert "Parce que" not in told(at)


def test_the_chair_picks_a_project_and_every_device_shows_it_with_its_time(show, divided):
    at = show(divided, Role.FACILITATOR)
    at.number_input(key="meeting_agenda_for").set_value(3)
    at.button(key="meeting_agenda_speak").click().run()

    at = show(divided)
    assert any(h.value == "A · Projet A" for h in at.header)
    (clock,) = at.metric
    assert clock.label == "Temps restant"
    assert clock.value in ("3:00", "2:59", "2:58", "2:57")
    assert "change les projets retenus : 15,9 %" in told(at)
    assert "sous 3,8 (11,3 de moins), entre : B ; sort : A" in told(at)
    assert "**3** · Bruno Roy : Parce que 3" in told(at)
    assert not at.warning


def test_an_observer_sees_the_spread_and_nobody_s_sentence(show, divided):
    meetings.go(divided, CHAIR, "c", 1, Step.AGENDA, "A")

    at = show(divided, Role.OBSERVER)

    assert "de 1 à 3" in told(at)
    assert "Parce que" not in told(at)
    assert "Bruno" not in told(at)
    assert not at.metric


def test_who_declared_an_interest_is_told_to_keep_silent(show, divided, jobs):
    meetings.go(divided, CHAIR, "c", 1, Step.AGENDA, "B", 5)

    own = a_page("meeting", divided, BRUNO, "fr", "c", jobs)

    assert "gardez le silence" in own.warning[0].value
    assert "Garde le silence sur ce projet : Bruno Roy." in told(show(divided))


def test_a_revote_is_blind_until_the_chair_reveals_it(show, divided, jobs):
    meetings.go(divided, CHAIR, "c", 1, Step.AGENDA, "A")
    at = show(divided, Role.FACILITATOR)
    assert at.multiselect[0].value == ["A"]
    at.button(key="agreement_begin").click().run()
    at.button(key="agreement_begin_yes").click().run()
    with divided.writing(Act("test", Role.ADMINISTRATOR, "test")) as work:
        for one in said("A", 0, 0, number=2, why="SECRET"):
            work.save("c", one)

    for who in (MEMBER, BRUNO, CHAIR):
        at = a_page("meeting", divided, who, "fr", "c", jobs)
        assert "(2 cotes sur 32)" in told(at)
        assert "SECRET" not in told(at)
        assert has(at, "rating_reveal") is (who is CHAIR)
    at.button(key="rating_reveal").click().run()
    at.button(key="rating_reveal_yes").click().run()

    at = show(divided)
    assert "SECRET 0" in told(at)
    assert "Sur A, tout le monde dit la même chose" in told(at)


def test_a_time_that_is_over_says_by_how_much(show, divided):
    with divided.writing(Act("test", Role.ADMINISTRATOR, "test")) as work:
        held = work.one(Meeting, "c", 1)
        ended = (datetime.now(UTC) - timedelta(minutes=2)).isoformat(timespec="seconds")
        work.save("c", replace(held, about="A", timer_ends=ended))

    (clock,) = show(divided, language="en").metric

    assert clock.label == "Over time by"
    assert clock.value.startswith("2:0")


# Scenarios


@pytest.fixture
def choosing(seated):
    """Room for A (9) or B (3): "base" imposes B, "free" nothing, "rich" has room for both."""
    base = Scenario("base", Bilingual("Base"), (Force("B", True, "Promis au maire"),))
    free = Scenario("free", Bilingual("Sans choix imposé"))
    rich = Scenario("rich", Bilingual("Double budget"), levers={"PDI": 2.0})
    registry = a_registry(a_project("A", 9), a_project("B", 3), limits=(10,))
    return seated(replace(registry, scenarios=(base, free, rich)), Step.SCENARIOS)


def compared(at):
    """The table of scenarios, as it is read."""
    frame = at.table[-1].value.rename(columns=lambda head: head.replace("\\", ""))
    return frame.map(lambda cell: cell.replace("\xa0", " ").replace("\\", ""))


def test_what_was_imposed_is_priced_against_the_optimum(show, choosing):
    at = show(choosing)

    figures = {m.label.replace("\xa0", " "): m.value.replace("\xa0", " ") for m in at.metric}
    assert figures == {
        "Proposés : 2": "20 k$", "D'office : 1": "10 k$",
        "Retenus : 1": "10 k$", "Argent disponible": "10 k$",
    }  # fmt: skip
    assert "coûte 6 points ; chasse A." in told(at)
    assert "Raison : Promis au maire" in told(at)


def test_kept_scenarios_stand_side_by_side_with_who_enters_and_leaves(show, choosing):
    rows = compared(show(choosing)).to_dict("records")

    assert [row["Scénario"].split(" (")[0] for row in rows] == [
        "▶ Base", "Sans choix imposé", "Double budget",
    ]  # fmt: skip
    assert [row["Valeur (points)"] for row in rows] == ["3", "9 (+6)", "12 (+9)"]
    assert [(row["Entrent"], row["Sortent"]) for row in rows] == [("", ""), ("A", "B"), ("A", "")]
    assert rows[2]["Coût"] == "20 k$ (+10 k$)"


def test_only_the_chair_puts_another_scenario_and_every_screen_follows(show, choosing):
    assert not has(show(choosing), "meeting_scenarios_choose")
    at = show(choosing, Role.FACILITATOR)
    at.selectbox(key="meeting_scenarios_put").set_value("rich").run()
    at.button(key="meeting_scenarios_choose").click().run()
    at.button(key="meeting_scenarios_choose_yes").click().run()

    at = show(choosing, language="en")

    assert "Proposed against optimised: “Double budget”" in told(at)
    assert "No choice is imposed" in told(at)
    assert compared(at)["Scenario"][0] == "▶ Double budget (put to the committee)"
