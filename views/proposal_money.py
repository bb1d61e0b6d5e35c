"""A variant's money and effort by period, typed in editors, with their totals beside the limits."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from portfolio.cycle import Cycle
from portfolio.errors import Invalid
from portfolio.project import Effort, Estimate, Project, Spend, Variant
from services import proposal_totals
from services.proposal_totals import Loads
from views import format as written
from views.desk import Desk
from views.footprint_shown import exact
from views.look.components import said
from views.parts import small_table
from views.proposal_fields import Fields
from views.proposal_grid import Grid, Place, Typed, edited

POINTS = ("low", "likely", "high")
MOST = 1_000_000_000_000  # cents in a cell, ten billion dollars: beyond, a zero too many
MOST_DAYS = 1_000_000.0


def spends(fields: Fields, project: Project, code: str, cycle: Cycle, first: int) -> Project:
    """The project with the money of that variant as it stands in the cells, and its totals."""
    desk, variant = fields.desk, variant_of(project, code)
    lines = {
        (envelope.code, point): (
            envelope.title.in_(desk.language), desk.text(f"proposals.point.{point}")
        )
        for envelope in cycle.envelopes
        for point in POINTS
    }
    grid: Grid[int] = Grid(
        f"{code}_money",
        (desk.text("proposals.money_of"), desk.text("proposals.point_label")),
        lines,
        columns(desk, variant, cycle, first),
        lambda cents: written.thousands(cents, desk.language),
        lambda typed, where: written.parse_thousands(typed, desk.language, where),
        MOST,
    )
    put = partial(_put_spends, desk, grid, code)
    project = edited(desk, fields.draft, grid, _amounts(variant), put, project)
    loads = proposal_totals.money(variant_of(project, code), cycle, first)
    titles = {e.code: e.title.in_(desk.language) for e in cycle.envelopes}
    _totals(desk, "money", loads, titles, grid.columns, cycle, first)
    return project


def efforts(fields: Fields, project: Project, code: str, cycle: Cycle, first: int) -> Project:
    """The project with the person-days of that variant as they stand in the cells."""
    desk, variant = fields.desk, variant_of(project, code)
    lines = {team.code: (team.title.in_(desk.language), team.skill) for team in cycle.teams}
    grid: Grid[float] = Grid(
        f"{code}_days",
        (desk.text("proposals.days_of"), desk.text("proposals.skill")),
        lines,
        columns(desk, variant, cycle, first),
        partial(exact, desk),
        lambda typed, where: float(written.parse_number(typed, desk.language, where)),
        MOST_DAYS,
    )
    held = {(e.team, e.period): e.days for e in variant.efforts}
    put = partial(_put_efforts, code)
    project = edited(desk, fields.draft, grid, held, put, project)
    loads = proposal_totals.effort(variant_of(project, code), cycle, first)
    titles = {team.code: team.title.in_(desk.language) for team in cycle.teams}
    _totals(desk, "days", loads, titles, grid.columns, cycle, first)
    return project


def variant_of(project: Project, code: str) -> Variant:
    return next(variant for variant in project.variants if variant.code == code)


def put_variant(code: str, project: Project, **changes: object) -> Project:
    """The project with these fields of the variant of that code."""
    every = (replace(v, **changes) if v.code == code else v for v in project.variants)
    return replace(project, variants=tuple(every))


def columns(desk: Desk, variant: Variant, cycle: Cycle, first: int) -> tuple[str, ...]:
    """« An 1 · 2028 »: the period of the project's life, then the one it falls in."""
    horizon = cycle.horizon
    key = "year" if horizon.per_year == 1 else "period_n"
    return tuple(
        f"{desk.text(f'proposals.{key}', n=p + 1)} · {desk.period(horizon, first + p)}"
        for p in range(variant.duration or 1)
    )


def _amounts(variant: Variant) -> dict[Place, int]:
    """((envelope, point), period) -> cents."""
    return {
        ((s.envelope, point), s.period): cents
        for s in variant.spends
        for point in POINTS
        if (cents := getattr(s.amount, point)) is not None
    }


def _put_spends(
    desk: Desk, grid: Grid[int], code: str, project: Project, typed: Typed[int]
) -> Project:
    """The amounts that can be kept; those of an envelope and period that cannot stay as before."""
    before = {(s.envelope, s.period): s for s in variant_of(project, code).spends}
    shown = {(envelope, period) for (envelope, _), period in grid.places().values()}
    spends = [s for place, s in before.items() if place not in shown]
    for envelope, period in sorted(shown):
        places = [((envelope, point), period) for point in POINTS]
        held = before.get((envelope, period))
        try:
            spend = _spend(desk, grid, typed, places)
        except Invalid as refused:
            told = [p for p in places if typed.texts[p].strip()]
            typed.wrong.update({p: typed.wrong.get(p, refused) for p in told})
            spend = held
        if spend is not None:
            spends.append(spend)
    return _unless_same(project, code, "spends", tuple(spends))


def _spend(desk: Desk, grid: Grid[int], typed: Typed[int], places: list[Place]) -> Spend | None:
    """The three points of an envelope in a period; None when nothing is typed there."""
    for place in places:
        if place in typed.wrong:
            raise typed.wrong[place]
    low, likely, high = (typed.values.get(place) for place in places)
    (envelope, _), period = places[1]
    given = [cents for cents in (low, likely, high) if cents is not None]
    if not given:
        return None
    if likely is None:
        raise Invalid("likely-first", field=grid.where(places[1]))
    if given != sorted(given):
        found = " > ".join(desk.money(cents, compact=True) for cents in given)
        raise Invalid("not-in-order", field=grid.where(places[1]), found=found)
    return Spend(str(envelope), period, Estimate(likely, low, high))


def _put_efforts(code: str, project: Project, typed: Typed[float]) -> Project:
    variant = variant_of(project, code)
    before = {(e.team, e.period): e for e in variant.efforts}
    efforts = [e for place, e in before.items() if place not in typed.texts]
    for team, period in typed.texts:
        held = before.get((str(team), period))
        if (team, period) in typed.values:
            efforts.append(Effort(str(team), period, typed.values[team, period]))
        elif (team, period) in typed.wrong and held is not None:
            efforts.append(held)
    return _unless_same(project, code, "efforts", tuple(efforts))


def _unless_same(project: Project, code: str, name: str, found: tuple[object, ...]) -> Project:
    """The project itself where nothing but the order differs."""
    before = getattr(variant_of(project, code), name)
    return project if set(found) == set(before) else put_variant(code, project, **{name: found})


def _totals(
    desk: Desk, what: str, loads: Loads, titles: Mapping[str, str],
    heads: tuple[str, ...], cycle: Cycle, first: int,
) -> None:  # fmt: skip
    """By line, by period and in all; the share of what there is stands beside each amount."""
    text = desk.text
    if not loads.loads:
        st.caption(text(f"proposals.no_{what}"))
        return
    _peak(desk, what, loads, titles, cycle, first)

    def cell(amount: float | None, share: float | None) -> str:
        if amount is None:
            return text("common.none")
        shown = desk.money(int(amount), compact=True) if what == "money" else desk.number(amount)
        return shown if share is None else f"{shown} · {desk.percent(share)}"

    rows = [
        [
            titles.get(load.code, load.code),
            *(cell(a, s) for a, s in zip(load.by_period, load.shares, strict=True)),
            cell(load.total, None),
        ]
        for load in loads.loads
    ]
    sums = [cell(amount, None) for amount in loads.by_period]
    if len(rows) > 1:
        rows.append([text("proposals.total"), *sums, cell(loads.total, None)])
    shown = heads[: len(loads.by_period)]
    name = text(f"proposals.{what}_totals")
    head = [text(f"proposals.{what}_of"), *shown, text("proposals.total")]
    small_table(head, rows, name=name)
    st.caption(text(f"proposals.{what}_share_help"))


def _peak(
    desk: Desk, what: str, loads: Loads, titles: Mapping[str, str], cycle: Cycle, first: int
) -> None:
    peak = loads.peak
    if peak is None:
        return
    period = desk.period(cycle.horizon, first + peak.period)
    name = titles.get(peak.code, peak.code)
    key = f"proposals.{what}_peak" if peak.share <= 1 else f"proposals.{what}_over"
    sentence = said(desk.text(key, share=peak.share, name=name, period=period))
    if peak.share > 1:
        st.warning(sentence)
    else:
        st.markdown(sentence)
