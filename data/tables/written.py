"""From a registry to rows of values: the same tables, the other way."""

from collections.abc import Callable, Iterator, Mapping

from data.tables import TABLES, written_judgement, written_register
from data.tables.cells import BAR, Value
from data.tables.numbers import decimal, written
from data.tables.written_register import estimated
from portfolio.cycle import Cycle
from portfolio.errors import Invalid
from portfolio.horizon import Horizon
from portfolio.project import Project
from portfolio.registry import Registry
from portfolio.rules import (
    AtMostStarts,
    Ceiling,
    DebtCeiling,
    DebtFloor,
    Excludes,
    Floor,
    Force,
    Listed,
    Mandatory,
    Needs,
    NeedsOneOf,
    RedLimit,
    Rule,
    Synergy,
    Tagged,
    Together,
    Window,
)
from portfolio.scenario import Scenario

Cells = Mapping[str, Value | None]
LINKED = Needs | NeedsOneOf | Excludes | Together | Synergy
PROJECT = ("code", "title", "title_en", "service", "lead", "sponsor", "problem", "outcome",
           "beneficiaries", "earliest", "latest", "deadline", "risks", "operating_cost",
           "given_value", "debt_share", "systems", "source")  # fmt: skip


def rows(registry: Registry) -> dict[str, tuple[Cells, ...]]:
    """Every table, with its rows; a table may be empty."""
    return {table.name: tuple(WRITERS[table.name](registry)) for table in TABLES}


def cycle_rows(cycle: Cycle) -> dict[str, tuple[Cells, ...]]:
    """The tables that a cycle alone fills."""
    return {name: found for name, found in rows(Registry(cycle)).items() if found}


def _cycle(r: Registry) -> Iterator[Cells]:
    c = r.cycle
    yield {
        "code": c.code, "title": c.title.fr, "title_en": c.title.en, "start": c.horizon.start,
        "periods": c.horizon.periods, "per_year": c.horizon.per_year, "discount": c.discount,
        "framework": c.framework, "framework_version": c.framework_version,
        "submit_by": c.submit_by, "illustrative": c.is_illustrative, "source": c.source.fr,
        "source_en": c.source.en,
    }


def _thresholds(r: Registry) -> Iterator[Cells]:
    for amount in r.cycle.thresholds:
        yield {"amount": amount}


def _envelopes(r: Registry) -> Iterator[Cells]:
    for e in r.cycle.envelopes:
        yield {"code": e.code, "title": e.title.fr, "title_en": e.title.en, "carry": e.carry}


def _envelope_limits(r: Registry) -> Iterator[Cells]:
    for e in r.cycle.envelopes:
        limits = (0,) if e.limits == () else e.limits or ()  # () = no money, None = not given
        for period, limit in _labelled(r.cycle.horizon, limits):
            yield {"envelope": e.code, "period": period, "limit": limit}


def _teams(r: Registry) -> Iterator[Cells]:
    for t in r.cycle.teams:
        yield {"code": t.code, "title": t.title.fr, "title_en": t.title.en, "skill": t.skill}


def _team_capacity(r: Registry) -> Iterator[Cells]:
    for t in r.cycle.teams:
        for period, days in _labelled(r.cycle.horizon, t.capacity):
            yield {"team": t.code, "period": period, "days": days}


def _people(r: Registry) -> Iterator[Cells]:
    for p in r.people:
        yield {"code": p.code, "name": p.name, "roles": tuple(sorted(p.roles)),
               "language": p.language, "demo": p.is_demo, "active": p.is_active,
               "service": p.service, "expertise": tuple(sorted(p.expertise))}


def _projects(r: Registry) -> Iterator[Cells]:
    for p in r.projects:
        basis = p.legal_basis
        law: Cells = {} if basis is None else {
            "law": basis.law, "article": basis.article, "law_date": basis.on, "proof": basis.proof,
        }
        yield {**{name: getattr(p, name) for name in PROJECT}, **law, "category": p.category,
               "stage": p.stage, "sensitivity": p.sensitivity,
               "confidential": tuple(sorted(p.confidential))}


def _variants(r: Registry) -> Iterator[Cells]:
    for p in r.projects:
        for v in p.variants:
            yield {"project": p.code, "code": v.code, "title": v.title, "duration": v.duration,
                   "value_factor": v.value_factor}


def _costs(r: Registry) -> Iterator[Cells]:
    for p in r.projects:
        for v in p.variants:
            for s in v.spends:
                yield {"project": p.code, "variant": v.code, "envelope": s.envelope,
                       "offset": s.period + 1, **estimated(s.amount, "low", "likely", "high")}


def _efforts(r: Registry) -> Iterator[Cells]:
    for p in r.projects:
        for v in p.variants:
            for e in v.efforts:
                yield {"project": p.code, "variant": v.code, "team": e.team,
                       "offset": e.period + 1, "days": e.days}


def _tags(r: Registry) -> Iterator[Cells]:
    yield from _children(r, lambda p: ({"grid": t.grid, "key": t.key} for t in p.tags))


def _answers(r: Registry) -> Iterator[Cells]:
    yield from _children(r, lambda p: (
        {"question": a.question, "answer": a.answer, "comment": a.comment} for a in p.answers))


def _measures(r: Registry) -> Iterator[Cells]:
    yield from _children(r, lambda p: ({"name": m.name, "number": m.number} for m in p.measures))


def _links(r: Registry) -> Iterator[Cells]:
    for code, scenario, link in _every_link(r):
        cells: dict[str, Value | None] = {"code": code, "kind": link.kind, "scenario": scenario}
        match link:
            case Needs(project=project, on=on, lag=lag):
                yield cells | {"project": project, "others": (on,), "lag": lag}
            case NeedsOneOf(project=project, any=some, lag=lag):
                yield cells | {"project": project, "others": some, "lag": lag}
            case Excludes(projects=projects, at_most=at_most):
                yield cells | _split(projects) | {"at_most": at_most}
            case Together(projects=projects):
                yield cells | _split(projects)
            case Synergy(projects=projects, value=value):
                yield cells | _split(projects) | {"value": value}


def _savings(r: Registry) -> Iterator[Cells]:
    for code, _, link in _every_link(r):
        for envelope, series in (link.saving if isinstance(link, Synergy) else {}).items():
            for period, amount in _labelled(r.cycle.horizon, series):
                yield {"link": code, "envelope": envelope, "period": period, "amount": amount}


def _quantities(r: Registry) -> Iterator[Cells]:
    for p in r.projects:
        for q in p.quantities:
            yield {"project": p.code, "item": q.item, "deed": q.deed, "count": q.count,
                   "years": q.years}


def _debt_effects(r: Registry) -> Iterator[Cells]:
    for p in r.projects:
        for e in p.debt_effects:
            yield {"project": p.code, "debt": e.debt, "share": e.share, "system": e.system,
                   "title": e.title, "principal": e.principal, "note": e.note}


def _factors(r: Registry) -> Iterator[Cells]:
    for f in r.factors:
        yield {"code": f.code, "low": f.low, "likely": f.likely, "high": f.high, "unit": f.unit,
               "source": f.source, "title": f.title.fr, "title_en": f.title.en}


def _scenarios(r: Registry) -> Iterator[Cells]:
    for s in r.scenarios:
        yield {"code": s.code, "title": s.title.fr, "title_en": s.title.en,
               "maximize": _maximize(s), "budget_share": s.budget_share,
               "time_limit": s.time_limit, "gap": s.gap, "debt_mode": s.debt_mode,
               "point_price": s.point_price, "terminal_years": s.terminal_years,
               "ignored": tuple(sorted(s.ignored))}


def _levers(r: Registry) -> Iterator[Cells]:
    for s in r.scenarios:
        for envelope, factor in s.levers.items():
            yield {"scenario": s.code, "envelope": envelope, "factor": factor}


def _rules(r: Registry) -> Iterator[Cells]:
    for s in r.scenarios:
        for rule in s.rules:
            if not isinstance(rule, LINKED):
                yield {"scenario": s.code, "kind": rule.kind, **_rule(rule, r.cycle.horizon)}


def _rule(rule: Rule, horizon: Horizon) -> Cells:
    match rule:
        case Mandatory(project=project, deadline=deadline):
            return {"projects": (project,), "deadline": _label(horizon, deadline)}
        case Force(project=project, chosen=chosen, reason=reason):
            return {"projects": (project,), "in": chosen, "reason": reason}
        case Window(project=project, earliest=first, latest=last):
            return {"projects": (project,), "earliest": _label(horizon, first),
                    "latest": _label(horizon, last)}
        case AtMostStarts(count=count) | RedLimit(count=count):
            return {"count": count}
        case Floor(of=of, where=where, share=share, limit=limit) | Ceiling(
            of=of, where=where, share=share, limit=limit
        ):
            return {"of": of, "share": share, "limit": limit, **_group(where)}
        case DebtFloor(share=share):
            return {"share": share}
        case DebtCeiling(principal=principal):
            return {"limit": principal}
    return {}


def _group(where: Tagged | Listed | None) -> Cells:
    if isinstance(where, Tagged):
        return {"tag": where.tag, "is": where.key}
    if where is not None and not where.projects:
        raise Invalid("too-few", field="projects", found=0, low=1)
    return {"projects": where.projects} if where else {}


def _label(horizon: Horizon, period: int | None) -> str | None:
    return None if period is None else horizon.label(period)


def _labelled(horizon: Horizon, series: tuple[float, ...]) -> Iterator[tuple[str, float]]:
    for period, number in enumerate(series):
        yield horizon.label(period), number


def _children(r: Registry, of: Callable[[Project], Iterator[Cells]]) -> Iterator[Cells]:
    for p in r.projects:
        for cells in of(p):
            yield {"project": p.code, **cells}


def _split(projects: tuple[str, ...]) -> dict[str, Value | None]:
    return {"project": projects[0] if projects else None, "others": projects[1:]}


def _every_link(r: Registry) -> Iterator[tuple[str, str | None, LINKED]]:
    """(code, scenario or None, link), those that always hold first."""
    every: list[tuple[str | None, LINKED]] = [(None, link) for link in r.links]
    every += [(s.code, rule) for s in r.scenarios for rule in s.rules if isinstance(rule, LINKED)]
    for place, (scenario, link) in enumerate(every, 1):
        yield f"L{place}", scenario, link


def _maximize(scenario: Scenario) -> str:
    if isinstance(scenario.maximize, str):
        return scenario.maximize
    terms = (f"{name}={written(decimal(w))}" for name, w in scenario.maximize.items())
    return f" {BAR} ".join(terms)


WRITERS: dict[str, Callable[[Registry], Iterator[Cells]]] = {
    "cycle": _cycle, "envelopes": _envelopes, "envelope_limits": _envelope_limits,
    "teams": _teams, "team_capacity": _team_capacity, "people": _people, "projects": _projects,
    "variants": _variants, "costs": _costs, "efforts": _efforts, "tags": _tags,
    "answers": _answers, "measures": _measures, "links": _links, "savings": _savings,
    "scenarios": _scenarios,
    "levers": _levers, "rules": _rules, "thresholds": _thresholds, "quantities": _quantities,
    "factors": _factors, "project_debts": _debt_effects,
    **written_judgement.WRITERS, **written_register.WRITERS,
}
