"""Published optima, asked through the nouns of the question file.

OR-Library, mknap1 (Beasley 1990; instances of Petersen 1967).
"""

import pytest
from shared_data import shared

from optimizer.solve import solve
from portfolio.candidate import Candidate, Limits
from portfolio.horizon import Horizon
from portfolio.question import Question

OPTIMA = (3800, 8706.1, 4015, 6120, 12400, 10618, 16537)


def instances():
    """(question, published optimum) of every instance of the file."""
    numbers = iter(shared("benchmarks", "orlib", "mknap1.txt").read_text().split())
    take = lambda count: [float(next(numbers)) for _ in range(count)]  # noqa: E731
    for _ in range(int(next(numbers))):
        n, m, optimum = int(next(numbers)), int(next(numbers)), float(next(numbers))
        values, weights = take(n), [take(n) for _ in range(m)]
        limits = take(m)
        yield (
            Question(
                Horizon(2027, 1),
                tuple(
                    Candidate(
                        f"P{i}", value=values[i], cost={f"E{k}": (weights[k][i],) for k in range(m)}
                    )
                    for i in range(n)
                ),
                envelopes={f"E{k}": Limits((limits[k],)) for k in range(m)},
            ),
            optimum,
        )


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_the_optima_of_mknap1_are_found_and_proved(solver):
    found = [solve(question, solver=solver, settle=False).proof for question, _ in instances()]

    assert [proof.objective for proof in found] == pytest.approx(OPTIMA)
    assert {proof.status for proof in found} == {"optimal"}


def test_the_file_states_the_same_optima():
    assert tuple(optimum for _, optimum in instances()) == OPTIMA
