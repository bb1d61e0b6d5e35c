"""A debt item from its first day to its last: what each act asks, and what it refuses."""

from dataclasses import replace
from datetime import date

import pytest
from benches import a_house, a_project, a_registry

from data.store import Act
from portfolio.debt import DebtItem, DebtStatus, Remedy
from portfolio.errors import Invalid, Missing, Refusal, Stale
from portfolio.person import Person, Role
from portfolio.project import Estimate, Stage
from portfolio.system import System
from services import debt_acts, debts, register_history
from services.debt_acts import Step, next_code

TODAY = date(2026, 11, 22)
ARCHITECT = Person("test-architecte", "Test architecte", frozenset({Role.ARCHITECT}))


def a_debt(code="D01", **more):
    return DebtItem(code, f"Dette {code}", "S1", Estimate(100_00), Estimate(30_00), **more)


@pytest.fixture
def store(migrated_file, tmp_path):
    registry = a_registry(
        a_project("P1"),
        a_project("P2", stage=Stage.APPROVED),
        systems=(System("S1", "Paie"),),
        debts=(a_debt(), a_debt("D02", remedies=(Remedy("P1"),))),
    )
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        yield bring(registry)


def kept(store, code="D01"):
    with store.reading() as work:
        return work.one(DebtItem, "c", code)


def move(store, to, code="D01", today=TODAY, **step):
    return debt_acts.move(store, ARCHITECT, "c", kept(store, code), Step(to, **step), today)


def logged(store, item=None, **more):
    return debt_acts.log(store, ARCHITECT, "c", item or a_debt("D03", **more), TODAY)


def test_a_new_item_is_open_and_logged_that_day_whatever_it_says(store):
    found = logged(store, status=DebtStatus.RETIRED, closed_on=TODAY)

    assert (found.status, found.logged_on, found.closed_on) == (DebtStatus.OPEN, TODAY, None)


def test_the_next_code_follows_the_last(store):
    with store.reading() as work:
        assert next_code(work.registry("c")) == "D03"


def test_a_code_that_is_taken_is_refused_with_a_free_one(store):
    with pytest.raises(Invalid) as refused:
        logged(store, a_debt("D01", owner="anne"))

    assert (refused.value.code, refused.value.facts["accepted"]) == ("code-taken", "D03")
    assert kept(store).owner == ""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"remedies": (Remedy("P9"),)}, "unknown-code"),
        ({"created_by": "P9"}, "unknown-code"),
        ({"standalone_envelope": "RIEN"}, "unknown-code"),
        ({"created_by": "P1", "remedies": (Remedy("P1"),)}, "creates-and-retires"),
    ],
)
def test_what_an_item_names_must_be_there(store, change, code):
    with pytest.raises(Invalid, match=code):
        debt_acts.save(store, ARCHITECT, "c", replace(kept(store), **change))

    assert kept(store).version == 1


def test_an_item_of_an_unknown_system_is_refused(store):
    with pytest.raises(Missing, match="no-such-system"):
        logged(store, replace(a_debt("D03"), system="RIEN"))


def test_a_figure_is_not_changed_without_a_reason(store):
    dearer = replace(kept(store), principal=Estimate(200_00))

    with pytest.raises(Invalid, match="reason-needed"):
        debt_acts.save(store, ARCHITECT, "c", dearer)

    assert debt_acts.save(store, ARCHITECT, "c", dearer, "Offre reçue").principal.likely == 200_00


def test_a_figure_that_stays_takes_no_reason(store):
    assert debt_acts.save(store, ARCHITECT, "c", replace(kept(store), owner="anne")).version == 2


def test_editing_changes_neither_status_nor_days(store):
    edited = replace(kept(store), status=DebtStatus.RETIRED, closed_on=TODAY, logged_on=TODAY)

    found = debt_acts.save(store, ARCHITECT, "c", edited)

    assert (found.status, found.closed_on, found.logged_on) == (DebtStatus.OPEN, None, None)


def test_an_item_saved_meanwhile_is_not_written_over(store):
    read = kept(store)
    debt_acts.save(store, ARCHITECT, "c", replace(read, owner="anne"))

    with pytest.raises(Stale) as refused:
        debt_acts.save(store, ARCHITECT, "c", replace(read, owner="bruno"))

    assert refused.value.facts["theirs"].owner == "anne"


CANNOT = [
    (before, to) for before in DebtStatus for to in DebtStatus if to not in debt_acts.NEXT[before]
]


@pytest.mark.parametrize(("before", "to"), CANNOT)
def test_a_move_that_cannot_follow_is_refused_and_nothing_changes(store, before, to):
    with store.writing(Act("test", "architecte", "test")) as work:
        work.save("c", replace(kept(store), status=before))

    with pytest.raises(Refusal, match="status-order") as refused:
        move(store, to, reason="raison", project="P1", of="D02", on=TODAY)

    assert (refused.value.facts["before"], refused.value.facts["after"]) == (before, to)
    assert kept(store).status is before


def test_planning_takes_a_project_or_a_date(store):
    with pytest.raises(Invalid, match="no-plan"):
        move(store, DebtStatus.PLANNED)

    assert move(store, DebtStatus.PLANNED, on=date(2027, 6, 30)).review_on == date(2027, 6, 30)
    assert move(store, DebtStatus.PLANNED, "D02").status is DebtStatus.PLANNED


def test_a_debt_is_retired_by_a_project_which_becomes_its_remedy(store):
    found = move(store, DebtStatus.RETIRED, project="P2", on=date(2026, 11, 1))

    assert (found.closed_on, found.remedies) == (date(2026, 11, 1), (Remedy("P2"),))


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ({}, "retired-how"),
        ({"project": "P9"}, "unknown-code"),
        ({"project": "P1", "on": date(2026, 11, 23)}, "not-yet"),
    ],
)
def test_a_retirement_says_how_and_is_not_of_tomorrow(store, step, code):
    with pytest.raises(Invalid, match=code):
        move(store, DebtStatus.RETIRED, **step)


def test_an_item_is_not_retired_before_it_was_logged(store):
    logged(store)

    with pytest.raises(Invalid, match="too-early"):
        move(store, DebtStatus.RETIRED, "D03", project="P1", on=date(2026, 11, 21))


def test_a_false_positive_says_why_and_no_longer_counts(store):
    with pytest.raises(Invalid, match="reason-needed"):
        move(store, DebtStatus.FALSE_POSITIVE)

    assert move(store, DebtStatus.FALSE_POSITIVE, reason="Autre système").closed_on == TODAY
    assert debts.view(store, ARCHITECT, "c", TODAY).principal == 100_00


def test_a_duplicate_names_the_item_that_stays(store):
    with pytest.raises(Invalid, match="unknown-code"):
        move(store, DebtStatus.DUPLICATE, of="D09")
    with pytest.raises(Invalid, match="unknown-code"):
        move(store, DebtStatus.DUPLICATE, of="D01")

    assert move(store, DebtStatus.DUPLICATE, of="D02").duplicate_of == "D02"
    with pytest.raises(Invalid, match="unknown-code"):
        move(store, DebtStatus.DUPLICATE, "D02", of="D01")


def test_what_is_opened_again_is_no_longer_closed(store):
    move(store, DebtStatus.DUPLICATE, of="D02")

    found = move(store, DebtStatus.OPEN, reason="Ce n'est pas le même module")

    assert (found.status, found.closed_on, found.duplicate_of) == (DebtStatus.OPEN, None, "")


def test_a_promised_item_has_no_path_until_its_project_is_approved(store):
    logged(store, created_by="P1")

    with pytest.raises(Refusal, match="status-order"):
        move(store, DebtStatus.IN_REMEDIATION, "D03")
    found = debts.view(store, ARCHITECT, "c", TODAY)
    assert ([f.item.code for f in found.promised], found.principal) == (["D03"], 200_00)


def test_the_item_s_history_says_who_did_what_and_why(store):
    debt_acts.save(store, ARCHITECT, "c", replace(kept(store), interest=Estimate(50_00)), "Relevé")
    move(store, DebtStatus.RETIRED, project="P2", reason="Livré")

    last, first = register_history.of_debt(store, ARCHITECT, "c", "D01")

    assert (first.who, first.act, first.reason) == ("Test architecte", "debts.save", "Relevé")
    (interest,) = first.changes
    assert (interest.field, interest.before["likely"], interest.after["likely"]) == (
        "interest", 30_00, 50_00
    )
    assert (last.act, last.reason) == ("debts.remboursee", "P2 – Livré")
    assert {c.field for c in last.changes} == {"status", "closed_on", "remedies"}
