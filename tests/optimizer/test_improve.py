"""Better plans found beside the proof: they keep every row, and never change what is proved."""

import random
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from random_questions import a_random_question

from optimizer import program
from optimizer.improve import Improver
from optimizer.incumbent import Incumbent
from optimizer.model import Model
from optimizer.neighbourhood import best_nearby
from optimizer.posed import AS_IT_IS, Posed, Twist
from optimizer.rebuild import frame, rebuilt
from optimizer.search import Search, Watch
from optimizer.solve import solve
from optimizer.space import Space
from optimizer.trials import plan_of
from portfolio.candidate import Candidate, Limits
from portfolio.choices import Amount
from portfolio.horizon import Horizon
from portfolio.plan import Plan, broken
from portfolio.question import Question
from portfolio.rules import Excludes, Floor, Mandatory, Needs, Synergy

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from generator import generated

SEEDS = range(30)


class Bench:
    """A question in every shape that those who improve need."""

    def __init__(self, question):
        self.question = question
        self.model = Model(program.write(question, question.choices()))
        self.posed = Posed.of(self.model.arrays, AS_IT_IS)
        self.space = Space.of(self.model.arrays, self.posed)
        self.relaxed = self.model.relaxed()

    def frame(self):
        groups = len(self.space.held)
        return frame(self.space, np.ones(groups), self.space.gain, np.zeros(groups))

    def plan(self, taken):
        columns = self.model.arrays.taken(taken)
        return Plan(program.starts(columns), program.standalone(columns))

    def improved(self, rounds, seed=0):
        incumbent = Incumbent(self.posed.gain, None)
        asked = iter(range(rounds))
        improver = Improver(
            self.space, self.relaxed, incumbent, 1000.0, seed, lambda: next(asked, None) is None
        )
        improver.run()
        return incumbent


@pytest.mark.parametrize("kind", ["tight", "loose"])
def test_a_rebuilt_plan_keeps_every_rule(kind):
    bench = Bench(generated(40, kind))

    nothing = np.zeros(len(bench.space.gain))
    taken, is_kept = rebuilt(bench.space, bench.frame(), nothing, 2000, 10.0, 1)

    assert is_kept
    assert bench.plan(taken).starts
    assert broken(bench.plan(taken), bench.question) == ()


def test_rebuilding_obeys_mandates_floors_and_needs():
    projects = tuple(
        Candidate(c, value=v, cost={"E": (4.0,)}, tags={"axis": axis})
        for c, v, axis in (("A", 1, "x"), ("B", 9, "y"), ("C", 8, "y"), ("D", 7, "x"))
    )
    question = Question(
        Horizon(2027, 2), projects, envelopes={"E": Limits((8.0, 4.0))},
        rules=(Mandatory("A"), Needs("D", "A"), Excludes(("B", "C")), Floor("count", limit=3.0)),
    )  # fmt: skip
    bench = Bench(question)

    nothing = np.zeros(len(bench.space.gain))
    taken, is_kept = rebuilt(bench.space, bench.frame(), nothing, 500, 1.0, 3)

    assert is_kept
    plan = bench.plan(taken)
    assert broken(plan, question) == ()
    assert set(plan.starts) == {"A", "B", "D"}


def test_a_choice_that_no_row_mentions_can_be_taken_out_too():
    free = Amount("free", "a", 0, True)
    model = Model(program.Program({free: 1.0}, {free: 1.0}, ()))
    space = Space.of(model.arrays, Posed.of(model.arrays, AS_IT_IS))
    on = frame(space, np.ones(1), space.gain, np.zeros(1))

    taken, is_kept = rebuilt(space, on, np.zeros(1), 200, 1.0, 0)

    assert is_kept
    assert taken.tolist() == [1.0]


def test_the_same_seed_rebuilds_the_same_plan():
    bench = Bench(generated(30, "tight"))
    nothing = np.zeros(len(bench.space.gain))

    once, again, other = (
        rebuilt(bench.space, bench.frame(), nothing, 300, 10.0, seed)[0] for seed in (5, 5, 6)
    )

    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)


def test_a_small_program_finds_the_best_of_what_it_leaves_free():
    question = generated(12, "tight", periods=4)
    bench = Bench(question)
    free = np.ones(len(bench.space.gain), bool)
    nothing = np.zeros(len(free))

    taken, is_proved = best_nearby(bench.space, nothing, free, 60.0, 0.0, 0, lambda: False)

    assert is_proved
    best = solve(question, Search(60.0), settle=False).proof.objective
    assert float(bench.space.gain @ taken) == pytest.approx(best)


def test_what_is_not_free_stays():
    bench = Bench(generated(20, "tight"))
    nothing = np.zeros(len(bench.space.gain))
    start, _ = rebuilt(bench.space, bench.frame(), nothing, 50, 10.0, 1)
    free = bench.space.group < 5

    taken, _ = best_nearby(bench.space, start, free, 20.0, 0.0, 0, lambda: False)

    assert np.array_equal(taken[~free], start[~free])
    assert bench.space.gain @ taken >= bench.space.gain @ start


@pytest.mark.parametrize("seed", SEEDS)
def test_improving_offers_only_plans_that_plain_arithmetic_accepts(seed):
    question = a_random_question(seed)
    best = solve(question, settle=False)
    if not isinstance(best, Plan) or not question.projects:
        return
    bench = Bench(question)
    offered = bench.improved(4, seed)

    if offered.taken is not None:
        taken = bench.model.arrays.taken(offered.taken)
        plan = Plan(program.starts(taken), program.standalone(taken))
        assert broken(plan, question) == ()
        assert offered.worth <= best.proof.objective + 1e-6


def test_improving_is_the_same_for_the_same_seed():
    bench = Bench(generated(40, "tight"))

    assert bench.improved(6, 1).worth == bench.improved(6, 1).worth


def test_a_plan_handed_over_while_the_proof_runs_is_used():
    question = generated(60, "tight", periods=6)
    bench = Bench(question)
    incumbent = bench.improved(8)

    outcome = bench.model.ask(Search(3.0))

    assert outcome.has_plan
    assert broken(plan_of(outcome), question) == ()
    worth = bench.model.arrays.plan(outcome.taken) @ bench.posed.gain
    assert worth >= 0.95 * incumbent.worth


def test_an_incumbent_keeps_the_best_of_what_many_threads_offer():
    incumbent = Incumbent(np.ones(1), None)
    numbers = list(range(1000))
    random.Random(1).shuffle(numbers)

    def offer(some):
        for number in some:
            incumbent.offer(np.array([float(number)]))

    threads = [threading.Thread(target=offer, args=(numbers[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert incumbent.worth == 999
    assert incumbent.better_than(999.0) is None
    assert incumbent.better_than(None)[0] == 999


def test_a_proved_answer_is_the_same_with_one_thread_or_two_and_for_every_seed():
    question = generated(16, "tight", periods=5)
    found = [
        solve(question, Search(120.0, threads=threads, seed=seed))
        for threads in (1, 2) for seed in (0, 7)
    ]  # fmt: skip

    assert {plan.proof.status for plan in found} == {"optimal"}
    assert all(plan.proof.is_settled for plan in found)
    assert len({tuple(sorted(plan.starts.items())) for plan in found}) == 1


class After(Watch):
    """Stops the solve once it was heard from so often."""

    def __init__(self, times):
        self.times, self.heard_of = times, []

    def heard(self, objective, bound):
        self.heard_of.append((objective, bound))

    def is_stopped(self):
        return len(self.heard_of) >= self.times


def test_a_large_solve_that_is_stopped_gives_the_plan_it_has():
    question = generated(1000, "tight")
    watch = After(3)
    found = solve(question, Search(86400.0, watch=watch))  # a day: only the stop ends it

    assert found.proof.status in ("feasible", "no-answer")
    if isinstance(found, Plan):
        assert broken(found, question) == ()
        assert found.proof.bound >= found.proof.objective
    assert len(watch.heard_of) >= 3


def test_what_alone_exceeds_a_limit_is_shut_before_the_solver_sees_it():
    question = Question(
        Horizon(2027, 1),
        (Candidate("A", value=9, cost={"E": (9.0,)}), Candidate("B", value=1, cost={"E": (1.0,)})),
        envelopes={"E": Limits((5.0,))},
    )
    model = Model(program.write(question, question.choices()))

    posed = Posed.of(model.arrays, AS_IT_IS)

    assert [column.project for column, most in zip(model.arrays.columns, posed.most, strict=True)
            if most == 0] == ["A"]  # fmt: skip
    assert model.relaxed().best == pytest.approx(1.0)


def test_what_needs_what_cannot_be_is_shut_too():
    question = Question(
        Horizon(2027, 2),
        (Candidate("A", value=9, cost={"E": (9.0,)}), Candidate("B", value=5)),
        envelopes={"E": Limits((5.0, 5.0))},
        rules=(Needs("B", "A"),),
    )
    model = Model(program.write(question, question.choices()))

    assert not Posed.of(model.arrays, AS_IT_IS).most.any()


def test_a_raised_limit_opens_again_what_was_shut():
    question = Question(
        Horizon(2027, 1), (Candidate("A", value=9, cost={"E": (9.0,)}),),
        envelopes={"E": Limits((5.0,))},
    )  # fmt: skip
    model = Model(program.write(question, question.choices()))
    at = next(i for i, row in enumerate(model.program.rows) if row.label[0] == "envelope")

    assert not model.ask(Search(5.0)).taken
    assert model.ask(Search(5.0), Twist(rhs={at: 9.0})).taken


def test_a_bonus_that_follows_from_two_projects_is_found_by_improving():
    projects = tuple(Candidate(c, value=1, cost={"E": (1.0,)}) for c in "ABCD")
    question = Question(
        Horizon(2027, 1), projects, envelopes={"E": Limits((2.0,))},
        rules=(Synergy(("C", "D"), value=5.0),),
    )  # fmt: skip
    bench = Bench(replace(question))

    assert bench.improved(30).worth == pytest.approx(7.0)
