"""The tools whose files the register reads, each recognised by what it holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.refused import Findings, Where, listed
from data.scans import (
    architects,
    cyclonedx,
    dependency_track,
    endoflife,
    leanix,
    opened,
    others,
    sarif,
    servicenow,
    sonarqube,
    sonarqube_pages,
)
from data.scans.opened import Table
from data.scans.told import Told, nothing
from portfolio.errors import Invalid
from portfolio.scan import Scan

__all__ = ["READERS", "Reader", "Told", "read", "read_all"]


@dataclass(frozen=True, slots=True)
class Reader:
    """recognises   from the document (JSON) or the header (a table); never from the file's name

    read         (file's name, document or opened table) -> what it tells
    """

    name: str
    recognises: Callable[[Any], bool]  # Any: a JSON value of any kind, or a header
    read: Callable[[str, Any], Told]


READERS: tuple[Reader, ...] = (
    Reader("sonarqube", sonarqube.recognises, sonarqube.read),
    Reader("cyclonedx", cyclonedx.recognises, cyclonedx.read),
    Reader("sarif", sarif.recognises, sarif.read),
    Reader("dependency-track", dependency_track.recognises, dependency_track.read),
    Reader(endoflife.FORMAT, endoflife.recognises, endoflife.tell),
    Reader("leanix", leanix.recognises, leanix.read),
    Reader("servicenow", servicenow.recognises, servicenow.read),
    Reader("architectes", architects.recognises, architects.read),
)


def read(name: str, content: bytes, into: str = "") -> Told:
    """What one file of a tool says, or every reason why nothing may be brought in. Never raises.

    into   the system that its findings, components and readings are of; "" = not known yet
    """
    return read_all([(name, content)], into)[0]


def read_all(files: Sequence[tuple[str, bytes]], into: str = "") -> tuple[Told, ...]:
    """What several files say, the pages of one search told as one. Never raises."""
    each = [(name, _opened(name, content)) for name, content in files]
    return tuple(_placed(_told(name, one), into) for name, one in sonarqube_pages.joined(each))


def _opened(name: str, content: bytes) -> Any:  # noqa: ANN401 - a JSON value, or an opened file
    try:
        return opened.open_file(name, content)
    except Invalid as refusal:
        return refusal


def _told(name: str, one: Any) -> Told:  # noqa: ANN401 - as above
    found = Findings()
    if isinstance(one, Invalid):
        found.take(Where(name, row=_row(one), column=str(one.facts.get("path", ""))), one)
        return nothing(found)
    signs = one.headers if isinstance(one, Table) else [one]
    for reader in READERS:
        if any(reader.recognises(sign) for sign in signs):
            return reader.read(name, one)
    _refuse_unknown(name, signs, found)
    return nothing(found)


def _refuse_unknown(name: str, signs: Sequence[Any], found: Findings) -> None:
    known = others.named(signs[0]) if signs else None
    if known is not None:
        found.refuse(Where(name), "tool-not-read", *known)
        return
    accepted = listed(dict.fromkeys(reader.name for reader in READERS))
    found.refuse(Where(name), "format-unknown", opened.seen(signs), accepted)


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
