"""Promises: what a decision commits to, what is reported since, and where each project stands."""

import contextlib
import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
import tracked
from benches import a_project, a_registry
from tracked import DATES, FIGURES, LATE, SIM, STI

from data.store import Act, open_store
from portfolio.debt import DebtItem, Remedy
from portfolio.decision import Decision, Grant, Verb
from portfolio.errors import Forbidden, Invalid, Missing, Stale
from portfolio.notice import NoticeKind
from portfolio.person import Person, Role
from portfolio.project import DebtEffect, Estimate
from portfolio.promise import Promise, PromisedDebt, StatusReport
from portfolio.system import System
from portfolio.track_record import Sample
from portfolio.tracking import Health, Progress, past
from services import notices, promises
from services.reminders import remind

ACT = Act("test", Role.ADMINISTRATOR, "test")
LEAD, OTHER = (Person(code, code.title(), frozenset({Role.LEAD})) for code in ("anne", "bob"))
CHAIR = Person("anim", "Animation", frozenset({Role.FACILITATOR}))
MEMBER = Person("mia", "Mia", frozenset({Role.MEMBER}))
OBSERVER = Person("oda", "Oda", frozenset({Role.OBSERVER}))
AT = "2026-12-02T03:00:00+00:00"  # still the first of December in Montréal


def a_debt(code, principal=100_00, **more):
    return DebtItem(code, f"Dette {code}", "S1", Estimate(principal), Estimate(10), **more)


@pytest.fixture
def house(migrated_file, tmp_path):
    file = shutil.copy(migrated_file, tmp_path / "house.db")
    with contextlib.closing(open_store(f"sqlite:///{file}")) as house:
        yield house


def promised(house, decision, *debts, **more):
    """What the decision promises of P1, which costs 30 k$ over two years."""
    project = a_project("P1", 1, (10, 20), **more)
    with house.writing(ACT) as work:
        work.bring_in(a_registry(project, systems=(System("S1", "Paie"),), debts=debts))
        return promises.promised(work, "c", decision)


def test_a_decision_promises_its_days_its_cost_and_the_debts_it_retires(house):
    found = promised(
        house,
        Decision("P1", 3, Verb.APPROVED, "utile", "anim", AT, variant="base", start="2028",
                 grants=(Grant("PDI", 1, 900_000), Grant("PDI", 2, 1_700_000))),
        a_debt("D1", remedies=(Remedy("P1", 0.25),)), a_debt("D2", 80_00), a_debt("D3"),
        debt_effects=(DebtEffect("D1", 0.5), DebtEffect("D2", 0.5), DebtEffect("D9"),
                      DebtEffect("", title="Interface provisoire")),
    )

    assert found == Promise(
        "P1", 3, date(2026, 12, 1), date(2028, 1, 1), date(2029, 12, 31), "base", 2_600_000,
        (PromisedDebt("D1", 0.25, 25_00), PromisedDebt("D2", 0.5, 40_00),
         PromisedDebt("D9", 1.0)), 1,
    )


def test_without_grants_the_cost_is_the_variant_s(house):
    decision = Decision("P1", 1, Verb.APPROVED, "r", "anim", AT, variant="base", start="2027")

    assert promised(house, decision).cost == 3_000_000


def test_a_first_promise_does_not_start_before_it_is_made_and_a_later_one_may(house):
    late = "2027-09-15T16:00:00+00:00"
    first = Decision("P1", 1, Verb.APPROVED, "r", "anim", late, variant="base", start="2027")
    made = promised(house, first)

    assert (made.start, made.end) == (date(2027, 9, 15), date(2028, 12, 31))
    with house.writing(ACT) as work:
        again = promises.promised(work, "c", replace(first, number=2, verb=Verb.ACCELERATED))
    assert again.start == date(2027, 1, 1)


def test_a_variant_that_is_not_there_promises_nothing(house):
    decision = Decision("P1", 1, Verb.APPROVED, "r", "anim", AT, variant="bonifiée", start="2027")

    with pytest.raises(Missing, match="no-such-variant"):
        promised(house, decision)


@pytest.fixture
def settled(house):
    """Twenty projects promised, and nothing reported yet."""
    tracked.settle(house, CHAIR, MEMBER, OBSERVER)
    return house


def test_twenty_promises_over_three_reporting_dates(settled):
    """Each date's reports come in that day; what follows is compared with figures made by hand."""
    for at, on in enumerate(DATES):
        if at == 2:
            tracked.terminate(settled)
        for report in tracked.reports(at):
            promises.report(settled, CHAIR, "c", report, on)
        found = {x.project.code: x.standing for x in
                 promises.tracking(settled, MEMBER, "c", on).lines}
        shown = {
            code: (one.slip, one.first.cost and one.first.cost * 100, one.health)
            for code, one in found.items()
        }
        expected = {
            code: (days, pytest.approx(cost, abs=0.001), health)
            for code, (days, cost, health) in ((c, rows[at]) for c, rows in FIGURES.items())
        }
        assert shown == expected, on


@pytest.fixture(scope="module")
def all_told(migrated_file, tmp_path_factory):
    """The same, once all has been reported: a file made once."""
    file = shutil.copy(migrated_file, tmp_path_factory.mktemp("told") / "told.db")
    with contextlib.closing(open_store(f"sqlite:///{file}")) as house:
        tracked.told(house, CHAIR, MEMBER, OBSERVER)
    return file


@pytest.fixture
def followed(all_told, tmp_path):
    file = shutil.copy(all_told, tmp_path / "followed.db")
    with contextlib.closing(open_store(f"sqlite:///{file}")) as house:
        yield house


def look(house, on=DATES[2], by=MEMBER):
    return promises.tracking(house, by, "c", on)


def test_what_is_prioritised_but_not_started_is_told_in_days(followed):
    found = {x.project.code: x.standing.idle for x in look(followed).lines if x.standing.idle}

    assert found == {"Q15": 272, "Q16": 91, "Q17": 182}


def test_a_project_decided_again_is_held_to_its_first_promise_beside_the_newest(followed):
    one = look(followed).line("Q19").standing

    assert (one.first.start, one.first.end) == (-122, -92)
    assert (one.newest.start, one.newest.end) == (0, 30)
    assert one.newest.cost == pytest.approx(50 / 1100)
    assert [x.project.code for x in look(followed).lines if x.standing.is_moved] == ["Q19"]


def test_where_a_project_stood_at_each_report_is_told_again_afterwards(followed):
    for line in look(followed, LATE).lines:
        found = {one.on: (one.slip, one.health) for one in past(line.standing)}
        rows = zip(DATES, FIGURES[line.project.code], strict=True)
        assert found == {on: (days, health) for on, (days, _, health) in rows if on in found}


def test_after_a_quarter_of_silence_what_looked_good_is_not_known(followed):
    found = {x.project.code: x for x in look(followed, LATE).lines}
    stale = {code for code, x in found.items() if x.standing.is_stale}

    assert {c for c, x in found.items() if x.standing.health is Health.NOT_KNOWN} == {
        "Q01", "Q02", "Q03", "Q04", "Q05", "Q06",
    }
    assert stale == found.keys() - {"Q07", "Q08", "Q09", "Q18", "Q20"}
    assert {code for code, x in found.items() if x.awaited} == stale
    assert found["Q18"].standing.progress is Progress.AHEAD


def test_the_record_of_each_service_is_told_with_its_counts(followed):
    """Worked out by hand from the table, service by service; Q20, terminated, is left out."""
    water, technology = look(followed).records

    assert (water.service, water.projects, water.due, water.on_time) == (SIM, 10, 9, 6)
    assert water.slip == Sample(55, 10)  # -92 -10 0 0 20 | 90 91 91 182 272
    assert water.growth == Sample(pytest.approx(0.09), 8)  # -5 0 0 8 | 10 15 30 50 %
    assert water.moves == Sample(6.5, 12)  # -10 0 0 0 0 0 | 13 31 60 61 62 77
    assert water.later == 6
    assert water.end_missed == Sample(40, 2)  # Q07 -10, Q08 90
    assert water.cost_missed == Sample(pytest.approx(0.125), 2)  # Q07 -5 %, Q08 30 %
    assert (technology.service, technology.projects, technology.due) == (STI, 9, 8)
    assert technology.on_time == 7
    assert look(followed).whole.projects == 19


def test_debt_promised_is_set_against_debt_retired(followed):
    found = look(followed)

    assert [(d.project, d.debt, d.promised, d.retired) for d in found.debts] == [
        ("Q01", "D4", None, None), ("Q07", "D1", 4_000_000, 4_000_000),
        ("Q08", "D2", 3_000_000, 2_000_000), ("Q12", "D3", 2_500_000, 0),
    ]
    assert [d.is_late(found.on) for d in found.debts] == [False, False, True, True]


def test_debts_kept_confidential_are_neither_shown_nor_counted_for_others(followed):
    with followed.writing(ACT) as work:
        project = work.project("c", "Q07")
        work.save("c", replace(project, confidential=frozenset({"debt_effects"})))

    assert len(look(followed, by=MEMBER).debts) == len(look(followed, by=LEAD).debts) == 4
    for by in (OBSERVER, OTHER):
        assert "Q07" not in {debt.project for debt in look(followed, by=by).debts}
        assert look(followed, by=by).line("Q07").standing.promise.debts == ()


def a_report(code="Q01", on=DATES[0], **more):
    return StatusReport(code, on, "", "", **{"started": date(2027, 1, 5), **more})


def test_a_lead_reports_on_her_own_project_once_a_date_and_corrects_it(settled):
    said = promises.report(settled, LEAD, "c", a_report(spent=5), DATES[0])

    assert (said.by, said.version) == ("anne", 1)
    with pytest.raises(Stale):
        promises.report(settled, LEAD, "c", a_report(spent=6), DATES[0])
    assert promises.report(settled, LEAD, "c", replace(said, spent=6), DATES[0]).version == 2
    with pytest.raises(Forbidden, match="not-yours"):
        promises.report(settled, OTHER, "c", a_report(), DATES[0])


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (a_report(on=DATES[0] + timedelta(days=1)), "not-yet"),
        (a_report(on=date(2026, 11, 30), started=None), "before-promise"),
        (a_report("P9"), "no-such-project"),
    ],
)
def test_a_report_that_cannot_be_is_refused(settled, said, code):
    with pytest.raises((Invalid, Missing), match=code):
        promises.report(settled, CHAIR, "c", said, DATES[0])


def test_what_was_only_proposed_has_no_report(settled):
    with settled.writing(ACT) as work:
        work.save("c", a_project("P9", lead="anne"))

    with pytest.raises(Missing, match="no-promise"):
        promises.report(settled, LEAD, "c", a_report("P9"), DATES[0])


def test_a_start_that_was_told_is_not_left_out_afterwards(settled):
    promises.report(settled, LEAD, "c", a_report(), DATES[0])

    with pytest.raises(Invalid, match="unsaid") as refused:
        promises.report(settled, LEAD, "c", a_report(on=DATES[1], started=None), DATES[1])
    assert (refused.value.facts["field"], refused.value.facts["low"]) == ("started", DATES[0])


def test_notes_are_read_by_the_committee_and_the_lead(settled):
    promises.report(settled, LEAD, "c", a_report(note="le fournisseur tarde"), DATES[0])

    for by, shown in ((LEAD, True), (MEMBER, True), (OTHER, False), (OBSERVER, False)):
        line = look(settled, by=by).line("Q01")
        assert line.is_open is shown
        assert line.standing.report.note == ("le fournisseur tarde" if shown else "")


def test_leads_are_reminded_of_a_report_once_a_quarter(followed):
    """Of Q16 nothing was ever told; a quarter later, nothing new of the 15 that are not over."""
    new = [remind(followed, on) for on in (DATES[2], DATES[2] + timedelta(days=1), LATE, LATE)]

    assert new == [1, 0, 15, 0]
    told = {(n.kind, n.about) for n in notices.mine(followed, LEAD)}
    assert (NoticeKind.REPORT_DUE, "Q16") in told
