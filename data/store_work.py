"""What can be read and written within one transaction of the store."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from data import frameworks, journal
from data.journal import Act, Change, Line
from data.schema import journal as journal_lines
from data.schema import plan_starts, plans
from data.store_nouns import BY_NOUN, CONTENTS, CYCLE, LINK, PERSON, Noun
from data.store_shapes import Key, Row, Rows, Shape, height, key_columns, parents
from data.veil import Veil
from portfolio import claims
from portfolio.criterion import Framework, FrameworkEdition
from portfolio.cycle import Cycle
from portfolio.errors import Invalid, Missing, Stale
from portfolio.person import Person
from portfolio.project import Project
from portfolio.registry import Registry
from portfolio.scenario import Scenario

N = TypeVar("N", bound=Noun)
Only = str | int | None  # what a column holds; None = nothing


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A question that was asked and the answer it got, letter by letter."""

    id: int
    cycle: str
    scenario: str
    question: str
    question_sha256: str
    answer: str
    at: str
    by: str


Memory = dict[str, tuple[str, Registry]]  # cycle -> (hash of the last change, what it then held)


class Reading:
    """Everything it reads is of one instant.

    memory   registries read before, shared by the readings of one store
    veil     what its reader is shown of projects; None = all of them
    """

    def __init__(
        self, connection: Connection, memory: Memory | None = None, veil: Veil | None = None
    ) -> None:
        self.connection = connection
        self._memory: Memory = {} if memory is None else memory
        self._veil = veil

    def cycles(self) -> tuple[Cycle, ...]:
        return self.every(Cycle)

    def cycle(self, code: str) -> Cycle:
        """Missing when there is none."""
        return self.one(Cycle, code)

    def people(self) -> tuple[Person, ...]:
        return self.every(Person)

    def person(self, code: str) -> Person:
        """Missing when there is none."""
        return self.one(Person, code)

    def project(self, cycle: str, code: str) -> Project:
        """Missing when there is none."""
        return self.one(Project, cycle, code)

    def scenario(self, cycle: str, code: str) -> Scenario:
        """Missing when there is none."""
        return self.one(Scenario, cycle, code)

    def registry(self, cycle: str) -> Registry:
        """Everything of the cycle, in the order in which it was declared; Missing without it.

        Every change adds to the journal: while the last one stands, what was read before holds.
        """
        head, known = journal.last_change(self), self._memory.get(cycle)
        if known is None or known[0] != head:
            known = self._memory[cycle] = head, self._registry(cycle)
        return self.seen(known[1])

    def seen(self, registry: Registry) -> Registry:
        """The registry as its reader is shown it: one read from elsewhere too."""
        return self._veil.over_all(registry) if self._veil else registry

    def _registry(self, cycle: str) -> Registry:
        held = {shape.table.name: self._load(shape, (cycle,)) for shape in CONTENTS}
        return self._whole(self.cycle(cycle), held)

    def _whole(self, cycle: Cycle, held: Mapping[str, Any]) -> Registry:
        try:
            framework = self.framework(cycle.framework, cycle.framework_version)
        except Missing:
            framework = None
        return Registry(cycle, people=self.people(), framework=framework, **held)

    def framework(self, code: str, edition: str) -> Framework:
        """The framework as the house keeps it, else as it came with it; Missing without either."""
        kept = self.every(FrameworkEdition, code, edition)
        return kept[0].framework if kept else frameworks.load(code, edition)

    def every(self, kind: type[N], *above: str, **only: Only) -> tuple[N, ...]:
        """All of a kind, in order; ``above`` is the cycle's code, but for cycles and people.

        More of the key gives fewer: every(Evaluation, cycle, project); so does ``only``, by any
        column: every(Evaluation, cycle, evaluator=person).
        """
        loaded = self._load(BY_NOUN[kind], above, only)
        return tuple(self._shown(noun) for noun in loaded if isinstance(noun, kind))

    def _shown(self, noun: N) -> N:
        if self._veil is None or not isinstance(noun, Project):
            return noun
        return cast(N, self._veil.over(noun))

    def count(self, kind: type[N], *above: str, **only: Only) -> int:
        """How many ``every`` would give."""
        table = BY_NOUN[kind].table
        asked = sa.select(sa.func.count()).select_from(table).where(*_under(table, above))
        asked = asked.where(*(table.c[name] == value for name, value in only.items()))
        found: int = self.connection.execute(asked).scalar_one()
        return found

    def one(self, kind: type[N], *key: str | int) -> N:
        """The one of that whole key, the cycle's code first; Missing when there is none."""
        found = self._find(BY_NOUN[kind], key)
        if not isinstance(found, kind):
            raise Missing(f"no-such-{BY_NOUN[kind].name}", found=object_key(key))
        return self._shown(found)

    def last_plan(self, cycle: str, scenario: str) -> KeptPlan | None:
        """The plan kept last for the scenario; None when there is none."""
        where = (plans.c.cycle == cycle, plans.c.scenario == scenario)
        asked = sa.select(plans).where(*where).order_by(plans.c.id.desc()).limit(1)
        row = self.connection.execute(asked).first()
        return KeptPlan(**row._mapping) if row else None

    def history(self, kind: type[Noun], *key: str | int) -> Iterator[Line]:
        """The journal's lines on one object, the oldest first."""
        return journal.lines(self, BY_NOUN[kind].name, object_key(key))

    def _load(
        self, shape: Shape, within: Key, only: Mapping[str, Only] = MappingProxyType({})
    ) -> tuple[Any, ...]:  # of the shape's own type
        sheaf = {t.name: parents(self._rows(t, within), t) for t in shape.tables[1:]}
        return tuple(shape.read(row, sheaf) for row in self._rows(shape.table, within, only))

    def _find(self, shape: Shape, key: Key) -> Noun | None:
        found = self._load(shape, key) if len(key) == len(shape.table.primary_key) else ()
        return found[0] if found else None

    def _rows(
        self, table: Table, within: Key, only: Mapping[str, Only] = MappingProxyType({})
    ) -> Iterator[Row]:
        order = [table.c[name] for name in key_columns(table)]
        if "position" in table.c and "position" not in key_columns(table):
            order.insert(0, table.c.position)
        asked = sa.select(table).where(*_under(table, within)).order_by(*order)
        asked = asked.where(*(table.c[name] == value for name, value in only.items()))
        names = tuple(table.c.keys())
        for row in self.connection.execute(asked):
            yield dict(zip(names, row, strict=True))


class Work(Reading):
    """Every write adds its line to the journal, in the same transaction."""

    def __init__(self, connection: Connection, act: Act, at: datetime) -> None:
        super().__init__(connection)
        self.act = act
        self.at = at
        self._step = 0

    def save(self, cycle: str | None, noun: N) -> N:
        """Keep the noun as it now is; the same with the version it got.

        cycle   the cycle it belongs to; None for a cycle or a person
        Version 0 makes a new one, numbered after any that was removed there. Any other replaces
        that very version; Stale(yours, theirs) when it is no longer the one that is kept (theirs =
        None: it was removed). A link has no version: it is made, and Invalid "twice" when it stands
        already.
        """
        shape = BY_NOUN[type(noun)]
        key = self._key(shape, cycle, noun)
        theirs = self._find(shape, key)
        if shape is LINK and theirs is not None:
            raise Invalid("twice", field="links", found=object_key(key))
        version = getattr(noun, "version", 0)
        saved = at_version(noun, (version or self._last_version(shape, key)) + 1)
        is_kept = self._replace(shape, key, saved) if version else theirs is None
        if not is_kept:
            raise Stale("stale", yours=noun, theirs=theirs)
        if not version:
            self._insert(shape, key, saved)
        self.note(shape.name, object_key(key), theirs, saved)
        return saved

    def remove(self, cycle: str | None, noun: Noun) -> None:
        """Remove the noun and all beneath it: Missing when it is gone, Stale when it has changed.

        A cycle is removed once nothing is left in it: Invalid "not-empty" until then.
        """
        shape = BY_NOUN[type(noun)]
        key = self._key(shape, cycle, noun)
        theirs = self._find(shape, key)
        if theirs is None:
            raise Missing(f"no-such-{shape.name}", found=object_key(key))
        if shape is CYCLE:
            self._refuse_contents(key)
        gone = sa.delete(shape.table).where(
            *_under(shape.table, key), shape.table.c.version == getattr(noun, "version", 1)
        )
        if not self.connection.execute(gone).rowcount:
            raise Stale("stale", yours=noun, theirs=theirs)
        self.note(shape.name, object_key(key), before=theirs)

    def bring_in(self, registry: Registry) -> Registry:
        """Put the registry in the place of all that its cycle holds; the same, as it is now kept.

        Versions start at 1; what stood there and changes gets its next version, what does not
        change keeps its own. People are added or replaced, never removed. The journal gets one
        line for the cycle, one for each person that changes, and one for each other kind that
        does, with its count and the SHA-256 of its content.
        """
        code = registry.cycle.code
        old = self.registry(code) if self._holds(CYCLE.table, (code,)) else None
        claims.unique("people", [person.code for person in registry.people])
        cycle = self._bring(CYCLE, registry.cycle)
        for person in registry.people:
            self._bring(PERSON, person)
        held = {
            shape.table.name: self._bring_all(
                shape, code, getattr(registry, shape.table.name),
                getattr(old, shape.table.name, ()),
            )
            for shape in CONTENTS
        }
        return self._whole(cycle, held)

    def keep_plan(self, cycle: str, scenario: str, question: str, answer: str) -> KeptPlan:
        """Keep a question (its exact JSON text) and its answer, with the starts as rows."""
        newest = self.connection.execute(sa.select(sa.func.max(plans.c.id))).scalar()
        kept = KeptPlan(
            (newest or 0) + 1, cycle, scenario, question, journal.sha256(question), answer,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"), self.act.actor,
        )
        names = KeptPlan.__dataclass_fields__
        self.connection.execute(sa.insert(plans).values({n: getattr(kept, n) for n in names}))
        starts = json.loads(answer).get("starts") or {}
        rows = [
            {"plan": kept.id, "project": code, "variant": s["variant"], "period": s["period"]}
            for code, s in starts.items()
        ]
        if rows:
            self.connection.execute(sa.insert(plan_starts), rows)
        said = {"question_sha256": kept.question_sha256, "answer_sha256": journal.sha256(answer)}
        self.note("plan", object_key((cycle, scenario, kept.id)), after=said)
        return kept

    def note(self, kind: str, key: str, before: object = None, after: object = None) -> Line:
        """Add a line to the journal: of a change, or of what changes nothing (a refused call)."""
        change = Change(kind, key, before, after)
        line = journal.write(self, self.act, self.at, self._step, change)
        self._step += 1
        return line

    def _key(self, shape: Shape, cycle: str | None, noun: Noun) -> Key:
        if not height(shape.table):
            return shape.key(noun, ())
        if cycle is None or not self._holds(CYCLE.table, (cycle,)):
            raise Missing("no-such-cycle", found=cycle)
        return shape.key(noun, (cycle,))

    def _last_version(self, shape: Shape, key: Key) -> int:
        """That of the last one removed there: what comes in its place must not look the same."""
        at = journal_lines.c
        asked = sa.select(at.before).where(
            at.kind == shape.name, at.key == object_key(key), at.before.is_not(None),
            at.after.is_(None),
        ).order_by(at.sequence.desc()).limit(1)
        before = self.connection.execute(asked).scalar()
        found: int = json.loads(before).get("version", 0) if before else 0
        return found

    def _holds(self, table: Table, key: Key) -> bool:
        asked = sa.select(sa.literal(1)).where(*_under(table, key)).limit(1)
        return self.connection.execute(asked).first() is not None

    def _insert(self, shape: Shape, key: Key, noun: Noun) -> None:
        above = key[: height(shape.table)]
        last = sa.select(sa.func.max(shape.table.c.position)).where(*_under(shape.table, above))
        position = self.connection.execute(last).scalar()
        rows: Rows = {}
        shape.write(noun, above, 0 if position is None else position + 1, rows)
        self._add(shape, rows)

    def _replace(self, shape: Shape, key: Key, noun: Noun) -> bool:
        """Replace the version before the noun's own by it; False when that is not there."""
        rows: Rows = {}
        shape.write(noun, key[: height(shape.table)], 0, rows)
        (own,) = rows.pop(shape.table.name)
        own.pop("position")
        expected = shape.table.c.version == own["version"] - 1
        change = sa.update(shape.table).where(*_under(shape.table, key), expected).values(own)
        if not self.connection.execute(change).rowcount:
            return False
        for table in reversed(shape.tables[1:]):
            self.connection.execute(sa.delete(table).where(*_under(table, key)))
        self._add(shape, rows)
        return True

    def _add(self, shape: Shape, rows: Rows) -> None:
        for table in shape.tables:
            if rows.get(table.name):
                self.connection.execute(sa.insert(table), rows[table.name])

    def _bring(self, shape: Shape, noun: N) -> N:
        """Insert or replace a cycle or a person, whatever version it has."""
        key = shape.key(noun, ())
        theirs = cast("N | None", self._find(shape, key))
        kept = _following(noun, theirs)
        if theirs is None:
            self._insert(shape, key, kept)
        elif kept != theirs:
            self._replace(shape, key, kept)
        if shape is CYCLE or kept != theirs:
            self.note(shape.name, object_key(key), theirs, kept)
        return kept

    def _bring_all(
        self, shape: Shape, cycle: str, nouns: Sequence[Noun], old: Sequence[Noun]
    ) -> tuple[Any, ...]:  # of the shape's own type
        """Put the nouns in the place of all of their kind that the cycle holds."""
        theirs = {shape.key(noun, (cycle,)): noun for noun in old}
        kept: dict[Key, Noun] = {}
        for noun in nouns:
            key = shape.key(noun, (cycle,))
            if key in kept:
                raise Invalid("twice", field=shape.table.name, found=object_key(key[1:]))
            kept[key] = _following(noun, theirs.get(key))
        new = tuple(kept.values())
        if new == tuple(old):
            return new
        self.connection.execute(sa.delete(shape.table).where(*_under(shape.table, (cycle,))))
        rows: Rows = {}
        for position, noun in enumerate(new):
            shape.write(noun, (cycle,), position, rows)
        self._add(shape, rows)
        self.note(shape.table.name, object_key((cycle,)), summary(old), summary(new))
        return new

    def _refuse_contents(self, key: Key) -> None:
        for shape in CONTENTS:
            if self._holds(shape.table, key):
                raise Invalid("not-empty", field=shape.table.name, found=object_key(key))


def object_key(key: Key) -> str:
    """The key as one text, its parts set apart by "/"."""
    return "/".join(str(part).replace("%", "%25").replace("/", "%2F") for part in key)


def _under(table: Table, key: Key) -> list[sa.ColumnElement[bool]]:
    """The rows whose key begins with that one."""
    return [table.c[n] == part for n, part in zip(key_columns(table), key, strict=False)]


def at_version(noun: N, version: int) -> N:
    """The noun with that version; a link has none."""
    if not hasattr(noun, "version"):
        return noun
    return cast(N, replace(cast(Project, noun), version=version))  # or any other with a version


def _following(noun: N, theirs: Noun | None) -> N:
    """The noun with the version of the one that stands there, or the next when it differs."""
    version = getattr(theirs, "version", 0)
    unchanged = at_version(noun, version)
    return unchanged if unchanged == theirs else at_version(noun, version + 1)


def summary(nouns: Sequence[Noun]) -> dict[str, object] | None:
    """What a line of the journal says of many nouns: their count, the SHA-256 of their content."""
    if not nouns:
        return None
    return {"count": len(nouns), "sha256": journal.sha256(journal.canonical(tuple(nouns)))}
