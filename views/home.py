"""Home: what is expected of me now, the cycle at a glance, and where to go next."""

from collections.abc import Iterator

import streamlit as st

from portfolio.cycle import Cycle
from portfolio.meeting import Meeting
from portfolio.person import Role
from services.acceptances import Held
from services.overview import Overview, Scored, overview
from views import notices
from views.cycle_parts import extended, in_short
from views.desk import Desk
from views.look.components import Metric, empty_state, metric_row, page_head, page_link, plain
from views.parts import joined, missing_words, today

NEXT = (
    "rating", "meeting", "proposals", "scenarios", "tradeoffs", "why", "roadmap", "debts",
    "criteria", "imports",
)  # fmt: skip


def render(desk: Desk) -> None:
    """Show what waits for the person, then the cycle."""
    if not desk.cycle:
        _empty(desk)
        return
    found = overview(desk.store, desk.person, desk.cycle, today())
    todo = list(_todo(desk, found))
    said = desk.text("home.todo", todo=joined(desk, todo)) if todo else desk.text("home.nothing")
    days = in_short(desk, found.calendar)
    page_head(desk, desk.text("home.title"), f"{said}  \n{days}." if days else said)
    _glance(desk, found)
    waiting, after = st.columns([2, 1], gap="large")
    with waiting:
        _waiting(desk, found, bool(todo))
        notices.show(desk)
    with after:
        _next(desk)


def _empty(desk: Desk) -> None:
    """No portfolio yet: how one comes in."""
    text = desk.text
    page_head(desk, text("home.title"), text("home.empty_answer"))
    empty_state(text("home.empty"))
    page_link(desk, "imports", text("home.empty_import"))
    st.markdown(text("home.empty_demo"))
    st.code("python3 start.py", language=None)


def _todo(desk: Desk, found: Overview) -> Iterator[str]:
    """What waits, in a few words each, most urgent first."""
    text, meeting = desk.text, found.meeting
    if meeting is not None and meeting.is_open:
        yield text("home.todo_meeting_open")
    elif meeting is not None and meeting.on == today():
        yield text("home.todo_meeting_today")
    if found.drafts:
        yield text("home.todo_drafts", n=len(found.drafts))
    if desk.has(Role.ARCHITECT):
        if found.unowned:
            yield text("home.todo_unowned", n=found.unowned)
        if found.stale:
            yield text("home.todo_stale", n=found.stale)
    if found.to_decide:
        yield text("home.todo_to_decide", n=len(found.to_decide))
    if found.expiring:
        yield text("home.todo_expiring", n=len(found.expiring))
    if found.uncovered_in_all:
        yield text("home.todo_uncovered", n=found.uncovered_in_all)
    if found.disputed_in_all:
        yield text("home.todo_disputed", n=found.disputed_in_all)


def _glance(desk: Desk, found: Overview) -> None:
    text = desk.text
    st.header(text("home.glance", cycle=found.cycle.title.in_(desk.language)), anchor=False)
    available = text("parts.not_given")
    if found.available is not None:
        available = desk.money(found.available, compact=True)
    metric_row(
        (
            Metric(text("home.projects"), desk.number(found.projects)),
            Metric(
                text("home.demanded"),
                desk.money(found.demanded, compact=True),
                help=text("home.demanded_help", n=found.unpriced),
            ),
            Metric(text("home.available"), available, help=text("home.available_help")),
            Metric(text("home.systems"), desk.number(found.systems)),
            Metric(text("home.debts"), desk.number(found.debts)),
        )
    )
    st.caption(_about(desk, found.cycle))


def _about(desk: Desk, cycle: Cycle) -> str:
    """Horizon and source, in one line."""
    text, horizon = desk.text, cycle.horizon
    last = desk.period(horizon, horizon.periods - 1)
    parts = [text("home.horizon", first=desk.period(horizon, 0), last=last)]
    if cycle.source.in_(desk.language):
        parts.append(cycle.source.in_(desk.language))
    return " · ".join(parts)


def _waiting(desk: Desk, found: Overview, is_expected: bool) -> None:
    st.header(desk.text("home.waiting"), anchor=False)
    if not is_expected:
        st.markdown(desk.text("home.nothing_more"))
    _meeting(desk, found.meeting)
    extended(desk, found.calendar)
    _drafts(desk, found)
    if desk.has(Role.ARCHITECT) and (found.unowned or found.stale):
        with st.container(border=True):
            st.subheader(desk.text("home.debts_to_review"), anchor=False)
            label = desk.text("home.see_debts", unowned=found.unowned, stale=found.stale)
            page_link(desk, "debts", label)
    _held(desk, "to_decide", found.to_decide)
    _held(desk, "expiring", found.expiring)
    _scored(desk, "uncovered", found.uncovered, found.uncovered_in_all)
    _scored(desk, "disputed", found.disputed, found.disputed_in_all)


def _meeting(desk: Desk, meeting: Meeting | None) -> None:
    """The committee's meeting: under way, today, or to come."""
    if meeting is None:
        return
    facts = {"n": meeting.number, "day": meeting.on}
    when = "open" if meeting.is_open else "today" if meeting.on == today() else "coming"
    with st.container(border=True, key="home_meeting"):
        st.subheader(desk.text(f"home.meeting.{when}", **facts), anchor=False)
        if meeting.place:
            st.caption(plain(meeting.place))
        key = "join" if meeting.is_open else "prepare"
        page_link(desk, "meeting", desk.text(f"home.meeting.{key}"), meeting=str(meeting.number))


def _drafts(desk: Desk, found: Overview) -> None:
    for draft in found.drafts:
        project = draft.project
        with st.container(border=True):
            title = f"{project.code} · {project.title_in(desk.language)}"
            page_link(desk, "proposals", title, project=project.code)
            if draft.missing:
                what = missing_words(desk, draft.missing, found.framework)
                st.markdown(desk.text("home.missing", n=len(draft.missing), what=what))
            else:
                st.markdown(desk.text("home.complete"))


def _held(desk: Desk, kind: str, shown: tuple[Held, ...]) -> None:
    """Debts whose acceptance waits for a decision, or for a new one."""
    if not shown:
        return
    with st.container(border=True):
        st.subheader(desk.text(f"home.{kind}", n=len(shown)), anchor=False)
        for one in shown:
            day = one.asked.expires if kind == "to_decide" and one.asked else one.until
            label = desk.text(
                f"home.{kind}_line", code=one.item.code, title=one.item.title,
                day=desk.day(day) if day else desk.text("common.none"),
            )
            page_link(desk, "debts", label, debt=one.item.code)


def _scored(desk: Desk, kind: str, shown: tuple[Scored, ...], in_all: int) -> None:
    if not shown:
        return
    with st.container(border=True):
        st.subheader(desk.text(f"home.{kind}", n=in_all), anchor=False)
        st.caption(desk.text(f"home.{kind}_help"))
        for scored in shown:
            page_link(desk, "proposals", _line(desk, kind, scored), project=scored.project.code)


def _line(desk: Desk, kind: str, scored: Scored) -> str:
    return desk.text(
        f"home.{kind}_line",
        code=scored.project.code,
        title=scored.project.title_in(desk.language),
        coverage=scored.card.coverage,
        n=scored.apart,
    )


def _next(desk: Desk) -> None:
    """The pages the person may go to, each with the question it answers."""
    text = desk.text
    st.header(text("home.next"), anchor=False)
    if desk.has(Role.LEAD):
        page_link(desk, "proposals", text("home.begin"))
    for key in NEXT:
        if key in desk.places:
            page_link(desk, key, text(f"home.to.{key}"))
