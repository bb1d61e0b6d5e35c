"""Efforts as SonarQube writes them: "2h1min", "5d 3h", "45min"; its days have 8 hours."""

import re

from data.scans.values import count

MINUTES = {"d": 480, "h": 60, "min": 1}
PARTS = re.compile(r"(\d{1,9})\s*(d|h|min)\s*", re.ASCII)
LONGEST = 40


def minutes(effort: object) -> int | None:
    """The minutes of an effort, or of a number of minutes; None = it cannot be read."""
    if not isinstance(effort, str):
        return count(effort)
    text = effort.strip().lower()
    if len(text) > LONGEST:
        return None
    parts = PARTS.findall(text)
    units = [unit for _, unit in parts]
    if not parts or PARTS.sub("", text) or len(set(units)) < len(units):
        return count(text)
    return sum(int(figure) * MINUTES[unit] for figure, unit in parts)
