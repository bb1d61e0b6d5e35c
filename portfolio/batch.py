"""A batch: one import into the register, what it changed, and how to take it back."""

from dataclasses import dataclass
from datetime import date

from portfolio import claims


@dataclass(frozen=True, slots=True)
class Counts:
    """Nouns that an import would make, change, leave alone, or close because they are gone."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0
    reopened: int = 0


@dataclass(frozen=True, slots=True)
class Undo:
    """What one noun was before the batch changed it.

    kind       the store's name of the noun          key       its key, as the journal writes it
    before     canonical JSON of it; None = it was not there
    version    the version the batch gave it: a later one means that someone changed it since
    """

    kind: str
    key: str
    before: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Batch:
    """One import; what it changed is kept beside it, for there may be thousands.

    sha256     of the file, or of what the tool answered
    mapped, unmapped, undated   components found in the lifecycle catalogue with a date, not
               found in it, and found without a date
    """

    number: int
    on: date
    by: str
    tool: str
    file: str
    sha256: str
    system: str = ""
    counts: Counts = Counts()
    mapped: int = 0
    unmapped: int = 0
    undated: int = 0
    is_undone: bool = False
    version: int = 0

    def __post_init__(self) -> None:
        claims.at_least("number", self.number, 1)
        claims.filled("by", self.by)
        claims.filled("tool", self.tool)
