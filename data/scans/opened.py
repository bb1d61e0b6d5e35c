"""A file of another tool opened once: a JSON document, or a table known by its headers."""

from typing import Any

from data import strict_json
from data.importers import delimited, workbook
from data.refused import Findings, listed
from portfolio.errors import Invalid

MOST_BYTES = 200_000_000
Signs = list[Any]  # one JSON value of any kind, or the header of each table


def open_file(name: str, content: bytes) -> tuple[Any, Signs]:
    """(what its reader is given, what it is recognised by); Invalid when it cannot be opened.

    A JSON file gives its document, a table its bytes; readers of tables open them themselves.
    """
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if not start:
        raise Invalid("file-empty")
    if start in (b"{", b"["):
        document = _document(content)
        return document, [document]
    if start == b"<":
        raise Invalid("xml-not-read", found=ascii(content[:40]), accepted="JSON")
    if content.startswith(b"PK"):
        return content, _headers(name, content)
    return content, [delimited.header(content)]


def seen(signs: Signs) -> str:
    """What was found in a file that no reader recognised, in one line."""
    sign = signs[0] if signs else ()
    if isinstance(sign, list):
        inside = seen(sign[:1]) if sign and isinstance(sign[0], dict) else ""
        return f"[{inside}]"
    return listed(sign, 20)


def _document(content: bytes) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return strict_json.foreign(content, MOST_BYTES)
    except Invalid as refusal:
        if refusal.code == "not-json" and not refusal.facts["found"]:
            raise Invalid("json-cut", path=refusal.facts["path"]) from None
        raise


def _headers(name: str, content: bytes) -> Signs:
    found = Findings()
    sheets = workbook.opened(name, content, found)
    if not sheets and found.refused:
        first = found.refused[0]
        raise Invalid(first.code, found=first.found, accepted=first.accepted)
    return [tuple(cell.strip() for cell in rows[0][1]) for _, rows in sheets if rows]
