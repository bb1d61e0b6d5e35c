"""The command line: the same acts as the pages, for files, scripts and administrators."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer
import uvicorn

from data import exporters, question_file
from data.importers import Brought
from data.refused import Refused
from optimizer.solve import solve as best_plan
from optimizer.solvers import SOLVERS, Search
from portfolio.errors import Invalid, Refusal
from portfolio.plan import Breach, NoPlan, Plan, broken, worth
from portfolio.question import Question
from services import cycles, exports, house, imports, people, scenarios, scores
from views import format as written
from views import sentences
from views.text import LANGUAGES, Text

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

UNREADABLE, NO_PLAN = 2, 3  # exit statuses of the question file's contract
File = Annotated[Path, typer.Argument(exists=True, readable=True)]
Database = Annotated[str | None, typer.Option(help="sqlite:///file.db, postgresql://…")]
Language = Annotated[str, typer.Option("--lang", help="fr, en")]
LANG = os.environ.get("ARBITRAGE_LANG", "fr")
LANG = LANG if LANG in LANGUAGES else "fr"


@app.command()
def init(database: Database = None, lang: Language = LANG) -> None:
    """Create the database, or bring its tables up to date."""
    store = house.open_house(database)
    people.console(store)
    say(Text(lang)("cli.ready", database=house.describe(store)))


@app.command()
def demo(database: Database = None, lang: Language = LANG) -> None:
    """Load the demo portfolio (illustrative figures), unless it is there already."""
    store, text = house.open_house(database), Text(lang)
    by = people.console(store)
    brought = imports.demo()
    _refuse_rows(text, brought)
    assert brought.registry is not None
    known = {cycle.code for cycle in cycles.cycles(store, by)}
    if brought.registry.cycle.code in known:
        say(text("cli.demo_there"))
        return
    imports.bring_in(store, by, brought)
    say(text("cli.demo_loaded", projects=len(brought.registry.projects)))


@app.command("import")
def import_(
    file: File,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="read and check, write nothing")
    ] = False,
    database: Database = None,
    lang: Language = LANG,
) -> None:
    """Bring in a portfolio: CSV, ZIP of CSVs, XLSX, question file, or a known public list."""
    text = Text(lang)
    brought = imports.preview(file.name, file.read_bytes())
    for line in _report(text, brought):
        say(line)
    _refuse_rows(text, brought)
    if dry_run:
        say(text("cli.dry_run"))
        return
    store = house.open_house(database)
    imports.bring_in(store, people.console(store), brought)
    assert brought.registry is not None
    say(text("cli.brought", cycle=brought.registry.cycle.code))


@app.command()
def export(
    out: Annotated[Path, typer.Argument(help="file.xlsx, file.zip (CSV), file.json (question)")],
    cycle: Annotated[str | None, typer.Option(help="its code, where there are several")] = None,
    scenario: str = "base",
    database: Database = None,
    lang: Language = LANG,
) -> None:
    """Write a cycle out: a workbook, CSV tables, or the question that a scenario asks."""
    text, store = Text(lang), house.open_house(database)
    by = people.console(store)
    code = _cycle(text, store, by, cycle)
    content = exports.write(store, by, code, out.suffix, scenario, lang)
    out.write_bytes(content)
    say(text("cli.written", file=str(out), size=len(content)))


@app.command()
def template(out: Annotated[Path, typer.Argument(help="file.xlsx")], lang: Language = LANG) -> None:
    """Write the workbook to fill in, which explains itself."""
    out.write_bytes(exporters.template())
    say(Text(lang)("cli.written", file=str(out), size=out.stat().st_size))


@app.command()
def score(
    cycle: Annotated[str | None, typer.Option(help="its code, where there are several")] = None,
    database: Database = None,
    lang: Language = LANG,
) -> None:
    """Say what each project is worth, the best first, with coverage and standard error."""
    text, store = Text(lang), house.open_house(database)
    by = people.console(store)
    scored = scores.scores(store, by, _cycle(text, store, by, cycle))
    if scored.is_equal:
        say(text("cli.no_scores"))
    for card in sorted(scored.cards, key=lambda card: -(card.points or 0.0)):
        points = "–" if card.points is None else written.number(card.points, lang, decimals=1)
        error = "" if card.error is None else "± " + written.number(card.error, lang, decimals=1)
        coverage = written.percent(card.coverage, lang, decimals=0)
        say(f"{card.project:<12} {points:>8} {error:>8} {coverage:>7}")


@app.command()
def solve(
    file: Annotated[Path | None, typer.Argument(help="question.json or .jsonl")] = None,
    time_limit: Annotated[float, typer.Option(min=0, help="seconds")] = 60.0,
    gap: Annotated[float, typer.Option(min=0, help="0.01 = 1 %")] = 0.0,
    solver: Annotated[str, typer.Option(help=", ".join(SOLVERS))] = "highs",
    threads: Annotated[int | None, typer.Option(min=1)] = None,
    out: Annotated[Path | None, typer.Option(help="answer.json")] = None,
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
    elif file.suffix == ".jsonl":
        _solve_lines(text, file, search, solver, out)
    else:
        question = _question(text, file)
        found = best_plan(question, search, solver)
        _give(question_file.answer(found, question), out)
        say(sentences.answer(text, question, found), error=True)
        _end(found)


@app.command()
def check(file: File, answer: File, lang: Language = LANG) -> None:
    """Check an answer against every row of its question, by plain arithmetic and no solver."""
    text = Text(lang)
    question = _question(text, file)
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


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8501,
    host: str = "127.0.0.1",
    database: Database = None,
) -> None:
    """Serve the pages; stop with Ctrl-C."""
    if database:
        os.environ["ARBITRAGE_DATABASE_URL"] = database
    os.chdir(Path(__file__).parent)
    uvicorn.run("asgi:app", host=host, port=port, log_level="warning", access_log=False)



def say(line: str, error: bool = False) -> None:
    """One line to people."""
    typer.echo(line, err=error)


def fail(line: str, status: int = 1) -> NoReturn:
    """One line on what went wrong, and the exit status."""
    say(line, error=True)
    raise typer.Exit(status)


def _question(text: Text, file: Path) -> Question:
    try:
        return question_file.read(file.read_bytes())
    except Invalid as refusal:
        for line in _problems(text, refusal):
            say(line, error=True)
        raise typer.Exit(UNREADABLE) from None


def _problems(text: Text, refusal: Invalid) -> Iterator[str]:
    """One line a problem: where, what was found, what is accepted."""
    problems = refusal.facts.get("problems", ())
    if not isinstance(problems, tuple) or not problems:
        yield text.refusal(refusal)
        return
    for problem in problems:
        yield sentences.problem(text, problem)


def _solve_cycle(
    text: Text, search: Search, solver: str, out: Path | None,
    which: tuple[str | None, str, float | None, str | None],
) -> None:  # fmt: skip
    cycle, scenario, budget_share, database = which
    store = house.open_house(database)
    by = people.console(store)
    asked = scenarios.ask(store, by, _cycle(text, store, by, cycle), scenario)
    if budget_share is not None:
        varied = replace(asked.scenario, budget_share=budget_share)
        asked = scenarios.ask(store, by, asked.registry.cycle.code, varied)
    for line in sentences.premises(text, asked):
        say(line)
    found = scenarios.answer(asked, search, solver)
    say(sentences.answer(text, asked.posed.question, found))
    if out:
        _give(question_file.answer(found, asked.posed.question), out)
    _end(found)


def _solve_lines(text: Text, file: Path, search: Search, solver: str, out: Path | None) -> None:
    """One answer a line, in order, each as soon as it is found."""
    with out.open("w", encoding="utf-8") if out else nullcontext(sys.stdout) as where:
        for question in question_file.read_lines(file.read_bytes()):
            answer = _answer_line(text, question, search, solver)
            where.write(json.dumps(answer, ensure_ascii=False) + "\n")
            where.flush()


def _answer_line(
    text: Text, question: Question | Invalid, search: Search, solver: str
) -> dict[str, object]:
    if isinstance(question, Invalid):
        return {"status": "invalid", "error": " ; ".join(_problems(text, question))}
    return question_file.answer(best_plan(question, search, solver), question)


def _give(answer: dict[str, object], out: Path | None) -> None:
    """The answer to a file, or to the standard output."""
    content = json.dumps(answer, ensure_ascii=False, indent=2)
    if out:
        out.write_text(content + "\n", encoding="utf-8")
    else:
        typer.echo(content)


def _end(found: Plan | NoPlan) -> None:
    if isinstance(found, NoPlan):
        raise typer.Exit(NO_PLAN)


def _breach(text: Text, breach: Breach, question: Question) -> str:
    row = sentences.label(text, breach.label, question.horizon)
    return text("cli.breach", row=row, by=round(breach.by, 6))


def _cycle(text: Text, store: object, by: object, code: str | None) -> str:
    """The cycle asked for, or the only one there is."""
    known = [cycle.code for cycle in cycles.cycles(store, by)]  # type: ignore[arg-type]
    if not known:
        fail(text("cli.empty"))
    if code in known or (code is None and len(known) == 1):
        return code or known[0]
    fail(text("cli.which_cycle" if code is None else "cli.no_cycle", found=code, accepted=known))


def _report(text: Text, brought: Brought) -> Iterator[str]:
    yield text(
        "cli.read",
        format=brought.format,
        rows=brought.rows_read,
        amounts=brought.amounts_readable,
        total=brought.amounts_total,
    )
    yield from (sentences.note(text, note) for note in brought.notes)
    yield from (sentences.refused(text, refused) for refused in brought.noted)


def _refuse_rows(text: Text, brought: Brought) -> None:
    """Stop when a row was refused: all or nothing."""
    refused: tuple[Refused, ...] = brought.refused
    for one in refused:
        say(sentences.refused(text, one), error=True)
    if refused:
        fail(text("cli.nothing_written", count=len(refused)), UNREADABLE)


def main() -> None:
    """Run, and word what the house refuses."""
    try:
        app()
    except Refusal as refusal:
        say(Text(LANG).refusal(refusal), error=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
