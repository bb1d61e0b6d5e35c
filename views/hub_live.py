"""A tool's server asked for one project: the address, the project, a token that is not kept."""

from collections.abc import Callable
from uuid import uuid4

import streamlit as st

from portfolio.errors import Refusal
from services import hub_live
from services.hub import Source
from services.hub_live import Asked
from services.jobs import Job
from views import solving
from views.desk import Desk
from views.look import components
from views.look.components import said

UNDER_WAY, REFUSED = "hub_job", "hub_live_refused"
TOKEN, URL, PROJECT, TOOL = "hub_token", "hub_url", "hub_project", "hub_tool"


def show(desk: Desk, kept: str, tried: Callable[[tuple[str, ...], Source], object]) -> None:
    """The form; then how far the reading is; what it gives is put under ``kept``, as ``tried``."""
    text = desk.text
    st.markdown(said(text("hub.live_help")))
    with st.form("hub_live", border=False):
        left, right = st.columns(2)
        with left:
            st.selectbox(
                text("hub.tool_label"), list(hub_live.FETCHES), key=TOOL,
                format_func=lambda one: text(f"hub.tool.{one}"),
            )
            st.text_input(text("hub.url"), key=URL, placeholder="https://sonar.exemple.ca")
        with right:
            st.text_input(text("hub.project"), key=PROJECT, help=text("hub.project_help"))
            st.text_input(text("hub.token"), key=TOKEN, type="password",
                          help=text("hub.token_help"))  # fmt: skip
        st.form_submit_button(
            text("hub.fetch"), icon=":material/cloud_download:", on_click=_start, args=(desk,)
        )
    refused = st.session_state.get(REFUSED)
    if refused is not None:
        components.error(desk, refused)
    _follow(desk, kept, tried)


def _start(desk: Desk) -> None:
    """Ask the server, beside the page; the token leaves the session at once."""
    state = st.session_state
    asked = Asked(state[TOOL], state[URL], state[PROJECT], state[TOKEN])
    state[TOKEN] = ""
    name = f"hub-live-{uuid4()}"
    state[UNDER_WAY] = name
    state.pop(REFUSED, None)

    def work(job: Job) -> Source:
        return hub_live.fetch(desk.store, desk.person, asked, job)

    desk.jobs.start(name, work, aside=True)


def _follow(desk: Desk, kept: str, tried: Callable[[tuple[str, ...], Source], object]) -> None:
    name = st.session_state.get(UNDER_WAY)
    job = desk.jobs.get(name) if name else None
    if job is None:
        return
    if not job.is_done:
        solving.alongside(desk, job, desk.text("hub.fetching"), "hub")
        return
    desk.jobs.forget(name)
    del st.session_state[UNDER_WAY]
    try:
        st.session_state[kept] = tried((), job.future.result())
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        components.error(desk, refused)
