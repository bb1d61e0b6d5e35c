"""The variants of a draft: side by side, one opened at a time, added from a copy, removed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from portfolio import texts
from portfolio.completeness import NONE_WITH_LESS, WITH_LESS, has_less
from portfolio.criterion import Framework
from portfolio.cycle import Cycle
from portfolio.project import Answer, Project, Variant
from portfolio.registry import Registry
from services import proposal_totals
from services.proposal_totals import Compared
from services.proposals import BASE, taken_by
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.parts import small_table, three_points
from views.proposal_draft import change
from views.proposal_fields import Fields, answer_to
from views.proposal_money import efforts, put_variant, spends, variant_of

CODES = ("minimale", BASE, "bonifiee")
OPENED = "proposals_variant"  # the variant whose cells are shown


def section(
    fields: Fields, project: Project, registry: Registry, framework: Framework
) -> Project:
    """The project with its variants as they now stand in the fields."""
    desk, cycle = fields.desk, registry.cycle
    if len(project.variants) > 1:
        _side_by_side(desk, project, cycle)
    if len(project.variants) < 2 or not has_less(project):
        project = _why_no_less(fields, project)
    _addition(fields)
    code = _opened(desk, project)
    if code:
        with st.container(border=True):
            project = _variant(fields, project, code, cycle)
    return project


def named(desk: Desk, variant: Variant) -> str:
    """Its own title, else what its code is called."""
    return variant.title or _called(desk, variant.code)


def _called(desk: Desk, code: str) -> str:
    key = f"proposals.variant.{code}"
    return desk.text(key) if desk.text.has(key) else code


def _side_by_side(desk: Desk, project: Project, cycle: Cycle) -> None:
    """One column a variant, one line a measure: what less, or more, would change."""
    text, found = desk.text, proposal_totals.compared(project, cycle)
    none = text("common.none")

    def line(label: str, shown: Callable[[Compared], str | None]) -> list[str]:
        return [label, *(shown(one) or none for one in found)]

    def money(cents: int | None) -> str | None:
        return None if cents is None else desk.money(cents, compact=True)

    rows = [
        line(text("proposals.duration"), lambda o: None if o.variant.duration is None
             else text("proposals.periods", n=o.variant.duration)),
        line(text("proposals.factor"), lambda o: desk.percent(o.variant.value_factor)),
        line(text("proposals.cost"), lambda o: money(o.cost)),
        *(
            line(f"– {envelope.title.in_(desk.language)}",
                 lambda o, at=at: money(o.by_envelope[at]))
            for at, envelope in enumerate(cycle.envelopes)
            if any(one.by_envelope[at] is not None for one in found)
        ),
        line(text("proposals.per_point"), lambda o: money(o.per_point)),
        *(
            line(text("proposals.days_team", team=team.title.in_(desk.language)),
                 lambda o, at=at: None if o.by_team[at] is None else desk.number(o.by_team[at]))
            for at, team in enumerate(cycle.teams)
            if any(one.by_team[at] is not None for one in found)
        ),
    ]
    st.subheader(text("proposals.side_by_side"), anchor=False)
    st.markdown(said(_cheapest(desk, found)))
    head = [text("proposals.measure"), *(named(desk, one.variant) for one in found)]
    small_table(head, rows, name=text("proposals.side_by_side"))


def _cheapest(desk: Desk, found: tuple[Compared, ...]) -> str:
    """Which variant buys a point of value for the least."""
    priced = [one for one in found if one.per_point is not None]
    if len(priced) < 2:
        return desk.text("proposals.not_comparable")
    best = min(priced, key=lambda one: one.per_point or 0)
    if all(one.per_point == best.per_point for one in priced):
        return desk.text("proposals.same_buy", cost=best.per_point)
    name = plain(named(desk, best.variant))
    return desk.text("proposals.best_buy", variant=name, cost=best.per_point)


def _why_no_less(fields: Fields, project: Project) -> Project:
    """With one variant, another with less is asked for, or why there is none."""
    st.info(said(fields.label("with_less_asked")), icon=":material/compare_arrows:")
    at = answer_to(project, WITH_LESS)
    label = fields.label("with_less_why")
    return fields.area(project, "with_less", label, at.comment, _put_reason, height=80)


def _put_reason(project: Project, typed: str) -> Project:
    reason = texts.held("comment", typed, texts.COMMENT)
    others = tuple(a for a in project.answers if a.question != WITH_LESS)
    if not reason:
        return replace(project, answers=others)
    given = Answer(WITH_LESS, NONE_WITH_LESS, reason)
    return project if given in project.answers else replace(project, answers=(*others, given))


def _opened(desk: Desk, project: Project) -> str:
    """The code of the variant whose fields are shown; "" when there is none."""
    codes = [variant.code for variant in project.variants]
    if not codes:
        st.caption(desk.text("proposals.no_variant"))
        return ""
    chosen = st.session_state.get(OPENED)
    at = chosen if chosen in codes else (BASE if BASE in codes else codes[0])
    if len(codes) == 1:
        return at
    key = f"{OPENED}_{project.code}_{'_'.join(codes)}"
    st.segmented_control(
        desk.text("proposals.variant_label"), codes, default=at, required=True, key=key,
        format_func=lambda code: _called(desk, code),
        on_change=lambda: st.session_state.update({OPENED: st.session_state[key]}),
    )
    return at


def _variant(fields: Fields, project: Project, code: str, cycle: Cycle) -> Project:
    """The fields of one variant, its money, its effort, its totals."""
    desk, text, variant = fields.desk, fields.desk.text, variant_of(project, code)
    name = _called(desk, code)
    st.subheader(text("proposals.variant_named", variant=name), anchor=False)
    title, duration, factor = st.columns([3, 1, 1])
    with title:
        label = text("proposals.variant_title", variant=name)
        put = partial(_put_title, code)
        project = fields.line(project, f"{code}_title", label, variant.title, put)
    with duration:
        none = text("parts.not_given")
        project = fields.one(
            project, f"{code}_duration", text("proposals.duration"),
            [None, *range(1, cycle.horizon.periods + 1)], variant.duration,
            lambda kept, periods: put_variant(code, kept, duration=periods),
            lambda n: none if n is None else text("proposals.periods", n=n),
            fields.help("duration"),
        )
    with factor:
        put = partial(_put_factor, code)
        project = fields.decimal(
            project, f"{code}_factor", text("proposals.factor"), variant.value_factor, put, 3,
            fields.help("factor"),
        )
    first = proposal_totals.first_period(project, cycle)
    st.markdown(said(text("proposals.variants_help")))
    project = spends(fields, project, code, cycle, first)
    _cost(desk, project, code)
    with st.expander(text("proposals.effort"), expanded=True):
        project = efforts(fields, project, code, cycle, first)
    if len(project.variants) > 1:
        _removal(fields, code)
    return project


def _put_title(code: str, project: Project, typed: str) -> Project:
    return put_variant(code, project, title=texts.held("title", typed, texts.LINE))


def _put_factor(code: str, project: Project, factor: float | None) -> Project:
    return project if factor is None else put_variant(code, project, value_factor=factor)


def _cost(desk: Desk, project: Project, code: str) -> None:
    taken = next(t for t in taken_by(project) if t.variant.code == code)
    amount = three_points(desk, taken.low, taken.likely, taken.high)
    st.markdown(said(desk.text("proposals.variant_cost", cost=amount)))


def _removal(fields: Fields, code: str) -> None:
    desk, draft = fields.desk, fields.draft

    def remove() -> None:
        left = tuple(v for v in draft.now.variants if v.code != code)
        change(desk, draft, replace(draft.now, variants=left))

    components.confirm(
        desk,
        key=draft.key(f"{code}_remove"),
        label=desk.text("proposals.remove_variant", variant=_called(desk, code)),
        question=desk.text("proposals.remove_question"),
        act=remove,
    )


def _addition(fields: Fields) -> None:
    """Another variant, filled with the amounts of one that stands, or empty."""
    desk, draft = fields.desk, fields.draft
    held = [variant.code for variant in draft.now.variants]
    free = [code for code in CODES if code not in held]
    if not free:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = draft.key("copied")
        if held:
            st.selectbox(
                desk.text("proposals.copied_from"), [*held, ""], key=key, width=320,
                format_func=lambda c: desk.text("proposals.copied_none") if not c
                else desk.text("proposals.copy_of", variant=_called(desk, c)),
            )
        for code in free:
            st.button(
                desk.text("proposals.add_variant", variant=_called(desk, code)),
                key=draft.key(f"add_{code}"), icon=":material/add:",
                on_click=_add, args=(fields, code, key),
            )


def _add(fields: Fields, code: str, key: str) -> None:
    draft, copied = fields.draft, st.session_state.get(key, "")
    model = next((v for v in draft.now.variants if v.code == copied), None)
    new = replace(model, code=code, title="") if model else Variant(code, duration=None)
    every = sorted((*draft.now.variants, new), key=_order)
    st.session_state[OPENED] = code
    change(fields.desk, draft, replace(draft.now, variants=tuple(every)))


def _order(variant: Variant) -> int:
    """From less to more; those of other codes stay where they were, at the end."""
    return CODES.index(variant.code) if variant.code in CODES else len(CODES)
