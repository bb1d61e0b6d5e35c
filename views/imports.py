"""Imports: what a file would bring, what is refused and why; and the cycle as files."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from portfolio.errors import Refusal
from services import cycles, exports, imports
from services.imports import Brought
from services.permission import ACTS
from views import hub, import_places, sentences
from views.desk import Desk
from views.look import components
from views.look.components import Metric, plain, said
from views.look.tables import Column, table
from views.parts import joined

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

KINDS = ("csv", "zip", "xlsx", "json")
EXPORTS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
    ".json": "application/json",
}
PARTS = ("portefeuille", "registre")
SEEN, DONE, REFUSED, MOUNT = "imports_seen", "imports_done", "imports_refused", "imports_mount"


def render(desk: Desk) -> None:
    """The portfolio or the register of debt: tried without writing, then brought in whole."""
    text = desk.text
    if not desk.has(*ACTS["exports.write"]):
        components.page_head(desk, text("imports.title"), text("imports.not_yours"))
        return
    head = st.container()
    if _is_register(desk):
        hub.show(desk, head)
    else:
        _portfolio(desk, head)


def _is_register(desk: Desk) -> bool:
    """Which of the two imports is shown, where the person may do both."""
    if not (desk.cycle and desk.has(*ACTS["hub.bring_in"])):
        return False
    asked = st.query_params.get("partie")
    chosen = st.segmented_control(
        desk.text("imports.part_label"), PARTS, required=True,
        default=asked if asked in PARTS else PARTS[0],
        format_func=lambda one: desk.text(f"imports.part.{one}"), key="imports_part",
        label_visibility="collapsed",
    )
    return bool(chosen == PARTS[1])


def _portfolio(desk: Desk, head: "DeltaGenerator") -> None:
    """The whole cycle, as a file."""
    text = desk.text
    mount = st.session_state.get(MOUNT, 0)
    file = st.file_uploader(
        text("imports.file"), type=list(KINDS), key=f"imports_file_{mount}",
        help=text("imports.file_help"),
    )
    brought = None
    if file is not None:
        with st.spinner(text("imports.reading")):
            brought = _previewed(file.file_id, file.name, file.getvalue())
    with head:
        name = file.name if file is not None else ""
        components.page_head(desk, text("imports.title"), _answer(desk, name, brought))
        _told(desk)
    if brought is not None:
        _dry_run(desk, brought)
    _template(desk)
    if desk.cycle:
        _exports(desk)


def _previewed(file_id: str, name: str, content: bytes) -> Brought:
    """What the file would bring, read once for as long as it stands on the page."""
    seen = st.session_state.get(SEEN)
    if seen is None or seen[0] != file_id:
        seen = (file_id, imports.preview(name, content))
        st.session_state[SEEN] = seen
    return seen[1]


def _answer(desk: Desk, name: str, brought: Brought | None) -> str:
    text = desk.text
    if brought is None:
        return text("imports.answer")
    if brought.refused:
        return text("imports.answer_refused", name=name, n=len(brought.refused))
    return text(
        "imports.answer_ready",
        name=name,
        rows=brought.rows_read,
        amounts=brought.amounts_readable,
        total=brought.amounts_total,
    )


def _told(desk: Desk) -> None:
    """What the last click did."""
    done = st.session_state.pop(DONE, None)
    if done is not None:
        st.success(said(desk.text("imports.done", **done)))
    refused = st.session_state.pop(REFUSED, None)
    if refused is not None:
        components.error(desk, refused)


def _dry_run(desk: Desk, brought: Brought) -> None:
    text = desk.text
    st.header(text("imports.dry_run"), anchor=False)
    total = desk.money(brought.amounts_total, compact=True)
    components.metric_row(
        (
            Metric(text("imports.rows"), desk.number(brought.rows_read)),
            Metric(text("imports.amounts"), desk.number(brought.amounts_readable)),
            Metric(text("imports.total"), total),
            Metric(text("imports.refused"), desk.number(len(brought.refused))),
        )
    )
    st.caption(text("imports.format_told", format=_format(desk, brought)))
    for one in brought.notes:
        st.info(said(sentences.note(text, one)))
    if brought.refused:
        import_places.show(desk, "imports", "refused", brought.refused)
    if brought.noted:
        import_places.show(desk, "imports", "noted", brought.noted)
    _counts(desk, brought)
    if brought.registry is not None and not brought.refused:
        _acceptance(desk, brought)


def _format(desk: Desk, brought: Brought) -> str:
    key = f"imports.format.{brought.format or 'none'}"
    return desk.text(key) if desk.text.has(key) else brought.format


def _counts(desk: Desk, brought: Brought) -> None:
    """What the file holds, table by table; and its amounts by year where it gives them."""
    text = desk.text
    told = [
        text("imports.count", table=_table_words(desk, name), n=n)
        for name, n in brought.counts.items()
        if n
    ]
    if told:
        st.markdown(said(text("imports.holds", what=joined(desk, told))))
    if brought.by_period:
        rows = [{"year": year, "cents": cents} for year, cents in brought.by_period.items()]
        columns = (
            Column("year", text("imports.year")),
            Column("cents", text("imports.total"), "money"),
        )
        with st.expander(text("imports.by_year")):
            table(desk, rows, columns, key="imports_years", name=text("imports.by_year"))


def _table_words(desk: Desk, name: str) -> str:
    key = f"imports.table.{name}"
    return desk.text(key) if desk.text.has(key) else name


def _acceptance(desk: Desk, brought: Brought) -> None:
    """The button that writes; it says first what it would replace."""
    text = desk.text
    if not desk.has(*ACTS["imports.bring_in"]):
        st.info(text("imports.not_yours_to_accept"))
        return
    assert brought.registry is not None
    cycle = brought.registry.cycle
    known = {kept.code for kept in cycles.cycles(desk.store, desk.person)}
    title = plain(cycle.title.in_(desk.language))
    if cycle.code in known:
        st.warning(said(text("imports.replaces", cycle=title)))
        components.confirm(
            desk,
            key="imports_replace",
            label=text("imports.replace"),
            question=text("imports.replace_question", cycle=title),
            act=lambda: _accept(desk, brought),
        )
        return
    st.markdown(said(text("imports.adds", cycle=title)))
    st.button(
        text("imports.accept"), key="imports_accept", type="primary",
        on_click=_accept, args=(desk, brought),
    )


def _accept(desk: Desk, brought: Brought) -> None:
    try:
        kept = imports.bring_in(desk.store, desk.person, brought)
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    assert kept.registry is not None
    st.session_state[DONE] = {
        "cycle": plain(kept.registry.cycle.title.in_(desk.language)),
        "n": len(kept.registry.projects),
    }
    st.session_state.pop(SEEN, None)
    st.session_state[MOUNT] = st.session_state.get(MOUNT, 0) + 1


def _template(desk: Desk) -> None:
    text = desk.text
    st.header(text("imports.template"), anchor=False)
    st.markdown(said(text("imports.template_help")))
    st.download_button(
        text("imports.template_act"),
        exports.template,
        file_name=text("imports.template_file"),
        mime=EXPORTS[".xlsx"],
        key="imports_template",
        icon=":material/download:",
        on_click="ignore",
    )


def _exports(desk: Desk) -> None:
    """The cycle shown, in the formats it can come back from; the question, to be replayed."""
    text = desk.text
    st.header(text("imports.exports"), anchor=False)
    st.markdown(said(text("imports.exports_help", cycle=desk.cycle)))
    with st.container(horizontal=True):
        for kind, mime in EXPORTS.items():
            st.download_button(
                text(f"imports.export_{kind[1:]}"),
                partial(
                    exports.write, desk.store, desk.person, desk.cycle, kind, language=desk.language
                ),
                file_name=f"arbitrage-{desk.cycle}{kind}",
                mime=mime,
                key=f"imports_export_{kind[1:]}",
                icon=":material/download:",
                on_click="ignore",
            )
