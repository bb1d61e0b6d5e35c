"""An editor of figures by period: its cells are text, read strictly; the unreadable stays."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pandas as pd
import streamlit as st

from portfolio.errors import Invalid
from portfolio.project import Project
from views.desk import Desk
from views.look import components, tokens
from views.proposal_draft import Draft, watched

Value = TypeVar("Value", int, float)
Place = tuple[Hashable, int]  # a line, a period
Values = Mapping[Place, Value]
Edits = Mapping[int, Mapping[str, str | None]]
TOLD = 6  # refusals shown one by one


@dataclass(frozen=True)
class Grid(Generic[Value]):
    """What an editor shows and how it reads.

    name    name of the field: what could not be read is kept under it
    heads   what its two first columns are called
    lines   key of a line -> its two labels
    show    a value as it stands in a cell
    read    a cell's text, and the words for where it is -> its value
    high    the most a value can be: beyond, there is a zero too many
    """

    name: str
    heads: tuple[str, str]
    lines: Mapping[Hashable, tuple[str, str]]
    columns: tuple[str, ...]
    show: Callable[[Value], str]
    read: Callable[[str, str], Value]
    high: Value

    def where(self, place: Place) -> str:
        """« PDI, haute, an 2 »."""
        line, period = place
        named = ", ".join(label for label in self.lines[line] if label)
        return f"{named}, {self.columns[period]}"

    def places(self) -> dict[tuple[int, str], Place]:
        """(row, column) of the editor -> what stands there."""
        return {
            (row, str(period)): (line, period)
            for row, line in enumerate(self.lines)
            for period in range(len(self.columns))
        }


@dataclass(frozen=True)
class Typed(Generic[Value]):
    """What the cells say: values read, and what could not be, with what was typed there."""

    values: dict[Place, Value]
    wrong: dict[Place, Invalid]
    texts: dict[Place, str]


def edited(
    desk: Desk,
    draft: Draft,
    grid: Grid[Value],
    held: Values[Value],
    put: Callable[[Project, Typed[Value]], Project],
    project: Project,
) -> Project:
    """The project with what the editor holds; each refusal names its line and its column.

    held   what the project holds there now
    put    puts what was typed; it may add to ``wrong`` what cannot stand together
    """
    start: dict[Place, tuple[str, Value | None]] = draft.start(
        f"{grid.name}_{len(grid.columns)}", _filled(draft, grid, held)
    )

    def write(kept: Project, state: Mapping[str, Edits]) -> Project:
        typed = _typed(grid, start, state["edited_rows"])
        changed = put(kept, typed)
        _keep_unread(draft, grid, typed)
        return changed

    watch = watched(desk, draft, f"{grid.name}_{len(grid.columns)}", write)
    _editor(desk, grid, start, watch)
    typed = _typed(grid, start, st.session_state[watch["key"]]["edited_rows"])
    changed = put(project, typed)
    _keep_unread(draft, grid, typed)
    _refused(desk, typed)
    return changed


def _filled(
    draft: Draft, grid: Grid[Value], held: Values[Value]
) -> dict[Place, tuple[str, Value | None]]:
    """(text, value) of each cell: what was typed and could not be read stands there again."""
    cells: dict[Place, tuple[str, Value | None]] = {}
    for place in grid.places().values():
        value = held.get(place)
        shown = "" if value is None else grid.show(value)
        cells[place] = draft.unread.get(_unread(grid, place), shown), value
    return cells


def _unread(grid: Grid[Value], place: Place) -> str:
    return f"{grid.name}/{place}"


def _keep_unread(draft: Draft, grid: Grid[Value], typed: Typed[Value]) -> None:
    for place in grid.places().values():
        draft.unread.pop(_unread(grid, place), None)
    for place in typed.wrong:
        draft.unread[_unread(grid, place)] = typed.texts[place]


def _typed(
    grid: Grid[Value], start: Mapping[Place, tuple[str, Value | None]], edits: Edits
) -> Typed[Value]:
    """A cell that was not touched keeps the very value it was filled with."""
    found: Typed[Value] = Typed({}, {}, {})
    changed = {(int(row), column): text for row, edit in edits.items()
               for column, text in edit.items()}
    for at, place in grid.places().items():
        shown, value = start[place]
        text = (changed[at] or "") if at in changed else shown
        found.texts[place] = text
        if value is not None and text == grid.show(value):
            found.values[place] = value
        elif text.strip():
            try:
                found.values[place] = _bounded(grid, text, grid.where(place))
            except Invalid as refused:
                found.wrong[place] = refused
    return found


def _bounded(grid: Grid[Value], text: str, where: str) -> Value:
    value = grid.read(text, where)
    if value < 0:
        raise Invalid("too-low", field=where, found=text, low=0)
    if value > grid.high:
        raise Invalid("too-high", field=where, found=text, high=grid.show(grid.high))
    return value


def _editor(
    desk: Desk,
    grid: Grid[Value],
    start: Mapping[Place, tuple[str, Value | None]],
    watch: Mapping[str, Any],
) -> None:
    labels = list(grid.lines.values())
    frame = pd.DataFrame({"line": [a for a, _ in labels], "sub": [b for _, b in labels]})
    for period in range(len(grid.columns)):
        frame[str(period)] = [start[line, period][0] for line in grid.lines]
    named = dict(zip(("line", "sub"), grid.heads, strict=True))
    config: dict[str, Any] = {
        key: st.column_config.TextColumn(name, disabled=True, pinned=key == "line")
        for key, name in named.items()
    }
    for period, name in enumerate(grid.columns):
        config[str(period)] = st.column_config.TextColumn(name, alignment="right", max_chars=40)
    st.data_editor(
        frame.astype("string"),
        hide_index=True,
        disabled=["line", "sub"],
        column_config=config,
        row_height=tokens.sizes(desk.projection).row,
        placeholder="",
        alt=desk.text("proposals.grid_alt", of=grid.heads[0]),
        **watch,
    )


def _refused(desk: Desk, typed: Typed[Value]) -> None:
    """What was read in which cell, and what is accepted; the cells keep it until it is mended."""
    refusals = list({desk.refusal(refused): None for refused in typed.wrong.values()})
    if not refusals:
        return
    lines = [*refusals[:TOLD]]
    if len(refusals) > TOLD:
        lines.append(desk.text("proposals.more_refused", n=len(refusals) - TOLD))
    lines.append(desk.text("proposals.cell_stays"))
    st.error("  \n".join(components.plain(line) for line in lines), icon=":material/error:")
