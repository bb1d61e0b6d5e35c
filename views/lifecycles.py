"""The lifecycle catalogue: how long each product is repaired, and what that says of our systems."""

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from data.lifecycles import Catalogue
from portfolio.errors import Refusal, Stale
from portfolio.lifecycle import Product
from services import lifecycles
from services.lifecycle_dates import Standing
from services.permission import ACTS
from views import lifecycle_beside, lifecycle_product, lifecycle_refresh
from views.desk import Desk
from views.look import components
from views.look.tables import Column, table
from views.parts import today

PARTS = ("beside", "catalogue", "refresh")
PICKED = "lifecycles_pick"
REFUSED = "lifecycles_refused"


def render(desk: Desk) -> None:
    """Say how many technologies have a date; then complete them, correct a product, or refresh."""
    text = desk.text
    if not desk.cycle:
        answer = text("lifecycles.empty", n=lifecycles.how_many_shipped())
        components.page_head(desk, text("lifecycles.title"), answer)
        return
    catalogue = lifecycles.catalogue(desk.store, desk.person)
    told = lifecycles.beside(desk.store, desk.person, desk.cycle)
    components.page_head(desk, text("lifecycles.title"), _answer(desk, told))
    _refusal(desk)
    can_write = desk.has(*ACTS["lifecycles.save"])
    parts = PARTS if can_write else PARTS[:2]
    part = st.segmented_control(
        text("lifecycles.part_label"), parts, default=parts[0], required=True,
        format_func=lambda one: text(f"lifecycles.part.{one}"), key="lifecycles_part",
        label_visibility="collapsed",
    )
    if part == "catalogue":
        _catalogue(desk, catalogue, told, can_write)
    elif part == "refresh":
        lifecycle_refresh.show(desk)
    else:
        lifecycle_beside.show(desk, told, can_write)


def _answer(desk: Desk, told: Standing) -> str:
    text, n = desk.text, told.products
    if not told.lines:
        return text("lifecycles.answer_none", n=n)
    answer = text("lifecycles.answer", n=n, dated=told.dated, of=len(told.lines))
    more, other = len(told.fills), len(told.differing)
    if more:
        answer += " " + text("lifecycles.answer_more", n=more)
    if other:
        answer += " " + text("lifecycles.answer_other", n=other)
    return answer


def _refusal(desk: Desk) -> None:
    """What the last act was refused for."""
    refused = st.session_state.pop(REFUSED, None)
    if isinstance(refused, Stale):
        st.warning(desk.text("lifecycles.stale"), icon=":material/warning:")
    elif isinstance(refused, Refusal):
        components.error(desk, refused)


def _catalogue(desk: Desk, catalogue: Catalogue, told: Standing, can_write: bool) -> None:
    """Every product, those under our systems first; then one of them, release by release."""
    text = desk.text
    uses = Counter(line.match.product.code for line in told.lines if line.match)
    products = sorted(catalogue.products, key=lambda p: (-uses[p.code], p.title.casefold()))
    rows = [_row(desk, product, uses[product.code]) for product in products]
    table(desk, rows, _columns(desk), key="lifecycles_list", name=text("lifecycles.title"))
    st.header(text("lifecycles.one"), anchor=False)
    by_code = {product.code: product for product in products}
    code = st.selectbox(
        text("lifecycles.pick"), list(by_code), index=None, key=PICKED, width=480,
        format_func=lambda code: by_code[code].title, placeholder=text("lifecycles.pick_help"),
    )
    if code is not None:
        lifecycle_product.show(desk, by_code[code], can_write)
    if can_write:
        lifecycle_product.addition(desk)


def _row(desk: Desk, product: Product, uses: int) -> Mapping[str, object]:
    text, now = desk.text, today()
    ends = sorted(r.support_end for r in product.releases if r.support_end is not None)
    return {
        "title": product.title,
        "vendor": product.vendor,
        "category": category(desk, product.category),
        "uses": uses,
        "releases": len(product.releases),
        "dated": sum(release.is_dated for release in product.releases),
        "next": next((end for end in ends if end >= now), None),
        "whose": text("lifecycles.ours" if product.version else "lifecycles.shipped"),
    }


def category(desk: Desk, key: str) -> str:
    """The kind of product, in words; as the file says it where the words know none."""
    word = f"lifecycles.category.{key}"
    return desk.text(word) if desk.text.has(word) else key


def _columns(desk: Desk) -> list[Column]:
    text = desk.text
    return [
        Column("title", text("lifecycles.product"), width="medium"),
        Column("vendor", text("lifecycles.vendor")),
        Column("category", text("lifecycles.category_label")),
        Column("uses", text("lifecycles.uses"), "number", help=text("lifecycles.uses_help")),
        Column("next", text("lifecycles.next"), "date", help=text("lifecycles.next_help")),
        Column("releases", text("lifecycles.releases"), "number"),
        Column("dated", text("lifecycles.dated"), "number"),
        Column("whose", text("lifecycles.whose")),
    ]
