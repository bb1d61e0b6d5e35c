"""From the register of debt to rows of values."""

from collections.abc import Callable, Iterator, Mapping

from data.tables.cells import Value
from portfolio.debt import Priced
from portfolio.project import Estimate
from portfolio.registry import Registry

Cells = Mapping[str, Value | None]
SYSTEM = ("code", "title", "title_en", "owner", "criticality", "users", "run_cost",
          "replacement_value", "disposition", "reason", "services", "interest_figure",
          "interest_reason")  # fmt: skip
TECHNOLOGY = ("name", "version", "sales_end", "active_end", "standard_end", "extended_end",
              "sales_word", "active_word", "standard_word", "extended_word", "contract_until",
              "purl", "cpe", "source")  # fmt: skip
DEBT = ("code", "title", "system", "type", "status", "principal_growth", "interest_growth", "loss",
        "loss_after", "p_before", "p_after", "support_end", "basis", "confidence", "owner",
        "review_on", "standalone_envelope", "standalone_cost", "description", "quadrant", "theme",
        "logged_on", "closed_on", "duplicate_of", "created_by")  # fmt: skip
EVIDENCE = ("source", "reference", "url", "note", "findings", "seen_on", "gone_on")
ACCEPTANCE = ("debt", "number", "reason", "control", "expires", "asked_by", "asked_on", "ruling",
              "ruled_by", "ruled_on", "ruled_why")  # fmt: skip
ASSESSMENT = ("system", "confirmed_by", "confirmed_on", "plan", "funding", "target", "cost_change",
              "notes", "replaced_by")  # fmt: skip
LEVEL = ("criterion", "level", "evidence", "proposed", "debts", "after")
YEAR = ("system", "opening", "logged", "grown", "estimated", "retired", "closing", "accepted",
        "interest")  # fmt: skip


def estimated(amount: Estimate, low: str, likely: str, high: str) -> Cells:
    """The three points of an estimate, under those headers."""
    return {low: amount.low, likely: amount.likely, high: amount.high}


def _fields(noun: object, names: tuple[str, ...]) -> Cells:
    return {name: getattr(noun, name) for name in names}


def _systems(r: Registry) -> Iterator[Cells]:
    yield from (_fields(s, SYSTEM) for s in r.systems)


def _technologies(r: Registry) -> Iterator[Cells]:
    for s in r.systems:
        yield from ({"system": s.code, **_fields(t, TECHNOLOGY)} for t in s.technologies)


def _dependencies(r: Registry) -> Iterator[Cells]:
    for s in r.systems:
        for d in s.dependencies:
            yield {"system": s.code, "on": d.on, "reason": d.reason}


def _tool_keys(r: Registry) -> Iterator[Cells]:
    for s in r.systems:
        yield from ({"system": s.code, "tool": k.tool, "key": k.key} for k in s.tool_keys)


def _debts(r: Registry) -> Iterator[Cells]:
    for d in r.debts:
        yield {
            **_fields(d, DEBT),
            **estimated(d.principal, "principal_low", "principal", "principal_high"),
            **estimated(d.interest, "interest_low", "interest", "interest_high"),
            **_priced("principal", d.principal_priced), **_priced("interest", d.interest_priced),
        }


def _priced(name: str, priced: Priced | None) -> Cells:
    if priced is None:
        return {}
    return {f"{name}_{part}": getattr(priced, part) for part in ("hours", "rate", "external")}


def _debt_interest(r: Registry) -> Iterator[Cells]:
    for d in r.debts:
        for period, amount in enumerate(d.interest_given):
            yield {"debt": d.code, "period": r.cycle.horizon.label(period), "amount": amount}


def _remedies(r: Registry) -> Iterator[Cells]:
    for d in r.debts:
        for x in d.remedies:
            yield {"debt": d.code, "project": x.project, "share": x.share, "after": x.after}


def _debt_evidence(r: Registry) -> Iterator[Cells]:
    for d in r.debts:
        yield from ({"debt": d.code, **_fields(e, EVIDENCE)} for e in d.evidence)


def _acceptances(r: Registry) -> Iterator[Cells]:
    yield from (_fields(a, ACCEPTANCE) for a in r.acceptances)


def _assessments(r: Registry) -> Iterator[Cells]:
    yield from (_fields(a, ASSESSMENT) for a in r.assessments)


def _risk_levels(r: Registry) -> Iterator[Cells]:
    for a in r.assessments:
        yield from ({"system": a.system, **_fields(level, LEVEL)} for level in a.levels)


def _year_ends(r: Registry) -> Iterator[Cells]:
    yield from (_fields(y, ("year", "closed_on", "closed_by")) for y in r.year_ends)


def _year_systems(r: Registry) -> Iterator[Cells]:
    for y in r.year_ends:
        yield from ({"year": y.year, **_fields(s, YEAR)} for s in y.systems)


def _year_items(r: Registry) -> Iterator[Cells]:
    for y in r.year_ends:
        for i in y.items:
            yield {"year": y.year, **_fields(i, ("debt", "principal", "interest"))}


WRITERS: dict[str, Callable[[Registry], Iterator[Cells]]] = {
    "systems": _systems, "technologies": _technologies, "dependencies": _dependencies,
    "tool_keys": _tool_keys, "debts": _debts, "debt_interest": _debt_interest,
    "remedies": _remedies, "debt_evidence": _debt_evidence, "acceptances": _acceptances,
    "assessments": _assessments, "risk_levels": _risk_levels, "year_ends": _year_ends,
    "year_systems": _year_systems, "year_items": _year_items,
}
