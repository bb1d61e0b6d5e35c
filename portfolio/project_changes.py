"""What changed between two versions of a proposal, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from portfolio.filed import Filed
from portfolio.project import Answer, Estimate, LegalBasis, Project, Variant
from portfolio.wording import Piece, pieces

TEXTS = (
    "title", "title_en", "service", "sponsor", "problem", "outcome", "beneficiaries", "risks",
    "source",
)  # fmt: skip
VALUES = (
    "lead", "category", "earliest", "latest", "deadline", "sensitivity", "operating_cost",
    "given_value", "debt_share",
)  # fmt: skip
LISTS = ("systems", "tags", "measures", "quantities", "debt_effects", "confidential")
LAW = ("law", "article", "proof")
OF_VARIANT = ("duration", "value_factor")
NO_LAW = LegalBasis("")


@dataclass(frozen=True, slots=True)
class Reworded:
    """A text; ``of`` the variant or the gate question it belongs to, "" = the project."""

    field: str
    pieces: tuple[Piece, ...]
    of: str = ""


@dataclass(frozen=True, slots=True)
class Revalued:
    """A value; None = not given."""

    field: str
    before: Any  # whatever the field holds
    after: Any
    of: str = ""


@dataclass(frozen=True, slots=True)
class Relisted:
    """What left a list and what came into it."""

    field: str
    out: tuple[Any, ...]  # whatever the list holds
    came: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Repriced:
    """Money of an envelope, or days of a team, in one period of a variant's life.

    before, after   cents as three points, or person-days; None = not given
    difference      of the likely cents, or of the days; None when one of the two is not given
    """

    what: Literal["money", "days"]
    variant: str
    code: str
    period: int
    before: Estimate | float | None
    after: Estimate | float | None
    difference: float | None


Difference = Reworded | Revalued | Relisted | Repriced


def differences(before: Filed, after: Filed) -> tuple[Difference, ...]:
    """All that differs, in the order of the form; the stage and the version are not told."""
    old, new = before.project, after.project
    return (
        *_texts(old, new, TEXTS),
        *_values(old, new, VALUES),
        *_texts(old.legal_basis or NO_LAW, new.legal_basis or NO_LAW, LAW),
        *_values(old.legal_basis or NO_LAW, new.legal_basis or NO_LAW, ("on",)),
        *_variants(old, new),
        *_answers(old, new),
        *(one for name in LISTS for one in _list(name, getattr(old, name), getattr(new, name))),
        *_list("links", before.links, after.links),
        *_list("attachments", before.attachments, after.attachments),
    )


def _texts(
    old: Project | LegalBasis, new: Project | LegalBasis, names: tuple[str, ...]
) -> Iterator[Reworded]:
    for name in names:
        yield from _text(name, getattr(old, name), getattr(new, name))


def _text(name: str, before: str, after: str, of: str = "") -> Iterator[Reworded]:
    if before != after:
        yield Reworded(name, pieces(before, after), of)


def _values(
    old: Project | LegalBasis | Variant, new: Project | LegalBasis | Variant,
    names: tuple[str, ...], of: str = "",
) -> Iterator[Revalued]:  # fmt: skip
    for name in names:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Revalued(name, before, after, of)


def _list(name: str, before: Any, after: Any) -> Iterator[Relisted]:  # noqa: ANN401  of any kind
    out = tuple(one for one in before if one not in after)
    came = tuple(one for one in after if one not in before)
    if out or came:
        yield Relisted(name, out, came)


def _answers(old: Project, new: Project) -> Iterator[Difference]:
    told = [{a.question: a for a in project.answers} for project in (old, new)]
    for key in dict.fromkeys((*told[0], *told[1])):
        before, after = (one.get(key, Answer(key, "")) for one in told)
        if before.answer != after.answer:
            yield Revalued("answer", before.answer or None, after.answer or None, key)
        yield from _text("comment", before.comment, after.comment, key)


def _variants(old: Project, new: Project) -> Iterator[Difference]:
    before, after = ({v.code: v for v in project.variants} for project in (old, new))
    yield from _list("variants", tuple(before), tuple(after))
    for code in (code for code in after if code in before):
        one, other = before[code], after[code]
        yield from _text("variant_title", one.title, other.title, code)
        yield from _values(one, other, OF_VARIANT, code)
        if one.cost != other.cost:
            yield Revalued("cost", one.cost, other.cost, code)
        yield from _amounts(one, other)


def _amounts(old: Variant, new: Variant) -> Iterator[Repriced]:
    before, after = _money(old), _money(new)
    for code, period in _places(before, after):
        points = before.get((code, period)), after.get((code, period))
        if points[0] != points[1]:
            apart = points[1].likely - points[0].likely if points[0] and points[1] else None
            yield Repriced("money", new.code, code, period, *points, apart)
    days_before, days_after = _days(old), _days(new)
    for code, period in _places(days_before, days_after):
        days = days_before.get((code, period)), days_after.get((code, period))
        if days[0] != days[1]:
            more = None if days[0] is None or days[1] is None else days[1] - days[0]
            yield Repriced("days", new.code, code, period, *days, more)


def _money(variant: Variant) -> Mapping[tuple[str, int], Estimate]:
    return {(s.envelope, s.period): s.amount for s in variant.spends}


def _days(variant: Variant) -> Mapping[tuple[str, int], float]:
    return {(e.team, e.period): e.days for e in variant.efforts}


def _places(
    before: Mapping[tuple[str, int], object], after: Mapping[tuple[str, int], object]
) -> list[tuple[str, int]]:
    return sorted({*before, *after})
