"""What an import would change: how many of each kind, figures kept against it, and each change."""

from collections.abc import Iterator, Mapping

import streamlit as st

from portfolio.merging import Deed
from services.hub import Changes
from views import hub_words
from views.desk import Desk
from views.look.components import Metric, metric_row, said
from views.look.tables import Column, table
from views.parts import small_table

KINDS = ("debts", "findings", "components", "systems", "readings")
DEEDS = (Deed.CREATED, Deed.UPDATED, Deed.REOPENED, Deed.GONE, Deed.UNCHANGED)
SHOWN = (Deed.GONE, Deed.REOPENED, Deed.CREATED, Deed.UPDATED)
MOST = 1_000  # changes of one kind that are listed


def show(desk: Desk, found: Changes) -> None:
    """Counts by kind, then the differences to take or leave, then each change."""
    kinds = [kind for kind in KINDS if found.steps[kind]]
    if not kinds:
        return
    _counts(desk, found, kinds)
    if found.mapped or found.unmapped or found.undated:
        _catalogue(desk, found)
    _differences(desk, found)
    _each(desk, found, kinds)


def _counts(desk: Desk, found: Changes, kinds: list[str]) -> None:
    text = desk.text
    rows = []
    for kind in kinds:
        counts = found.counts(kind)
        rows.append([text(f"hub.kind.{kind}"), *(desk.number(getattr(counts, d)) for d in DEEDS)])
    head = [text("hub.what"), *(text(f"hub.deed.{deed}") for deed in DEEDS)]
    small_table(head, rows, name=text("hub.counts"))


def _catalogue(desk: Desk, found: Changes) -> None:
    text = desk.text
    names = ("mapped", "undated", "unmapped")
    metric_row(
        [
            Metric(text(f"hub.{n}"), desk.number(getattr(found, n)), help=text(f"hub.{n}_help"))
            for n in names
        ]
    )


def _differences(desk: Desk, found: Changes) -> None:
    """Figures that someone wrote stay, unless the architect takes what the tool says."""
    if not (found.differences or st.session_state.get("hub_take")):
        return
    text = desk.text
    st.subheader(text("hub.differences"), anchor=False)
    st.markdown(said(text("hub.differences_help", n=len(found.differences))))
    told = {
        one.key: text(
            "hub.difference", code=one.code, field=hub_words.field_name(desk, one.field),
            held=hub_words.shown(desk, one.held), offered=hub_words.shown(desk, one.offered),
        )
        for one in found.differences
    }  # fmt: skip
    taken = [key for key in st.session_state.get("hub_take", ()) if key not in told]
    st.multiselect(
        text("hub.take"), [*taken, *told], key="hub_take",
        format_func=lambda key: told.get(key, key), placeholder=text("hub.take_none"),
    )


def _each(desk: Desk, found: Changes, kinds: list[str]) -> None:
    text = desk.text
    st.subheader(text("hub.changes"), anchor=False)
    with_some = [k for k in kinds if any(step.deed in SHOWN for step in found.steps[k])]
    if not with_some:
        st.markdown(text("hub.no_change"))
        return
    kind = st.segmented_control(
        text("hub.kind_label"), with_some, default=with_some[0], required=True, key="hub_kind",
        format_func=lambda one: text(f"hub.kind.{one}"), label_visibility="collapsed",
    )
    rows = list(_rows(desk, found, kind if kind in with_some else with_some[0]))
    if len(rows) > MOST:
        st.caption(text("hub.first", most=MOST, n=len(rows)))
    columns = (
        Column("deed", text("hub.deed_label"), width="small"),
        Column("system", text("debts.system"), width="small"),
        Column("what", text("hub.what"), width="large"),
        Column("before", text("hub.before")),
        Column("after", text("hub.after")),
    )
    name = text("hub.changes")
    table(desk, rows[:MOST], columns, key=f"hub_each_{kind}", name=name)


def _rows(desk: Desk, found: Changes, kind: str) -> Iterator[Mapping[str, object]]:
    """Gone first, then what came back, what is new, what changes."""
    text = desk.text

    def told(field: str, value: str) -> str:
        return text("hub.field_value", field=field, value=value)

    steps = [step for deed in SHOWN for step in found.steps[kind] if step.deed is deed]
    for at, step in enumerate(steps):
        is_new = step.deed is Deed.CREATED
        listed = [] if is_new or at >= MOST else list(hub_words.changed(desk, step))
        new = hub_words.summed_up(desk, step.after) if is_new and at < MOST else ()
        yield {
            "deed": text(f"hub.deed_one.{step.deed}"),
            "system": getattr(step.after, "system", getattr(step.after, "code", "")),
            "what": hub_words.named(step.after),
            "before": " · ".join(told(name, before) for name, before, _ in listed),
            "after": " · ".join(
                [told(name, after) for name, _, after in listed] + [told(*one) for one in new]
            ),
        }
