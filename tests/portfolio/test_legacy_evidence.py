"""Levels of legacy risk proposed from evidence: one rule of the table after the other."""

from datetime import date

import pytest

from data import references
from portfolio.debt import DebtItem, DebtStatus, DebtType
from portfolio.finding import Component, Finding, Severity, Theme
from portfolio.horizon import Horizon
from portfolio.legacy_evidence import Seen, dependents, proposals
from portfolio.legacy_risk import CRITERIA
from portfolio.project import Estimate
from portfolio.system import Dependency, Disposition, System, Technology

TODAY = date(2026, 11, 22)
CITY = references.legacy_risk().city


def proposed(criterion, *debts, components=(), findings=(), needed_by=None, today=TODAY, **system):
    """(level, kinds of clues) of one criterion, for a system of which only that is known."""
    seen = Seen(
        System("S1", "Paie", **system), Horizon(2027, 5), debts, components, findings, needed_by
    )
    found = proposals(seen, CITY, today)[criterion]
    return found.level, [clue.kind for clue in found.clues]


def a_debt(type_, code="D1", interest=0, **more):
    return DebtItem(code, "Dette", "S1", Estimate(100), Estimate(interest), type_, **more)


def until(day, **more):
    return {"technologies": (Technology("PHP", "7.4", standard_end=day, **more),)}


def a_component(day, gone_on=None):
    return Component("S1", "cyclonedx", "k", "log4j", "1.2", support_end=day, gone_on=gone_on)


def a_finding(severity, theme=Theme.VULNERABILITY, **more):
    return Finding("S1", "outil", str(severity), theme, "CVE", severity=severity, **more)


def test_a_bare_system_gets_no_proposal_at_all():
    found = proposals(Seen(System("S1", "Paie"), Horizon(2027, 5)), CITY, TODAY)

    assert list(found) == list(CRITERIA)
    assert {p.level for p in found.values()} == {None}


@pytest.mark.parametrize(
    ("day", "level", "kind"),
    [
        (date(2026, 11, 21), 6, "support-ended"),
        (date(2026, 11, 22), 5, "support-ends"),  # its last day is still covered
        (date(2027, 11, 21), 5, "support-ends"),
        (date(2027, 11, 22), 4, "support-ends"),
        (date(2028, 11, 22), 3, "support-ends"),
        (date(2029, 11, 22), 2, "support-ends"),
        (date(2031, 11, 22), 1, "support-ends"),
    ],
)
def test_the_nearer_the_end_of_support_the_higher_l1(day, level, kind):
    assert proposed("L1", **until(day)) == (level, [kind])


def test_the_first_technology_to_end_decides():
    soon, late = Technology("A", standard_end=date(2027, 1, 1)), Technology(
        "B", standard_end=date(2040, 1, 1)
    )

    assert proposed("L1", technologies=(late, soon))[0] == 5


def test_an_extension_that_was_bought_counts_instead_of_the_date():
    assert proposed("L1", **until(date(2020, 1, 1), contract_until=date(2028, 6, 1)))[0] == 4


def test_a_component_counts_one_level_less_for_it_can_be_replaced_alone():
    assert proposed("L1", components=(a_component(date(2020, 1, 1)),)) == (5, ["component-ended"])
    assert proposed("L1", components=(a_component(date(2027, 6, 1)),)) == (4, ["component-ends"])
    assert proposed("L1", components=(a_component(date(2040, 1, 1)),)) == (1, ["component-ends"])
    assert proposed("L1", components=(a_component(None),)) == (None, [])


def test_a_component_that_is_gone_is_no_evidence():
    gone = a_component(date(2020, 1, 1), gone_on=date(2026, 1, 1))

    assert proposed("L1", components=(gone,)) == (None, [])


def test_a_year_is_counted_from_the_29th_of_february_too():
    assert proposed("L1", today=date(2028, 2, 29), **until(date(2029, 2, 28)))[0] == 5
    assert proposed("L1", today=date(2028, 2, 29), **until(date(2029, 3, 1)))[0] == 4


def test_l2_is_proposed_by_contracts_and_by_vendor_debts():
    over = until(None, contract_until=date(2026, 1, 1))
    long = until(None, contract_until=date(2040, 1, 1))

    assert proposed("L2", **over) == (6, ["contract-ended"])
    assert proposed("L2", **long) == (1, ["contract-ends"])
    assert proposed("L2", a_debt(DebtType.VENDOR), **long) == (4, ["contract-ends", "vendor-debt"])
    assert proposed("L2", **until(date(2020, 1, 1))) == (None, [])  # an end of support alone


def test_l3_is_proposed_by_debts_of_skills_and_documentation():
    written, known = a_debt(DebtType.DOCUMENTATION), a_debt(DebtType.SKILLS, "D2")

    assert proposed("L3", written) == (3, ["documentation-debt"])
    assert proposed("L3", known) == (4, ["skills-debt"])
    assert proposed("L3", written, known) == (5, ["documentation-debt", "skills-debt"])


@pytest.mark.parametrize(
    ("disposition", "level"),
    [
        (Disposition.ELIMINATE, 5),
        (Disposition.MIGRATE, 4),
        (Disposition.TOLERATE, 3),
        (Disposition.INVEST, 2),
    ],
)
def test_l4_is_proposed_by_what_the_city_means_to_do_with_it(disposition, level):
    assert proposed("L4", disposition=disposition) == (level, ["disposition"])


@pytest.mark.parametrize(
    "type_", [DebtType.ARCHITECTURE, DebtType.PROCESS, DebtType.DATA, DebtType.ACCESSIBILITY]
)
def test_l4_is_proposed_by_debts_that_users_meet_more_when_they_cost_much(type_):
    dear, cheap = a_debt(type_, interest=10_000), a_debt(type_, interest=9_999)

    assert proposed("L4", cheap, run_cost=100_000) == (3, ["business-debt"])
    assert proposed("L4", dear, run_cost=100_000) == (4, ["business-debt"])
    assert proposed("L4", dear) == (3, ["business-debt"])  # nothing to compare it with


def test_l5_and_l7_are_never_proposed_for_the_register_holds_nothing_of_them():
    loss = a_debt(DebtType.OBSOLESCENCE, loss=5_000_000, p_before=0.02, p_after=0.1)

    assert proposed("L5", loss, criticality=5, users=9, **until(date(2020, 1, 1))) == (None, [])
    assert proposed("L7", loss) == (None, ["contingent"])  # it informs, and proposes nothing


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (Severity.BLOCKER, 6),
        (Severity.HIGH, 5),
        (Severity.MEDIUM, 3),
        (Severity.LOW, 2),
        (Severity.INFO, 1),
    ],
)
def test_l6_is_proposed_by_the_worst_open_finding_on_security(severity, level):
    found = (a_finding(severity), a_finding(Severity.INFO, Theme.SECURITY))

    assert proposed("L6", findings=found) == (level, ["findings"])


def test_findings_that_are_gone_set_aside_or_on_something_else_are_no_open_flaw():
    gone = a_finding(Severity.BLOCKER, gone_on=date(2026, 1, 1))
    aside = a_finding(Severity.HIGH, is_set_aside=True)
    smell = a_finding(Severity.BLOCKER, Theme.MAINTAINABILITY)

    assert proposed("L6", findings=(gone, aside)) == (2, ["findings-gone"])
    assert proposed("L6", findings=(smell,)) == (None, [])


def test_a_security_debt_written_by_hand_proposes_4():
    assert proposed("L6", a_debt(DebtType.SECURITY)) == (4, ["security-debt"])
    assert proposed("L6", a_debt(DebtType.SECURITY), findings=(a_finding(Severity.HIGH),))[0] == 5


@pytest.mark.parametrize(("criticality", "c1", "c2"), [(5, 5, 4), (4, 3, 3), (3, 2, 2), (1, 1, 1)])
def test_c1_and_c2_follow_criticality(criticality, c1, c2):
    assert proposed("C1", criticality=criticality) == (c1, ["criticality"])
    assert proposed("C2", criticality=criticality) == (c2, ["criticality"])


@pytest.mark.parametrize(
    ("users", "c2", "c4"),
    [
        (0, None, 1), (99, None, 1), (100, None, 2), (1_000, None, 3), (10_000, None, 4),
        (99_999, None, 4), (100_000, 3, 5), (1_000_000, 4, 5),
    ],
)  # fmt: skip
def test_c2_and_c4_follow_the_number_of_users(users, c2, c4):
    assert proposed("C2", users=users)[0] == c2
    assert proposed("C4", users=users) == (c4, ["serves"])


@pytest.mark.parametrize(
    ("dollars", "level"),
    [
        (999_999, 1), (1_000_000, 2), (5_000_000, 3), (8_000_000, 4), (10_000_000, 4),
        (10_000_001, 5),
    ],
)  # fmt: skip
def test_c3_compares_with_the_published_shares_of_a_department_s_budget(dollars, level):
    # 1, 5, 8 and 10 % of 100 M$ (ours)
    assert proposed("C3", replacement_value=100 * dollars) == (level, ["replacement"])
    loss = a_debt(DebtType.SECURITY, loss=1, loss_after=100 * dollars)
    assert proposed("C3", loss) == (level, ["loss"])


@pytest.mark.parametrize(
    ("users", "level"), [(2, 1), (3, 2), (28, 2), (29, 3), (2_858, 4), (14_285, 4), (14_286, 5)]
)
def test_c5_counts_one_working_day_of_every_user(users, level):
    # 7 hours each, against 20, 200, 20 000 and 100 000 hours
    assert proposed("C5", users=users) == (level, ["a-day"])


def test_c5_proposes_nothing_when_the_users_are_the_public():
    assert proposed("C5", users=CITY.staff) == (5, ["a-day"])
    assert proposed("C5", users=CITY.staff + 1) == (None, ["users-public"])


@pytest.mark.parametrize(("count", "level"), [(0, 1), (1, 2), (2, 2), (3, 3), (6, 4), (11, 5)])
def test_c6_counts_the_systems_that_need_it(count, level):
    needing = tuple(f"N{k}" for k in range(count))

    assert proposed("C6", needed_by=needing)[0] == level
    assert proposed("C6") == (None, [])


def test_systems_depend_on_it_through_others_and_in_circles_too():
    def needing(code, *on):
        return System(code, code, dependencies=tuple(Dependency(o) for o in on))

    systems = (needing("A", "B"), needing("B", "C"), needing("C", "B"), needing("D"))

    assert dependents(systems, "C") == ("A", "B")
    assert dependents(systems, "B") == ("A", "C")
    assert dependents(systems, "D") == ()
    assert dependents((needing("D"),), "D") is None  # nobody wrote any dependency


def test_a_proposal_names_the_debts_that_keep_the_likelihood_up():
    debts = (
        a_debt(DebtType.OBSOLESCENCE, "D1"), a_debt(DebtType.SKILLS, "D2"),
        a_debt(DebtType.DOCUMENTATION, "D3", status=DebtStatus.ACCEPTED),
    )  # fmt: skip
    found = proposals(Seen(System("S1", "Paie"), Horizon(2027, 5), debts), CITY, TODAY)

    assert found["L1"].debts == ("D1",)
    assert found["L3"].debts == ("D2", "D3")
    assert found["L5"].debts == ()
