"""Procès-verbaux et lettres: a meeting's papers for the committee, to each lead her own letters."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

import streamlit as st

from data.exporters.paper import Language
from portfolio.confidential import JUDGES
from portfolio.errors import Refusal
from portfolio.meeting import Meeting
from portfolio.person import Role
from portfolio.record import Proceedings
from portfolio.reply import Reply
from services import packs, papers
from services.permission import COMMITTEE
from views import paper_files
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.minutes_paper import Minutes
from views.paper_files import KINDS, MIMES
from views.paper_words import of_record, of_reply
from views.reply_paper import Letter
from views.text import LANGUAGES

KEY, ALONE = "decisions_papers", "decisions_papers_alone"
LETTER = "letter"  # the name of the project in the page's address


def show(desk: Desk) -> None:
    """One's own letters first, then the papers of a meeting, for those who may read them."""
    text = desk.text
    st.header(text("papers.title"), anchor=False)
    mine = papers.mine(desk.store, desk.person, desk.cycle)
    held = papers.closed(desk.store, desk.person, desk.cycle) if desk.has(*COMMITTEE) else ()
    if not (mine or held):
        key = "none" if desk.has(*COMMITTEE) else "none_mine"
        components.empty_state(text(f"papers.{key}"))
        return
    language = _language(desk)
    if mine:
        _mine(desk, mine, language)
    if held:
        _meeting(desk, _chosen(desk, held), language)


def _language(desk: Desk) -> Language:
    """The language of the files; one's own unless chosen otherwise."""
    chosen = st.segmented_control(
        desk.text("papers.language"), LANGUAGES, default=desk.language, required=True,
        format_func=lambda name: desk.text(f"papers.in_{name}"), key=f"{KEY}_language",
    )  # fmt: skip
    return cast("Language", chosen)


def _mine(desk: Desk, mine: Sequence[Reply], language: Language) -> None:
    """Each letter's first sentence, and its files; the one asked for in the address first."""
    asked = st.query_params.get(LETTER, "")
    st.subheader(desk.text("papers.mine"), anchor=False)
    for at, reply in enumerate(sorted(mine, key=lambda one: one.decided.project != asked)):
        words = of_reply(desk.text, reply)
        told = Letter(reply, words).answer()
        project = components.plain(words.project(reply.decided.project))
        st.markdown(f"**{project}**{desk.text('parts.colon')} {said(told)}")
        _letter(desk, reply, language, f"mine_{at}")


def _letter(desk: Desk, reply: Reply, language: Language, key: str) -> None:
    with st.container(horizontal=True):
        for kind in KINDS:
            name = f"{paper_files.letter_name(reply, language)}.{kind}"
            _file(desk, f"letter_{kind}", partial(paper_files.letter, reply, language, kind), name,
                  key)  # fmt: skip


def _chosen(desk: Desk, held: Sequence[Meeting]) -> Meeting:
    """The meeting whose papers are shown; the latest by default."""
    if len(held) == 1:
        return held[0]
    by_number = {one.number: one for one in held}
    number = st.selectbox(
        desk.text("papers.meeting"), list(by_number), key=f"{KEY}_meeting",
        format_func=lambda n: desk.text("papers.called", n=n, day=by_number[n].on),
    )  # fmt: skip
    return by_number[number]


def _meeting(desk: Desk, meeting: Meeting, language: Language) -> None:
    """What the minutes say first, their files, and the letters."""
    text = desk.text
    record = papers.proceedings(desk.store, desk.person, desk.cycle, meeting.number)
    st.subheader(text("papers.called", n=meeting.number, day=meeting.on), anchor=False)
    told = Minutes(record, of_record(text, record))
    st.markdown(said(told.answer()))
    until = {"day": record.correction_until, "number": record.number}
    st.caption(said(text("papers.version", **until)))
    _minutes(desk, record, language)
    st.subheader(text("papers.letters"), anchor=False)
    _letters(desk, meeting.number, language)


def _minutes(desk: Desk, record: Proceedings, language: Language) -> None:
    name = paper_files.minutes_name(record.meeting, language)
    with st.container(horizontal=True):
        for kind in KINDS:
            made = partial(paper_files.minutes, record, language, kind)
            _file(desk, f"minutes_{kind}", made, f"{name}.{kind}")
        book = f"{paper_files.workbook_name(record.meeting, language)}.xlsx"
        _file(desk, "workbook", partial(paper_files.workbook, record, language), book)
    if desk.has(*JUDGES) and record.freezes:
        name = f"{paper_files.pack_name(record.meeting, language)}.zip"
        _file(desk, "pack", partial(_pack, desk, record, language), name)
        st.caption(said(desk.text("papers.pack_help")))


def _pack(desk: Desk, record: Proceedings, language: Language) -> bytes:
    """All that replays the meeting without the house, and its minutes."""
    papers_of = paper_files.beside(record, language)
    return packs.pack(desk.store, desk.person, desk.cycle, record.meeting, papers_of)


def _letters(desk: Desk, meeting: int, language: Language) -> None:
    """One letter, all of them, and for who runs the cycle, telling the leads."""
    text = desk.text
    replies = papers.replies(desk.store, desk.person, desk.cycle, meeting)
    if not replies:
        st.caption(text("papers.no_letter"))
        return
    by_code = {one.decided.project: one for one in replies}
    code = st.selectbox(
        text("papers.of"), list(by_code), key=f"{KEY}_of",
        format_func=lambda code: of_reply(text, by_code[code]).project(code),
    )  # fmt: skip
    chosen = by_code[code]
    st.markdown(said(Letter(chosen, of_reply(text, chosen)).answer()))
    _letter(desk, chosen, language, "one")
    with st.container(horizontal=True):
        name = paper_files.letters_name(meeting, language)
        _file(desk, "letters_zip", partial(paper_files.letters, replies, language), name)
        if desk.has(Role.FACILITATOR):
            components.confirm(
                desk, key=f"{KEY}_send", label=text("papers.send"),
                question=text("papers.send_question", n=len(replies)),
                act=partial(_send, desk, meeting),
            )  # fmt: skip
    if alone := st.session_state.pop(ALONE, ()):
        st.warning(said(text("papers.alone", n=len(alone), codes=alone)))


def _send(desk: Desk, meeting: int) -> None:
    try:
        sent = papers.send(desk.store, desk.person, desk.cycle, meeting)
    except Refusal as refusal:
        components.tell(desk.refusal(refusal))
        return
    components.tell(desk.text("papers.sent", n=sent.told))
    st.session_state[ALONE] = sent.alone


def _file(
    desk: Desk, label: str, made: Callable[[], bytes], name: str, key: str = ""
) -> None:  # fmt: skip
    """A file that is made when it is asked for."""
    st.download_button(
        desk.text(f"papers.{label}"), made, file_name=name, mime=MIMES[name.rpartition(".")[2]],
        key="_".join(filter(None, (KEY, label, key))), icon=":material/download:",
        on_click="ignore",
    )  # fmt: skip
