"""The decision pack: one zip with all that replays what a meeting decided, and its papers."""

import csv
import io
from collections.abc import Iterable, Mapping

from data import frozen_file, pack_manifest, question_file
from data.exporters.packed import packed
from data.journal import Anchor, canonical
from data.pack_manifest import Manifest
from data.tables.cells import guarded
from data.tables.numbers import decimal, written
from portfolio.record import Decided, Imposed, Proceedings

COLUMNS = (
    "project", "title", "title_en", "service", "decision", "reason", "variant", "start",
    "amount", "conditions", "until", "points", "as_planned", "price", "signed_by",
)  # fmt: skip


def pack(files: Mapping[str, bytes], record: Proceedings) -> bytes:
    """The zip: its manifest first, then the files in order of name; the same bytes each time."""
    told = {name: pack_manifest.entry(name, files[name]) for name in sorted(files)}
    anchor = Anchor(record.anchor.count, record.anchor.head, record.anchor.at)
    manifest = Manifest(
        pack_manifest.FORMAT, record.cycle, record.meeting, record.number, anchor, told
    )
    return packed({pack_manifest.NAME: pack_manifest.write(manifest)} | {n: files[n] for n in told})


def question(inputs: bytes) -> bytes:
    """The question file of a frozen document: its SHA-256 is the question's own hash."""
    return question_file.canonical(frozen_file.read(inputs).question)


def decisions(record: Proceedings) -> bytes:
    """What was decided, one project a line, as a French spreadsheet opens it."""
    page = io.StringIO()
    writer = csv.writer(page, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in record.decisions:
        writer.writerow([guarded(cell) for cell in _cells(one)])
    return page.getvalue().encode("utf-8-sig")


def overrides(record: Proceedings) -> bytes:
    """The choices imposed on the plan, in the order signed, each with its price."""
    return canonical([_plain(one) for one in record.overrides]).encode()


def _cells(one: Decided) -> Iterable[str]:
    money = written(decimal(one.amount / 100), "fr") if one.grants else ""
    return (
        one.project, one.title.fr, one.title.en, one.service, one.verb.value, one.reason,
        one.variant, one.start, money, one.conditions, one.until.isoformat() if one.until else "",
        _number(one.value), "oui" if one.is_planned else "non", _number(one.price),
        one.signed_by.name,
    )  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else written(decimal(value), "fr")


def _plain(one: Imposed) -> dict[str, object]:
    return {
        "project": one.project, "in": one.is_in, "variant": one.variant, "start": one.start,
        "reason": one.reason, "price": one.price, "enters": list(one.enters),
        "leaves": list(one.leaves), "freeze": one.freeze, "by": one.by.name,
        "signed_by": one.signed_by.name, "signed_at": one.signed_at,
    }  # fmt: skip
