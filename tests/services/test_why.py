"""Why a project is in or out: what the card says, to whom, and that it is worked out once."""

from dataclasses import replace

import pytest
from benches import a_house, a_project, a_registry, hard, small, someone

from portfolio.errors import Forbidden, Missing
from portfolio.person import Person, Role
from portfolio.plan import NoPlan
from portfolio.project import Estimate, Spend, Stage, Variant
from portfolio.rules import Excludes, Force, Needs
from portfolio.scenario import Scenario
from portfolio.words import Bilingual
from services import why
from services.jobs import Jobs
from services.why_card import Cut, Raise


def a_year(*projects, **more):
    """One year, 100 k$."""
    return a_registry(*projects, limits=(100,), **more)


MEMBER, LEAD = someone(Role.MEMBER), someone(Role.LEAD)


@pytest.fixture
def jobs():
    own = Jobs()
    yield own
    own.close()


@pytest.fixture
def house(migrated_file, tmp_path):
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        yield bring


@pytest.fixture
def ask(house, jobs):
    """The card of a project, once nothing more is looked for."""

    def asking(registry, project, by=MEMBER):
        store = house(registry)
        inquiry = why.inquiry(store, by, registry.cycle.code)
        return finished(store, by, jobs, inquiry, project)

    return asking


def finished(store, by, jobs, inquiry, project):
    found = why.standing(store, by, jobs, inquiry, project, wait=30)
    while found.job is not None:
        found.job.future.result(30)
        found = why.standing(store, by, jobs, inquiry, project, wait=30)
    return found


def test_a_project_that_would_have_to_cost_nothing_is_not_told_to_cost_less(ask):
    paths = ask(a_year(a_project("A", 9, (100,)), a_project("B", 5, (60,))), "B").card.paths

    assert paths.cut is None
    assert paths.shortest == Raise("PDI", (6_000_000,))


def test_a_project_left_out_is_told_what_it_lacks_and_who_makes_room(ask):
    """A (9 points) fills the envelope; B (5) would take its place: it lacks 4."""
    card = ask(a_year(a_project("A", 9, (80,)), a_project("B", 5, (60,))), "B").card

    assert not card.is_in
    assert card.unit == "points"
    assert card.lack.amount == pytest.approx(4)
    assert card.lack.is_exact
    assert [(other.project, other.value) for other in card.others] == [("A", 9)]


def test_the_least_money_that_brings_it_in_is_said_in_cents(ask):
    """Both cost 140 k$ and there are 100 k$: 40 k$ more, or B cheaper by 40 of its 60 k$."""
    registry = a_year(a_project("A", 9, (80,)), a_project("B", 5, (60,)))

    card = ask(registry, "B").card

    assert card.paths.raises == (Raise("PDI", (4_000_000,)),)
    (cut,) = card.paths.cuts
    assert cut.share == pytest.approx(2 / 3, abs=1e-5)
    assert cut.saved == pytest.approx(4_000_000, abs=100)
    assert card.paths.is_complete


def test_the_shortest_way_asks_for_the_least_money(ask):
    """20 k$ are free: the small variant joins for 10 k$ less, the base one for 40 k$ less."""
    base = Variant("base", "De base", 1, spends=(Spend("PDI", 0, Estimate(6_000_000)),))
    small_one = Variant("mini", "Minimale", 1, 0.9, spends=(Spend("PDI", 0, Estimate(3_000_000)),))
    project = replace(a_project("B", 5), variants=(base, small_one))
    registry = a_year(a_project("A", 9, (80,)), project)

    card = ask(registry, "B").card

    assert [cut.variant for cut in card.paths.cuts] == ["mini", "base"]
    shortest = card.paths.shortest
    assert isinstance(shortest, Cut)
    assert (shortest.variant, shortest.saved) == ("mini", pytest.approx(1_000_000, abs=100))


def test_people_who_lack_are_counted_in_days(ask):
    """Money enough for both, 50 days for 40 and 30: 20 are lacking."""
    projects = a_project("A", 9, (10,), (40,)), a_project("B", 5, (10,), (30,))

    card = ask(a_year(*projects, capacity=(50,)), "B").card

    (days,) = card.paths.room.days
    assert (days.team, dict(days.by_period)) == ("DEV", {0: pytest.approx(20)})
    assert card.paths.room.money == ()
    assert card.paths.shortest is None


def test_money_and_people_that_lack_together_are_said_together(ask):
    projects = a_project("A", 9, (80,), (40,)), a_project("B", 5, (60,), (30,))

    room = ask(a_year(*projects, capacity=(50,)), "B").card.paths.room

    assert room.money == (Raise("PDI", (4_000_000,)),)
    assert dict(room.days[0].by_period) == {0: pytest.approx(20)}


def test_a_project_inside_is_told_its_worth_and_who_would_replace_it(ask):
    card = ask(a_year(a_project("A", 9, (80,)), a_project("B", 5, (60,))), "A").card

    assert card.is_in
    assert card.lack.amount == pytest.approx(4)
    assert [other.project for other in card.others] == ["B"]
    assert card.paths is None


def test_the_rule_that_forbids_it_is_named(ask):
    registry = a_year(
        a_project("A", 9),
        a_project("B", 5),
        rules=(Excludes(("A", "B"), 1), Force("A", True, "promis")),
    )

    found = ask(registry, "B")

    assert found.card.lack is None
    assert {label[0] for label in found.card.rules} == {"excludes", "force-in"}
    assert found.card.paths.is_empty


def test_projects_that_can_change_places_are_told_so(ask):
    card = ask(a_year(a_project("A", 5, (80,)), a_project("B", 5, (80,))), "B").card

    assert card.is_even
    assert card.ties == ("A",)


def test_a_proposal_that_is_not_asked_says_why(ask):
    registry = a_year(a_project("A"), a_project("B", stage=Stage.SENT_BACK))

    found = ask(registry, "B")

    assert (found.stage, found.reason) == ("left-out", "stage")


def test_without_a_plan_nothing_is_explained(ask):
    registry = a_year(a_project("A", cost=(200,)), rules=(Force("A", True, "promis"),))

    found = ask(registry, "A")

    assert found.stage == "none"
    assert isinstance(found.found, NoPlan)


def test_every_project_is_explained_as_one_by_one(house, jobs):
    store = house(small())
    inquiry = why.inquiry(store, MEMBER, "c")

    table = why.table(store, MEMBER, jobs, inquiry)
    while table.job is not None:
        table.job.future.result(30)
        table = why.table(store, MEMBER, jobs, inquiry)

    assert [card.line.project for card in table.cards] == ["P1", "P2", "P3", "P4", "P5"]
    for card in table.cards:
        alone = finished(store, MEMBER, jobs, inquiry, card.line.project).card
        assert (alone.lack, alone.others) == (card.lack, card.others)


def test_what_is_known_is_not_looked_for_again(house, jobs):
    store = house(small())
    inquiry = why.inquiry(store, MEMBER, "c")
    finished(store, MEMBER, jobs, inquiry, "P3")
    known = jobs.names

    finished(store, someone(Role.FACILITATOR), jobs, why.inquiry(store, MEMBER, "c"), "P3")

    assert jobs.names == known


def test_a_lead_asks_of_her_own_projects_and_of_no_other(house, jobs):
    registry = a_year(a_project("A", 9, (80,)), a_project("B", 5, (60,), lead=LEAD.code))
    store = house(registry)
    inquiry = why.inquiry(store, LEAD, "c")

    assert inquiry.projects == ("B",)
    assert finished(store, LEAD, jobs, inquiry, "B").card.lack.amount == pytest.approx(4)
    with pytest.raises(Forbidden, match="not-yours"):
        why.standing(store, LEAD, jobs, inquiry, "A")
    with pytest.raises(Forbidden, match="not-yours"):
        why.points(store, LEAD, "c", "A")


def test_a_lead_asks_of_no_other_even_with_the_inquiry_of_someone_else(house, jobs):
    registry = a_year(a_project("A", 9), a_project("B", 5, lead=LEAD.code))
    store = house(registry)
    theirs = why.inquiry(store, MEMBER, "c")

    with pytest.raises(Forbidden, match="not-yours"):
        why.standing(store, LEAD, jobs, theirs, "A")
    table = why.table(store, LEAD, jobs, theirs)
    assert {card.line.project for card in table.cards} <= {"B"}
    assert table.of == 1


def test_a_lead_reads_no_value_of_another_project(house, jobs):
    registry = a_year(a_project("A", 9, (80,)), a_project("B", 5, (60,), lead=LEAD.code))
    store = house(registry)
    inquiry = why.inquiry(store, LEAD, "c")

    card = finished(store, LEAD, jobs, inquiry, "B").card

    assert [(other.project, other.value) for other in card.others] == [("A", None)]
    assert [c.project for c in inquiry.scores.cards] == ["B"]


def test_a_lead_moves_no_lever(house):
    store = house(small())
    moved = Scenario("base", Bilingual("Base"), levers={"PDI": 2.0})

    with pytest.raises(Forbidden, match="not-allowed"):
        why.inquiry(store, LEAD, "c", moved)
    assert why.inquiry(store, MEMBER, "c", moved).scenario == moved


def test_a_draft_of_someone_else_does_not_exist_for_the_committee(house, jobs):
    registry = a_year(a_project("A"), a_project("B", stage=Stage.DRAFT, lead=LEAD.code))
    store = house(registry)
    inquiry = why.inquiry(store, MEMBER, "c")

    assert inquiry.projects == ("A",)
    with pytest.raises(Missing, match="no-such-project"):
        why.standing(store, MEMBER, jobs, inquiry, "B")


def test_a_lead_reads_her_points_without_the_opinions(house):
    store = house(a_year(a_project("B", 5, lead=LEAD.code)))

    assert why.points(store, LEAD, "c", "B").valued.points == 5


def test_a_scenario_that_is_not_kept_is_refused(house):
    with pytest.raises(Missing, match="unknown-code"):
        why.inquiry(house(small()), MEMBER, "c", "nowhere")


def test_someone_without_a_role_asks_nothing(house):
    with pytest.raises(Forbidden):
        why.inquiry(house(small()), Person("x", "X"), "c")


def test_an_explanation_that_is_stopped_gives_bounds_and_can_be_taken_up(house, jobs):
    store = house(hard(40, 4))
    inquiry = why.inquiry(store, MEMBER, "hard")
    found = why.standing(store, MEMBER, jobs, inquiry, "P00", wait=5)
    while found.job is not None and found.stage == "plan":
        found.job.stop()
        found.job.future.result(30)
        found = why.standing(store, MEMBER, jobs, inquiry, "P00", wait=0)
    while found.job is not None:
        found.job.stop()
        found.job.future.result(30)
        found = why.standing(store, MEMBER, jobs, inquiry, "P00", wait=0)

    assert found.stage == "done"
    assert found.is_cut
    why.again(jobs, found.name)
    assert why.standing(store, MEMBER, jobs, inquiry, "P00", wait=0).job is not None


def test_needs_are_named_as_one_rule(ask):
    """B waits for A, which costs more than there is: B can never be taken."""
    registry = a_year(a_project("A", 1, (200,)), a_project("B", 9, (10,)), links=(Needs("B", "A"),))

    assert ("needs", "B", "A") in ask(registry, "B").card.rules
