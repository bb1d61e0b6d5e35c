"""Écarts: on which projects do we disagree, and does it change the result?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from portfolio.person import Person, Role
from portfolio.plan import NoPlan
from services import agenda, agreement, bench
from services.agenda import Agenda
from services.agreement import Agreement, Stop
from services.scenarios import Asked
from services.tradeoffs import Working
from views import (
    agreement_agenda,
    agreement_charts,
    agreement_history,
    agreement_minutes,
    agreement_over_all,
    agreement_words,
    solving,
)
from views.desk import Desk
from views.look import components

if TYPE_CHECKING:
    from data.store import Store



@dataclass(frozen=True)
class Shown:
    """What the sections read.

    found   the agenda as it stands; None while there is no plan to change
    """

    desk: Desk
    asked: Asked
    seen: Agreement
    found: Working[Agenda] | None
    stop: Stop


def render(desk: Desk) -> None:
    """The answer first; then one section at a time, the agenda being worked out beside the page."""
    text = desk.text
    head = st.empty()
    with head.container():
        st.title(text("agreement.title"), anchor=False)
    whole = solving.portfolio(desk)
    if whole is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="agreement_bar"):
        asked = solving.choose(desk, whole, "agreement_which")
        section = _section(desk)
    seen = read(bench.stamp(desk.store, desk.person), desk.cycle, desk.store, desk.person)
    found = _agenda(desk, asked) if seen.raters else None
    known = found.result if found else None
    shown = Shown(desk, asked, seen, found, agreement.stop(asked.registry, known))
    with head.container():
        answer = agreement_words.answer(desk, shown.stop, known)
        components.page_head(desk, text("agreement.title"), answer)
    if not seen.raters and section != "minutes":
        components.empty_state(text("agreement.nobody"))
        return
    SECTIONS[section](shown)


def _section(desk: Desk) -> str:
    return st.segmented_control(
        desk.text("agreement.section"),
        list(SECTIONS),
        default=next(iter(SECTIONS)),
        required=True,
        format_func=lambda name: desk.text(f"agreement.section_{name}"),
        key="agreement_section",
    )


@st.cache_resource(max_entries=16, show_spinner=False)
def read(stamp: str, cycle: str, _store: "Store", person: Person) -> Agreement:
    """Read again only when something in the store changed: ``stamp`` tells."""
    return agreement.view(_store, person, cycle)


def _agenda(desk: Desk, asked: Asked) -> Working[Agenda] | None:
    """The agenda as it stands, begun once the plan is there; what was left is looked for no more.

    None while the plan is looked for, or where there is none.
    """
    standing = solving.look(desk, asked, asked)
    solving.follow(desk, standing, asked)
    if standing.answered is None or standing.job is not None:
        return None
    plan = standing.answered.found
    if isinstance(plan, NoPlan):
        solving.no_plan(desk, asked, plan)
        return None
    solving.leave(desk, "agreement", bench.called(asked, plan))
    return agenda.agenda(desk.jobs, asked, plan, begin=True)


def _meeting(shown: Shown) -> None:
    """What to discuss, in order; whether to ask again; and the way to do it."""
    desk, found = shown.desk, shown.found
    if found is not None:
        solving.beside(desk, found, desk.text("agreement.job_agenda"), "agenda")
    if found is not None and found.result is not None:
        agreement_agenda.show(desk, shown.asked, shown.seen, found.result)
    may_ask = desk.has(Role.FACILITATOR)
    agreement_agenda.again(desk, shown.asked, shown.seen, shown.stop, may_ask)


def _apart(shown: Shown) -> None:
    agreement_charts.show(shown.desk, shown.seen)


def _agreed(shown: Shown) -> None:
    agreement_over_all.show(shown.desk, shown.seen)


def _past(shown: Shown) -> None:
    agreement_history.show(shown.desk, shown.seen)


def _minutes(shown: Shown) -> None:
    desk = shown.desk
    found = agreement_minutes.effects(desk, shown.asked)
    solving.beside(desk, found, desk.text("agreement.job_minutes"), "minutes")
    agreement_minutes.show(desk, shown.asked, found.result, shown.stop, shown.found)


SECTIONS: Mapping[str, Callable[[Shown], None]] = {
    "agenda": _meeting,
    "apart": _apart,
    "agreed": _agreed,
    "history": _past,
    "minutes": _minutes,
}
