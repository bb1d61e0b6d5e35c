"""Debt in the optimum: the time to prove a joint question to 0.1 %, ours and HiGHS's own.

``python benchmarks/debts.py [--sizes 60 100] [--seeds 1 2] [--seconds 300]`` prints one line a
question: seconds, objective and gap of Arbitrage and of the same rows given to HiGHS directly
(highspy, its defaults but for the gap), in the same run, one after the other.

The questions (``generated``): 60 projects, 300 debts and 40 systems, or 100, 600 and 80, over 5
years, in thousands of dollars.
- projects: 1 to 3 years, 80 to 1,200 a year in one of two envelopes, some effort of two teams, a
  value drawn apart from the cost; a third may also be done smaller for less value.
- envelopes and teams allow about 40 % of what all projects would take, spread over the years.
- debts: each of one system; principal lognormal around 120, interest of 8 % to 35 % of it, growing;
  0 to 3 projects repay 30 % to 100 % of it, often more than the whole together, some of them after
  a year; 45 % may be retired on their own for 0.9 to 1.4 times the principal; 8 % are made by a
  project.
- systems: levels drawn near the red line, 1 to 4 likelihoods that fall with 1 to 3 of the system's
  debts; one in six may be replaced by a project. Red at first: about half; allowed at the end:
  two thirds of those.
- a tenth of the money repays debt; at most 85 % of the principal remains.
- maximise: value, and the interest avoided in present value with five years beyond the horizon.
"""

import argparse
import os
import random
import time

import highspy
import numpy as np

from optimizer.arrays import Arrays
from optimizer.model import load
from optimizer.program import Program, write
from optimizer.search import Search
from optimizer.solve import solve
from portfolio.at_risk import AtRisk, Lowered
from portfolio.candidate import Candidate, Capacity, Limits, Option, Stake, Standalone
from portfolio.horizon import Horizon
from portfolio.plan import Plan, broken
from portfolio.question import Question
from portfolio.rules import DebtCeiling, DebtFloor, RedLimit

YEARS, GAP = 5, 1e-3
BESIDE = {60: (300, 40), 100: (600, 80)}  # projects: (debts, systems); else five and two thirds


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", type=int, nargs="*", default=[60, 100], help="in projects")
    asked.add_argument("--seeds", type=int, nargs="*", default=[1])
    asked.add_argument("--seconds", type=float, default=300.0, help="of each solve")
    told = asked.parse_args()
    print(f"proven to {GAP:.1%}, {told.seconds:g} s at most, {os.cpu_count()} cores")
    for count in told.sizes:
        for seed in told.seeds:
            _compare(generated(count, seed), f"{count} projects, seed {seed}", told)


def _compare(question: Question, name: str, told: argparse.Namespace) -> None:
    debts, systems = len(question.debts), len(question.systems)
    red = sum(s.is_red_with(frozenset()) for s in question.systems)
    print(f"{name}: {debts} debts, {systems} systems ({red} red)", flush=True)
    began = time.perf_counter()
    found = solve(question, Search(told.seconds, GAP), settle=False)
    ours = time.perf_counter() - began
    assert isinstance(found, Plan), found
    assert not broken(found, question)
    proof = found.proof
    print(f"  Arbitrage {ours:8.1f} s  objective {proof.objective:11.1f}  gap {proof.gap:.3%}")
    program = write(question, question.choices())
    began = time.perf_counter()
    worth, gap = directly(program, told.seconds)
    other = time.perf_counter() - began
    print(f"  HiGHS     {other:8.1f} s  objective {worth:11.1f}  gap {gap:.3%}")
    print(f"  ratio of the times {ours / other:.2f}", flush=True)


def directly(program: Program, seconds: float) -> tuple[float, float]:
    """(objective, gap) of the program by HiGHS alone, as it comes."""
    arrays = Arrays.of(program)
    h = load(arrays)
    h.changeColsCost(len(arrays.gain), np.arange(len(arrays.gain), dtype=np.int32), -arrays.gain)
    h.setOptionValue("mip_rel_gap", GAP)
    h.setOptionValue("time_limit", seconds)
    h.run()
    info = h.getInfo()
    assert info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return -info.objective_function_value, info.mip_gap


def generated(count: int, seed: int) -> Question:
    """The joint question of so many projects; the same seed, the same question."""
    dice = random.Random(f"debts {count} {seed}")
    projects = tuple(_project(dice, i) for i in range(count))
    codes = [p.code for p in projects]
    owed, run = BESIDE.get(count, (5 * count, 2 * count // 3))
    systems = [f"S{i}" for i in range(run)]
    debts = tuple(_debt(dice, i, codes, systems) for i in range(owed))
    at_risk = tuple(_system(dice, s, [d for d in debts if d.system == s], codes) for s in systems)
    red = sum(s.is_red_with(frozenset()) for s in at_risk)
    whole = sum(d.principal for d in debts if not d.created_by)
    wanted = {
        name: sum(sum(p.options[0].cost.get(name, ())) for p in projects) for name in ("PDI", "FON")
    }
    work = {t: sum(sum(p.options[0].effort.get(t, ())) for p in projects) for t in ("DEV", "OPS")}
    return Question(
        Horizon(2027, YEARS),
        projects,
        discount=0.04,
        envelopes={
            name: Limits(tuple(0.4 * most / YEARS * s for s in (0.9, 1.0, 1.1, 1.0, 1.0)), 0.1)
            for name, most in wanted.items()
        },
        teams={t: Capacity((0.45 * days / YEARS,) * YEARS) for t, days in work.items()},
        debts=debts,
        rules=(DebtFloor(0.1), DebtCeiling(0.85 * whole), RedLimit(2 * red // 3)),
        maximize={"value": 1.0, "avoided": 1.0},
        systems=at_risk,
    )


def _project(dice: random.Random, i: int) -> Candidate:
    years = dice.choice((1, 1, 2, 2, 3))
    envelope, team = dice.choice(("PDI", "PDI", "FON")), dice.choice(("DEV", "OPS"))
    cost = tuple(float(dice.randint(80, 1200)) for _ in range(years))
    effort = tuple(float(dice.randint(20, 300)) for _ in range(years))
    whole = Option("base", years, 1.0, {envelope: cost}, {team: effort})
    lite = Option(
        "lite",
        years,
        dice.uniform(0.5, 0.75),
        {envelope: tuple(round(0.6 * c) + 0.0 for c in cost)},
        {team: tuple(round(0.6 * e) + 0.0 for e in effort)},
    )
    worth = dice.lognormvariate(6.5, 0.8)
    return Candidate(
        f"P{i:03}", value=round(worth, 1), debt_share=dice.choice((0.0, 0.0, 0.3, 0.7)),
        variants=(whole, lite) if dice.random() < 1 / 3 else (whole,),
    )  # fmt: skip


def _debt(dice: random.Random, i: int, codes: list[str], systems: list[str]) -> Stake:
    principal = round(dice.lognormvariate(4.8, 0.8), 1)
    first, growth = principal * dice.uniform(0.08, 0.35), dice.uniform(1.0, 1.15)
    interest = tuple(round(first * growth**p, 1) for p in range(YEARS + 5))
    beyond = sum(interest[p] * 1.04**-p for p in range(YEARS, YEARS + 5))
    repaying = dice.sample(codes, dice.choice((0, 1, 1, 2, 2, 3)))
    alone = Standalone(dice.choice(("PDI", "FON")), round(principal * dice.uniform(0.9, 1.4), 1))
    return Stake(
        f"D{i:03}",
        dice.choice(systems),
        principal=principal,
        interest=interest[:YEARS],
        retired_by={code: dice.choice((0.3, 0.4, 0.5, 0.6, 0.8, 1.0)) for code in repaying},
        standalone=alone if dice.random() < 0.45 else None,
        created_by=dice.choice(codes) if dice.random() < 0.08 else "",
        retired_after={code: 1 for code in repaying if dice.random() < 0.2},
        terminal=round(beyond, 2),
    )


def _system(dice: random.Random, code: str, debts: list[Stake], codes: list[str]) -> AtRisk:
    likelihood = tuple(dice.choice((2, 3, 4, 4, 5, 6)) for _ in range(7))
    impact = tuple(dice.choice((2, 2, 3, 3, 4)) for _ in range(6))
    high = sorted(range(7), key=lambda k: -likelihood[k])[: dice.randint(1, 4)]
    lowered = tuple(
        Lowered(k, dice.randint(1, 2),
                tuple(d.code for d in dice.sample(debts, min(len(debts), dice.randint(1, 3)))))
        for k in sorted(high) if debts
    )  # fmt: skip
    replaced = (dice.choice(codes),) if dice.random() < 1 / 6 else ()
    return AtRisk(code, likelihood, impact, lowered=lowered, replaced_by=replaced)


if __name__ == "__main__":
    main()
