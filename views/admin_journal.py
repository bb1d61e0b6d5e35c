"""The journal: its lines looked for and read, whether it is whole, and its anchor to keep."""

from collections.abc import Mapping

import streamlit as st

from portfolio.errors import Refusal
from services import journal
from services.journal import PAGE, Asked, Entry, Found
from services.register_history import Changed
from views import journal_words as words
from views.desk import Desk
from views.look.components import said
from views.look.tables import Column, table
from views.parts import facts, shortened, small_table, today
from views.register_words import both, label, told

AT, CHECKED = "admin_journal_at", "admin_journal_checked"
PAGES = {  # kind of object -> the page whose words its fields have
    "debt": "debt_item", "system": "system_item", "acceptance": "acceptances",
    "project": "proposals",
}  # fmt: skip
WIDE = 160  # letters of what a line says in the table; the whole stands below


def show(desk: Desk) -> None:
    """The lines first; below them, the verification and the anchor."""
    text = desk.text
    st.header(said(text("journal.title")), anchor=False)
    at = st.session_state.get(AT, 0)
    found = journal.page(desk.store, desk.person, _asked(), at)
    answer = "journal.answer" if found.count else "journal.answer_none"
    st.markdown(said(text(answer, n=found.count)))
    st.caption(said(text("journal.explained")))
    _filter(desk, found)
    _lines(desk, found, at)
    _check(desk)


def _asked() -> Asked:
    """What was asked for in the filter below, as it stands in the session."""
    given = {name: st.session_state.get(f"admin_journal_{name}") for name in Asked.__slots__}
    return Asked(**{name: value for name, value in given.items() if value})


def _filter(desk: Desk, found: Found) -> None:
    text = desk.text
    choices = (
        ("actor", "who", "everyone", found.actors),
        ("kind", "kind_asked", "all_kinds", {k: words.kind(text, k) for k in found.kinds}),
        ("act", "act_asked", "all_acts", {a: words.act(text, a) for a in found.acts}),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="admin_journal_filter"):
        for name, title, every, titles in choices:
            _choice(desk, name, title, every, titles)
        st.text_input(
            text("journal.key_asked"), key="admin_journal_key", help=text("journal.key_help"),
            on_change=_turn, args=(0,), width=180,
        )  # fmt: skip
        for name in ("since", "until"):
            st.date_input(
                text(f"journal.{name}"), None, key=f"admin_journal_{name}", format="YYYY-MM-DD",
                on_change=_turn, args=(0,), width=210 if desk.projection else 150,
            )  # fmt: skip


def _choice(desk: Desk, name: str, title: str, every: str, titles: Mapping[str, str]) -> None:
    st.selectbox(
        desk.text(f"journal.{title}"),
        ["", *sorted(titles, key=lambda code: titles[code].casefold())],
        format_func=lambda code: titles.get(code, code) if code else desk.text(f"journal.{every}"),
        key=f"admin_journal_{name}",
        on_change=_turn,
        args=(0,),
        width=230,
    )


def _turn(to: int) -> None:
    st.session_state[AT] = to


def _lines(desk: Desk, found: Found, at: int) -> None:
    text = desk.text
    if not found.entries:
        st.info(text("journal.found_none"))
        return
    pages = -(-found.total // PAGE)
    key = "journal.found_all" if found.total == found.count else "journal.found"
    st.caption(said(text(key, n=found.total, page=at + 1, pages=pages)))
    names = ("sequence", "when", "who", "deed", "object", "said")
    columns = [Column(name, text(f"journal.{name}")) for name in names]
    rows = [_row(desk, entry) for entry in found.entries]
    chosen = table(
        desk, rows, columns, key="admin_journal_lines", name=text("journal.lines"), can_choose=True
    )
    if pages > 1:
        _turning(desk, at, pages)
    if chosen is None:
        st.caption(text("journal.choose"))
    else:
        _one(desk, chosen["entry"])


def _turning(desk: Desk, at: int, pages: int) -> None:
    text = desk.text
    with st.container(horizontal=True):
        st.button(text("journal.newer"), disabled=at == 0, on_click=_turn, args=(at - 1,),
                  key="admin_journal_newer", icon=":material/chevron_left:")
        st.button(text("journal.older"), disabled=at + 1 >= pages, on_click=_turn, args=(at + 1,),
                  key="admin_journal_older", icon=":material/chevron_right:")


def _row(desk: Desk, entry: Entry) -> dict[str, object]:
    line = entry.line
    return {
        "sequence": str(line.sequence),
        "when": words.moment(entry),
        "who": entry.who,
        "deed": words.act(desk.text, line.act),
        "object": _object(desk, entry),
        "said": shortened(_said(desk, entry), WIDE),
        "entry": entry,
    }


def _object(desk: Desk, entry: Entry) -> str:
    """« Proposition · 2027/P1 »; of a refused act, the act is told already."""
    kind = words.kind(desk.text, entry.line.kind)
    return kind if entry.is_refusal else f"{kind} · {entry.line.key}"


def _said(desk: Desk, entry: Entry) -> str:
    """What was refused, recorded, removed or changed, on one line."""
    text = desk.text
    if entry.is_refusal:
        return words.refusal(text, entry)
    if entry.is_blind:
        return text("journal.blind")
    if entry.before is None or entry.after is None:
        key = "told" if entry.before is entry.after else "new" if entry.before is None else "gone"
        return text(f"journal.{key}")
    parts = []
    for change in entry.changes:
        before, after = _both(desk, change)
        name = _label(desk, entry, change.field)
        parts.append(f"{name}{text('parts.colon')} {before} → {after}")
    return " ; ".join(parts) or text("journal.nothing")


def _one(desk: Desk, entry: Entry) -> None:
    """The whole of a line: who, in which role, why, what it was and is, and its hashes."""
    text, line = desk.text, entry.line
    who = entry.who if entry.who == line.actor else f"{entry.who} ({line.actor})"
    st.subheader(text("journal.one", n=line.sequence), anchor=False)
    facts(desk, [
        (text("journal.when"), words.moment(entry)),
        (text("journal.who"), who),
        (text("journal.role"), _roles(desk, line.role)),
        (text("journal.deed"), words.act(text, line.act)),
        (text("journal.object"), "" if entry.is_refusal else _object(desk, entry)),
        (text("journal.reason"), line.reason),
        (text("journal.said"), _said(desk, entry) if entry.is_refusal or entry.is_blind else ""),
        (text("journal.request"), line.request or ""),
        (text("journal.version"), line.app_version),
        (text("journal.hash"), line.hash),
        (text("journal.previous"), line.previous),
    ])  # fmt: skip
    if not (entry.is_refusal or entry.is_blind):
        _content(desk, entry)


def _content(desk: Desk, entry: Entry) -> None:
    """What changed; of an object that appears or goes, all that it said."""
    text = desk.text
    if entry.before is not None and entry.after is not None:
        rows = [(_label(desk, entry, c.field), *_both(desk, c)) for c in entry.changes]
        head = [text(f"journal.{name}") for name in ("field", "before", "after")]
    else:
        held = entry.after or entry.before or {}
        given = {name: value for name, value in held.items() if value not in (None, "", [])}
        rows = [(_label(desk, entry, n), _told(desk, n, value)) for n, value in given.items()]
        head = [text("journal.field"), text("journal.whole_object")]
    if rows:
        small_table(head, rows, name=text("journal.whole_object"))
    else:
        st.caption(text("journal.nothing"))


def _both(desk: Desk, change: Changed) -> tuple[str, str]:
    """The two values in words; as they stand, where a forged line says what its field cannot."""
    try:
        return both(desk, change)
    except (TypeError, ValueError, ArithmeticError):
        return str(change.before), str(change.after)


def _told(desk: Desk, name: str, value: object) -> str:
    try:
        return told(desk, name, value)
    except (TypeError, ValueError, ArithmeticError):
        return str(value)


def _label(desk: Desk, entry: Entry, field: str) -> str:
    """What the field is called on its form; the title of a proposal is its name there."""
    page, key = PAGES.get(entry.line.kind, ""), f"journal.named.{field}"
    called = label(desk, "name" if (page, field) == ("proposals", "title") else field, page)
    return desk.text(key) if called == field and desk.text.has(key) else called


def _roles(desk: Desk, role: str) -> str:
    """Roles in words, as they were then."""
    keys = {one: f"common.role.{one}" for one in role.split(", ") if one}
    return ", ".join(desk.text(k) if desk.text.has(k) else one for one, k in keys.items())


def _check(desk: Desk) -> None:
    text = desk.text
    st.header(said(text("journal.check_title")), anchor=False)
    st.markdown(said(text("journal.check_what")))
    kept = st.file_uploader(
        text("journal.anchors"), type=["jsonl", "json", "txt"], key="admin_journal_anchors",
        help=text("journal.anchors_help"),
    )  # fmt: skip
    with st.container(horizontal=True):
        st.button(
            text("journal.check"), type="primary", key="admin_journal_check",
            icon=":material/fact_check:", on_click=_verify,
            args=(desk, kept.getvalue() if kept else None),
        )  # fmt: skip
        st.download_button(
            text("journal.anchor_download"),
            journal.as_file(journal.anchor(desk.store, desk.person)),
            file_name=f"{text('journal.anchor_file')}-{today().isoformat()}.jsonl",
            mime="application/x-ndjson", key="admin_journal_download",
            icon=":material/anchor:", on_click="ignore",
        )  # fmt: skip
    st.caption(said(text("journal.anchor_what")))
    match st.session_state.get(CHECKED):
        case None:
            return
        case Refusal() as refusal:
            st.error(desk.refusal(refusal))
        case checked:
            tell = st.success if checked.verdict.is_sound else st.error
            finding, *meaning = words.verdict(text, checked)
            tell("  \n".join([f"**{said(finding)}**", *map(said, meaning)]))


def _verify(desk: Desk, content: bytes | None) -> None:
    """Read the whole journal; what it found stands until the next time."""
    try:
        st.session_state[CHECKED] = journal.verify(desk.store, desk.person, content)
    except Refusal as refusal:
        st.session_state[CHECKED] = refusal
