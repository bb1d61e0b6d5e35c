"""Keys that bring one to a field of the page: what buttons' own shortcuts cannot do."""

from collections.abc import Mapping

import streamlit as st

NAME = "arbitrage_keys"
_SCRIPT = """
export default function ({ data }) {
  const within = "input, textarea, select, [contenteditable=true]";
  const go = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(within)) return;
    const place = data[event.key.toLowerCase()];
    const field = place && document.querySelector(`.st-key-${place} :is(textarea, input)`);
    if (!field || field.disabled) return;
    event.preventDefault();
    field.focus();
    field.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", go);
  return () => document.removeEventListener("keydown", go);
}
"""


@st.cache_resource(show_spinner=False)
def _component():  # noqa: ANN202  a mounting command of Streamlit's
    return st.components.v2.component(NAME, js=_SCRIPT)


def fields(places: Mapping[str, str]) -> None:
    """Let each key, typed outside a field, bring one to the field in the container of that key."""
    _component()(data=dict(places), key="keys")
