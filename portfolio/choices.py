"""Everything a plan may choose: which starts exist, and what each of them uses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from portfolio.at_risk import AtRisk
from portfolio.candidate import Candidate, Option, Stake


class Start(NamedTuple):
    """The choice that a project starts in a period, in one variant."""

    project: str
    variant: str
    period: int


class Amount(NamedTuple):
    """A number that follows from the starts, or a choice about a debt; 0 or more.

    kind       carried, used, synergy, retired (share 0..1), standalone, lowered, red (0 or 1)
    is_whole   only 0 or 1 have a meaning
    """

    kind: str
    subject: str
    period: int
    is_whole: bool = False


Column = Start | Amount


def standalone(debt: str, period: int) -> Amount:
    """The choice to retire that debt on its own in that period."""
    return Amount("standalone", debt, period, True)


@dataclass(frozen=True)
class Choices:
    """The candidates, debts, systems and periods of one question, with admissible starts."""

    periods: int
    candidates: Mapping[str, Candidate]
    stakes: Mapping[str, Stake]
    options: Mapping[tuple[str, str], Option]
    starts_by_project: Mapping[str, tuple[Start, ...]]
    systems: Mapping[str, AtRisk] = field(default_factory=dict)

    @classmethod
    def of(
        cls, periods: int, candidates: tuple[Candidate, ...], stakes: tuple[Stake, ...],
        systems: tuple[AtRisk, ...] = (),
    ) -> "Choices":  # fmt: skip
        """Every start within the horizon and the candidate's own window, in declared order."""
        return cls(
            periods,
            {c.code: c for c in candidates},
            {s.code: s for s in stakes},
            {(c.code, o.code): o for c in candidates for o in c.options},
            {c.code: tuple(_admissible(c, periods)) for c in candidates},
            {s.code: s for s in systems},
        )

    @property
    def starts(self) -> Iterator[Start]:
        """Every admissible start, in declared order."""
        for starts in self.starts_by_project.values():
            yield from starts

    def starts_of(self, project: str) -> tuple[Start, ...]:
        """The admissible starts of one project."""
        return self.starts_by_project[project]

    def option(self, start: Start) -> Option:
        """The variant that the start takes."""
        return self.options[start.project, start.variant]

    def end(self, start: Start) -> int:
        """The first period after the project is finished."""
        return start.period + self.option(start).duration

    def cost(self, start: Start) -> float:
        """Total over all envelopes and periods, undiscounted."""
        return self.option(start).total_cost

    def value(self, start: Start) -> float:
        """Value x value factor, undiscounted."""
        return self.candidates[start.project].value * self.option(start).value_factor

    def payoffs(self, debt: str) -> tuple[Amount, ...]:
        """The periods in which the debt may be retired on its own; none when not offered."""
        if self.stakes[debt].standalone is None:
            return ()
        return tuple(standalone(debt, p) for p in range(self.periods))

    def standalone_costs(self) -> Iterator[tuple[Amount, str, float]]:
        """(choice, envelope, cost) of every standalone retirement that is offered."""
        for code, stake in self.stakes.items():
            if stake.standalone is not None:
                for payoff in self.payoffs(code):
                    yield payoff, stake.standalone.envelope, stake.standalone.cost


def _admissible(candidate: Candidate, periods: int) -> Iterator[Start]:
    first, last = candidate.window or (0, periods - 1)
    for option in candidate.options:
        for period in range(first, min(last, periods - option.duration) + 1):
            yield Start(candidate.code, option.code, period)
