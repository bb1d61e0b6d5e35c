"""The card that tells a project's lead why it is in or out: fit to be shown, and to be sent."""

from collections.abc import Sequence

import streamlit as st

from services.triage import Sorted
from services.why import Inquiry, Standing
from services.why_card import Card
from views import why_letter
from views.desk import Desk
from views.look import components
from views.look.components import Metric, plain, said
from views.plan_words import MOODS, PlanWords
from views.why_words import WhyWords


def show(desk: Desk, inquiry: Inquiry, standing: Standing, card: Card) -> None:
    """The card: what it lacks or brings, the ways in, who changes places, the rules at stake."""
    told = WhyWords(PlanWords(desk, inquiry), card)
    _statuses(told)
    if standing.sorted is not None:
        st.markdown(said(_stability(desk, standing.sorted)))
    _figures(told)
    if card.paths is not None and (line := told.shortest(card.paths)):
        st.markdown(f"**{said(line)}**")
    if card.is_in:
        _places(told, "replaced")
        _rules(told)
    else:
        left, right = st.columns(2, gap="large")
        with left:
            _ways(told, standing)
        with right:
            _places(told, "instead")
            _rules(told)
    letter = why_letter.write(told, inquiry)
    st.download_button(
        desk.text("why.card.download"),
        letter,
        file_name=f"{card.line.project}.html",
        mime="text/html",
        key="why_download",
        icon=":material/download:",
        on_click="ignore",
    )


def _statuses(told: WhyWords) -> None:
    desk, card = told.desk, told.card
    with st.container(horizontal=True, key="why_statuses"):
        components.status(desk.text(f"why.fate.{card.line.fate}"), MOODS[card.line.fate])
        components.badge(desk, card.proof)
    if card.ties:
        st.markdown(said(desk.text("why.card.ties", codes=told.words.codes(card.ties))))
    if card.line.reason:
        st.markdown(plain(card.line.reason))
    if card.lack is not None and not card.lack.is_exact:
        st.caption(desk.text("why.card.interval"))


def _stability(desk: Desk, line: Sorted) -> str:
    """« Retenu dans 31 % des pondérations tirées (± 5 %) »; and what is proved of it."""
    text = desk.text
    told = text("why.card.stability", share=line.share, error=line.error)
    if line.standing == "undecided":
        return told
    return f"{told} {text(f'why.card.stability_{line.standing}')}"


def _figures(told: WhyWords) -> None:
    desk, card = told.desk, told.card
    text, name = desk.text, "worth" if card.is_in else "lack"
    figures = [
        Metric(
            text("why.card.value"),
            desk.number(round(card.line.value, 1)),
            help=text("why.card.value_help"),
        ),
        Metric(text("why.card.cost"), desk.money(card.line.cost, compact=True)),
    ]
    if card.lack is not None:
        shown, help_ = told.lack(card.lack), text(f"why.card.{name}_help")
        figures.insert(0, Metric(text(f"why.card.{name}"), shown, help=help_))
    components.metric_row(figures)


def _ways(told: WhyWords, standing: Standing) -> None:
    text, card = told.desk.text, told.card
    st.header(text("why.card.ways"), anchor=False)
    if card.is_even:
        st.markdown(said(told.answer()))
        return
    lines = told.ways()
    if lines:
        st.caption(text("why.card.ways_help"))
        _listed(lines)
    elif standing.job is not None:
        st.caption(text("why.card.ways_soon"))
    paths = card.paths
    if paths is not None and paths.is_empty and paths.is_complete:
        st.markdown(text("why.card.ways_none"))
    if standing.is_cut:
        st.caption(text("why.card.ways_partial"))


def _places(told: WhyWords, name: str) -> None:
    """Who leaves to make room for it, or who would come in its place."""
    text, card = told.desk.text, told.card
    if card.lack is None and not card.others:
        return
    st.header(text(f"why.card.{name}"), anchor=False)
    if card.others:
        _listed([plain(line) for line in told.others(card.others)])
    else:
        st.markdown(text(f"why.card.{name}_none"))


def _rules(told: WhyWords) -> None:
    text, card = told.desk.text, told.card
    lines = told.rules()
    if not lines and card.is_in:
        return
    st.header(text("why.card.rules"), anchor=False)
    if lines:
        _listed(lines)
    elif card.blocked:
        st.caption(text("why.card.blocked_help"))
        _listed([text("why.card.stops", what=what) for what in told.blocked()])
    else:
        st.markdown(text("why.card.rules_none"))


def _listed(lines: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {line}" for line in lines))
