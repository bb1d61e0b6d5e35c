"""Each place of a file that was refused, or remarked upon, with what stands there and what may."""

from collections.abc import Sequence

import streamlit as st

from data.refused import Refused
from portfolio.errors import Refusal
from views.desk import Desk
from views.look.tables import Column, table


def show(desk: Desk, page: str, kind: str, found: Sequence[Refused]) -> None:
    """A titled table of them; ``kind`` is refused or noted, ``page`` the prefix of its keys."""
    text = desk.text
    st.subheader(text(f"imports.{kind}_title", n=len(found)), anchor=False)
    rows = [
        {
            "sheet": one.where.sheet or one.where.file,
            "row": one.where.row,
            "column": one.where.column,
            "found": one.found,
            "accepted": one.accepted,
            "why": _why(desk, one),
        }
        for one in found
    ]
    columns = [
        Column("sheet", text("imports.sheet")),
        Column("row", text("imports.row"), "number", width="small"),
        Column("column", text("imports.column")),
        Column("found", text("imports.found")),
        Column("why", text("imports.why"), width="large"),
        Column("accepted", text("imports.accepted")),
    ]
    table(desk, rows, columns, key=f"{page}_{kind}", name=text("imports.places"))


def _why(desk: Desk, one: Refused) -> str:
    key = f"refusals_import.{one.code}"
    facts = {"found": one.found, "accepted": one.accepted, "field": one.where.column}
    if desk.text.has(key):
        return desk.text(key, **facts)
    return desk.refusal(Refusal(one.code, found=one.found, accepted=one.accepted))
