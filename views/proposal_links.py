"""The links of a draft with other projects: chosen in words, checked at once, added or removed."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from portfolio import links
from portfolio.criterion import Framework
from portfolio.errors import Invalid, Refusal
from portfolio.project import Project
from portfolio.registry import Registry
from portfolio.rules import Excludes, Link, Needs, NeedsOneOf, Synergy, Together
from services import proposal_links
from services.proposal_links import TooLate
from views import format as written
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.parts import link_words
from views.proposal_fields import Fields

KINDS = ("needs", "needs-one-of", "excludes", "together", "synergy")
WAITS = ("needs", "needs-one-of")
REFUSED, MOUNT = "proposals_link_refused", "proposals_link_mount"


def section(
    fields: Fields, project: Project, registry: Registry, framework: Framework
) -> Project:
    """The links that stand, then a new one; the project itself does not change."""
    desk = fields.desk
    st.markdown(said(desk.text("proposals.links_help")))
    refused = st.session_state.pop(REFUSED, None)
    if refused is not None:
        _say(desk, registry, refused)
    _standing(desk, registry, project)
    _new(desk, registry, project)
    return project


def _standing(desk: Desk, registry: Registry, project: Project) -> None:
    held = proposal_links.of_project(registry, project.code)
    if not held:
        st.caption(desk.text("proposals.no_link"))
    for at, link in enumerate(held):
        with st.container(border=True):
            told, act = st.columns([6, 1], vertical_alignment="center")
            told.markdown(plain(link_words(desk, link, project.code, registry)))
            if links.owner(link) == project.code:
                act.button(
                    desk.text("proposals.remove_link"), key=f"proposals_link_{at}_remove",
                    icon=":material/delete:", on_click=_remove, args=(desk, link),
                )
            else:
                act.caption(desk.text("proposals.link_of", code=links.owner(link)))


def _new(desk: Desk, registry: Registry, project: Project) -> None:
    """Choose what the link is, then with which projects; it is checked as it stands."""
    text, place = desk.text, f"proposals_link_{st.session_state.get(MOUNT, 0)}"
    st.subheader(text("proposals.new_link"), anchor=False)
    kind = st.selectbox(
        text("proposals.link_kind"), KINDS, index=None, key=f"{place}_kind",
        format_func=lambda k: text(f"proposals.link.{k}", code=project.code),
        placeholder=text("proposals.pick"),
    )
    if kind is None:
        return  # the list of projects is drawn once it is needed
    titles = {
        p.code: f"{p.code} · {p.title_in(desk.language)}"
        for p in proposal_links.offered(registry, project.code)
    }
    if kind == "needs":
        one = st.selectbox(
            text("proposals.link_with.needs"), list(titles), index=None, key=f"{place}_needs",
            format_func=titles.__getitem__, placeholder=text("proposals.pick"),
        )
        codes = [one] if one else []
    else:
        codes = st.multiselect(
            text(f"proposals.link_with.{kind}"), list(titles), key=f"{place}_{kind}",
            format_func=titles.__getitem__, placeholder=text("proposals.pick"),
        )
    more = _more(desk, registry, kind, place)
    if not codes or more is None:
        return
    try:
        link = _link(kind, project.code, tuple(codes), more)
    except Refusal as refused:
        components.error(desk, refused)
        return
    _offer(desk, registry, project, link)


def _more(desk: Desk, registry: Registry, kind: str, place: str) -> Mapping[str, Any] | None:
    """What else that kind of link says; None when it cannot be read yet."""
    text = desk.text
    if kind in WAITS:
        lag = st.selectbox(
            text("proposals.link_lag"), range(registry.cycle.horizon.periods), key=f"{place}_lag",
            format_func=lambda n: text("proposals.lag", n=n) if n else text("proposals.no_lag"),
        )
        return {"lag": lag}
    if kind == "excludes":
        return {"at_most": 1}
    if kind == "synergy":
        return _gain(desk, registry, place)
    return {}


def _gain(desk: Desk, registry: Registry, place: str) -> Mapping[str, Any] | None:
    """Points more, or money less in one envelope and period, when all are chosen."""
    text, cycle = desk.text, registry.cycle
    points, saved, envelope, period = st.columns([1, 1, 2, 1])
    with points:
        about = text("proposals.link_value_help")
        typed = st.text_input(text("proposals.link_value"), key=f"{place}_value", help=about)
    with saved:
        amount = st.text_input(text("proposals.link_saving"), key=f"{place}_saving")
    with envelope:
        names = {e.code: e.title.in_(desk.language) for e in cycle.envelopes}
        code = st.selectbox(
            text("proposals.money_of"), list(names), key=f"{place}_envelope",
            format_func=names.__getitem__,
        )
    with period:
        at = st.selectbox(
            text("proposals.link_period"), range(cycle.horizon.periods), key=f"{place}_period",
            format_func=lambda p: desk.period(cycle.horizon, p),
        )
    try:
        value = written.parse_number(typed or "0", desk.language, text("proposals.link_value"))
        cents = written.parse_money(amount or "0", desk.language, text("proposals.link_saving"))
    except Invalid as refused:
        components.error(desk, refused)
        return None
    if not value and not cents:
        st.caption(text("proposals.link_gain_asked"))
        return None
    return {"value": float(value), "saving": proposal_links.saving(code, at, cents)}


def _link(kind: str, own: str, codes: tuple[str, ...], more: Mapping[str, Any]) -> Link:
    match kind:
        case "needs":
            return Needs(own, codes[0], **more)
        case "needs-one-of":
            return NeedsOneOf(own, codes, **more)
        case "excludes":
            return Excludes((own, *codes), **more)
        case "together":
            return Together((own, *codes))
    return Synergy((own, *codes), **more)


def _offer(desk: Desk, registry: Registry, project: Project, link: Link) -> None:
    """What the link means, what stands against it, and the button that adds it."""
    text, checked = desk.text, proposal_links.check(registry, link)
    words = link_words(desk, link, project.code, registry)
    st.markdown(said(text("proposals.link_reads", code=project.code, words=plain(words))))
    if checked.refused is not None:
        _say(desk, registry, checked.refused)
    for late in checked.late:
        st.warning(said(_late(desk, registry, late)))
    if checked.refused is None:
        st.button(
            text("proposals.add_link"), key="proposals_link_add", type="primary",
            icon=":material/add_link:", on_click=_add, args=(desk, link),
        )


def _late(desk: Desk, registry: Registry, late: TooLate) -> str:
    horizon = registry.cycle.horizon
    return desk.text(
        "proposals.link_late", code=late.project,
        needed=plain(_named(desk, registry, late.needed)),
        ready=desk.period(horizon, late.ready), last=desk.period(horizon, max(late.last, 0)),
    )


def _say(desk: Desk, registry: Registry, refused: Refusal) -> None:
    """A refusal that names projects names them by code and title, as far as they are seen."""
    codes = refused.facts.get("found")
    if refused.code in ("circle-of-needs", "contrary-link") and isinstance(codes, tuple):
        named = [_named(desk, registry, code) for code in codes]
        if refused.code == "circle-of-needs":
            named.append(named[0])
        joint = " → " if refused.code == "circle-of-needs" else ", "
        refused = Invalid(refused.code, found=joint.join(named))
    components.error(desk, refused)


def _named(desk: Desk, registry: Registry, code: str) -> str:
    """« P08 · Refonte du portail »; a project that is not seen is not named."""
    found = next((p for p in registry.projects if p.code == code), None)
    return f"{code} · {found.title_in(desk.language)}" if found else desk.text("parts.link.unseen")


def _add(desk: Desk, link: Link) -> None:
    try:
        proposal_links.add(desk.store, desk.person, desk.cycle, link)
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    st.session_state[MOUNT] = st.session_state.get(MOUNT, 0) + 1  # an empty form again


def _remove(desk: Desk, link: Link) -> None:
    try:
        proposal_links.remove(desk.store, desk.person, desk.cycle, link)
    except Refusal as refused:
        st.session_state[REFUSED] = refused
