"""From rows to projects: what they are, their variants, what each would take."""

from collections.abc import Iterator

from data import ecodesign
from data.factors import in_force
from data.tables.assembly import Assembly
from data.tables.rows import Row
from portfolio.errors import Invalid
from portfolio.footprint import Deed, Factor, Quantity, known_items
from portfolio.project import (
    Answer,
    Category,
    DebtEffect,
    Effort,
    Estimate,
    LegalBasis,
    Measure,
    Project,
    Sensitivity,
    Spend,
    Stage,
    Tag,
    Variant,
)

BASE = "base"


def projects(on: Assembly, own: tuple[Factor, ...] = ()) -> tuple[Project, ...]:
    """Every project that can be built; ``own`` are the cycle's own factors."""
    parts = _Parts(on, known_items(in_force(own)))
    return on.each(on.sound("projects"), lambda row: _project(on, row, parts))


def estimate(row: Row, likely: str, low: str, high: str) -> Estimate:
    """Three points in cents; Invalid when they are not in order, at the column that is not."""
    middle = row.whole(likely) or 0
    below, above = row.whole(low), row.whole(high)
    if middle < 0:
        raise Invalid("too-low", field=likely, found=_dollars(middle), low=0)
    if below is not None and not 0 <= below <= middle:
        most = f"≤ {_dollars(middle)}"
        raise Invalid("not-in-order", field=low, found=_dollars(below), accepted=most)
    if above is not None and above < middle:
        least = f"≥ {_dollars(middle)}"
        raise Invalid("not-in-order", field=high, found=_dollars(above), accepted=least)
    return Estimate(middle, below, above)


def _dollars(cents: int) -> str:
    return f"{cents // 100}" if cents % 100 == 0 else f"{cents / 100:.2f}"


class _Parts:
    """The child rows of every project, found once."""

    def __init__(self, on: Assembly, items: tuple[str, ...]) -> None:
        self.items = items
        self.quantities = on.by("quantities", "project")
        self.variants = on.by("variants", "project")
        self.costs = on.by("costs", "project")
        self.efforts = on.by("efforts", "project")
        self.tags = on.by("tags", "project")
        self.answers = on.by("answers", "project")
        self.measures = on.by("measures", "project")
        self.debt_effects = on.by("project_debts", "project")


def _project(on: Assembly, row: Row, parts: _Parts) -> Project:
    code = row.text("code")
    _check_window(on, row)
    return Project(
        code=code,
        title=row.text("title"),
        title_en=row.text("title_en"),
        service=row.text("service"),
        lead=row.text("lead"),
        sponsor=row.text("sponsor"),
        category=Category(row.text("category", Category.NEW)),
        stage=Stage(row.text("stage", Stage.SUBMITTED)),
        problem=row.text("problem"),
        outcome=row.text("outcome"),
        beneficiaries=row.text("beneficiaries"),
        earliest=row.text("earliest"),
        latest=row.text("latest"),
        deadline=row.text("deadline"),
        legal_basis=_legal_basis(row),
        risks=row.text("risks"),
        sensitivity=Sensitivity(row.text("sensitivity", Sensitivity.INTERNAL)),
        operating_cost=row.whole("operating_cost"),
        given_value=row.number("given_value"),
        debt_share=row.number("debt_share"),
        source=row.text("source"),
        systems=row.items("systems"),
        tags=on.each(parts.tags.get(code, ()), lambda r: _tag(on, r)),
        answers=on.each(parts.answers.get(code, ()), lambda r: _answer(on, r)),
        measures=on.each(parts.measures.get(code, ()), _measure),
        quantities=on.each(parts.quantities.get(code, ()), lambda r: _quantity(r, parts.items)),
        variants=_variants(on, parts, code),
        debt_effects=on.each(parts.debt_effects.get(code, ()), _debt_effect),
        confidential=frozenset(row.items("confidential")),
    )


def _check_window(on: Assembly, row: Row) -> None:
    """A start that can be: the latest neither before the earliest nor before the horizon."""
    first = on.label(row, "earliest") if row.has("earliest") else 0
    for column in ("latest", "deadline"):
        if row.has(column) and on.label(row, column) < max(0, first):
            least = on.horizon.label(max(0, first))
            raise Invalid("too-early", field=column, found=row.text(column), accepted=f"≥ {least}")


def _legal_basis(row: Row) -> LegalBasis | None:
    given = [c for c in ("article", "law_date", "proof") if row.has(c)]
    if row.has("law"):
        law, article = row.text("law"), row.text("article")
        return LegalBasis(law, article, row.day("law_date"), row.text("proof"))
    if given:
        raise Invalid("missing-value", field="law")
    return None


def _tag(on: Assembly, row: Row) -> Tag:
    grid, key = row.text("grid"), row.text("key")
    known = _grid(on, grid)
    if known is not None and key not in known:
        raise Invalid("unknown-code", field="key", found=key, accepted=known)
    return Tag(grid, key)


def _grid(on: Assembly, grid: str) -> list[str] | None:
    """The keys of a grid that the framework rules; None for the others."""
    if on.framework is None:
        return None
    grids = {
        "ambition": [c.key for c in on.framework.criteria],
        "assise": [m.key for m in on.framework.assise],
        "priorite": [str(p.number) for p in on.framework.priorities],
    }
    return grids.get(grid) or None


def _answer(on: Assembly, row: Row) -> Answer:
    key, answer = row.text("question"), row.text("answer")
    if on.framework is not None:
        asked = (*on.framework.questions, *ecodesign.questions())
        offered = {q.key: [c.key for c in q.answers] for q in asked}
        if key not in offered:
            raise Invalid("unknown-code", field="question", found=key, accepted=list(offered))
        if offered[key] and answer and answer not in offered[key]:
            raise Invalid("unknown-code", field="answer", found=answer, accepted=offered[key])
    return Answer(key, answer, row.text("comment"))


def _measure(row: Row) -> Measure:
    return Measure(row.text("name"), row.number("number") or 0.0)


def _debt_effect(row: Row) -> DebtEffect:
    share = row.number("share")
    return DebtEffect(
        row.text("debt"), 1.0 if share is None else share, row.text("system"), row.text("title"),
        row.whole("principal"), row.text("note"),
    )


def _quantity(row: Row, items: tuple[str, ...]) -> Quantity:
    item = row.text("item")
    if item not in items:
        raise Invalid("unknown-item", field="item", found=item, accepted=sorted(items))
    return Quantity(item, Deed(row.text("deed")), row.number("count") or 0.0, row.number("years"))


def _variants(on: Assembly, parts: _Parts, project: str) -> tuple[Variant, ...]:
    rows = parts.variants.get(project, [])
    costs, efforts = parts.costs.get(project, []), parts.efforts.get(project, [])
    if not rows and (costs or efforts):
        rows = [Row({"code": BASE}, (costs or efforts)[0].where)]
    known = [row.text("code") for row in rows]
    for row in (*costs, *efforts):
        code = row.text("variant", BASE)
        if code not in known:
            on.found.refuse(row.at("variant"), "unknown-code", code, ", ".join(known))
    return on.each(rows, lambda row: _variant(on, row, costs, efforts))


def _variant(on: Assembly, row: Row, costs: list[Row], efforts: list[Row]) -> Variant:
    code, duration = row.text("code"), row.whole("duration")
    if duration is None:
        on.found.remark(row.at("duration"), "duration-not-given", code)
    mine = [r for r in costs if r.text("variant", BASE) == code]
    work = [r for r in efforts if r.text("variant", BASE) == code]
    factor = row.number("value_factor")
    efforts_ = on.each(work, lambda r: _effort(r, duration))
    spends = _spends(on, mine, duration)
    return Variant(
        code, row.text("title"), duration, 1.0 if factor is None else factor, spends, efforts_
    )


def _spends(on: Assembly, rows: list[Row], duration: int | None) -> tuple[Spend, ...]:
    """The money of one variant; none of it when one amount is not given: a sum would be false."""
    missing = [row for row in rows if not row.has("likely")]
    for row in missing:
        on.found.remark(row.at("likely"), "amount-not-given", row.text("project"))
    spends = on.each(rows, lambda r: _spend(r, duration))
    return () if missing else spends


def _spend(row: Row, duration: int | None) -> Spend:
    amount = estimate(row, "likely", "low", "high") if row.has("likely") else Estimate(0)
    return Spend(row.text("envelope"), _offset(row, duration), amount)


def _effort(row: Row, duration: int | None) -> Effort:
    return Effort(row.text("team"), _offset(row, duration), row.number("days") or 0.0)


def _offset(row: Row, duration: int | None) -> int:
    offset = row.whole("offset") or 0
    if offset < 1:
        raise Invalid("too-low", field="offset", found=offset, low=1)
    if duration is not None and offset > duration:
        raise Invalid("after-the-end", field="offset", found=offset, accepted=f"≤ {duration}")
    return offset - 1


def amounts(on: Assembly) -> Iterator[int]:
    """The likely amounts that could be read, in cents."""
    for row in on.sound("costs"):
        amount = row.whole("likely")
        if amount is not None:
            yield amount
