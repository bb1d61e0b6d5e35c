"""A system at legacy risk as a question sees it: its levels, and what would bring them down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio import claims
from portfolio.candidate import Exact
from portfolio.errors import Invalid
from portfolio.legacy_risk import HIGHEST, IMPACTS, LIKELIHOODS, RED_FROM


@dataclass(frozen=True, slots=True)
class Lowered(Exact):
    """A likelihood (0..6) that falls to level ``to`` once nothing remains of these debts."""

    criterion: int
    to: int
    debts: tuple[str, ...]

    def __post_init__(self) -> None:
        claims.between("criterion", self.criterion, 0, len(LIKELIHOODS) - 1)
        claims.unique("debts", self.debts)
        if not self.debts:
            raise Invalid("too-few", field="debts", found=0, low=1)


@dataclass(frozen=True, slots=True)
class AtRisk(Exact):
    """The levels of a system, in the framework's order, and how they may come down.

    likelihood    seven levels, 1..6          impact   six levels, 1..5
    replaced_by   projects of which any one, finished, takes the system out of service
    """

    code: str
    likelihood: tuple[int, ...]
    impact: tuple[int, ...]
    title: str = ""
    lowered: tuple[Lowered, ...] = ()
    replaced_by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        _levels("likelihood", self.likelihood, len(LIKELIHOODS), HIGHEST["L"])
        _levels("impact", self.impact, len(IMPACTS), HIGHEST["C"])
        claims.unique("lowered", [one.criterion for one in self.lowered])
        claims.unique("replaced_by", self.replaced_by)
        for place, one in enumerate(self.lowered):
            claims.between(f"lowered[{place}].to", one.to, 1, self.likelihood[one.criterion])

    def is_red_with(self, fallen: frozenset[int]) -> bool:
        """Whether the system is red once these likelihoods have come down."""
        falls = {one.criterion: one.to for one in self.lowered if one.criterion in fallen}
        return is_red(tuple(falls.get(k, level) for k, level in enumerate(self.likelihood)),
                      self.impact)  # fmt: skip

    def ways_out(self) -> Iterator[tuple[int, ...]]:
        """Sets of likelihoods: it is red exactly as long as some set has none that came down.

        Each is what the largest sets that leave it red have not; () = nothing takes it out.
        """
        falls = [one.criterion for one in self.lowered]
        red = [fallen for fallen in _subsets(falls) if self.is_red_with(fallen)]
        for fallen in red:
            if not any(fallen < other for other in red):
                yield tuple(k for k in falls if k not in fallen)


def is_red(likelihood: Sequence[int], impact: Sequence[int]) -> bool:
    """Whether (mean + max)/2 of the likelihoods x the same of the impacts is 16 or more.

    In whole numbers: (ΣL + 7 max L)(ΣC + 6 max C) >= 16 x 14 x 12.
    """
    sides = [sum(levels) + len(levels) * max(levels) for levels in (likelihood, impact)]
    return sides[0] * sides[1] >= RED_FROM * 2 * len(LIKELIHOODS) * 2 * len(IMPACTS)


def _levels(field: str, levels: tuple[int, ...], count: int, highest: int) -> None:
    if len(levels) < count:
        raise Invalid("too-few", field=field, found=len(levels), low=count)
    claims.no_longer(field, levels, count)
    for place, level in enumerate(levels):
        claims.between(f"{field}[{place}]", level, 1, highest)


def _subsets(numbers: Sequence[int]) -> list[frozenset[int]]:
    """Every subset, the empty one first."""
    subsets = [frozenset[int]()]
    for number in numbers:
        subsets += [one | {number} for one in subsets]
    return subsets


def named(systems: Sequence[AtRisk]) -> Iterator[tuple[str, str, str]]:
    """(where, kind, code) of every debt and project that the systems name."""
    for i, system in enumerate(systems):
        for k, one in enumerate(system.lowered):
            yield from ((f"systems[{i}].lowered[{k}].debts", "debt", c) for c in one.debts)
        yield from ((f"systems[{i}].replaced_by", "project", c) for c in system.replaced_by)
