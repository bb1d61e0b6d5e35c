"""What people think: ratings of projects, and weights of criteria."""

from dataclasses import dataclass

from portfolio import claims


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One person's rating of one project on one criterion in one round.

    rating       0..4; None = "no opinion", which is left out of means, never counted as 0
    confidence   1 (guess) .. 3 (sure); None = not given
    """

    project: str
    criterion: str
    evaluator: str
    rating: float | None
    justification: str = ""
    evidence: str = ""
    confidence: int | None = None
    round: int = 1
    version: int = 0

    def __post_init__(self) -> None:
        for name in ("project", "criterion", "evaluator"):
            claims.filled(name, getattr(self, name))
        claims.between("rating", self.rating, 0, 4)
        claims.between("confidence", self.confidence, 1, 3)
        claims.at_least("round", self.round, 1)


@dataclass(frozen=True, slots=True)
class Weight:
    """Points one person gives to one criterion among its siblings."""

    criterion: str
    points: float

    def __post_init__(self) -> None:
        claims.at_least("points", self.points, 0)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person's weights in one round."""

    person: str
    weights: tuple[Weight, ...]
    round: int = 1
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("person", self.person)
        claims.unique("weights", [w.criterion for w in self.weights])
