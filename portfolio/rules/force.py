"""A choice imposed by someone, in or out, with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from portfolio.choices import Choices
from portfolio.rules.row import Row, Stated, each


@dataclass(frozen=True, slots=True)
class Force(Stated):
    """Someone puts the project in, or keeps it out, and says why.

    s[i] = 1, or s[i] = 0
    """

    project: str
    chosen: Annotated[bool, Field(alias="in")]
    reason: str = ""
    kind: Literal["force"] = "force"

    def rows(self, on: Choices) -> Iterator[Row]:
        terms = each(on.starts_of(self.project))
        label = ("force-in" if self.chosen else "force-out", self.project)
        yield Row(label, terms, "==", 1.0 if self.chosen else 0.0)

    def refers(self) -> Iterator[tuple[str, str]]:
        yield ("project", self.project)
