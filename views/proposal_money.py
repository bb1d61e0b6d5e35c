"""The variants of a draft: their duration, and their money and effort by year in whole k$."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from portfolio.cycle import Cycle
from portfolio.errors import Invalid
from portfolio.project import Effort, Estimate, Project, Spend, Variant
from services.proposals import BASE, taken_by
from views.desk import Desk
from views.look import components, tokens
from views.look.components import plain, said
from views.parts import three_points
from views.proposal_draft import Draft, keep, refill, watched

CODES = ("minimale", BASE, "bonifiee")
POINTS = ("low", "likely", "high")
THOUSAND = 100_000  # cents in a k$
MOST = 10_000_000  # k$ in a cell: beyond, a zero too many
Edits = Mapping[int, Mapping[str, int | None]]


def variants(desk: Desk, draft: Draft, project: Project, cycle: Cycle) -> Project:
    """The project with its variants as they now stand in the fields."""
    st.markdown(said(desk.text("proposals.variants_help")))
    written = project
    for at, variant in enumerate(project.variants):
        with st.container(border=True):
            try:
                changed = _variant(desk, draft, variant, cycle)
            except Invalid as refused:
                components.error(desk, refused)
                continue
            every = (*written.variants[:at], changed, *written.variants[at + 1 :])
            written = replace(written, variants=every)
            _cost(desk, written, changed)
            if len(project.variants) > 1:
                _removal(desk, draft, variant)
    _addition(desk, draft)
    return written


def _variant(desk: Desk, draft: Draft, variant: Variant, cycle: Cycle) -> Variant:
    text = desk.text
    started = {v.code: v for v in draft.started.variants}.get(variant.code, variant)
    name = _named(desk, variant.code)
    st.subheader(text("proposals.variant_named", variant=name), anchor=False)
    title, duration, factor = st.columns([3, 1, 1])
    with title:
        put = partial(_put, variant.code, "title")
        typed = st.text_input(
            text("proposals.variant_title", variant=name), started.title,
            **watched(desk, draft, f"{variant.code}_title", put),
        )
    with duration:
        put = partial(_put, variant.code, "duration")
        lasts = st.number_input(
            text("proposals.duration"), min_value=1, max_value=cycle.horizon.periods, step=1,
            value=started.duration, help=text("proposals.duration_help"),
            **watched(desk, draft, f"{variant.code}_duration", put),
        )
    with factor:
        share = components.decimal_input(
            desk, text("proposals.factor"), key=draft.key(f"{variant.code}_factor"), low=0, high=3,
            value=started.value_factor, help=text("proposals.factor_help"),
        )
    changed = replace(
        variant,
        title=typed,
        duration=lasts,
        value_factor=_factor(desk, share, variant, started),
        spends=_spends(desk, draft, variant, lasts or 1, cycle),
    )
    with st.expander(text("proposals.effort")):
        return replace(changed, efforts=_efforts(desk, draft, variant, lasts or 1, cycle))


def _put(code: str, name: str, project: Project, value: object) -> Project:
    """The project with that field of the variant of that code."""
    every = (replace(v, **{name: value}) if v.code == code else v for v in project.variants)
    return replace(project, variants=tuple(every))


def _factor(desk: Desk, share: object, variant: Variant, started: Variant) -> float:
    """What was typed; the factor kept when the field was not touched, however it is rounded."""
    if share is None or isinstance(share, Invalid):
        return variant.value_factor
    typed = float(str(share))
    is_untouched = desk.number(typed) == desk.number(started.value_factor)
    return started.value_factor if is_untouched else typed


def _named(desk: Desk, code: str) -> str:
    key = f"proposals.variant.{code}"
    return desk.text(key) if desk.text.has(key) else plain(code)


def _spends(
    desk: Desk, draft: Draft, variant: Variant, years: int, cycle: Cycle
) -> tuple[Spend, ...]:
    """The amounts as they were, and as the cells say where they were edited."""
    name = f"{variant.code}_money_{years}"
    start = _start(draft, draft.key(name), variant)
    lines = [(envelope.code, point) for envelope in cycle.envelopes for point in POINTS]
    amounts = _amounts(start)
    titles = {e.code: e.title.in_(desk.language) for e in cycle.envelopes}
    heads = [(titles[code], desk.text(f"proposals.point.{point}")) for code, point in lines]
    cells = [
        [_thousands(amounts.get((code, p), {}).get(point)) for p in range(years)]
        for code, point in lines
    ]
    labels = (desk.text("proposals.money_of"), desk.text("proposals.point_label"))

    def edited(project: Project, state: Mapping[str, Edits]) -> Project:
        spends = _edited_spends(desk, start, lines, state["edited_rows"])
        return _put(variant.code, "spends", project, spends)

    watch = watched(desk, draft, name, edited)
    edits = _grid(desk, watch, labels, heads, cells, desk.text("proposals.money_by_year"))
    return _edited_spends(desk, start, lines, edits) if edits else variant.spends


def _amounts(variant: Variant) -> dict[tuple[str, int], dict[str, int | None]]:
    """(envelope, period) -> its three points, in cents."""
    return {(s.envelope, s.period): _three(s.amount) for s in variant.spends}


def _edited_spends(
    desk: Desk, start: Variant, lines: Sequence[tuple[str, str]], edits: Edits
) -> tuple[Spend, ...]:
    amounts = _amounts(start)
    for row, edit in edits.items():
        code, point = lines[row]
        for period, value in edit.items():
            cents = None if value is None else int(value) * THOUSAND
            amounts.setdefault((code, int(period)), dict.fromkeys(POINTS))[point] = cents
    return tuple(
        Spend(code, period, _estimate(desk, points))
        for (code, period), points in amounts.items()
        if any(cents is not None for cents in points.values())
    )


def _three(amount: Estimate) -> dict[str, int | None]:
    return {"low": amount.low, "likely": amount.likely, "high": amount.high}


def _thousands(cents: int | None) -> int | None:
    return None if cents is None else round(cents / THOUSAND)


def _estimate(desk: Desk, points: Mapping[str, int | None]) -> Estimate:
    """The three points; Invalid in the person's words when they are not in order."""
    likely = points["likely"]
    if likely is None:
        raise Invalid("empty", field="likely")
    given = [cents for cents in points.values() if cents is not None]
    if given != sorted(given):
        found = " > ".join(desk.money(cents, compact=True) for cents in given)
        raise Invalid("not-in-order", field="amount", found=found)
    return Estimate(likely, points["low"], points["high"])


def _efforts(
    desk: Desk, draft: Draft, variant: Variant, years: int, cycle: Cycle
) -> tuple[Effort, ...]:
    name = f"{variant.code}_days_{years}"
    start = _start(draft, draft.key(name), variant)
    days = {(e.team, e.period): e.days for e in start.efforts}
    cells = [
        [_whole(days.get((team.code, period))) for period in range(years)] for team in cycle.teams
    ]
    heads = [(team.title.in_(desk.language), team.skill) for team in cycle.teams]
    labels = (desk.text("proposals.days_of"), desk.text("proposals.skill"))

    def edited(project: Project, state: Mapping[str, Edits]) -> Project:
        efforts = _edited_efforts(start, cycle, state["edited_rows"])
        return _put(variant.code, "efforts", project, efforts)

    watch = watched(desk, draft, name, edited)
    edits = _grid(desk, watch, labels, heads, cells, desk.text("proposals.days_by_year"))
    return _edited_efforts(start, cycle, edits) if edits else variant.efforts


def _edited_efforts(start: Variant, cycle: Cycle, edits: Edits) -> tuple[Effort, ...]:
    days: dict[tuple[str, int], float | None] = {(e.team, e.period): e.days for e in start.efforts}
    for row, edit in edits.items():
        for period, value in edit.items():
            days[cycle.teams[row].code, int(period)] = None if value is None else float(value)
    return tuple(Effort(team, p, found) for (team, p), found in days.items() if found is not None)


def _whole(days: float | None) -> int | None:
    return None if days is None else round(days)


def _start(draft: Draft, key: str, variant: Variant) -> Variant:
    """What the cells of that editor were filled with: it never changes while they stand."""
    if key not in st.session_state or key not in draft.grids:
        draft.grids[key] = variant
    return draft.grids[key]


def _grid(
    desk: Desk,
    watch: Mapping[str, Any],
    labels: tuple[str, str],
    heads: Sequence[tuple[str, str]],
    cells: Sequence[Sequence[int | None]],
    name: str,
) -> Edits:
    """An editor of whole numbers, one column a year; what was edited, by row and period."""
    years = len(cells[0]) if cells else 0
    frame = pd.DataFrame({labels[0]: [h[0] for h in heads], labels[1]: [h[1] for h in heads]})
    config = {}
    for period in range(years):
        frame[str(period)] = pd.array([row[period] for row in cells], dtype="Int64")
        config[str(period)] = st.column_config.NumberColumn(
            desk.text("proposals.year", n=period + 1),
            min_value=0, max_value=MOST, step=1, format="localized",
        )
    st.data_editor(
        frame,
        hide_index=True,
        disabled=list(labels),
        column_config=config,
        row_height=tokens.sizes(desk.projection).row,
        placeholder="",
        alt=name,
        **watch,
    )
    edited: Edits = st.session_state[watch["key"]]["edited_rows"]
    return edited


def _cost(desk: Desk, project: Project, variant: Variant) -> None:
    taken = next(t for t in taken_by(project) if t.variant.code == variant.code)
    amount = three_points(desk, taken.low, taken.likely, taken.high)
    st.markdown(said(desk.text("proposals.variant_cost", cost=amount)))


def _removal(desk: Desk, draft: Draft, variant: Variant) -> None:
    components.confirm(
        desk,
        key=draft.key(f"{variant.code}_remove"),
        label=desk.text("proposals.remove_variant", variant=_named(desk, variant.code)),
        question=desk.text("proposals.remove_question"),
        act=lambda: _change(
            desk, draft, tuple(v for v in draft.kept.variants if v.code != variant.code)
        ),
    )


def _addition(desk: Desk, draft: Draft) -> None:
    held = {variant.code for variant in draft.kept.variants}
    with st.container(horizontal=True):
        for code in CODES:
            if code not in held:
                st.button(
                    desk.text("proposals.add_variant", variant=_named(desk, code)),
                    key=draft.key(f"add_{code}"),
                    icon=":material/add:",
                    on_click=_change,
                    args=(desk, draft, (*draft.kept.variants, Variant(code, duration=None))),
                )


def _change(desk: Desk, draft: Draft, every: tuple[Variant, ...]) -> None:
    """Save another set of variants, and fill the fields anew."""
    keep(desk, draft, replace(draft.kept, variants=every), draft.kept)
    if draft.refused is None:
        refill(draft.kept)
