"""The rules of a cycle, and the seal after which they no longer change."""

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from portfolio.charter import Charter
from portfolio.errors import Invalid
from services import charters
from services.charters import Standing
from views import format as written
from views.cycle_parts import pinned, send
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.parts import facts, paragraph, today
from views.register_fields import LAST


def show(desk: Desk, found: Standing) -> None:
    """The rules as they stand; while they may change, the form and the seal."""
    if found.since is not None:
        _stands(desk, found)
        return
    _form(desk, *pinned(desk, found.charter, "rules", "override"))
    _seal(desk, found.charter)


def _stands(desk: Desk, found: Standing) -> None:
    text, charter = desk.text, found.charter
    st.info(said(text("cycle.rules_stand", day=found.since)), icon=":material/lock:")
    for rule in ("override", "tie_break"):
        paragraph(desk, text(f"cycle.{rule}"), getattr(charter, rule), text("cycle.unwritten"))
    quorum = text("common.none") if charter.quorum is None else desk.number(charter.quorum)
    facts(desk, [
        (text("cycle.quorum"), quorum), (text("cycle.raters"), desk.number(charter.raters)),
    ])


def _form(desk: Desk, charter: Charter, place: str) -> None:
    text = desk.text
    st.markdown(said(text("cycle.rules_help")))
    with st.form(place, enter_to_submit=False):
        for rule in ("override", "tie_break"):
            st.text_area(text(f"cycle.{rule}"), getattr(charter, rule), key=f"{place}_{rule}",
                         help=text(f"cycle.{rule}_help"))
        quorum, raters = st.columns(2)
        start = "" if charter.quorum is None else str(charter.quorum)
        quorum.text_input(text("cycle.quorum"), start, key=f"{place}_quorum",
                          help=text("cycle.quorum_help"))
        raters.text_input(text("cycle.raters"), str(charter.raters), key=f"{place}_raters",
                          help=text("cycle.raters_help"))
        st.form_submit_button(text("cycle.save_rules"), type="primary", on_click=_save,
                              args=(desk, place, charter))


def _save(desk: Desk, place: str, charter: Charter) -> None:
    state = st.session_state

    def build() -> Charter:
        quorum = _whole(desk, state[f"{place}_quorum"], "quorum")
        raters = _whole(desk, state[f"{place}_raters"], "raters")
        if raters is None:
            raise Invalid("empty", field="raters")
        return replace(
            charter, quorum=quorum, raters=raters,
            override=state[f"{place}_override"].strip(),
            tie_break=state[f"{place}_tie_break"].strip(),
        )  # fmt: skip

    send(desk, partial(_keep, desk), build, "cycle.rules_saved")


def _keep(desk: Desk, changed: Charter) -> Charter:
    """Save the rules; the last day to submit, which is not theirs, stays what it is."""
    now = charters.standing(desk.store, desk.person, desk.cycle, today())
    end = now.cycle.submit_by
    return charters.save(desk.store, desk.person, desk.cycle, changed, end, today())


def _whole(desk: Desk, typed: str, field: str) -> int | None:
    if not typed.strip():
        return None
    found = written.parse_number(typed, desk.language, field)
    if found != found.to_integral_value():
        raise Invalid("not-a-whole-number", field=field, found=typed, accepted="3")
    return int(found)


def _seal(desk: Desk, charter: Charter) -> None:
    text = desk.text
    st.subheader(text("cycle.seal"), anchor=False)
    st.markdown(said(text("cycle.seal_help")))
    on = st.date_input(
        text("cycle.seal_on"), max(charter.sealed_on or today(), today()), today(), LAST,
        format="YYYY-MM-DD", key="admin_cycle_seal_on", width=220,
    )
    if isinstance(on, date):
        components.confirm(
            desk, key="admin_cycle_seal", label=text("cycle.seal_act"),
            question=text("cycle.seal_question", day=on), act=partial(_put, desk, charter, on),
        )


def _put(desk: Desk, charter: Charter, on: date) -> None:
    def seal(read: Charter) -> Charter:
        return charters.seal(desk.store, desk.person, desk.cycle, read, on, today())

    send(desk, seal, lambda: charter, "cycle.seal_put")
