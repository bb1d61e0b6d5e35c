"""CSV bytes to rows of text: encoding, separator and quotes; no value is interpreted here."""

import csv
import io
import re
from dataclasses import dataclass

from portfolio.errors import Invalid

SEPARATORS = ";,\t"
MOST_ROWS, MOST_COLUMNS = 50_000, 200
MOST_BYTES = 20_000_000
LONGEST_HEADER = 20_000
LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Delimited:
    """The header, and the rows with the number a spreadsheet gives them (the header is 1)."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(content: bytes) -> Delimited:
    """The rows of a CSV; Invalid (with ``row`` where it is known) when it is not one."""
    text = decoded(content)
    if not text.strip():
        raise Invalid("file-empty")
    records = _records(text, separator(text))
    start = next(i for i, cells in enumerate(records) if any(c.strip() for c in cells))
    header = _trimmed(records[start])
    rows = tuple((i + 1, cells) for i, cells in enumerate(records) if i > start and any(cells))
    return Delimited(header, rows)


def decoded(content: bytes) -> str:
    """The text, from UTF-8 with or without its mark, UTF-16 with its mark, or Windows-1252."""
    if len(content) > MOST_BYTES:
        raise Invalid("file-too-big", found=len(content), accepted=f"≤ {MOST_BYTES}")
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise Invalid("not-text", accepted="UTF-8, Windows-1252")


def separator(text: str) -> str:
    """The separator that cuts the first line into the most cells."""
    first = LINE_END.split(text.lstrip(), 1)[0][:LONGEST_HEADER]
    return max(SEPARATORS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


def _records(text: str, mark: str) -> list[tuple[str, ...]]:
    records: list[tuple[str, ...]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS and any(c.strip() for c in cells[MOST_COLUMNS:]):
                raise Invalid("too-many-columns", row=len(records) + 1, found=len(cells),
                              accepted=f"≤ {MOST_COLUMNS}")
            records.append(tuple(cells[:MOST_COLUMNS]))
            if len(records) > MOST_ROWS + 1:
                raise Invalid("too-many-rows", row=len(records), found=len(records),
                              accepted=f"≤ {MOST_ROWS}")
    except csv.Error as error:
        code = "quotes-unbalanced" if "limit" not in str(error) else "text-too-long"
        raise Invalid(code, row=len(records) + 1) from None
    return records


def _trimmed(header: tuple[str, ...]) -> tuple[str, ...]:
    """The header without the empty cells at its end."""
    cells = [c.strip() for c in header]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def header(content: bytes) -> tuple[str, ...]:
    """The header of a CSV, without reading the rest; Invalid when it is not text."""
    text = decoded(content).lstrip()
    line = LINE_END.split(text, 1)[0][:LONGEST_HEADER]
    return _trimmed(tuple(next(csv.reader([line], delimiter=separator(text)), [])))
