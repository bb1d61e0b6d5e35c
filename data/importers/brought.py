"""What an importer gives: the registry, or why there is none, with what could be read of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.refused import Findings, Note, Refused
from portfolio.registry import Registry


@dataclass(frozen=True, slots=True)
class Brought:
    """registry   None when anything was refused: then nothing is saved

    format             the importer's name; "" when none recognised the file
    rows_read          rows of data, headers left out
    amounts_readable   amounts that could be read         amounts_total   their sum, in cents
    refused            why nothing is saved               noted   rows kept, with a field not given
    counts             rows (or projects) by table        notes   choices made for the reader
    by_period          amounts by fiscal label, in cents, where the file gives them by year
    """

    registry: Registry | None
    format: str
    rows_read: int = 0
    amounts_readable: int = 0
    amounts_total: int = 0
    refused: tuple[Refused, ...] = ()
    noted: tuple[Refused, ...] = ()
    notes: tuple[Note, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    by_period: Mapping[str, int] = field(default_factory=dict)


def nothing(found: Findings, format: str = "") -> Brought:
    """Nothing could be read; the findings say why."""
    return Brought(None, format, refused=tuple(found.refused), noted=tuple(found.noted))
