"""The best plan of a question, re-checked by plain arithmetic, with its proof."""

import time
from collections.abc import Mapping
from dataclasses import replace

from optimizer import program, ties
from optimizer.doctor import conflict
from optimizer.model import Model
from optimizer.posed import AS_IT_IS
from optimizer.program import Program
from optimizer.reduce import worthwhile
from optimizer.search import Outcome, Search, Solver
from optimizer.solvers import SOLVERS
from portfolio.choices import Column
from portfolio.plan import NoPlan, Plan, Proof, broken, worth
from portfolio.question import Question
from portfolio.rules import Row

SEARCH = Search()
PATIENCE = 10.0, 5.0  # for ties: so many seconds, or so many times what the proof took
REPAIRS = 20  # how often a plan that plain arithmetic refuses is cut off and asked again


def solve(
    question: Question, search: Search = SEARCH, solver: str = "highs", settle: bool = True
) -> Plan | NoPlan:
    """The plan that gains most under every rule; "optimal" only when it was proved.

    settle   carry the tie rules to their end: least cost, then earliest starts, then declared
             order; without it the first best plan found is given
    """
    began = time.monotonic()
    ends = began + search.seconds
    on = worthwhile(question)
    asked = program.write(question, on)
    outcome = _trusted(question, asked, SOLVERS[solver], search, ends)
    if not outcome.has_plan:
        return _no_plan(question, outcome, search, began)
    plan = _plan(outcome.taken)
    proof = replace(
        _proof(question, plan, outcome, search), seconds=time.monotonic() - began
    )
    if not (settle and proof.status == "optimal"):
        return replace(plan, proof=replace(proof, is_settled=False))
    patience = max(PATIENCE[0], PATIENCE[1] * proof.seconds)
    left = replace(search, seconds=max(0.0, min(patience, ends - time.monotonic())))
    settled = ties.settle(question, on, asked, plan, SOLVERS[solver], left)
    proof = replace(proof, ties=settled.ties, is_settled=settled.is_settled)
    return replace(settled.plan, proof=proof)


def _trusted(
    question: Question, asked: Program, solver: Solver, search: Search, ends: float
) -> Outcome:
    """The solver's outcome once plain arithmetic agrees; plans it refuses are cut off."""
    if not asked.most:
        return Outcome("infeasible" if asked.rows else "optimal", "", bound=0.0)
    for _ in range(REPAIRS):
        outcome = solver(asked, _left(search, ends), {})
        if not outcome.has_plan or not broken(_plan(outcome.taken), question):
            return outcome
        asked = asked.asking(asked.gain, _not_again(asked, outcome.taken))
    return Outcome("no-answer", outcome.solver, bound=outcome.bound)


def _plan(taken: Mapping[Column, float]) -> Plan:
    return Plan(program.starts(taken), program.standalone(taken))


def _not_again(asked: Program, taken: Mapping[Column, float]) -> Row:
    """At least one choice differs from these."""
    terms = {column: -1.0 if column in taken else 1.0 for column in asked.whole}
    return Row(("not-again",), terms, ">=", 1.0 - sum(t < 0 for t in terms.values()))


def _proof(question: Question, plan: Plan, outcome: Outcome, search: Search) -> Proof:
    objective = worth(plan, question)
    bound = outcome.bound
    if outcome.status == "optimal":
        bound = objective
    if bound is None:
        return Proof("feasible", objective, solver=outcome.solver, seed=search.seed)
    bound = max(bound, objective)
    gap = (bound - objective) / max(abs(objective), 1e-9) if bound > objective else 0.0
    return Proof(outcome.status, objective, bound, gap, solver=outcome.solver, seed=search.seed)


def _no_plan(question: Question, outcome: Outcome, search: Search, began: float) -> NoPlan:
    is_impossible = outcome.status == "infeasible"
    brief = replace(search.aside(), seconds=10.0)
    whole = program.write(question, question.choices())
    clash = conflict(Model(whole), AS_IT_IS, brief) if is_impossible else ()
    seconds = time.monotonic() - began
    proof = Proof(outcome.status, None, outcome.bound, None, outcome.solver, seconds, search.seed)
    return NoPlan(proof, clash)


def _left(search: Search, ends: float) -> Search:
    return replace(search, seconds=max(0.0, ends - time.monotonic()))
