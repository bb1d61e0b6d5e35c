"""The catalogue refreshed: what a file or a server says, what it would change, then that change."""

from collections.abc import Mapping
from pathlib import PurePath

import streamlit as st

from data.lifecycles import SINCE
from data.scans.endoflife import Read
from portfolio.errors import Refusal
from services import lifecycles
from services.lifecycle_merge import Change, DryRun, Merged
from views.desk import Desk
from views.look import components
from views.look.components import Metric, said
from views.look.tables import Column, table
from views.parts import small_table, today

REFUSED = "lifecycles_refused"
READ, OVER, URL = "lifecycles_read", "lifecycles_file_over", "lifecycles_url"
MOUNT, UNKNOWN = "lifecycles_mount", "lifecycles_unknown"
FEW = 20  # a file of so few products brings them all, at first


def show(desk: Desk) -> None:
    """Take a file or ask a server; then the dry run, and the button that keeps it."""
    text = desk.text
    st.markdown(said(text("lifecycles.refresh_help")))
    by_file, by_url = st.columns(2, gap="large")
    with by_file:
        _file(desk)
    with by_url, st.form("lifecycles_fetch", border=False):
        st.text_input(text("lifecycles.url"), lifecycles.SITE, key=URL,
                      help=text("lifecycles.url_help"))
        st.form_submit_button(
            text("lifecycles.fetch"), icon=":material/cloud_download:",
            on_click=_fetch, args=(desk,),
        )
    found = st.session_state.get(READ)
    if found is not None:
        _dry_run(desk, *found)


def _file(desk: Desk) -> None:
    mount = f"lifecycles_file_{st.session_state.get(MOUNT, 0)}"
    st.file_uploader(
        desk.text("lifecycles.file"), type=["json"], key=mount,
        help=desk.text("lifecycles.file_help"), on_change=_take, args=(mount,),
    )


def _take(mount: str) -> None:
    """Read the file that was put there; the last reading goes with a file that is taken away."""
    file = st.session_state[mount]
    _forget()
    if file is None:
        return
    try:
        read = lifecycles.read(file.name, file.getvalue(), today())
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    st.session_state[READ] = (file.name, read)


def _fetch(desk: Desk) -> None:
    url = st.session_state[URL].strip()
    _forget()
    try:
        read = lifecycles.fetch(desk.store, desk.person, url, today())
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    st.session_state[READ] = (PurePath(url).name or url, read)


def _forget() -> None:
    for key in (READ, OVER, UNKNOWN):
        st.session_state.pop(key, None)


def _dry_run(desk: Desk, name: str, read: Read) -> None:
    text = desk.text
    st.header(said(text("lifecycles.dry_run", name=name)), anchor=False)
    taken = desk.day(read.taken) if read.taken else text("lifecycles.unknown_day")
    st.markdown(said(text(
        "lifecycles.read", products=len(read.products), releases=read.releases,
        undated=read.undated, taken=taken,
    )))  # fmt: skip
    with_unknown = st.toggle(
        text("lifecycles.with_unknown"), len(read.products) <= FEW, key=UNKNOWN,
        help=text("lifecycles.with_unknown_help"),
    )
    run = lifecycles.preview(desk.store, desk.person, read.products, with_unknown)
    _counts(desk, run)
    changed = run.changed
    if changed:
        rows = [_row(desk, one) for one in changed]
        table(desk, rows, _columns(desk), key="lifecycles_changes", name=text("lifecycles.changes"))
    _held(desk, run)
    held = any(one.held for one in run.merged)
    if not changed and not held:
        st.success(text("lifecycles.all_unchanged"), icon=":material/check:")
        return
    st.button(
        text("lifecycles.bring_in", n=len(changed)), type="primary", key="lifecycles_bring",
        on_click=_bring, args=(desk, read, with_unknown),
    )


def _counts(desk: Desk, run: DryRun) -> None:
    text = desk.text
    kinds = (Change.CREATED, Change.UPDATED, Change.UNCHANGED)
    metrics = [
        Metric(text(f"lifecycles.products.{kind}"), desk.number(run.products.get(kind, 0)))
        for kind in kinds
    ]
    components.metric_row(metrics)
    releases = {kind: run.releases.get(kind, 0) for kind in Change}
    st.markdown(said(text("lifecycles.of_releases", **releases)))
    notes = []
    if run.unknown:
        notes.append(text("lifecycles.left_unknown", n=len(run.unknown)))
    if run.too_old:
        notes.append(text("lifecycles.left_old", n=run.too_old, year=SINCE.year))
    if notes:
        st.caption(said(" ".join(notes)))


def _held(desk: Desk, run: DryRun) -> None:
    """Dates that a person typed and that the file would move: only those that are chosen."""
    text = desk.text
    held = {
        (one.after.code, fate.before.version): (one.after.title, fate)
        for one in run.merged
        for fate in one.held
        if fate.before is not None and fate.after is not None
    }
    if not held:
        return
    st.subheader(text("lifecycles.held", n=len(held)), anchor=False)
    head = [text(f"lifecycles.head.{key}") for key in ("release", "typed", "given", "source")]
    rows = [
        (f"{title} {fate.before.version}", _end(desk, fate.before.last_day),
         _end(desk, fate.after.last_day), fate.before.source)
        for title, fate in held.values()
    ]  # fmt: skip
    small_table(head, rows, name=text("lifecycles.held", n=len(held)))
    st.multiselect(
        text("lifecycles.over"), list(held), key=OVER, help=text("lifecycles.over_help"),
        format_func=lambda key: f"{held[key][0]} {key[1]}",
        placeholder=text("lifecycles.over_none"),
    )


def _end(desk: Desk, day: object) -> str:
    return desk.day(day) if day else desk.text("lifecycles.no_date")


def _bring(desk: Desk, read: Read, with_unknown: bool) -> None:
    over = frozenset(tuple(key) for key in st.session_state.get(OVER, ()))
    try:
        done = lifecycles.bring_in(
            desk.store, desk.person, read.products, with_unknown, over
        )
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    _forget()
    st.session_state[MOUNT] = st.session_state.get(MOUNT, 0) + 1
    components.tell(desk.text("lifecycles.brought", n=len(done.changed)))


def _row(desk: Desk, one: Merged) -> Mapping[str, object]:
    by = {kind: sum(fate.change is kind for fate in one.fates) for kind in Change}
    return {
        "product": one.after.title,
        "change": desk.text(f"lifecycles.change.{one.change}"),
        **{str(kind): by[kind] for kind in Change},
    }


def _columns(desk: Desk) -> list[Column]:
    text = desk.text
    columns = [
        Column("product", text("lifecycles.product"), width="medium"),
        Column("change", text("lifecycles.head.change")),
    ]
    return columns + [
        Column(str(kind), text(f"lifecycles.releases_of.{kind}"), "number") for kind in Change
    ]
