"""Reads the eco-design checklist that stands beside this file: the RGESN's priority criteria."""

import tomllib
from functools import cache
from pathlib import Path

from portfolio.criterion import Choice, GateQuestion
from portfolio.words import Bilingual

FILE = Path(__file__).parent / "rgesn.toml"
PREFIX = "rgesn."
ANSWERS = MET, UNMET, APART = "oui", "non", "sans-objet"
CHOICES = (
    Choice(MET, "Oui", "Yes"),
    Choice(UNMET, "Non", "No"),
    Choice(APART, "Sans objet", "Not applicable"),
)


@cache
def questions() -> tuple[GateQuestion, ...]:
    """The criteria, in order; the key is rgesn.<number>, the group its theme."""
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        GateQuestion(
            PREFIX + criterion["number"],
            PREFIX + criterion["theme"],
            Bilingual(**criterion["title"]),
            Bilingual(**criterion["applies"]),
            CHOICES,
        )
        for criterion in document["criteria"]
    )
