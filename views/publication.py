"""Publication: what the public will read, what is left out of it, and what it reads now."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import streamlit as st

from data.exporters import open_data
from portfolio.clock import day_of
from portfolio.decision import Publication
from portfolio.errors import Refusal
from portfolio.person import Role
from services import publication
from services.publication import Changes, Preview
from services.publication_made import Made
from views import format as written
from views.desk import Desk
from views.look import components, tables
from views.look.components import plain, said
from views.look.tables import Column
from views.parts import small_table
from views.public_words import Words, address

NOTE, WHY, REFUSED = "publication_note", "publication_why", "publication_refused"


def render(desk: Desk) -> None:
    """What is out, what would be, and the one act that turns one into the other."""
    text = desk.text
    if not desk.cycle:
        components.page_head(desk, text("publication.title"), text("publication.no_cycle"))
        return
    found = publication.preview(desk.store, desk.person, desk.cycle)
    components.page_head(desk, text("publication.title"), _answer(desk, found))
    if refused := st.session_state.pop(REFUSED, None):
        components.error(desk, refused)
    _where(desk, found)
    if found.made is None:
        components.empty_state(text("publication.nothing_yet"))
    else:
        _would(desk, found, found.made)
    _past(desk, found)


def _answer(desk: Desk, found: Preview) -> str:
    if not found.past:
        return desk.text("publication.none")
    last = found.past[-1]
    if last.withdrawn_at:
        return desk.text("publication.withdrawn", n=last.number, on=_day(last.withdrawn_at))
    key = "publication.behind" if found.changes and found.changes.are_any else "publication.out"
    return desk.text(key, n=last.number, on=_day(last.at))


def _where(desk: Desk, found: Preview) -> None:
    """The public's own pages; only while they answer."""
    if not found.is_out:
        return
    text, ways = desk.text, (("pages",), ("data", "donnees"), ("trial", "essai"))
    with st.container(horizontal=True):
        for name, *parts in ways:
            way = address(desk.language, desk.cycle, *parts)
            st.link_button(text(f"publication.see_{name}"), way, icon=":material/open_in_new:")


def _would(desk: Desk, found: Preview, made: Made) -> None:
    """What the public would read if one published now."""
    text, words = desk.text, Words(desk.text, made.dossier)
    st.header(text("publication.would"), anchor=False)
    st.markdown(said(words.answer()))
    _left_out(desk, made)
    if found.changes is not None:
        _changed(desk, found.changes)
    if desk.has(Role.FACILITATOR):
        _publish(desk, found)
    with st.expander(text("publication.read_it")):
        _projects(desk, words)
    st.download_button(
        text("publication.package"), partial(open_data.package, made.dossier),
        f"arbitrage-{desk.cycle}.zip", "application/zip", key="publication_zip",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def _left_out(desk: Desk, made: Made) -> None:
    """What is kept from the public and why, counted; and what someone is to read again."""
    text = desk.text
    rows = [
        (text(f"publication.field.{name}"), str(count), text("publication.why.confidential"))
        for name, count in sorted(made.confidential.items())
    ]
    others = (("unseen", made.unseen), ("undecided", made.undecided), ("alone", made.alone),
              ("addresses", made.addresses))  # fmt: skip
    rows += [
        (text(f"publication.left.{name}"), str(count), text(f"publication.why.{name}"))
        for name, count in others if count
    ]  # fmt: skip
    st.subheader(text("publication.left_out"), anchor=False)
    st.markdown(said(text("publication.never")))
    if rows:
        head = tuple(text(f"publication.head_{name}") for name in ("what", "count", "why"))
        small_table(head, rows, name=text("publication.left_out"))
    if made.named:
        names = ", ".join(made.named)
        st.warning(plain(text("publication.named", names=names)), icon=":material/person_alert:")


def _changed(desk: Desk, changes: Changes) -> None:
    text = desk.text
    st.subheader(text("publication.changed"), anchor=False)
    if not changes.are_any:
        st.markdown(text("publication.unchanged"))
        return
    named = (("enters", changes.enters), ("leaves", changes.leaves), ("moved", changes.moved))
    lines = [
        text(f"publication.change_{name}", n=len(codes), codes=", ".join(codes))
        for name, codes in named if codes
    ]  # fmt: skip
    if changes.besides:
        lines.append(text("publication.change_besides"))
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _publish(desk: Desk, found: Preview) -> None:
    text = desk.text
    if found.is_out and found.changes is not None and not found.changes.are_any:
        return
    st.text_input(text("publication.note"), key=NOTE, help=text("publication.note_help"),
                  max_chars=200)  # fmt: skip
    components.confirm(
        desk, key="publication_publish", label=text("publication.publish"),
        question=text("publication.sure", n=len(found.past) + 1),
        act=partial(_do, desk, "publication.published", partial(
            publication.publish, desk.store, desk.person, desk.cycle, found.sha256,
            st.session_state.get(NOTE, ""),
        )),
    )  # fmt: skip


def _projects(desk: Desk, words: Words) -> None:
    """Project by project, as the public would read it."""
    text, dossier = desk.text, words.dossier
    rows = [
        {"code": p.code, "title": words.said(p.title), "verb": words.verb(p), "reason": p.reason,
         "problem": p.problem, "outcome": p.outcome,
         "amount": p.cents if p.amounts else None, "value": p.value}
        for p in dossier.projects
    ]  # fmt: skip
    columns = (
        Column("code", text("publication.code"), width="small"),
        Column("title", text("publication.project"), width="large"),
        Column("verb", text("public.dossier.verb")),
        Column("reason", text("public.project.reason"), width="large"),
        Column("problem", text("public.project.problem"), width="large"),
        Column("outcome", text("public.project.outcome"), width="large"),
        Column("amount", text("public.dossier.amount"), "thousands"),
        Column("value", text("public.dossier.value"), "number"),
    )
    tables.table(desk, rows, columns, key="publication_projects", name=text("publication.would"))


def _past(desk: Desk, found: Preview) -> None:
    """Every publication, the last first; the one that is out may be withdrawn."""
    if not found.past:
        return
    text = desk.text
    st.header(text("publication.past"), anchor=False)
    head = tuple(text(f"publication.{name}") for name in ("number", "at", "says", "state", "hash"))
    rows = [
        (str(one.number), _moment(one.at), one.note or "–",
         _state(desk, one, found.past[-1].number), one.sha256[:12])
        for one in reversed(found.past)
    ]  # fmt: skip
    small_table(head, rows, name=text("publication.past"))
    if found.is_out and desk.has(Role.FACILITATOR):
        _withdraw(desk, found.past[-1])


def _state(desk: Desk, one: Publication, last: int) -> str:
    if one.withdrawn_at:
        return desk.text("publication.state_withdrawn", at=_moment(one.withdrawn_at))
    key = "publication.state_out" if one.number == last else "publication.state_replaced"
    return desk.text(key)


def _withdraw(desk: Desk, one: Publication) -> None:
    text, place = desk.text, f"{WHY}_{one.number}"
    with st.popover(text("publication.withdraw"), icon=":material/undo:"):
        st.markdown(said(text("publication.withdraw_about")))
        st.text_area(text("publication.withdraw_why"), key=place)
        st.button(text("publication.withdraw"), key="publication_withdraw", type="primary",
                  on_click=_do_withdraw, args=(desk, one, place))  # fmt: skip


def _do_withdraw(desk: Desk, one: Publication, place: str) -> None:
    why = st.session_state.get(place, "")
    _do(desk, "publication.taken_back", partial(
        publication.withdraw, desk.store, desk.person, desk.cycle, one, why
    ))  # fmt: skip


def _do(desk: Desk, done: str, act: Callable[[], Publication]) -> None:
    try:
        kept = act()
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    st.session_state.pop(NOTE, None)
    components.tell(desk.text(done, n=kept.number))


def _day(at: str) -> object:
    return day_of(datetime.fromisoformat(at))


def _moment(at: str) -> str:
    return written.moment(datetime.fromisoformat(at))

