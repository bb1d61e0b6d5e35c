"""A cycle's calendar and rules: set before the data, and what may still change afterwards."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
from benches import a_project, a_registry

from data.store import Act, open_store
from portfolio.charter import Charter, Extension, Majority, Undecided
from portfolio.dossier import Submission
from portfolio.errors import Invalid, Missing, Refusal, Stale
from portfolio.person import Person, Role
from portfolio.project import Stage
from services import charters, notices

PEOPLE = {role: Person(f"test-{role}", f"Test {role}", frozenset({role})) for role in Role}
CHIEF, LEAD = PEOPLE[Role.ADMINISTRATOR], PEOPLE[Role.LEAD]
OTHER = Person("autre", "Autre responsable", frozenset({Role.LEAD}))
BEFORE, TODAY, END = date(2027, 2, 1), date(2027, 3, 1), date(2027, 3, 31)
LATER, RATED, DECIDED = date(2027, 4, 15), date(2027, 5, 1), date(2027, 6, 1)
RULES = Charter(override="Aux deux tiers", tie_break="La dette retirée", quorum=5)
CALENDAR = replace(RULES, opens=BEFORE, score_by=RATED, decide_by=DECIDED)


@pytest.fixture
def store(migrated_file, tmp_path):
    """A cycle with the lead's draft P1 and her P2, sent back."""
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    with opened.writing(Act("test", "administrateur", "test")) as work:
        for person in (*PEOPLE.values(), OTHER):
            work.save(None, person)
        draft = a_project("P1", lead=LEAD.code, stage=Stage.DRAFT)
        back = a_project("P2", lead=LEAD.code, stage=Stage.SENT_BACK)
        work.bring_in(a_registry(draft, back, a_project("P3")))
    yield opened
    opened.close()


def submit(store, project="P3", at="2027-02-20T15:00:00+00:00"):
    with store.writing(Act("test", "responsable", "test")) as work:
        work.save("c", Submission(project, 1, LEAD.code, at, "{}"))


def save(store, charter=CALENDAR, submit_by=END, today=TODAY, reason=""):
    return charters.save(store, CHIEF, "c", charter, submit_by, today, reason)


def standing(store, by=CHIEF, today=TODAY):
    return charters.standing(store, by, "c", today)


def refused(code, kind=Refusal):
    return pytest.raises(kind, match=f"^{code}")


def test_a_cycle_without_a_charter_has_the_default_one(store):
    found = standing(store)

    assert found.charter == Charter()
    assert found.since is None
    assert found.deadlines == ()


def test_the_calendar_is_told_in_order_with_the_days_left(store):
    save(store)

    told = [(one.name, one.on, one.left) for one in standing(store).deadlines]
    assert told == [
        ("opens", BEFORE, -28), ("submit_by", END, 30), ("score_by", RATED, 61),
        ("decide_by", DECIDED, 92),
    ]


@pytest.mark.parametrize(("role", "name"), [
    (Role.LEAD, "submit_by"), (Role.MEMBER, "score_by"), (Role.ARCHITECT, "submit_by"),
    (Role.FACILITATOR, "submit_by"),
])
def test_each_is_told_of_the_next_day_of_their_role(store, role, name):
    save(store)

    assert standing(store, PEOPLE[role]).due.name == name


def test_nothing_is_due_once_all_days_are_over(store):
    save(store)

    assert standing(store, LEAD, END.replace(month=4, day=1)).due is None


def test_days_out_of_order_are_refused_with_both_days(store):
    with refused("calendar-order", Invalid) as told:
        save(store, submit_by=RATED.replace(day=2))

    assert told.value.facts == {
        "field": "score_by", "found": RATED, "other": "submit_by", "low": RATED.replace(day=2)
    }


def test_weights_may_be_asked_for_before_the_call_ends(store):
    save(store, replace(CALENDAR, weigh_by=date(2027, 3, 10)))

    assert standing(store).charter.weigh_by == date(2027, 3, 10)


def test_weights_are_not_asked_for_after_ratings_end(store):
    with refused("calendar-order", Invalid):
        save(store, replace(CALENDAR, weigh_by=RATED.replace(day=2)))


def test_a_deadline_that_is_over_already_is_refused(store):
    with refused("deadline-past", Invalid) as told:
        save(store, submit_by=date(2027, 2, 28))

    assert (told.value.facts["found"], told.value.facts["low"]) == (date(2027, 2, 28), TODAY)
    assert standing(store).cycle.submit_by is None


def test_the_last_day_to_submit_is_the_cycle_s_own(store):
    save(store)

    assert standing(store).cycle.submit_by == END


def test_rules_may_change_until_the_seal(store):
    kept = save(store)

    assert save(store, replace(kept, quorum=7)).quorum == 7


@pytest.mark.parametrize("change", [
    {"override": "À la majorité"}, {"tie_break": "Le moins cher"}, {"quorum": None}, {"raters": 5},
    {"majority": Majority.TWO_THIRDS}, {"undecided": Undecided.HOLD}, {"is_secret": True},
    {"correction_days": 5},
])
def test_no_rule_changes_once_sealed(store, change):
    kept = charters.seal(store, CHIEF, "c", save(store), TODAY, TODAY)

    with refused("charter-stands") as told:
        save(store, replace(kept, **change))

    assert told.value.facts == {"field": next(iter(change)), "since": TODAY}
    assert standing(store).charter == kept


def test_no_rule_changes_once_a_proposal_was_submitted(store):
    kept = save(store)
    submit(store)

    assert (standing(store).since, standing(store).is_sealed) == (date(2027, 2, 20), False)
    with refused("charter-stands"):
        save(store, replace(kept, quorum=7))


def test_the_day_of_the_first_submission_is_the_city_s(store):
    submit(store, at="2027-02-21T03:00:00+00:00")

    assert standing(store).since == date(2027, 2, 20)


def test_an_imported_portfolio_leaves_the_rules_open(store):
    assert standing(store).since is None
    assert save(store, replace(CALENDAR, quorum=9)).quorum == 9


def test_the_call_s_words_may_still_be_mended_once_the_rules_stand(store):
    kept = charters.seal(store, CHIEF, "c", save(store), TODAY, TODAY)

    mended = replace(kept, call=replace(kept.call, fr="Proposez !"))
    assert save(store, mended).call.fr == "Proposez !"


def test_a_deadline_moves_later_with_a_reason_that_the_journal_keeps(store):
    kept = charters.seal(store, CHIEF, "c", save(store), TODAY, TODAY)
    with refused("reason-needed", Invalid):
        save(store, kept, LATER)

    save(store, kept, LATER, reason="Panne du réseau")

    assert standing(store).cycle.submit_by == LATER
    with store.reading() as work:
        assert [line.reason for line in work.history(Charter, "c")][-1] == "Panne du réseau"


@pytest.mark.parametrize("on", [date(2027, 3, 15), None])
def test_a_deadline_does_not_move_sooner_once_the_rules_stand(store, on):
    kept = charters.seal(store, CHIEF, "c", save(store), TODAY, TODAY)

    with refused("deadline-sooner", Invalid):
        save(store, kept, on, reason="Hâte")
    assert standing(store).cycle.submit_by == END


def test_a_deadline_is_never_moved_to_a_day_that_is_over(store):
    kept = charters.seal(store, CHIEF, "c", save(store), TODAY, TODAY)

    with refused("deadline-past", Invalid):
        save(store, kept, date(2027, 4, 5), date(2027, 4, 10), "Oubli")


def test_a_call_that_is_open_stays_open(store):
    kept = charters.seal(store, CHIEF, "c", save(store), TODAY, TODAY)

    with refused("call-is-open", Invalid):
        save(store, replace(kept, opens=END), reason="Recul")


def test_two_administrators_saving_at_once_lose_nothing(store):
    read = save(store)
    save(store, replace(read, quorum=7))

    with pytest.raises(Stale) as told:
        save(store, replace(read, raters=5), LATER)

    assert told.value.facts["theirs"].quorum == 7
    assert told.value.facts["yours"].raters == 5
    assert standing(store).cycle.submit_by == END


def test_a_seal_waits_for_its_day(store):
    kept = charters.seal(store, CHIEF, "c", save(store), END, TODAY)

    assert standing(store).since is None
    assert save(store, replace(kept, quorum=7)).sealed_on == END
    assert standing(store, today=END).since == END


@pytest.mark.parametrize("rule", ["override", "tie_break"])
def test_rules_that_are_not_written_are_not_sealed(store, rule):
    kept = save(store, replace(CALENDAR, **{rule: " "}))

    with refused("empty", Invalid):
        charters.seal(store, CHIEF, "c", kept, TODAY, TODAY)


def test_a_seal_is_put_once_and_never_in_the_past(store):
    kept = save(store)
    with refused("deadline-past", Invalid):
        charters.seal(store, CHIEF, "c", kept, BEFORE, TODAY)
    sealed = charters.seal(store, CHIEF, "c", kept, TODAY, TODAY)

    assert sealed.sealed_by == CHIEF.code
    with refused("already-sealed"):
        charters.seal(store, CHIEF, "c", sealed, END, TODAY)


def test_a_charter_changed_since_is_not_sealed_unread(store):
    read = save(store)
    save(store, replace(read, quorum=7))

    with pytest.raises(Stale):
        charters.seal(store, CHIEF, "c", read, TODAY, TODAY)


@pytest.mark.parametrize(("today", "expected"), [
    (date(2027, 1, 31), charters.Window(False, "not-yet", BEFORE)),
    (BEFORE, charters.Window(True, "open", END)),
    (END, charters.Window(True, "open", END)),
    (date(2027, 4, 1), charters.Window(False, "over", END)),
])
def test_a_call_is_open_from_its_first_day_to_its_last(store, today, expected):
    save(store)

    assert charters.time_for(store, LEAD, "c", "P1", today) == expected


def test_a_call_without_days_is_open(store):
    assert charters.time_for(store, LEAD, "c", "P1", TODAY) == charters.Window(True, "open")


def test_a_proposal_sent_back_may_come_again_until_ratings_end(store):
    save(store)

    after = date(2027, 4, 20)
    found = charters.time_for(store, LEAD, "c", "P2", after)
    assert found == charters.Window(True, "returned", RATED)
    assert not charters.time_for(store, LEAD, "c", "P2", RATED.replace(day=2)).is_open


def test_what_is_closed_is_refused_with_its_day(store):
    save(store)
    with store.reading() as work:
        draft = work.project("c", "P1")
        charters.refuse_closed(work, "c", draft, END)
        with refused("call-closed") as late:
            charters.refuse_closed(work, "c", draft, LATER)
        with refused("call-not-open") as early:
            charters.refuse_closed(work, "c", draft, date(2027, 1, 1))

    assert (late.value.facts, early.value.facts) == ({"found": END}, {"found": BEFORE})


def extension(until=LATER, project="P1"):
    return Extension(project, until, "Congé", "whoever")


def test_an_extension_is_for_one_proposal_and_shown_to_its_lead(store):
    save(store)

    given = charters.extend(store, CHIEF, "c", extension(), TODAY)

    assert given.by == CHIEF.code
    after = charters.time_for(store, LEAD, "c", "P1", LATER)
    assert after == charters.Window(True, "extended", LATER)
    assert not charters.time_for(store, LEAD, "c", "P1", date(2027, 4, 16)).is_open
    assert standing(store, LEAD).extensions == (given,)
    assert standing(store, PEOPLE[Role.FACILITATOR]).extensions == (given,)
    assert standing(store, OTHER).extensions == ()
    assert standing(store, PEOPLE[Role.MEMBER]).extensions == ()


def test_the_lead_is_told_of_her_extension_and_the_journal_keeps_its_reason(store):
    save(store)
    charters.extend(store, CHIEF, "c", extension(), TODAY)

    with store.reading() as work:
        (line,) = work.history(Extension, "c", "P1")
    assert (line.reason, line.actor) == ("Congé", CHIEF.code)
    (told,) = notices.mine(store, LEAD)
    assert (told.kind, told.about, told.facts["until"]) == ("extension", "P1", LATER.isoformat())


@pytest.mark.parametrize(("given", "code"), [
    (extension(END), "extension-too-short"),
    (extension(BEFORE), "deadline-past"),
    (extension(RATED.replace(day=2)), "calendar-order"),
    (extension(project="P3"), "not-a-draft"),
    (extension(project="P9"), "no-such-project"),
])
def test_an_extension_that_gives_nothing_is_refused(store, given, code):
    save(store)

    with refused(code):
        charters.extend(store, CHIEF, "c", given, TODAY)
    assert standing(store).extensions == ()


def test_a_call_without_an_end_needs_no_extension(store):
    with refused("no-deadline"):
        charters.extend(store, CHIEF, "c", extension(), TODAY)


def test_the_time_of_another_s_draft_is_not_told(store):
    with pytest.raises(Missing):
        charters.time_for(store, OTHER, "c", "P1", TODAY)
