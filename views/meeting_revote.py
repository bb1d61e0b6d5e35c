"""A round of scores in a meeting: asked on the projects spoken of, answered blind, revealed."""

import streamlit as st

from portfolio.person import Role
from services import rating
from services.agreement import Agreement, Stop
from services.rating import Turnout
from services.scenarios import Asked
from views import agreement_agenda, agreement_words, rating_lead
from views.desk import Desk
from views.look import components
from views.look.components import plain, said


def show(
    desk: Desk, question: Asked, seen: Agreement, stop: Stop, may: bool, about: str = ""
) -> None:
    """Whether to ask again, and for the chair the way; while a round is open, how many answered."""
    found = rating.turnout(desk.store, desk.person, desk.cycle)
    if found is None:
        agreement_agenda.again(desk, question, seen, stop, may, about)
        return
    agreement_agenda.refusal(desk)
    _awaited(desk, seen, found)
    if desk.has(Role.MEMBER) and not desk.projection:
        _own(desk, found, about)
    if may:
        rating_lead.awaited(desk)


def _awaited(desk: Desk, seen: Agreement, found: Turnout) -> None:
    """How many have answered, for the wall: never who, never what; then on which projects."""
    told = desk.text("meeting_agenda.given", **_facts(found))
    st.header(said(told), anchor=False)
    st.progress(found.given / found.asked if found.asked else 0.0)
    st.markdown(said(desk.text("agreement.stop.open", round=found.round.number)))
    names = (plain(agreement_words.title(desk, seen, code)) for code in found.round.projects)
    st.markdown("\n".join(f"- {name}" for name in names))


def _facts(found: Turnout) -> dict[str, int]:
    return {"n": found.done, "of": found.members, "given": found.given, "asked": found.asked}


def _own(desk: Desk, found: Turnout, about: str) -> None:
    """What a member has still to give, and the way to it."""
    text = desk.text
    sheet = rating.sheet(desk.store, desk.person, desk.cycle)
    left = [line for line in sheet.panel if not line.is_given]
    if not sheet.panel:
        components.status(text("meeting_agenda.mine_none"), "quiet")
    elif not left:
        components.status(text("meeting_agenda.mine_given"), "good")
    else:
        components.status(text("meeting_agenda.mine_left", n=len(left)), "warning")
        codes = [line.project.code for line in left]
        project = about if about in codes else codes[0]
        components.page_link(desk, "rating", text("meeting_agenda.to_rating"), project=project)
