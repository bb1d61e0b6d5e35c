"""A product of the catalogue: its releases with their dates, words and sources; corrected here."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from portfolio.errors import Invalid, Refusal
from portfolio.lifecycle import Product, Release
from services import lifecycles
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.look.tables import Column, table
from views.parts import facts, today

REFUSED = "lifecycles_refused"
ENDS = ("sales", "active", "standard", "extended")
SAID = {"none": None, "goes_on": False, "ended": True}
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
NEW = ""  # the choice of a release that does not stand yet


def show(desk: Desk, product: Product, can_write: bool) -> None:
    """Who makes it, where its dates come from, its releases; then the forms that correct it."""
    text = desk.text
    st.subheader(said(product.title), anchor=False)
    facts(desk, [
        (text("lifecycles.vendor"), product.vendor),
        (text("lifecycles.whose"), text(f"lifecycles.{_whose(product)}_long")),
        (text("lifecycles.aliases"), ", ".join(product.aliases)),
    ])  # fmt: skip
    if codes := _identifiers(product):
        st.markdown(text("lifecycles.identified_by", codes=codes))
    if product.source:
        st.markdown(text("lifecycles.source_at", source=_linked(product.source)))
    rows = [_row(desk, product, release) for release in product.releases]
    table(desk, rows, _columns(desk), key=f"lifecycles_{product.code}", name=product.title)
    if can_write:
        _correction(desk, product)
        _names(desk, product)
        _reset(desk, product)


def _whose(product: Product) -> str:
    return "ours" if product.version else "shipped"


def _linked(source: str) -> str:
    """An address as a link; any other source as it was typed."""
    is_address = source.startswith(("https://", "http://")) and " " not in source
    return f"<{source}>" if is_address else components.plain(source)


def _identifiers(product: Product) -> str:
    """As code: « :a: » within one would be read as a picture."""
    shown = [*product.purls, *product.cpes]
    codes = ", ".join(f"`{code.replace('`', '')}`" for code in shown[:4])
    return codes + (" …" if len(shown) > 4 else "")


def _row(desk: Desk, product: Product, release: Release) -> Mapping[str, object]:
    words = [getattr(release, f"{end}_word") for end in ENDS]
    said_ = next(key for key, value in SAID.items() if value is release.has_ended)
    return {
        "version": release.version,
        "label": release.label,
        **{end: getattr(release, f"{end}_end") for end in ENDS},
        "said": desk.text(f"lifecycles.said.{said_}") if said_ != "none" else "",
        "words": " · ".join(word for word in words if word),
        "source": product.source_of(release),
        "read_on": release.read_on,
    }


def _columns(desk: Desk) -> list[Column]:
    text = desk.text
    return [
        Column("version", text("lifecycles.head.version")),
        Column("label", text("lifecycles.head.label")),
        *(Column(end, text(f"lifecycles.end.{end}"), "date") for end in ENDS),
        Column("said", text("lifecycles.said_label"), help=text("lifecycles.said_help")),
        Column("words", text("lifecycles.words"), help=text("lifecycles.words_help")),
        Column("source", text("lifecycles.source")),
        Column("read_on", text("lifecycles.read_on"), "date"),
    ]


def _correction(desk: Desk, product: Product) -> None:
    """One release at a time: its four dates, what the source calls them, and the source."""
    text = desk.text
    st.subheader(text("lifecycles.correct"), anchor=False)
    releases = {release.version: release for release in product.releases}
    version = st.selectbox(
        text("lifecycles.release"), [*releases, NEW], index=None, width=480,
        key=f"lifecycles_release_{product.code}", placeholder=text("lifecycles.release_help"),
        format_func=lambda v: text("lifecycles.new_release") if v == NEW else _called(releases[v]),
    )
    if version is None:
        return
    release = releases.get(version)
    place = f"lifecycles_{product.code}_{product.version}_{version or 'new'}"
    with st.form(place):
        if release is None:
            st.text_input(text("lifecycles.head.version"), key=f"{place}_version")
        _ends(desk, release, place)
        st.radio(
            text("lifecycles.said_label"), list(SAID), key=f"{place}_said", horizontal=True,
            index=list(SAID.values()).index(release.has_ended if release else None),
            format_func=lambda key: text(f"lifecycles.said.{key}"),
            help=text("lifecycles.said_help"),
        )
        st.text_input(
            text("lifecycles.source"), release.source if release else "", key=f"{place}_source",
            help=text("lifecycles.source_help"), placeholder="https://",
        )
        st.form_submit_button(
            text("lifecycles.save"), type="primary", on_click=_save,
            args=(desk, place, product, release),
        )


def _called(release: Release) -> str:
    return " · ".join(filter(None, (release.version, release.label)))


def _ends(desk: Desk, release: Release | None, place: str) -> None:
    text = desk.text
    for column, end in zip(st.columns(4), ENDS, strict=True):
        with column:
            st.date_input(
                text(f"lifecycles.end.{end}"), getattr(release, f"{end}_end", None),
                min_value=FIRST, max_value=LAST, format="YYYY-MM-DD", key=f"{place}_{end}",
            )
            st.text_input(
                text("lifecycles.word"), getattr(release, f"{end}_word", ""),
                key=f"{place}_{end}_word", help=text("lifecycles.words_help"),
            )


def _save(desk: Desk, place: str, product: Product, before: Release | None) -> None:
    try:
        typed = _typed(desk, place, before)
        releases = [typed if r is before else r for r in product.releases]
        if before is None:
            releases.insert(0, typed)
        changed = replace(product, releases=tuple(releases))
        saved = lifecycles.save(desk.store, desk.person, changed, today())
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    components.tell(desk.text("lifecycles.saved", title=saved.title, version=typed.version))


def _typed(desk: Desk, place: str, before: Release | None) -> Release:
    state = st.session_state
    version = before.version if before else state[f"{place}_version"].strip()
    if not version:
        raise Invalid("empty", field=desk.text("lifecycles.head.version"))
    ends = {f"{end}_end": state[f"{place}_{end}"] for end in ENDS}
    words = {f"{end}_word": state[f"{place}_{end}_word"].strip() for end in ENDS}
    has_ended = None if ends["standard_end"] else SAID[state[f"{place}_said"]]
    source = state[f"{place}_source"].strip()
    given = before or Release(version)
    return replace(given, **ends, **words, has_ended=has_ended, source=source)


def _names(desk: Desk, product: Product) -> None:
    """What people and tools call it, one a line."""
    text = desk.text
    place = f"lifecycles_names_{product.code}_{product.version}"
    with st.expander(text("lifecycles.names"), icon=":material/label:"), st.form(place):
        for name in ("aliases", "purls", "cpes"):
            st.text_area(
                text(f"lifecycles.{name}"), "\n".join(getattr(product, name)),
                key=f"{place}_{name}", help=text("lifecycles.one_a_line"),
            )
        st.form_submit_button(
            text("lifecycles.save_names"), on_click=_save_names, args=(desk, place, product)
        )


def _save_names(desk: Desk, place: str, product: Product) -> None:
    lists = {
        name: tuple(filter(None, map(str.strip, st.session_state[f"{place}_{name}"].splitlines())))
        for name in ("aliases", "purls", "cpes")
    }
    _keep(desk, replace(product, **lists))


def _keep(desk: Desk, product: Product) -> None:
    try:
        saved = lifecycles.save(desk.store, desk.person, product, today())
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    components.tell(desk.text("lifecycles.saved_product", title=saved.title))


def _reset(desk: Desk, product: Product) -> None:
    """Take the shipped dates again, or remove a product that is the city's alone."""
    if not product.version:
        return
    key = "reset" if lifecycles.is_shipped(product.code) else "remove"
    components.confirm(
        desk, key="lifecycles_reset", label=desk.text(f"lifecycles.{key}"),
        question=desk.text(f"lifecycles.{key}_question", title=product.title),
        act=lambda: _do_reset(desk, product),
    )


def _do_reset(desk: Desk, product: Product) -> None:
    try:
        lifecycles.reset(desk.store, desk.person, product)
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    components.tell(desk.text("lifecycles.was_reset", title=product.title))


def addition(desk: Desk) -> None:
    """A product that the catalogue does not have, with its first release."""
    text = desk.text
    with (
        st.expander(text("lifecycles.add"), icon=":material/add:"),
        st.form("lifecycles_new", clear_on_submit=False),
    ):
        title, vendor, code = st.columns(3)
        title.text_input(text("lifecycles.product"), key="lifecycles_new_title")
        vendor.text_input(text("lifecycles.vendor"), key="lifecycles_new_vendor")
        code.text_input(text("lifecycles.code"), key="lifecycles_new_code",
                        help=text("lifecycles.code_help"))
        version, end, source = st.columns(3)
        version.text_input(text("lifecycles.head.version"), key="lifecycles_new_version")
        end.date_input(text("lifecycles.end.standard"), None, min_value=FIRST, max_value=LAST,
                       format="YYYY-MM-DD", key="lifecycles_new_end")
        source.text_input(text("lifecycles.source"), key="lifecycles_new_source",
                          help=text("lifecycles.source_help"))
        st.form_submit_button(text("lifecycles.add_act"), on_click=_add, args=(desk,))


def _add(desk: Desk) -> None:
    state = st.session_state
    names = ("title", "vendor", "code", "version", "source")
    typed = {name: state[f"lifecycles_new_{name}"].strip() for name in names}
    try:
        for name, label in (("title", "product"), ("code", "code"), ("version", "head.version")):
            if not typed[name]:
                raise Invalid("empty", field=desk.text(f"lifecycles.{label}"))
        release = Release(
            typed["version"], standard_end=state.lifecycles_new_end, source=typed["source"]
        )
        product = Product(
            typed["code"], typed["title"], typed["vendor"], releases=(release,),
            source=typed["source"],
        )
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    _keep(desk, product)
