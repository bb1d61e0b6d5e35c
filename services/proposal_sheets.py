"""A proposal laid out on the sheets of its offline form, in the words of the pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from data.proposal_form import BETWEEN, Cell, Choice, Grid, Line, mark_of
from data.tables.cells import Value
from data.tables.column import Kind
from portfolio import texts
from portfolio.criterion import Framework, GateQuestion
from portfolio.footprint import Deed, Factor, Quantity
from portfolio.project import (
    Answer,
    Category,
    DebtEffect,
    LegalBasis,
    Project,
    Sensitivity,
    Variant,
)
from portfolio.registry import Registry
from services import footprint
from services.proposals import BASE

CODES = ("minimale", BASE, "bonifiee")
POINTS = ("low", "likely", "high")
PERIODS = ("earliest", "latest", "deadline")
NAMED = {  # fields whose words have another name
    "title": "name", "category": "category_label", "sensitivity": "sensitivity_label",
    "on": "law_on",
}  # fmt: skip
LEGAL = ("law", "article", "on", "proof")
FIELDS = (
    "title", "title_en", "service", "sponsor", "category", "sensitivity", *PERIODS,
    "operating_cost", "problem", "outcome", "beneficiaries", "risks", *LEGAL,
)  # fmt: skip
YES = "x"


class Words(Protocol):
    """The words of one language, by key."""

    def __call__(self, key: str, /, **facts: object) -> str:
        """The words of that key."""

    def has(self, key: str, /) -> bool:
        """Whether the key has words."""


@dataclass(frozen=True)
class Known:
    """What a form is made of beside the proposal: the cycle, its lists, and the words."""

    words: Words
    language: str
    registry: Registry
    framework: Framework
    factors: tuple[Factor, ...]

    def head(self, name: str) -> str:
        """The words over a column, or beside a field."""
        return self.words(f"proposal_offline.head.{name}")


def grids(project: Project, known: Known) -> tuple[Grid, ...]:
    """Every sheet of the form, holding the proposal."""
    makers = (_fields, _systems, _variants, _money, _effort, _marks, _gate, _quantities, _debts)
    return tuple(make(project, known) for make in makers)


def _grid(
    known: Known,
    name: str,
    heads: Iterable[str],
    columns: Iterable[str],
    lines: Iterable[Line],
    noted: str = "",
    template: tuple[Cell, ...] = (),
) -> Grid:
    title = known.words(f"proposal_offline.sheet.{name}")
    heads = tuple(known.head(head) for head in heads)
    return Grid(name, title, heads, tuple(columns), tuple(lines), noted, template)


def _fields(project: Project, known: Known) -> Grid:
    columns, note = [known.head("answer")], known.head("note")
    lines = (_field(project, known, name) for name in FIELDS)
    return _grid(known, "fields", ("field",), columns, lines, note)


def _field(project: Project, known: Known, name: str) -> Line:
    words = known.words
    label = words(f"proposals.{NAMED.get(name, name)}")
    help_ = f"proposals.{name}_help"
    basis = project.legal_basis or LegalBasis("")
    value: Value | None = getattr(basis if name in LEGAL else project, name)
    longest = texts.TEXT if name in (*texts.TEXTS, "proof") else texts.LINE
    cell = Cell(Kind.TEXT, value, longest=longest)
    if name in ("category", "sensitivity"):
        kind = Category if name == "category" else Sensitivity
        cell = Cell(Kind.ONE_OF, str(value), _words_of(known, f"proposals.{name}", kind))
    elif name in PERIODS:
        cell = Cell(Kind.ONE_OF, value, _listed((*known.registry.cycle.horizon.labels(), value)))
    elif name in ("operating_cost", "on"):
        cell = Cell(Kind.MONEY if name == "operating_cost" else Kind.DATE, value)
    return Line(name, (label,), (cell,), words(help_) if words.has(help_) else "")


def _words_of(known: Known, prefix: str, values: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(str(value), known.words(f"{prefix}.{value}")) for value in values)


def _listed(values: Iterable[object]) -> tuple[Choice, ...]:
    return tuple(Choice(str(value), str(value)) for value in dict.fromkeys(values) if value)


def _coded(titles: Mapping[str, str], held: Iterable[str]) -> tuple[Choice, ...]:
    """« CODE · titre » of each, and of what the proposal holds that is no longer known."""
    every = dict(titles) | {code: "" for code in held if code and code not in titles}
    return tuple(Choice(c, f"{c}{BETWEEN}{title}" if title else c) for c, title in every.items())


def _systems_known(known: Known, held: Iterable[str]) -> tuple[Choice, ...]:
    titles = {system.code: system.title_in(known.language) for system in known.registry.systems}
    return _coded(titles, held)


def _systems(project: Project, known: Known) -> Grid:
    choices = _systems_known(known, project.systems)
    lines = (Line(mark_of(c), (), (Cell(Kind.ONE_OF, c, choices),)) for c in project.systems)
    columns = [known.words("proposals.system")]
    template = (Cell(Kind.ONE_OF, None, choices),)
    return _grid(known, "systems", (), columns, lines, template=template)


def variants_of(project: Project) -> tuple[Variant, ...]:
    """The proposal's variants, then those that it may still have, empty."""
    held = {variant.code for variant in project.variants}
    return (*project.variants, *(Variant(c, duration=None) for c in CODES if c not in held))


def _variant_name(known: Known, code: str) -> str:
    key = f"proposals.variant.{code}"
    return known.words(key) if known.words.has(key) else code


def _variants(project: Project, known: Known) -> Grid:
    held = {variant.code for variant in project.variants}
    lines = (
        Line(mark_of(v.code), (_variant_name(known, v.code),), (
            Cell(Kind.TEXT, v.title), Cell(Kind.WHOLE, v.duration),
            Cell(Kind.NUMBER, v.value_factor if v.code in held else None),
        ))
        for v in variants_of(project)
    )  # fmt: skip
    columns = [known.words(f"proposals.{name}") for name in ("name", "duration", "factor")]
    return _grid(known, "variants", ("variant",), columns, lines)


def years_of(project: Project, known: Known) -> int:
    """How many years the form has a column for."""
    held = [v.duration or 1 for v in project.variants]
    held += [spend.period + 1 for v in project.variants for spend in v.spends]
    held += [effort.period + 1 for v in project.variants for effort in v.efforts]
    return max(known.registry.cycle.horizon.periods, *held, 1)


def _years(project: Project, known: Known) -> list[str]:
    return [known.words("proposals.year", n=n + 1) for n in range(years_of(project, known))]


def envelopes_of(project: Project, known: Known) -> dict[str, str]:
    """Code -> title of the envelopes of the cycle, and of those the proposal draws on."""
    titles = {e.code: e.title.in_(known.language) for e in known.registry.cycle.envelopes}
    return {s.envelope: s.envelope for v in project.variants for s in v.spends} | titles


def teams_of(project: Project, known: Known) -> dict[str, str]:
    """Code -> title of the teams of the cycle, and of those the proposal counts on."""
    titles = {team.code: team.title.in_(known.language) for team in known.registry.cycle.teams}
    return {e.team: e.team for v in project.variants for e in v.efforts} | titles


def _money(project: Project, known: Known) -> Grid:
    years, words = range(years_of(project, known)), known.words
    lines = []
    for variant in variants_of(project):
        held = {(s.envelope, s.period): s.amount for s in variant.spends}
        for code, title in envelopes_of(project, known).items():
            for point in POINTS:
                amounts = (getattr(held.get((code, y)), point, None) for y in years)
                names = _variant_name(known, variant.code), title, words(f"proposals.point.{point}")
                cells = tuple(Cell(Kind.MONEY, amount) for amount in amounts)
                lines.append(Line(mark_of(variant.code, code, point), names, cells))
    heads = ("variant", "envelope", "point")
    return _grid(known, "money", heads, _years(project, known), lines)


def _effort(project: Project, known: Known) -> Grid:
    years, lines = range(years_of(project, known)), []
    for variant in variants_of(project):
        held = {(e.team, e.period): e.days for e in variant.efforts}
        for code, title in teams_of(project, known).items():
            cells = tuple(Cell(Kind.NUMBER, held.get((code, year))) for year in years)
            names = _variant_name(known, variant.code), title
            lines.append(Line(mark_of(variant.code, code), names, cells))
    return _grid(known, "effort", ("variant", "team"), _years(project, known), lines)


def marks_known(known: Known) -> dict[tuple[str, str], str]:
    """(grid, key) -> title of every mark that a proposal may bear."""
    framework, language = known.framework, known.language
    told = {("ambition", leaf.key): leaf.title.in_(language) for leaf in framework.leaves}
    told |= {("assise", mark.key): mark.title.in_(language) for mark in framework.assise}
    return told | {
        ("priorite", str(p.number)): p.title.in_(language) for p in framework.priorities
    }


def _marks(project: Project, known: Known) -> Grid:
    held = {(tag.grid, tag.key) for tag in project.tags}
    choices = (Choice(YES, known.words("proposal_offline.yes")),)
    lines = (
        Line(mark_of(*tag), (known.words(f"proposals.grid.{tag[0]}"), f"{tag[1]}{BETWEEN}{title}"),
             (Cell(Kind.ONE_OF, YES if tag in held else None, choices),))
        for tag, title in marks_known(known).items()
    )  # fmt: skip
    return _grid(known, "marks", ("grid", "mark"), [known.head("served")], lines)


def questions_of(known: Known) -> tuple[GateQuestion, ...]:
    """The questions of the gate, then the eco-design checklist."""
    return (*known.framework.questions, *footprint.checklist())


def _gate(project: Project, known: Known) -> Grid:
    given = {answer.question: answer for answer in project.answers}
    lines = (
        Line(mark_of(q.key), (_group(known, q.group), q.title.in_(known.language)), (
            Cell(Kind.ONE_OF, given.get(q.key, _NO_ANSWER).answer or None, _answers(known, q)),
            Cell(Kind.TEXT, given.get(q.key, _NO_ANSWER).comment, longest=texts.COMMENT),
        ), q.help.in_(known.language))
        for q in questions_of(known)
    )  # fmt: skip
    columns = [known.words(f"proposals.gate_{name}") for name in ("answer", "comment")]
    return _grid(known, "gate", ("group", "question"), columns, lines, known.head("note"))


_NO_ANSWER = Answer("", "")


def _group(known: Known, group: str) -> str:
    key = f"parts.group.{group}"
    return known.words(key) if known.words.has(key) else known.head("checklist")


def _answers(known: Known, question: GateQuestion) -> tuple[Choice, ...]:
    return tuple(Choice(one.key, one.in_(known.language)) for one in question.answers)


def _quantities(project: Project, known: Known) -> Grid:
    names = footprint.items(known.factors, known.language)
    names |= {q.item: q.item for q in project.quantities if q.item not in names}
    items = tuple(Choice(item, title) for item, title in names.items())
    deeds = _words_of(known, "footprint.deed", Deed)

    def cells(one: Quantity | None) -> tuple[Cell, ...]:
        return (
            Cell(Kind.ONE_OF, one.item if one else None, items),
            Cell(Kind.ONE_OF, str(one.deed) if one else None, deeds),
            Cell(Kind.NUMBER, one.count if one else None),
            Cell(Kind.NUMBER, one.years if one else None),
        )  # fmt: skip

    lines = (Line(mark_of(str(n)), (), cells(q)) for n, q in enumerate(project.quantities))
    columns = [known.words(f"footprint.{name}") for name in ("item", "deed_label", "count",
                                                            "years")]  # fmt: skip
    return _grid(known, "quantities", (), columns, lines, template=cells(None))


def _debts(project: Project, known: Known) -> Grid:
    titles = {debt.code: debt.title for debt in known.registry.debts}
    debts = _coded(titles, (effect.debt for effect in project.debt_effects))
    systems = _systems_known(known, (effect.system for effect in project.debt_effects))

    def cells(one: DebtEffect | None) -> tuple[Cell, ...]:
        return (
            Cell(Kind.ONE_OF, (one.debt if one else None) or None, debts),
            Cell(Kind.SHARE, one.share if one else None),
            Cell(Kind.ONE_OF, (one.system if one else None) or None, systems),
            Cell(Kind.TEXT, one.title if one else None),
            Cell(Kind.MONEY, one.principal if one else None),
            Cell(Kind.TEXT, one.note if one else None, longest=texts.COMMENT),
        )

    lines = (Line(mark_of(str(n)), (), cells(e)) for n, e in enumerate(project.debt_effects))
    names = ("debt", "share", "system", "created", "principal", "why")
    columns = [known.head(name) for name in names]
    return _grid(known, "debts", (), columns, lines, template=cells(None))
