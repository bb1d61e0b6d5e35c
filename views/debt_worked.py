"""An item worked out: its four figures, its formulas with figures put in, and the years ahead."""

from collections.abc import Iterator

import streamlit as st

from portfolio.debt import DebtItem
from services.debt_figures import Worked
from views.desk import Desk
from views.look import charts, components
from views.look.components import Metric
from views.look.tables import Column
from views.parts import in_years, small_table, three_points

Line = tuple[str, str, str]  # a figure, how it is reached, what it comes to


def figures(desk: Desk, found: Worked) -> None:
    """Principal, interest of the first year, break-even, and what a year's wait costs."""
    text = desk.text
    components.metric_row((
        Metric(text("debts.principal"), _money(desk, found.principal),
               help=text("debts.principal_help")),
        Metric(text("debts.interest"), _money(desk, found.interest),
               help=text("debts.interest_help")),
        Metric(text("debts.break_even"), in_years(desk, found.break_even)),
        Metric(text("debts.waiting"), _money(desk, found.waiting), help=text("debts.waiting_help")),
    ))


def formulas(desk: Desk, item: DebtItem, found: Worked) -> None:
    """Each figure with how it is reached."""
    text = desk.text
    with st.expander(text("debt_item.formulas")):
        rows = [
            _amount(desk, item, "principal", text("debts.principal"), found.principal),
            *_interest(desk, item, found),
            (text("debts.break_even"), _break_even(desk, item, found),
             in_years(desk, found.break_even)),
            (text("debts.waiting"),
             text("debt_item.waiting_is", interest=round(found.interest), later=round(found.later),
                  rate=found.discount, principal=round(found.principal)),
             _money(desk, found.waiting)),
        ]
        head = [text(f"debt_item.{name}") for name in ("figure", "formula", "result")]
        small_table(head, rows, name=text("debt_item.formulas"))


def _amount(desk: Desk, item: DebtItem, name: str, label: str, mean: float) -> Line:
    """(low + 4 likely + high) / 6, and where the likely amount comes from."""
    amount, priced = getattr(item, name), getattr(item, f"{name}_priced")
    points = three_points(desk, amount.low, amount.likely, amount.high)
    how = desk.text("debt_item.mean_is", points=points)
    if amount.low is None and amount.high is None:
        how = points
    if priced is not None:
        of = {part: getattr(priced, part) for part in ("hours", "rate", "external")}
        how = f"{desk.text('debt_item.priced_as', **of)} ; {how}"
    return label, how, _money(desk, mean)


def _interest(desk: Desk, item: DebtItem, found: Worked) -> Iterator[Line]:
    text = desk.text
    if item.interest_given:
        outside = text("debt_item.interest_outside")
        yield text("debts.interest"), outside, _money(desk, found.interest)
        return
    yield _amount(desk, item, "interest", text("debt_item.recurring"), found.recurring)
    if found.before or found.after:
        loss = text("debt_item.loss_is", p=item.p_before, loss=item.loss)
        yield text("debt_item.expected_loss"), loss, _money(desk, found.before)
    if item.support_end is not None and found.has_step:
        later = item.loss if item.loss_after is None else item.loss_after
        loss = text("debt_item.loss_is", p=item.p_after, loss=later)
        label = text("debt_item.loss_from", year=item.support_end.year)
        yield label, loss, _money(desk, found.after)
    yield text("debts.interest"), text("debt_item.interest_is"), _money(desk, found.interest)


def _break_even(desk: Desk, item: DebtItem, found: Worked) -> str:
    if found.interest <= 0:
        return desk.text("debt_item.break_even_none")
    of = {"principal": round(found.principal), "interest": round(found.interest)}
    if not item.interest_growth:
        return desk.text("debt_item.break_even_is", **of)
    return desk.text("debt_item.break_even_grown", growth=item.interest_growth, **of)


def by_year(desk: Desk, item: DebtItem, found: Worked, key: str) -> None:
    """Interest of the years ahead, paid and possible; the step at the end of support shows."""
    text, ahead = desk.text, found.course
    names = {part: text(f"debt_item.{part}_part") for part in ("recurring", "contingent")}
    shown = [part for part in names if any(getattr(ahead, part))]
    rows = [
        {"year": str(found.first + at), "part": names[part], "amount": round(cents)}
        for part in shown
        for at, cents in enumerate(getattr(ahead, part))
    ]
    if not rows:
        st.markdown(text("debt_item.years_none"))
        return
    year = Column("year", text("debt_item.year"), width="small")
    part = Column("part", text("debt_item.part_label"))
    amount = Column("amount", text("debts.interest"), "money")
    spec = charts.stacked_bars(
        desk, rows, x=year, y=amount, series=part, order=[names[name] for name in shown]
    )
    is_step = found.has_step and item.support_end is not None
    title = text("debt_item.years_title", interest=round(found.interest))
    if is_step:
        title = text("debt_item.years_step", day=item.support_end, before=round(found.before),
                     after=round(found.after))  # fmt: skip
    charts.chart(
        desk, spec.properties(height=200), title=title,
        sentence=text("debt_item.years_sentence", n=len(ahead.recurring), paid=round(ahead.paid),
                      principal=round(found.principal)),
        rows=rows, columns=(year, part, amount), key=key, level=3,
    )  # fmt: skip


def _money(desk: Desk, cents: float) -> str:
    return desk.money(round(cents), compact=True)
