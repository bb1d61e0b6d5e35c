"""What an answer says, in words: one wording for the pages and for the command line."""

from collections.abc import Iterator

from data.refused import Note, Refused, Where, told
from portfolio.errors import Invalid
from portfolio.horizon import Horizon
from portfolio.plan import NoPlan, Plan, Proof, taken
from portfolio.question import Question
from portfolio.rules import Label
from portfolio.rules.row import total
from services.scenarios import Asked
from views import format as written
from views.text import Text


def cents(amount: float) -> int:
    """A question's dollars in whole cents, as the words want them."""
    return round(100 * amount)


def answer(text: Text, question: Question, found: Plan | NoPlan) -> str:
    """« Le meilleur portefeuille retient 38 projets sur 60 … ; preuve : optimal (0,8 s). »"""
    proof = proof_words(text, found.proof)
    if isinstance(found, NoPlan):
        clash = ", ".join(rule(text, one, question.horizon) for one in found.clash[:4])
        return text(f"plan.none_{found.proof.status.replace('-', '_')}", clash=clash, proof=proof)
    on = question.choices()
    columns = taken(found, question, on)
    return text(
        "plan.answer",
        chosen=len(found.starts),
        of=len(question.projects),
        points=round(total(question.gain(on, {"value": 1.0}), columns)[0], 1),
        cost=cents(total(question.gain(on, {"cost": 1.0}), columns)[0]),
        proof=proof,
    )


def proof_words(text: Text, proof: Proof) -> str:
    """« optimal (0,8 s) », « à 0,6 % près (60 s) »."""
    key = f"plan.proof_{proof.status.replace('-', '_')}"
    if proof.status == "feasible" and proof.gap is None:
        key = "plan.proof_found"
    if proof.status == "optimal" and not proof.is_settled:
        key = "plan.proof_unsettled"
    return text(key, gap=proof.gap or 0.0, seconds=round(proof.seconds, 2))


def label(text: Text, row: Label, horizon: Horizon) -> str:
    """A row's label in words: « enveloppe PDI, 2028 », « P2 après P1 »."""
    kind, *parts = row
    if kind in ("envelope", "team", "needs", "deadline", "at-most-starts", "standalone"):
        parts[-1] = written.period(horizon, int(parts[-1]), text.language)
    if kind in ("needs-one-of", "excludes", "together"):
        last = parts.pop() if kind == "needs-one-of" else ""
        project = parts.pop(0) if kind == "needs-one-of" else ""
        when = written.period(horizon, int(last), text.language) if last else ""
        parts = [", ".join(parts), project, when]
    shown = dict(zip(("a", "b", "c"), [*parts, "", "", ""], strict=False))
    return text(f"plan.row.{kind}", **shown)


def rule(text: Text, whole: Label, horizon: Horizon) -> str:
    """A whole rule's label in words, whatever the number of its rows: « P2 après P1 »."""
    kind, *parts = whole
    if kind == "needs":
        return text("plan.rule.needs", a=parts[0], b=parts[1])
    if kind == "needs-one-of":
        return text("plan.rule.needs-one-of", a=parts[0], b=", ".join(parts[1:]))
    return label(text, whole, horizon)


def refused(text: Text, one: Refused) -> str:
    """« portefeuille.xlsx, feuille costs, ligne 12, colonne likely : … »"""
    return text("plan.placed", where=place(text, one.where), said=why(text, one))


def why(text: Text, one: Refused) -> str:
    """What is wrong at a place, without the place."""
    code = f"refusals_import.{one.code}"
    key = code if text.has(code) else f"errors.{one.code}"
    facts = {"found": one.found, "accepted": one.accepted, "field": one.where.column}
    return text(key if text.has(key) else "refusals_import.other", code=one.code, **facts)


def problem(text: Text, one: Invalid) -> str:
    """« projects[0].cost.PDI[1] : … »: what is wrong at one place of a question file."""
    where = Where(column=str(one.facts.get("path", "")))
    found, accepted = told(one)
    return refused(text, Refused(where, one.code, found, accepted))


def place(text: Text, where: Where) -> str:
    """The place in words, as far as it is known."""
    parts = [where.file]
    parts += [text("plan.place_sheet", sheet=where.sheet)] if where.sheet else []
    parts += [text("plan.place_row", row=str(where.row))] if where.row is not None else []
    parts += [text("plan.place_column", column=where.column)] if where.column else []
    return ", ".join(part for part in parts if part)


def note(text: Text, one: Note) -> str:
    """A choice the importer made for the reader, in words."""
    return text(f"refusals_import.{one.code}", **one.facts)


def premises(text: Text, asked: Asked) -> Iterator[str]:
    """What the question rests on that a reader must know: no scores, projects left out …"""
    if asked.registry.cycle.is_illustrative:
        yield text("common.demo_banner")
    if asked.scores.is_equal:
        yield text("plan.equal_values")
    if asked.scenario.budget_share is not None:
        yield text("plan.budget_share", share=asked.scenario.budget_share)
    reasons = [out.reason for out in asked.posed.left_out]
    for reason in dict.fromkeys(reasons):
        yield text(f"plan.left_out_{reason.replace('-', '_')}", count=reasons.count(reason))
    if asked.posed.dropped:
        yield text("plan.dropped", count=len(asked.posed.dropped))
