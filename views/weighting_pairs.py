"""Criteria compared two by two: Saaty's scale in words, coherence live, a repair one click away."""

from itertools import combinations

import streamlit as st

from portfolio.criterion import Framework
from scoring.pairwise import SCALE
from services import weighting_ballot
from services.weighting_ballot import Advice
from views import weighting_draft
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.weighting_draft import Draft
from views.weighting_words import brief, ratio, tag

STEPS = tuple(reversed(SCALE))  # from the first one extremely more, to the second one


def show(desk: Desk, framework: Framework, draft: Draft, keys: tuple[str, ...]) -> None:
    """How coherent the answers are, then every pair."""
    told = weighting_ballot.advice(draft.kept, keys)
    _coherence(desk, framework, draft, keys, told)
    st.markdown(f"**{desk.text('weighting.pairs.question')}**")
    columns = st.columns(2)
    for at, pair in enumerate(combinations(keys, 2)):
        with columns[at % 2]:
            _pair(desk, framework, draft, keys, pair)


def _pair(
    desk: Desk, framework: Framework, draft: Draft, keys: tuple[str, ...], pair: tuple[str, str]
) -> None:
    one, other = pair
    names = tuple(brief(desk, framework.criterion(key)) for key in pair)
    tags = tuple(tag(desk, framework.criterion(key)) for key in pair)
    name = draft.key(f"pair_{one}_{other}")
    st.session_state[name] = _step(draft, pair)  # the repair may have changed it

    def change() -> None:
        chosen = st.session_state[name]
        weighting_draft.write(
            desk, draft,
            lambda b: weighting_ballot.with_comparison(b, keys, one, other, chosen),
        )  # fmt: skip

    st.selectbox(
        plain(desk.text("weighting.pairs.between", one=names[0], other=names[1])),
        STEPS,
        index=None,
        key=name,
        placeholder=desk.text("weighting.pairs.placeholder"),
        format_func=lambda step: _words(desk, tags, step),
        on_change=change,
    )


def _step(draft: Draft, pair: tuple[str, str]) -> float | None:
    """What was answered of the pair, on the scale: one over other."""
    for said_ in draft.kept.comparisons:
        if {said_.one, said_.other} == set(pair):
            times = said_.ratio if said_.one == pair[0] else 1 / said_.ratio
            return min(STEPS, key=lambda step: abs(step / times - 1))
    return None


def _words(desk: Desk, names: tuple[str, ...], step: float) -> str:
    """« 5 – nettement plus : 1.1 »."""
    text, times = desk.text, round(max(step, 1 / step))
    if times == 1:
        return f"1 – {text('weighting.pairs.equal')}"
    winner = names[0] if step > 1 else names[1]
    return f"{times} – {text(f'weighting.pairs.more_{times}', name=winner)}"


def _coherence(
    desk: Desk, framework: Framework, draft: Draft, keys: tuple[str, ...], told: Advice
) -> None:
    text = desk.text
    if told.compared is None:
        st.caption(said(text("weighting.pairs.waiting", n=told.given, of=told.asked)))
        return
    found = told.compared
    facts = {"cr": round(found.ratio, 2), "n": told.given, "of": told.asked}
    key = "coherent" if found.is_coherent else "incoherent"
    with st.container(horizontal=True, vertical_alignment="center", key="weighting_coherence"):
        mood = "good" if found.is_coherent else "warning"
        help_ = text("weighting.pairs.help")
        components.status(text(f"weighting.pairs.{key}", **facts), mood, help_)
        if told.given < told.asked:
            st.caption(said(text("weighting.pairs.partial", n=told.given, of=told.asked)))
    if not found.is_coherent:
        _mend(desk, framework, draft, keys, told)


def _mend(
    desk: Desk, framework: Framework, draft: Draft, keys: tuple[str, ...], told: Advice
) -> None:
    """The three answers most at odds, and the one change that helps most."""
    text = desk.text

    def words(one: str, other: str, times: float) -> str:
        names = (tag(desk, framework.criterion(key)) for key in (one, other))
        return ratio(desk, *names, times)

    lines = []
    if (odd := told.worst) is not None:
        lines.append(
            text(
                "weighting.pairs.worst",
                first=words(odd.one, odd.other, odd.first),
                then=words(odd.other, odd.third, odd.then),
                implied=words(odd.one, odd.third, odd.implied),
                said=words(odd.one, odd.third, odd.said),
            )
        )
    mend = told.repair
    if mend is not None:
        lines.append(
            text(
                "weighting.pairs.repair",
                after=words(mend.one, mend.other, mend.after),
                before=words(mend.one, mend.other, mend.before),
                cr=round(mend.ratio, 2),
            )
        )
    st.warning("\n\n".join(said(plain(line)) for line in lines))
    if mend is None:
        return
    st.button(
        text("weighting.pairs.accept"),
        key="weighting_repair",
        on_click=weighting_draft.write,
        args=(
            desk, draft,
            lambda b: weighting_ballot.with_comparison(b, keys, mend.one, mend.other, mend.after),
        ),
    )  # fmt: skip
