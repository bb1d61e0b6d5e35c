"""A member's ballot on weights: one group of siblings at a time, with what it gives beside it."""

import altair as alt
import streamlit as st

from portfolio.criterion import Criterion, Framework
from portfolio.evaluation import Method
from services import weighting_ballot
from services.weighting import Weighing
from views import weighting_draft, weighting_pairs
from views.desk import Desk
from views.look import charts, components, tokens
from views.look.components import plain, said
from views.look.tables import Column
from views.parts import joined, shortened, small_table
from views.weighting_draft import Draft
from views.weighting_words import brief, group_brief, group_name, method_name, named, swing

GROUP = "weighting_group"  # the siblings that are on the page


def show(desk: Desk, found: Weighing) -> None:
    """The ballot to fill in; once it is cast, what it says and the way to take it back."""
    assert found.ballot is not None
    draft = weighting_draft.opened(found.ballot)
    st.header(desk.text("weighting.mine"), anchor=False)
    if draft.kept.is_cast:
        _cast(desk, found.framework, draft)
        return
    _saved_elsewhere(desk, found.framework, draft)
    _start(desk, found, draft)
    groups = weighting_ballot.groups(found.framework)
    parent = _group(desk, found.framework, draft, groups)
    left, right = st.columns([0.62, 0.38], gap="medium")
    with left:
        _siblings(desk, found.framework, draft, parent, groups[parent])
        _onwards(desk, found.framework, draft, list(groups), parent)
    with right:
        live(desk, found.framework, draft)
    _cast_button(desk, found.framework, draft)


def _cast(desk: Desk, framework: Framework, draft: Draft) -> None:
    text = desk.text
    with st.container(horizontal=True, vertical_alignment="center", key="weighting_done"):
        components.status(text("weighting.cast_done"), "good")
        st.button(
            text("weighting.take_back"),
            key="weighting_take_back",
            help=text("weighting.take_back_help"),
            on_click=weighting_draft.take_back,
            args=(desk, draft),
        )
    live(desk, framework, draft)


def _saved_elsewhere(desk: Desk, framework: Framework, draft: Draft) -> None:
    """Both answers, when the same person answered in two windows; she chooses."""
    if draft.mine is None:
        return
    text = desk.text
    st.warning(text("weighting.elsewhere"))
    here, there = (
        weighting_ballot.shares(framework, ballot) for ballot in (draft.mine, draft.kept)
    )
    rows = [
        (named(desk, leaf), _share(desk, here[leaf.key]), _share(desk, there[leaf.key]))
        for leaf in framework.leaves
    ]
    head = [text(f"weighting.{name}") for name in ("criterion", "here", "there")]
    small_table(head, rows, name=text("weighting.elsewhere"))
    with st.container(horizontal=True):
        mine, theirs = weighting_draft.keep_mine, weighting_draft.take_theirs
        st.button(text("weighting.keep_here"), key="weighting_keep_here", on_click=mine,
                  args=(desk, draft))  # fmt: skip
        st.button(text("weighting.keep_there"), key="weighting_keep_there", on_click=theirs,
                  args=(draft,))  # fmt: skip


def _start(desk: Desk, found: Weighing, draft: Draft) -> None:
    """An empty ballot may start from the last one."""
    if found.before is None or draft.kept.weights or draft.kept.comparisons:
        return
    st.button(
        desk.text("weighting.start_from", round=found.before.round),
        key="weighting_start_from",
        on_click=weighting_draft.start_from,
        args=(desk, draft, found.before),
    )


def _group(
    desk: Desk, framework: Framework, draft: Draft, groups: dict[str, tuple[str, ...]]
) -> str:
    """The siblings chosen among all there are, each with its mark."""

    def label(parent: str) -> str:
        mark = "✓ " if weighting_ballot.is_answered(draft.kept, groups[parent]) else ""
        return plain(mark + group_brief(desk, framework, parent))

    if st.session_state.get(GROUP) not in groups:
        st.session_state[GROUP] = next(iter(groups))
    chosen: str = st.segmented_control(
        desk.text("weighting.group", n=len(groups)),
        list(groups),
        format_func=label,
        required=True,
        key=GROUP,
    )
    return chosen


def _siblings(
    desk: Desk, framework: Framework, draft: Draft, parent: str, keys: tuple[str, ...]
) -> None:
    text = desk.text
    st.subheader(plain(group_name(desk, framework, parent)), anchor=False)
    name = draft.key(f"method_{parent}")
    method: Method = st.segmented_control(
        text("weighting.how"),
        list(Method),
        default=draft.method(parent, keys),
        required=True,
        format_func=lambda one: method_name(desk, one),
        key=name,
        on_change=weighting_draft.choose,
        args=(desk, draft, parent, keys),
    )
    st.caption(said(text(f"weighting.method_help.{method}", n=len(keys))))
    shares = weighting_ballot.within(draft.kept, keys)
    for key in keys:
        _criterion(desk, framework, draft, keys, framework.criterion(key), method, shares.get(key))
    if method is Method.PAIRS:
        weighting_pairs.show(desk, framework, draft, keys)


def _criterion(
    desk: Desk, framework: Framework, draft: Draft, keys: tuple[str, ...],
    criterion: Criterion, method: Method, share: float | None,
) -> None:  # fmt: skip
    """A criterion, its worst-to-best swing, the answer, and what it gives among its siblings."""
    told = "" if share is None else desk.text("weighting.share", share=share)
    with st.container(border=True):
        what, answer = st.columns([0.72, 0.28], vertical_alignment="center")
        with what:
            st.markdown(f"**{plain(named(desk, criterion))}**")
            swing(desk, framework, criterion)
        with answer:
            if method in (Method.DIRECT, Method.SWING):
                _points(desk, draft, keys, criterion, method)
            elif method is Method.ORDER:
                _rank(desk, draft, keys, criterion)
            st.markdown(said(told) or desk.text("common.none"))
        wrong = draft.wrong.get(draft.key(f"points_{method}_{criterion.key}"))
        if wrong is not None:
            components.error(desk, wrong)


def _points(
    desk: Desk, draft: Draft, keys: tuple[str, ...], criterion: Criterion, method: Method
) -> None:
    name = draft.key(f"points_{method}_{criterion.key}")
    given = weighting_ballot.points_of(draft.kept, keys, method).get(criterion.key)
    st.text_input(
        plain(desk.text(f"weighting.points.{method}", name=brief(desk, criterion))),
        "" if given is None else desk.number(given),
        key=name,
        placeholder=desk.text(f"weighting.placeholder.{method}"),
        label_visibility="collapsed",
        on_change=weighting_draft.write_points,
        args=(desk, draft, keys, criterion.key, method),
    )


def _rank(desk: Desk, draft: Draft, keys: tuple[str, ...], criterion: Criterion) -> None:
    """Its rank; the criterion that held it takes the rank that this one leaves."""
    held = weighting_ballot.ranks(draft.kept, keys).get(criterion.key)
    name = draft.key(f"rank_{criterion.key}")
    st.session_state[name] = held  # a change elsewhere may have moved it

    def change() -> None:
        rank = st.session_state[name]
        weighting_draft.write(
            desk, draft, lambda b: weighting_ballot.with_rank(b, keys, criterion.key, rank)
        )

    st.selectbox(
        plain(desk.text("weighting.rank", name=brief(desk, criterion))),
        list(range(1, len(keys) + 1)),
        index=None,
        key=name,
        placeholder=desk.text("weighting.rank_placeholder"),
        label_visibility="collapsed",
        format_func=lambda n: desk.text("weighting.rank_of", n=n, of=len(keys)),
        on_change=change,
    )


def _onwards(
    desk: Desk, framework: Framework, draft: Draft, parents: list[str], parent: str
) -> None:
    """The next siblings that are still to be weighed."""
    blank = weighting_ballot.blank(framework, draft.kept)
    after = parents[parents.index(parent) + 1 :] + parents[: parents.index(parent)]
    following = next((p for p in after if p in blank), None)
    if following is None:
        return

    def go() -> None:
        st.session_state[GROUP] = following

    label = desk.text("weighting.next", name=group_name(desk, framework, following))
    st.button(plain(label), key="weighting_next", on_click=go, icon=":material/arrow_forward:")


def _cast_button(desk: Desk, framework: Framework, draft: Draft) -> None:
    text, blank = desk.text, weighting_ballot.blank(framework, draft.kept)
    st.button(
        text("weighting.cast"),
        key="weighting_cast",
        type="primary",
        disabled=bool(blank),
        on_click=weighting_draft.cast,
        args=(desk, draft),
    )
    if blank:
        names = joined(desk, [group_brief(desk, framework, parent) for parent in blank])
        st.caption(said(text("weighting.lacking", n=len(blank), names=plain(names))))
    else:
        st.caption(said(text("weighting.cast_help")))


def live(desk: Desk, framework: Framework, draft: Draft) -> None:
    """What the ballot gives each leaf, as it stands."""
    text = desk.text
    rows = [
        {
            "criterion": named(desk, criterion),
            "name": shortened(named(desk, criterion), 36),
            "weight": share,
            "length": share or 0.0,
            "shown": _share(desk, share),
        }
        for criterion, share in weighting_ballot.so_far(framework, draft.kept)
    ]
    known = [row for row in rows if row["weight"] is not None]
    if not known:
        st.subheader(text("weighting.live_none"), anchor=False)
        st.markdown(text("weighting.live_none_help"))
        return
    first = max(known, key=lambda row: row["weight"])
    title = text("weighting.live_title", name=first["name"], share=first["weight"])
    left = len(weighting_ballot.blank(framework, draft.kept))
    sentence = text("weighting.live" if left else "weighting.live_whole", n=left)
    columns = (
        Column("criterion", text("weighting.criterion"), width="large"),
        Column("weight", text("weighting.weight"), "percent"),
    )
    charts.chart(
        desk, _bars(desk, rows, columns[1]), title=title, sentence=sentence, rows=rows,
        columns=columns, key="weighting_live", level=3,
    )  # fmt: skip


def _bars(desk: Desk, rows: list[dict[str, object]], weight: Column) -> charts.Spec:
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    most = max(float(row["length"]) for row in rows)
    across = alt.X(
        "length:Q",
        title=None,
        axis=alt.Axis(format=".0%", tickCount=4),
        scale=alt.Scale(domain=[0, 1.25 * most], nice=False),
    )
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=size.chart_text * 17)),
        tooltip=[
            alt.Tooltip("criterion:N", title=desk.text("weighting.criterion")),
            alt.Tooltip("shown:N", title=weight.label),
        ],
    )
    drawn = base.mark_bar(color=tone.accent, height={"band": 0.6}).encode(x=across)
    figures = base.mark_text(align="left", dx=4).encode(x=across, text="shown:N")
    return (drawn + figures).properties(height=len(rows) * round(size.row * 0.75) + size.row)


def _share(desk: Desk, share: float | None) -> str:
    return desk.text("common.none") if share is None else desk.percent(share)
