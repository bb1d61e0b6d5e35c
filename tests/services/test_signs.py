"""Signs of a cycle: from what was revealed, beside the cycle before, for the facilitator alone."""

from dataclasses import replace

import pytest
from benches import a_house, a_project, a_registry, someone
from committee import a_cycle

from data.store import Act
from portfolio.errors import Forbidden
from portfolio.evaluation import Evaluation, Round, Subject
from portfolio.horizon import Horizon
from portfolio.person import Person, Role
from portfolio.project import Category
from scoring.signs import Kind
from services import signs


def looked(found, kind):
    return next(one.looked for one in found.found if one.looked.kind == kind)


def test_a_person_s_pull_is_told_once_her_service_is_known():
    (sign,) = looked(signs.of_registry(a_cycle(2.0)), Kind.PULL).signs
    assert sign.about == ("ann",)
    unknown = replace(a_cycle(2.0), people=(Person("ann", "Ann"),))
    assert looked(signs.of_registry(unknown), Kind.PULL).lacks == "no-service"
    assert looked(signs.of_registry(a_cycle()), Kind.PULL).signs == ()


def test_what_is_not_revealed_yet_raises_nothing():
    blind = a_cycle(2.0, rounds=(Round(Subject.SCORES, 1),))
    assert looked(signs.of_registry(blind), Kind.PULL).lacks == "no-rating"


def test_a_lead_s_own_rating_is_compared_and_not_counted():
    hers = tuple(Evaluation("P3", f"c{c}", "lee", 4.0) for c in range(4))
    cycle = a_cycle()
    found = signs.of_registry(replace(cycle, evaluations=cycle.evaluations + hers))
    assert looked(found, Kind.SELF).examined == 1


def test_thresholds_of_the_cycle_are_used():
    cycle = a_cycle()
    close = tuple(a_project(f"N{k}", cost=(95 + k % 4,)) for k in range(7))
    cycle = replace(
        cycle, cycle=replace(cycle.cycle, thresholds=(10_000_000,)), projects=close
    )
    (sign,) = looked(signs.of_registry(cycle), Kind.UNDER).signs
    assert sign.figures["threshold"] == 10_000_000
    assert len(sign.rows) == 7
    assert looked(signs.of_registry(a_cycle()), Kind.UNDER).lacks == "no-threshold"


def with_obligations(start, code, many):
    mandatory = {"category": Category.MANDATORY}
    projects = tuple(
        a_project(f"P{k:02}", **(mandatory if k < many else {})) for k in range(20)
    )
    whole = a_registry(*projects)
    cycle = replace(whole.cycle, code=code, horizon=Horizon(start, 2))
    return replace(whole, cycle=cycle)


def test_the_cycle_before_is_the_last_that_began_earlier(migrated_file, tmp_path):
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        store = bring(with_obligations(2029, "now", 12))
        with store.writing(Act("test", "administrateur", "test")) as work:
            work.bring_in(with_obligations(2027, "old", 12))
            work.bring_in(with_obligations(2028, "last", 1))
            work.bring_in(with_obligations(2031, "later", 12))

        found = signs.signs(store, someone(Role.FACILITATOR), "now")

        assert found.previous == "last"
        (sign,) = looked(found, Kind.MANDATORY).signs
        assert (sign.figures["now"], sign.figures["before"]) == (0.6, 0.05)
        first = signs.signs(store, someone(Role.FACILITATOR), "old")
        assert looked(first, Kind.MANDATORY).lacks == "no-earlier-cycle"


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.FACILITATOR])
def test_nobody_but_the_facilitator_reads_them(migrated_file, tmp_path, role):
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        store = bring(a_cycle())
        with pytest.raises(Forbidden):
            signs.signs(store, someone(role), "c")


def test_every_kind_comes_with_what_was_measured_of_it():
    found = signs.of_registry(a_cycle())
    assert [one.looked.kind for one in found.found] == list(Kind)
    for one in found.found:
        assert one.measured.alarm.size == 0
        assert one.measured.seen
    assert found.command.startswith("python benchmarks/signs.py")
