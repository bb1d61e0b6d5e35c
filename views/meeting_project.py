"""The project that a meeting speaks of: how far apart its raters are, what they say, what hangs."""

from datetime import UTC, datetime

import streamlit as st

from portfolio.clock import seconds_until
from portfolio.evaluation import Evaluation
from scoring.agreement import Dispersion
from services.agenda import Agenda, Line
from services.agreement import Agreement
from services.meetings import Room
from views import agreement_charts
from views import agreement_words as words
from views.desk import Desk
from views.look.components import plain, said
from views.parts import joined, named

DRAWN = 6  # criteria in sight, those that divide the most: the table has them all
TOLD = 3  # those whose sentences are in sight; the others are one click away


def show(desk: Desk, room: Room, seen: Agreement, known: Agenda | None, about: str) -> None:
    """Its name and the time left, who keeps silent, what hangs on it, then what was said of it."""
    name, clock = st.columns([4, 1], vertical_alignment="center")
    with name:
        st.header(plain(words.title(desk, seen, about)), anchor=False)
    with clock:
        if room.meeting.timer_ends:
            _countdown(desk, room.meeting.timer_ends)
    _silent(desk, room, about)
    line = next((one for one in known.lines if one.project == about), None) if known else None
    with st.container(key="meeting_project_answer"):
        st.markdown(said(_hangs(desk, known, line)))
    if seen.of(about):
        agreement_charts.one(desk, seen, about, DRAWN)
        _sentences(desk, seen, about)


@st.fragment(run_every=1)
def _countdown(desk: Desk, ends: str) -> None:
    """What is left until the moment that the chair set, by the server's clock on every screen."""
    left = seconds_until(ends, datetime.now(UTC))
    minutes, seconds = divmod(abs(left), 60)
    label = desk.text(f"meeting_agenda.{'left' if left >= 0 else 'over'}")
    st.metric(label, f"{minutes}:{seconds:02}", border=True)


def _silent(desk: Desk, room: Room, about: str) -> None:
    """Those who declared an interest take no part; she who reads this is told so first."""
    text = desk.text
    away = [seat.person for seat in room.seats if about in seat.away]
    if not desk.projection and any(person.code == desk.person.code for person in away):
        st.warning(said(text("meeting_agenda.keep_silent")), icon=":material/volume_off:")
    others = [p.name for p in away if desk.projection or p.code != desk.person.code]
    if others:
        st.markdown(said(text("meeting_agenda.silent", n=len(others), names=joined(desk, others))))


def _hangs(desk: Desk, known: Agenda | None, line: Line | None) -> str:
    """Whether the disagreement changes the result, from where, and who comes and goes then."""
    text = desk.text
    if line is None:
        is_known = known is not None and known.is_looked
        return text("meeting_agenda.agreed" if is_known else "agreement.answer_unknown")
    facts = {"value": round(line.value, 1), "error": round(line.error, 1)}
    if line.nearest is None:
        return text("meeting_agenda.harmless", **facts)
    return text(
        "meeting_agenda.matters",
        chance=words.line_chance(desk, line),
        threshold=words.threshold(desk, line),
        change=words.change(desk, line),
        **facts,
    )


def _sentences(desk: Desk, seen: Agreement, about: str) -> None:
    """Why each person rated as she did, on the criteria that divide the most first."""
    own = [one for one in seen.opinions if one.project == about]
    if not own:
        return
    text = desk.text
    ordered = sorted(seen.of(about), key=lambda one: (-(one.range or 0.0), -(one.iqr or 0.0)))
    st.header(text("meeting_agenda.said"), anchor=False)
    for one in ordered[:TOLD]:
        _criterion(desk, seen, one, own)
    if ordered[TOLD:]:
        with st.expander(text("meeting_agenda.said_more", n=len(ordered[TOLD:]))):
            for one in ordered[TOLD:]:
                _criterion(desk, seen, one, own)


def _criterion(
    desk: Desk, seen: Agreement, one: Dispersion, opinions: list[Evaluation]
) -> None:
    st.subheader(plain(words.criterion(desk, seen, one.criterion)), anchor=False)
    own = [o for o in opinions if o.criterion == one.criterion]
    ordered = sorted(own, key=lambda o: 1.0 if o.rating is None else -o.rating)
    st.markdown("\n".join(f"- {_opinion(desk, seen, opinion)}" for opinion in ordered))


def _opinion(desk: Desk, seen: Agreement, opinion: Evaluation) -> str:
    """« **4** · Aline Côté : « … » »."""
    text = desk.text
    level = text("rating.no_opinion") if opinion.rating is None else desk.number(opinion.rating)
    return text(
        "meeting_agenda.opinion",
        level=level,
        name=plain(named(seen.registry, opinion.evaluator)),
        why=plain(opinion.justification) or text("parts.not_given"),
    )
