"""1,000 projects x 15 criteria x 1,000 weightings: values, ranks and SMAA, ours and pymcdm's.

Both sides do the same work in the same run, and must tell the same ranks. pymcdm takes one
weighting at a time: it is asked some of them, and what all would take is told from that (all of
them with ``--against 1000``). It has no SMAA: its side is its weighted sum under each weighting,
its ranks, and the counts. Then: how often each method reorders the others when one is taken away.
"""

import argparse
import time
from collections.abc import Callable
from statistics import median

import numpy as np
from pymcdm import methods
from pymcdm.helpers import rrankdata
from pymcdm.normalizations import vector_normalization

from scoring import acceptability, drawing, matrix, opinions
from scoring.matrix import Numbers

PREFERENCE = opinions.Preference("v_shape", strict=0.5)


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--projects", type=int, default=1000)
    asked.add_argument("--criteria", type=int, default=15)
    asked.add_argument("--weightings", type=int, default=1000)
    asked.add_argument("--against", type=int, default=1000, help="weightings pymcdm is asked")
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--reversals", type=int, default=2000, help="random cases")
    options = asked.parse_args()
    dice = np.random.default_rng(1)
    values = dice.random((options.projects, options.criteria))
    weights = drawing.uniform(options.criteria, options.weightings, seed=1)
    print(f"{options.projects} projects x {options.criteria} criteria x {len(weights)} weightings")
    speed(values, weights, options.against, options.runs)
    reversals(options.reversals)


def speed(values: Numbers, weights: Numbers, against: int, runs: int) -> None:
    """Ours and the other side's, in turn; the median of the runs."""
    some = weights[:against]
    scale = len(weights) / len(some)
    holes = np.where(np.random.default_rng(2).random(values.shape) < 0.1, np.nan, values)
    flows = opinions.flows(values, (PREFERENCE,) * values.shape[1])
    assert np.array_equal(ranked(values, some), others(values, some)), "the ranks differ"
    told = f"{len(some)} of {len(weights)} asked" if scale > 1 else "all asked"
    print(f"seconds, median of {runs} runs; pymcdm: {told}\n")
    print(f"{'work':<44} {'ours':>8} {'pymcdm':>8} {'ratio':>8} {'sought':>8}")
    line("values and ranks", lambda: ranked(values, weights), lambda: others(values, some), scale,
         runs, "0.5 s")  # fmt: skip
    line("SMAA: ranks, central weights, confidence",
         lambda: acceptability.acceptability(values, weights),
         lambda: counted(values, some), scale, runs, "1.5 s")  # fmt: skip
    line("values and ranks, a tenth not scored", lambda: ranked(holes, weights), None, 1, runs)
    line("drawing the weightings", lambda: drawing.uniform(len(weights[0]), len(weights), 1),
         None, 1, runs)  # fmt: skip
    few = some[:20]
    scale = len(weights) / len(few)
    line("TOPSIS, all weightings", lambda: opinions.topsis(values, weights),
         lambda: each(methods.TOPSIS(vector_normalization), values, few), scale, runs)  # fmt: skip
    line("VIKOR, all weightings", lambda: opinions.vikor(values, weights),
         lambda: each(methods.VIKOR(), values, few), scale, runs)  # fmt: skip
    line("PROMETHEE II, flows once", lambda: opinions.flows(values, (PREFERENCE,) * len(values[0])),
         None, 1, 1)  # fmt: skip
    line("PROMETHEE II, then all weightings", lambda: flows.net(weights),
         lambda: [promethee(values, few[0])], len(weights), 1)  # fmt: skip
    print("(TOPSIS and VIKOR: pymcdm asked 20, PROMETHEE II 1; told for all)\n")


def line(
    work: str, ours: Callable[[], object], other: Callable[[], object] | None, scale: float,
    runs: int, sought: str = "",
) -> None:  # fmt: skip
    """One line of the table: both sides in turn, so that what else goes on weighs on both."""
    mine, its = [], []
    for _ in range(runs):
        mine.append(seconds(ours))
        if other is not None:
            its.append(scale * seconds(other))
    if not its:
        print(f"{work:<44} {median(mine):>8.3f} {'–':>8} {'–':>8} {sought:>8}")
        return
    ratio = median(a / b for a, b in zip(mine, its, strict=True))
    print(f"{work:<44} {median(mine):>8.3f} {median(its):>8.2f} {ratio:>8.4f} {sought:>8}")


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def ranked(values: Numbers, weights: Numbers) -> Numbers:
    """Our ranks."""
    return matrix.ranks(matrix.worth(values, weights))


def others(values: Numbers, weights: Numbers) -> Numbers:
    """Pymcdm's weighted sum and ranks, weighting by weighting."""
    method = methods.WSM(lambda column, cost: column)
    return np.array([rrankdata(one) for one in each(method, values, weights)])


def each(method: Callable[..., Numbers], values: Numbers, weights: Numbers) -> list[Numbers]:
    """The other library under each weighting."""
    types = np.ones(values.shape[1])
    return [method(values, one, types, validation=False) for one in weights]


def counted(values: Numbers, weights: Numbers) -> tuple[Numbers, Numbers]:
    """SMAA on top of the other library: ranks counted, weightings averaged where first."""
    found = others(values, weights).astype(int)
    counts = np.zeros((values.shape[0], values.shape[0]))
    for row in found:
        counts[np.arange(len(row)), row - 1] += 1
    central = np.array([weights[found[:, at] == 1].mean(axis=0)
                        for at in np.unique(np.nonzero(found == 1)[1])])  # fmt: skip
    return counts / len(weights), central


def promethee(values: Numbers, weights: Numbers) -> Numbers:
    """The other library's net flows."""
    p = np.full(values.shape[1], PREFERENCE.strict)
    method = methods.PROMETHEE_II("vshape", p, p)
    return method(values, weights, np.ones(values.shape[1]), validation=False)


def reversals(cases: int) -> None:
    """In how many random cases taking one project away reorders two of those that stay."""
    dice = np.random.default_rng(3)
    found = dict.fromkeys(METHODS, 0)
    for _ in range(cases):
        values, weights = dice.random((8, 5)), dice.dirichlet(np.ones(5))
        gone = int(dice.integers(len(values)))
        stay = np.delete(np.arange(len(values)), gone)
        for name, method in METHODS.items():
            before, after = method(values, weights)[stay], method(values[stay], weights)
            found[name] += is_reordered(before, after)
    print("8 projects, 5 criteria, one project taken away: cases in which others are reordered")
    for name, count in found.items():
        print(f"{name:<44} {count:>8} of {cases}  {count / cases:>7.1%}")


def is_reordered(before: Numbers, after: Numbers) -> bool:
    """Whether a pair that stays changes places; rounding of 1e-12 is none."""
    one = np.sign(np.round(before[:, None] - before[None, :], 12))
    other = np.sign(np.round(after[:, None] - after[None, :], 12))
    return bool((one * other < 0).any())


def _net(values: Numbers, weights: Numbers) -> Numbers:
    return opinions.flows(values, (PREFERENCE,) * values.shape[1]).net(weights)


METHODS: dict[str, Callable[[Numbers, Numbers], Numbers]] = {
    "official score": lambda v, w: matrix.worth(v, w)[0],
    "TOPSIS, vector": opinions.topsis,
    "TOPSIS, min-max": lambda v, w: opinions.topsis(v, w, normalization="minmax"),
    "VIKOR": lambda v, w: -opinions.vikor(v, w).compromise,
    "PROMETHEE II": _net,
}


if __name__ == "__main__":
    main()
