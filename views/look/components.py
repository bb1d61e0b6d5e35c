"""The parts every page is made of: heads, metrics, notices, typed numbers, confirmations."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar

import streamlit as st

from portfolio.errors import Invalid, Refusal
from portfolio.plan import Proof
from views import format as written
from views.desk import Desk
from views.look import tokens

Value = TypeVar("Value", int, Decimal)
Mood = Literal["good", "warning", "bad", "quiet"]

_STYLE = """<style>
html {{ font-size: {root}px; font-variant-numeric: tabular-nums; }}
.st-key-answer p {{ font-size: 1.15rem; line-height: 1.5; max-width: 75ch; text-wrap: pretty; }}
[data-testid=stPageLink-NavLink] span:not([data-testid=stIconMaterial]),
[data-testid=stPageLink-NavLink] :is(div, p) {{ white-space: normal; }}
a[data-testid=stSidebarNavLink] {{ height: 1.6rem; margin: 0; }}
[data-testid=stBaseButton-primary] kbd {{ color: inherit; opacity: 1; }}
button[role=radio][aria-checked=true] {{ color: inherit !important; }}
[class*=st-key-proposals_board_] button {{ justify-content: flex-start; text-align: start; }}
.st-key-meeting_results_answer p {{ font-size: 1.4rem; text-wrap: pretty; }}
[class*=st-key-meeting_vote_choice_] button {{ min-height: 4.5rem; }}
[class*=st-key-meeting_vote_choice_] button p {{ font-size: 1.4rem; }}
.st-key-projection_exit {{ position: fixed; right: 1rem; bottom: 1rem; z-index: 9; width: auto; }}
{wide}
</style>"""
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~$])")
_WIDE = """
[data-testid=stMainBlockContainer] { max-width: none; padding: 4rem 2rem 5rem; }
[data-testid=stSidebar], [data-testid=stExpandSidebarButton] { display: none; }
"""


def dress(desk: Desk) -> None:
    """Set the size of letters, for a desk or for a wall; once a run, before the page."""
    size, wide = tokens.sizes(desk.projection), _WIDE if desk.projection else ""
    st.html(_STYLE.format(root=size.root, wide=wide))


def plain(typed: str) -> str:
    """What a person typed, as Markdown that shows it letter for letter."""
    return _MARKUP.sub(r"\\\1", typed)


def said(sentence: str) -> str:
    """Our own sentence, as Markdown in which « 12 $ » is money and never a formula."""
    return sentence.replace("$", r"\$")


def page_head(desk: Desk, title: str, answer: str) -> None:
    """The page's subject, then in one sentence its answer; with the banner in demonstration."""
    st.title(said(title), anchor=False)
    with st.container(key="answer"):
        st.markdown(said(answer))
    if desk.is_demo:
        demo_banner(desk)
    if told := st.session_state.pop("told", None):
        st.toast(plain(told), icon=":material/check:")


def tell(sentence: str) -> None:
    """Say in passing, once the page is shown again, that an act is done.

    A toast raised within an act is lost when the page runs anew: this one waits for page_head.
    """
    st.session_state["told"] = sentence


def demo_banner(desk: Desk) -> None:
    """Says that the figures are illustrative."""
    st.badge(desk.text("common.demo_banner"), icon=":material/science:", color="orange")


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure already written out.

    delta   its change against the reference, already written, with its sign
    good    which way is better; None when neither is
    """

    label: str
    value: str
    delta: str | None = None
    good: Literal["up", "down"] | None = None
    help: str | None = None


def metric_row(metrics: Sequence[Metric]) -> None:
    """Figures side by side, of one height; they wrap on a narrow screen."""
    colour = {"up": "normal", "down": "inverse", None: "off"}
    for column, shown in zip(st.columns(len(metrics)), metrics, strict=True):
        column.metric(
            said(shown.label),
            shown.value,
            shown.delta,
            delta_color=colour[shown.good],
            help=shown.help,
            border=True,
            height="stretch",
        )


def error(desk: Desk, refusal: Refusal) -> None:
    """Show a refusal in words."""
    st.error(plain(desk.refusal(refusal)), icon=":material/error:")


def empty_state(
    sentence: str,
    action: str | None = None,
    key: str = "",
    on_click: Callable[[], None] | None = None,
) -> bool:
    """Say that there is nothing yet and offer what to do; whether the action was clicked."""
    with st.container(border=True, horizontal_alignment="center"):
        st.markdown(said(sentence), width="content")
        if action is None:
            return False
        return st.button(action, key=key or "empty_state", type="primary", on_click=on_click)


def status(word: str, mood: Mood, help: str | None = None) -> None:
    """A status: a shape, a word, then a colour."""
    st.badge(f"{tokens.SIGNS[mood]} {said(word)}", color=tokens.BADGES[mood], help=help)


def badge(desk: Desk, proof: Proof) -> None:
    """What the solver showed: « prouvé », or « à 0,6 % près »."""
    text, words = desk.text, f"common.proof.{_proof_word(proof)}"
    mood: Mood = {"optimal": "good", "infeasible": "bad"}.get(proof.status, "warning")  # type: ignore[assignment]
    gap = proof.gap or 0.0
    status(text(words, gap=gap), mood, text(f"{words}_help", gap=gap))


def _proof_word(proof: Proof) -> str:
    if proof.status == "feasible" and proof.gap is None:
        return "found"
    return "no-answer" if proof.status == "unbounded" else proof.status


def decimal_input(
    desk: Desk,
    label: str,
    *,
    key: str,
    value: Decimal | None = None,
    low: Decimal | int | None = None,
    high: Decimal | int | None = None,
    help: str | None = None,
) -> Decimal | Invalid | None:
    """A decimal typed in the person's language, echoed back; the refusal when it cannot be read.

    None when nothing is typed. A refusal is already shown beneath the field.
    """
    start = "" if value is None else desk.number(value)
    typed = st.text_input(label, start, key=key, help=help)
    return _understood(desk, typed, label, written.parse_number, desk.number, (low, high))


def money_input(
    desk: Desk,
    label: str,
    *,
    key: str,
    value: int | None = None,
    low: int | None = 0,
    high: int | None = None,
    help: str | None = None,
) -> int | Invalid | None:
    """Cents, typed as « 1 234,50 $ » or « 1,2 M$ », echoed back; see decimal_input."""
    start = "" if value is None else desk.money(value)
    typed = st.text_input(label, start, key=key, help=help)
    return _understood(desk, typed, label, written.parse_money, desk.money, (low, high))


def _understood(
    desk: Desk,
    typed: str,
    label: str,
    parse: Callable[[str, str, str], Value],
    show: Callable[[Value], str],
    within: tuple[Value | int | None, Value | int | None],
) -> Value | Invalid | None:
    if not typed.strip():
        return None
    try:
        value = parse(typed, desk.language, label)
        _within(value, within, label, show)
    except Invalid as refusal:
        error(desk, refusal)
        return refusal
    st.caption(said(desk.text("common.understood", value=show(value))))
    return value


def _within(
    value: Value,
    within: tuple[Value | int | None, Value | int | None],
    label: str,
    show: Callable[[Value], str],
) -> None:
    low, high = within
    if low is not None and value < low:
        raise Invalid("too-low", field=label, found=show(value), low=show(low))  # type: ignore[arg-type]
    if high is not None and value > high:
        raise Invalid("too-high", field=label, found=show(value), high=show(high))  # type: ignore[arg-type]


def confirm(
    desk: Desk,
    *,
    key: str,
    label: str,
    question: str,
    act: Callable[[], None],
    width: Literal["content", "stretch"] = "content",
) -> None:
    """A button that asks before it acts: ``act`` runs once, after the person has said yes.

    label      the verb, on the button and on the answer (« Retirer la proposition »)
    question   what will happen, and whether it can be undone
    """
    asked = f"{key}_asked"
    st.button(label, key=key, width=width, on_click=_set, args=(asked, True))
    if not st.session_state.get(asked):
        return

    def ask() -> None:
        st.markdown(said(question))
        with st.container(horizontal=True, horizontal_alignment="right"):
            if st.button(
                desk.text("common.cancel"), key=f"{key}_no", on_click=_set, args=(asked, False)
            ):
                st.rerun()
            if st.button(label, key=f"{key}_yes", type="primary", on_click=_act, args=(asked, act)):
                st.rerun()

    st.dialog(label, on_dismiss=lambda: _set(asked, False))(ask)()


def _set(flag: str, value: bool) -> None:
    st.session_state[flag] = value


def _act(flag: str, act: Callable[[], None]) -> None:
    if st.session_state.get(flag):
        st.session_state[flag] = False
        act()


def page_link(desk: Desk, key: str, label: str, **query: str) -> None:
    """A link to another page, with its query; its label alone when the person has no such page."""
    place = desk.places.get(key)
    if place is None:
        st.markdown(plain(label))
    else:
        icon = ":material/arrow_forward:"
        st.page_link(place, label=plain(label), icon=icon, query_params=query or None)
