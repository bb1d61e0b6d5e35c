"""A registry as CSV files that Excel opens: semicolons and decimal commas in French, or English."""

import csv
import io
from collections.abc import Iterable

from data.anchors import written
from data.exporters.packed import packed
from data.journal import Anchor
from data.tables import TABLES, Table
from data.tables.cells import text
from data.tables.written import Cells, rows
from portfolio.registry import Registry

ANCHORS = "anchors.jsonl"  # beside the tables: what the journal is verified against


def csv_files(registry: Registry, language: str = "fr") -> dict[str, bytes]:
    """File name -> bytes, of every table that has rows, and of projects always."""
    tables = rows(registry)
    return {
        f"{table.name}.csv": csv_table(table, tables[table.name], language)
        for table in TABLES
        if tables[table.name] or table.name == "projects"
    }


def csv_zip(registry: Registry, language: str = "fr", anchor: Anchor | None = None) -> bytes:
    """The same files in one zip, with the journal's anchor as a file of its own."""
    files = csv_files(registry, language)
    if anchor is not None:
        files[ANCHORS] = (written(anchor) + "\n").encode()
    return packed(files)


def csv_table(table: Table, found: Iterable[Cells], language: str = "fr") -> bytes:
    """One table; a text that a spreadsheet would take for a formula gets an apostrophe."""
    page = io.StringIO()
    writer = csv.writer(page, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    writer.writerow(table.names)
    for row in found:
        writer.writerow([text(c, row.get(c.name), language) for c in table.columns])
    return page.getvalue().encode("utf-8-sig")
