"""Frontier: every plan of a question that no other betters in all of two or three objectives."""

from typing import Annotated

import typer

from commands.said import LANG, Answer, Language, Out, Questions, Seconds, answer_each
from data import question_file
from optimizer.frontier import Frontier, Point
from optimizer.frontier import frontier as exact
from optimizer.search import Search
from portfolio.errors import Invalid
from portfolio.question import Question
from views.text import Text

Objectives = Annotated[str, typer.Option("--objectives", help="z1,z2[,z3]: value,-cost,…")]


def frontier(
    file: Questions, objectives: Objectives, time_limit: Seconds = 300.0, out: Out = None,
    lang: Language = LANG,
) -> None:  # fmt: skip
    """Find every plan that no other betters, for two or three objectives at once."""
    names = [name.strip() for name in objectives.split(",")]

    def work(question: Question) -> Answer:
        try:
            return told(question, exact(question, names, Search(time_limit)))
        except Invalid as refusal:
            raise Invalid(refusal.code, **{**refusal.facts, "path": "--objectives"}) from None

    answer_each(Text(lang), file, out, work)


def told(question: Question, found: Frontier) -> Answer:
    """The answer of docs/question.md."""
    return {
        "status": found.status,
        "points": [_point(point) for point in found.points],
        "complete": found.is_complete,
        "unexplored": found.unexplored,
        "tolerance": dict(found.tolerance),
        "seconds": found.seconds,
        "question_sha256": question_file.sha256(question),
    }


def _point(point: Point) -> Answer:
    return {
        "objectives": dict(point.objectives),
        "starts": {
            code: {"variant": chosen.variant, "period": chosen.period}
            for code, chosen in point.plan.starts.items()
        },
        "standalone": dict(point.plan.standalone),
        "enters": list(point.enters),
        "leaves": list(point.leaves),
    }
