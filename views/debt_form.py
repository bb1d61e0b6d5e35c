"""The form of a debt item: what it is, what it costs, what repays it, what shows it."""

from dataclasses import replace
from typing import Any

import streamlit as st

from portfolio.debt import DebtItem, DebtType, Evidence, Priced, Quadrant, Remedy
from portfolio.errors import Invalid, Refusal
from portfolio.project import Estimate
from portfolio.registry import Registry
from services import debt_acts
from services.debt_figures import worked
from views import debt_worked, register_conflict
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.parts import shortened, today
from views.register_fields import POINTS, Fields, pinned, unpin

OPENED, DONE = "debts_form", "debts_done"  # what is edited; what came of the last act
TEXTS = ("title", "description", "owner", "basis")


def show(desk: Desk, registry: Registry, item: DebtItem | None, system: str = "") -> None:
    """The form of an item, or of a new one on that system; its figures follow what is typed."""
    text = desk.text
    start = pinned(item or _new(registry, system), _place)
    fields = Fields(desk, _place(start), "debt_item")
    register_conflict.show(desk, "debt_item", _keep_mine)
    live = st.container()
    titles = [text(f"debt_item.part.{p}") for p in ("what", "cost", "repaid", "shown")]
    what, cost, repaid, shown = st.tabs(titles)
    with what:
        _what(fields, registry, start, is_new=item is None)
    with cost:
        _cost(fields, registry, start)
    with repaid:
        _repaid(fields, registry, start)
    with shown:
        _evidence(fields, start)
    if item is not None:
        fields.line("why", "")
    st.button(
        text("debt_item.save" if item else "debt_item.log"), type="primary", key="debts_save",
        icon=":material/save:", on_click=_send, args=(desk, fields, registry, start, item is None),
    )
    with live:
        _live(fields, registry, start)


def _place(item: DebtItem) -> str:
    return f"debts_{item.code}_{item.version}"


def _live(fields: Fields, registry: Registry, start: DebtItem) -> None:
    """What the item comes to as it stands in the fields."""
    desk, text = fields.desk, fields.desk.text
    try:
        item = replace(start, **_typed_cost(fields, registry, start))
    except Refusal:
        st.caption(said(text("debt_item.live_none")))
        return
    debt_worked.figures(desk, worked(item, registry.cycle))
    if item.loss or item.loss_after:
        with st.expander(text("debt_item.by_year")):
            debt_worked.by_year(desk, item, worked(item, registry.cycle), key="debts_form_years")


def _new(registry: Registry, system: str) -> DebtItem:
    where = system or (registry.systems[0].code if registry.systems else "?")
    code = debt_acts.next_code(registry)
    return DebtItem(code, "?", where, Estimate(0), Estimate(0))


def _what(fields: Fields, registry: Registry, item: DebtItem, is_new: bool) -> None:
    text = fields.desk.text
    left, right = st.columns(2, gap="large")
    with left:
        if is_new:
            fields.line("code", item.code)
        fields.line("title", "" if is_new else item.title)
        systems = {s.code: f"{s.code} · {s.title_in(fields.desk.language)}"
                   for s in registry.systems}
        fields.choice("system", list(systems), item.system, systems.__getitem__, must=True)
        types = [str(t) for t in DebtType]
        fields.choice("type", types, item.type, lambda t: text(f"debts.type.{t}"), must=True)
        fields.choice("quadrant", [str(q) for q in Quadrant], item.quadrant,
                      lambda q: text(f"debt_item.quadrant_is.{q}"))
    with right:
        fields.line("owner", item.owner)
        fields.line("basis", item.basis)
        fields.choice("confidence", ["1", "2", "3"],
                      str(item.confidence) if item.confidence else None,
                      lambda c: text(f"debt_item.confidence_is.{c}"))
        fields.day("review_on", item.review_on)
        fields.choice("created_by", _projects(registry), item.created_by or None,
                      lambda code: _project_words(fields.desk, registry, code))
    fields.area("description", item.description)


def _projects(registry: Registry) -> list[str]:
    return [project.code for project in registry.projects]


def _project_words(desk: Desk, registry: Registry, code: str) -> str:
    titles = {p.code: p.title_in(desk.language) for p in registry.projects}
    return f"{code} · {shortened(titles.get(code, ''), 60)}"


def _cost(fields: Fields, registry: Registry, item: DebtItem) -> None:
    text = fields.desk.text
    for name in ("principal", "interest"):
        st.subheader(text(f"debts.{name}"), anchor=False)
        st.caption(said(text(f"debt_item.{name}_about")))
        fields.points(name, getattr(item, name))
        priced: Priced | None = getattr(item, f"{name}_priced")
        columns = st.columns(4)
        for column, part in zip(columns, ("hours", "rate", "external"), strict=False):
            with column:
                value = getattr(priced, part, None)
                if part == "hours":
                    fields.number(f"{name}_{part}", value)
                else:
                    fields.money(f"{name}_{part}", value)
        with columns[3]:
            fields.percent(f"{name}_growth", getattr(item, f"{name}_growth"))
        _price(fields, name, item)
    _given(fields, registry, item)
    st.subheader(text("debts.contingent"), anchor=False)
    st.caption(said(text("debt_item.contingent_about")))
    before, after, end = st.columns(3)
    with before:
        fields.money("loss", item.loss or None)
        fields.percent("p_before", item.p_before)
    with after:
        fields.money("loss_after", item.loss_after)
        fields.percent("p_after", item.p_after)
    with end:
        fields.day("support_end", item.support_end)


def _price(fields: Fields, name: str, item: DebtItem) -> None:
    """The sum that hours, rate and external costs make."""
    try:
        amount, priced = _amount(fields, name, item)
    except Invalid:
        return  # the fields, and sending them, say so
    if priced is not None:
        st.markdown(said(fields.desk.text(
            "debt_item.priced_is", hours=priced.hours, rate=priced.rate, external=priced.external,
            amount=amount.likely,
        )))  # fmt: skip


def _given(fields: Fields, registry: Registry, item: DebtItem) -> None:
    """Interest known from outside, period by period: it then stands for the one above."""
    text, horizon = fields.desk.text, registry.cycle.horizon
    with st.expander(text("debt_item.interest_given"), expanded=bool(item.interest_given)):
        st.caption(said(text("debt_item.interest_given_about")))
        columns = st.columns(5)
        for at in horizon:
            cents = item.interest_given[at] if at < len(item.interest_given) else None
            with columns[at % 5]:
                fields.money(f"given_{at}", cents, fields.desk.period(horizon, at))


def _typed_given(fields: Fields, registry: Registry) -> tuple[int, ...]:
    """A period left empty is 0 where another one is given."""
    horizon = registry.cycle.horizon
    given = [fields.cents(f"given_{at}", fields.desk.period(horizon, at)) for at in horizon]
    return tuple(cents or 0 for cents in given) if any(c is not None for c in given) else ()


def _repaid(fields: Fields, registry: Registry, item: DebtItem) -> None:
    text = fields.desk.text
    st.subheader(text("debt_item.remedies"), anchor=False)
    st.caption(said(text("debt_item.remedies_about")))
    projects = _projects(registry)

    def one(remedy: Remedy | None, at: int) -> None:
        project, share, after = st.columns([3, 1, 1])
        with project:
            fields.choice("remedy", projects, remedy.project if remedy else None,
                          lambda code: _project_words(fields.desk, registry, code), at=at)
        with share:
            fields.percent("share", remedy.share if remedy else None, at=at)
        with after:
            told = "" if remedy is None or remedy.after is None else str(remedy.after)
            fields.line("after", told, at=at)

    fields.rows("remedy", item.remedies, one)
    st.subheader(text("debt_item.standalone"), anchor=False)
    st.caption(said(text("debt_item.standalone_about")))
    envelopes = {e.code: e.title.in_(fields.desk.language) for e in registry.cycle.envelopes}
    left, right = st.columns(2)
    with left:
        fields.choice("standalone_envelope", list(envelopes), item.standalone_envelope or None,
                      envelopes.__getitem__)
    with right:
        fields.money("standalone_cost", item.standalone_cost)


def _evidence(fields: Fields, item: DebtItem) -> None:
    st.caption(said(fields.desk.text("debt_item.evidence_about")))

    def one(row: Evidence | None, at: int) -> None:
        with st.container(border=True):
            for column, name in zip(st.columns(3), ("source", "reference", "url"), strict=True):
                with column:
                    fields.line(f"evidence_{name}", getattr(row, name, ""), at=at)
            note, seen, gone = st.columns(3)
            with note:
                fields.line("evidence_note", getattr(row, "note", ""), at=at)
            for column, name in ((seen, "seen_on"), (gone, "gone_on")):
                with column:
                    fields.day(f"evidence_{name}", getattr(row, name, None), at=at)

    fields.rows("evidence_source", item.evidence, one)


def _send(
    desk: Desk, fields: Fields, registry: Registry, start: DebtItem, is_new: bool
) -> None:
    try:
        typed = _typed(fields, registry, start, is_new)
        if is_new:
            saved = debt_acts.log(desk.store, desk.person, desk.cycle, typed, today())
        else:
            why = fields.typed("why")
            saved = debt_acts.save(desk.store, desk.person, desk.cycle, typed, why)
    except Refusal as refused:
        register_conflict.remember(refused, "" if is_new else fields.typed("why"))
        return
    _saved(desk, saved)


def _saved(desk: Desk, saved: DebtItem) -> None:
    st.query_params["debt"] = saved.code
    st.session_state[OPENED] = ""
    unpin()
    components.tell(desk.text("debt_item.saved", code=saved.code))


def _keep_mine(desk: Desk, mine: DebtItem, theirs: DebtItem, why: str) -> None:
    again = replace(mine, version=theirs.version)
    _saved(desk, debt_acts.save(desk.store, desk.person, desk.cycle, again, why))


def _typed(fields: Fields, registry: Registry, start: DebtItem, is_new: bool) -> DebtItem:
    """The item as the form says it; Invalid names the field that cannot be read."""
    confidence = fields.chosen("confidence")
    quadrant = fields.chosen("quadrant")
    told: dict[str, Any] = {name: fields.typed(name) for name in TEXTS}
    for name in ("title",):
        if not told[name]:
            raise Invalid("empty", field=fields.label(name))
    return replace(
        start,
        **told,
        code=fields.typed("code") or start.code if is_new else start.code,
        system=fields.chosen("system") or start.system,
        type=DebtType(fields.chosen("type") or start.type),
        quadrant=Quadrant(quadrant) if quadrant else None,
        confidence=int(confidence) if confidence else None,
        review_on=fields.date("review_on"),
        created_by=fields.chosen("created_by") or "",
        **_typed_cost(fields, registry, start),
        remedies=_typed_remedies(fields, len(start.remedies)),
        standalone_envelope=fields.chosen("standalone_envelope") or "",
        standalone_cost=fields.cents("standalone_cost"),
        evidence=_typed_evidence(fields, start.evidence),
    )


def _typed_cost(fields: Fields, registry: Registry, item: DebtItem) -> dict[str, Any]:
    """The fields of the item that its cost follows from."""
    principal, interest = (_amount(fields, name, item) for name in ("principal", "interest"))
    return {
        "principal": principal[0], "principal_priced": principal[1],
        "interest": interest[0], "interest_priced": interest[1],
        "principal_growth": fields.share("principal_growth") or 0.0,
        "interest_growth": fields.share("interest_growth") or 0.0,
        "interest_given": _typed_given(fields, registry),
        "loss": fields.cents("loss") or 0,
        "loss_after": fields.cents("loss_after"),
        "p_before": fields.share("p_before") or 0.0,
        "p_after": fields.share("p_after") or 0.0,
        "support_end": fields.date("support_end"),
    }  # fmt: skip


def _amount(fields: Fields, name: str, item: DebtItem) -> tuple[Estimate, Priced | None]:
    """Three points; where hours are given, the likely one follows from them.

    Invalid for another likely amount typed beside the hours: neither is dropped without a word.
    """
    hours = fields.decimal(f"{name}_hours")
    if hours is None:
        return fields.estimate(name), None
    rate, external = fields.cents(f"{name}_rate"), fields.cents(f"{name}_external")
    if rate is None:
        raise Invalid("empty", field=fields.label(f"{name}_rate"))
    priced = Priced(hours, rate, external or 0)
    low, likely, high = (fields.cents(f"{name}_{point}") for point in POINTS)
    if likely not in (None, priced.amount, getattr(item, name).likely):
        label = fields.label(f"{name}_likely")
        raise Invalid("not-its-price", field=label, found=likely, accepted=priced.amount)
    return Estimate(priced.amount, low, high), priced


def _typed_remedies(fields: Fields, held: int) -> tuple[Remedy, ...]:
    remedies = []
    for at in fields.places("remedy", held):
        project = fields.chosen("remedy", at)
        if project:
            share = fields.share("share", at)
            remedies.append(Remedy(project, 1.0 if share is None else share,
                                   fields.whole("after", at)))
    return tuple(remedies)


def _typed_evidence(fields: Fields, held: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """What a tool counted in a row stays with it."""
    rows = []
    for at in fields.places("evidence_source", len(held)):
        source = fields.typed("evidence_source", at)
        told = {n: fields.typed(f"evidence_{n}", at) for n in ("reference", "url", "note")}
        days = {n: fields.date(f"evidence_{n}", at) for n in ("seen_on", "gone_on")}
        if source:
            before = held[at] if at < len(held) else Evidence(source)
            rows.append(replace(before, source=source, **days, **told))
        elif any(told.values()) or any(days.values()):
            raise Invalid("empty", field=fields.label("evidence_source"))
    return tuple(rows)
