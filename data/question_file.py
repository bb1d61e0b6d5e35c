"""The question file and its answer: read strictly, written plainly, told apart by a hash."""

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from data import strict_json
from data.question_problems import problems
from portfolio.blocking import blocking
from portfolio.candidate import Exact
from portfolio.errors import Invalid
from portfolio.plan import Chosen, NoPlan, Plan, Proof, Status, use
from portfolio.question import Question

QUESTION = TypeAdapter(Question)
MOST_PROBLEMS = 200
NEWER_OF_DEBTS = ("created_by", "retired_after", "terminal")
COMMENTS = r"^(comment|note|[$_].*)$"


def read(content: bytes) -> Question:
    """The question; Invalid("question-unreadable", problems=…) with every one that was found."""
    document, wrong = _document(content)
    if wrong:
        raise _unreadable(tuple(wrong))
    try:
        return QUESTION.validate_json(json.dumps(document), by_alias=True, by_name=False)
    except ValidationError as errors:
        raise _unreadable(problems(errors, document)) from None


def read_lines(content: bytes) -> Iterator[Question | Invalid]:
    """One question a line (``.jsonl``), in order; a line that cannot be read gives its Invalid."""
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            try:
                yield read(line)
            except Invalid as refusal:
                yield Invalid(refusal.code, **(refusal.facts | {"line": number}))


def write(question: Question) -> bytes:
    """The question as a file: what is not written has its default."""
    document = QUESTION.dump_python(question, mode="json", by_alias=True, exclude_defaults=True)
    for rule, plain in zip(question.rules, document.get("rules", ()), strict=True):
        plain["kind"] = rule.kind
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def canonical(question: Question) -> bytes:
    """The same bytes for the same question: keys in order, every default written, 100.0 as 100."""
    document = QUESTION.dump_python(question, mode="json", by_alias=True)
    _leave_out_what_is_newer(document)
    return json.dumps(
        _plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _leave_out_what_is_newer(document: dict[str, Any]) -> None:
    """Fields that came later are written where they say something: older hashes still hold."""
    for debt in document["debts"]:
        for name in NEWER_OF_DEBTS:
            if not debt[name]:
                del debt[name]
    if not document["systems"]:
        del document["systems"]


def sha256(question: Question) -> str:
    """The hash that names the question in an answer."""
    return hashlib.sha256(canonical(question)).hexdigest()


def schema() -> dict[str, Any]:
    """The published JSON Schema, made from the nouns; what it cannot say is in docs/question.md."""
    made = QUESTION.json_schema(by_alias=True)
    for shape in (made, *made.get("$defs", {}).values()):
        if shape.get("additionalProperties") is False:
            shape["patternProperties"] = {COMMENTS: {}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Portfolio question",
    } | {key: value for key, value in made.items() if key != "title"}


def answer(given: Plan | NoPlan, question: Question) -> dict[str, Any]:
    """The answer as JSON values, in the shape of docs/question.md."""
    proof = given.proof
    head = {
        "status": proof.status,
        "objective": _finite(proof.objective),
        "bound": _finite(proof.bound),
        "gap": _finite(proof.gap),
    }
    tail = {
        "ties": [list(group) for group in proof.ties],
        "solver": proof.solver,
        "seconds": proof.seconds,
        "question_sha256": proof.question_sha256 or sha256(question),
    }
    return head | (_choices(given, question) if isinstance(given, Plan) else _no_choices()) | tail


def read_answer(content: bytes) -> Plan:
    """The plan an answer holds; Invalid when it cannot be read or holds none."""
    found = read_found(content)
    if isinstance(found, NoPlan):
        accepted = "optimal, feasible"
        raise Invalid("answer-without-plan", found=found.proof.status, accepted=accepted)
    return found


def read_found(content: bytes) -> Plan | NoPlan:
    """What an answer holds, a plan or none; Invalid when it cannot be read."""
    document, wrong = _document(content, "answer-unreadable")
    if wrong:
        raise Invalid("answer-unreadable", problems=tuple(wrong))
    try:
        read_ = ANSWER.validate_json(json.dumps(document))
    except ValidationError as errors:
        raise Invalid("answer-unreadable", problems=problems(errors, document)) from None
    if read_.status not in ("optimal", "feasible"):
        return NoPlan(_proof(read_))
    starts = {code: Chosen(s.variant, s.period) for code, s in read_.starts.items()}
    return Plan(starts, read_.standalone, _proof(read_))


@dataclass(frozen=True, slots=True)
class _Start(Exact):
    variant: str
    period: int


@dataclass(frozen=True, slots=True)
class _Answer(Exact):
    starts: Mapping[str, _Start]
    standalone: Mapping[str, int] = field(default_factory=dict)
    status: Status = "feasible"
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    debts: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    use: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    red: tuple[str, ...] = ()
    binding: tuple[str, ...] = ()
    ties: tuple[tuple[str, ...], ...] = ()
    solver: str = ""
    seconds: float = 0.0
    question_sha256: str = ""


ANSWER = TypeAdapter(_Answer)


def _proof(read_: _Answer) -> Proof:
    return Proof(
        read_.status, read_.objective, read_.bound, read_.gap, read_.solver, read_.seconds,
        question_sha256=read_.question_sha256, ties=read_.ties,
    )


def _document(content: bytes, code: str = "question-unreadable") -> tuple[Any, list[Invalid]]:
    try:
        return strict_json.loads(content)
    except Invalid as refusal:
        raise Invalid(code, problems=(refusal,)) from None


def _unreadable(wrong: tuple[Invalid, ...]) -> Invalid:
    return Invalid("question-unreadable", found=len(wrong), problems=wrong[:MOST_PROBLEMS])


def _choices(plan: Plan, question: Question) -> dict[str, Any]:
    used = use(plan, question)
    return {
        "starts": {
            code: {"variant": chosen.variant, "period": chosen.period}
            for code, chosen in plan.starts.items()
        },
        "debts": {code: list(shares) for code, shares in used.debts.items()},
        "standalone": dict(plan.standalone),
        "use": {code: list(series) for code, series in ({**used.days, **used.money}).items()},
        "red": list(used.red),
        "binding": [":".join(label) for label in blocking(plan, question).labels],
    }


def _no_choices() -> dict[str, Any]:
    return {"starts": {}, "debts": {}, "standalone": {}, "use": {}, "red": [], "binding": []}


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None


def _plain(node: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Whole floats as integers, so that 100 and 100.0 are the same question."""
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_plain(value) for value in node]
    return int(node) if isinstance(node, float) and node.is_integer() else node
