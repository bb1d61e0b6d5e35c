"""The vote on each person's screen: the chair puts and closes, members vote, all follow."""

import shutil
from contextlib import closing
from dataclasses import replace

import pytest
from benches import a_page
from sitting import (
    ABSTAIN,
    ACT,
    AGAINST,
    CHAIR,
    FOR,
    kept,
    move,
    put,
    settle,
    sit,
    vote,
    votes,
)

from data.store import open_store
from portfolio.meeting import MeetingState, MotionState, Step
from portfolio.person import Person, Role
from services import meetings, motions, rating
from services.motions import Asked

OBSERVER = Person("obs", "Observatrice", frozenset({Role.OBSERVER}))


@pytest.fixture
def store(migrated_file, tmp_path):
    with closing(open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")) as own:
        yield own


@pytest.fixture
def members(store):
    """Five in the room, whose meeting has come to the vote."""
    found = sit(store)
    with store.writing(ACT) as work:
        work.save(None, OBSERVER)
    meetings.go(store, CHAIR, "c", 1, Step.VOTE)
    return found


@pytest.fixture
def look(store, jobs, read):
    """look(person): the page, and ``look.words``: all that is read on it."""

    def shown(who, language="fr", wall=False):
        return a_page("meeting", store, who, language, "c", jobs, wall)

    shown.words = lambda who, **more: said(shown(who, **more), read)
    return shown


def said(at, read):
    return read(at).replace("\xa0", " ").replace("\\", "")


def buttons(at, start="meeting_vote_"):
    return [one.key for one in at.button if (one.key or "").startswith(start)]


def choices(at):
    return buttons(at, "meeting_vote_choice_")


def press(at, key):
    at.button(key=key).click().run()
    assert not at.exception


def motion(store, number=1):
    return meetings.room(store, CHAIR, "c", 1).motions[number - 1]


def test_the_chair_puts_a_project_to_the_vote_in_her_words(store, members, look):
    at = look(CHAIR)
    at.selectbox(key="meeting_vote_project_P1").select("P2").run()
    at.segmented_control(key="meeting_vote_verb_P2").set_value("reporte").run()
    words = at.text_input(key="meeting_vote_words_P2_reporte")
    assert words.value == "Reporter P2 · Projet P2"
    words.set_value("Reporter P2 à l'automne").run()
    at.toggle(key="meeting_vote_secret").set_value(True).run()
    press(at, "meeting_vote_put")

    found = motion(store)
    assert (found.text, found.project, found.verb) == ("Reporter P2 à l'automne", "P2", "reporte")
    assert found.is_secret
    assert "Reporter P2 à l'automne" in [one.value for one in at.header]


def test_nothing_is_offered_to_put_before_the_freeze(store, look, read):
    sit(store, is_frozen=False)
    meetings.go(store, CHAIR, "c", 1, Step.VOTE)

    at = look(CHAIR)

    assert "Gelez d'abord les données" in said(at, read)
    assert buttons(at) == []


def test_a_member_votes_sees_her_vote_and_changes_it(store, members, look, read):
    put(store)
    at = look(members[1])
    assert choices(at) == [f"meeting_vote_choice_1_{one}" for one in (FOR, AGAINST, ABSTAIN)]

    press(at, "meeting_vote_choice_1_pour")
    assert "Votre vote : Pour" in said(at, read)
    press(at, "meeting_vote_choice_1_contre")

    assert "Votre vote : Contre" in said(at, read)
    assert votes(store)["m2"].choice is AGAINST


def test_a_secret_vote_is_asked_about_once_more_then_never_offered_again(
    store, members, look, read
):
    put(store, is_secret=True)
    at = look(members[1])

    press(at, "meeting_vote_choice_1_pour")
    assert votes(store) == {}
    press(at, "meeting_vote_choice_1_pour_yes")

    assert votes(store)["m2"].choice is None
    assert "rien ne garde trace de votre choix" in said(at, read)
    assert choices(at) == []


def test_who_keeps_away_from_the_project_is_told_why_and_offered_no_button(
    store, members, look, read
):
    rating.declare_conflict(store, members[1], "c", "P1", "Parenté")
    put(store)

    at = look(members[1])

    assert "Vous ne votez pas sur ce projet" in said(at, read)
    assert choices(at) == []
    assert "par conflit d'intérêts : Membre 2" in look.words(CHAIR)


def test_who_is_not_in_the_room_is_told_to_come_in(store, members, look, read):
    put(store)
    move(store, members[4], False)

    at = look(members[4])

    assert "Vous n'êtes pas inscrite ou inscrit comme présent" in said(at, read)
    assert choices(at) == []


@pytest.mark.parametrize("who", [OBSERVER, CHAIR], ids=["observer", "chair"])
def test_progress_is_seen_live_and_how_members_voted_is_not(store, members, look, who):
    put(store)
    vote(store, members[0], AGAINST)
    vote(store, members[1], FOR)

    told = look.words(who)

    assert "3 membres sont attendus : Membre 3, Membre 4 et Membre 5" in told
    assert not any(word in told for word in ("Pour", "Contre"))
    assert choices(look(who)) == []


def test_the_chair_closes_the_vote_and_all_read_the_result(store, members, look):
    put(store)
    for member, choice in zip(members, (FOR, FOR, AGAINST, ABSTAIN), strict=False):
        vote(store, member, choice)
    at = look(CHAIR)

    press(at, "meeting_vote_settle_1")
    press(at, "meeting_vote_settle_1_yes")

    assert motion(store).state is MotionState.CARRIED
    for who in (CHAIR, members[2], OBSERVER):
        told = look.words(who)
        assert "Adopté : 2 pour et 1 contre, avec 1 abstention ; 5 membres pouvaient voter" in told
        assert "✕ Contre" in told
        assert "Membre 3" in told
    assert buttons(look(OBSERVER)) == []


def test_a_secret_result_names_nobody(store, members, look):
    put(store, is_secret=True)
    for member, choice in zip(members, (FOR, FOR, AGAINST), strict=False):
        vote(store, member, choice)
    settle(store)

    told = look.words(OBSERVER)

    assert "Adopté : 2 pour et 1 contre" in told
    assert "Membre" not in told.replace("membre", "")


def test_the_chair_annuls_a_vote_with_her_reason(store, members, look, read):
    put(store)
    at = look(CHAIR)
    press(at, "meeting_vote_annul")
    assert motion(store).is_open
    at.text_input(key="meeting_vote_note").set_value("Question mal posée").run()
    press(at, "meeting_vote_annul")

    assert motion(store).state is MotionState.ANNULLED
    assert "Annulé sans compte des voix : Question mal posée" in said(at, read)


def test_a_lost_quorum_is_said_with_who_is_missing_and_nobody_can_vote_until_it_is_back(
    store, members, look, read
):
    put(store)
    for member in members[2:]:
        move(store, member, False)

    at = look(members[0])
    assert "Ne sont pas là : Membre 3, Membre 4 et Membre 5" in said(at, read)
    assert all(at.button(key=key).disabled for key in choices(at))
    assert not any("settle" in key for key in buttons(look(CHAIR)))

    move(store, members[2], True)
    assert not any(one.disabled for one in look(members[0]).button if one.key in choices(at))


def test_the_wall_shows_the_vote_and_offers_nothing(store, members, look, read):
    put(store)
    vote(store, members[0], FOR)
    at = look(CHAIR, wall=True)
    assert "4 membres sont attendus" in said(at, read)
    assert buttons(at) == []

    settle(store)
    at = look(CHAIR, wall=True)
    assert "Adopté" in said(at, read)
    assert "Membre 1" in said(at, read)
    assert buttons(at) == []


def test_past_votes_are_listed_and_how_each_voted_may_be_looked_at(store, members, look, read):
    for number, project in ((1, "P1"), (2, "P2"), (3, "")):
        put(store, project)
        vote(store, members[1], AGAINST if number == 1 else FOR, number)
        if number < 3:
            settle(store, number)

    at = look(members[2])

    told = said(at, read)
    assert "Retenir tout" in [one.value for one in at.header]
    assert "Rejeté : 0 pour et 1 contre" in told
    assert "Adopté : 1 pour et 0 contre" in told
    at.selectbox(key="meeting_results_seen").select(1).run()
    assert "✕ Contre" in said(at, read)


def test_a_closed_meeting_shows_its_votes_and_offers_nothing(store, members, look, read):
    motions.put(store, CHAIR, "c", 1, Asked("Tout retenir"))
    vote(store, members[0], FOR)
    settle(store)
    meeting = meetings.room(store, CHAIR, "c", 1).meeting
    kept(store, replace(meeting, state=MeetingState.CLOSED))

    at = look(CHAIR)

    assert "Adopté" in said(at, read)
    assert buttons(at) == []


def test_all_of_it_is_said_in_english_too(store, members, look):
    put(store)
    assert "Your vote is awaited" in look.words(members[0], language="en")
    vote(store, members[0], FOR)
    settle(store)
    assert "Carried: 1 for and 0 against" in look.words(CHAIR, language="en")
