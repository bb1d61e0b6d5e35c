"""What every verb of the command line does alike: read a question, give answers, end."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from data import question_file
from data.store import Store
from portfolio.errors import Invalid
from portfolio.person import Person
from portfolio.question import Question
from services import cycles
from views import sentences
from views.text import LANGUAGES, Text

UNREADABLE, NO_PLAN = 2, 3  # exit statuses of the question file's contract
LANG = os.environ.get("ARBITRAGE_LANG", "fr")
LANG = LANG if LANG in LANGUAGES else "fr"

File = Annotated[Path, typer.Argument(exists=True, readable=True)]
Questions = Annotated[
    Path, typer.Argument(exists=True, readable=True, help="question.json or .jsonl")
]
Out = Annotated[Path | None, typer.Option(help="answer.json; else the standard output")]
Database = Annotated[str | None, typer.Option(help="sqlite:///file.db, postgresql://…")]
Language = Annotated[str, typer.Option("--lang", help="fr, en")]
Seconds = Annotated[float, typer.Option("--time-limit", min=0, help="seconds")]

Answer = Mapping[str, object]


def say(line: str, error: bool = False) -> None:
    """One line to people."""
    typer.echo(line, err=error)


def fail(line: str, status: int = 1) -> NoReturn:
    """One line on what went wrong, and the exit status."""
    say(line, error=True)
    raise typer.Exit(status)


def read(text: Text, file: Path) -> Question:
    """The question of a file; ends with a line a problem when it cannot be read."""
    try:
        return question_file.read(file.read_bytes())
    except Invalid as refusal:
        for line in problems(text, refusal):
            say(line, error=True)
        raise typer.Exit(UNREADABLE) from None


def problems(text: Text, refusal: Invalid) -> Iterator[str]:
    """One line a problem: where, what was found, what is accepted."""
    found = refusal.facts.get("problems", ())
    if not isinstance(found, tuple) or not found:
        yield text.refusal(refusal)
        return
    for problem in found:
        yield sentences.problem(text, problem)


def answer_each(
    text: Text, file: Path, out: Path | None, work: Callable[[Question], Answer]
) -> None:
    """Answer the question of a file, or every line of a .jsonl; ends with 3 when there is no plan.

    A line that cannot be read answers {"status": "invalid", "error": …} and the rest go on.
    """
    if file.suffix != ".jsonl":
        question = read(text, file)
        try:
            answer = work(question)
        except Invalid as refusal:
            fail(sentences.problem(text, refusal), UNREADABLE)
        give(answer, out)
        if answer.get("status") in ("infeasible", "unbounded", "no-answer"):
            raise typer.Exit(NO_PLAN)
        return
    with out.open("w", encoding="utf-8") if out else nullcontext(sys.stdout) as where:
        for question in question_file.read_lines(file.read_bytes()):
            where.write(json.dumps(_line(text, question, work), ensure_ascii=False) + "\n")
            where.flush()


def _line(text: Text, question: Question | Invalid, work: Callable[[Question], Answer]) -> Answer:
    if isinstance(question, Invalid):
        return {"status": "invalid", "error": " ; ".join(problems(text, question))}
    try:
        return work(question)
    except Invalid as refusal:
        return {"status": "invalid", "error": " ; ".join(problems(text, refusal))}


def give(answer: Answer, out: Path | None) -> None:
    """The answer to a file, or to the standard output."""
    content = json.dumps(answer, ensure_ascii=False, indent=2)
    if out:
        out.write_text(content + "\n", encoding="utf-8")
    else:
        typer.echo(content)


def cycle_of(text: Text, store: Store, by: Person, code: str | None) -> str:
    """The cycle asked for, or the only one there is."""
    known = [cycle.code for cycle in cycles.cycles(store, by)]
    if not known:
        fail(text("cli.empty"))
    if code in known or (code is None and len(known) == 1):
        return code or known[0]
    fail(text("cli.which_cycle" if code is None else "cli.no_cycle", found=code, accepted=known))
