"""Scénarios: which portfolio under these rules, and what if one of them moved?"""

import secrets
from collections.abc import Sequence

import streamlit as st

from portfolio.errors import Refusal
from portfolio.person import Role
from portfolio.plan import NoPlan, Plan
from services import bench
from services.bench import Answered
from services.plan_view import Change, Line, PlanView, against
from services.scenarios import Asked
from views import binding, levers, plan_charts, sentences, solving
from views.desk import Desk
from views.look import components
from views.look.components import Metric, said
from views.look.tables import Column, table
from views.plan_words import PlanWords

MAY_KEEP = (Role.FACILITATOR, Role.ADMINISTRATOR)
FILTERS = ("all", "in", "out", "changed")


def render(desk: Desk) -> None:
    """The levers at the left, the answer at the right, the projects beneath."""
    text = desk.text
    head = st.empty()
    with head.container():
        st.title(text("scenarios.title"), anchor=False)
    whole = solving.portfolio(desk)
    if whole is None:
        return
    top = st.container(horizontal=True, vertical_alignment="bottom", key="scenarios_bar")
    with top:
        reference = solving.choose(desk, whole, "scenarios_which")
    left, right = st.columns([1, 2.6], gap="medium")
    with left:
        asked = levers.column(desk, reference)
    with right:
        standing = solving.look(desk, asked, reference)
        solving.follow(desk, standing, asked)
    answered = standing.answered
    with head.container():
        components.page_head(desk, text("scenarios.title"), _answer(desk, asked, answered))
    if answered is None:
        return
    with top:
        components.badge(desk, answered.found.proof)
        _actions(desk, reference, asked, answered)
    _answered(desk, reference, asked, answered, right)


def _answer(desk: Desk, asked: Asked, answered: Answered | None) -> str:
    if answered is None:
        return desk.text("scenarios.searching")
    return sentences.answer(desk.text, asked.posed.question, answered.found)


def _answered(
    desk: Desk,
    reference: Asked,
    asked: Asked,
    answered: Answered,
    right: st.delta_generator.DeltaGenerator,
) -> None:
    found, view = answered.found, answered.view
    words = PlanWords(desk, asked)
    if isinstance(found, NoPlan) or view is None:
        with right:
            solving.no_plan(desk, asked, found)
        return
    change = _change(desk, reference, asked, view)
    with right:
        _metrics(desk, view, change)
        _changes(words, change)
        plan_charts.money(words, view, "scenarios_money")
        if view.days:
            plan_charts.load(words, view, "scenarios_load")
    binding.show(words, found, view)
    _projects(words, view, change)
    _aside(words, found)


def _change(desk: Desk, reference: Asked, asked: Asked, view: PlanView) -> Change | None:
    """Against the reference scenario, once it has an answer; None when nothing was moved."""
    if asked is reference:
        return None
    stood = bench.standing(desk.jobs, reference, wait=bench.WAIT).answered
    return against(view, stood.view) if stood and stood.view else None


def _metrics(desk: Desk, view: PlanView, change: Change | None) -> None:
    text, totals = desk.text, view.totals

    def moved(amount: float | None, shown: str) -> str | None:
        return shown if amount else None

    def delta_of_money(cents: int | None) -> str | None:
        return moved(cents, desk.money(cents or 0, compact=True, signed=True))

    value = round(change.value, 1) if change else 0.0
    carbon = round(change.carbon or 0.0) if change else 0
    metrics = [
        Metric(
            text("scenarios.value"),
            desk.number(round(totals.value, 1)),
            moved(value, desk.number(value, signed=True)),
            "up",
            text("scenarios.value_help"),
        ),
        Metric(
            text("scenarios.cost"),
            desk.money(totals.cost, compact=True),
            delta_of_money(change.cost if change else None),
        ),
        Metric(
            text("scenarios.debt"),
            desk.money(totals.debt, compact=True),
            delta_of_money(change.debt if change else None),
            "up",
            text("scenarios.debt_help", owed=totals.owed, interest=totals.interest),
        ),
    ]
    if totals.carbon is not None:
        metrics.append(
            Metric(
                text("scenarios.carbon"),
                text("scenarios.carbon_value", n=round(totals.carbon)),
                moved(carbon, desk.number(carbon, signed=True)),
                "down",
                text("scenarios.carbon_help"),
            )
        )
    components.metric_row(metrics)


def _changes(words: PlanWords, change: Change | None) -> None:
    """What enters, what leaves, what moves, against the reference."""
    text = words.desk.text
    if change is None:
        return
    with st.container(border=True, key="scenarios_changes"):
        st.header(text("scenarios.changes"), anchor=False)
        if not (change.enters or change.leaves or change.moved):
            st.markdown(text("scenarios.changes_none"))
            return
        for name in ("leaves", "enters"):
            codes: Sequence[str] = getattr(change, name)
            st.markdown(f"**{text(f'scenarios.{name}', n=len(codes))}**")
            if codes:
                st.markdown("\n".join(f"- {components.plain(words.project(c))}" for c in codes))
        if change.moved:
            st.caption(text("scenarios.moved", n=len(change.moved), codes=list(change.moved)))


def _projects(words: PlanWords, view: PlanView, change: Change | None) -> None:
    desk, text = words.desk, words.desk.text
    st.header(text("scenarios.projects"), anchor=False)
    offered = FILTERS if change else FILTERS[:-1]
    shown = st.segmented_control(
        text("scenarios.show"),
        offered,
        default="all",
        required=True,
        format_func=lambda name: text(f"scenarios.show_{name}"),
        key="scenarios_show",
    )
    rows = [_row(words, line, change) for line in view.lines if _is_shown(line, shown, change)]
    columns = [
        Column("code", text("scenarios.code"), width="small"),
        Column("title", text("scenarios.project"), width="large"),
        Column("start", text("scenarios.start"), width="small"),
        Column("variant", text("scenarios.variant"), width="medium"),
        Column("cost", text("scenarios.cost"), "thousands", help=text("scenarios.cost_help")),
        Column("value", text("scenarios.value"), "number"),
        Column("fate", text("scenarios.fate_label"), width="medium"),
    ]
    if change:
        columns.append(Column("change", text("scenarios.against"), width="small"))
    name = text("scenarios.projects")
    chosen = table(desk, rows, columns, key="scenarios_list", name=name, can_choose=True)
    _why(words, view, chosen["code"] if chosen else None)


def _why(words: PlanWords, view: PlanView, row: str | None) -> None:
    """The way to the card of the row chosen, or of a project picked by keyboard."""
    text, codes = words.desk.text, [line.project for line in view.lines]
    with st.container(horizontal=True, vertical_alignment="bottom", key="scenarios_to_why"):
        picked = st.selectbox(
            text("scenarios.why_which"),
            codes,
            index=None,
            format_func=words.project,
            placeholder=text("scenarios.choose"),
            key="scenarios_why",
            width=440,
        )
        if code := row or picked:
            told = text("scenarios.why", project=code)
            components.page_link(words.desk, "why", told, project=code)


def _is_shown(line: Line, shown: str | None, change: Change | None) -> bool:
    if shown == "changed" and change:
        return line.project in {*change.enters, *change.leaves, *change.moved}
    return shown == "all" or (shown == "in") == line.is_chosen


def _row(words: PlanWords, line: Line, change: Change | None) -> dict[str, object]:
    return {
        "code": line.project,
        "title": words.title(line.project),
        "start": words.period(line.start),
        "variant": words.variant(line.project, line.variant) if line.is_chosen else "",
        "cost": line.cost,
        "value": round(line.value, 1),
        "fate": words.fate(line),
        "change": _way(words.desk, line.project, change),
    }


def _way(desk: Desk, project: str, change: Change | None) -> str:
    if change is None:
        return ""
    for name in ("enters", "leaves", "moved"):
        if project in getattr(change, name):
            return desk.text(f"scenarios.way_{name}")
    return ""


def _aside(words: PlanWords, found: Plan) -> None:
    """Scores that are missing, debts repaid on their own, proposals that were not asked about."""
    asked, text = words.asked, words.desk.text
    if asked.scores.is_equal:
        st.caption(text("scenarios.equal"))
    if found.standalone:
        titles = {debt.code: debt.title for debt in asked.registry.debts}
        with st.expander(text("scenarios.standalone", n=len(found.standalone))):
            lines = (
                f"- {components.plain(f'{code} · {titles.get(code, code)} ({words.period(at)})')}"
                for code, at in found.standalone.items()
            )
            st.markdown("\n".join(lines))
    if asked.posed.left_out:
        with st.expander(text("scenarios.left_out", n=len(asked.posed.left_out))):
            out = (
                text(
                    "scenarios.left_out_line",
                    project=words.project(o.project),
                    why=text(f"scenarios.reason.{o.reason}"),
                )
                for o in asked.posed.left_out
            )
            st.markdown("\n".join(f"- {components.plain(line)}" for line in out))


def _actions(desk: Desk, reference: Asked, asked: Asked, answered: Answered) -> None:
    """Keep the plan, for those who may; export the question, for everyone."""
    text = desk.text
    if desk.has(*MAY_KEEP) and isinstance(answered.found, Plan):
        with st.popover(text("scenarios.keep"), icon=":material/bookmark_add:"):
            _keeping(desk, reference, asked, answered)
    st.download_button(
        text("scenarios.export"),
        lambda: bench.export(asked),
        file_name=f"question-{asked.scenario.code}.json",
        mime="application/json",
        key="scenarios_export",
        icon=":material/download:",
        on_click="ignore",
    )


def _keeping(desk: Desk, reference: Asked, asked: Asked, answered: Answered) -> None:
    text, is_new = desk.text, asked is not reference
    said_ = st.session_state.pop("scenarios_kept", None)
    if said_:
        (st.success if said_[0] else st.error)(said(said_[1]))
    st.markdown(text("scenarios.keep_new" if is_new else "scenarios.keep_same"))
    if is_new:
        st.text_input(text("scenarios.keep_name"), key="scenarios_name", max_chars=120)
    st.session_state.setdefault("scenarios_request", secrets.token_hex(8))
    st.button(
        text("scenarios.keep_do"),
        key="scenarios_keep",
        type="primary",
        on_click=_keep,
        args=(desk, asked, answered, is_new),
    )


def _keep(desk: Desk, asked: Asked, answered: Answered, is_new: bool) -> None:
    state, text = st.session_state, desk.text
    name = state.get("scenarios_name", "").strip()
    if is_new and not name:
        state["scenarios_kept"] = (False, text("scenarios.keep_unnamed"))
        return
    kept = bench.titled(asked, name) if is_new else asked
    request = state.get("scenarios_request")
    try:
        bench.keep(desk.store, desk.person, desk.cycle, kept, answered.found, request)
    except Refusal as refusal:
        state["scenarios_kept"] = (False, components.plain(desk.refusal(refusal)))
        return
    state.pop("scenarios_request", None)
    title = kept.scenario.title.in_(desk.language)
    state["scenarios_kept"] = (True, text("scenarios.kept", title=components.plain(title)))
