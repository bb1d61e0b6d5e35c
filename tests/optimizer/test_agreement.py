"""The optimizer against every plan there is, and against published optima."""

import os

import pytest
from brute import best
from random_questions import RULES, a_random_question

from optimizer.solve import solve
from portfolio.plan import Plan, broken, worth

SEEDS = range(1200 if os.environ.get("ARBITRAGE_LONG") else 300)


@pytest.mark.parametrize("block", range(10))
def test_highs_finds_what_trying_everything_finds(block):
    for seed in SEEDS[block::10]:
        question = a_random_question(seed)
        expected, answer = best(question), solve(question)
        if expected is None:
            assert answer.proof.status == "infeasible", seed
            continue
        top, first, _ = expected
        assert isinstance(answer, Plan), seed
        assert answer.proof.status == "optimal", seed
        assert not broken(answer, question), seed
        assert worth(answer, question) == pytest.approx(float(top), abs=1e-6), seed
        chosen = {code: (option.code, t) for code, (option, t) in first.starts.items()}
        assert dict(answer.starts) == chosen, seed


def test_cbc_finds_the_same_worth():
    for seed in (*SEEDS[:300:6], 1194):  # 1194: CBC's pre-processing sees that there is none
        question = a_random_question(seed)
        expected, answer = best(question), solve(question, solver="cbc", settle=False)
        if expected is None:
            assert answer.proof.status == "infeasible", seed
        else:
            assert worth(answer, question) == pytest.approx(float(expected[0]), abs=1e-6), seed
            assert not broken(answer, question), seed


def test_every_kind_of_rule_occurs_often_enough():
    kinds = [rule.kind for seed in SEEDS for rule in a_random_question(seed).rules]
    for kind in {name.removesuffix("-limit").removesuffix("-share") for name in RULES}:
        assert kinds.count(kind) >= 20, kind
