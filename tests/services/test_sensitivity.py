"""Without an evaluator or a criterion, over the weights in doubt, and by other methods."""

import threading
from dataclasses import replace

import pytest
from benches import a_house, a_project, a_registry, someone

from data import frameworks
from portfolio.evaluation import Adopted, Ballot, Between, Evaluation, Round, Subject, Weight
from portfolio.person import Role
from portfolio.plan import Plan
from scoring.value import value_of
from scoring.weights import of_leaves
from services import bench, removals, scenarios, sensitivity
from services.jobs import Jobs

MEMBER = someone(Role.MEMBER)
TOP = ("1", "2", "3", "4", "durabilite", "dette")
FRAMEWORK = frameworks.load("montreal_2030", "2026.1")
RATED = [leaf.key for leaf in FRAMEWORK.leaves if not leaf.measure]


@pytest.fixture
def jobs():
    own = Jobs()
    yield own
    own.close()


@pytest.fixture
def asked(migrated_file, tmp_path):
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        yield lambda registry: scenarios.ask(bring(registry), MEMBER, registry.cycle.code, "base")


def said(project, who, rating, only="", **more):
    """That person's rating of the project on every criterion, or on those of one branch."""
    return tuple(
        Evaluation(project, leaf, who, float(rating), **more)
        for leaf in RATED
        if leaf.startswith(only)
    )


def rated(rating):
    """What a project is worth that has this mean rating on all that people rate."""
    weights = of_leaves(FRAMEWORK)
    return 100 * sum(
        weights[key] * value_of(FRAMEWORK.criterion(key), rating, 0, 4) for key in RATED
    )


def unscored(code, cost=40, **more):
    return replace(a_project(code, cost=(cost,), **more), given_value=None)


def three_people(**more):
    """A or B, not both. A is worth more by m1, B by m2, and m3 hesitates."""
    ratings = {"m1": (4, 0), "m2": (0, 3), "m3": (2, 2)}
    evaluations = tuple(
        e for who, (a, b) in ratings.items() for e in (*said("A", who, a), *said("B", who, b))
    )
    return a_registry(unscored("A"), unscored("B"), limits=(40,), evaluations=evaluations, **more)


def by_branch(*ballots, **more):
    """BOTH is good at branches 1 and 2, ONE at 1, TWO at 2, NONE at none; two have room."""
    marks = {"BOTH": (4, 4, 2), "ONE": (4, 0, 2), "TWO": (0, 4, 2), "NONE": (0, 0, 0)}
    evaluations = tuple(
        Evaluation(code, leaf, "m1", float({"1": one, "2": two}.get(leaf[0], rest)))
        for code, (one, two, rest) in marks.items()
        for leaf in RATED
    )
    return a_registry(
        *map(unscored, marks), limits=(80,), evaluations=evaluations, ballots=ballots, **more
    )


def ballot(person, one, two, **more):
    points = {"1": one, "2": two, "3": 1.0, "4": 1.0, "durabilite": 1.0, "dette": 1.0}
    return Ballot(person, tuple(Weight(key, points[key]) for key in TOP), **more)


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


def without(jobs, question, plan=None):
    plan = plan or plan_of(jobs, question)
    found = done(removals.removals, jobs, question, plan).result
    return {(one.kind, one.code): one for one in found.removals}, found


def test_an_evaluator_without_whom_another_project_is_chosen_is_named(jobs, asked):
    """Means: A 2 and B 5/3. Without m1: A 1 and B 2.5, so B; without the others, A stays."""
    question = asked(three_people())
    assert set(plan_of(jobs, question).starts) == {"A"}

    told, found = without(jobs, question)

    gone = told["evaluator", "m1"]
    assert (gone.enters, gone.leaves) == (("B",), ("A",))
    assert gone.lost == pytest.approx(rated(2.5) - rated(1))
    assert gone.is_proved
    assert told["evaluator", "m2"].stays
    assert told["evaluator", "m3"].stays
    assert [one.code for one in found.moving("evaluator")] == ["m1"]
    assert found.is_complete


def test_a_criterion_without_which_another_project_is_chosen_is_named(jobs, asked):
    """Branch 2 weighs 25 % and branch 1 15 %; without 2.1, which weighs 11.25 %, 1 weighs more."""
    question = asked(by_branch())
    assert set(plan_of(jobs, question).starts) == {"BOTH", "TWO"}

    told, found = without(jobs, question)

    assert (told["criterion", "2.1"].enters, told["criterion", "2.1"].leaves) == (
        ("ONE",),
        ("TWO",),
    )
    assert [one.code for one in found.moving("criterion")] == ["2.1"]
    assert len(found.of("criterion")) == len(FRAMEWORK.leaves)


def test_an_evaluator_who_is_alone_is_not_left_out(jobs, asked):
    told, _ = without(jobs, asked(by_branch()))

    assert {kind for kind, _ in told} == {"criterion"}


def test_another_plan_as_good_is_no_change(jobs, asked):
    """A and B are rated alike by each: whoever is left out, either is the best."""
    ratings = {"m1": 3, "m2": 1, "m3": 2}
    evaluations = tuple(e for who, r in ratings.items() for p in "AB" for e in said(p, who, r))
    question = asked(
        a_registry(unscored("A"), unscored("B"), limits=(40,), evaluations=evaluations)
    )
    plan = plan_of(jobs, question)
    (other,) = {"A", "B"} - set(plan.starts)

    for kept in (plan, replace(plan, starts={other: ("base", 0)})):
        told, _ = without(jobs, question, kept)
        assert all(one.stays and one.lost == 0 for one in told.values())


def test_a_project_that_nobody_else_rated_is_worth_nothing_then(jobs, asked):
    evaluations = (*said("A", "m1", 3), *said("B", "m2", 2), *said("B", "m1", 2))
    question = asked(
        a_registry(unscored("A"), unscored("B"), limits=(40,), evaluations=evaluations)
    )

    told, _ = without(jobs, question)

    assert told["evaluator", "m1"].unscored == ("A",)
    assert told["evaluator", "m1"].enters == ("B",)
    assert told["evaluator", "m2"].stays


def test_a_value_given_from_outside_follows_no_weight(jobs, asked):
    given = a_project("GIVEN", 60, (40,))
    registry = by_branch()
    question = asked(replace(registry, projects=(*registry.projects, given)))

    every = removals.cases(question)

    assert {case.values["GIVEN"] for case in every} == {60}


def test_what_an_open_round_hides_is_nowhere(asked):
    """m4 answers in a round that is still open: she is not of those who count."""
    late = (*said("A", "m4", 0, round=2), *said("B", "m4", 4, round=2))
    registry = three_people(rounds=(Round(Subject.SCORES, 2),))
    question = asked(replace(registry, evaluations=(*registry.evaluations, *late)))

    assert removals.evaluators(question.registry) == ("m1", "m2", "m3")
    assert "m4" not in {case.code for case in removals.cases(question)}


def test_who_may_know_who_said_what_is_told_names_and_no_other(asked):
    people = tuple(replace(someone(Role.MEMBER), code=c, name=f"Nom {c}") for c in ("m1", "m2"))
    registry = replace(three_people(), people=people)

    assert removals.names(someone(Role.OBSERVER), registry) == {}
    told = removals.names(someone(Role.FACILITATOR), registry)
    assert told == {"m1": "Nom m1", "m2": "Nom m2", "m3": "m3"}


def test_removals_that_were_stopped_say_that_they_are_not_all_there(asked):
    question, jobs, go = asked(three_people()), Jobs(at_once=1), threading.Event()
    plan = plan_of(jobs, question)
    jobs.start("before", lambda job: go.wait(30), aside=True)
    begun = removals.removals(jobs, question, plan, begin=True)
    begun.job.stop()
    go.set()
    begun.job.future.result(30)

    found = removals.removals(jobs, question, plan)

    assert found.is_cut
    assert found.result.removals == ()
    assert found.result.asked > 0
    jobs.close()


def test_the_same_removals_are_worked_out_once_and_only_when_asked(jobs, asked):
    question = asked(three_people())
    plan = plan_of(jobs, question)
    assert removals.removals(jobs, question, plan).result is None

    first = done(removals.removals, jobs, question, plan).result

    assert removals.removals(jobs, question, plan, begin=True).result is first


def test_ranks_over_the_ballots_say_who_hesitates(jobs, asked):
    """Between m1, who gives branch 1 the most, and m2, branch 2: ONE and TWO change places."""
    question = asked(by_branch(ballot("m1", 90, 10), ballot("m2", 10, 90)))

    found = done(sensitivity.places, jobs, question, plan_of(jobs, question)).result

    lines = {line.project: line for line in found.lines}
    assert found.source == "ballots"
    assert (lines["BOTH"].low, lines["BOTH"].high, lines["BOTH"].first) == (1, 1, 1.0)
    assert (lines["NONE"].low, lines["NONE"].high) == (4, 4)
    assert {line.project for line in found.hesitant} == {"ONE", "TWO"}
    assert lines["ONE"].among + lines["TWO"].among == pytest.approx(1.0, abs=0.01)
    assert lines["BOTH"].confidence == 1
    assert lines["NONE"].confidence is None
    assert lines["NONE"].central == {}
    assert sum(lines["BOTH"].central.values()) == pytest.approx(1.0)


def test_ranks_keep_to_the_set_that_was_adopted(jobs, asked):
    """Branch 1 always before branch 2: ONE is never behind TWO."""
    ballots = (ballot("m1", 90, 10), ballot("m2", 10, 90))
    points = tuple(Weight(key, 1.0) for key in TOP)
    adopted = Adopted(1, points, (Between("1", 0.2, 0.6),), (("1", "2"),), "entente")
    question = asked(by_branch(*ballots, adopted=(adopted,)))

    found = done(sensitivity.places, jobs, question, plan_of(jobs, question)).result

    lines = {line.project: line for line in found.lines}
    assert found.source == "adopted"
    assert lines["ONE"].high == 2
    assert lines["TWO"].low == 3


def test_without_ballots_every_weighting_is_drawn(jobs, asked):
    question = asked(by_branch())

    assert done(sensitivity.places, jobs, question, plan_of(jobs, question)).result.source == "none"


def test_ratings_that_evaluators_dispute_move_ranks_even_under_settled_weights(jobs, asked):
    """One weighting for all: with the weights alone A is first; m1 and m2 are far apart on it."""
    same = tuple(Ballot(p, tuple(Weight(key, 10.0) for key in TOP)) for p in ("m1", "m2"))
    question = asked(three_people(ballots=same))
    plan = plan_of(jobs, question)

    weights = done(sensitivity.places, jobs, question, plan).result
    both = done(sensitivity.places, jobs, question, plan, True).result

    assert [line.first for line in weights.lines] == [1.0, 0.0]
    assert 0 < both.lines[1].first < 1
    assert both.with_ratings


def test_the_tornado_says_which_weight_moves_a_project_the_most(asked):
    """Every ballot says the same but for branches 1 and 2, between 10 and 90 of 104 points."""
    question = asked(by_branch(ballot("m1", 90, 10), ballot("m2", 10, 90)))

    found = sensitivity.tornado(question, "ONE")

    assert found.source == "ballots"
    first = found.swings[0]
    assert first.criterion[0] in "12"
    assert first.rank_low != first.rank_high
    assert found.rank == 3
    branch = FRAMEWORK.children("1")
    share = branch[0].weight / sum(c.weight for c in branch)
    swing = next(s for s in found.swings if s.criterion == branch[0].key)
    assert (swing.low, swing.high) == pytest.approx((share * 10 / 104, share * 90 / 104))
    assert swing.points_low < found.points < swing.points_high


def test_without_ballots_weights_move_by_a_fifth(asked):
    found = sensitivity.tornado(asked(by_branch()), "ONE")

    assert found.source == "none"
    for swing in found.swings:
        assert (swing.low, swing.high) == pytest.approx((0.8 * swing.weight, 1.2 * swing.weight))
    assert sum(swing.weight for swing in found.swings) == pytest.approx(1.0)


def test_a_project_that_the_committee_did_not_score_has_no_tornado(asked):
    registry = by_branch()
    question = asked(replace(registry, projects=(*registry.projects, unscored("NEW"))))

    assert sensitivity.tornado(question, "NEW") is None
    assert sensitivity.tornado(question, "nobody") is None


def test_second_opinions_stand_beside_the_official_ranks(jobs, asked):
    question = asked(by_branch())

    found = sensitivity.second_opinions(question, plan_of(jobs, question))

    assert list(found.official) == ["BOTH", "TWO", "ONE", "NONE"]
    assert found.first == 2
    assert {opinion.method for opinion in found.opinions} == {
        "topsis", "topsis_minmax", "vikor", "promethee",
    }  # fmt: skip
    for opinion in found.opinions:
        assert opinion.ranks["BOTH"] == 1
        assert opinion.tau > 0.5
    for own in ("now", "entropy", "critic"):
        at = ("now", "entropy", "critic").index(own)
        assert sum(w[at] for w in found.weights.values()) == pytest.approx(1.0)


def test_second_opinions_count_what_is_missing_as_the_projects_own_worth(jobs, asked):
    registry = by_branch()
    fewer = tuple(e for e in registry.evaluations if (e.project, e.criterion) != ("ONE", RATED[0]))
    question = asked(replace(registry, evaluations=fewer))

    found = sensitivity.second_opinions(question, plan_of(jobs, question))

    assert found.filled == 1


def test_one_scored_project_has_no_second_opinion(jobs, asked):
    question = asked(a_registry(unscored("A"), evaluations=said("A", "m1", 2)))

    assert sensitivity.second_opinions(question, plan_of(jobs, question)) is None


def test_the_official_weights_are_those_that_were_adopted(asked):
    """All the weight on branch 1: ONE is as good as BOTH."""
    alone = tuple(Weight(key, 1.0 if key == "1" else 0.0) for key in TOP)
    question = asked(by_branch(adopted=(Adopted(1, alone),)))

    found = sensitivity.tornado(question, "ONE")

    assert found.points == pytest.approx(100)
    assert found.rank == 1
