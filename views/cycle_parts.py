"""What the forms of a cycle share: the version they were opened on, and what came of saving it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from portfolio.cycle import Cycle, Envelope, Team
from portfolio.errors import Refusal, Stale
from portfolio.person import Role
from services import charters
from services.charters import Standing
from services.register_history import differences
from views import format as written
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.parts import small_table, today

REFUSED, AGAIN = "admin_cycle_refused", "admin_cycle_again"
PINNED = "admin_cycle_pinned"
Noun = TypeVar("Noun", bound=Any)  # a cycle or a charter


def pinned(desk: Desk, noun: Noun, part: str, field: str) -> tuple[Noun, str]:
    """The noun as the form of that part was opened on it, and how the form's keys begin.

    What is typed is sent over that version. It is read anew once the form's ``field`` has left the
    page, or once the form was saved.
    """
    held = st.session_state.setdefault(PINNED, {})
    name = f"admin_cycle_{part}_{desk.cycle}"
    if name in held:
        place = f"{name}_{held[name].version}"
        if f"{place}_{field}" in st.session_state:
            return held[name], place
    held[name] = noun
    return noun, f"{name}_{noun.version}"


def send(desk: Desk, act: Callable[[Any], object], build: Callable[[], Any], done: str) -> None:
    """Build what was typed and do the act with it; say that it is done, or keep what refused it."""
    for key in (REFUSED, AGAIN):
        st.session_state.pop(key, None)
    try:
        act(build())
    except Stale as stale:
        st.session_state[REFUSED], st.session_state[AGAIN] = stale, (act, done)
    except Refusal as refused:
        st.session_state[REFUSED] = refused
    else:
        st.session_state.pop(PINNED, None)
        components.tell(desk.text(done))


def outcome(desk: Desk) -> None:
    """What refused the last act; of one that came too late both versions, and the choice."""
    refused = st.session_state.get(REFUSED)
    if refused is None:
        return
    if not isinstance(refused, Stale) or refused.facts.get("theirs") is None:
        st.session_state.pop(REFUSED)
        components.error(desk, refused)
        return
    mine, theirs = refused.facts["yours"], refused.facts["theirs"]
    st.warning(said(desk.text("cycle.stale")))
    rows = [
        (desk.text.field(c.field), _told(desk, mine, c.field), _told(desk, theirs, c.field))
        for c in differences(mine, theirs)
    ]
    head = [desk.text(f"cycle.{name}") for name in ("field", "mine", "theirs")]
    small_table(head, rows, name=desk.text("cycle.both"))
    with st.container(horizontal=True):
        st.button(desk.text("cycle.keep_mine"), key="admin_cycle_keep_mine", type="primary",
                  on_click=_keep_mine, args=(desk, mine, theirs))
        st.button(desk.text("cycle.take_theirs"), key="admin_cycle_take_theirs",
                  on_click=_take_theirs)


def _keep_mine(desk: Desk, mine: Any, theirs: Any) -> None:  # noqa: ANN401  the same noun twice
    act, done = st.session_state[AGAIN]
    send(desk, act, lambda: replace(mine, version=theirs.version), done)


def _take_theirs() -> None:
    for key in (REFUSED, AGAIN, PINNED):
        st.session_state.pop(key, None)


def _told(desk: Desk, noun: object, field: str) -> str:
    """A field of a cycle or of a charter, in words."""
    value = getattr(noun, field)
    if isinstance(value, date):
        return desk.day(value)
    if field in ("envelopes", "teams"):
        return " ; ".join(_line(desk, one) for one in value)
    if field == "thresholds":
        return " ; ".join(desk.money(one) for one in value)
    if field == "discount":
        return desk.percent(value)
    if field == "horizon":
        return f"{value.label(0)} … {value.label(value.periods - 1)}"
    if field in ("title", "call", "source"):
        return str(value.in_(desk.language))
    return desk.text("common.none") if value in (None, "") else str(value)


def _line(desk: Desk, one: Envelope | Team) -> str:
    """« PDI : 100 · 40 k$ »."""
    if isinstance(one, Team):
        return f"{one.code} : {' · '.join(desk.number(days) for days in one.capacity)}"
    amounts = " · ".join(written.thousands(cents, desk.language) for cents in one.limits or ())
    return f"{one.code} : {amounts} k$ ({desk.percent(one.carry)})"


def until(desk: Desk, left: int) -> str:
    """« aujourd'hui », « demain », « dans 12 jours », « il y a 3 jours »."""
    if left in (0, 1):
        return desk.text(f"cycle.left.{left}")
    return desk.text("cycle.left.ahead" if left > 0 else "cycle.left.ago", n=abs(left))


def in_short(desk: Desk, found: Standing) -> str:
    """Until when proposals may be submitted, and the next day that asks something of the person."""
    text, due = desk.text, found.due
    end = next((one for one in found.deadlines if one.name == "submit_by"), None)
    if end is None and due is None:
        return ""
    opens = next((one for one in found.deadlines if one.name == "opens"), None)
    parts = []
    if opens is not None and opens.left > 0:
        parts.append(text("cycle.opens_on", day=opens.on, left=until(desk, opens.left)))
    elif end is not None and end.left >= 0:
        parts.append(text("cycle.submit_until", day=end.on, left=until(desk, end.left)))
    elif end is not None:
        parts.append(text("cycle.submit_over", day=end.on))
    if due is not None and due.name not in ("opens", "submit_by"):
        parts.append(
            text(f"cycle.next.{due.name}", day=due.on, left=until(desk, due.left))
        )
    return " · ".join(parts)


def of_cycle(desk: Desk, cycle: Cycle) -> str:
    return f"{cycle.code} · {cycle.title.in_(desk.language)}"


def extended(desk: Desk, found: Standing) -> None:
    """Tell a lead of the time that was given to her own proposals."""
    if not desk.has(Role.LEAD):
        return
    for one in found.extensions:
        if one.until >= today():
            told = desk.text("cycle.extension_mine", project=one.project, day=one.until,
                             reason=plain(one.reason))
            st.info(said(told), icon=":material/more_time:")


def window(desk: Desk, project: str) -> None:
    """Tell a lead until when she may submit that proposal; or that it is too early, or too late."""
    found = charters.time_for(desk.store, desk.person, desk.cycle, project, today())
    if found.until is None:
        return
    left = until(desk, (found.until - today()).days)
    told = said(desk.text(f"cycle.window.{found.why}", day=found.until, left=left))
    if found.is_open:
        st.markdown(f":material/event: {told}")
    else:
        st.warning(told, icon=":material/event_busy:")


def call(desk: Desk) -> None:
    """At the head of proposals: until when, more time given, and what the call asks."""
    found = charters.standing(desk.store, desk.person, desk.cycle, today())
    if days := in_short(desk, found):
        st.markdown(f":material/event: {said(days)}.")
    extended(desk, found)
    asked = found.charter.call.in_(desk.language)
    if asked.strip():
        with st.expander(desk.text("cycle.what_is_asked")):
            st.markdown(plain(asked).replace("\n", "  \n"))
