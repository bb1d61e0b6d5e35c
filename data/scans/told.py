"""What a reader of a tool's file gives: scans, or why there are none; never an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.refused import Findings, Note, Refused
from portfolio.lifecycle import Product
from portfolio.scan import Scan


@dataclass(frozen=True, slots=True)
class Told:
    """scans      several where the file speaks of several things, and none when it was refused

    format     the reader's name; "" when none recognised the file
    products   of a lifecycle catalogue
    refused    why nothing may be brought in        noted   lines kept, with a field not given
    counts     what was read, by kind (components, nested, issues, suppressed, pages …)
    notes      choices made for the reader
    """

    format: str = ""
    scans: tuple[Scan, ...] = ()
    products: tuple[Product, ...] = ()
    refused: tuple[Refused, ...] = ()
    noted: tuple[Refused, ...] = ()
    notes: tuple[Note, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def nothing(found: Findings, format: str = "") -> Told:
    """Nothing could be read; the findings say why."""
    return Told(format, refused=tuple(found.refused), noted=tuple(found.noted))
