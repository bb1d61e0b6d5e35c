"""The formats a portfolio may come in, each recognised by what it holds."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from data.importers import archive, delimited, federal, portfolio_tables, question, toronto
from data.importers.brought import Brought, nothing
from data.refused import Findings, Note, Refused, Where
from portfolio.cycle import Cycle
from portfolio.errors import Invalid, Missing
from portfolio.links import circles

__all__ = [
    "IMPORTERS", "Brought", "Importer", "Note", "Refused", "Where", "bring", "bring_path",
    "recognise",
]

Header = tuple[str, ...]
MOST_BYTES = 50_000_000  # each importer asks for less still


@dataclass(frozen=True, slots=True)
class Importer:
    """recognises   from the first bytes and, of a CSV, its header; the file's name is never asked

    bring           (name, content, the cycle to import into where the file has none) -> Brought
    """

    name: str
    recognises: Callable[[bytes, Header], bool]
    bring: Callable[[str, bytes, Cycle | None], Brought]


IMPORTERS: tuple[Importer, ...] = (
    Importer("xlsx", lambda content, _: _is_zip(content) and archive.is_workbook(content),
             portfolio_tables.from_workbook),
    Importer("csv-zip", lambda content, _: _is_zip(content), portfolio_tables.from_archive),
    Importer("question", lambda content, _: _starts(content, b"{"), question.bring),
    Importer("federal", lambda _, header: federal.recognises(header), federal.bring),
    Importer("toronto", lambda _, header: toronto.recognises(header), toronto.bring),
    Importer("csv", lambda _, header: portfolio_tables.is_projects(header),
             portfolio_tables.from_csv),
)


def recognise(name: str, content: bytes) -> Importer:
    """The importer of this content; Invalid("format-unknown") when there is none."""
    header = () if _is_zip(content) or _starts(content, b"{") else _header(content)
    for importer in IMPORTERS:
        if importer.recognises(content, header):
            return importer
    found = ", ".join(header[:20]) or ascii(content[:16])
    raise Invalid("format-unknown", found=found, accepted=", ".join(i.name for i in IMPORTERS))


def bring(name: str, content: bytes, into: Cycle | None = None) -> Brought:
    """What the content holds: a registry, or every reason why there is none. Never raises."""
    try:
        importer = recognise(name, content)
    except Invalid as refusal:
        found = Findings()
        found.take(Where(name), refusal)
        return nothing(found)
    return _without_circles(name, importer.bring(name, content, into))


def _without_circles(name: str, brought: Brought) -> Brought:
    """Refused when projects need one another in a circle: none of them could ever be chosen."""
    tied = circles(brought.registry.links) if brought.registry else ()
    found = Findings()
    for circle in tied:
        found.refuse(Where(name), "needs-in-a-circle", " → ".join((*circle, circle[0])))
    return nothing(found) if tied else brought


def bring_path(path: Path, into: Cycle | None = None) -> Brought:
    """What a file, or a folder of CSV files, holds; Missing when nothing is there."""
    if path.is_dir():
        files = {p.name: p.read_bytes() for p in sorted(path.glob("*.csv"))}
        return _without_circles(path.name, portfolio_tables.from_files(files, into))
    if not path.is_file():
        raise Missing("no-such-file", found=path.name)
    if path.stat().st_size > MOST_BYTES:
        found = Findings()
        found.refuse(Where(path.name), "file-too-big", path.stat().st_size, f"≤ {MOST_BYTES}")
        return nothing(found)
    return bring(path.name, path.read_bytes(), into)


def _is_zip(content: bytes) -> bool:
    return content.startswith(b"PK")


def _starts(content: bytes, mark: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == mark


def _header(content: bytes) -> Header:
    try:
        return delimited.header(content)
    except Invalid:
        return ()
