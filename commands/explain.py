"""Explain and diagnose: why each project is in or out, and what keeps a question from an answer."""

from collections.abc import Mapping
from math import isfinite
from typing import Annotated

import typer

from commands.said import LANG, Answer, Language, Out, Questions, Seconds, answer_each
from data import question_file
from optimizer.doctor import Diagnosis, Repair
from optimizer.doctor import diagnose as cause
from optimizer.explain import Explained, Inside, Lost, Reason
from optimizer.explain import explain as reasons
from optimizer.search import Search
from portfolio.errors import Invalid
from portfolio.plan import NoPlan
from portfolio.question import Question
from portfolio.rules import Label
from views.text import Text

Projects = Annotated[list[str] | None, typer.Option("--project", help="its code; once or more")]


def explain(
    file: Questions, project: Projects = None, time_limit: Seconds = 300.0, out: Out = None,
    lang: Language = LANG,
) -> None:  # fmt: skip
    """Say why each project is in the best plan or out of it, in exact numbers."""

    def work(question: Question) -> Answer:
        known = [candidate.code for candidate in question.projects]
        for code in project or ():
            if code not in known:
                raise Invalid(
                    "unknown-code", field="--project", kind="project", found=code, accepted=known
                )
        return explanation(question, reasons(question, Search(time_limit), project))

    answer_each(Text(lang), file, out, work)


def diagnose(
    file: Questions, time_limit: Seconds = 60.0, out: Out = None, lang: Language = LANG
) -> None:
    """Name the rules that clash in a question without a plan, and the least that would mend it."""
    answer_each(
        Text(lang), file, out, lambda question: diagnosis(cause(question, Search(time_limit)))
    )


def explanation(question: Question, told: Explained) -> Answer:
    """The answer of docs/question.md."""
    plan = question_file.answer(told.plan, question)
    if isinstance(told.plan, NoPlan):
        return plan
    return {
        **{key: plan[key] for key in ("status", "objective", "bound", "gap", "starts")},
        "is_exact": told.is_exact,
        "seconds": told.seconds,
        "projects": {code: _reason(reason) for code, reason in told.projects.items()},
        "question_sha256": question_file.sha256(question),
    }


def diagnosis(told: Diagnosis) -> Answer:
    """The answer of docs/question.md."""
    return {
        "status": told.status,
        "conflict": [label_of(label) for label in told.conflict],
        "repairs": [_repair(repair) for repair in told.repairs],
    }


def label_of(label: Label) -> str:
    """A row's label in one word."""
    return ":".join(label)


def _reason(reason: Reason) -> Mapping[str, object]:
    if isinstance(reason, Inside):
        return {
            "in": True,
            **_lost("worth", reason.worth),
            "replaced_by": list(reason.replaced_by),
            "held_by": [label_of(label) for label in reason.held_by],
        }
    return {
        "in": False,
        **_lost("gap", reason.gap),
        "displaces": list(reason.displaces),
        "least_extra_money": {
            code: None if money is None else list(money) for code, money in reason.money.items()
        },
        "least_cost_cut": reason.cost_cut,
        "forbidden_by": label_of(reason.forbidden_by[0]) if reason.forbidden_by else None,
        "clash": [label_of(label) for label in reason.forbidden_by],
    }


def _lost(name: str, lost: Lost | None) -> Mapping[str, object]:
    """The amount, and the interval it is known to lie in where it was not proved."""
    if lost is None:
        return {name: None}
    if lost.is_exact:
        return {name: lost.amount}
    ends = [end if isfinite(end) else None for end in (lost.low, lost.high)]
    return {name: lost.amount if isfinite(lost.amount) else None, f"{name}_within": ends}


def _repair(repair: Repair) -> Mapping[str, object]:
    return {
        "way": repair.way,
        "changes": {label_of(label): by for label, by in repair.changes.items()},
        "is_least": repair.is_least,
        "starts": {
            code: {"variant": chosen.variant, "period": chosen.period}
            for code, chosen in repair.plan.starts.items()
        },
    }
