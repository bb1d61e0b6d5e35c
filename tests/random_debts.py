"""Small random questions in which projects, debts and red systems compete for one envelope."""

import random
from dataclasses import replace

from random_questions import RULES
from random_questions import a_project as any_project

from portfolio.at_risk import AtRisk, Lowered
from portfolio.candidate import Limits, Stake, Standalone
from portfolio.horizon import Horizon
from portfolio.question import Question
from portfolio.rules import DebtCeiling, DebtFloor, RedLimit

SHARES = (0.3, 0.4, 0.5, 0.6, 0.7, 1.0)
AIMS = (
    "value", "value", "-red", "avoided", "debt", "interest",
    {"value": 1.0, "avoided": 0.25}, {"value": 1.0, "red": -3.0},
    {"value": 1.0, "interest": 0.5, "red": -2.0}, {"avoided": 1.0, "-cost": 0.5},
)  # fmt: skip


def a_joint_question(seed):
    dice = random.Random(f"joint {seed}")
    periods = dice.choice((2, 2, 3))
    projects = tuple(a_project(dice, i, periods) for i in range(dice.choice((3, 3, 4))))
    codes = [p.code for p in projects]
    debts = tuple(a_debt(dice, i, codes, periods) for i in range(dice.choice((2, 3, 3))))
    systems = tuple(a_system(dice, i, codes, debts) for i in range(dice.choice((1, 2, 3))))
    return Question(
        Horizon(2027, periods),
        projects,
        discount=dice.choice((0.0, 0.1)),
        envelopes={
            name: Limits(
                tuple(float(dice.randint(6, 22)) for _ in range(periods)), dice.choice((0.0, 0.5))
            )
            for name in ("E", "F")
        },
        teams={},
        debts=debts,
        rules=tuple(rules(dice, codes, periods)),
        maximize=dice.choice(AIMS),
        systems=systems,
    )


def rules(dice, codes, periods):
    if dice.random() < 0.6:
        yield RedLimit(dice.choice((0, 1, 1, 2, 2)))
    if dice.random() < 0.3:
        yield DebtFloor(dice.choice((0.2, 0.4)))
    if dice.random() < 0.4:
        yield DebtCeiling(float(dice.randint(8, 40)))
    for kind in dice.sample(("needs", "together", "force", "floor-limit"), dice.choice((0, 1))):
        yield RULES[kind](dice, codes, periods)


def a_project(dice, i, periods):
    """As in the other questions, without a team to stand in its way."""
    made = any_project(dice, i, periods)
    variants = made.variants if dice.random() < 0.3 else made.variants[:1]
    return replace(made, variants=tuple(replace(v, effort={}) for v in variants))


def a_debt(dice, i, codes, periods):
    """Repaid by up to three projects, often more than wholly; some come with a project."""
    repaid = {c: dice.choice(SHARES) for c in dice.sample(codes, dice.randint(0, 3))}
    alone = Standalone("E", float(dice.randint(1, 8))) if i < 2 and dice.random() < 0.5 else None
    return Stake(
        f"D{i}",
        principal=float(dice.randint(1, 20)),
        interest=tuple(float(dice.randint(0, 5)) for _ in range(periods)),
        retired_by=repaid,
        standalone=alone,
        created_by=dice.choice(codes) if dice.random() < 0.3 else "",
        retired_after={c: dice.choice((1, 2)) for c in repaid if dice.random() < 0.4},
        terminal=float(dice.choice((0, 0, 2, 6))),
    )


def a_system(dice, i, codes, debts):
    """Near the red line, on either side of it."""
    likelihood = [dice.choice((2, 3, 4, 5, 6)) for _ in range(7)]
    likelihood[dice.randrange(7)] = 6
    impact = [dice.choice((3, 4, 5)) for _ in range(6)]
    lowered = []
    for criterion in sorted(dice.sample(range(7), dice.randint(0, 4))):
        behind = dice.sample([d.code for d in debts], dice.choice((1, 1, 2)))
        to = dice.randint(1, likelihood[criterion])
        lowered.append(Lowered(criterion, min(to, dice.choice((1, 2, 6))), tuple(behind)))
    replacing = (dice.choice(codes),) if dice.random() < 0.3 else ()
    return AtRisk(
        f"S{i}", tuple(likelihood), tuple(impact), lowered=tuple(lowered), replaced_by=replacing
    )
