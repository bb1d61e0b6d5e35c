"""Every kind of noun the store keeps, and where each of its fields stands in the tables."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Table

from data import schema as s
from data.store_parts import (
    OfKind,
    bilingual,
    cells,
    choice,
    estimate,
    in_order,
    offset,
    series,
)
from data.store_people import BESIDE, OF_PEOPLE
from data.store_register import DEBT, PRODUCT, REGISTER, SEEN, SYSTEM
from data.store_room import OF_ROOM, OfRoom
from data.store_shapes import (
    Cell,
    Group,
    Key,
    Listed,
    Nested,
    Part,
    Row,
    Rows,
    Shape,
    Sheaf,
    Value,
)
from portfolio.acceptance import Acceptance
from portfolio.batch import Batch
from portfolio.charter import Charter, Extension
from portfolio.contact import Contact
from portfolio.criterion import Framework, FrameworkEdition
from portfolio.cycle import Cycle, Envelope, Team
from portfolio.debt import DebtItem
from portfolio.dossier import Attachment, Inquiry, Intake, Opinion, Submission
from portfolio.errors import Invalid
from portfolio.evaluation import (
    Adopted,
    Ballot,
    Between,
    Comparison,
    Conflict,
    Evaluation,
    Method,
    Round,
    Subject,
    Weight,
)
from portfolio.finding import Component, Finding, Reading
from portfolio.footprint import Deed, Factor, Quantity
from portfolio.horizon import Horizon
from portfolio.identity import Identity, Invitation
from portfolio.legacy_risk import RiskAssessment
from portfolio.lifecycle import Product
from portfolio.person import Person, Role
from portfolio.project import (
    Answer,
    Category,
    DebtEffect,
    Effort,
    LegalBasis,
    Measure,
    Project,
    Sensitivity,
    Spend,
    Stage,
    Tag,
    Variant,
)
from portfolio.registry import dollars
from portfolio.rules import Excludes, Needs, NeedsOneOf, Rule, Synergy, Together
from portfolio.scenario import DebtMode, Scenario
from portfolio.system import System
from portfolio.year_end import YearEnd

RULE: TypeAdapter[Rule] = TypeAdapter(Rule)
FRAMEWORK = TypeAdapter(Framework)


ENVELOPE = Shape("envelope", (Envelope,), s.envelopes, (
    *cells("code carry"), bilingual("title"),
    series("limits", s.envelope_limits, "period", "limit_cents", given="has_limits"),
))
TEAM = Shape("team", (Team,), s.teams, (
    *cells("code skill"), bilingual("title"),
    series("capacity", s.team_capacity, "period", "days"),
))


@dataclass(frozen=True)
class Periods(Group):
    """The horizon; the labels of its periods stand beneath, for those who read the tables."""

    @property
    def tables(self) -> tuple[Table, ...]:
        return (s.periods,)

    def beneath(self, value: Horizon, key: Key, into: Rows) -> None:
        rows = ({"cycle": key[0], "period": p, "label": value.label(p)} for p in value)
        into.setdefault(s.periods.name, []).extend(rows)


CYCLE = Shape("cycle", (Cycle,), s.cycles, (
    *cells("code framework framework_version discount submit_by version"),
    Cell("is_illustrative", "illustrative"), bilingual("title"), bilingual("source"),
    Periods("horizon", Horizon, {name: name for name in ("start", "periods", "per_year")}),
    Nested("envelopes", ENVELOPE), Nested("teams", TEAM),
    series("thresholds", s.thresholds, "position", "limit_cents"),
))


@dataclass(frozen=True)
class Document(Group):
    """A framework as one JSON text; its criteria stand beneath, for those who read the tables."""

    @property
    def tables(self) -> tuple[Table, ...]:
        return (s.criteria,)

    def cells(self, value: Framework) -> Row:
        text = FRAMEWORK.dump_json(value).decode()
        return {"code": value.code, "edition": value.version, "title": value.title.fr,
                "document": text}

    def read(self, row: Row, key: Key, sheaf: Sheaf) -> Framework:
        return FRAMEWORK.validate_json(row["document"])

    def beneath(self, value: Framework, key: Key, into: Rows) -> None:
        rows = (
            {"code": key[0], "edition": key[1], "criterion": c.key, "position": i,
             "parent": c.parent, "weight": float(c.weight), "title": c.title.fr,
             "title_en": c.title.en, "direction": c.direction.value, "measure": c.measure}
            for i, c in enumerate(value.criteria)
        )
        into.setdefault(s.criteria.name, []).extend(rows)


EDITION = Shape("framework", (FrameworkEdition,), s.frameworks, (
    Document("framework", Framework, {n: n for n in ("code", "edition", "title", "document")}),
    Cell("is_draft", "draft"), Cell("version"),
))

PERSON = Shape("person", (Person,), s.people, (
    *cells("code name language service version"), Cell("is_active", "active"),
    Cell("is_demo", "demo"),
    Listed("roles", s.person_roles, ("role",), in_order,
           lambda rows: frozenset(Role(role) for role, in rows)),
    Listed("expertise", s.person_expertise, ("criterion",), in_order,
           lambda rows: frozenset(criterion for criterion, in rows)),
))

SPEND = Shape("spend", (Spend,), s.costs, (
    Cell("envelope"), offset("period"), estimate("amount", likely="likely_cents"),
))
EFFORT = Shape("effort", (Effort,), s.efforts, (*cells("team days"), offset("period")))
VARIANT = Shape("variant", (Variant,), s.variants, (
    *cells("code title duration value_factor"), Nested("spends", SPEND), Nested("efforts", EFFORT),
))
PROJECT = Shape("project", (Project,), s.projects, (
    *cells("code title title_en service lead sponsor problem outcome beneficiaries earliest latest"
           " deadline risks given_value debt_share source version"),
    choice("category", Category), choice("stage", Stage), choice("sensitivity", Sensitivity),
    Cell("operating_cost", "operating_cost_cents"),
    Group("legal_basis", LegalBasis, {"law": "law", "article": "article", "on": "law_date",
                                      "proof": "proof"}, is_optional=True),
    series("systems", s.project_systems, "position", "system"),
    Nested("tags", Shape("tag", (Tag,), s.tags, cells("grid key"))),
    Nested("answers", Shape("answer", (Answer,), s.answers, cells("question answer comment"))),
    Nested("measures", Shape("measure", (Measure,), s.measures, cells("name number"))),
    Nested("quantities", Shape("quantity", (Quantity,), s.quantities, (
        *cells("item count years"), choice("deed", Deed)))),
    Nested("variants", VARIANT),
    Nested("debt_effects", Shape("debt_effect", (DebtEffect,), s.project_debts, (
        *cells("debt share system title note"), Cell("principal", "principal_cents")))),
    Listed("confidential", s.project_confidential, ("field",), in_order,
           lambda rows: frozenset(field for field, in rows)),
))

EVALUATION = Shape("evaluation", (Evaluation,), s.evaluations, (
    *cells("project criterion evaluator rating justification evidence confidence round version"),
    Cell("is_given", "given"),
))


def weights(table: Table) -> Shape:
    return Shape("weight", (Weight,), table, (*cells("criterion points"), choice("method", Method)))


BALLOT = Shape("ballot", (Ballot,), s.ballots, (
    *cells("person round version"), Cell("is_cast", "cast"),
    Nested("weights", weights(s.ballot_weights)),
    Nested("comparisons", Shape("comparison", (Comparison,), s.comparisons,
                                cells("one other ratio"))),
))
ROUND = Shape("round", (Round,), s.rounds, (
    *cells("opened revealed version"), Cell("number", "round"), choice("subject", Subject),
    series("projects", s.round_projects, "position", "project"),
))
CONFLICT = Shape("conflict", (Conflict,), s.conflicts, cells("person project reason version"))
ADOPTED = Shape("adopted", (Adopted,), s.adopted, (
    *cells("round reason version"),
    Nested("weights", weights(s.adopted_weights)),
    Nested("between", Shape("between", (Between,), s.adopted_between, cells("criterion low high"))),
    Listed("orders", s.adopted_orders, ("position", "criteria"),
           lambda orders: ((i, json.dumps(order)) for i, order in enumerate(orders)),
           lambda rows: tuple(tuple(json.loads(order)) for _, order in rows)),
))
FACTOR = Shape("factor", (Factor,), s.factors, (
    *cells("code low likely high unit source version"), bilingual("title")))


@dataclass(frozen=True)
class Maximize(Listed):
    """One objective by its name in the scenario's row, or several with weights beneath."""

    @property
    def columns(self) -> tuple[str, ...]:
        return ("maximize",)

    def cells(self, value: str | Mapping[str, float]) -> Row:
        return {"maximize": value if isinstance(value, str) else None}

    def beneath(self, value: str | Mapping[str, float], key: Key, into: Rows) -> None:
        super().beneath({} if isinstance(value, str) else value, key, into)

    def read(self, row: Row, key: Key, sheaf: Sheaf) -> str | Mapping[str, float]:
        name: str | None = row["maximize"]
        weights: Mapping[str, float] = super().read(row, key, sheaf)
        return weights if name is None else name


def pairs(field: str, table: Table, name: str, number: str) -> Listed:
    """A mapping of names to numbers."""
    return Listed(field, table, (name, number), lambda value: value.items(), dict)


SCENARIO = Shape("scenario", (Scenario,), s.scenarios, (
    *cells("code budget_share time_limit gap terminal_years version"), bilingual("title"),
    choice("debt_mode", DebtMode), Cell("point_price", "point_price_cents"),
    Maximize("maximize", s.objectives, ("name", "weight"), lambda value: value.items(), dict),
    pairs("levers", s.levers, "envelope", "factor"),
    Listed("ignored", s.ignored_rules, ("kind",), in_order,
           lambda rows: frozenset(kind for kind, in rows)),
    Listed("rules", s.rules, ("position", "kind", "rule"),
           lambda rules: ((i, r.kind, rule_text(r)) for i, r in enumerate(rules)),
           lambda rows: tuple(RULE.validate_json(text) for *_, text in rows)),
))


def rule_text(rule: Rule) -> str:
    """The rule as the question file writes it, always in the same letters."""
    plain = RULE.dump_python(rule, mode="json", by_alias=True)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Members(OfKind):
    """The projects of a link; ``role`` tells in which field each of them stands."""

    def beneath(self, value: Value, key: Key, into: Rows) -> None:
        super().beneath((value,) if isinstance(value, str) else value, key, into)

    def read(self, row: Row, key: Key, sheaf: Sheaf) -> Value:
        codes = super().read(row, key, sheaf)
        return codes[0] if self.field in ("project", "on") else codes


def members(field: str) -> Members:
    return Members(field, s.link_members, ("role", "position", "project"), iter, list)


def _savings(saving: Mapping[str, tuple[float, ...]]) -> Iterable[tuple[str, int, int]]:
    for envelope, amounts in saving.items():
        yield from ((envelope, period, cents(amount)) for period, amount in enumerate(amounts))


def _saving(rows: list[tuple[Any, ...]]) -> Mapping[str, tuple[float, ...]]:
    saving: dict[str, tuple[float, ...]] = {}
    for envelope, _, amount in rows:
        saving[envelope] = (*saving.get(envelope, ()), dollars(amount))
    return saving


def cents(amount: float) -> int:
    """Dollars as whole cents; Invalid when they are not."""
    exact = Decimal(str(amount)) * 100
    if exact != exact.to_integral_value():
        raise Invalid("not-whole-cents", field="saving", found=amount)
    return int(exact)


@dataclass(frozen=True)
class LinkShape(Shape):
    """Links have no code nor version of their own: a link is what it says, and is never changed."""

    def noun_of(self, row: Row) -> type:
        return next(noun for noun in self.nouns if _kind(noun) == row["kind"])

    def parts_of(self, noun: type) -> tuple[Part, ...]:
        names = {field.name for field in fields(noun)}
        return tuple(part for part in self.parts if part.field in names)

    def own(self, noun: Value) -> Row:
        digest = hashlib.sha256(rule_text(noun).encode()).hexdigest()
        return super().own(noun) | {"code": f"{noun.kind}-{digest[:16]}", "version": 1}


def _kind(noun: Value) -> Value:
    return next(field.default for field in fields(noun) if field.name == "kind")


LINK = LinkShape("link", (Needs, NeedsOneOf, Excludes, Together, Synergy), s.links, (
    *cells("kind lag at_most value"),
    members("project"), members("on"), members("any"), members("projects"),
    Listed("saving", s.savings, ("envelope", "period", "amount_cents"), _savings, _saving),
))

CONTENTS = (
    SYSTEM, PROJECT, LINK, DEBT, EVALUATION, BALLOT, ROUND, CONFLICT, ADOPTED, FACTOR, SCENARIO,
    *REGISTER,
)  # what a cycle holds
SHAPES = (CYCLE, PERSON, EDITION, PRODUCT, *OF_PEOPLE, *CONTENTS, *SEEN, *BESIDE, *OF_ROOM)
BY_NOUN: Mapping[type, Shape] = {noun: shape for shape in SHAPES for noun in shape.nouns}

Link = Needs | NeedsOneOf | Excludes | Together | Synergy
Noun = (
    Cycle | Person | FrameworkEdition | System | Project | DebtItem | Evaluation | Ballot | Round
    | Conflict | Adopted | Factor | Scenario | Link | Acceptance | RiskAssessment | YearEnd
    | Finding | Component | Reading | Batch | Product | Identity | Invitation | Contact | Charter
    | Extension | Submission | Inquiry | Opinion | Intake | Attachment | OfRoom
)
