"""An offline ballot read back: whose it is, and each row that says something, with its place."""

import re
from dataclasses import dataclass, replace

from data import ballot_form as form
from data.ballot_form import Answer, Identity
from data.importers import workbook
from data.refused import Findings, Refused, Where, listed
from data.tables.cells import value
from data.tables.column import Column, Kind
from portfolio.errors import Invalid
from portfolio.words import NO_WORDS, Bilingual

WHOLE = re.compile(r"(-?[0-9]{1,9})(?:[.,]0+)?")
SILENT = {form.SILENT.fr.casefold(), form.SILENT.en.casefold()}
CONFIDENCE = (1, 3)
TEXT = Column("text", Kind.TEXT, NO_WORDS)


@dataclass(frozen=True, slots=True)
class Said:
    """One row of ratings.

    version, was   of the answer as it stood when the ballot was written: its noun's version,
                   and its print
    """

    where: Where
    project: str
    criterion: str
    answer: Answer
    version: int
    was: str


@dataclass(frozen=True, slots=True)
class Declared:
    """One row of conflicts; reason = "" when none is declared."""

    where: Where
    project: str
    reason: str
    version: int
    was: str


@dataclass(frozen=True, slots=True)
class Read:
    """All that a ballot says, or every reason why it cannot be read; identity None = not known."""

    identity: Identity | None
    said: tuple[Said, ...] = ()
    declared: tuple[Declared, ...] = ()
    refused: tuple[Refused, ...] = ()


Rows = list[tuple[int, list[str]]]


def read(name: str, content: bytes) -> Read:
    """What the workbook says; never raises. Refusals name sheet, row and column."""
    found = Findings()
    opened = dict(workbook.opened(name, content, found, formulas=False))
    if not opened:
        if not found.refused:
            found.refuse(Where(name), "not-a-ballot")
        return Read(None, refused=tuple(found.refused))
    identity = _identity(name, opened.get(form.IDENTITY, []), found)
    if identity is None:
        return Read(None, refused=tuple(found.refused))
    ratings = _table(name, opened, form.RATINGS, form.OF_RATINGS, identity, found)
    conflicts = _table(name, opened, form.CONFLICTS, form.OF_CONFLICTS, identity, found)
    said = tuple(one for row in ratings if (one := _said(row, found)))
    declared = tuple(its for row in conflicts if (its := _declared(row, found)))
    _twice([((s.project, s.criterion), s.where) for s in said], found)
    _twice([((d.project,), d.where) for d in declared], found)
    return Read(identity, said, declared, tuple(_placed(one, opened) for one in found.refused))


def _placed(one: Refused, opened: dict[str, Rows]) -> Refused:
    """The refusal under the header that people see, where only the column's letter was known."""
    rows, letter = opened.get(one.where.sheet), one.where.column
    if not rows or not re.fullmatch("[A-Z]", letter):
        return one
    at, (_, header) = ord(letter) - ord("A"), rows[0]
    return replace(one, where=replace(one.where, column=header[at])) if at < len(header) else one


def _identity(name: str, rows: Rows, found: Findings) -> Identity | None:
    """Whose ballot it is; None, refused, when the hidden sheet does not say."""
    told = {cells[0]: cells[1] for _, cells in rows if len(cells) >= 2}
    number = told.get("round", "")
    names = ("cycle", "person", "language")
    is_whole = all(told.get(n) for n in names) and re.fullmatch("[1-9][0-9]{0,5}", number)
    if told.get("format") != form.FORMAT or not is_whole:
        found.refuse(Where(name, form.IDENTITY), "not-a-ballot")
        return None
    language = "en" if told["language"] == "en" else "fr"
    return Identity(told["cycle"], int(number), told["person"], language)


@dataclass(frozen=True, slots=True)
class _Row:
    """The texts of one row by column, and the headers that people see."""

    where: Where
    cells: dict[str, str]
    language: str

    def at(self, column: str) -> Where:
        return replace(self.where, column=form.HEADS[column].in_(self.language))


def _table(
    name: str,
    opened: dict[str, Rows],
    title: Bilingual,
    columns: tuple[str, ...],
    identity: Identity,
    found: Findings,
) -> list[_Row]:
    """The rows of a sheet; none, refused, when the sheet or one of its columns is missing."""
    sheet = title.in_(identity.language)
    if not opened.get(sheet):
        found.refuse(Where(name, sheet), "missing-sheet", listed(opened), sheet)
        return []
    (_, header), *others = opened[sheet]
    heads = {form.HEADS[c].in_(identity.language): c for c in columns}
    before = len(found.refused)
    for head in (h for h in header if h and h not in heads):
        found.refuse(Where(name, sheet, 1, head), "unknown-column", head, listed(heads))
    for head in heads:
        if header.count(head) > 1:
            found.refuse(Where(name, sheet, 1, head), "twice", head)
        elif head not in header:
            found.refuse(Where(name, sheet, 1), "missing-column", listed(header), head)
    if len(found.refused) > before:
        return []
    rows = []
    for number, cells in others:
        padded = [*cells, *[""] * (len(header) - len(cells))]
        if any(c.strip() for c in padded[len(header) :]):
            found.refuse(Where(name, sheet, number), "too-many-cells", len(cells), len(header))
        named = {heads[h]: c for h, c in zip(header, padded, strict=False) if h}
        if any(c.strip() for c in named.values()):
            rows.append(_Row(Where(name, sheet, number), named, identity.language))
    return rows


def _said(row: _Row, found: Findings) -> Said | None:
    before = len(found.refused)
    project, criterion = (_filled(row, column, found) for column in ("project", "criterion"))
    version, was = _mark(row, found)
    rating = row.cells["rating"].strip()
    if rating.casefold() in SILENT:
        rating = form.SILENT.fr
    else:
        rating = _whole(row, "rating", "0, 1, 2 …", found)
    confidence = _whole(row, "confidence", "1, 2, 3", found)
    low, high = CONFIDENCE
    if confidence and not low <= int(confidence) <= high:
        found.refuse(row.at("confidence"), "out-of-range", confidence, f"{low} – {high}")
    justification, evidence = (_text(row, c, found) for c in ("justification", "evidence"))
    if len(found.refused) > before:
        return None
    answer = Answer(rating, justification, evidence, confidence)
    return Said(row.where, project, criterion, answer, version, was)


def _declared(row: _Row, found: Findings) -> Declared | None:
    before = len(found.refused)
    project = _filled(row, "project", found)
    version, was = _mark(row, found)
    reason = _text(row, "reason", found)
    if len(found.refused) > before:
        return None
    return Declared(row.where, project, reason, version, was)


def _filled(row: _Row, column: str, found: Findings) -> str:
    text = _text(row, column, found)
    if not row.cells[column].strip():
        found.refuse(row.at(column), "missing-value")
    return text


def _text(row: _Row, column: str, found: Findings) -> str:
    """The cell's text; "" when it is empty, or refused."""
    try:
        read_ = value(TEXT, row.cells[column])
    except Invalid as refusal:
        found.take(row.at(column), refusal)
        return ""
    return form.tidy(str(read_ or ""))


def _whole(row: _Row, column: str, accepted: str, found: Findings) -> str:
    """« 3 », « 3,0 » and "3.0" are 3."""
    text = _text(row, column, found)
    if not text:
        return ""
    whole = WHOLE.fullmatch(text)
    if whole is None:
        found.refuse(row.at(column), "not-a-whole-number", text, accepted)
        return ""
    return str(int(whole.group(1)))


def _mark(row: _Row, found: Findings) -> tuple[int, str]:
    """(version, print) of the answer as the ballot was written."""
    kept = form.MARK.fullmatch(row.cells["mark"].strip())
    if kept is None:
        found.refuse(row.at("mark"), "ballot-mark", row.cells["mark"])
        return 0, ""
    return int(kept.group(1)), kept.group(2)


def _twice(named: list[tuple[tuple[str, ...], Where]], found: Findings) -> None:
    seen: dict[tuple[str, ...], Where] = {}
    for key, where in named:
        if key in seen:
            found.refuse(where, "row-twice", " + ".join(key), seen[key].row or "")
        seen.setdefault(key, where)
