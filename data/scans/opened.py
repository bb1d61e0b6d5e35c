"""A file of another tool opened once: a JSON document, or a table known by its headers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data import strict_json
from data.importers import delimited, workbook
from data.refused import Findings, Refused, listed
from portfolio.errors import Invalid

MOST_BYTES = 200_000_000
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file, not read yet, or a workbook, whose cells are texts already.

    headers   the first row of each of its tables
    sheets    of a workbook             refused   cells of it that cannot be read
    """

    content: bytes
    headers: tuple[tuple[str, ...], ...]
    sheets: workbook.Opened | None = None
    refused: tuple[Refused, ...] = ()


def open_file(name: str, content: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON document, or a Table; Invalid when it cannot be opened."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if not start:
        raise Invalid("file-empty")
    if start in (b"{", b"["):
        return _document(content)
    if start == b"<":
        raise Invalid("xml-not-read", found=ascii(content[:40])[2:-1], accepted="JSON")
    if content.startswith(UTF_16) and content.decode("utf-16", "replace").lstrip()[:1] in "{[":
        raise Invalid("not-utf-8", path="0", found="UTF-16", accepted="UTF-8")
    if content.startswith(b"PK"):
        return _workbook(name, content)
    return Table(content, (delimited.header(content),))


def seen(signs: Sequence[Any]) -> str:
    """What was found in a file that no reader recognised, in one line.

    signs   a JSON value of any kind, or the headers of a table
    """
    sign = signs[0] if signs else ()
    if isinstance(sign, list):
        inside = seen(sign[:1]) if sign and isinstance(sign[0], dict) else ""
        return f"[{inside}]"
    return listed(sign, 20)


def _document(content: bytes) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return strict_json.foreign(content, MOST_BYTES)
    except Invalid as refusal:
        if refusal.code == "not-json" and _is_cut(content, str(refusal.facts["found"])):
            raise Invalid("json-cut", path=refusal.facts["path"]) from None
        raise


def _is_cut(content: bytes, found: str) -> bool:
    """Whether a document that is not JSON would be the start of one."""
    if not found:
        return True
    if content.rstrip().endswith((b"}", b"]")):
        return False
    try:
        json.JSONDecoder().raw_decode(content.decode("utf-8-sig").lstrip())
    except ValueError:
        return True
    return False  # a whole document, with something behind it


def _workbook(name: str, content: bytes) -> Table:
    found = Findings()
    sheets = workbook.opened(name, content, found)
    if not sheets and found.refused:
        first = found.refused[0]
        raise Invalid(first.code, found=first.found, accepted=first.accepted)
    headers = tuple(tuple(cell.strip() for cell in rows[0][1]) for _, rows in sheets if rows)
    return Table(content, headers, sheets, tuple(found.refused))
