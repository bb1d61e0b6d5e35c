"""How far the committee agrees over all: criterion by criterion, experts, and project leads."""

from collections.abc import Mapping

import streamlit as st

from scoring.agreement import Agreed
from services.agreement import Agreement
from views import agreement_words as words
from views.desk import Desk
from views.look import charts
from views.look.components import said
from views.look.tables import Column
from views.parts import shortened, small_table

MOST = 20  # leads told of


def show(desk: Desk, seen: Agreement) -> None:
    """Criterion by criterion: Kendall's W, Krippendorff's alpha, experts beside the others."""
    text = desk.text
    st.header(said(words.reading(desk, seen.alpha)), anchor=False)
    st.markdown(said(text("agreement.agreed.sentence")))
    known = [one for one in seen.criteria if one.concordance is not None]
    rows = [_agreed_row(desk, seen, one) for one in seen.criteria]
    if known:
        least = min(known, key=lambda one: one.concordance.w if one.concordance else 1.0)
        drawn = sorted((row for row in rows if row["w"] is not None), key=lambda r: -float(r["w"]))
        charts.chart(
            desk,
            charts.bars(
                desk,
                drawn,
                name=Column("name", text("agreement.apart.criterion")),
                value=Column("w", text("agreement.agreed.w"), "number"),
                label="shown",
            ),
            title=text(
                "agreement.agreed.title",
                criterion=words.criterion(desk, seen, least.criterion),
                w=round(least.concordance.w, 2) if least.concordance else 0.0,
            ),
            sentence=text("agreement.agreed.w_sentence"),
            rows=rows,
            columns=_agreed_columns(desk),
            key="agreement_agreed",
        )
    else:
        st.caption(said(text("agreement.agreed.none")))
    _experts(desk, seen)
    _owns(desk, seen)


def _agreed_row(desk: Desk, seen: Agreement, one: Agreed) -> Mapping[str, object]:
    text, by_rank = desk.text, one.concordance
    name = words.criterion(desk, seen, one.criterion)
    chance = "" if by_rank is None or by_rank.p is None else _p(desk, by_rank.p)
    return {
        "criterion": name,
        "name": shortened(name, 44),
        "w": None if by_rank is None else round(by_rank.w, 3),
        "p": chance,
        "method": "" if by_rank is None else text(f"agreement.agreed.by_{by_rank.method}"),
        "projects": None if by_rank is None else by_rank.projects,
        "left_out": None if by_rank is None else by_rank.left_out,
        "alpha": None if one.alpha is None else round(one.alpha, 3),
        "ratings": one.ratings,
        "shown": desk.number(round(by_rank.w, 2)) if by_rank else "",
    }


def _p(desk: Desk, p: float) -> str:
    return desk.text("agreement.agreed.p_small") if p < 0.001 else desk.number(round(p, 3))


def _agreed_columns(desk: Desk) -> tuple[Column, ...]:
    text = desk.text
    numbers = {"w", "projects", "left_out", "alpha", "ratings"}
    names = ("w", "p", "method", "projects", "left_out", "alpha", "ratings")
    return (
        Column("criterion", text("agreement.apart.criterion"), width="large"),
        *(
            Column(n, text(f"agreement.agreed.{n}"), "number" if n in numbers else "text")
            for n in names
        ),
    )


def _experts(desk: Desk, seen: Agreement) -> None:
    """Those who speak as experts beside the others, where both rated the same projects."""
    text = desk.text
    st.header(text("agreement.experts.title"), anchor=False)
    known = [one for one in seen.criteria if one.lead is not None]
    if not known:
        st.markdown(said(text("agreement.experts.none")))
        return
    head = [text(f"agreement.experts.{n}") for n in ("criterion", "own", "others", "gap", "n")]
    rows = [
        (
            words.criterion(desk, seen, one.criterion),
            *(desk.number(round(mean or 0.0, 2)) for mean in (one.experts, one.generalists)),
            desk.number(round(one.lead or 0.0, 2) + 0.0, signed=True),
            str(one.compared),
        )
        for one in known
    ]
    small_table(head, rows, name=text("agreement.experts.title"))


def _owns(desk: Desk, seen: Agreement) -> None:
    """What leads say of their own projects beside the panel."""
    text = desk.text
    st.header(text("agreement.owns.title"), anchor=False)
    if not seen.owns:
        st.markdown(said(text("agreement.owns.none")))
        return
    st.markdown(said(text("agreement.owns.sentence", n=sum(o.gap >= 1 for o in seen.owns))))
    head = [text(f"agreement.owns.{n}") for n in ("project", "own", "panel", "gap", "n", "most")]
    rows = [
        (
            words.title(desk, seen, own.project),
            desk.number(round(own.own, 2)),
            desk.number(round(own.panel, 2)),
            desk.number(round(own.gap, 2) + 0.0, signed=True),
            str(own.criteria),
            words.criterion(desk, seen, own.most),
        )
        for own in seen.owns[:MOST]
    ]
    small_table(head, rows, name=text("agreement.owns.title"))
