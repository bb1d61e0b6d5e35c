"""The kinds of rule a plan may have to keep: listed here, one thought a file."""

from typing import Annotated

from pydantic import Field

from portfolio.rules.at_most_starts import AtMostStarts
from portfolio.rules.bounds import Ceiling, Floor, Group, Listed, Tagged
from portfolio.rules.debt_bounds import DebtCeiling, DebtFloor
from portfolio.rules.excludes import Excludes
from portfolio.rules.exposure import RedLimit
from portfolio.rules.force import Force
from portfolio.rules.mandatory import Mandatory
from portfolio.rules.needs import Needs, NeedsOneOf
from portfolio.rules.row import Label, Row, Stated
from portfolio.rules.synergy import Synergy
from portfolio.rules.together import Together
from portfolio.rules.window import Window

Link = Annotated[
    Needs | NeedsOneOf | Excludes | Together | Synergy, Field(discriminator="kind")
]  # what ties projects to each other, whatever the scenario
Rule = Annotated[
    Needs
    | NeedsOneOf
    | Excludes
    | Together
    | Synergy
    | Mandatory
    | Force
    | Window
    | AtMostStarts
    | Floor
    | Ceiling
    | DebtFloor
    | DebtCeiling
    | RedLimit,
    Field(discriminator="kind"),
]

__all__ = [
    "AtMostStarts",
    "Ceiling",
    "DebtCeiling",
    "DebtFloor",
    "Excludes",
    "Floor",
    "Force",
    "Group",
    "Label",
    "Link",
    "Listed",
    "Mandatory",
    "Needs",
    "NeedsOneOf",
    "RedLimit",
    "Row",
    "Rule",
    "Stated",
    "Synergy",
    "Tagged",
    "Together",
    "Window",
]
