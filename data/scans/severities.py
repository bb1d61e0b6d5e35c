"""The tools' own words of severity, in five neutral steps."""

from collections.abc import Iterable

from portfolio.finding import Severity

WORDS = {
    "BLOCKER": Severity.BLOCKER, "CRITICAL": Severity.HIGH, "HIGH": Severity.HIGH,
    "MAJOR": Severity.MEDIUM, "MEDIUM": Severity.MEDIUM, "MODERATE": Severity.MEDIUM,
    "MINOR": Severity.LOW, "LOW": Severity.LOW, "INFO": Severity.INFO,
    "INFORMATIONAL": Severity.INFO, "NONE": Severity.INFO,
}  # fmt: skip
OF_WEAKNESSES = WORDS | {"CRITICAL": Severity.BLOCKER}  # of a vulnerability, nothing is above it
LEVELS = {
    "error": Severity.HIGH, "warning": Severity.MEDIUM, "note": Severity.LOW,
    "none": Severity.INFO,
}  # fmt: skip
SCORES = ((9.0, Severity.BLOCKER), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM),
          (0.1, Severity.LOW), (0.0, Severity.INFO))
GRAVEST = tuple(Severity)  # from the gravest to the least


def of_score(score: float | None) -> Severity | None:
    """The step of a CVSS score, by the bands of CVSS 3; None = no score between 0 and 10."""
    if score is None or not 0 <= score <= 10:
        return None
    return next(step for low, step in SCORES if score >= low)


def gravest(steps: Iterable[Severity | None]) -> Severity | None:
    """The gravest of several; None = none is known."""
    return min((s for s in steps if s is not None), key=GRAVEST.index, default=None)
