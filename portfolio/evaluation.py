"""What people think: ratings of projects, weights of criteria, and the rounds they are given in."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portfolio import claims


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One person's rating of one project on one criterion in one round.

    rating       0..4; None = "no opinion", which is left out of means, never counted as 0
    confidence   1 (guess) .. 3 (sure); None = not given
    is_given     False = a draft, kept as it is typed; it counts for nothing, and no rating in it
                 says nothing yet
    """

    project: str
    criterion: str
    evaluator: str
    rating: float | None
    justification: str = ""
    evidence: str = ""
    confidence: int | None = None
    round: int = 1
    is_given: bool = True
    version: int = 0

    def __post_init__(self) -> None:
        for name in ("project", "criterion", "evaluator"):
            claims.filled(name, getattr(self, name))
        claims.between("rating", self.rating, 0, 4)
        claims.between("confidence", self.confidence, 1, 3)
        claims.at_least("round", self.round, 1)


class Method(StrEnum):
    """How a person came to the points of sibling criteria."""

    DIRECT = "direct"  # points, as they come
    SWING = "swing"  # 0..100 against the worst-to-best swing that matters most
    ORDER = "order"  # from the first to the last: rank-order centroid
    PAIRS = "pairs"  # compared two by two: principal eigenvector (AHP)


@dataclass(frozen=True, slots=True)
class Weight:
    """Points one person gives to one criterion among its siblings, and how she came to them."""

    criterion: str
    points: float
    method: Method = Method.DIRECT

    def __post_init__(self) -> None:
        claims.at_least("points", self.points, 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many times as important one criterion is as another; below 1 = less.

    ratio   1/9 .. 9, on Saaty's scale
    """

    one: str
    other: str
    ratio: float

    def __post_init__(self) -> None:
        claims.filled("one", self.one)
        claims.filled("other", self.other)
        claims.between("ratio", self.ratio, 1 / 9, 9)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person's weights in one round.

    comparisons   what stands behind the weights whose method is PAIRS
    is_cast       False = a draft, kept as it is typed; it counts for nothing
    """

    person: str
    weights: tuple[Weight, ...]
    round: int = 1
    comparisons: tuple[Comparison, ...] = ()
    is_cast: bool = True
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("person", self.person)
        claims.at_least("round", self.round, 1)
        claims.unique("weights", [w.criterion for w in self.weights])
        claims.unique("comparisons", [frozenset((c.one, c.other)) for c in self.comparisons])


class Subject(StrEnum):
    """What a round asks the committee for."""

    WEIGHTS = "weights"
    SCORES = "scores"


@dataclass(frozen=True, slots=True)
class Round:
    """One time the committee is asked, blind until it is revealed.

    projects   those to be rated; empty = all of the cycle, or a round about weights
    revealed   the day on which everyone saw what everyone said; None = not yet
    """

    subject: Subject
    number: int
    projects: tuple[str, ...] = ()
    opened: date | None = None
    revealed: date | None = None
    version: int = 0

    def __post_init__(self) -> None:
        claims.at_least("number", self.number, 1)
        claims.unique("projects", self.projects)

    @property
    def is_open(self) -> bool:
        """Whether people may still answer, each without seeing the others."""
        return self.revealed is None

    def asks(self, project: str) -> bool:
        """Whether the round asks for that project's scores."""
        return self.subject is Subject.SCORES and project in (self.projects or (project,))


@dataclass(frozen=True, slots=True)
class Conflict:
    """A person's interest in a project, declared: she neither rates it nor votes on it."""

    person: str
    project: str
    reason: str
    version: int = 0

    def __post_init__(self) -> None:
        for name in ("person", "project", "reason"):
            claims.filled(name, getattr(self, name))


@dataclass(frozen=True, slots=True)
class Between:
    """The least and the most share, 0..1, of a criterion in the whole."""

    criterion: str
    low: float
    high: float

    def __post_init__(self) -> None:
        claims.filled("criterion", self.criterion)
        claims.share("low", self.low)
        claims.between("high", self.high, self.low, 1)


@dataclass(frozen=True, slots=True)
class Adopted:
    """The weights the committee agrees to use after a round on them.

    round     the round it follows; 0 = none was held
    weights   criterion -> points among its siblings; empty = the framework's own
    between   what the committee agrees to leave open, criterion by criterion
    orders    what it only agrees on the order of, the weightiest first
    reason    why these, for the minutes
    """

    round: int
    weights: tuple[Weight, ...] = ()
    between: tuple[Between, ...] = ()
    orders: tuple[tuple[str, ...], ...] = ()
    reason: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.at_least("round", self.round, 0)
        claims.unique("weights", [w.criterion for w in self.weights])
        claims.unique("between", [b.criterion for b in self.between])

    @property
    def points(self) -> dict[str, float]:
        """Criterion -> points among its siblings."""
        return {weight.criterion: weight.points for weight in self.weights}
