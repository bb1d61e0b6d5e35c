"""Coût de l'attente: what we owe, what it costs, what one more year costs; for a council."""

from functools import partial

import streamlit as st

from portfolio.errors import Forbidden, Invalid
from portfolio.waiting import MOST_DISCOUNT, MOST_YEARS, Terms, terms_of
from services import cycles, debt_report
from services.debt_report import Council
from views import format as written
from views import waiting_credits, waiting_report, waiting_tables
from views.desk import Desk
from views.look import components
from views.look.components import Metric, said
from views.parts import small_table, today
from views.text import LANGUAGES
from views.waiting_report import Told

SECTIONS = ("brief", "systems", "services", "items", "credits")


def render(desk: Desk) -> None:
    """The answer; the council's page, then the figures by system, service and item."""
    text = desk.text
    if not desk.cycle:
        components.page_head(desk, text("waiting.title"), text("waiting.empty"))
        components.page_link(desk, "imports", text("home.empty_import"))
        return
    head = st.empty()
    with head.container():
        st.title(text("waiting.title"), anchor=False)
    bar = st.container(horizontal=True, vertical_alignment="bottom", key="waiting_bar")
    on = _terms(desk, bar)
    try:
        found = debt_report.council(desk.store, desk.person, desk.cycle, today(), on)
    except Forbidden:
        components.empty_state(text("waiting.not_allowed"))
        return
    told, is_owed = Told(found, text), bool(found.wait.items)
    with head.container():
        answer = told.answer if is_owed else text("waiting.none")
        components.page_head(desk, text("waiting.title"), answer)
    if not is_owed:
        return
    with bar:
        section = _section(desk)
        _downloads(desk, found)
    if section == "brief":
        _brief(desk, told)
    elif section == "credits":
        waiting_credits.show(desk)
    else:
        waiting_tables.show(desk, section, found.wait)


def _section(desk: Desk) -> str:
    return st.segmented_control(
        desk.text("waiting.section"),
        SECTIONS,
        default="brief",
        required=True,
        format_func=lambda name: desk.text(f"waiting.section_{name}"),
        key="waiting_section",
    )


def _terms(desk: Desk, bar: st.delta_generator.DeltaGenerator) -> Terms:
    """The terms typed, the cycle's own where nothing is typed or what is typed cannot be read."""
    text = desk.text
    known = {cycle.code: cycle for cycle in cycles.cycles(desk.store, desk.person)}
    usual = terms_of(known[desk.cycle])
    with bar, st.popover(text("waiting.terms"), icon=":material/tune:"):
        discount = st.text_input(
            text("waiting.discount"),
            desk.percent(usual.discount),
            key="waiting_discount",
            help=text("waiting.discount_help"),
        )
        years = st.text_input(
            text("waiting.years"),
            desk.number(usual.years),
            key="waiting_years",
            help=text("waiting.years_help"),
        )
        try:
            on = _typed(desk, discount, years)
        except Invalid as refusal:
            components.error(desk, refusal)
            on = usual
        told = text("waiting.terms_told", years=on.years, discount=on.discount)
        st.caption(said(told))
    return on


def _typed(desk: Desk, discount: str, years: str) -> Terms:
    text, language = desk.text, desk.language
    label = text("waiting.years")
    whole = written.parse_number(years, language, label)
    if whole != int(whole) or not 1 <= whole <= MOST_YEARS:
        accepted = text("waiting.too_many_years")
        raise Invalid("not-a-whole-number", field=label, found=years, accepted=accepted)
    label = text("waiting.discount")
    share = written.parse_percent(discount, language, label)
    if not 0 <= share <= MOST_DISCOUNT:
        low, high = desk.percent(0), desk.percent(MOST_DISCOUNT)
        raise Invalid("out-of-range", field=label, found=discount, low=low, high=high)
    return Terms(float(share), int(whole))


def _downloads(desk: Desk, found: Council) -> None:
    """The report in both languages, one's own first."""
    others = [language for language in LANGUAGES if language != desk.language]
    for language in (desk.language, *others):
        name = "pdf" if language == desk.language else "pdf_other"
        st.download_button(
            desk.text(f"waiting.{name}"),
            partial(waiting_report.pdf, found, language),
            file_name=waiting_report.file_name(found, language),
            mime="application/pdf",
            key=f"waiting_{name}",
            icon=":material/picture_as_pdf:",
            on_click="ignore",
        )


def _brief(desk: Desk, told: Told) -> None:
    """One screen: the figures, what they become, where it costs, what is repaid and accepted."""
    components.metric_row(
        [Metric(label, value, help=note) for label, value, note in told.figures()]
    )
    left, right = st.columns(2, gap="large")
    with left:
        _course(desk, told)
    with right:
        _told(desk, "worst", told.worst(), told.worst_rows())
    left, right = st.columns(2, gap="large")
    with left:
        rows = told.plan_rows() if told.council.repaid else []
        _told(desk, "plan", told.plan(), rows, is_folded=True)
    with right:
        _told(desk, "lived", told.lived(), told.lived_rows())
    with st.expander(desk.text("waiting.report.sources")):
        for note in told.notes():
            st.markdown(said(note))


def _told(
    desk: Desk,
    name: str,
    words: tuple[str, str],
    rows: list[tuple[str, ...]],
    is_folded: bool = False,
) -> None:
    title, sentence = words
    st.header(said(title), anchor=False)
    st.markdown(said(sentence))
    if rows:
        with st.expander(desk.text("common.table")) if is_folded else st.container():
            small_table(waiting_report.heads(desk.text, name), rows, name=title)


def _course(desk: Desk, told: Told) -> None:
    title, sentence = told.course()
    waiting_tables.course_chart(
        desk, told.council.wait.whole, told.council.wait.years, title, sentence, "waiting_course"
    )
