"""What was found wrong while reading a file: the place, the rule, what stood there, what may."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from portfolio.errors import Invalid, Refusal

LONGEST = 80  # characters of what was found that are shown again
MOST = 1000  # refusals, and remarks, that are listed; one line then says that there are more


@dataclass(frozen=True, slots=True)
class Where:
    """A place in what was brought: row 1 is the header, as a spreadsheet numbers them.

    column   the header of the column, or the path inside a question file
    """

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """One thing that cannot be kept as it stands; ``code`` chooses the sentence."""

    where: Where
    code: str
    found: str = ""
    accepted: str = ""


class Note(NamedTuple):
    """A choice the importer made for the reader; ``facts`` fill its sentence."""

    code: str
    facts: Mapping[str, str | int | float]


@dataclass(slots=True)
class Findings:
    """What a reading gathers on its way: refusals stop the import, remarks do not."""

    refused: list[Refused] = field(default_factory=list)
    noted: list[Refused] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def refuse(self, where: Where, code: str, found: object = "", accepted: object = "") -> None:
        """Gather a refusal; past ``MOST`` of them one last line says that there are more."""
        _gather(self.refused, Refused(where, code, shown(found), str(accepted)))

    def remark(self, where: Where, code: str, found: object = "", accepted: object = "") -> None:
        """Gather something the reader should know of a row that is kept; ``MOST`` at most too."""
        _gather(self.noted, Refused(where, code, shown(found), str(accepted)))

    def note(self, code: str, **facts: str | int | float) -> None:
        """Gather a choice that holds for the whole file."""
        self.notes.append(Note(code, facts))

    def take(self, where: Where, refusal: Invalid) -> None:
        """Gather a noun's own refusal, at that place."""
        found, accepted = told(refusal)
        self.refuse(where, refusal.code, found, accepted)


def _gather(listed: list[Refused], one: Refused) -> None:
    if len(listed) < MOST:
        listed.append(one)
    elif len(listed) == MOST:
        listed.append(Refused(one.where, "and-more", "", str(MOST)))


def shown(found: object) -> str:
    """What was found, in one short line that is safe to print."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(found))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def told(refusal: Refusal) -> tuple[str, str]:
    """(found, accepted) of a noun's refusal, without words."""
    facts = refusal.facts
    accepted = facts.get("accepted", "")
    if isinstance(accepted, list | tuple | set | frozenset):
        accepted = listed(str(a) for a in accepted)
    elif "low" in facts and "high" in facts:
        accepted = f"{facts['low']} – {facts['high']}"
    elif "low" in facts:
        accepted = f"≥ {facts['low']}"
    elif "high" in facts:
        accepted = f"≤ {facts['high']}"
    return shown(facts.get("found", facts.get("value", ""))), str(accepted)


def listed(names: object, most: int = 40) -> str:
    """Names in one line, shortened when there are many."""
    every = [str(n) for n in names] if hasattr(names, "__iter__") else [str(names)]
    return ", ".join(every[:most]) + (" …" if len(every) > most else "")
