"""Devices that follow a meeting: shown again when something happened, never under one's fingers."""

import streamlit as st

from services import meetings
from views.desk import Desk
from views.meeting_parts import SENT

NAME, PULSE = "arbitrage_typing", "meeting_pulse"
WATCHING, TYPING = "meeting_watching", "meeting_typing"
_SCRIPT = """
const FIELDS = ":is([data-testid=stTextArea], [data-testid=stTextInput]) :is(textarea, input)";
const before = new Map();  // a field's key -> what it held when one came to it
let sent = null, told = false;

const key_of = (field) => {  // its element may be drawn anew under one's fingers, its key stays
  const around = field.closest('[class*="st-key-"]');
  return [...(around?.classList ?? [])].find((name) => name.startsWith("st-key-"));
};
const field_of = (key) => document.querySelector(`.${CSS.escape(key)} :is(textarea, input)`);

export default function ({ data, setStateValue }) {
  if (sent !== data.sent) {
    sent = data.sent;
    for (const key of before.keys()) before.set(key, field_of(key)?.value);
  }
  const tell = () => {
    for (const key of before.keys()) if (!field_of(key)) before.delete(key);
    const is_typing = [...before].some(([key, held]) => field_of(key).value !== held);
    if (is_typing !== told) { told = is_typing; setStateValue("typing", is_typing); }
  };
  const come = ({ target }) => {
    const key = target.matches?.(FIELDS) && key_of(target);
    if (key && !before.has(key)) before.set(key, target.value);
  };
  tell();
  document.addEventListener("focusin", come);
  document.addEventListener("input", tell);
  const often = setInterval(tell, 500);
  return () => {
    document.removeEventListener("focusin", come);
    document.removeEventListener("input", tell);
    clearInterval(often);
  };
}
"""


@st.cache_resource(show_spinner=False)
def _component():  # noqa: ANN202  a mounting command of Streamlit's
    return st.components.v2.component(NAME, js=_SCRIPT)


def is_typing() -> bool:
    """Whether the person has typed what she has not sent: her screen is then left where it is."""
    return bool(st.session_state.get(TYPING))


def watch() -> None:
    """Be told of what is typed; at the end of the page, where it takes no room."""
    data = {"sent": st.session_state.get(SENT, 0)}
    _component()(data=data, key=WATCHING, on_typing_change=_heard)


def _heard() -> None:
    st.session_state[TYPING] = st.session_state[WATCHING]["typing"]


def listen(desk: Desk, stamp: str) -> None:
    """Show the page again within two seconds of anything that happened elsewhere in the house."""
    st.session_state[PULSE] = stamp
    _listen(desk)


@st.fragment(run_every=1)
def _listen(desk: Desk) -> None:
    if meetings.pulse(desk.store, desk.person, desk.cycle) != st.session_state.get(PULSE):
        st.rerun()
