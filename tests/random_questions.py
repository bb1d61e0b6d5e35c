"""Small random questions in which every kind of rule occurs."""

import random

from portfolio.candidate import Candidate, Capacity, Limits, Option, Stake, Standalone
from portfolio.horizon import Horizon
from portfolio.question import Question
from portfolio.rules import (
    AtMostStarts,
    Ceiling,
    DebtCeiling,
    DebtFloor,
    Excludes,
    Floor,
    Force,
    Listed,
    Mandatory,
    Needs,
    NeedsOneOf,
    Synergy,
    Tagged,
    Together,
    Window,
)


def a_random_question(seed):
    dice = random.Random(seed)
    periods = dice.choice((1, 2, 3))
    projects = tuple(a_project(dice, i, periods) for i in range(dice.choice((3, 4, 5))))
    codes = [p.code for p in projects]
    debts = tuple(a_debt(dice, i, codes, periods) for i in range(dice.choice((0, 1, 2))))
    kinds = dice.sample(sorted(RULES), dice.choice((1, 2, 3, 4)))
    return Question(
        Horizon(2027, periods),
        projects,
        discount=dice.choice((0.0, 0.0, 0.1)),
        envelopes={
            name: Limits(
                tuple(float(dice.randint(4, 22)) for _ in range(periods)),
                dice.choice((0.0, 0.0, 0.5, 1.0)),
            )
            for name in ("E", "F")
        },
        teams={"T": Capacity(tuple(float(dice.randint(3, 14)) for _ in range(periods)))},
        debts=debts,
        rules=tuple(RULES[k](dice, codes, periods) for k in kinds),
        maximize=dice.choice(
            (
                "value",
                "value",
                "value",
                "-cost",
                "debt",
                "interest",
                "carbon",
                {"value": 1.0, "interest": 0.25},
            )
        ),
    )


def a_project(dice, i, periods):
    def option(code):
        duration = dice.randint(1, min(2, periods))
        cost = {
            name: tuple(float(dice.randint(0, 9)) for _ in range(dice.randint(1, duration)))
            for name in dice.choice((("E",), ("F",), ("E", "F")))
        }
        return Option(
            code,
            duration,
            dice.choice((1.0, 0.6, 1.3)),
            cost,
            {"T": (float(dice.randint(0, 6)),)} if dice.random() < 0.6 else {},
        )

    window = None if dice.random() < 0.7 else (0, dice.randint(0, periods - 1))
    return Candidate(
        f"P{i}",
        value=float(dice.choice((1, 2, 2, 3, 5, 7.5))),
        window=window,
        measures={"carbon": float(dice.randint(-2, 5))},
        debt_share=dice.choice((0.0, 0.5, 1.0)),
        tags={"axis": dice.choice(("a", "b", ("a", "b")))},
        variants=(option("base"), option("lite")) if dice.random() < 0.4 else (option("base"),),
    )


def a_debt(dice, i, codes, periods):
    alone = Standalone("E", float(dice.randint(1, 8))) if dice.random() < 0.5 else None
    repaid = {c: dice.choice((0.4, 0.7, 1.0)) for c in dice.sample(codes, dice.randint(0, 2))}
    return Stake(
        f"D{i}",
        principal=float(dice.randint(1, 20)),
        interest=tuple(float(dice.randint(0, 5)) for _ in range(periods)),
        retired_by=repaid,
        standalone=alone,
    )


def two(dice, codes):
    return tuple(dice.sample(codes, 2))


RULES = {
    "needs": lambda d, c, n: Needs(*two(d, c), d.choice((0, 0, 1))),
    "needs-one-of": lambda d, c, n: (lambda three: NeedsOneOf(three[0], tuple(three[1:])))(
        d.sample(c, 3)
    ),
    "excludes": lambda d, c, n: Excludes(tuple(d.sample(c, 3)), d.choice((1, 1, 2))),
    "together": lambda d, c, n: Together(two(d, c)),
    "synergy": lambda d, c, n: Synergy(
        two(d, c), d.choice((2.0, -1.5, 0.0)), {"E": (float(d.randint(0, 6)),)}
    ),
    "mandatory": lambda d, c, n: Mandatory(d.choice(c), d.choice((None, n - 1))),
    "force": lambda d, c, n: Force(d.choice(c), d.random() < 0.5, "test"),
    "window": lambda d, c, n: Window(d.choice(c), d.choice((None, 0)), d.choice((None, n - 1))),
    "at-most-starts": lambda d, c, n: AtMostStarts(d.choice((1, 2))),
    "floor": lambda d, c, n: Floor(
        d.choice(("cost", "count", "value")), Tagged("axis", "a"), share=d.choice((0.3, 0.6))
    ),
    "floor-limit": lambda d, c, n: Floor("count", Listed(two(d, c)), limit=1.0),
    "ceiling": lambda d, c, n: Ceiling("carbon", None, limit=float(d.randint(0, 8))),
    "ceiling-share": lambda d, c, n: Ceiling("cost", Listed(two(d, c)), share=0.5),
    "debt-floor": lambda d, c, n: DebtFloor(d.choice((0.1, 0.4))),
    "debt-ceiling": lambda d, c, n: DebtCeiling(float(d.randint(5, 30))),
}
