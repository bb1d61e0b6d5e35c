"""What waiting costs, by system, service and item, and year by year for any of them."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from portfolio.waiting import Course
from services.waiting import ItemWait, SystemWait, WaitingView
from views.desk import Desk
from views.look import charts
from views.look.components import said
from views.look.tables import Column, table
from views.parts import in_years

SERIES = ("certain", "possible")
PAID = (*SERIES, "total", "wait")
HEADS = {"npv": "course.npv"}  # heads that tables of years have too


def show(desk: Desk, section: str, found: WaitingView) -> None:
    """A table of every one of that kind, then the years of the one that is chosen."""
    LISTS[section](desk, found)


def course_chart(
    desk: Desk, course: Course, years: Sequence[int], title: str, sentence: str, key: str
) -> None:
    """What each year costs if nothing is done: what is certain, and what may be lost."""
    text = desk.text
    names = [text(f"waiting.course.{name}") for name in SERIES]
    rows = [
        {"year": str(year), "part": name, "amount": round(cents)}
        for year, *amounts in zip(years, course.recurring, course.contingent, strict=True)
        for name, cents in zip(names, amounts, strict=True)
    ]
    year = Column("year", text("waiting.course.year"))
    part = Column("part", text("waiting.course.amount"))
    amount = Column("amount", text("waiting.course.amount"), "thousands")
    spec = charts.stacked_bars(desk, rows, x=year, y=amount, series=part, order=names)
    charts.chart(
        desk, spec, title=title, sentence=sentence, rows=_by_year(desk, course, years),
        columns=_year_columns(desk), key=key,
    )  # fmt: skip


def _by_year(desk: Desk, course: Course, years: Sequence[int]) -> list[Mapping[str, Any]]:
    """Today's line first: what is owed, and what repaying at once would bring."""
    nothing = (None,) * (len(years) + 1)
    paid = (*zip(course.recurring, course.contingent, course.interest, course.waits, strict=True),)
    told = zip(
        (desk.text("waiting.course.now"), *map(str, years)), course.principal,
        course.net_present_values, (nothing[:4], *paid), strict=True,
    )  # fmt: skip
    return [
        {
            "year": year, "owed": round(owed), "npv": round(npv),
            **{n: c if c is None else round(c) for n, c in zip(PAID, parts, strict=True)},
        }
        for year, owed, npv, parts in told
    ]  # fmt: skip


def _year_columns(desk: Desk) -> list[Column]:
    text = desk.text
    helps = {name: text(f"waiting.course.{name}_help") for name in ("npv", "wait")}
    amounts = ("certain", "possible", "total", "owed", "wait", "npv")
    return [
        Column("year", text("waiting.course.year")),
        *(
            Column(name, text(f"waiting.course.{name}"), "thousands", help=helps.get(name))
            for name in amounts
        ),
    ]


def _systems(desk: Desk, found: WaitingView) -> None:
    text = desk.text
    _head(desk, "systems", len(found.systems), gain=_gaining(found.systems))
    basis = {True: text("waiting.systems.set"), False: text("waiting.systems.summed")}
    rows = [
        {
            "code": s.system.code, "title": s.system.title_in(desk.language),
            "basis": basis[s.is_set], "items": len(s.items), **_figures(desk, s.course),
        }
        for s in found.systems
    ]  # fmt: skip
    columns = [
        Column("code", text("waiting.systems.code"), width="small"),
        Column("title", text("waiting.systems.system"), width="medium"),
        *_columns(desk, found),
        Column("basis", text("waiting.systems.basis")),
        Column("items", text("waiting.systems.items"), "number"),
    ]
    table(desk, rows, columns, key="waiting_systems", name=text("waiting.systems.title"))
    named = {s.system.code: f"{s.system.code} · {s.system.title_in(desk.language)}"
             for s in found.systems}
    _years(desk, found, "systems", named, {s.system.code: s.course for s in found.systems})


def _services(desk: Desk, found: WaitingView) -> None:
    text, shared = desk.text, len(found.shared)
    st.header(text("waiting.services.title"), anchor=False)
    key = "sentence" if shared else "sentence_alone"
    st.markdown(said(text(f"waiting.services.{key}", n=shared)))
    named = {s.service: s.service or text("waiting.services.nobody") for s in found.services}
    rows = [
        {"service": named[s.service], "systems": len(s.systems), **_figures(desk, s.course)}
        for s in found.services
    ]
    columns = [
        Column("service", text("waiting.services.service"), width="medium"),
        *_columns(desk, found),
        Column("systems", text("waiting.services.systems"), "number"),
    ]
    table(desk, rows, columns, key="waiting_services", name=text("waiting.services.title"))
    _years(desk, found, "services", named, {s.service: s.course for s in found.services})


def _items(desk: Desk, found: WaitingView) -> None:
    text = desk.text
    never = sum(math.isinf(i.course.break_even) for i in found.items)
    past = sum(_is_past(i, found.years[0]) for i in found.items)
    _head(desk, "items", len(found.items), never=never, gain=_gaining(found.items), past=past)
    rows = [
        {
            "code": i.item.code, "title": i.item.title, "system": i.item.system,
            "loss": i.loss_within or None, **_figures(desk, i.course),
            "accepted": i.is_accepted,
        }
        for i in found.items
    ]  # fmt: skip
    columns = [
        Column("code", text("waiting.systems.code"), width="small"),
        Column("title", text("waiting.items.item"), width="medium"),
        Column("system", text("waiting.systems.system")),
        *_columns(desk, found),
        Column("loss", text("waiting.items.loss", years=found.terms.years), "percent",
               help=text("waiting.items.loss_help")),
        Column("accepted", text("waiting.items.accepted"), "bool"),
    ]  # fmt: skip
    table(desk, rows, columns, key="waiting_items", name=text("waiting.items.title"))
    named = {i.item.code: f"{i.item.code} · {i.item.title}" for i in found.items}
    _years(desk, found, "items", named, {i.item.code: i.course for i in found.items})


def _is_past(found: ItemWait, year: int) -> bool:
    """Whether its support is over when the first year begins."""
    end = found.item.support_end
    return end is not None and end < date(year, 1, 1)


def _gaining(found: Sequence[ItemWait | SystemWait]) -> int:
    """How many cost less to keep than to repay now."""
    return sum(one.course.waits[0] < 0 for one in found)


def _head(desk: Desk, section: str, n: int, **counts: int) -> None:
    """How many there are; then what stands out, if anything does."""
    text = desk.text
    st.header(text(f"waiting.{section}.title"), anchor=False)
    told = [text(f"waiting.{section}.sentence", n=n)]
    told += [text(f"waiting.{section}.{name}", n=count) for name, count in counts.items() if count]
    st.markdown(said(" ".join(told)))


def _figures(desk: Desk, course: Course) -> Mapping[str, Any]:
    return {
        "owed": round(course.principal[0]),
        "costs": round(course.interest[0]),
        "wait": round(course.waits[0]),
        "npv": round(course.net_present_values[0]),
        "even": in_years(desk, course.break_even),
        "later": round(course.principal[-1]),
    }


def _columns(desk: Desk, found: WaitingView) -> list[Column]:
    text = desk.text
    helps = {"even": "worst.even_help", "npv": "course.npv_help", "wait": "course.wait_help"}
    return [
        Column(
            name,
            text(f"waiting.{HEADS.get(name, f'systems.{name}')}", years=found.terms.years),
            "text" if name == "even" else "thousands",
            help=text(f"waiting.{helps[name]}") if name in helps else None,
        )
        for name in ("owed", "costs", "wait", "even", "npv", "later")
    ]


def _years(
    desk: Desk,
    found: WaitingView,
    section: str,
    named: Mapping[str, str],
    courses: Mapping[str, Course],
) -> None:
    """Year by year, of the one chosen, or of all together."""
    text = desk.text
    whole = text("waiting.systems.whole")
    chosen = st.selectbox(
        text(f"waiting.{section}.which"),
        list(courses),
        index=None,
        format_func=named.__getitem__,
        placeholder=whole,
        key=f"waiting_{section}_which",
        width=480,
    )
    course = found.whole if chosen is None else courses[chosen]
    title = whole if chosen is None else named[chosen]
    key = f"waiting_{section}_course"
    course_chart(desk, course, found.years, title, _sentence(desk, course, found.years), key)


def _sentence(desk: Desk, course: Course, years: Sequence[int]) -> str:
    """What it costs; and, where it is so, that it pays to wait or that it never breaks even."""
    text = desk.text
    told = [text(
        "waiting.course.sentence",
        first=round(course.interest[0]), start=years[0], years=len(years),
        sum=round(course.paid), owed=round(course.principal[-1]),
    )]  # fmt: skip
    if course.waits[0] < 0:
        told.append(text("waiting.course.saves", wait=round(-course.waits[0])))
    if math.isinf(course.break_even):
        told.append(text("waiting.course.never"))
    return " ".join(told)


LISTS: Mapping[str, Callable[[Desk, WaitingView], None]] = {
    "systems": _systems,
    "services": _services,
    "items": _items,
}
