"""How costs may turn out: factors of what was said, by project or as past projects did."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portfolio import claims
from portfolio.candidate import Exact
from portfolio.errors import Invalid


@dataclass(frozen=True, slots=True)
class Overruns(Exact):
    """Factors of the costs of a question; 1 = as said, which is the likely one.

    projects   code -> (least, most): PERT, a beta law whose mean is (least + 4 + most) / 6
    past       (share of past projects, factor that they did not exceed), both rising: the law of
               projects that ``projects`` does not name; straight between, from 1 (or the first
               factor, if less) at share 0, and no higher than the last: nothing is assumed that was
               not seen. Empty = their costs are as said
    common     0..1: correlation of the normal scores of any two projects; 0 = independent
    source     where ``past`` comes from
    """

    projects: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    past: tuple[tuple[float, float], ...] = ()
    common: float = 0.0
    source: str = ""

    def __post_init__(self) -> None:
        claims.share("common", self.common)
        for code, (low, high) in self.projects.items():
            claims.at_least(f"projects.{code}", low, 0)
            claims.between(f"projects.{code}", low, 0, 1)
            claims.at_least(f"projects.{code}", high, 1)
        shares, factors = [s for s, _ in self.past], [f for _, f in self.past]
        for share in shares:
            claims.share("past", share)
        claims.none_below("past", factors, 0)
        if shares != sorted(set(shares)) or factors != sorted(factors):
            raise Invalid("not-in-order", field="past", found=str(shares))
