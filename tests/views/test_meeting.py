"""« Séance »: what the chair, a member, another facilitator and an observer see and may do."""

from dataclasses import replace
from datetime import date

import pytest
from benches import a_page, a_project, a_registry, someone

from data.store import Act
from portfolio.charter import Charter, Undecided
from portfolio.meeting import MeetingState, Step
from portfolio.person import Person, Role
from services import attendance, meetings, notices, rating
from views.meeting import SCREENS, SHOWN
from views.parts import today

CHAIR, MEMBER = someone(Role.FACILITATOR), someone(Role.MEMBER)
OTHER = Person("denis", "Denis", frozenset({Role.FACILITATOR}))
ANNE = Person("anne", "Anne", frozenset({Role.MEMBER}))


@pytest.fixture
def store(house):
    """Two members, a quorum of two, three projects; no meeting yet."""
    opened = house(a_registry(*(a_project(code) for code in ("P1", "P2", "P3"))))
    with opened.writing(Act("test", "administrateur", "test")) as work:
        for person in (OTHER, ANNE):
            work.save(None, person)
        work.save("c", Charter(override="Aux deux tiers", quorum=2))
    return opened


@pytest.fixture
def opened(store):
    prepare(store)
    meetings.begin(store, CHAIR, "c", 1)
    return store


def prepare(store, on=date(2027, 6, 1)):
    return meetings.prepare(store, CHAIR, "c", on, "base", "Salle 3")


def go(store, step, by=CHAIR):
    meetings.go(store, by, "c", 1, step)


def close(store):
    with store.writing(Act("test", "animateur", "test")) as work:
        held = meetings.seen_in(work, CHAIR, "c", 1).meeting
        work.save("c", replace(held, state=MeetingState.CLOSED))


def keys(at):
    return {widget.key for widget in (*at.button, *at.toggle, *at.text_input, *at.selectbox)}


def press(at, key):
    at.button(key=key).click().run()
    assert not at.exception
    return at


def field(at, name):
    kinds = (*at.text_input, *at.date_input, *at.selectbox)
    return next(one for one in kinds if (one.key or "").endswith(name))


def words(read, at):
    assert not at.exception
    return read(at).replace("\u00a0", " ")


def test_without_a_meeting_only_a_facilitator_is_offered_to_prepare_one(show, store, read):
    assert "Aucune séance n'est préparée" in words(read, show("meeting", store))
    assert not show("meeting", store).text_input

    at = show("meeting", store, Role.FACILITATOR)
    field(at, "_place").input("Salle 3")
    next(b for b in at.button if b.label == "Préparer la séance").click().run()

    (held,) = meetings.meetings(store, MEMBER, "c")
    assert (held.on, held.place, held.facilitator) == (today(), "Salle 3", CHAIR.code)
    assert "est préparée pour le" in words(read, at)


def test_without_a_cycle_there_is_no_meeting(show, empty, read):
    assert "aucune séance" in words(read, show("meeting", empty))


def test_the_chair_moves_a_prepared_meeting_then_opens_it(show, store):
    prepare(store)
    at = show("meeting", store, Role.FACILITATOR)
    field(at, "_place").input("Par vidéo")
    next(b for b in at.button if b.label == "Enregistrer").click().run()
    press(at, "meeting_begin")
    press(at, "meeting_begin_yes")

    (held,) = meetings.meetings(store, MEMBER, "c")
    assert (held.place, held.state, held.step) == ("Par vidéo", MeetingState.OPEN, Step.ATTENDANCE)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("who", [Role.FACILITATOR, Role.MEMBER, Role.OBSERVER])
@pytest.mark.parametrize("step", [Step.CHARTER, Step.ATTENDANCE, Step.READING])
def test_each_screen_shows_to_each(show, opened, step, who, language):
    go(opened, step)

    assert not show("meeting", opened, who, language).exception


def test_the_charter_says_what_each_mishap_leads_to(show, store, read):
    with store.writing(Act("test", "administrateur", "test")) as work:
        kept = work.every(Charter, "c")[0]
        work.save("c", replace(kept, undecided=Undecided.HOLD))
    prepare(store)

    told = words(read, show("meeting", store, Role.OBSERVER))

    assert "Aux deux tiers" in told
    assert "reprend au retour du quorum, avec les voix déjà données" in told
    assert "La séance reste ouverte jusqu'à ce que chacun ait sa décision" in told


def chosen(at):
    return next(one for one in at.segmented_control if one.key.startswith(SHOWN))


def marks(at):
    return [button for button in at.button if (button.key or "").startswith("meeting_seat_")]


def test_the_chair_marks_members_one_by_one_and_all_at_once(show, opened, read):
    at = show("meeting", opened, Role.FACILITATOR)
    assert "sans quorum" in words(read, at)
    press(at, "meeting_seat_1_anne")
    assert "il manque 1 membre" in words(read, at)

    press(at, "meeting_all")

    assert "le quorum de 2 est atteint" in words(read, at)
    assert len(meetings.room(opened, CHAIR, "c", 1).present) == 2


def test_a_charter_without_a_quorum_is_said_to_set_none(show, opened, read):
    with opened.writing(Act("test", "animateur", "test")) as work:
        work.save("c", replace(work.one(Charter, "c"), quorum=None))
    attendance.mark(opened, CHAIR, "c", 1, ["anne"], is_present=True)

    at = show("meeting", opened, Role.FACILITATOR)

    assert "1 membre présent sur 2 ; la charte ne fixe aucun quorum" in words(read, at)


def test_a_member_says_herself_that_she_is_there_and_that_she_leaves(show, opened, read):
    at = show("meeting", opened)
    assert not marks(at)
    press(at, "meeting_come")
    assert [s.person.code for s in meetings.room(opened, CHAIR, "c", 1).present] == [MEMBER.code]

    press(at, "meeting_leave")
    assert meetings.room(opened, CHAIR, "c", 1).present == ()
    assert "départ" in words(read, at)


def test_a_device_that_returns_finds_the_meeting_where_it_is(show, opened, read):
    press(show("meeting", opened), "meeting_come")
    go(opened, Step.READING)

    at = show("meeting", opened)  # another session, as after a cut

    assert at.session_state[SHOWN] is Step.READING
    assert "1 membre présent sur 2" in words(read, at)


def test_a_member_declares_an_interest_in_the_room_and_takes_it_back(show, opened, read):
    at = show("meeting", opened)
    next(b for b in at.button if b.label == "Déclarer un intérêt").click().run()
    assert "une valeur est nécessaire" in words(read, at)
    field(at, "_project").select("P2")
    field(at, "_reason").input("Mon frère y travaille")
    next(b for b in at.button if b.label == "Déclarer un intérêt").click().run()

    assert "1 projet sur 3 a un membre qui s'en retire" in words(read, at)
    assert "une valeur est nécessaire" not in read(at)
    press(press(at, "meeting_withdraw_P2"), "meeting_withdraw_P2_yes")
    assert rating.sheet(opened, MEMBER, "c").conflicts == ()


def test_an_observer_reads_who_keeps_away_and_not_why(show, opened, read):
    rating.declare_conflict(opened, MEMBER, "c", "P2", "Mon frère y travaille")

    at = show("meeting", opened, Role.OBSERVER)

    assert MEMBER.name in words(read, at)
    assert "Mon frère" not in read(at)
    assert "Mon frère" in read(show("meeting", opened, Role.FACILITATOR))


def test_an_observer_is_offered_nothing_to_do(show, opened):
    for step in SCREENS:
        go(opened, step)
        at = show("meeting", opened, Role.OBSERVER)
        assert not at.exception
        assert not [key for key in keys(at) if key and key.startswith("meeting_")]


def test_devices_follow_the_chair_and_one_may_look_elsewhere_and_come_back(show, opened, read):
    at = show("meeting", opened)
    assert at.session_state[SHOWN] is Step.ATTENDANCE
    chosen(at).set_value(Step.CHARTER).run()
    assert "La présidence en est à l'étape « Présences »" in words(read, at)
    press(at, "meeting_join")
    assert at.session_state[SHOWN] is Step.ATTENDANCE

    chosen(at).set_value(Step.CHARTER).run()
    go(opened, Step.READING)
    at.run()
    assert at.session_state[SHOWN] is Step.READING
    assert meetings.room(opened, CHAIR, "c", 1).meeting.step is Step.READING


def test_the_chair_s_choice_of_a_step_is_every_one_s(show, opened):
    at = show("meeting", opened, Role.FACILITATOR)
    chosen(at).set_value(Step.READING).run()

    assert meetings.room(opened, CHAIR, "c", 1).meeting.step is Step.READING


def test_another_facilitator_sees_who_leads_and_takes_the_chair_after_a_question(
    show, opened, read
):
    first = show("meeting", opened, Role.FACILITATOR)
    at = show("meeting", opened, OTHER)
    assert f"Présidence : {CHAIR.name}" in words(read, at)
    assert not marks(at)

    press(press(at, "meeting_take_chair"), "meeting_take_chair_yes")

    assert "Vous tenez la présidence" in words(read, at)
    assert marks(at)
    press(first, "meeting_all")  # pressed on a page drawn before
    assert "La séance est menée par Denis" in words(read, first)
    assert meetings.room(opened, CHAIR, "c", 1).present == ()
    assert "Présidence : Denis" in words(read, first)


def test_members_are_convened_from_the_reading_after_a_question(show, opened, read):
    go(opened, Step.READING)
    at = show("meeting", opened, Role.FACILITATOR)
    assert "n'ont pas encore été convoqués" in words(read, at)
    press(press(at, "meeting_convene"), "meeting_convene_yes")

    assert "Les membres ont été convoqués le" in words(read, at)
    assert [n.kind for n in notices.mine(opened, ANNE)] == ["meeting"]


def test_a_closed_meeting_is_read_and_the_next_one_prepared(show, opened, read):
    attendance.check_in(opened, ANNE, "c", 1)
    close(opened)

    at = show("meeting", opened, Role.FACILITATOR)
    assert "est close" in words(read, at)
    assert not marks(at)
    field(at, "_place").input("Salle 4")
    next(b for b in at.button if b.label == "Préparer la séance").click().run()

    assert [one.place for one in meetings.meetings(opened, MEMBER, "c")] == ["Salle 3", "Salle 4"]
    at = show("meeting", opened, Role.MEMBER, meeting="1")
    assert "La séance 1 est close" in words(read, at)
    assert "La séance 2 est préparée" in words(read, show("meeting", opened, meeting="2"))


def test_a_wall_shows_the_chair_s_step_without_a_form(opened, jobs):
    at = a_page("meeting", opened, Role.MEMBER, "fr", "c", jobs, wall=True)

    assert keys(at) == set()
    assert not at.button_group


@pytest.mark.parametrize(("on", "said"), [
    (today(), "la séance du comité, aujourd'hui"), (date(2099, 6, 2), "Séance 1 le 2 juin 2099"),
])
def test_home_tells_the_committee_of_a_meeting_to_come_and_not_a_lead(show, store, read, on, said):
    prepare(store, on)

    assert said in words(read, show("home", store))
    assert "éance 1" not in words(read, show("home", store, Role.LEAD))


def test_home_leads_the_committee_to_the_meeting_under_way(show, opened, read):
    told = words(read, show("home", opened, Role.OBSERVER))

    assert "On attend de vous : la séance du comité, en cours" in told
    assert "La séance 1 est en cours" in told


def test_a_meeting_whose_day_is_over_is_told_no_more(show, store, read):
    prepare(store, date(2020, 6, 1))

    assert "éance 1" not in words(read, show("home", store))
