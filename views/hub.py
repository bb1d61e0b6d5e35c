"""The register's import: files of tools or a tool's server, tried dry, then brought in whole."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

import streamlit as st

from portfolio.errors import Invalid, Refusal
from portfolio.finding import Severity
from services import cycles, hub
from services.hub import Changes, Order, Source, Terms
from services.hub_place import Placed
from views import hub_batches, hub_changes, hub_live, import_places, sentences
from views.desk import Desk
from views.hub_words import City
from views.look import components
from views.look.components import plain, said
from views.parts import joined, today

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

KINDS = ("json", "sarif", "csv", "xlsx")
WAYS = ("files", "live")
TRIED, DONE, REFUSED, MOUNT = "hub_tried", "hub_done", "hub_refused", "hub_mount"
CHOSEN = ("hub_into_", "hub_take", "hub_all")  # what a person chose for one import
MOST_MB = 100  # 50,000 issues of SonarQube are some 25 to 75
PRICED = (Severity.BLOCKER, Severity.HIGH, Severity.MEDIUM, Severity.LOW)


@dataclass
class Tried:
    """What stands on the page: a source, what names its import, and what it would change.

    seen   the order that ``changes`` answers; None = none was worked out
    """

    files: tuple[str, ...]
    source: Source
    request: str = field(default_factory=lambda: f"hub-{uuid4()}")
    seen: object = None
    changes: Changes | None = None


def show(desk: Desk, head: "DeltaGenerator") -> None:
    """Choose what to bring in, see what it would change, accept it; then the batches so far."""
    tried = _tried(desk)
    found = None
    with st.container():
        if tried is not None:
            found = _dry_run(desk, tried)
    with head:
        components.page_head(desk, desk.text("hub.title"), _answer(desk, found))
        _outcome(desk)
    hub_batches.show(desk)


def _tried(desk: Desk) -> Tried | None:
    """What is to be tried: files, or what a server answered."""
    text = desk.text
    way = st.segmented_control(
        text("hub.way_label"), WAYS, default=WAYS[0], required=True, key="hub_way",
        format_func=lambda one: text(f"hub.way.{one}"), label_visibility="collapsed",
    )
    if way == "live":
        hub_live.show(desk, TRIED, Tried)
        kept = st.session_state.get(TRIED)
        return kept if kept is not None and not kept.files else None
    mount = st.session_state.get(MOUNT, 0)
    files = st.file_uploader(
        text("hub.files"), type=list(KINDS), accept_multiple_files=True, key=f"hub_files_{mount}",
        help=text("hub.files_help"), max_upload_size=MOST_MB,
    )
    if not files:
        return None
    ids = tuple(file.file_id for file in files)
    kept = st.session_state.get(TRIED)
    if kept is None or kept.files != ids:
        with st.spinner(text("imports.reading")):
            kept = Tried(ids, hub.read([(file.name, file.getvalue()) for file in files]))
        st.session_state[TRIED] = kept
    return kept


def _answer(desk: Desk, found: Changes | Refusal | None) -> str:
    text = desk.text
    if found is None or isinstance(found, Refusal):
        return text("hub.answer")
    if found.refused:
        return text("hub.answer_refused", n=len(found.refused))
    if found.unplaced:
        return text("hub.answer_unplaced", n=len(found.unplaced))
    if found.is_nothing:
        return text("hub.answer_nothing", unchanged=found.total.unchanged)
    total = found.total
    return text(
        "hub.answer_ready", created=total.created, updated=total.updated + total.reopened,
        gone=total.gone, unchanged=total.unchanged,
    )


def _outcome(desk: Desk) -> None:
    """What the last click did."""
    done = st.session_state.pop(DONE, None)
    if done is not None:
        st.success(said(done))
    refused = st.session_state.pop(REFUSED, None)
    if refused is not None:
        components.error(desk, refused)


def _dry_run(desk: Desk, tried: Tried) -> Changes | Refusal | None:
    text = desk.text
    st.header(text("imports.dry_run"), anchor=False)
    _contents(desk, tried.source)
    terms = _terms(desk)
    choices = st.container()
    if terms is None:
        return None
    order = _order(terms)
    try:
        found = _changes(desk, tried, order)
    except Refusal as refused:
        components.error(desk, refused)
        return refused
    with choices:
        _systems(desk, found.placed)
    _remarks(desk, found)
    hub_changes.show(desk, found)
    _acceptance(desk, tried, order, found)
    return found


def _contents(desk: Desk, source: Source) -> None:
    """What each file was recognised as, and what it holds."""
    text, lines = desk.text, []
    for at, told in enumerate(source.told):
        if not told.format:
            continue
        name = source.files[at] if len(source.told) == len(source.files) else source.files[0]
        key = f"hub.tool.{told.format}"
        tool = text(key) if text.has(key) else told.format
        held = [_count(desk, kind, n) for kind, n in told.counts.items() if n]
        key = "hub.recognised_holds" if held else "hub.recognised"
        lines.append(text(key, file=plain(name), tool=tool, what=joined(desk, held)))
    st.markdown(said("  \n".join(lines)))


def _count(desk: Desk, kind: str, n: int) -> str:
    key = f"hub.count.{kind}"
    return desk.text(key, n=n) if desk.text.has(key) else f"{desk.number(n)} {kind}"


def _systems(desk: Desk, placed: tuple[Placed, ...]) -> None:
    """The system of each thing that a tool looked at: said by the architect where it is new."""
    text = desk.text
    registry = cycles.registry(desk.store, desk.person, desk.cycle)
    titles = {s.code: f"{s.code} · {s.title_in(desk.language)}" for s in registry.systems}
    asked = {one.key: one for one in placed if one.is_chosen or not one.system}
    known = {one.key: one for one in placed if one.key not in asked}
    for one in known.values():
        where = text("hub.goes_into", what=plain(_subject(desk, one)),
                     system=plain(titles.get(one.system, one.system)))  # fmt: skip
        st.markdown(said(where))
    if asked:
        st.subheader(text("hub.into"), anchor=False)
        st.markdown(said(text("hub.into_help")))
    if len(asked) > 1:
        st.selectbox(
            text("hub.into_all", n=len(asked)), list(titles), index=None, key="hub_all",
            format_func=titles.__getitem__, placeholder=text("hub.into_placeholder"), width=480,
            on_change=_all_into, args=(tuple(asked),),
        )
    for key, one in asked.items():
        st.selectbox(
            text("hub.into_of", what=plain(_subject(desk, one))), list(titles), index=None,
            format_func=titles.__getitem__, key=f"hub_into_{key}",
            placeholder=text("hub.into_placeholder"), width=480,
        )


def _all_into(keys: tuple[str, ...]) -> None:
    """One system for all of them; each can still be another."""
    if st.session_state.hub_all:
        for key in keys:
            st.session_state[f"hub_into_{key}"] = st.session_state.hub_all


def _subject(desk: Desk, one: Placed) -> str:
    return one.scan.subject_title or one.scan.subject or desk.text("hub.no_subject")


def _order(terms: Terms) -> Order:
    chosen = {
        key.removeprefix("hub_into_"): system
        for key, system in st.session_state.items()
        if isinstance(key, str) and key.startswith("hub_into_") and system
    }
    take = frozenset(st.session_state.get("hub_take", ()))
    return Order(City(), today(), terms, chosen, take)


def _changes(desk: Desk, tried: Tried, order: Order) -> Changes:
    """Worked out again only when something else is asked of it, or a batch came in meanwhile."""
    batches = hub.batches(desk.store, desk.person, desk.cycle)
    asked = (desk.cycle, order.terms, dict(order.into), order.take, order.today,
             [(batch.number, batch.version) for batch in batches])  # fmt: skip
    if tried.changes is None or tried.seen != asked:
        with st.spinner(desk.text("hub.working")):
            tried.changes = hub.preview(desk.store, desk.person, desk.cycle, tried.source, order)
        tried.seen = asked
    return tried.changes


def _terms(desk: Desk) -> Terms | None:
    """The rate and the efforts that no tool gives; None when one cannot be read."""
    text = desk.text
    last = hub.terms(desk.store, desk.person, desk.cycle)
    with st.expander(text("hub.terms", rate=last.rate)):
        st.markdown(said(text("hub.terms_help")))
        columns = st.columns(4)
        with columns[0]:
            rate = components.money_input(desk, text("hub.rate"), key="hub_rate", value=last.rate)
        hours = {}
        named = [*PRICED, "component", "technology"]
        for at, name in enumerate(named, 1):
            start = last.hours.get(name, 0.0) if isinstance(name, Severity) else getattr(
                last, f"{name}_hours"
            )  # fmt: skip
            with columns[at % 4]:
                hours[name] = components.decimal_input(
                    desk, text(f"hub.hours.{name}"), key=f"hub_hours_{name}", low=0, value=start
                )
    given = [rate, *hours.values()]
    if any(one is None or isinstance(one, Invalid) for one in given):
        return None
    priced = {severity: float(hours[severity]) for severity in PRICED}
    return Terms(
        rate, {**last.hours, **priced}, float(hours["component"]), float(hours["technology"]),
        last.low, last.high,
    )  # fmt: skip


def _remarks(desk: Desk, found: Changes) -> None:
    """Choices of the readers, runs left aside, refusals and remarks with their place."""
    text = desk.text
    notes = dict.fromkeys(sentences.note(text, one) for one in found.notes)
    if notes:
        st.info(said("  \n".join(notes)))
    for one, last in found.older:
        subject = plain(_subject(desk, one))
        st.warning(said(text("hub.older", what=subject, day=one.day, last=last)))
    if found.refused:
        import_places.show(desk, "hub", "refused", found.refused)
    if found.noted:
        import_places.show(desk, "hub", "noted", found.noted)


def _acceptance(desk: Desk, tried: Tried, order: Order, found: Changes) -> None:
    can = not (found.refused or found.unplaced or found.is_nothing)
    st.button(
        desk.text("hub.accept"), key="hub_accept", type="primary", disabled=not can,
        on_click=_accept, args=(desk, tried, order),
    )


def _accept(desk: Desk, tried: Tried, order: Order) -> None:
    text = desk.text
    try:
        brought = hub.bring_in(
            desk.store, desk.person, desk.cycle, tried.source, order, tried.request
        )
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    if brought.batch is None:
        st.session_state[DONE] = text("hub.done_nothing")
    else:
        counts = brought.batch.counts
        st.session_state[DONE] = text(
            "hub.done", number=brought.batch.number, created=counts.created,
            updated=counts.updated + counts.reopened, gone=counts.gone,
        )
    for key in [k for k in st.session_state if str(k).startswith(CHOSEN)]:
        del st.session_state[key]
    st.session_state.pop(TRIED, None)
    st.session_state[MOUNT] = st.session_state.get(MOUNT, 0) + 1
