"""SonarQube's maintainability rating: what repairs cost against what writing the code cost."""

MINUTES_PER_LINE = 30  # Sonar's own default: the cost to develop one line
DAY_HOURS = 8
GRID = (("A", 0.05), ("B", 0.10), ("C", 0.20), ("D", 0.50))  # the highest ratio of each letter
WORST = "E"


def ratio(minutes: float, lines: float) -> float | None:
    """Technical debt ratio, 0.05 = 5 %; None where there is no line to compare it with.

    minutes   sqale_index: effort to mend every open maintainability issue
    lines     ncloc: lines of code, without comments
    Source: docs.sonarsource.com, metric definitions (sqale_debt_ratio), at 30 minutes a line.
    """
    return minutes / (MINUTES_PER_LINE * lines) if lines > 0 else None


def letter(ratio: float) -> str:
    """A to E, each letter up to and including its limit."""
    return next((name for name, limit in GRID if ratio <= limit), WORST)
