"""A lead declares the links of her own proposal; what cannot be is said before it is kept."""

from dataclasses import replace

import pytest
from benches import a_house, a_project, a_registry

from portfolio.errors import Forbidden, Invalid, Missing, Refusal
from portfolio.person import Person, Role
from portfolio.project import Category, Stage
from portfolio.registry import pose
from portfolio.rules import Excludes, Needs, NeedsOneOf, Synergy, Together
from services import cycles, proposal_links
from services.proposal_links import TooLate, check

ANNE = Person("test-responsable", "Anne", frozenset({Role.LEAD}))
DRAFT = {"lead": ANNE.code, "stage": Stage.DRAFT}


def a_cycle(*links, **own):
    """P1 and P4 are submitted, P2 and P3 are Anne's drafts, P9 is someone else's draft."""
    return a_registry(
        a_project("P1", lead="bruno"),
        a_project("P2", **DRAFT | own),
        a_project("P3", **DRAFT),
        a_project("P4", lead=ANNE.code),
        a_project("P9", lead="bruno", stage=Stage.DRAFT, title_en="Secret"),
        periods=4, limits=(100,) * 4, links=links,
    )


@pytest.fixture(name="house")
def a_house_of_one_s_own(migrated_file, tmp_path):
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        yield bring


def seen(store):
    return cycles.registry(store, ANNE, "c")


@pytest.mark.parametrize(
    "link",
    [
        Needs("P2", "P1", 1), NeedsOneOf("P2", ("P1", "P4"), 2), Excludes(("P2", "P1")),
        Together(("P2", "P3")), Synergy(("P2", "P1"), 1.5),
        Synergy(("P2", "P1"), 0.0, proposal_links.saving("PDI", 2, 125_000)),
    ],
)
def test_every_kind_of_link_is_added_and_taken_back(house, link):
    store = house(a_cycle())
    assert check(seen(store), link) == proposal_links.Checked(None, ())

    proposal_links.add(store, ANNE, "c", link)
    assert seen(store).links == (link,)
    with pytest.raises(Invalid, match="link-twice"):
        proposal_links.add(store, ANNE, "c", link)

    proposal_links.remove(store, ANNE, "c", link)
    assert seen(store).links == ()


def test_a_circle_is_refused_and_names_its_projects_in_order(house):
    store = house(a_cycle(Needs("P1", "P4"), Needs("P4", "P3")))
    proposal_links.add(store, ANNE, "c", Needs("P3", "P2"))

    for act in (lambda e: proposal_links.add(store, ANNE, "c", e), raise_what_check_says(store)):
        with pytest.raises(Invalid, match="circle-of-needs") as refused:
            act(Needs("P2", "P1"))
        assert refused.value.facts["found"] == ("P2", "P1", "P4", "P3")
    assert Needs("P2", "P1") not in seen(store).links


def raise_what_check_says(store):
    def act(link):
        raise check(seen(store), link).refused

    return act


def test_one_of_several_is_a_circle_only_when_each_of_them_waits(house):
    store = house(a_cycle(Needs("P3", "P2")))

    proposal_links.add(store, ANNE, "c", NeedsOneOf("P2", ("P3", "P1")))

    with pytest.raises(Invalid, match="circle-of-needs") as refused:
        proposal_links.add(store, ANNE, "c", NeedsOneOf("P2", ("P3",)))
    assert refused.value.facts["found"] == ("P2", "P3")


@pytest.mark.parametrize(
    ("before", "link"),
    [
        (Needs("P2", "P1"), Excludes(("P2", "P1"))),
        (Excludes(("P1", "P2")), Needs("P2", "P1")),
        (Excludes(("P1", "P2", "P4")), Together(("P2", "P1"))),
        (Excludes(("P1", "P2")), Synergy(("P2", "P1"), 1.0)),
        (Excludes(("P1", "P2", "P4")), NeedsOneOf("P2", ("P1", "P4"))),
    ],
)
def test_two_links_that_say_the_contrary_are_refused(house, before, link):
    store = house(a_cycle(before))

    with pytest.raises(Invalid, match="contrary-link"):
        proposal_links.add(store, ANNE, "c", link)


def test_one_way_out_is_no_contrary(house):
    store = house(a_cycle(Excludes(("P1", "P2"))))

    proposal_links.add(store, ANNE, "c", NeedsOneOf("P2", ("P1", "P4")))


@pytest.mark.parametrize("other", ["P9", "P77"])
def test_someone_else_s_draft_is_no_more_there_than_what_does_not_exist(house, other):
    store = house(a_cycle())

    with pytest.raises(Missing) as refused:
        proposal_links.add(store, ANNE, "c", Needs("P2", other))

    assert (refused.value.code, refused.value.facts) == ("no-such-project", {"found": other})


def test_nothing_of_someone_else_s_draft_is_offered_or_seen(house):
    store = house(a_cycle(Needs("P9", "P2"), Excludes(("P9", "P2")), Together(("P1", "P2"))))
    registry = seen(store)

    assert {p.code for p in proposal_links.offered(registry, "P2")} == {"P1", "P3", "P4"}
    assert proposal_links.of_project(registry, "P2") == (Together(("P1", "P2")),)
    # what that draft declares does not stand against hers: the refusal would tell of it
    proposal_links.add(store, ANNE, "c", Together(("P2", "P4")))


@pytest.mark.parametrize(
    ("link", "refused"),
    [
        (Needs("P1", "P2"), Forbidden),  # of someone else
        (Excludes(("P1", "P2")), Forbidden),  # declared by the first that it names
        (Needs("P4", "P1"), Refusal),  # her own, submitted
    ],
)
def test_only_one_s_own_draft_declares_and_takes_back(house, link, refused):
    store = house(a_cycle(link))

    for act in (proposal_links.add, proposal_links.remove):
        with pytest.raises(refused) as told:
            act(store, ANNE, "c", link)
        assert told.value.code == ("not-yours" if refused is Forbidden else "not-a-draft")
    assert link in seen(store).links


@pytest.mark.parametrize(
    ("link", "code"),
    [
        (Needs("P2", "P1", 4), "out-of-range"), (NeedsOneOf("P2", ()), "too-few"),
        (Together(("P2",)), "too-few"), (Synergy(("P2", "P1")), "empty-synergy"),
        (Synergy(("P2", "P1"), float("nan")), "out-of-range"),
        (Synergy(("P2", "P1"), -1.0), "out-of-range"),
        (Synergy(("P2", "P1"), 0.0, {"XYZ": (1.0,)}), "no-such-envelope"),
        (Synergy(("P2", "P1"), 0.0, {"PDI": (1.0,) * 5}), "too-long"),
        (Synergy(("P2", "P1"), 1.0, {"PDI": (-1.0,)}), "too-low"),
    ],
)
def test_what_a_link_says_is_bounded(house, link, code):
    store = house(a_cycle())

    with pytest.raises(Refusal) as refused:
        proposal_links.add(store, ANNE, "c", link)

    assert refused.value.code == code
    assert check(seen(store), link).refused is not None


def test_a_project_that_could_not_be_ready_in_time_is_said(house):
    late = a_cycle(latest="2027")

    # P1 lasts one period from 2027: it is ready for 2028 at the soonest, one later with the lag
    assert check(late, Needs("P2", "P1", 1)).late == (TooLate("P2", "P1", 2, 0),)
    assert check(a_cycle(latest="2029"), Needs("P2", "P1", 1)).late == ()


def test_a_deadline_counts_what_the_project_lasts():
    due = a_cycle(category=Category.MANDATORY, deadline="2028")

    assert check(due, Needs("P2", "P1")).late == ()
    assert check(due, Needs("P2", "P1", 1)).late == (TooLate("P2", "P1", 2, 1),)


def test_what_a_draft_declares_counts_once_it_is_submitted():
    """Else a lead's draft could keep someone else's project out of every plan."""
    draft = a_cycle(Together(("P2", "P1")))
    p1, p2, *others = draft.projects
    submitted = replace(draft, projects=(p1, replace(p2, stage=Stage.SUBMITTED), *others))
    base = draft.scenarios[0]

    assert pose(draft, base, {}).question.rules == ()
    assert pose(submitted, base, {}).question.rules == (Together(("P2", "P1")),)
