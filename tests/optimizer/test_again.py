"""A program asked again from what is known gives the answers of one asked from nothing."""

import os
import random

import pytest
from random_questions import a_random_question

from optimizer.again import Again
from optimizer.model import Model
from optimizer.posed import Twist
from optimizer.program import write
from optimizer.room import chosen
from optimizer.search import Search
from portfolio.rules.row import total

SEEDS = range(1000 if os.environ.get("ARBITRAGE_LONG") else 60)
SEARCH = Search(20.0, threads=1)


def twists(program, on, dice):
    """Limits moved up and down, projects put in and out, rules dropped, in some order."""
    limits = [at for at, row in enumerate(program.rows) if row.label[0] in ("envelope", "team")]
    for _ in range(6):
        yield Twist(rhs={at: dice.choice((0.0, 3.0, 8.0, 30.0)) for at in dice.sample(limits, 1)})
        project = dice.choice(sorted(on.candidates))
        yield Twist(rows=(chosen(on, project, float(dice.randint(0, 1))),))
        yield Twist(free=frozenset(dice.sample(limits, 1)))


@pytest.mark.parametrize("block", range(4))
def test_whatever_was_asked_before_the_answer_is_the_same(block):
    for seed in SEEDS[block::4]:
        question = a_random_question(seed)
        on, dice = question.choices(), random.Random(seed)
        program = write(question, on)
        again = Again(program)
        again.ask(SEARCH)
        for twist in twists(program, on, dice):
            ours, cold = again.ask(SEARCH, twist), Model(program).ask(SEARCH, twist)
            assert ours.status == cold.status, (seed, twist)
            if cold.has_plan:
                worth, other = (total(program.gain, one.taken)[0] for one in (ours, cold))
                assert worth == pytest.approx(other, abs=1e-6), (seed, twist)


def test_a_tighter_question_that_the_best_plan_keeps_needs_no_search():
    question = a_random_question(2)
    program = write(question, question.choices())
    again = Again(program)
    best = again.ask(SEARCH)

    answer = again.ask(Search(0.0, threads=1), Twist(most={c: 1.0 for c in best.taken}))

    assert answer.status == "optimal"
    assert answer.taken == best.taken


def test_a_twin_knows_as_much_and_learns_by_itself():
    question = a_random_question(5)
    program = write(question, question.choices())
    again = Again(program)
    best = again.ask(SEARCH)

    twin = again.twin()

    assert twin.ask(SEARCH).taken == best.taken
