"""The tools whose files the register reads, each recognised by what it holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.refused import Findings, Where, listed
from data.scans import endoflife, opened
from data.scans.told import Told, nothing
from portfolio.errors import Invalid
from portfolio.scan import Scan

__all__ = ["READERS", "Reader", "Told", "read", "read_all"]


@dataclass(frozen=True, slots=True)
class Reader:
    """recognises   from the document (JSON) or the header (a table); never from the file's name

    read         (file's name, document or content) -> what it tells
    """

    name: str
    recognises: Callable[[Any], bool]  # Any: a JSON value of any kind, or a header
    read: Callable[[str, Any], Told]


READERS: tuple[Reader, ...] = (
    Reader(endoflife.FORMAT, endoflife.recognises, endoflife.tell),
)


def read(name: str, content: bytes, into: str = "") -> Told:
    """What one file of a tool says, or every reason why nothing may be brought in. Never raises.

    into   the system that its findings, components and readings are of; "" = not known yet
    """
    return read_all([(name, content)], into)[0]


def read_all(files: Sequence[tuple[str, bytes]], into: str = "") -> tuple[Told, ...]:
    """What several files say, the pages of one search joined. Never raises."""
    return tuple(_placed(_read(name, content), into) for name, content in files)


def _read(name: str, content: bytes) -> Told:
    found = Findings()
    try:
        document, signs = opened.open_file(name, content)
        for reader in READERS:
            if any(reader.recognises(sign) for sign in signs):
                return reader.read(name, document)
        accepted = listed(dict.fromkeys(reader.name for reader in READERS))
        found.refuse(Where(name), "format-unknown", opened.seen(signs), accepted)
    except Invalid as refusal:
        path = str(refusal.facts.get("path", ""))
        found.take(Where(name, row=_row(refusal), column=path), refusal)
    return nothing(found)


def _row(refusal: Invalid) -> int | None:
    row = refusal.facts.get("row")
    return row if isinstance(row, int) else None


def _placed(told: Told, into: str) -> Told:
    return replace(told, scans=tuple(_scan_into(s, into) for s in told.scans)) if into else told


def _scan_into(scan: Scan, system: str) -> Scan:
    return replace(
        scan,
        findings=tuple(replace(f, system=system) for f in scan.findings),
        components=tuple(replace(c, system=system) for c in scan.components),
        readings=tuple(replace(r, system=system) for r in scan.readings),
    )
