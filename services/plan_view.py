"""What is shown of a plan: its totals, and its figures by period and by project."""

from dataclasses import dataclass
from typing import Literal

from portfolio.rules import Label

Fate = Literal["mandatory", "imposed", "in", "excluded", "out"]
Load = Literal["over", "full", "near", "free", "none"]
FULL, NEAR = 0.995, 0.9  # share of a limit from which it is said to be full, or nearly so


@dataclass(frozen=True, slots=True)
class Totals:
    """value in points; cost, debt (retired), owed (in all) and interest (avoided) in cents.

    carbon   in the measure's own unit; None = no project gives it
    """

    chosen: int
    of: int
    value: float
    cost: int
    debt: int
    owed: int
    interest: int
    carbon: float | None


@dataclass(frozen=True, slots=True)
class Money:
    """One envelope in one period, in cents; ``envelope`` is empty for all of them together.

    brought   carried in from the period before      carried   carried out to the next
    """

    envelope: str
    period: int
    used: int
    limit: int
    brought: int
    carried: int

    @property
    def available(self) -> int:
        return self.limit + self.brought

    @property
    def free(self) -> int:
        return self.available - self.used

    @property
    def is_full(self) -> bool:
        return self.used > 0 and self.used >= FULL * self.available


@dataclass(frozen=True, slots=True)
class Days:
    """One team in one period, in person-days; ``load`` is None where it has no capacity."""

    team: str
    period: int
    days: float
    capacity: float

    @property
    def free(self) -> float:
        return self.capacity - self.days

    @property
    def load(self) -> float | None:
        return self.days / self.capacity if self.capacity else None

    @property
    def state(self) -> Load:
        if self.load is None:
            return "over" if self.days else "none"
        if self.load > 1 + 1e-9:
            return "over"
        return "full" if self.load >= FULL else "near" if self.load >= NEAR else "free"


@dataclass(frozen=True, slots=True)
class Binding:
    """A limit that keeps projects out, in the periods in which it does.

    label       of its row, less the period
    periods     empty where the limit is of the whole horizon
    room        the least left in one of them: cents of money, days of a team, else its own unit
    keeps_out   projects whose easiest start would break it
    """

    label: Label
    periods: tuple[int, ...]
    room: float
    keeps_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One project; ``start`` and ``end`` (its last period) are None when it is left out.

    cost       cents of the variant taken, else of the first one offered
    value      points, before discount
    deadline   last period in which it may finish; None = none
    reason     why the choice was imposed, when it was
    """

    project: str
    title: str
    category: str
    fate: Fate
    variant: str
    start: int | None
    end: int | None
    cost: int
    value: float
    deadline: int | None = None
    reason: str = ""

    @property
    def is_chosen(self) -> bool:
        return self.start is not None


@dataclass(frozen=True, slots=True)
class Edge:
    """``after`` waits for ``before``; slack = periods to spare between them."""

    before: str
    after: str
    slack: int
    is_critical: bool = False


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything the pages show of one plan.

    money, days   every envelope and team in every period
    whole         the envelopes together, by period
    chain         the longest run of dependent projects, first to last; empty when there is none
    apart         projects taken that neither wait nor are waited for
    """

    totals: Totals
    money: tuple[Money, ...]
    whole: tuple[Money, ...]
    days: tuple[Days, ...]
    binding: tuple[Binding, ...]
    lines: tuple[Line, ...]
    edges: tuple[Edge, ...]
    chain: tuple[str, ...]
    apart: tuple[str, ...]

    @property
    def chosen(self) -> tuple[Line, ...]:
        """The projects taken, by start, then as declared."""
        taken_ = (line for line in self.lines if line.start is not None)
        return tuple(sorted(taken_, key=lambda line: (line.start or 0, line.end or 0)))

    def line(self, project: str) -> Line:
        """The line of that project."""
        return next(line for line in self.lines if line.project == project)


@dataclass(frozen=True, slots=True)
class Change:
    """What a plan gains (+) or loses (-) against a reference, in the units of Totals.

    enters, leaves   projects       moved   projects in both that start at another time or
                                            in another variant
    """

    value: float
    cost: int
    debt: int
    carbon: float | None
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    moved: tuple[str, ...]


def against(plan: PlanView, reference: PlanView) -> Change:
    """What the plan changes from the reference."""
    new, old = plan.totals, reference.totals
    now = {line.project: line for line in plan.chosen}
    then = {line.project: line for line in reference.chosen}
    both = [code for code in now if code in then]
    has_carbon = new.carbon is not None and old.carbon is not None
    return Change(
        value=new.value - old.value,
        cost=new.cost - old.cost,
        debt=new.debt - old.debt,
        carbon=(new.carbon or 0.0) - (old.carbon or 0.0) if has_carbon else None,
        enters=tuple(code for code in now if code not in then),
        leaves=tuple(code for code in then if code not in now),
        moved=tuple(c for c in both if _when(now[c]) != _when(then[c])),
    )


def _when(line: Line) -> tuple[int | None, str]:
    return line.start, line.variant
