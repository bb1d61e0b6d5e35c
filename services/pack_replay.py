"""A decision pack replayed: the same scores, question, plan and prices, from its files alone."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from data import frozen_file, question_file
from data.exporters import pack as written
from data.importers import pack as importer
from data.importers.pack import Opened
from data.strict_json import Path, shown
from optimizer.search import Search
from optimizer.solve import solve
from portfolio import record
from portfolio.errors import Invalid
from portfolio.frozen import Frozen
from portfolio.meeting import Override
from portfolio.plan import NoPlan, Plan, broken, worth
from portfolio.question import Question
from portfolio.record import Imposed, Proceedings
from services import put as putting
from services import scenarios
from services.packs import ANSWER, DECISIONS, INPUTS, OVERRIDES, QUESTION, RECORD
from services.replay import SAME, agree
from services.why_card import measured

MOST = 5  # places that are named where many differ


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was worked out again; ``wrong`` names what is not the same, "" = all of it."""

    name: str
    holds: bool
    facts: Mapping[str, object] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replayed:
    """A pack whose files all hold, and what came of working it out again.

    kept, found   the answer in the pack, and the one found now; kept None = it has none
    """

    opened: Opened
    told: Proceedings
    question: Question
    kept: Plan | NoPlan | None
    found: Plan | NoPlan
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        return all(check.holds for check in self.checks)


@dataclass(frozen=True, slots=True)
class _Read:
    """The files of a pack, read."""

    files: Mapping[str, bytes]
    told: Proceedings
    inputs: Frozen
    question: Question
    kept: Plan | NoPlan | None


def opened(content: bytes) -> Opened:
    """The pack, with what is wrong with its files; Invalid when it is none."""
    return importer.read(content)


def replay(pack: Opened, search: Search) -> Replayed:
    """Work everything out again, from a pack without faults.

    Invalid("pack-lacks") when a file is not in it, ("pack-unreadable") when one is not what it
    should be.
    """
    read = _read(pack.files)
    found = solve(read.question, search)
    checks = (
        _record(pack, read), _inputs(read), _question(read), _scores(read), _posed(read),
        *_answers(read, found), *_overrides(read, found, search), _derived(read),
    )  # fmt: skip
    return Replayed(pack, read.told, read.question, read.kept, found, checks)


def _read(files: Mapping[str, bytes]) -> _Read:
    for name in (RECORD, INPUTS, QUESTION, DECISIONS, OVERRIDES):
        if name not in files:
            raise Invalid("pack-lacks", found=name)
    try:
        told = record.from_json(files[RECORD])
    except ValidationError:
        raise Invalid("pack-unreadable", found=RECORD) from None
    if not told.freezes:
        raise Invalid("pack-unreadable", found=RECORD)
    kept = question_file.read_found(files[ANSWER]) if ANSWER in files else None
    inputs = frozen_file.read(files[INPUTS])
    return _Read(files, told, inputs, question_file.read(files[QUESTION]), kept)


def _record(pack: Opened, read: _Read) -> Check:
    """The record is the one that the manifest names, in the letters in which it is kept."""
    told, said = read.told, pack.manifest
    is_named = said is not None and (
        (said.cycle, said.meeting, said.record) == (told.cycle, told.meeting, told.number)
        and (said.journal.count, said.journal.head) == (told.anchor.count, told.anchor.head)
    )
    holds = is_named and record.to_json(told) == read.files[RECORD]
    return Check("record", holds, {"meeting": told.meeting, "day": told.on, "n": told.number})


def _inputs(read: _Read) -> Check:
    digest, freeze = _sha256(read.files[INPUTS]), read.told.freezes[-1]
    holds = digest == freeze.sha256 and frozen_file.write(read.inputs) == read.files[INPUTS]
    return Check("inputs", holds, {"n": freeze.number, "sha": digest, "of": freeze.sha256})


def _question(read: _Read) -> Check:
    digest, freeze = _sha256(read.files[QUESTION]), read.told.freezes[-1]
    wrong = _apart(read.inputs.question, read.question)
    holds = digest == freeze.question and not wrong
    return Check("question", holds, {"sha": digest, "of": freeze.question}, wrong)


def _scores(read: _Read) -> Check:
    """Every project's points, from the ratings, the weights and the framework frozen."""
    again = scenarios.put(read.inputs.registry, read.inputs.scenario).values
    codes = sorted({*again, *read.inputs.values})
    wrong = tuple(c for c in codes if not _is_near(again.get(c), read.inputs.values.get(c)))
    return Check("scores", not wrong, {"n": len(codes)}, wrong)


def _posed(read: _Read) -> Check:
    """The question that the scenario asks of what was frozen, scored anew."""
    again = scenarios.put(read.inputs.registry, read.inputs.scenario).posed.question
    wrong = _apart(again, read.question)
    return Check("posed", not wrong, {"sha": question_file.sha256(again)}, wrong)


def _answers(read: _Read, found: Plan | NoPlan) -> Iterator[Check]:
    """The kept plan by plain arithmetic; then both answers against each other."""
    was = read.kept if isinstance(read.kept, Plan) else None
    reached = worth(was, read.question) if was else None
    if was is not None:
        breaches = broken(was, read.question)
        holds = not breaches and _is_near(reached, was.proof.objective)
        wrong = tuple(":".join(breach.label) for breach in breaches)
        yield Check("kept", holds, {"n": len(was.starts), "objective": reached}, wrong)
    if read.kept is not None:
        facts = {"was": reached, "now": found.proof.objective, "bound": found.proof.bound}
        yield Check("solved", agree(was, reached, found), facts)


def _overrides(read: _Read, found: Plan | NoPlan, search: Search) -> Iterator[Check]:
    """Each signed choice costs what it was said to; the question with all of them is the same."""
    question, solved = read.question, {question_file.sha256(read.question): found}

    def best(asked: Question) -> Plan | NoPlan:
        sha = question_file.sha256(asked)
        if sha not in solved:
            solved[sha] = solve(asked, search)
        return solved[sha]

    wrong = []
    for at, one in enumerate(read.told.overrides):
        signed = [_choice(read.told, each) for each in read.told.overrides[:at]]
        befores = (
            putting.under(question, [*signed, *_decided(read.told, one.signed_at)]),
            putting.under(question, signed),
        )
        prices = (
            _price(best(b), best(putting.under(b, [_choice(read.told, one)])), read.told)
            for b in befores
        )
        if not any(_is_near(price, one.price) for price in prices):
            wrong.append(one.project)
    if read.told.overrides:
        total = len(read.told.overrides)
        yield Check("overrides", not wrong, {"n": total}, tuple(wrong))
    whole = putting.under(question, [_choice(read.told, one) for one in read.told.overrides])
    posed, proof = question_file.sha256(whole), read.told.proof
    now = best(whole).proof.objective
    facts = {"now": now, "was": proof.objective, "sha": posed}
    yield Check("voted", posed == proof.posed and _is_near(now, proof.objective), facts)


def _derived(read: _Read) -> Check:
    """The tables say what the record says."""
    made = {DECISIONS: written.decisions(read.told), OVERRIDES: written.overrides(read.told)}
    wrong = tuple(name for name, content in made.items() if read.files[name] != content)
    return Check("derived", not wrong, {"n": len(read.told.decisions)}, wrong)


def _choice(told: Proceedings, one: Imposed) -> Override:
    return Override(
        told.meeting, one.project, one.is_in, one.reason, one.by.code, one.variant, one.start
    )


def _decided(told: Proceedings, before: str) -> Iterator[Override]:
    """What decisions that differ from the plan imposed before that moment."""
    for one in told.decisions:
        if not one.is_planned and one.at < before:
            yield Override(
                told.meeting, one.project, one.verb.goes_ahead, one.reason, one.signed_by.code,
                one.variant, one.start,
            )  # fmt: skip


def _price(before: Plan | NoPlan, then: Plan | NoPlan, told: Proceedings) -> float | None:
    had, has = before.proof.objective, then.proof.objective
    if had is None or has is None:
        return None
    return measured(max(0.0, had - has), told.unit)


def _is_near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= SAME * max(1.0, abs(one), abs(other))


def _apart(one: Question, other: Question) -> tuple[str, ...]:
    """Where two questions differ, as paths of the question file; the first few."""
    first, second = (json.loads(question_file.canonical(each)) for each in (one, other))
    found = []
    for path in _paths(first, second, ()):
        found.append(shown(path))
        if len(found) == MOST:
            break
    return tuple(found)


def _paths(one: Any, other: Any, at: Path) -> Iterator[Path]:  # noqa: ANN401 - any JSON value
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            yield from _paths(one.get(key), other.get(key), (*at, key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, pair in enumerate(zip(one, other, strict=True)):
            yield from _paths(*pair, (*at, place))
    elif one != other:
        yield at


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
