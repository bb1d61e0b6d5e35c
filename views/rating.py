"""Rating: the next project, blind, by keyboard; how far I am; and the facilitator's round."""

from collections.abc import Sequence

import streamlit as st

from portfolio.criterion import Framework
from portfolio.errors import Refusal
from portfolio.evaluation import Round, Subject
from portfolio.person import Role
from portfolio.project import Project
from services import footprint, proposals, rating, rounds
from services.rating import Key, Line, Sheet
from views import footprint_shown, rating_draft, rating_form, rating_lead, rating_offline
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.look.tables import Column, table
from views.parts import facts, joined, shortened
from views.rating_draft import AT, LAST

WAY, LEFT, PROJECT, CRITERION = "rating_way", "rating_left", "rating_project", "rating_criterion"
SKIP = "S"
REASON, DECLARED = "rating_reason", "rating_conflict_refused"


def render(desk: Desk) -> None:
    """One rating after the other while a round is open; what I said once it is revealed."""
    text = desk.text
    if not desk.cycle:
        components.page_head(desk, text("rating.title"), text("rating.empty"))
        components.page_link(desk, "imports", text("home.empty_import"))
        return
    if not desk.has(Role.MEMBER, Role.LEAD, Role.FACILITATOR):
        components.page_head(desk, text("rating.title"), text("rating.not_allowed"))
        return
    if not desk.has(Role.MEMBER, Role.LEAD):
        held = _held(rounds.rounds(desk.store, desk.person, desk.cycle))
        components.page_head(desk, text("rating.title"), _state(desk, held))
        rating_lead.show(desk, held)
        return
    found = rating.sheet(desk.store, desk.person, desk.cycle)
    components.page_head(desk, text("rating.title"), _answer(desk, found))
    if desk.has(Role.FACILITATOR):
        rating_lead.show(desk, found.round)
    _mine(desk, found)


def _held(every: tuple[Round, ...]) -> Round | None:
    return next((r for r in every if r.subject is Subject.SCORES and r.is_open), None)


def _state(desk: Desk, held: Round | None) -> str:
    if held is None:
        return desk.text("rating.closed")
    return desk.text("rating.round_open", n=held.number)


def _answer(desk: Desk, found: Sheet) -> str:
    text = desk.text
    if found.round is None:
        return text("rating.closed")
    if not found.lines:
        return text("rating.nothing_asked", n=found.round.number)
    given, asked = sum(line.is_given for line in found.lines), len(found.lines)
    key = "rating.answer_done" if given == asked else "rating.answer"
    return text(key, n=found.round.number, given=given, asked=asked, left=asked - given)


def _mine(desk: Desk, found: Sheet) -> None:
    """The person's own sheet: what is on her desk, then her conflicts."""
    draft = rating_draft.current()
    if draft is not None and rating_draft.is_stranded(draft, found):
        rating_form.stranded(desk, draft)
    elif found.round is None:
        _said_before(desk, found)
    elif found.lines:
        _one(desk, found, found.round)
    if found.lines:
        rating_offline.show(desk)
    if desk.has(Role.MEMBER):
        _conflicts(desk, found)


def _one(desk: Desk, found: Sheet, held: Round) -> None:
    """The rating in hand: progress and ways to go above, the project beside the form."""
    every, line = _bar(desk, found)
    if line is None:
        st.success(said(desk.text("rating.all_given")), icon=":material/done_all:")
        _last(desk)
        return
    draft = rating_draft.opened(desk, line, held.number)
    with st.container(key="rating_hand"):
        about, form = st.columns([2, 3], gap="large")
    with about:
        _about(desk, found.framework, line.project)
        if not line.is_self and desk.has(Role.MEMBER):
            _declare(desk, line.project)
    with form:
        rating_form.show(desk, found, line, draft, _after(every, line.key, only_left=True))
        _skip(desk, every, line.key)
        _last(desk)


def _bar(desk: Desk, found: Sheet) -> tuple[tuple[Line, ...], Line | None]:
    """How far I am, in which order I go, and where; (the lines in that order, the one in hand)."""
    text = desk.text
    given, asked = sum(line.is_given for line in found.lines), len(found.lines)
    st.progress(given / asked, text=text("rating.progress", given=given, asked=asked))
    ways, *places = st.columns([3, 3, 3], vertical_alignment="bottom", gap="medium")
    with ways:
        only_left = st.toggle(text("rating.only_left"), value=True, key=LEFT)
        by = st.segmented_control(
            text("rating.way"), ["project", "criterion"], default="project", required=True,
            format_func=lambda one: text(f"rating.way_{one}"), key=WAY,
            label_visibility="collapsed",
        )  # fmt: skip
    every = found.ordered(by_criterion=by == "criterion")
    line = _at(found, every, only_left)
    if line is not None:
        _jump(desk, found, line, only_left, places)
    return every, line


def _at(found: Sheet, every: tuple[Line, ...], only_left: bool) -> Line | None:
    """The line in hand: the one gone to, else the address's project, else the first that is left.

    None = nothing is left, and the person asked for what is left only.
    """
    asked = st.query_params.get("project")
    if AT not in st.session_state and asked:
        theirs = [line for line in every if line.project.code == asked]
        first = next((line for line in theirs if not line.is_given), None) or next(
            iter(theirs), None
        )
        st.session_state[AT] = first.key if first else None
    line = found.line(st.session_state.get(AT))
    line = line or next((line for line in every if not line.is_given), None)
    line = line or (None if only_left else every[0])
    st.session_state[AT] = line.key if line else None
    return line


def _jump(
    desk: Desk,
    found: Sheet,
    line: Line,
    only_left: bool,
    columns: Sequence[st.delta_generator.DeltaGenerator],
) -> None:
    """Choose the project and the criterion in hand."""
    open_ = [one for one in found.lines if one is line or not (only_left and one.is_given)]
    projects = list(dict.fromkeys(one.project.code for one in open_))
    criteria = {one.criterion.key for one in open_}
    titles = {one.project.code: one.project.title_in(desk.language) for one in found.lines}
    order = [c.key for c in found.framework.leaves if c.key in criteria]
    st.session_state[PROJECT], st.session_state[CRITERION] = line.key
    columns[0].selectbox(
        desk.text("rating.project"), projects,
        format_func=lambda code: f"{code} · {shortened(titles[code], 50)}",
        key=PROJECT, on_change=_go, args=(found,),
    )  # fmt: skip
    columns[1].selectbox(
        desk.text("rating.criterion"), order,
        format_func=lambda key: f"{key} · "
        f"{shortened(found.framework.criterion(key).title.in_(desk.language), 50)}",
        key=CRITERION, on_change=_go, args=(found,),
    )  # fmt: skip


def _go(found: Sheet) -> None:
    key = (st.session_state[PROJECT], st.session_state[CRITERION])
    if found.line(key):
        st.session_state[AT] = key


def _after(every: tuple[Line, ...], key: Key, only_left: bool) -> Key | None:
    """The line after that one, round to the first; None when there is no other."""
    at = next(at for at, line in enumerate(every) if line.key == key)
    others = (*every[at + 1 :], *every[:at])
    return next((line.key for line in others if not (only_left and line.is_given)), None)


def _skip(desk: Desk, every: tuple[Line, ...], key: Key) -> None:
    following = _after(every, key, only_left=st.session_state.get(LEFT, True))
    if following is not None:
        st.button(
            desk.text("rating.skip"), key="rating_skip", shortcut=SKIP, type="tertiary",
            on_click=_set_at, args=(following,),
        )  # fmt: skip


def _last(desk: Desk) -> None:
    """The way back to what was given last."""
    last = st.session_state.get(LAST)
    key = (last.project, last.criterion) if last is not None else None
    if key is None or key == st.session_state.get(AT):
        return
    level = rating_form.level_words(desk, last.rating)
    st.button(
        desk.text("rating.last", code=last.project, criterion=last.criterion, level=level),
        key="rating_back", type="tertiary", icon=":material/undo:",
        on_click=_set_at, args=(key,),
    )  # fmt: skip


def _set_at(key: Key) -> None:
    st.session_state[AT] = key


def _about(desk: Desk, framework: Framework, project: Project) -> None:
    """What one needs to know of the project; its lead's own rating waits for the reveal."""
    text = desk.text
    title = f"{project.code} · {project.title_in(desk.language)}"
    st.header(plain(title), anchor=False)
    base = proposals.base_of(project)
    cost = base.cost if base else None
    titles = {c.key: c.title.in_(desk.language) for c in framework.criteria}
    tags = [titles[tag.key] for tag in project.tags if tag.key in titles]
    facts(
        desk,
        [
            (text("rating.service"), project.service),
            (text("rating.category"), text(f"proposals.category.{project.category}")),
            (text("rating.cost"),
             text("parts.not_given") if cost is None else desk.money(cost, compact=True)),
            (text("rating.tags"), joined(desk, tags)),
        ],
    )  # fmt: skip
    for name in ("problem", "outcome", "beneficiaries", "risks"):
        if typed := getattr(project, name).strip():
            st.markdown(f"**{said(text(f'proposals.{name}'))}**  \n{plain(typed)}")
    if project.quantities:
        known = footprint.evidence(desk.store, desk.person, desk.cycle, project.code)
        st.markdown(said(footprint_shown.sentence(desk, known)))
    components.page_link(desk, "proposals", text("rating.whole_file"), project=project.code)


def _declare(desk: Desk, project: Project) -> None:
    """Declare an interest in the project in hand."""
    text = desk.text
    with st.popover(text("rating.conflict"), icon=":material/gavel:"):
        st.markdown(said(text("rating.conflict_help", code=project.code)))
        st.text_input(text("rating.conflict_reason"), key=f"{REASON}_{project.code}")
        st.button(
            text("rating.declare"), key="rating_declare", type="primary",
            on_click=_declared, args=(desk, project.code),
        )  # fmt: skip
    if isinstance(refused := st.session_state.pop(DECLARED, None), Refusal):
        components.error(desk, refused)


def _declared(desk: Desk, code: str) -> None:
    reason = st.session_state.get(f"{REASON}_{code}", "")
    try:
        rating.declare_conflict(desk.store, desk.person, desk.cycle, code, reason)
    except Refusal as refused:
        st.session_state[DECLARED] = refused
    else:
        components.tell(desk.text("rating.declared", code=code))


def _conflicts(desk: Desk, found: Sheet) -> None:
    """The conflicts the person declared, each of which she may withdraw."""
    if not found.conflicts:
        return
    text = desk.text
    st.header(text("rating.conflicts"), anchor=False)
    for one in found.conflicts:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(f"{one.project} · {one.reason}"), width="stretch")
            st.button(
                text("rating.withdraw", code=one.project), key=f"rating_withdraw_{one.project}",
                on_click=_withdraw, args=(desk, one.project),
            )  # fmt: skip


def _withdraw(desk: Desk, code: str) -> None:
    try:
        rating.withdraw_conflict(desk.store, desk.person, desk.cycle, code)
    except Refusal as refused:
        st.session_state[DECLARED] = refused
    else:
        components.tell(desk.text("rating.withdrawn", code=code))


def _said_before(desk: Desk, found: Sheet) -> None:
    """No round is open: what I gave last, which everyone may now read."""
    text = desk.text
    given = [line for line in found.lines if line.before is not None]
    if not given:
        components.empty_state(text("rating.nothing_before"))
        return
    rows = [
        {
            "project": f"{line.key[0]} · {line.project.title_in(desk.language)}",
            "criterion": f"{line.key[1]} · {line.criterion.title.in_(desk.language)}",
            "rating": rating_form.level_words(desk, line.before.rating),
            "why": line.before.justification,
        }
        for line in given
        if line.before is not None
    ]
    st.header(text("rating.given_before", n=len(rows)), anchor=False)
    columns = [
        Column("project", text("rating.project"), width="large"),
        Column("criterion", text("rating.criterion"), width="large"),
        Column("rating", text("rating.field.rating"), width="small"),
        Column("why", text("rating.field.justification"), width="large"),
    ]
    table(desk, rows, columns, key="rating_before", name=text("rating.given_before_name"))
