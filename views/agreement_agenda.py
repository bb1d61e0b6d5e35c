"""The agenda of the meeting: what to discuss, in order, and a second round on what matters."""

import secrets
from collections.abc import Sequence

import streamlit as st

from portfolio import judgement
from portfolio.errors import Refusal
from portfolio.evaluation import Subject
from services import rounds
from services.agenda import Agenda, Line
from services.agreement import Agreement, Stop
from services.scenarios import Asked
from views import agreement_words as words
from views.desk import Desk
from views.look import charts, components
from views.look.components import plain, said
from views.look.tables import Column, table
from views.parts import joined, shortened

MOST, TOLD = 12, 6  # projects drawn, and told in a line each; the table has them all
REFUSED, REQUEST, CHOSEN = "agreement_refused", "agreement_request", "agreement_projects"


def show(desk: Desk, asked: Asked, seen: Agreement, known: Agenda) -> None:
    """The projects by the probability that their disagreement changes the selection."""
    text = desk.text
    if not known.lines:
        return
    rows = [_row(desk, seen, line) for line in known.lines]
    columns = _columns(desk)
    drawn = [row for row in rows if float(row["probability"]) >= words.LITTLE][:MOST]
    sentence = " ".join(filter(None, [text("agreement.agenda.sentence"), words.drawn(desk, known)]))
    name = text("agreement.section_agenda")
    if drawn:
        first, project = known.lines[0], Column("name", text("agreement.agenda.project"))
        most = words.chance(desk, first.probability)
        charts.chart(
            desk,
            charts.bars(desk, drawn, name=project, value=columns[2], label="shown"),
            title=text("agreement.agenda.title", project=first.project, most=most),
            sentence=sentence,
            rows=rows,
            columns=columns,
            key="agreement_agenda",
        )
        some = known.lines[: min(len(drawn), TOLD)]
        st.markdown("\n".join(f"- {told(desk, seen, line)}" for line in some))
    else:
        key = "agreement.agenda.title_none" if known.is_complete else "agreement.agenda.title_yet"
        st.header(said(text(key)), anchor=False)
        st.markdown(said(sentence))
        table(desk, rows, columns, key="agreement_agenda", name=name)
    st.caption(said(" ".join(words.premises(desk, asked, known))))


def told(desk: Desk, seen: Agreement, line: Line) -> str:
    """« **P10 · Inscription …** : 41,9 ± 1,8 points ; seuil sous 41,1 … ; critères 4.1 (40 %) »."""
    return desk.text(
        "agreement.agenda.line",
        project=plain(words.title(desk, seen, line.project)),
        chance=words.line_chance(desk, line),
        value=round(line.value, 1),
        error=round(line.error, 1),
        threshold=words.threshold(desk, line),
        change=words.change(desk, line),
        by=plain(words.about(desk, seen, line)),
    )


def _row(desk: Desk, seen: Agreement, line: Line) -> dict[str, object]:
    text = desk.text
    shown = words.line_chance(desk, line)
    turned = words.change(desk, line)
    return {
        "code": line.project,
        "title": words.title(desk, seen, line.project).partition(" · ")[2],
        "name": shortened(words.title(desk, seen, line.project), 46),
        "probability": line.probability,
        "at_most": line.at_most,
        "shown": shown,
        "value": line.value,
        "error": line.error,
        "threshold": words.threshold(desk, line),
        "change": turned,
        "by": words.about(desk, seen, line),
        "share": None if line.share is None else line.share.share,
        "share_error": None if line.share is None else line.share.error,
        "plan": text(f"tradeoffs.{'yes' if line.is_in else 'no'}"),
        "proved": text(f"tradeoffs.price.{'exact' if line.margin.is_proved else 'bounds'}"),
    }


def _columns(desk: Desk) -> tuple[Column, ...]:
    text = desk.text
    return (
        Column("code", text("agreement.agenda.code"), width="small"),
        Column("title", text("agreement.agenda.project"), width="medium"),
        Column("probability", text("agreement.agenda.probability"), "percent"),
        Column("at_most", text("agreement.agenda.at_most"), "percent"),
        Column("threshold", text("agreement.agenda.threshold"), width="medium"),
        Column("value", text("agreement.agenda.value"), "number"),
        Column("error", text("agreement.agenda.error"), "number"),
        Column("by", text("agreement.agenda.by"), width="medium"),
        Column("change", text("agreement.agenda.change"), width="medium"),
        Column("share", text("agreement.agenda.share"), "percent"),
        Column("share_error", text("agreement.agenda.share_error"), "percent"),
        Column("plan", text("agreement.agenda.plan"), width="small"),
        Column("proved", text("agreement.agenda.proved"), width="small"),
    )


def again(
    desk: Desk, asked: Asked, seen: Agreement, stop: Stop, may_ask: bool, about: str = ""
) -> None:
    """Whether to ask again, by the rule; and, for who may, the way to ask.

    about   a project spoken of, to be asked about with those that matter
    """
    text = desk.text
    st.header(text("agreement.again_title"), anchor=False)
    st.markdown(said(words.rule(desk, stop)))
    refusal(desk)
    open_one = judgement.open_round(asked.registry, Subject.SCORES)
    if open_one is not None:
        asks = [plain(words.title(desk, seen, code)) for code in open_one.projects]
        if asks:
            st.markdown("\n".join(f"- {line}" for line in asks))
        return
    if may_ask:
        _choose(desk, seen, stop, about)


def refusal(desk: Desk) -> None:
    """What refused the round just asked for."""
    if (refused := st.session_state.pop(REFUSED, None)) is not None:
        components.error(desk, refused)


def _choose(desk: Desk, seen: Agreement, stop: Stop, about: str) -> None:
    """The projects to ask about, those that matter and the one spoken of being chosen already."""
    text, state = desk.text, st.session_state
    codes = [project.code for project in seen.registry.projects if seen.of(project.code)]
    state.setdefault(REQUEST, secrets.token_hex(8))
    first = list(dict.fromkeys([*filter(None, [about]), *stop.projects]))
    chosen: Sequence[str] = st.multiselect(
        text("agreement.choose"),
        codes,
        default=[code for code in first if code in codes],
        format_func=lambda code: words.title(desk, seen, code),
        placeholder=text("agreement.choose_placeholder"),
        key=f"{CHOSEN}_{stop.round}_{'-'.join(first)}",
    )
    if not chosen:
        st.caption(text("agreement.choose_none"))
        return
    components.confirm(
        desk,
        key="agreement_begin",
        label=text("agreement.begin", n=len(chosen)),
        question=text("agreement.begin_question", n=len(chosen), codes=joined(desk, chosen)),
        act=lambda: _begin(desk, tuple(chosen)),
    )


def _begin(desk: Desk, projects: tuple[str, ...]) -> None:
    state = st.session_state
    try:
        opened = rounds.begin(
            desk.store, desk.person, desk.cycle, Subject.SCORES, projects, state.get(REQUEST)
        )
    except Refusal as refused:
        state[REFUSED] = refused
        return
    state.pop(REQUEST, None)
    components.tell(desk.text("agreement.begun", round=opened.number))
