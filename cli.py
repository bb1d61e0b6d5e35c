"""The command line: the same acts as the pages, for files, scripts and administrators."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from commands.explain import diagnose, explain
from commands.formulation import formulation
from commands.frontier import frontier
from commands.invite import invite
from commands.journal import journal
from commands.notices import app as notices
from commands.permissions import permissions
from commands.replay import replay
from commands.robust import near, risk, robust
from commands.said import (
    LANG,
    UNREADABLE,
    Database,
    File,
    Language,
    cycle_of,
    fail,
    say,
)  # fmt: skip
from commands.solve import check, solve
from data import exporters
from data.importers import Brought
from data.refused import Refused
from optimizer import compiled
from portfolio.errors import Refusal
from services import cycles, exports, house, imports, people, scores
from views import format as written
from views import sentences
from views.text import Text

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
for verb in (solve, check, explain, diagnose, replay, formulation, frontier, robust, near, risk,
             invite):  # fmt: skip
    app.command()(verb)
app.command()(permissions)
app.add_typer(journal, name="journal")
app.add_typer(notices, name="notices")


@app.command()
def init(database: Database = None, lang: Language = LANG) -> None:
    """Create the database, or bring its tables up to date."""
    store = house.open_house(database)
    people.console(store)
    say(Text(lang)("cli.ready", database=house.describe(store)))


@app.command("compile")
def compile_(lang: Language = LANG) -> None:
    """Compile ahead of time what is compiled, so that nobody waits for it later."""
    compiled.ahead()
    say(Text(lang)("cli.compiled"))


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
    code = cycle_of(text, store, by, cycle)
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
    scored = scores.scores(store, by, cycle_of(text, store, by, cycle))
    if scored.is_equal:
        say(text("cli.no_scores"))
    for card in sorted(scored.cards, key=lambda card: -(card.points or 0.0)):
        points = "–" if card.points is None else written.number(card.points, lang, decimals=1)
        error = "" if card.error is None else "± " + written.number(card.error, lang, decimals=1)
        coverage = written.percent(card.coverage, lang, decimals=0)
        say(f"{card.project:<12} {points:>8} {error:>8} {coverage:>7}")


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
