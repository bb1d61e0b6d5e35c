"""What a filled offline form makes of a proposal; whatever cannot be is refused at its cell."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from data.importers.proposal import Row
from data.proposal_form import mark_of
from data.refused import Findings
from data.tables.cells import Value
from portfolio.errors import Invalid
from portfolio.footprint import Deed, Quantity
from portfolio.project import (
    Answer,
    Category,
    DebtEffect,
    Effort,
    Estimate,
    LegalBasis,
    Project,
    Sensitivity,
    Spend,
    Tag,
    Variant,
)
from services.proposal_sheets import (
    FIELDS,
    LEGAL,
    POINTS,
    Known,
    envelopes_of,
    marks_known,
    questions_of,
    teams_of,
    variants_of,
)

Rows = Mapping[str, tuple[Row, ...]]
T = TypeVar("T")
NOT_GIVEN, NO_TITLE = (None, None, None, (), ()), ("", None, None, (), ())
MUST = ("title", "category", "sensitivity")


def proposal(project: Project, known: Known, rows: Rows, found: Findings) -> Project:
    """The proposal as the form says it; what the form does not speak of stays as it is."""
    with_fields = _fields(project, rows["fields"], found)
    return replace(
        with_fields,
        systems=_systems(rows["systems"], found),
        variants=tuple(_variants(project, known, rows, found)),
        tags=_tags(project, known, rows["marks"]),
        answers=_answers(project, known, rows["gate"]),
        quantities=_each(rows["quantities"], _quantity, found),
        debt_effects=_effects(rows["debts"], found),
    )


def _fields(project: Project, rows: Iterable[Row], found: Findings) -> Project:
    said: dict[str, Any] = {row.mark: row.values[0] for row in rows}
    places = {row.mark: row.at(0) for row in rows}
    for name in MUST:
        if said.get(name) is None or not str(said[name]).strip():
            found.refuse(places[name], "missing-value")
            said[name] = getattr(project, name)
    given = {name: said.get(name) for name in FIELDS if name not in LEGAL}
    kept: dict[str, Any] = {
        n: "" if v is None and n != "operating_cost" else v for n, v in given.items()
    }
    kept["category"] = Category(kept["category"])
    kept["sensitivity"] = Sensitivity(kept["sensitivity"])
    law, article, on, proof = (said.get(name) for name in LEGAL)
    basis = LegalBasis(law or "", article or "", on, proof or "")
    is_none = basis == LegalBasis("")
    return replace(project, **kept, legal_basis=None if is_none else basis)


def _systems(rows: Iterable[Row], found: Findings) -> tuple[str, ...]:
    said: dict[str, int | None] = {}
    for row in rows:
        code = str(row.values[0] or "")
        if code in said:
            found.refuse(row.at(0), "row-twice", code, said[code])
        elif code:
            said[code] = row.where.row
    return tuple(said)


def _variants(project: Project, known: Known, rows: Rows, found: Findings) -> Iterable[Variant]:
    held = {row.mark: row for row in rows["variants"]}
    money, effort = ({row.mark: row for row in rows[name]} for name in ("money", "effort"))
    for variant in variants_of(project):
        row = held[mark_of(variant.code)]
        title, duration, factor = row.values
        lasts = None if duration is None else int(str(duration))
        efforts = tuple(_efforts(project, known, variant, effort))
        spends = tuple(_spends(project, known, variant, money, found))
        if _end_too_late(variant.code, lasts, (spends, money), (efforts, effort), found):
            continue
        if (title, duration, factor, spends, efforts) in (NOT_GIVEN, NO_TITLE):
            continue
        try:
            yield Variant(
                variant.code, str(title or ""), lasts,
                1.0 if factor is None else float(str(factor)), spends, efforts,
            )  # fmt: skip
        except Invalid as refusal:
            found.take(row.at(1), refusal)


def _end_too_late(
    code: str,
    lasts: int | None,
    money: tuple[tuple[Spend, ...], Mapping[str, Row]],
    effort: tuple[tuple[Effort, ...], Mapping[str, Row]],
    found: Findings,
) -> bool:
    """Whether something stands after the variant's end; each is refused at its cell."""
    if lasts is None or lasts < 1:
        return False
    late = [
        money[1][mark_of(code, s.envelope, "likely")].at(s.period)
        for s in money[0] if s.period >= lasts
    ]  # fmt: skip
    late += [
        effort[1][mark_of(code, e.team)].at(e.period) for e in effort[0] if e.period >= lasts
    ]
    for where in late:
        found.refuse(where, "after-the-end", where.column, f"≤ {lasts}")
    return bool(late)


def _spends(
    project: Project, known: Known, variant: Variant, rows: Mapping[str, Row], found: Findings
) -> Iterable[Spend]:
    """Those it had, in their order, as the form now says them; then the others."""
    for code, period in _cells(
        ((s.envelope, s.period) for s in variant.spends), envelopes_of(project, known), rows,
        lambda code: mark_of(variant.code, code, "likely"),
    ):  # fmt: skip
        three = {p: rows[mark_of(variant.code, code, p)] for p in POINTS}
        low, likely, high = (three[p].values[period] for p in POINTS)
        if (low, likely, high) == (None, None, None):
            continue
        where = three["likely"].at(period)
        if likely is None:
            found.refuse(where, "missing-value")
            continue
        try:
            yield Spend(code, period, Estimate(_int(likely), _maybe(low), _maybe(high)))
        except Invalid as refusal:
            point = three.get(str(refusal.facts.get("field")), three["likely"])
            found.take(point.at(period), refusal)


def _efforts(
    project: Project, known: Known, variant: Variant, rows: Mapping[str, Row]
) -> Iterable[Effort]:
    for code, period in _cells(
        ((e.team, e.period) for e in variant.efforts), teams_of(project, known), rows,
        lambda code: mark_of(variant.code, code),
    ):  # fmt: skip
        days = rows[mark_of(variant.code, code)].values[period]
        if days is not None:
            yield Effort(code, period, float(str(days)))


def _cells(
    held: Iterable[tuple[str, int]],
    codes: Iterable[str],
    rows: Mapping[str, Row],
    mark: Callable[[str], str],
) -> list[tuple[str, int]]:
    """(code, period) of what was given before, then of every other cell."""
    every = [(code, at) for code in codes for at in range(len(rows[mark(code)].values))]
    return list(dict.fromkeys([*held, *every]))


def _int(value: Value) -> int:
    return int(str(value))


def _maybe(value: Value | None) -> int | None:
    return None if value is None else _int(value)


def _tags(project: Project, known: Known, rows: Iterable[Row]) -> tuple[Tag, ...]:
    """Its marks in their order, then the new ones; those of grids that the form has not stay."""
    said = {row.mark: row.values[0] is not None for row in rows}
    asked = {tag: said.get(mark_of(*tag), False) for tag in marks_known(known)}
    stays = [tag for tag in project.tags if asked.get((tag.grid, tag.key), True)]
    held = {(tag.grid, tag.key) for tag in stays}
    return (*stays, *(Tag(*tag) for tag, is_on in asked.items() if is_on and tag not in held))


def _answers(project: Project, known: Known, rows: Iterable[Row]) -> tuple[Answer, ...]:
    """The answers in their order, then the new ones; an emptied one is no answer."""
    said = {row.mark: row.values for row in rows}
    asked = {q.key: said[mark_of(q.key)] for q in questions_of(known) if mark_of(q.key) in said}
    before = {answer.question: answer for answer in project.answers}
    every = []
    for question in dict.fromkeys([*before, *asked]):
        if question not in asked:
            every.append(before[question])
        elif any(asked[question]):
            answer, comment = asked[question]
            every.append(Answer(question, str(answer or ""), str(comment or "")))
    return tuple(every)


def _quantity(row: Row, found: Findings) -> Quantity | None:
    item, deed, count, years = row.values
    for at, given in enumerate((item, deed, count)):
        if given is None:
            found.refuse(row.at(at), "missing-value")
    if item is None or deed is None or count is None:
        return None
    lasts = None if years is None else float(str(years))
    return Quantity(str(item), Deed(str(deed)), float(str(count)), lasts)


def _effects(rows: tuple[Row, ...], found: Findings) -> tuple[DebtEffect, ...]:
    seen: dict[str, int | None] = {}
    for row in rows:
        code = str(row.values[0] or "")
        if code and code in seen:
            found.refuse(row.at(0), "row-twice", code, seen[code])
            return ()
        seen[code] = row.where.row
    return _each(rows, _effect, found)


def _effect(row: Row, found: Findings) -> DebtEffect:
    debt, share, system, title, principal, note = row.values
    return DebtEffect(
        str(debt or ""), 1.0 if share is None else float(str(share)), str(system or ""),
        str(title or ""), _maybe(principal), str(note or ""),
    )  # fmt: skip


def _each(
    rows: Iterable[Row], make: Callable[[Row, Findings], T | None], found: Findings
) -> tuple[T, ...]:
    """One thing a row; a row that cannot be is refused at its first cell."""
    made = []
    for row in rows:
        try:
            made.append(make(row, found))
        except Invalid as refusal:
            found.take(row.at(0), refusal)
    return tuple(one for one in made if one is not None)
