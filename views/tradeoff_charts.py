"""The pictures of trade-offs: a frontier, what rules cost, plans side by side."""

from collections.abc import Sequence

import streamlit as st

from services.frontiers import Frontier, Spot
from services.plan_view import PlanView
from services.tradeoffs import Near, Nearby, Price, Prices
from services.why_card import Lack
from views.look import charts
from views.look.components import plain, said
from views.look.tables import Column, table
from views.plan_words import PlanWords
from views.why_words import figure, lack_words

NAMES = "ABCDEFGH"
DRAWN = 12  # prices drawn; the table has them all
KINDS = {"points": "number", "money": "thousands", "score": "number"}


def frontier(words: PlanWords, found: Frontier) -> None:
    """Value against the other objective, the plan marked, with who comes and goes at each step."""
    desk, text = words.desk, words.desk.text
    if not found.spots:
        st.markdown(text("tradeoffs.frontier.none"))
        return
    spots = [*found.spots]
    if not any(spot.is_plan for spot in spots):
        spots = sorted([*spots, found.plan], key=lambda spot: (spot.value, spot.is_plan))
    rows = [_spot(words, spot) for spot in spots]
    amount = Column(
        "amount",
        text(f"tradeoffs.frontier.{found.against}"),
        "number" if found.against == "carbon" else "thousands",
    )
    value = Column("value", text("tradeoffs.frontier.value"), "number")
    kind = Column("kind", text("tradeoffs.frontier.kind"), width="small")
    chosen = Column("chosen", text("tradeoffs.frontier.chosen"), "number")
    ways = [Column(name, text(f"tradeoffs.frontier.{name}")) for name in ("enters", "leaves")]
    order = [text("tradeoffs.frontier.spots"), text("tradeoffs.frontier.plan")]
    spec = charts.frontier(desk, rows, x=amount, y=value, series=kind, more=ways, order=order)
    charts.chart(
        desk,
        spec,
        title=_frontier_title(words, found),
        sentence=_frontier_said(words, found, amount),
        rows=rows,
        columns=(kind, value, amount, chosen, *ways),
        key="tradeoffs_frontier",
    )


def _spot(words: PlanWords, spot: Spot) -> dict[str, object]:
    return {
        "kind": words.desk.text(f"tradeoffs.frontier.{'plan' if spot.is_plan else 'spots'}"),
        "value": spot.value,
        "amount": spot.amount,
        "chosen": spot.chosen,
        "enters": words.codes(spot.enters),
        "leaves": words.codes(spot.leaves),
    }


def _frontier_title(words: PlanWords, found: Frontier) -> str:
    text, key = words.desk.text, f"tradeoffs.frontier.title_{found.against}"
    reached = found.lean if found.against == "cost" else found.extreme
    if reached is None or reached.amount == found.plan.amount:
        return text(f"{key}_none")
    amounts = [spot.amount for spot in (reached, found.plan)]
    if found.against == "carbon":
        amounts = [round(amount) for amount in amounts]
    given = figure(found.given_up, "points")
    return text(key, amount=amounts[0], plan=amounts[1], kept=found.kept, given=given)


def _frontier_said(words: PlanWords, found: Frontier, amount: Column) -> str:
    desk, text = words.desk, words.desk.text
    points, near = found.near
    shown = f"{desk.number(round(near))} kg"
    if amount.kind == "thousands":
        shown = desk.money(round(near), compact=True)
    facts = {"points": figure(points, "points"), "amount": shown}
    parts = [
        text("tradeoffs.frontier.sentence", n=len(found.spots)),
        text("tradeoffs.frontier.sentence_near", **facts),
    ]
    if not found.is_complete:
        parts.append(text("tradeoffs.frontier.sentence_left", unexplored=found.unexplored))
    return " ".join(parts)


def prices(words: PlanWords, found: Prices) -> None:
    """The imposed choices, each with its price and its reason; then every rule that costs."""
    imposed(words, found)
    desk, text = words.desk, words.desk.text
    paid = found.paid
    rows = [_price(words, price, found) for price in found.prices]
    head = {"points": "cost", "money": "cost_money", "score": "cost_score"}[found.unit]
    columns = (
        Column("rule", text("tradeoffs.price.rule"), width="large"),
        Column("cost", text(f"tradeoffs.price.{head}"), KINDS[found.unit]),
        Column("at_most", text("tradeoffs.price.at_most"), KINDS[found.unit]),
        Column("proved", text("tradeoffs.price.proved"), width="small"),
        Column("comes", text("tradeoffs.price.comes")),
        Column("goes", text("tradeoffs.price.goes")),
    )
    if not rows:
        return
    sentence = text("tradeoffs.price.sentence", n=len(paid), of=len(rows))
    if bounded := sum(not price.is_exact for price in paid):
        sentence = f"{sentence} {text('tradeoffs.price.sentence_bounds', n=bounded)}"
    drawn = [row for row in rows if row["cost"]][:DRAWN]
    if not drawn:
        st.header(text("tradeoffs.price.title_none"), anchor=False)
        st.markdown(said(sentence))
        table(desk, rows, columns, key="tradeoffs_prices", name=text("tradeoffs.section_prices"))
        return
    dearest = found.prices[0]
    charts.chart(
        desk,
        charts.bars(desk, drawn, name=columns[0], value=columns[1], label="shown"),
        title=text(
            "tradeoffs.price.title",
            rule=words.limit(dearest.rule),
            cost=_cost(words, dearest, found),
        ),
        sentence=sentence,
        rows=rows,
        columns=columns,
        key="tradeoffs_prices",
    )


def imposed(words: PlanWords, found: Prices) -> None:
    """Each choice that someone imposed: its price, whom it drives out, and its reason."""
    text = words.desk.text
    st.header(text("tradeoffs.price.imposed"), anchor=False)
    forced = [p for p in found.prices if p.rule[0] in ("force-in", "force-out")]
    if not forced and found.is_complete:
        st.markdown(text("tradeoffs.price.imposed_none"))
    for price in forced:
        told = text("tradeoffs.price.free")
        if price.at_most:
            told = text("tradeoffs.price.costs", lack=_cost(words, price, found))
        rule = f"{words.limit(price.rule)} · {words.title(price.rule[1])}"
        key = "line_chases" if price.comes else "line"
        facts = {"rule": plain(rule), "cost": told, "codes": words.codes(price.comes)}
        st.markdown(said(text(f"tradeoffs.price.{key}", **facts)))
        given = text("tradeoffs.price.reason", reason=price.reason) if price.reason else ""
        st.caption(plain(given or text("tradeoffs.price.reason_none")))


def _cost(words: PlanWords, price: Price, found: Prices) -> str:
    return lack_words(words.desk, Lack(price.cost, price.cost, price.at_most), found.unit)


def _price(words: PlanWords, price: Price, found: Prices) -> dict[str, object]:
    bounded = None if price.at_most == float("inf") else price.at_most
    return {
        "rule": words.limit(price.rule),
        "cost": price.cost,
        "at_most": bounded,
        "proved": words.desk.text(f"tradeoffs.price.{'exact' if price.is_exact else 'bounds'}"),
        "comes": words.codes(price.comes),
        "goes": words.codes(price.goes),
        "shown": _shown(words, price, found),
    }


def _shown(words: PlanWords, price: Price, found: Prices) -> str:
    """The figure at the end of a bar; with a sign where it may be more."""
    desk, amount = words.desk, figure(price.cost, found.unit)
    is_money = found.unit == "money"
    shown = desk.money(round(amount), compact=True) if is_money else desk.number(amount)
    return shown if price.is_exact else f"≥ {shown}"


def near(words: PlanWords, view: PlanView, found: Nearby) -> None:
    """Plans side by side: what each loses, then who is in which."""
    desk, text = words.desk, words.desk.text
    key = "tradeoffs.near.title" if found.plans else "tradeoffs.near.title_none"
    st.header(said(text(key, n=len(found.plans), within=found.within)), anchor=False)
    if not found.plans:
        if found.is_complete:
            st.markdown(text("tradeoffs.near.sentence_none"))
        return
    st.markdown(said(text("tradeoffs.near.sentence", n=len(found.differing))))
    named = list(zip(NAMES, found.plans, strict=False))
    st.markdown("\n".join(f"- {_near_line(words, name, one, found)}" for name, one in named))
    columns = [
        Column("code", text("tradeoffs.near.code"), width="small"),
        Column("title", text("tradeoffs.near.project"), width="large"),
        Column("plan", text("tradeoffs.near.plan")),
        *(Column(name, name) for name, _ in named),
    ]
    views = [("plan", view), *((name, one.view) for name, one in named)]
    rows = [_side_by_side(words, code, views) for code in found.differing]
    name = text("tradeoffs.near.differing")
    st.subheader(name, anchor=False)
    table(desk, rows, columns, key="tradeoffs_near", name=name)


def _near_line(words: PlanWords, name: str, one: Near, found: Nearby) -> str:
    text, nobody = words.desk.text, words.desk.text("tradeoffs.near.nobody")
    return said(
        text(
            "tradeoffs.near.line",
            name=name,
            lost=lack_words(words.desk, Lack(one.lost, one.lost, one.lost), found.unit),
            cost=one.view.totals.cost,
            enters=words.codes(one.enters) or nobody,
            leaves=words.codes(one.leaves) or nobody,
        )
    )


def _side_by_side(
    words: PlanWords, code: str, views: Sequence[tuple[str, PlanView]]
) -> dict[str, object]:
    row: dict[str, object] = {"code": code, "title": words.title(code)}
    for name, view in views:
        line = view.line(code)
        when = words.period(line.start)
        key = "taken" if line.is_chosen else "left"
        row[name] = words.desk.text(f"tradeoffs.near.{key}", when=when)
    return row
