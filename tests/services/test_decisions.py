"""What a meeting decides: overrides priced, the plan adopted, projects one by one, the close."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from a_meeting import CYCLE, FOUR, LEAD, NUMBER, an_open_meeting
from seated import ACT, FACILITATOR

from data import store_notices
from data.store import open_store
from portfolio import standing_debts
from portfolio.charter import Charter, Undecided
from portfolio.debt import DebtItem
from portfolio.decision import Correction, Decision, Verb
from portfolio.dossier import Intake
from portfolio.errors import Forbidden, Invalid, Refusal
from portfolio.evaluation import Conflict
from portfolio.meeting import Attendance, Motion, MotionState, Override, Record
from portfolio.notice import NoticeKind
from portfolio.plan import NoPlan
from portfolio.project import DebtEffect, Project, Stage
from portfolio.promise import Promise
from portfolio.system import System
from services import (
    closing,
    corrections,
    decisions,
    freezing,
    overrides,
    proceedings,
    put,
    timeline,
    why_not,
)
from services.corrections import Answer
from services.decisions import Adoption, Ruling
from services.jobs import Jobs

M1, M3 = FOUR[0], FOUR[2]
TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def jobs():
    """What is solved once is known to every test: the questions are the same."""
    held = Jobs()
    yield held
    held.close()


@pytest.fixture(scope="module")
def met(migrated_file, tmp_path_factory):
    """A house whose first meeting is open, everyone in the room, its inputs frozen."""
    path = tmp_path_factory.mktemp("decided") / "met.db"
    path.write_bytes(migrated_file.read_bytes())
    store = open_store(f"sqlite:///{path}")
    an_open_meeting(store)
    with store.writing(ACT) as work:
        for member in FOUR:
            if not work.every(Attendance, CYCLE, meeting=NUMBER, person=member.code):
                work.save(CYCLE, Attendance(NUMBER, member.code, True, "2026-12-01T14:00:00+00:00"))
    store.close()
    return path


@pytest.fixture
def house(met, tmp_path):
    path = tmp_path / "own.db"
    path.write_bytes(met.read_bytes())
    store = open_store(f"sqlite:///{path}")
    yield store
    store.close()


def keep(store, *nouns):
    with store.writing(ACT) as work:
        return [work.save(CYCLE, noun) for noun in nouns][-1]


def kept(store, kind, *key):
    with store.reading() as work:
        return work.one(kind, CYCLE, *key)


def every(store, kind, **only):
    with store.reading() as work:
        return work.every(kind, CYCLE, **only)


def put_now(store):
    with store.reading() as work:
        return put.put(work, CYCLE, NUMBER)


def known(jobs, ask):
    """What is worked out beside the page, once it is known."""
    while (found := ask()) is None:
        for name in jobs.names:
            jobs.get(name).future.exception()
    return found


def plan_of(jobs, question):
    return known(jobs, lambda: put.best(jobs, question).result)


def carried(store, project="", verb=None):
    number = len(every(store, Motion, meeting=NUMBER)) + 1
    keep(store, Motion(
        NUMBER, number, "Que ce soit fait", FACILITATOR.code, "2099-01-01T00:00:00+00:00",
        project, verb, state=MotionState.CARRIED, present=4, fors=4, againsts=0, abstentions=0,
    ))  # fmt: skip
    return number


def signed(store, jobs, project, is_in, by=FACILITATOR, **more):
    asked = Override(NUMBER, project, is_in, "Engagement pris", by.code, **more)
    made = overrides.draft(store, by, CYCLE, asked)
    before = put_now(store).bound
    known(jobs, lambda: put.price(jobs, before, made))
    return overrides.sign(store, by, jobs, CYCLE, made)


def adopted(store, jobs, left_out=Verb.DEFERRED):
    carried(store)
    asked = put_now(store)
    plan_of(jobs, asked.question)
    reasons = {f"P{n}": f"Raison de P{n}" for n in range(1, 9)}
    return decisions.adopt(
        store, FACILITATOR, jobs, CYCLE, NUMBER, Adoption(left_out, reasons)
    )


def ruled(store, jobs, project, verb, reason="Le comité en a jugé ainsi", is_signed=True, **more):
    ruling = Ruling(
        project, verb, reason, carried(store, project, verb), is_signed=is_signed, **more
    )
    plan_of(jobs, put_now(store).question)
    weighed = decisions.weigh(store, FACILITATOR, jobs, CYCLE, NUMBER, ruling)
    if weighed.differs:
        known(jobs, lambda: decisions.weigh(
            store, FACILITATOR, jobs, CYCLE, NUMBER, ruling).found)
    return decisions.decide(store, FACILITATOR, jobs, CYCLE, NUMBER, ruling)


def closed(store, jobs):
    asked = put_now(store)
    plan_of(jobs, asked.question)
    known(jobs, lambda: why_not.figures(jobs, asked.question).job is None or None)
    return closing.close(store, FACILITATOR, jobs, CYCLE, NUMBER, "Rien n'a été décidé", TODAY)


def recorded(store):
    with store.reading() as work:
        return proceedings.kept(work, CYCLE, NUMBER)


def told(store, person):
    with store.reading() as work:
        return [notice.kind for notice in store_notices.of_person(work, person.code, 100)]


def test_an_override_costs_what_the_best_plan_loses_by_it_and_the_next_is_priced_on_top(
    house, jobs
):
    first = plan_of(jobs, put_now(house).frozen)
    out = next(code for code in ("P7", "P5", "P6", "P4") if code not in first.starts)
    best = max((c for c in first.starts if c != "P8"), key=lambda c: len(c))

    one = signed(house, jobs, out, True)
    after = plan_of(jobs, put_now(house).question)
    two = signed(house, jobs, best, False)
    last = plan_of(jobs, put_now(house).question)

    assert one.price == pytest.approx(first.proof.objective - after.proof.objective)
    assert one.price > 0
    assert out in one.enters
    assert two.price == pytest.approx(after.proof.objective - last.proof.objective)
    table = overrides.table(house, FACILITATOR, jobs, CYCLE, NUMBER)
    assert table.total == pytest.approx(first.proof.objective - last.proof.objective)
    assert [override.project for override in table.bind] == [out, best]
    assert one.freeze == 1


def test_an_override_that_no_plan_can_keep_is_refused_with_the_rules_it_breaks(house, jobs):
    with pytest.raises(Refusal, match="override-infeasible") as refused:
        signed(house, jobs, "P8", False)

    labels = {label[0] for label in refused.value.facts["rules"]}
    assert labels == {"force-out", "mandatory"}
    assert not kept(house, Override, NUMBER, "P8").is_signed


def test_an_override_names_a_variant_and_a_start_that_the_project_has(house):
    def asking(**more):
        return Override(NUMBER, "P1", True, "Parce que", "x", **more)

    with pytest.raises(Invalid, match="unknown-code"):
        overrides.draft(house, FACILITATOR, CYCLE, asking(variant="geante"))
    with pytest.raises(Invalid, match="start-outside") as refused:
        overrides.draft(house, FACILITATOR, CYCLE, asking(start="2040"))
    assert refused.value.facts["accepted"] == "2027, 2028"
    with pytest.raises(Refusal, match="not-in-question"):
        overrides.draft(house, FACILITATOR, CYCLE, replace(asking(), project="P99"))


def test_only_the_chair_or_a_member_in_the_room_without_an_interest_moves_an_override(house, jobs):
    asked = Override(NUMBER, "P2", True, "Engagement pris", "x")
    with pytest.raises(Refusal, match="is-recused"):
        overrides.draft(house, M3, CYCLE, asked)
    absent = replace(kept(house, Attendance, NUMBER, M1.code), is_present=False)
    keep(house, absent)
    with pytest.raises(Refusal, match="not-present"):
        overrides.draft(house, M1, CYCLE, asked)

    made = signed(house, jobs, "P2", True, by=FOUR[1])

    assert (made.by, made.signed_by) == (FOUR[1].code, FOUR[1].code)


def test_an_unpriced_override_is_not_signed_and_one_withdrawn_unsigns_those_after_it(house, jobs):
    asked = Override(NUMBER, "P3", False, "Autrement", "x")
    made = overrides.draft(house, FACILITATOR, CYCLE, asked)
    with pytest.raises(Refusal, match="plan-awaited"):
        overrides.sign(house, FACILITATOR, Jobs(), CYCLE, made)
    overrides.withdraw(house, FACILITATOR, CYCLE, NUMBER, "P3")
    signed(house, jobs, "P3", False)
    signed(house, jobs, "P4", False)

    overrides.withdraw(house, FACILITATOR, CYCLE, NUMBER, "P3")

    left = every(house, Override, meeting=NUMBER)
    assert [(one.project, one.is_signed, one.price) for one in left] == [("P4", False, None)]


def test_the_plan_is_adopted_whole_with_its_overrides_once_a_motion_carried_it(house, jobs):
    with pytest.raises(Refusal, match="motion-needed"):
        decisions.adopt(house, FACILITATOR, jobs, CYCLE, NUMBER, Adoption(Verb.REFUSED, {}))
    signed(house, jobs, "P3", False)
    made = {one.project: one for one in adopted(house, jobs, Verb.REFUSED)}
    plan = plan_of(jobs, put_now(house).question)

    assert {c for c, one in made.items() if one.verb is Verb.APPROVED} == set(plan.starts)
    assert made["P3"].verb is Verb.REFUSED
    assert made["P3"].reason == "Raison de P3"
    one = made["P2"]
    assert (one.variant, one.start) == ("base", str(2027 + plan.starts["P2"].period))
    assert [(g.envelope, g.amount) for g in one.grants] == [("PDI", 30 * 100_000)]
    assert all(one.is_planned for one in made.values())
    assert adopted(house, jobs, Verb.REFUSED) == ()


def test_a_plan_is_not_adopted_by_a_motion_put_before_an_override(house, jobs):
    number = carried(house)
    keep(house, replace(kept(house, Motion, NUMBER, number), opened_at="2026-01-01T00:00:00+00:00"))
    plan_of(jobs, put_now(house).question)

    with pytest.raises(Refusal, match="motion-older"):
        decisions.adopt(house, FACILITATOR, jobs, CYCLE, NUMBER, Adoption(Verb.REFUSED, {}))


@pytest.mark.parametrize(
    ("verb", "stage", "after", "more"),
    [
        (Verb.APPROVED, Stage.ADMISSIBLE, Stage.APPROVED, {"start": "2028"}),
        (Verb.CONDITIONAL, Stage.ADMISSIBLE, Stage.APPROVED,
         {"conditions": "Un pilote d'abord", "start": "2028"}),
        (Verb.DEFERRED, Stage.ADMISSIBLE, Stage.DEFERRED, {"until": date(2027, 9, 1)}),
        (Verb.REFUSED, Stage.ADMISSIBLE, Stage.REFUSED, {}),
        (Verb.SENT_BACK, Stage.ADMISSIBLE, Stage.SENT_BACK, {}),
        (Verb.ACCELERATED, Stage.APPROVED, Stage.APPROVED, {"start": "2027"}),
        (Verb.PAUSED, Stage.APPROVED, Stage.PAUSED, {}),
        (Verb.TERMINATED, Stage.APPROVED, Stage.TERMINATED, {}),
    ],
)
def test_each_verb_is_decided_by_its_motion_and_changes_the_stage_at_the_close_only(
    house, jobs, verb, stage, after, more
):
    keep(house, replace(kept(house, Project, "P4"), stage=stage))
    if stage is Stage.APPROVED:
        keep(house, Decision(
            "P4", 1, Verb.APPROVED, "r", "anim", "2026-01-01T00:00:00+00:00", variant="base",
            start="2028",
        ))  # fmt: skip

    made = ruled(house, jobs, "P4", verb, **more)

    assert made.verb is verb
    assert kept(house, Project, "P4").stage is stage
    closed(house, jobs)
    assert kept(house, Project, "P4").stage is after
    assert NoticeKind.DECIDED in told(house, LEAD)


def test_a_verb_that_does_not_fit_the_stage_is_refused(house, jobs):
    with pytest.raises(Refusal, match="verb-does-not-fit"):
        ruled(house, jobs, "P4", Verb.PAUSED)
    keep(house, replace(kept(house, Project, "P4"), stage=Stage.APPROVED))
    with pytest.raises(Refusal, match="verb-does-not-fit"):
        ruled(house, jobs, "P4", Verb.DEFERRED)


def test_a_decision_that_differs_from_the_plan_is_priced_and_signed(house, jobs):
    with pytest.raises(Refusal, match="signature-needed"):
        ruled(house, jobs, "P2", Verb.DEFERRED, is_signed=False)

    made = ruled(house, jobs, "P2", Verb.DEFERRED)

    assert not made.is_planned
    assert made.price > 0
    assert made.signed_by == FACILITATOR.code
    with pytest.raises(Refusal, match="override-infeasible"):
        ruled(house, jobs, "P8", Verb.REFUSED)


def test_a_decision_without_its_own_motion_is_not_written(house, jobs):
    plan_of(jobs, put_now(house).question)
    ruling = Ruling("P4", Verb.REFUSED, "r", carried(house, "P5", Verb.REFUSED))
    with pytest.raises(Refusal, match="motion-needed"):
        decisions.decide(house, FACILITATOR, jobs, CYCLE, NUMBER, ruling)
    with house.writing(ACT) as work:
        other = work.save(None, replace(FACILITATOR, code="autre", version=0))
    with pytest.raises(Refusal, match="not-the-chair"):
        decisions.decide(house, other, jobs, CYCLE, NUMBER, ruling)


def test_a_meeting_with_undecided_projects_is_closed_as_its_charter_says(house, jobs):
    ruled(house, jobs, "P4", Verb.APPROVED, start="2028")
    with house.writing(ACT) as work:
        held = next(iter(work.every(Charter, CYCLE)), Charter())
        work.save(CYCLE, replace(held, undecided=Undecided.HOLD))
    with pytest.raises(Refusal, match="undecided") as refused:
        closed(house, jobs)
    assert "P1" in refused.value.facts["projects"]
    assert kept(house, Project, "P4").stage is not Stage.APPROVED

    with house.writing(ACT) as work:
        work.save(CYCLE, replace(work.every(Charter, CYCLE)[0], undecided=Undecided.DEFER))
    made = closed(house, jobs)

    assert kept(house, Project, "P1").stage is Stage.DEFERRED
    assert made.decided("P1").reason == "Rien n'a été décidé"
    assert every(house, Promise)[0].project == "P4"


def test_the_record_of_a_closed_meeting_tells_what_was_done_with_the_figures_of_each_refusal(
    house, jobs
):
    signed(house, jobs, "P3", False)
    adopted(house, jobs)
    back = closing.read_back(house, FACILITATOR, jobs, CYCLE, NUMBER)
    assert (back.undecided, back.moved, back.broken) == ((), (), ())

    made = closed(house, jobs)

    assert recorded(house) == made
    ahead = [one for one in made.decisions if one.verb.goes_ahead]
    assert made.totals.chosen == len(ahead)
    assert made.totals.cost == sum(one.amount for one in ahead)
    assert made.overrides[0].project == "P3"
    assert made.overrides[0].price > 0
    assert made.proof.question != made.proof.posed
    out = [one for one in made.decisions if not one.verb.goes_ahead]
    assert made.decided("P3").why_not.rules
    assert all(one.why_not.lack is not None for one in out if one.project != "P3")
    assert any(one.why_not.shortest for one in out)
    assert {one.person.code for one in made.attendance} >= {member.code for member in FOUR}
    assert [(one.person.code, one.project) for one in made.recusals] == [("m3", "P2")]
    assert sum(one.share for one in made.weights) == pytest.approx(1)
    assert (made.is_illustrative, made.per_year) == (True, 1)
    assert made.correction_until == date.fromisoformat(made.closed_at[:10]) + timedelta(days=10)
    assert "fournisseur menacé" not in str(made)
    with pytest.raises(Refusal, match="meeting-not-open"):
        closed(house, jobs)


def test_debts_that_an_approved_project_creates_count_from_the_close(house, jobs):
    keep(house, System("S1", "Paie"))
    seen, new = DebtEffect(title="Vue", system="S1", principal=5_000_00), DebtEffect(
        title="Non vue", system="S1", principal=7_000_00)
    ghost = DebtEffect(title="Nulle part", system="S9")
    keep(house, replace(kept(house, Project, "P4"), debt_effects=(seen, new, ghost)))
    ruled(house, jobs, "P4", Verb.APPROVED, start="2028")
    assert every(house, DebtItem) == ()

    closed(house, jobs)

    with house.reading() as work:
        counted = standing_debts.counted(work.registry(CYCLE))
    assert {(d.title, d.principal.likely, d.created_by) for d in counted} == {
        ("Vue", 5_000_00, "P4"), ("Non vue", 7_000_00, "P4")
    }
    assert len(every(house, Intake)) == 2


def test_a_lead_reads_a_decision_in_her_timeline_once_the_meeting_is_closed_and_not_before(
    house, jobs
):
    ruled(house, jobs, "P4", Verb.APPROVED, start="2028")
    before = timeline.of_project(house, LEAD, CYCLE, "P4")
    closed(house, jobs)
    after = timeline.of_project(house, LEAD, CYCLE, "P4")

    assert "decisions.decide" not in {one.past.act for one in before}
    assert {"decisions.decide", "closing.close"} <= {one.past.act for one in after}


def test_an_approved_project_is_paused_ended_or_brought_forward_at_no_meeting(house):
    keep(house, replace(kept(house, Project, "P4"), stage=Stage.APPROVED))
    first = keep(house, Decision(
        "P4", 1, Verb.APPROVED, "r", "anim", "2026-01-01T00:00:00+00:00", variant="base",
        start="2028",
    ))  # fmt: skip
    with pytest.raises(Invalid, match="start-not-earlier"):
        decisions.outside(
            house, FACILITATOR, CYCLE, Ruling("P4", Verb.ACCELERATED, "r", start="2028"), TODAY
        )
    made = decisions.outside(
        house, FACILITATOR, CYCLE, Ruling("P4", Verb.ACCELERATED, "r", start="2027"), TODAY
    )
    assert (made.meeting, made.number, made.variant) == (0, 2, first.variant)

    decisions.outside(house, FACILITATOR, CYCLE, Ruling("P4", Verb.PAUSED, "Audit"), TODAY)
    assert kept(house, Project, "P4").stage is Stage.PAUSED
    decisions.outside(house, FACILITATOR, CYCLE, Ruling("P4", Verb.TERMINATED, "Fin"), TODAY)
    assert kept(house, Project, "P4").stage is Stage.TERMINATED
    with pytest.raises(Refusal, match="only-in-a-meeting"):
        decisions.outside(house, FACILITATOR, CYCLE, Ruling("P5", Verb.REFUSED, "r"), TODAY)


def test_a_lead_has_a_fact_corrected_within_the_charters_days_and_the_record_says_so(house, jobs):
    def asking(fact="service", said="Service de l'eau"):
        return Correction("P4", 1, 1, fact, said, "x", "")

    with pytest.raises(Refusal, match="no-decision-yet"):
        corrections.ask(house, LEAD, CYCLE, asking(), TODAY)
    ruled(house, jobs, "P4", Verb.APPROVED, start="2028")
    made = closed(house, jobs)
    last = made.correction_until
    with pytest.raises(Refusal, match="correction-over"):
        corrections.ask(house, LEAD, CYCLE, asking(), last + timedelta(days=1))
    asked = corrections.ask(house, LEAD, CYCLE, asking(), last)
    with pytest.raises(Refusal, match="correction-waits"):
        corrections.ask(house, LEAD, CYCLE, asking(), last)

    corrections.answer(house, FACILITATOR, CYCLE, asked, Answer(True, "Exact, c'est corrigé."))

    mended = recorded(house)
    assert mended.number == 2
    assert mended.decided("P4").service == "Service de l'eau"
    assert mended.reason == "Exact, c'est corrigé."
    assert len(every(house, Record)) == 2
    assert NoticeKind.CORRECTION_ANSWERED in told(house, LEAD)
    other = corrections.ask(house, LEAD, CYCLE, asking("amount", "20 k$"), last)
    corrections.answer(house, FACILITATOR, CYCLE, other, Answer(False, "Le montant est exact."))
    assert len(every(house, Record)) == 2


def test_an_override_signed_on_an_earlier_freeze_binds_nobody_until_it_is_signed_anew(house, jobs):
    signed(house, jobs, "P3", False)
    with house.writing(ACT) as work:
        work.save(CYCLE, replace(work.project(CYCLE, "P1"), title="Autre titre"))
        conflict = work.every(Conflict, CYCLE)[0]
        work.remove(CYCLE, conflict)
    freezing.freeze(house, FACILITATOR, CYCLE, NUMBER, "Un titre était faux")

    table = overrides.table(house, FACILITATOR, jobs, CYCLE, NUMBER)

    assert table.bind == ()
    assert [one.is_stale for one in table.drafts] == [True]
    signed(house, jobs, "P3", False)
    assert kept(house, Override, NUMBER, "P3").freeze == 2


def test_a_lead_has_only_her_own_projects_corrected(house):
    with house.writing(ACT) as work:
        stranger = work.save(None, replace(LEAD, code="autre", version=0))
    hers = Correction("P4", 1, 1, "other", "x", "x", "")
    with pytest.raises(Forbidden, match="not-yours"):
        corrections.ask(house, stranger, CYCLE, hers, TODAY)


def test_nothing_is_priced_where_there_is_no_plan_to_start_from(house, jobs):
    asked = put_now(house)
    impossible = put.under(asked.frozen, [Override(NUMBER, "P8", False, "r", "x")])
    assert isinstance(plan_of(jobs, impossible), NoPlan)

    found = known(jobs, lambda: put.price(jobs, impossible, Override(NUMBER, "P1", True, "r", "x")))

    assert isinstance(found, NoPlan)
