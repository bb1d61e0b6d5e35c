"""Random multi-period questions, the same for the same seed: what benchmarks are asked about."""

import random
from collections.abc import Iterator

from portfolio.candidate import Candidate, Capacity, Limits, Option
from portfolio.horizon import Horizon
from portfolio.question import Question
from portfolio.rules import Excludes, Needs, Rule

KINDS = {"tight": (0.45, 0.55), "loose": (0.80, 0.90)}  # share of all money, of all effort


def generated(
    count: int, kind: str = "tight", seed: int = 1, periods: int = 10,
    envelopes: int = 3, teams: int = 8,
) -> Question:  # fmt: skip
    """``count`` projects, one or two variants each, over ``periods``; links among one in four.

    A project lasts 1 to 4 periods, draws on one or two envelopes and on one to three teams. Its
    value follows its cost with much noise. "tight" leaves 45 % of the money and 55 % of the effort
    that doing everything would take, spread evenly over the periods; "loose" 80 % and 90 %.
    """
    dice = random.Random(f"{count}-{seed}-{periods}-{envelopes}-{teams}")
    money, days = [f"E{k}" for k in range(envelopes)], [f"T{k}" for k in range(teams)]
    projects = tuple(_project(dice, i, periods, money, days) for i in range(count))
    base = [p.options[0] for p in projects]
    share, work = KINDS[kind]
    return Question(
        Horizon(2027, periods),
        projects,
        envelopes={
            e: Limits(
                (round(share * sum(sum(o.cost.get(e, ())) for o in base) / periods),) * periods
            )
            for e in money
        },
        teams={
            t: Capacity(
                (round(work * sum(sum(o.effort.get(t, ())) for o in base) / periods),) * periods
            )
            for t in days
        },
        rules=tuple(_links(dice, [p.code for p in projects])),
    )


def _project(
    dice: random.Random, i: int, periods: int, money: list[str], days: list[str]
) -> Candidate:
    duration = dice.randint(1, min(4, periods))
    size = dice.lognormvariate(5.0, 0.7)
    paid = dice.sample(money, dice.choice((1, 1, 2)) if len(money) > 1 else 1)
    done = dice.sample(days, min(len(days), dice.choice((1, 2, 3))))
    base = Option(
        "base",
        duration,
        1.0,
        {e: tuple(_part(dice, size / len(paid) / duration) for _ in range(duration)) for e in paid},
        {
            t: tuple(_part(dice, size / 4 / len(done) / duration) for _ in range(duration))
            for t in done
        },
    )
    less = Option(
        "less",
        duration,
        round(dice.uniform(0.5, 0.8), 2),
        {e: tuple(float(round(0.6 * x)) for x in series) for e, series in base.cost.items()},
        {t: tuple(float(round(0.6 * x)) for x in series) for t, series in base.effort.items()},
    )
    return Candidate(
        f"P{i:04}",
        value=float(round(size * dice.uniform(0.5, 1.5))),
        variants=(base, less) if dice.random() < 0.3 else (base,),
    )


def _part(dice: random.Random, mean: float) -> float:
    return float(max(1, round(mean * dice.uniform(0.6, 1.4))))


def _links(dice: random.Random, codes: list[str]) -> Iterator[Rule]:
    """A need for one project in four, always on an earlier one; an exclusion for one in twenty."""
    for at in range(1, len(codes)):
        if dice.random() < 0.25:
            yield Needs(codes[at], codes[dice.randrange(max(0, at - 20), at)])
    for _ in range(len(codes) // 20):
        yield Excludes(tuple(dice.sample(codes, 2)))
