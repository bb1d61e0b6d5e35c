"""What depends on the members' weights, and how far each weight may move."""

from dataclasses import replace

import pytest
from benches import a_house, a_project, a_registry, someone

from portfolio.evaluation import Ballot, Evaluation, Weight
from portfolio.person import Role
from portfolio.plan import Plan
from services import bench, scenarios, triage
from services.jobs import Jobs

MEMBER = someone(Role.MEMBER)
TOP = ("1", "2", "3", "4", "durabilite", "dette")


@pytest.fixture
def jobs():
    own = Jobs()
    yield own
    own.close()


@pytest.fixture
def asked(migrated_file, tmp_path):
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        yield lambda registry: scenarios.ask(bring(registry), MEMBER, registry.cycle.code, "base")


def rated(framework, code, ratings):
    return tuple(
        Evaluation(code, leaf.key, "m1", ratings.get(leaf.key[0], 2.0))
        for leaf in framework.leaves
        if not leaf.measure
    )


def a_committee(*ballots):
    """BOTH is good at branches 1 and 2, ONE at 1, TWO at 2, NONE at none; two have room."""
    from data import frameworks

    framework = frameworks.load("montreal_2030", "2026.1")
    marks = {
        "BOTH": {"1": 4.0, "2": 4.0},
        "ONE": {"1": 4.0, "2": 0.0},
        "TWO": {"1": 0.0, "2": 4.0},
        "NONE": dict.fromkeys("1234d", 0.0),
    }
    projects = tuple(replace(a_project(c, cost=(40,)), given_value=None) for c in marks)
    evaluations = tuple(e for c, given in marks.items() for e in rated(framework, c, given))
    return a_registry(*projects, limits=(80,), evaluations=evaluations, ballots=ballots)


def ballot(person, one, two):
    points = {"1": one, "2": two, "3": 1.0, "4": 1.0, "durabilite": 1.0, "dette": 1.0}
    return Ballot(person, tuple(Weight(key, points[key]) for key in TOP))


def plan_of(jobs, question):
    standing = bench.standing(jobs, question, wait=30)
    while standing.job is not None:
        standing.job.future.result(30)
        standing = bench.standing(jobs, question, wait=30)
    assert isinstance(standing.answered.found, Plan)
    return standing.answered.found


def done(work, jobs, *given):
    begun = work(jobs, *given, begin=True)
    if begun.job is not None:
        begun.job.future.result(120)
    return work(jobs, *given)


def test_what_the_members_weights_decide_is_contested_and_the_rest_is_not(jobs, asked):
    question = asked(a_committee(ballot("m1", 90, 10), ballot("m2", 10, 90)))
    plan = plan_of(jobs, question)

    found = done(triage.triage, jobs, question, plan).result

    standing = {line.project: line.standing for line in found.lines}
    assert standing == {"BOTH": "core", "ONE": "contested", "TWO": "contested", "NONE": "out"}
    assert found.is_complete
    assert found.is_decided
    shares = {line.project: line.share for line in found.lines}
    assert (shares["BOTH"], shares["NONE"]) == (1.0, 0.0)
    assert shares["ONE"] == pytest.approx(0.5, abs=0.2)
    assert shares["ONE"] + shares["TWO"] == pytest.approx(1.0)
    assert {line.project for line in found.sometimes} == {"ONE", "TWO"}


def test_the_draws_are_the_same_each_time(asked):
    question = asked(a_committee(ballot("m1", 90, 10), ballot("m2", 10, 90)))
    shares = []
    for _ in range(2):
        own = Jobs()
        found = done(triage.triage, own, question, plan_of(own, question)).result
        shares.append([line.share for line in found.lines])
        own.close()

    assert shares[0] == shares[1]


def test_the_last_ballot_of_each_person_counts(asked):
    first, last = ballot("m1", 90, 10), replace(ballot("m1", 10, 90), round=2)

    (counted,) = triage.ballots(asked(a_committee(first, last)))

    assert (counted.round, counted.weights[0].points) == (2, 10)


def test_nothing_is_known_of_a_project_before_the_triage(jobs, asked):
    question = asked(a_committee(ballot("m1", 90, 10), ballot("m2", 10, 90)))
    plan = plan_of(jobs, question)
    assert triage.standing_of(jobs, question, plan, "ONE") is None

    done(triage.triage, jobs, question, plan)

    assert triage.standing_of(jobs, question, plan, "ONE").standing == "contested"


def test_a_weight_may_move_until_another_project_is_better(jobs, asked):
    """Branch 2 weighs 25 % and branch 1 15 %: TWO is in until branch 2 weighs less than branch 1.

    The others keep their proportions: w2 = 0.15 / 0.75 (1 - w2), so w2 = 1 / 6.
    """
    question = asked(a_committee())
    plan = plan_of(jobs, question)
    assert set(plan.starts) == {"BOTH", "TWO"}

    found = done(triage.bands, jobs, question, plan).result

    band = next(band for band in found.bands if band.criterion == "2")
    assert band.weight == pytest.approx(0.25)
    assert band.low == pytest.approx(1 / 6, abs=1e-4)
    assert band.high == pytest.approx(1.0)
    assert band.below == (("ONE",), ("TWO",))
    assert found.is_complete
