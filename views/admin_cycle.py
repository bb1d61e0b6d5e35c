"""The cycle, kept in order by administrators: its days, rules, money, teams; and the next one."""

from collections.abc import Callable

import streamlit as st

from services import charters
from services.charters import Standing
from views import cycle_calendar, cycle_charter, cycle_money, cycle_new, cycle_settings
from views.cycle_parts import in_short, outcome
from views.desk import Desk
from views.look.components import said
from views.parts import today

CHOSEN = "admin_cycle_part"
PARTS: dict[str, Callable[[Desk, Standing], None]] = {
    "calendar": cycle_calendar.show,
    "charter": cycle_charter.show,
    "envelopes": cycle_money.show_envelopes,
    "teams": cycle_money.show_teams,
    "settings": cycle_settings.show,
    "new": cycle_new.show_after,
}


def show(desk: Desk) -> None:
    """What stands in the cycle, in a sentence; then one of its parts, chosen."""
    if not desk.cycle:
        outcome(desk)
        st.markdown(said(desk.text("cycle.none_yet")))
        cycle_new.show(desk, None)
        return
    found = charters.standing(desk.store, desk.person, desk.cycle, today())
    text = desk.text
    st.header(said(found.cycle.title.in_(desk.language)), anchor=False)
    st.markdown(said(_sentence(desk, found)))
    st.session_state.setdefault(CHOSEN, "calendar")
    part = st.segmented_control(
        text("cycle.part_label"), list(PARTS), required=True, key=CHOSEN,
        format_func=lambda key: text(f"cycle.part.{key}"), label_visibility="collapsed",
    )
    outcome(desk)
    PARTS[part or "calendar"](desk, found)


def _sentence(desk: Desk, found: Standing) -> str:
    """Until when, what comes next, and whether the rules stand."""
    text = desk.text
    days = in_short(desk, found) or text("cycle.no_day")
    if found.since is None:
        planned = found.charter.sealed_on
        rules = text("cycle.will_stand", day=planned) if planned else text("cycle.still_open")
    else:
        rules = text("cycle.sealed" if found.is_sealed else "cycle.stands", day=found.since)
    return f"{days}. {rules}"
