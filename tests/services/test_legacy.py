"""Legacy risk: saved as typed, confirmed whole by someone, and what would end the red."""

from dataclasses import replace
from datetime import date

import pytest
from benches import a_project, a_registry, someone

from data.store import Act
from optimizer.solvers import Search
from portfolio.debt import DebtItem, DebtStatus, DebtType, Remedy
from portfolio.errors import Invalid, Missing, Refusal, Stale
from portfolio.finding import Component, Finding, Severity, Theme
from portfolio.legacy_risk import CRITERIA, Funding, Level, RiskAssessment
from portfolio.person import Role
from portfolio.project import Estimate, Stage
from portfolio.rules import RedLimit
from portfolio.system import System, Technology
from services import bench, legacy, legacy_view, scenarios
from services.legacy_view import Standing

ARCHITECT, FACILITATOR = someone(Role.ARCHITECT), someone(Role.FACILITATOR)
ADMINISTRATOR = someone(Role.ADMINISTRATOR)
TODAY = date(2026, 11, 22)
PHP = Technology("PHP", "7.4", standard_end=date(2028, 1, 1))  # proposes 4 today


def a_debt(code, project, share=1.0, type_=DebtType.OBSOLESCENCE, **more):
    remedies = (Remedy(project, share),) if project else ()
    return DebtItem(
        code, "Dette", "S1", Estimate(10_000_000), Estimate(1_000_000), type_, remedies=remedies,
        **more,
    )  # fmt: skip


@pytest.fixture
def house(store):
    """bring(...): a cycle with the systems S1 (on PHP) and S2, people, projects P1 and P2."""

    def bring(*debts, projects=(), **more):
        with store.writing(Act("test", "administrateur", "test")) as work:
            for role in Role:
                work.save(None, someone(role))
            found = a_registry(a_project("P1", 9), a_project("P2", 5), *projects, **more)
            systems = (System("S1", "Paie", technologies=(PHP,)), System("S2", "Permis"))
            work.bring_in(replace(found, debts=debts, systems=systems))
        return store

    return bring


def all_at(level, impact, system="S1", **keeps):
    """Thirteen levels; L1 follows its evidence (4) or says why not."""
    levels = tuple(
        Level(c, level if c.startswith("L") else impact, "Vu sur place", **keeps.get(c, {}))
        for c in CRITERIA
    )
    return RiskAssessment(system, levels)


def saved(store, said, **changes):
    kept = legacy.confirm(store, ARCHITECT, "c", said, TODAY)
    return legacy.save(store, ARCHITECT, "c", replace(kept, **changes), TODAY) if changes else kept


def line(store, system="S1", who=FACILITATOR, today=TODAY):
    found = legacy_view.view(store, who, "c", today)
    return next(x for x in found.lines if x.system.code == system)


def test_a_level_is_kept_with_what_the_evidence_proposed_whatever_the_page_claims(house):
    store = house()

    kept = legacy.save(
        store, ARCHITECT, "c", RiskAssessment("S1", (Level("L1", 3, proposed=1),)), TODAY
    )

    assert kept.of("L1") == Level("L1", 3, proposed=4)


def test_nobody_confirms_by_saving(house):
    store = house()
    forged = replace(all_at(1, 1), confirmed_by="test-membre", confirmed_on=TODAY)

    kept = legacy.save(store, ARCHITECT, "c", forged, TODAY)

    assert not kept.is_confirmed
    assert kept.confirmed_on is None


def test_a_confirmation_records_who_and_when(house):
    kept = legacy.confirm(house(), ADMINISTRATOR, "c", all_at(4, 4), TODAY)

    assert (kept.confirmed_by, kept.confirmed_on) == ("test-administrateur", TODAY)
    assert kept.is_red


def test_saving_the_same_again_changes_nothing(house):
    store = house()
    kept = legacy.save(store, ARCHITECT, "c", all_at(4, 4), TODAY)

    assert legacy.save(store, ARCHITECT, "c", kept, TODAY) == kept


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda a: replace(a, levels=a.levels[1:]), "risk-levels-missing"),
        (lambda a: replace(a, levels=(Level("L1", 1), *a.levels[1:])), "level-unexplained"),
        (
            lambda a: replace(a, levels=(Level("L1", 4, debts=("D1",)), *a.levels[1:])),
            "level-open-ended",
        ),
        (
            lambda a: replace(a, levels=(Level("L1", 4, debts=("D9",)), *a.levels[1:])),
            "unknown-code",
        ),
        (lambda a: replace(a, replaced_by=("P9",)), "unknown-code"),
    ],
)
def test_what_is_not_whole_is_not_confirmed(house, change, code):
    store = house(a_debt("D1", "P1"))

    with pytest.raises(Invalid, match=code):
        legacy.confirm(store, ARCHITECT, "c", change(all_at(4, 4)), TODAY)

    assert line(store).assessment is None


def test_a_confirmed_level_changes_only_once_the_assessment_is_reopened(house):
    store = house()
    kept = legacy.confirm(store, ARCHITECT, "c", all_at(4, 4), TODAY)
    other = replace(kept, levels=(Level("L1", 4, "Encore"), *kept.levels[1:]))

    with pytest.raises(Refusal, match="risk-confirmed"):
        legacy.save(store, ARCHITECT, "c", other, TODAY)
    planned = legacy.save(store, ARCHITECT, "c", replace(kept, plan="Remplacer"), TODAY)
    assert planned.is_confirmed

    opened = legacy.revise(store, ARCHITECT, "c", planned)
    assert not opened.is_confirmed
    assert legacy.revise(store, ARCHITECT, "c", opened) == opened


def test_a_stale_save_shows_what_the_other_saved(house):
    store = house()
    first = RiskAssessment("S1", (Level("L2", 2),))
    theirs = legacy.confirm(store, ADMINISTRATOR, "c", all_at(4, 4), TODAY)

    with pytest.raises(Stale) as refused:
        legacy.save(store, ARCHITECT, "c", first, TODAY)

    assert refused.value.facts["theirs"] == theirs
    assert line(store).assessment == theirs


def test_an_unknown_system_is_refused(house):
    with pytest.raises(Missing, match="no-such-system"):
        legacy.sheet(house(), ARCHITECT, "c", "S9", TODAY)


def test_evidence_that_moved_between_choice_and_confirmation_is_read_again_first(house):
    store = house()
    kept = legacy.save(store, ARCHITECT, "c", all_at(4, 4), TODAY)
    later = date(2027, 6, 1)  # PHP ends within a year: 5

    with pytest.raises(Refusal, match="evidence-changed"):
        legacy.confirm(store, ARCHITECT, "c", kept, later)


def test_a_date_that_passes_is_told_as_evidence_that_changed(house):
    store = house()
    saved(store, all_at(4, 4))

    assert line(store).drift == ()
    (found,) = line(store, today=date(2028, 6, 1)).drift
    assert (found.criterion, found.level, found.then, found.now) == ("L1", 4, 4, 6)


def test_evidence_that_comes_to_agree_with_the_level_is_no_alarm(house):
    store = house()
    saved(store, all_at(6, 4))  # 6, where the evidence proposed 4

    assert line(store, today=date(2028, 6, 1)).drift == ()


def test_what_tools_find_is_evidence_too(house):
    store = house()
    saved(store, all_at(3, 3))
    with store.writing(Act("test", "architecte", "test")) as work:
        work.save("c", Finding("S1", "outil", "k", Theme.VULNERABILITY, "CVE",
                               severity=Severity.BLOCKER))  # fmt: skip
        work.save("c", Component("S2", "outil", "k", "log4j", support_end=date(2020, 1, 1)))

    assert [(d.criterion, d.now) for d in line(store).drift] == [("L6", 6)]
    found = legacy.sheet(store, ARCHITECT, "c", "S2", TODAY)
    assert found.proposals["L1"].level == 5


def test_what_nobody_confirmed_counts_for_nothing_and_is_told_apart(house):
    store = house()
    legacy.save(store, ARCHITECT, "c", all_at(6, 5), TODAY)
    legacy.save(store, ARCHITECT, "c", all_at(1, 1, "S2"), TODAY)
    found = legacy_view.view(store, FACILITATOR, "c", TODAY)

    assert found.red == ()
    assert [x.standing for x in found.lines] == [Standing.TO_CONFIRM, Standing.BEGUN]


@pytest.mark.parametrize(
    ("level", "impact", "standing"),
    [(1, 1, Standing.SOUND), (6, 5, Standing.RED), (3, 1, Standing.LEGACY)],
)
def test_all_at_one_and_all_at_the_highest(house, level, impact, standing):
    store = house()
    saved(store, all_at(level, impact))

    assert line(store).standing is standing


def test_a_system_nobody_assessed_is_in_the_list(house):
    assert {x.standing for x in legacy_view.view(house(), FACILITATOR, "c", TODAY).lines} == {
        Standing.NONE
    }


def test_a_red_system_is_unfunded_until_its_plan_is_wholly_paid_for(house):
    store = house()
    kept = saved(store, all_at(6, 5), plan="Remplacer", funding=Funding.PARTIAL)
    assert len(legacy_view.view(store, FACILITATOR, "c", TODAY).unfunded) == 1

    legacy.save(store, ARCHITECT, "c", replace(kept, funding=Funding.WHOLE), TODAY)

    assert legacy_view.view(store, FACILITATOR, "c", TODAY).unfunded == ()


def test_a_target_that_has_passed_is_late(house):
    store = house()
    saved(store, all_at(6, 5), target=TODAY)

    assert not line(store).is_late
    assert line(store, today=date(2026, 11, 23)).is_late


FALLS = {"L1": {"debts": ("D1",), "after": 1}}


def test_the_ways_out_are_projects_that_replace_it_and_debts_with_who_repays_them(house):
    store = house(a_debt("D1", "P1", 0.5))
    saved(store, all_at(4, 4, **FALLS), replaced_by=("P2",))

    replaced, repaid = line(store).ways

    assert (replaced.projects, replaced.debts) == (("P2",), ())
    assert (repaid.projects, repaid.debts, repaid.is_covered) == (("P1",), ("D1",), False)


def test_a_draft_is_not_told_to_those_who_may_not_see_it(house):
    hidden = a_project("P3", lead="test-responsable", stage=Stage.DRAFT)
    store = house(projects=(hidden,))
    saved(store, all_at(6, 5), replaced_by=("P3",))

    assert line(store).ways == ()
    assert line(store, who=ADMINISTRATOR).ways[0].projects == ("P3",)


def keep_plan(store):
    asked = scenarios.ask(store, FACILITATOR, "c", "base")
    bench.keep(store, FACILITATOR, "c", asked, scenarios.answer(asked, Search()))


def test_the_kept_plan_says_which_systems_leave_the_red_when_and_by_what(house):
    store = house(a_debt("D1", "P1"))
    saved(store, all_at(4, 4, **FALLS))
    saved(store, all_at(6, 5, "S2"), replaced_by=("P2",))
    assert not legacy_view.view(store, FACILITATOR, "c", TODAY).has_plan

    keep_plan(store)

    found = legacy_view.view(store, FACILITATOR, "c", TODAY)
    assert found.has_plan
    assert len(found.cleared) == 2
    assert (line(store).cleared.period, line(store).cleared.projects) == (0, ("P1",))
    assert line(store).cleared.debts == ("D1",)
    assert (line(store, "S2").cleared.projects, line(store, "S2").cleared.debts) == (("P2",), ())


def asked_with(store, *rules):
    scenario = replace(scenarios.BASE, rules=rules, time_limit=20.0)
    asked = scenarios.ask(store, FACILITATOR, "c", scenario)
    return asked, scenarios.answer(asked, Search())


def test_a_scenario_asks_about_confirmed_systems_only(house):
    store = house(a_debt("D1", "P1"))
    saved(store, all_at(4, 4, **FALLS), replaced_by=("P2",))
    legacy.save(store, ARCHITECT, "c", all_at(6, 5, "S2"), TODAY)

    (system,) = asked_with(store)[0].posed.question.systems

    assert (system.code, system.likelihood, system.impact) == ("S1", (4,) * 7, (4,) * 6)
    assert [(one.criterion, one.to, one.debts) for one in system.lowered] == [(0, 1, ("D1",))]
    assert system.replaced_by == ("P2",)


def test_a_limit_of_red_systems_makes_room_for_the_project_that_ends_one(house):
    # 10 k$ a year: P1 (9 points) and P2 (5) do not fit together; only P2 repays D1.
    store = house(a_debt("D1", "P2"), limits=(10,))
    saved(store, all_at(4, 4, **FALLS))

    assert set(asked_with(store)[1].starts) == {"P1"}
    assert set(asked_with(store, RedLimit(1))[1].starts) == {"P1"}
    assert set(asked_with(store, RedLimit(0))[1].starts) == {"P2"}


def test_a_plan_that_does_not_fund_it_leaves_it_red(house):
    store = house(a_debt("D1", "P1"), limits=(0, 0))
    saved(store, all_at(4, 4, **FALLS))

    keep_plan(store)

    assert line(store).cleared is None


def test_debts_that_left_the_register_call_for_a_new_look(house):
    store = house(a_debt("D1", "P1"))
    saved(store, all_at(4, 4, **FALLS))
    with store.writing(Act("test", "architecte", "test")) as work:
        (debt,) = work.every(DebtItem, "c")
        work.save("c", replace(debt, status=DebtStatus.RETIRED))

    found = legacy_view.view(store, FACILITATOR, "c", TODAY)

    assert line(store).repaid == ("L1",)
    assert [x.system.code for x in found.drifted] == ["S1"]
    assert legacy.sheet(store, ARCHITECT, "c", "S1", TODAY).repaid == ("L1",)
    assert line(store).ways == ()  # nothing more to repay: the level waits for the architect
