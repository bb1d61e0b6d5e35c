"""The rules of a cycle, and the seal after which they no longer change."""

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from portfolio.charter import Charter, Majority, Undecided
from portfolio.errors import Invalid
from services import charters
from services.charters import Standing
from views import format as written
from views import meeting_rules
from views.cycle_parts import pinned, send
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.parts import facts, paragraph, today
from views.register_fields import LAST

OF_VOTES = ("quorum", "majority", "is_secret", "undecided", "raters", "correction_days")
CHOICES = {"majority": Majority, "undecided": Undecided}


def show(desk: Desk, found: Standing) -> None:
    """The rules as they stand; while they may change, the form and the seal."""
    if found.since is not None:
        _stands(desk, found)
    else:
        _form(desk, *pinned(desk, found.charter, "rules", "override"))
    with st.expander(desk.text("meeting.rules_head")):
        meeting_rules.show(desk, found.charter)
    if found.since is None:
        _seal(desk, found.charter)


def _stands(desk: Desk, found: Standing) -> None:
    text, charter = desk.text, found.charter
    st.info(said(text("cycle.rules_stand", day=found.since)), icon=":material/lock:")
    for rule in ("override", "tie_break"):
        paragraph(desk, text(f"cycle.{rule}"), getattr(charter, rule), text("cycle.unwritten"))
    facts(desk, [(text(f"cycle.{rule}"), rule_words(desk, charter, rule)) for rule in OF_VOTES])


def rule_words(desk: Desk, charter: Charter, rule: str) -> str:
    """What the rule says, in a few words."""
    text, value = desk.text, getattr(charter, rule)
    if rule == "is_secret":
        return text(f"cycle.secret.{'yes' if value else 'no'}")
    if rule in CHOICES:
        return text(f"cycle.{rule}_is.{value}")
    return text("cycle.no_quorum") if value is None else desk.number(value)


def _form(desk: Desk, charter: Charter, place: str) -> None:
    text = desk.text
    st.markdown(said(text("cycle.rules_help")))
    with st.form(place, enter_to_submit=False):
        for rule in ("override", "tie_break"):
            st.text_area(text(f"cycle.{rule}"), getattr(charter, rule), key=f"{place}_{rule}",
                         help=text(f"cycle.{rule}_help"))
        _of_votes(desk, charter, place)
        st.form_submit_button(text("cycle.save_rules"), type="primary", on_click=_save,
                              args=(desk, place, charter))


def _of_votes(desk: Desk, charter: Charter, place: str) -> None:
    """Who must be there, what carries a vote, what closing does: two by two."""
    text = desk.text
    for row in ("quorum", "raters"), ("majority", "undecided"), ("correction_days", "is_secret"):
        for column, rule in zip(st.columns(2), row, strict=True):
            key, help = f"{place}_{rule}", text(f"cycle.{rule}_help")
            value = getattr(charter, rule)
            if rule in CHOICES:
                each = list(CHOICES[rule])
                column.selectbox(
                    text(f"cycle.{rule}"), each, index=each.index(value), key=key, help=help,
                    format_func=lambda one, rule=rule: text(f"cycle.{rule}_is.{one}"),
                )
            elif rule == "is_secret":
                column.toggle(text("cycle.is_secret_default"), value, key=key, help=help)
            else:
                start = "" if value is None else str(value)
                column.text_input(text(f"cycle.{rule}"), start, key=key, help=help)


def _save(desk: Desk, place: str, charter: Charter) -> None:
    state = st.session_state

    def build() -> Charter:
        return replace(
            charter,
            quorum=_whole(desk, state[f"{place}_quorum"], "quorum"),
            **{rule: _needed(desk, state[f"{place}_{rule}"], rule)
               for rule in ("raters", "correction_days")},
            **{rule: state[f"{place}_{rule}"] for rule in ("majority", "undecided", "is_secret")},
            override=state[f"{place}_override"].strip(),
            tie_break=state[f"{place}_tie_break"].strip(),
        )  # fmt: skip

    send(desk, partial(_keep, desk), build, "cycle.rules_saved")


def _keep(desk: Desk, changed: Charter) -> Charter:
    """Save the rules; the last day to submit, which is not theirs, stays what it is."""
    now = charters.standing(desk.store, desk.person, desk.cycle, today())
    end = now.cycle.submit_by
    return charters.save(desk.store, desk.person, desk.cycle, changed, end, today())


def _needed(desk: Desk, typed: str, field: str) -> int:
    found = _whole(desk, typed, field)
    if found is None:
        raise Invalid("empty", field=field)
    return found


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
