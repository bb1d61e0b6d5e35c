"""Notices on the home page: what others did that concerns one, those not read first."""

from datetime import datetime

import streamlit as st

from portfolio.clock import HERE
from portfolio.notice import Notice
from services import notices
from views import notice_words
from views.desk import Desk
from views.look.components import page_link

SHOWN = 8


def show(desk: Desk) -> None:
    """The latest, each with the page where one acts on it; nothing when there is none."""
    every = notices.mine(desk.store, desk.person)
    if not every:
        return
    text = desk.text
    waiting = [notice for notice in every if not notice.read_at]
    st.header(text("notices.title"), anchor=False)
    st.markdown(text("notices.unread", n=len(waiting)) if waiting else text("notices.all_read"))
    if waiting:
        st.button(
            text("notices.read_all"), key="notices_read_all", icon=":material/done_all:",
            on_click=_read, args=(desk, tuple(notice.id for notice in waiting)),
        )
    for notice in waiting[:SHOWN]:
        _one(desk, notice)
    if len(waiting) > SHOWN:
        st.caption(text("notices.more", n=len(waiting) - SHOWN))
    before = [notice for notice in every if notice.read_at][:SHOWN]
    if before:
        with st.expander(text("notices.read", n=len(before))):
            for notice in before:
                _one(desk, notice)


def _one(desk: Desk, notice: Notice) -> None:
    key, query = notice_words.place(notice)
    with st.container(border=not notice.read_at):
        page_link(desk, key, notice_words.sentence(desk.text, notice), **query)
        st.caption(_when(desk, notice))


def _when(desk: Desk, notice: Notice) -> str:
    at = datetime.fromisoformat(notice.at).astimezone(HERE)
    return desk.text("notices.at", day=at.date(), hour=f"{at:%H:%M}")


def _read(desk: Desk, ids: tuple[int, ...]) -> None:
    notices.read(desk.store, desk.person, ids)
