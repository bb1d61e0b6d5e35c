"""Solve and check: the best plan of a question, and the plain-arithmetic check of any answer."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from commands.said import (
    LANG,
    NO_PLAN,
    UNREADABLE,
    Database,
    File,
    Language,
    Out,
    Seconds,
    answer_each,
    cycle_of,
    fail,
    give,
    read,
    say,
)  # fmt: skip
from data import question_file
from optimizer.solve import solve as best_plan
from optimizer.solvers import SOLVERS, Search
from portfolio.errors import Invalid
from portfolio.plan import Breach, NoPlan, broken, worth
from portfolio.question import Question
from services import house, people, scenarios
from views import sentences
from views.text import Text


def solve(
    file: Annotated[Path | None, typer.Argument(help="question.json or .jsonl")] = None,
    time_limit: Seconds = 60.0,
    gap: Annotated[float, typer.Option(min=0, help="0.01 = 1 %")] = 0.0,
    solver: Annotated[str, typer.Option(help=", ".join(SOLVERS))] = "highs",
    threads: Annotated[int | None, typer.Option(min=1)] = None,
    out: Out = None,
    cycle: Annotated[str | None, typer.Option(help="without a file: the cycle")] = None,
    scenario: Annotated[str, typer.Option(help="without a file: the scenario")] = "base",
    budget_share: Annotated[
        float | None, typer.Option(min=0, help="for envelopes without a limit: share of demand")
    ] = None,
    database: Database = None,
    lang: Language = LANG,
) -> None:
    """Find the best plan of a question file, or of a cycle of the database."""
    text = Text(lang)
    if solver not in SOLVERS:
        fail(text("cli.no_solver", found=solver, accepted=tuple(SOLVERS)), UNREADABLE)
    search = Search(time_limit, gap, threads)
    if file is None:
        _solve_cycle(text, search, solver, out, (cycle, scenario, budget_share, database))
        return

    def work(question: Question) -> dict[str, object]:
        found = best_plan(question, search, solver)
        if file.suffix != ".jsonl":
            say(sentences.answer(text, question, found), error=True)
        return question_file.answer(found, question)

    answer_each(text, file, out, work)


def check(file: File, answer: File, lang: Language = LANG) -> None:
    """Check an answer against every row of its question, by plain arithmetic and no solver."""
    text = Text(lang)
    question = read(text, file)
    try:
        plan = question_file.read_answer(answer.read_bytes())
    except Invalid as refusal:
        fail(text.refusal(refusal), UNREADABLE)
    breaches = broken(plan, question)
    for breach in breaches:
        say(_breach(text, breach, question))
    if breaches:
        raise typer.Exit(NO_PLAN)
    say(text("cli.holds", rows=sum(1 for _ in question.rows(question.choices())),
             objective=round(worth(plan, question), 6)))  # fmt: skip


def _solve_cycle(
    text: Text, search: Search, solver: str, out: Path | None,
    which: tuple[str | None, str, float | None, str | None],
) -> None:  # fmt: skip
    cycle, scenario, budget_share, database = which
    store = house.open_house(database)
    by = people.console(store)
    asked = scenarios.ask(store, by, cycle_of(text, store, by, cycle), scenario)
    if budget_share is not None:
        varied = replace(asked.scenario, budget_share=budget_share)
        asked = scenarios.ask(store, by, asked.registry.cycle.code, varied)
    for line in sentences.premises(text, asked):
        say(line)
    found = scenarios.answer(asked, search, solver)
    say(sentences.answer(text, asked.posed.question, found))
    if out:
        give(question_file.answer(found, asked.posed.question), out)
    if isinstance(found, NoPlan):
        raise typer.Exit(NO_PLAN)


def _breach(text: Text, breach: Breach, question: Question) -> str:
    row = sentences.label(text, breach.label, question.horizon)
    return text("cli.breach", row=row, by=round(breach.by, 6))
