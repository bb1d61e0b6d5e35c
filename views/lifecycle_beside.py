"""The catalogue beside the city's technologies: what it completes, and where it says otherwise."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from data.lifecycles import Match
from portfolio.errors import Refusal
from services import lifecycles
from services.lifecycle_dates import Line, Standing, State
from views.desk import Desk
from views.look import components
from views.look.components import Metric, said
from views.look.tables import Column, table
from views.parts import joined, small_table

REFUSED = "lifecycles_refused"
OVER = "lifecycles_over"
ENDS = ("sales", "active", "standard", "extended")


def show(desk: Desk, told: Standing, can_write: bool) -> None:
    """The counts, what may be completed or replaced, then every technology."""
    text = desk.text
    if not told.lines:
        components.empty_state(text("lifecycles.no_technology"))
        return
    components.metric_row(_metrics(desk, told))
    if can_write:
        _acts(desk, told)
    st.header(text("lifecycles.technologies"), anchor=False)
    rows = [_row(desk, line) for line in told.lines]
    name = text("lifecycles.technologies")
    table(desk, rows, _columns(desk), key="lifecycles_beside", name=name)


def _metrics(desk: Desk, told: Standing) -> list[Metric]:
    text = desk.text
    return [
        Metric(
            text(f"lifecycles.state.{state}"),
            desk.number(told.counts.get(state, 0)),
            help=text(f"lifecycles.state_help.{state}"),
        )
        for state in State
    ]


def _acts(desk: Desk, told: Standing) -> None:
    """Complete what nobody typed; replace the typed dates that are chosen."""
    text, fills, other = desk.text, told.fills, told.differing
    if not fills and not other:
        st.caption(text("lifecycles.nothing_to_do"))
        return
    st.header(text("lifecycles.to_do"), anchor=False)
    st.markdown(said(text("lifecycles.to_do_help")))
    if fills:
        with st.expander(text("lifecycles.fills", n=len(fills)), icon=":material/event:"):
            _fills(desk, fills)
    if other:
        st.markdown(said(text("lifecycles.differ", n=len(other))))
        _differences(desk, other)
    with st.form("lifecycles_apply"):
        if other:
            by_key = {line.key: line for line in other}
            st.multiselect(
                text("lifecycles.over"), list(by_key), key=OVER, help=text("lifecycles.over_help"),
                format_func=lambda key: _named(by_key[key]),
                placeholder=text("lifecycles.over_none"),
            )
        label = "apply" if fills and other else "apply_fills" if fills else "apply_over"
        st.form_submit_button(
            text(f"lifecycles.do.{label}", n=len(fills)), type="primary",
            on_click=_apply, args=(desk, told.lines),
        )


def _apply(desk: Desk, lines: tuple[Line, ...]) -> None:
    over = frozenset(tuple(key) for key in st.session_state.get(OVER, ()))
    try:
        changed = lifecycles.apply(desk.store, desk.person, desk.cycle, lines, over)
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    components.tell(desk.text("lifecycles.applied", n=len(changed)))


def _fills(desk: Desk, fills: tuple[Line, ...]) -> None:
    text = desk.text
    head = [text(f"lifecycles.head.{name}") for name in ("technology", "found", "dates")]
    small_table(
        head,
        [(_named(line), _found(desk, line.match), _gained(desk, line)) for line in fills],
        name=text("lifecycles.fills", n=len(fills)),
    )


def _gained(desk: Desk, line: Line) -> str:
    """« Fin du soutien 2026-07-14 »: the dates that nobody typed."""
    return joined(desk, [
        f"{desk.text(f'lifecycles.end.{end}')} {_whole(desk, given)}"
        for end in ENDS
        if getattr(line.technology, f"{end}_end") is None
        and (given := getattr(line.after, f"{end}_end")) is not None
    ])  # fmt: skip


def _differences(desk: Desk, lines: tuple[Line, ...]) -> None:
    text = desk.text
    names = ("technology", "end", "typed", "given", "found")
    small_table(
        [text(f"lifecycles.head.{name}") for name in names],
        [
            (
                _named(line), text(f"lifecycles.end.{difference.end}"),
                _whole(desk, difference.typed), _whole(desk, difference.given),
                _found(desk, line.match),
            )
            for line in lines
            for difference in line.differences
        ],
        name=text("lifecycles.differ", n=len(lines)),
    )  # fmt: skip


def _whole(desk: Desk, day: date) -> str:
    """A day that a narrow cell does not cut."""
    return desk.day(day).replace("-", "\N{NON-BREAKING HYPHEN}")


def _named(line: Line) -> str:
    technology = line.technology
    return f"{line.system.code} · {technology.name} {technology.version}".strip()


def _found(desk: Desk, match: Match | None) -> str:
    """What the technology is in the catalogue, and what stays to be said more precisely."""
    text = desk.text
    if match is None:
        return text("lifecycles.gap.unknown")
    title = match.product.title
    if match.release is not None:
        name = match.release.label or match.release.version
        named = name if title.split()[-1] in name.split() else f"{title} {name}"
        if match.release.has_ended and not match.release.is_dated:
            return f"{named} · {text('lifecycles.ended')}"
        return f"{named} · {text('lifecycles.assumed')}" if match.is_assumed else named
    if match.products:
        titles = joined(desk, [product.title for product in match.products[:4]])
        return text("lifecycles.gap.several-products", titles=titles)
    if match.releases:
        versions = ", ".join(r.label or r.version for r in match.releases[:5])
        return text("lifecycles.gap.several-releases", title=title, versions=versions)
    key = "no-version" if match.gap == "no-version" else "unknown-version"
    return text(f"lifecycles.gap.{key}", title=title)


def _row(desk: Desk, line: Line) -> Mapping[str, object]:
    technology, match = line.technology, line.match
    release = match.release if match else None
    return {
        "system": line.system.code,
        "technology": technology.name,
        "version": technology.version,
        "state": desk.text(f"lifecycles.state.{line.state}"),
        "end": technology.standard_end or technology.active_end,
        "given": release.support_end if release else None,
        "found": _found(desk, match),
        "contract": technology.contract_until,
    }


def _columns(desk: Desk) -> list[Column]:
    text = desk.text
    return [
        Column("system", text("lifecycles.head.system")),
        Column("technology", text("lifecycles.head.technology")),
        Column("version", text("lifecycles.head.version")),
        Column("state", text("lifecycles.head.state")),
        Column("end", text("lifecycles.head.typed"), "date", help=text("lifecycles.typed_help")),
        Column("given", text("lifecycles.head.given"), "date"),
        Column("found", text("lifecycles.head.found"), width="large"),
        Column("contract", text("lifecycles.head.contract"), "date"),
    ]
