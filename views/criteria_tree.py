"""The tree of a draft: choose a criterion, add one, move it, take it away."""

from zlib import crc32

import streamlit as st

from portfolio import tree
from portfolio.criterion import Framework
from portfolio.words import Bilingual
from services import scores
from views.criteria_draft import Draft, act, choose_typed
from views.criteria_words import named
from views.desk import Desk
from views.look import components
from views.look.components import plain, said

WIDTH = 25  # letters of a title in the tree; the whole stands over its fields
INDENT = "\u2003\u2003"  # a space that Markdown keeps


def show(desk: Desk, draft: Draft) -> None:
    """The tree with the share of each criterion, and what can be done with the chosen one."""
    text, framework = desk.text, draft.framework
    keys = [c.key for c in framework.criteria]
    if keys:
        shares = scores.weights(framework)
        labels = {one: _branch(desk, framework, one, shares[one]) for one in keys}
        # A field whose options are worded anew loses its choice: it is then another field.
        key = draft.key(f"tree_{crc32(' '.join(labels.values()).encode())}")
        st.radio(
            text("framework.tree"),
            keys,
            index=keys.index(draft.chosen) if draft.chosen in keys else 0,
            format_func=labels.__getitem__,
            key=key,
            on_change=choose_typed,
            args=(draft, key),
        )
        _moves(desk, draft)
    _add(desk, draft)


def _branch(desk: Desk, framework: Framework, key: str, share: float) -> str:
    criterion = framework.criterion(key)
    depth = len(list(framework.path(key))) - 1
    whole = named(desk, criterion)
    short = whole if len(whole) <= WIDTH else f"{whole[: WIDTH - 1].rstrip()}…"
    title = desk.text("criteria.weighted", title=short, share=share)
    shown = plain(title)
    return INDENT * depth + (shown if depth else f"**{shown}**")


def _moves(desk: Desk, draft: Draft) -> None:
    """Up, down, under another branch, away."""
    text, framework, key = desk.text, draft.framework, draft.chosen
    siblings = [c.key for c in framework.children(framework.criterion(key).parent)]
    with st.container(horizontal=True, key="criteria_moves"):
        for by, name, icon, end in (
            (-1, "up", ":material/arrow_upward:", siblings[0]),
            (1, "down", ":material/arrow_downward:", siblings[-1]),
        ):
            st.button(
                text(f"framework.{name}"), key=f"criteria_{name}", icon=icon, disabled=key == end,
                on_click=act, args=(desk, draft, lambda f, by=by: tree.shift(f, key, by)),
            )
        gone = tree.beneath(framework, key)
        components.confirm(
            desk,
            key="criteria_remove",
            label=text("framework.remove"),
            question=text(
                "framework.remove_question",
                title=plain(named(desk, framework.criterion(key))), n=len(gone) - 1,
            ),
            act=lambda: act(desk, draft, lambda f: tree.remove(f, key)),
        )
    _place(desk, draft)


def _place(desk: Desk, draft: Draft) -> None:
    """Another branch to hang from: those that are not beneath it, and the top."""
    text, framework, key = desk.text, draft.framework, draft.chosen
    beneath = {c.key for c in tree.beneath(framework, key)}
    parents = {c.parent for c in framework.criteria if c.parent}
    branches = ["", *(c.key for c in framework.criteria
                      if c.key not in beneath and (c.key in parents or not c.parent))]  # fmt: skip
    now = framework.criterion(key).parent
    if now not in branches:
        branches.append(now)

    def word(one: str) -> str:
        return named(desk, framework.criterion(one)) if one else text("framework.top")

    field = draft.key("parent")
    st.selectbox(
        text("framework.under"), branches, index=branches.index(now), format_func=word,
        key=field, on_change=_placed, args=(desk, draft, field),
    )


def _placed(desk: Desk, draft: Draft, field: str) -> None:
    parent, key = st.session_state[field], draft.chosen
    act(desk, draft, lambda f: tree.place(f, key, parent))


def _add(desk: Desk, draft: Draft) -> None:
    """A new criterion: a branch at the top, or under the chosen branch."""
    text, framework = desk.text, draft.framework
    with (
        st.expander(text("framework.add"), icon=":material/add:"),
        st.form(draft.key("add"), border=False),
    ):
        st.text_input(text("framework.add_title"), key=draft.key("add_title"))
        places = [""] if not framework.criteria else [*_places(framework, draft.chosen), ""]
        words = {one: named(desk, framework.criterion(one)) for one in places if one}
        st.selectbox(
            text("framework.under"), places, key=draft.key("add_parent"),
            format_func=lambda one: words.get(one, text("framework.top")),
        )
        st.caption(said(text("framework.add_help")))
        st.form_submit_button(
            text("framework.add_act"), type="primary", on_click=_added, args=(desk, draft)
        )


def _places(framework: Framework, chosen: str) -> list[str]:
    """The branch the chosen criterion stands in first, then the others, then itself."""
    path = [c.key for c in framework.path(chosen)] if chosen else []
    branches = [c.key for c in framework.criteria if framework.children(c.key) or not c.parent]
    return list(dict.fromkeys([*(k for k in path if k in branches), *branches, *path]))


def _added(desk: Desk, draft: Draft) -> None:
    state = st.session_state
    title = state[draft.key("add_title")].strip()
    parent = state[draft.key("add_parent")]
    words = Bilingual(title, title) if desk.language == "en" else Bilingual(title)
    act(
        desk, draft, lambda f: tree.add(f, parent, words)[0],
        tree.free_key(draft.framework, parent),
    )  # fmt: skip
