"""The attachments of a proposal: by section, with who gave each and when; to take, add, remove."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import streamlit as st

from data.attachment_kinds import ACCEPTED, MEDIA
from portfolio.completeness import SECTIONS
from portfolio.dossier import Attachment
from portfolio.errors import Invalid, Refusal, Stale
from portfolio.project import Project
from services import attachments, cycles, proposals
from services.attachments import LONGEST_NOTE, MEGABYTE, MOST_ALL, MOST_EACH, OPINION, Offered
from views import format as written
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.parts import named

KEY = "proposals_attachments"
MOUNT, REFUSED = f"{KEY}_mount", f"{KEY}_refused"


def show(desk: Desk, project: Project, can_edit: bool) -> None:
    """The list of them; with ``can_edit`` a file can be added, and one's own taken away."""
    text = desk.text
    there = attachments.of_project(desk.store, desk.person, desk.cycle, project.code)
    st.header(text("attachments.title"), anchor=False)
    refused = st.session_state.pop(REFUSED, None)
    if isinstance(refused, Stale):
        st.warning(text("attachments.stale"))
    elif refused is not None:
        components.error(desk, refused)
    _summary(desk, there)
    _list(desk, project, there, can_edit)
    if can_edit:
        _add(desk, project)


def _list(
    desk: Desk, project: Project, there: Sequence[Attachment], can_edit: bool
) -> None:
    """The files by section, in the order of the form."""
    if not there:
        return
    known = cycles.registry(desk.store, desk.person, desk.cycle)
    held = {one.section for one in there}
    for section in (s for s in ("", *SECTIONS, OPINION) if s in held):
        st.markdown(f"**{plain(_section(desk, section))}**")
        for one in there:
            if one.section == section:
                who = named(known, one.by)
                _line(desk, one, who, can_edit and _is_removable(desk, project, one))


def _summary(desk: Desk, there: Sequence[Attachment]) -> None:
    if not there:
        st.caption(desk.text("attachments.none"))
        return
    size = _size(desk, sum(one.size for one in there))
    st.caption(desk.text("attachments.summary", n=len(there), size=size))


def _section(desk: Desk, section: str) -> str:
    if section in ("", OPINION):
        return desk.text("attachments.whole" if not section else "attachments.opinion")
    key = f"proposals.section.{section}"
    return desk.text(key) if desk.text.has(key) else section


def _size(desk: Desk, size: int) -> str:
    if size < MEGABYTE / 10:
        return desk.text("attachments.kilobytes", n=max(1, round(size / 1024)))
    return desk.text("attachments.megabytes", n=round(size / MEGABYTE, 1))


def _line(desk: Desk, one: Attachment, who: str, is_removable: bool) -> None:
    text = desk.text
    told = text(
        "attachments.line", size=_size(desk, one.size), who=plain(who),
        when=written.moment(datetime.fromisoformat(one.at)),
    )
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key=f"{KEY}_{one.number}"
    ):
        with st.container(width="stretch"):
            st.markdown(f"**{plain(one.name)}**  \n{said(told)}")
            if one.note:
                st.caption(plain(one.note))
        if one.is_confidential:
            components.status(text("attachments.confidential"), "warning")
        st.download_button(
            text("attachments.take"),
            partial(
                attachments.read, desk.store, desk.person, desk.cycle, one.project, one.number
            ),
            file_name=one.name, mime=one.media, key=f"{KEY}_take_{one.number}",
            icon=":material/download:", on_click="ignore",
        )
        if is_removable:
            components.confirm(
                desk, key=f"{KEY}_remove_{one.number}", label=text("attachments.remove"),
                question=text("attachments.remove_question", name=plain(one.name)),
                act=partial(_remove, desk, one),
            )


def _is_removable(desk: Desk, project: Project, one: Attachment) -> bool:
    return one.by == desk.person.code if one.section == OPINION else _writes(desk, project)


def _writes(desk: Desk, project: Project) -> bool:
    return project.lead == desk.person.code and project.stage in proposals.WRITABLE


def _remove(desk: Desk, one: Attachment) -> None:
    act = attachments.take_back if one.section == OPINION else attachments.remove
    try:
        act(desk.store, desk.person, desk.cycle, one)
    except Refusal as refused:
        st.session_state[REFUSED] = refused


def _add(desk: Desk, project: Project) -> None:
    text, mount = desk.text, st.session_state.get(MOUNT, 0)
    with st.expander(text("attachments.add"), icon=":material/attach_file:", key=f"{KEY}_add"):
        st.markdown(said(text("attachments.help", each=MOST_EACH, every=MOST_ALL, types=ACCEPTED)))
        with st.form(f"{KEY}_form_{mount}", border=False):
            st.file_uploader(
                text("attachments.file"), type=list(MEDIA), key=f"{KEY}_file_{mount}",
                max_upload_size=MOST_EACH,
            )
            if _writes(desk, project):
                st.selectbox(
                    text("attachments.section"), ("", *SECTIONS), key=f"{KEY}_section_{mount}",
                    format_func=partial(_section, desk), width=420,
                )
            st.text_input(
                text("attachments.note"), key=f"{KEY}_note_{mount}", max_chars=LONGEST_NOTE
            )
            st.checkbox(
                text("attachments.is_confidential"), key=f"{KEY}_confidential_{mount}",
                help=text("attachments.confidential_help"),
            )
            st.form_submit_button(
                text("attachments.act"), type="primary", on_click=_give, args=(desk, project, mount)
            )


def _give(desk: Desk, project: Project, mount: int) -> None:
    """Keep the file; the fields start anew only once it is kept."""
    typed = {
        name: st.session_state.get(f"{KEY}_{name}_{mount}")
        for name in ("file", "section", "note", "confidential")
    }
    file = typed["file"]
    if file is None:
        st.session_state[REFUSED] = Invalid("empty", field=desk.text("attachments.file"))
        return
    offered = Offered(
        file.name, file.getvalue(), typed["section"] or "", typed["note"] or "",
        bool(typed["confidential"]),
    )
    try:
        attachments.add(desk.store, desk.person, desk.cycle, project.code, offered)
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    st.session_state[MOUNT] = mount + 1
    components.tell(desk.text("attachments.done", name=offered.name))
