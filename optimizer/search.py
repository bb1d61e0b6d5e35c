"""How to look for a plan, who follows the search, and what comes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from optimizer.program import Program
from portfolio.choices import Column
from portfolio.plan import Status

PROVEN = 1e-9  # relative gap under which an answer is the best: what floating point can tell
EXACT = 1e-9  # how far a 0-or-1 choice may be from 0 or 1 while the solver works
SMALLEST = 100.0  # the largest gain is brought at least here: solvers cannot tell 1e-6 apart


class Watch:
    """Someone who follows a solve from another thread, and may stop it."""

    def heard(self, objective: float | None, bound: float | None) -> None:
        """The best plan's objective so far (None = no plan yet), and the proven bound."""

    def is_stopped(self) -> bool:
        """Whether the solve is to end now, with what it has."""
        return False


@dataclass(frozen=True, slots=True)
class Search:
    """How long and how exactly to look.

    seconds   time limit      gap   relative gap at which to stop (0 = prove the best)
    watch     told of progress, asked whether to stop; HiGHS only
    """

    seconds: float = 60.0
    gap: float = 0.0
    threads: int | None = None
    seed: int = 0
    watch: Watch | None = None

    def is_over(self) -> bool:
        """Whether someone said to end."""
        return self.watch is not None and self.watch.is_stopped()

    def aside(self) -> "Search":
        """The same, for another question than the one that is followed: it can only be stopped."""
        return replace(self, watch=_Aside(self.watch)) if self.watch else self


class _Aside(Watch):
    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def is_stopped(self) -> bool:
        return self._watch.is_stopped()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solver brought back; ``taken`` holds the columns that are not 0."""

    status: Status
    solver: str
    taken: Mapping[Column, float] = field(default_factory=dict)
    bound: float | None = None

    @property
    def has_plan(self) -> bool:
        return self.status in ("optimal", "feasible")


Solver = Callable[[Program, Search, Mapping[Column, float]], Outcome]
