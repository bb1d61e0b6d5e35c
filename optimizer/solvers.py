"""The solvers there are, each behind the same words: a program and a search in, an outcome out."""

from collections.abc import Mapping

from optimizer.cbc import cbc
from optimizer.model import Model
from optimizer.program import Program
from optimizer.search import Outcome, Search, Solver, Watch
from portfolio.choices import Column


def highs(program: Program, search: Search, hint: Mapping[Column, float]) -> Outcome:
    """Solve by HiGHS; ``hint`` is a plan to start from, may be empty."""
    return Model(program, [hint] if hint else []).ask(search)


SOLVERS: dict[str, Solver] = {"highs": highs, "cbc": cbc}

__all__ = ["SOLVERS", "Outcome", "Search", "Solver", "Watch", "cbc", "highs"]
