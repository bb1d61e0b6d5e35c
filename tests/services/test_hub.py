"""The import hub: one item for many findings, closed softly, brought in whole, taken back whole."""

from dataclasses import replace
from datetime import date

import pytest
from hubs import (
    ANNE,
    FRIDAY,
    MONDAY,
    PAY,
    TUESDAY,
    as_it_stands,
    bring,
    every,
    flaw,
    library,
    one,
    order,
    sbom,
    smell,
    sonar,
    source,
    track,
    welcome,
    write,
)

from data.store import Act
from portfolio.batch import Batch, Counts
from portfolio.debt import DebtItem, DebtStatus, DebtType, Evidence
from portfolio.errors import Invalid
from portfolio.finding import Component, Finding, Reading, Severity, Theme
from portfolio.folding import Terms, is_evidence_gone
from portfolio.project import Estimate
from portfolio.scan import Scan, Tool
from portfolio.system import System, Technology, ToolKey
from services import hub

OLD = library("pg", number="9.6", cpe="cpe:2.3:a:postgresql:postgresql:9.6:*:*:*:*:*:*:*")
EVERY = (System, DebtItem, Finding, Component, Reading)
OWN = DebtItem("D1", "Mon élément", "PAIE", Estimate(500_000), Estimate(70_000), basis="Entrevue",
               theme=Theme.MAINTAINABILITY)  # fmt: skip


@pytest.fixture
def store(store):
    return welcome(store)


def test_a_dry_run_says_what_would_change_and_writes_nothing(store):
    scans = (sonar(smell("a"), smell("b")), sbom(library("lodash")))

    found = hub.preview(store, ANNE, "c", source(*scans), order(scans))

    assert found.counts("findings") == Counts(created=2)
    assert found.counts("components") == Counts(created=1)
    assert found.counts("debts") == Counts(created=1)
    assert found.counts("systems") == Counts(updated=1)
    assert every(store, Finding) == every(store, DebtItem) == every(store, Batch) == ()


def test_findings_of_one_system_and_theme_make_one_item_with_each_tool_as_evidence(store):
    bring(store, sonar(smell("a", 90), smell("b", 30)))
    bring(store, Scan(Tool.SARIF, "paie", findings=(
        replace(smell("c", None), source="sarif"),), taken_on=TUESDAY))  # fmt: skip

    (item,) = every(store, DebtItem)

    assert (item.code, item.type, item.theme) == ("PAIE-MAINTENABILITE", DebtType.CODE,
                                                  Theme.MAINTAINABILITY)  # fmt: skip
    assert item.principal == Estimate(20_000, 10_000, 40_000)  # 2 h at 100 $
    assert (item.interest, item.confidence) == (Estimate(0), 1)
    assert item.evidence == (
        Evidence("sonarqube", "paie-web", findings=2, seen_on=MONDAY),
        Evidence("sarif", "paie", findings=1, seen_on=TUESDAY),
    )
    assert {f.debt for f in every(store, Finding)} == {item.code}


def test_one_upgrade_mends_every_vulnerability_of_a_component(store):
    bring(store, track(flaw("CVE-1", "log4j"), flaw("CVE-2", "log4j", Severity.BLOCKER),
                       flaw("CVE-3", "jackson", Severity.LOW)))  # fmt: skip

    (item,) = every(store, DebtItem)

    assert item.principal.likely == 180_000  # 16 h for log4j by its gravest, 2 h for jackson
    assert item.basis == "3 constats, 0 min, 2 composants"


def test_the_architect_sets_the_rate_and_the_default_efforts(store):
    terms = Terms(rate=15_000, hours={Severity.HIGH: 10.0})
    bring(store, track(flaw("CVE-1", "log4j")), terms=terms)

    assert one(store, DebtItem, "PAIE-VULNERABILITES").principal.likely == 150_000
    assert hub.terms(store, ANNE, "c") == terms


def test_the_same_file_again_changes_nothing(store):
    scans = (sonar(smell("a"), on=None), sbom(library("lodash"), on=None))
    first = bring(store, *scans, today=MONDAY)
    before = as_it_stands(store, *EVERY)

    again = bring(store, *scans, today=FRIDAY)

    assert first.batch.counts.created == 5  # finding, component, item, two figures
    assert again.batch is None
    assert again.changes.total == Counts(unchanged=5)
    assert as_it_stands(store, *EVERY) == before


def test_the_same_request_is_done_once(store):
    first = bring(store, sonar(smell("a")), request="r1")
    again = bring(store, sonar(smell("a")), request="r1")

    assert again.batch == first.batch
    assert len(every(store, Batch)) == 1


def test_what_a_later_whole_run_does_not_show_is_gone_and_may_come_back(store):
    bring(store, sonar(smell("a"), smell("b")))

    later = bring(store, sonar(smell("a"), on=TUESDAY))
    assert later.batch.counts.gone == 1
    assert one(store, Finding, "PAIE", "sonarqube", "b").gone_on == TUESDAY
    assert one(store, DebtItem, "PAIE-MAINTENABILITE").principal.likely == 10_000

    back = bring(store, sonar(smell("a"), smell("b"), on=FRIDAY))
    assert back.batch.counts.reopened == 1
    found = one(store, Finding, "PAIE", "sonarqube", "b")
    assert (found.gone_on, found.reopened) == (None, 1)
    assert (found.first_seen, found.last_seen) == (MONDAY, FRIDAY)


def test_a_page_of_several_closes_nothing(store):
    bring(store, sonar(smell("a"), smell("b")))

    bring(store, sonar(smell("a"), on=TUESDAY, is_whole=False))

    assert {f.gone_on for f in every(store, Finding)} == {None}


def test_a_bill_of_materials_closes_no_finding_of_the_same_tool(store):
    found = replace(flaw("CVE-1", "log4j"), source="cyclonedx")
    bring(store, Scan(Tool.CYCLONEDX, "paie", findings=(found,), taken_on=MONDAY))

    bring(store, sbom(library("log4j"), subject="paie", on=TUESDAY))

    assert {f.gone_on for f in every(store, Finding)} == {None}


def test_two_projects_of_one_tool_in_one_system_do_not_close_each_other_s(store):
    bring(store, sbom(library("lodash"), library("axios"), subject="web"))
    bring(store, sbom(library("lodash"), subject="mobile", on=TUESDAY))
    bring(store, sbom(library("axios"), subject="web", on=FRIDAY))

    shown = {(c.scope, c.name): c.gone_on for c in every(store, Component)}

    assert shown == {("web", "lodash"): FRIDAY, ("web", "axios"): None, ("mobile", "lodash"): None}


def test_a_run_older_than_the_last_one_changes_nothing(store):
    bring(store, sonar(smell("a"), on=FRIDAY))

    old = bring(store, sonar(smell("b"), on=MONDAY))

    assert old.batch is None
    assert [(placed.scan.subject, last) for placed, last in old.changes.older] == [
        ("paie-web", FRIDAY)
    ]
    assert [f.key for f in every(store, Finding)] == ["a"]


def test_runs_in_one_import_are_taken_in_the_order_of_their_days(store):
    bring(store, sonar(smell("b"), on=FRIDAY), sonar(smell("a"), smell("b"), on=MONDAY))

    gone = {f.key: f.gone_on for f in every(store, Finding)}
    assert gone == {"a": FRIDAY, "b": None}


def test_a_finding_set_aside_never_counts(store):
    bring(store, sonar(smell("a", 60), smell("b", 600, is_set_aside=True)))
    item = one(store, DebtItem, "PAIE-MAINTENABILITE")
    assert (item.principal.likely, item.evidence[0].findings) == (10_000, 1)

    bring(store, sonar(smell("a", is_set_aside=True), smell("b", is_set_aside=True), on=TUESDAY))

    assert {f.is_open for f in every(store, Finding)} == {False}
    assert one(store, DebtItem, "PAIE-MAINTENABILITE").principal.likely == 10_000


def test_an_item_whose_evidence_is_all_gone_is_said_and_never_closed(store):
    bring(store, sonar(smell("a")))
    bring(store, sonar(on=TUESDAY))

    item = one(store, DebtItem, "PAIE-MAINTENABILITE")

    assert item.status is DebtStatus.OPEN
    assert item.principal.likely == 10_000
    assert item.evidence[0].gone_on == TUESDAY
    assert is_evidence_gone(item)


def test_an_item_made_by_hand_is_joined_and_keeps_its_figures(store):
    with store.writing(Act("anne", "architecte", "debts.save")) as work:
        work.save("c", OWN)

    brought = bring(store, sonar(smell("a")))

    (item,) = every(store, DebtItem)
    assert (item.code, item.principal, item.basis) == ("D1", OWN.principal, "Entrevue")
    assert item.evidence == (Evidence("sonarqube", "paie-web", findings=1, seen_on=MONDAY),)
    (difference,) = brought.changes.differences
    assert (difference.field, difference.held) == ("principal", OWN.principal)
    assert difference.offered == Estimate(10_000, 5_000, 20_000)


def test_a_figure_changed_by_hand_stays_however_often_the_tool_runs(store):
    bring(store, sonar(smell("a")))
    item = one(store, DebtItem, "PAIE-MAINTENABILITE")
    write(store, replace(item, principal=Estimate(999), principal_priced=None))

    for day in (TUESDAY, FRIDAY):
        brought = bring(store, sonar(smell("a", 600), on=day))
        assert one(store, DebtItem, item.code).principal == Estimate(999)
        assert [d.key for d in brought.changes.differences] == [f"debt/{item.code}/principal"]


def test_a_difference_is_taken_when_the_architect_says_so(store):
    bring(store, sonar(smell("a")))
    item = one(store, DebtItem, "PAIE-MAINTENABILITE")
    write(store, replace(item, principal=Estimate(999), principal_priced=None))

    bring(store, sonar(smell("a", 600)), take=frozenset({f"debt/{item.code}/principal"}))
    assert one(store, DebtItem, item.code).principal.likely == 100_000

    bring(store, sonar(smell("a", 60), on=TUESDAY))
    assert one(store, DebtItem, item.code).principal.likely == 10_000


def test_what_people_write_beside_a_figure_does_not_hold_the_figure_back(store):
    bring(store, sonar(smell("a")))
    item = one(store, DebtItem, "PAIE-MAINTENABILITE")
    write(store, replace(item, title="Autre", interest=Estimate(5), owner="anne"))

    bring(store, sonar(smell("a", 120), on=TUESDAY))

    item = one(store, DebtItem, item.code)
    assert (item.principal.likely, item.title, item.owner) == (20_000, "Autre", "anne")
    assert item.interest == Estimate(5)


def test_what_is_found_after_an_item_was_retired_is_a_new_item(store):
    bring(store, sonar(smell("a")))
    item = one(store, DebtItem, "PAIE-MAINTENABILITE")
    write(store, replace(item, status=DebtStatus.RETIRED))

    bring(store, sonar(smell("a"), smell("b"), on=TUESDAY))

    codes = {d.code: d.status for d in every(store, DebtItem)}
    assert codes == {item.code: DebtStatus.RETIRED, f"{item.code}-2": DebtStatus.OPEN}
    assert {f.debt for f in every(store, Finding)} == {f"{item.code}-2"}


def test_components_and_technologies_past_their_support_make_one_obsolescence_item(store):
    old = Technology("Windows Server", "2012", standard_end=MONDAY)
    with store.writing(Act("anne", "architecte", "test")) as work:
        work.save("c", replace(work.one(System, "c", "PAIE"), technologies=(old,)))

    bring(store, sbom(OLD, library("new")), today=TUESDAY)

    item = one(store, DebtItem, "PAIE-OBSOLESCENCE")
    assert item.principal.likely == 880_000  # 8 h for the library, 80 h for the product
    assert (item.support_end, item.type) == (date(2021, 11, 11), DebtType.OBSOLESCENCE)
    assert {(e.source, e.findings) for e in item.evidence} == {("cyclonedx", 1), ("inventaire", 1)}


def test_an_obsolescence_that_someone_wrote_is_not_counted_twice(store):
    write(store, replace(OWN, theme="", type=DebtType.OBSOLESCENCE))

    bring(store, sbom(OLD))

    (item,) = every(store, DebtItem)
    assert (item.code, item.principal, item.theme) == ("D1", OWN.principal, Theme.OBSOLESCENCE)
    assert item.evidence == (Evidence("cyclonedx", "paie-web", findings=1, seen_on=MONDAY),)


def test_the_catalogue_maps_components_and_the_rest_is_counted(store):
    undated = replace(OLD, key="pg-x", number="", cpe=OLD.cpe.replace("9.6", "*"))
    brought = bring(store, sbom(OLD, undated, library("own")))

    assert (brought.batch.mapped, brought.batch.undated, brought.batch.unmapped) == (1, 1, 1)
    known = one(store, Component, "PAIE", "cyclonedx", "pg")
    assert (known.product, known.release) == ("postgresql", "9.6")
    assert known.support_end == date(2021, 11, 11)


def test_a_system_is_chosen_once_and_then_recognised(store):
    scan = sonar(smell("a"))
    with pytest.raises(Invalid, match="system-not-chosen"):
        hub.bring_in(store, ANNE, "c", source(scan), order())
    assert every(store, Finding) == ()

    bring(store, scan)
    assert one(store, System, "PAIE").tool_keys == (ToolKey("sonarqube", "paie-web"),)

    parts = (sonar(smell("b"), on=TUESDAY), sonar(smell("c"), subject="paie-web#hotspots"))
    found = hub.preview(store, ANNE, "c", source(*parts), order())
    assert [placed.system for placed in found.placed] == ["PAIE", "PAIE"]


def test_an_inventory_is_joined_by_key_then_code_then_title(store):
    ours = replace(PAY, tool_keys=(ToolKey("leanix", "x1"),))
    with store.writing(Act("anne", "architecte", "test")) as work:
        work.save("c", replace(ours, version=work.one(System, "c", "PAIE").version))
    offered = (
        System("x1", "Paie et RH", users=40, tool_keys=(ToolKey("leanix", "x1"),)),
        System("x2", "  TAXES ", run_cost=100),
        System("x3", "Permis"),
    )

    brought = bring(store, Scan(Tool.LEANIX, is_whole=False, systems=offered))

    assert brought.changes.counts("systems") == Counts(created=1, updated=2)
    assert {s.code for s in every(store, System)} == {"PAIE", "TAXE", "x3"}
    pay = one(store, System, "PAIE")
    assert (pay.title, pay.users) == ("Paie", 40)  # the title was written by hand
    kept = [d.key for d in brought.changes.differences]
    assert kept == ["system/PAIE/title", "system/TAXE/title"]


def test_a_register_of_debts_names_systems_that_are_there(store):
    good = DebtItem("A1", "Sans essais", "TAXE", Estimate(100), Estimate(10))
    lost = replace(good, code="A2", system="NULLE-PART")
    asked = source(Scan(Tool.ARCHITECTS, is_whole=False, debts=(good, lost)))

    found = hub.preview(store, ANNE, "c", asked, order())
    assert [(r.where.column, r.code, r.found) for r in found.refused] == [
        ("A2", "no-such-system", "NULLE-PART")
    ]
    with pytest.raises(Invalid, match="rows-refused"):
        hub.bring_in(store, ANNE, "c", asked, order())
    assert every(store, DebtItem) == ()


def test_a_batch_is_taken_back_to_exactly_what_was_there(store):
    bring(store, sonar(smell("a"), smell("b")), sbom(library("lodash")))
    before = as_it_stands(store, *EVERY)
    second = bring(store, sonar(smell("a", 600), smell("c"), on=TUESDAY), sbom(on=TUESDAY),
                   track(flaw("CVE-1", "x")))  # fmt: skip

    undone = hub.undo(store, ANNE, "c", second.batch)

    assert undone.is_undone
    assert as_it_stands(store, *EVERY) == before
    assert [b.is_undone for b in hub.batches(store, ANNE, "c")] == [True, False]
    with pytest.raises(Invalid, match="already-undone"):
        hub.undo(store, ANNE, "c", undone)


def test_batches_are_taken_back_one_after_the_other(store):
    before = as_it_stands(store, *EVERY)
    days = (MONDAY, TUESDAY, FRIDAY)
    done = [bring(store, sonar(smell("a", 60 * at), on=day)) for at, day in enumerate(days, 1)]

    for brought in reversed(done):
        hub.undo(store, ANNE, "c", brought.batch)

    assert as_it_stands(store, *EVERY) == before


def test_a_batch_is_not_taken_back_over_what_someone_changed_since(store):
    brought = bring(store, sonar(smell("a")))
    item = one(store, DebtItem, "PAIE-MAINTENABILITE")
    write(store, replace(item, owner="anne"))
    before = as_it_stands(store, *EVERY, Batch)

    with pytest.raises(Invalid) as refused:
        hub.undo(store, ANNE, "c", brought.batch)

    assert (refused.value.code, refused.value.facts["found"]) == ("changed-since", item.code)
    assert as_it_stands(store, *EVERY, Batch) == before


def test_a_system_that_a_batch_made_stays_while_something_else_leans_on_it(store):
    brought = bring(store, Scan(Tool.LEANIX, is_whole=False, systems=(System("NEUF", "Neuf"),)))
    write(store, replace(OWN, system="NEUF"))

    with pytest.raises(Invalid) as refused:
        hub.undo(store, ANNE, "c", brought.batch)

    assert (refused.value.code, refused.value.facts["found"]) == ("used-since", "D1")


def test_after_an_undo_the_tool_s_figures_are_still_the_tool_s(store):
    bring(store, sonar(smell("a", 60)))
    second = bring(store, sonar(smell("a", 120), on=TUESDAY))
    hub.undo(store, ANNE, "c", second.batch)

    brought = bring(store, sonar(smell("a", 180), on=TUESDAY))

    assert brought.changes.differences == ()
    assert one(store, DebtItem, "PAIE-MAINTENABILITE").principal.likely == 30_000
