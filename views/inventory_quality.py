"""What the register lacks, kind by kind, with a link to the file where it is mended."""

from collections.abc import Mapping

import streamlit as st

from portfolio.registry import Registry
from services.inventory import Lack
from services.inventory_quality import Kind, Place
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.look.tables import Column, table
from views.parts import joined, small_table

AT_ONCE = 8  # links shown; the table has them all


def show(desk: Desk, registry: Registry, lacks: tuple[Lack, ...]) -> None:
    """How many of each kind and why it matters; then each kind, file by file."""
    text = desk.text
    st.header(text("inventory.quality"), anchor=False)
    if not lacks:
        components.empty_state(text("inventory.quality_none"))
        return
    st.markdown(said(text("inventory.quality_help")))
    rows = [
        (text(f"inventory.kind.{lack.kind}"), desk.number(lack.count),
         text(f"inventory.why.{lack.kind}"))
        for lack in lacks
    ]  # fmt: skip
    heads = [text(f"inventory.head.{name}") for name in ("kind", "count", "why")]
    small_table(heads, rows, name=text("inventory.quality"))
    there = {lack.kind for lack in lacks}
    clean = [text(f"inventory.kind.{kind}") for kind in Kind if kind not in there]
    if clean:
        st.caption(said(text("inventory.clean", kinds=", ".join(map(_lower, clean)))))
    st.header(text("inventory.each"), anchor=False)
    titles = {s.code: s.title_in(desk.language) for s in registry.systems}
    titles |= {item.code: item.title for item in registry.debts}
    for at, lack in enumerate(lacks):
        key = f"inventory_{lack.kind}"
        with st.expander(said(counted(desk, lack)), expanded=at == 0, key=key):
            _files(desk, lack, titles)


def counted(desk: Desk, lack: Lack) -> str:
    """« 3 acceptations sont échues »."""
    return desk.text(f"inventory.counted.{lack.kind}", n=lack.count)


def _files(desk: Desk, lack: Lack, titles: Mapping[str, str]) -> None:
    """The first ones as links to their files; all of them in a table where there are more."""
    text, places = desk.text, lack.places
    for place in places[:AT_ONCE]:
        code, told = place.debt or place.system, _what(desk, place)
        label = f"{code} · {titles.get(code, code)}"
        whole = f"{label}{text('parts.colon')} {told}" if told else label
        query = {"system": place.system} | ({"debt": place.debt} if place.debt else {})
        components.page_link(desk, "debts", plain(whole), **query)
    if len(places) > AT_ONCE:
        st.caption(text("inventory.first", n=AT_ONCE, all=len(places)))
        columns = [
            Column("code", text("debts.code"), width="small"),
            Column("title", text("inventory.head.title"), width="large"),
            Column("system", text("debts.system")),
            Column("what", text("inventory.head.what"), width="medium"),
        ]
        rows = [
            {"code": p.debt or p.system, "title": titles.get(p.debt or p.system),
             "system": p.system, "what": _what(desk, p)}
            for p in places
        ]  # fmt: skip
        name = text(f"inventory.kind.{lack.kind}")
        table(desk, rows, columns, key=f"inventory_{lack.kind}_all", name=name)


def _what(desk: Desk, place: Place) -> str:
    """What exactly is lacking, how many, since when, how much, in words."""
    text, told = desk.text, [place.what] if place.what else []
    told += [text(f"inventory.lacks.{name}") for name in place.lacking]
    if place.count > 1:
        told.append(text("inventory.of_them", n=place.count))
    if place.since is not None:
        told.append(text("inventory.since", day=place.since))
    if place.share is not None:
        told.append(text("inventory.of_run_cost", share=place.share))
    return joined(desk, told)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
