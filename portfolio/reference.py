"""Past projects beside which a new one is read: how their budgets grew, how late they came."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from portfolio import claims
from portfolio.errors import Invalid
from portfolio.overruns import Overruns
from portfolio.words import Bilingual


@dataclass(frozen=True, slots=True)
class Spread:
    """How a figure was spread over past projects: that share of them did not exceed each mark.

    shares   0..1, rising        marks   as many, rising
    """

    shares: tuple[float, ...]
    marks: tuple[float, ...]

    def __post_init__(self) -> None:
        for share in self.shares:
            claims.share("shares", share)
        if len(self.shares) != len(self.marks) or not self.shares:
            raise Invalid("too-few", field="marks", found=len(self.marks), low=len(self.shares))
        rises = list(self.shares) == sorted(set(self.shares))
        if not rises or list(self.marks) != sorted(self.marks):
            raise Invalid("not-in-order", field="marks", found=str(self.marks))

    def at(self, share: float) -> float:
        """The mark that this share did not exceed; straight between two, never past the ends."""
        return _between(share, self.shares, self.marks)

    def within(self, mark: float) -> float:
        """The share that did not exceed this mark, between the first share known and the last.

        Where several shares have the same mark, the last of them.
        """
        place = bisect_right(self.marks, mark)
        if place == 0 or place == len(self.marks):
            return self.shares[0] if place == 0 else self.shares[-1]
        return _between(mark, self.marks[place - 1 : place + 1], self.shares[place - 1 : place + 1])


@dataclass(frozen=True, slots=True)
class Size:
    """Past projects of one size, by their first budget.

    low, high   cents, the first included and the second not; None = without limit
    projects    how many                       overran   0..1 that cost more than was first said
    late        0..1 delivered later than was first said
    ratios      latest budget over first       slips     years between first and latest completion
    """

    low: int
    high: int | None
    projects: int
    overran: float
    late: float
    ratios: Spread
    slips: Spread

    def __post_init__(self) -> None:
        claims.at_least("low", self.low, 0)
        claims.at_least("projects", self.projects, 1)
        claims.share("overran", self.overran)
        claims.share("late", self.late)

    def holds(self, cost: int) -> bool:
        """Whether a project of that cost, in cents, is of this size."""
        return self.low <= cost and (self.high is None or cost < self.high)


@dataclass(frozen=True, slots=True)
class Reference:
    """A list of past projects, summed up as it is shipped.

    whole     all of them together
    sizes     by size, the smallest first
    caution   what the list cannot tell, and which way it leans
    """

    code: str
    title: Bilingual
    source: Bilingual
    caution: Bilingual
    whole: Size
    sizes: tuple[Size, ...]

    def size_of(self, cost: int) -> Size:
        """The size of a project of that cost; the smallest for one that is smaller than all."""
        return next((size for size in self.sizes if size.holds(cost)), self.sizes[0])

    def covers(self, cost: int) -> bool:
        """Whether the list has projects of that size at all."""
        return any(size.holds(cost) for size in self.sizes)

    @property
    def overruns(self) -> Overruns:
        """The law of costs that the whole list gives."""
        spread = self.whole.ratios
        past = tuple(zip(spread.shares, spread.marks, strict=True))
        return Overruns(past=past, source=self.source.en)


def _between(at: float, marks: Sequence[float], values: Sequence[float]) -> float:
    """Straight between the two nearest marks; the first or the last value past the ends."""
    place = bisect_left(marks, at)
    if place == 0 or place == len(marks):
        return values[0] if place == 0 else values[-1]
    low, high = marks[place - 1], marks[place]
    part = (at - low) / (high - low)
    return values[place - 1] + part * (values[place] - values[place - 1])
