"""Factors: what a device or a kilowatt-hour emits, where each figure comes from; the city's own."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from portfolio.errors import Invalid, Refusal, Stale
from portfolio.footprint import UNITS, Factor
from portfolio.words import Bilingual
from services import footprint
from views import format as written
from views.desk import Desk
from views.footprint_shown import exact
from views.look import components
from views.look.components import said
from views.look.tables import Column, table

POINTS = ("low", "likely", "high")
REFUSED, SAVED = "factors_refused", "factors_saved"


def render(desk: Desk) -> None:
    """Show every factor with its source; then change one, or add a kind of thing."""
    text = desk.text
    if not desk.cycle:
        components.page_head(desk, text("factors.title"), text("factors.empty"))
        return
    every = footprint.factors(desk.store, desk.person, desk.cycle)
    own = [factor for factor in every if factor.version]
    key = "factors.answer" if own else "factors.answer_none"
    answer = text(key, n=len(every), own=len(own))
    components.page_head(desk, text("factors.title"), answer)
    st.markdown(said(text("factors.help")))
    rows = [_row(desk, factor) for factor in every]
    table(desk, rows, _columns(desk), key="factors_list", name=text("factors.title"))
    _outcome(desk)
    _change(desk, {factor.code: factor for factor in every})
    _addition(desk)


def _row(desk: Desk, factor: Factor) -> Mapping[str, object]:
    text = desk.text
    points = {name: exact(desk, getattr(factor, name)) for name in POINTS}
    return {
        "item": factor.title.in_(desk.language) or factor.item,
        "tells": text(f"footprint.tells.{factor.tells}"),
        **points,
        "unit": text(f"factors.unit.{factor.tells}"),
        "whose": text("factors.ours" if factor.version else "factors.shipped"),
        "source": factor.source,
        "code": factor.code,
    }


def _columns(desk: Desk) -> list[Column]:
    text = desk.text
    named = ("item", "tells", *POINTS)
    columns = [Column(name, text(f"footprint.head.{name}")) for name in named]
    columns += [Column(name, text(f"factors.{name}_label")) for name in ("unit", "whose")]
    columns.append(Column("source", text("footprint.head.source"), width="large"))
    return [*columns, Column("code", text("factors.code"))]


def _outcome(desk: Desk) -> None:
    """What came of the last change."""
    refused = st.session_state.pop(REFUSED, None)
    saved = st.session_state.pop(SAVED, None)
    if isinstance(refused, Stale):
        theirs = refused.facts["theirs"]
        st.warning(said(desk.text("factors.stale", theirs=_told(desk, theirs))))
    elif refused is not None:
        components.error(desk, refused)
    elif saved is not None:
        st.success(said(desk.text("factors.saved", factor=_name(desk, saved))))


def _told(desk: Desk, factor: object) -> str:
    if not isinstance(factor, Factor):
        return desk.text("common.none")
    return " · ".join((*(exact(desk, getattr(factor, n)) for n in POINTS), factor.source))


def _name(desk: Desk, factor: Factor) -> str:
    title = factor.title.in_(desk.language) or factor.item
    return f"{title} – {desk.text(f'footprint.tells.{factor.tells}')}"


def _change(desk: Desk, every: Mapping[str, Factor]) -> None:
    text = desk.text
    st.header(text("factors.change"), anchor=False)
    code = st.selectbox(
        text("factors.pick"),
        list(every),
        index=None,
        format_func=lambda code: _name(desk, every[code]),
        placeholder=text("factors.pick_placeholder"),
        key="factors_pick",
        width=480,
    )
    if code is None:
        return
    factor = every[code]
    place = f"factors_{code}_{factor.version}"
    with st.form(place):
        for column, name in zip(st.columns(3), POINTS, strict=True):
            label = text("factors.point", point=text(f"footprint.head.{name}"),
                         unit=text(f"factors.unit.{factor.tells}"))
            column.text_input(label, exact(desk, getattr(factor, name)), key=f"{place}_{name}")
        st.text_area(
            text("factors.source"), factor.source, key=f"{place}_source",
            help=text("factors.source_help"),
        )
        st.form_submit_button(
            text("factors.save"), type="primary", on_click=_save, args=(desk, place, factor)
        )


def _save(desk: Desk, place: str, before: Factor) -> None:
    try:
        low, likely, high = (_number(desk, f"{place}_{name}", name) for name in POINTS)
        source = st.session_state[f"{place}_source"].strip()
        changed = replace(before, low=low, likely=likely, high=high, source=source)
        st.session_state[SAVED] = footprint.keep(desk.store, desk.person, desk.cycle, changed)
    except Refusal as refused:
        st.session_state[REFUSED] = refused


def _number(desk: Desk, key: str, name: str) -> float:
    typed = st.session_state[key]
    label = desk.text(f"footprint.head.{name}")
    if not typed.strip():
        raise Invalid("empty", field=label)
    return float(written.parse_number(typed, desk.language, label))


def _addition(desk: Desk) -> None:
    """A kind of thing that the shipped factors do not know, one factor at a time."""
    text = desk.text
    with st.expander(text("factors.add"), icon=":material/add:"):
        st.markdown(said(text("factors.add_help")))
        with st.form("factors_new"):
            code, tells = st.columns(2)
            code.text_input(text("factors.item"), key="factors_new_item",
                            help=text("factors.item_help"))
            tells.selectbox(
                text("factors.tells"), list(UNITS), key="factors_new_tells",
                format_func=lambda what: f"{text(f'footprint.tells.{what}')} "
                f"({text(f'factors.unit.{what}')})",
            )
            french, english = st.columns(2)
            french.text_input(text("factors.name_fr"), key="factors_new_fr")
            english.text_input(text("factors.name_en"), key="factors_new_en")
            for column, name in zip(st.columns(3), POINTS, strict=True):
                column.text_input(text(f"footprint.head.{name}"), key=f"factors_new_{name}")
            st.text_area(text("factors.source"), key="factors_new_source")
            st.form_submit_button(text("factors.add_act"), on_click=_add, args=(desk,))


def _add(desk: Desk) -> None:
    typed = {name: st.session_state[f"factors_new_{name}"].strip()
             for name in ("item", "fr", "en", "source")}
    tells = st.session_state.factors_new_tells
    try:
        if not typed["item"]:
            raise Invalid("empty", field=desk.text("factors.item"))
        low, likely, high = (_number(desk, f"factors_new_{name}", name) for name in POINTS)
        factor = Factor(
            f"{typed['item']}.{tells}", low, likely, high, UNITS[tells], typed["source"],
            Bilingual(typed["fr"], typed["en"]),
        )
        st.session_state[SAVED] = footprint.keep(desk.store, desk.person, desk.cycle, factor)
    except Refusal as refused:
        st.session_state[REFUSED] = refused
