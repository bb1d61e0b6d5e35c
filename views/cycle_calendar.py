"""The days of a cycle: on a line with today, in a table, and in the form that sets them."""

from dataclasses import replace

import altair as alt
import streamlit as st

from portfolio.charter import Charter, Extension
from portfolio.errors import Invalid
from portfolio.words import Bilingual
from services import charters, cycles
from services.charters import Deadline, Standing
from services.proposals import WRITABLE
from views.cycle_parts import pinned, send, until
from views.desk import Desk
from views.look import charts, tokens
from views.look.components import said
from views.look.tables import Column
from views.parts import small_table, today
from views.register_fields import FIRST, LAST


def show(desk: Desk, found: Standing) -> None:
    """The line of days, then the form, then more time for one proposal."""
    if found.deadlines:
        timeline(desk, found)
    _form(desk, found)
    _extensions(desk, found)


def timeline(desk: Desk, found: Standing) -> None:
    """Every day that is set, with today among them."""
    text = desk.text
    rows = [_row(desk, one) for one in found.deadlines]
    columns = [
        Column("name", text("cycle.day_label"), width="large"),
        Column("on", text("cycle.on"), "date"),
        Column("left", text("cycle.left_label")),
    ]
    ahead = [one for one in found.deadlines if one.left >= 0]
    title = text("cycle.all_over")
    if ahead:
        first = min(ahead, key=lambda one: one.left)
        name, left = text(f"cycle.day.{first.name}"), until(desk, first.left)
        title = text("cycle.comes_next", name=name, left=left)
    charts.chart(
        desk, _line(desk, rows), title=title,
        sentence=text("cycle.line_sentence", n=len(rows), ahead=len(ahead)),
        rows=rows, columns=columns, key="admin_cycle_line", level=3,
    )


def _row(desk: Desk, one: Deadline) -> dict[str, object]:
    return {
        "name": desk.text(f"cycle.day.{one.name}"), "on": one.on, "left": until(desk, one.left),
        "is_over": one.left < 0,
    }


def _line(desk: Desk, rows: list[dict[str, object]]) -> charts.Spec:
    """One mark a day: full once it is over, hollow while it is to come."""
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    drawn = [row | {"on": f"{row['on']}T12:00:00"} for row in rows]
    room = alt.Scale(padding=size.chart_text * 2)
    x = alt.X("on:T", title=None, axis=alt.Axis(format="%Y-%m-%d", tickCount=6), scale=room)
    base = alt.Chart(alt.Data(values=drawn)).encode(
        y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=400)), x=x,
        tooltip=[alt.Tooltip("name:N", title=desk.text("cycle.day_label")),
                 alt.Tooltip("on:T", title=desk.text("cycle.on"), format="%Y-%m-%d"),
                 alt.Tooltip("left:N", title=desk.text("cycle.left_label"))],
    )
    area = size.chart_text * 10
    over = base.transform_filter("datum.is_over").mark_point(
        filled=True, size=area, color=tone.quiet, opacity=1)
    ahead = base.transform_filter("!datum.is_over").mark_point(
        filled=False, size=area, color=tone.series[0], strokeWidth=size.mark + 1)
    told = base.mark_text(align="left", dx=size.chart_text).encode(text="left:N")
    now = {"now": f"{today().isoformat()}T12:00:00", "word": desk.text("cycle.today")}
    mark = alt.Chart(alt.Data(values=[now])).encode(x=alt.X("now:T"))
    rule = mark.mark_rule(color=tone.ink, strokeDash=[4, 3])
    word = mark.mark_text(
        align="left", dx=4, dy=-size.chart_text // 2, baseline="bottom"
    ).encode(text="word:N", y=alt.value(0))
    height = (len(rows) + 1) * round(size.row * 0.9)
    return (rule + over + ahead + told + word).properties(height=height)


def _form(desk: Desk, found: Standing) -> None:
    text = desk.text
    charter, place = pinned(desk, found.charter, "days", "opens")
    given = charters.days(charter, found.cycle.submit_by)
    st.subheader(text("cycle.days"), anchor=False)
    st.markdown(said(text("cycle.days_stand" if found.since else "cycle.days_help")))
    with st.form(place, enter_to_submit=False):
        for column, name in zip(st.columns(len(given)), given, strict=True):
            column.date_input(
                text(f"cycle.day.{name}"), given[name], FIRST, LAST, format="YYYY-MM-DD",
                key=f"{place}_{name}", help=text(f"cycle.day_help.{name}"),
            )
        french, english = st.columns(2)
        french.text_area(text("cycle.call"), charter.call.fr, key=f"{place}_call",
                         help=text("cycle.call_help"))
        english.text_area(text("cycle.call_en"), charter.call.en, key=f"{place}_call_en")
        if found.since:
            st.text_input(text("cycle.reason"), key=f"{place}_reason",
                          help=text("cycle.reason_help"))
        st.form_submit_button(text("cycle.save_days"), type="primary", on_click=_save,
                              args=(desk, place, charter))


def _save(desk: Desk, place: str, charter: Charter) -> None:
    state = st.session_state
    days = {name: state[f"{place}_{name}"] for name in charters.CALENDAR}
    submit_by, reason = days.pop("submit_by"), state.get(f"{place}_reason", "")
    call = Bilingual(state[f"{place}_call"].strip(), state[f"{place}_call_en"].strip())

    def keep(changed: Charter) -> Charter:
        return charters.save(
            desk.store, desk.person, desk.cycle, changed, submit_by, today(), reason
        )

    send(desk, keep, lambda: replace(charter, call=call, **days), "cycle.days_saved")


def _extensions(desk: Desk, found: Standing) -> None:
    """More time for one proposal: those given, and the form that gives one."""
    text = desk.text
    st.subheader(text("cycle.extensions"), anchor=False)
    if found.extensions:
        head = [text(f"cycle.{name}") for name in ("proposal", "until", "why", "given_by")]
        rows = [(e.project, desk.day(e.until), e.reason, e.by) for e in found.extensions]
        small_table(head, rows, name=text("cycle.extensions"))
    if found.cycle.submit_by is None:
        st.caption(text("cycle.extension_needless"))
        return
    registry = cycles.registry(desk.store, desk.person, desk.cycle)
    titles = {
        p.code: f"{p.code} · {p.title_in(desk.language)}"
        for p in registry.projects if p.stage in WRITABLE
    }
    if not titles:
        st.caption(text("cycle.no_draft"))
        return
    place = "admin_cycle_more"
    with st.form(place, clear_on_submit=False):
        project, day = st.columns([3, 1])
        project.selectbox(
            text("cycle.proposal"), list(titles), index=None, format_func=titles.__getitem__,
            key=f"{place}_project", placeholder=text("cycle.pick"),
        )
        day.date_input(text("cycle.until"), None, FIRST, LAST, format="YYYY-MM-DD",
                       key=f"{place}_until")
        st.text_input(text("cycle.reason"), key=f"{place}_why",
                      help=text("cycle.extension_help"))
        st.form_submit_button(text("cycle.extend"), on_click=_extend,
                              args=(desk, place, found.extensions))


def _extend(desk: Desk, place: str, given: tuple[Extension, ...]) -> None:
    project, day, reason = (
        st.session_state[f"{place}_{name}"] for name in ("project", "until", "why")
    )
    before = {one.project: one.version for one in given}

    def build() -> Extension:
        if day is None:
            raise Invalid("empty", field="until")
        return Extension(project or "", day, reason, desk.person.code, before.get(project, 0))

    def extend(more: Extension) -> Extension:
        return charters.extend(desk.store, desk.person, desk.cycle, more, today())

    send(desk, extend, build, "cycle.extended")
