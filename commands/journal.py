"""The journal: verify it against anchors kept elsewhere, and keep an anchor."""

from pathlib import Path
from typing import Annotated

import typer

from commands.said import LANG, Database, Language, fail, say
from services import house, people
from services import journal as kept
from views import journal_words
from views.text import Text

journal = typer.Typer(no_args_is_help=True, help="Verify the journal, and keep its anchor.")
Anchors = Annotated[
    Path | None, typer.Option("--anchor", help="anchors.jsonl; else var/anchors.jsonl if present")
]
Out = Annotated[Path, typer.Argument(help="file to which the anchor is added")]


@journal.command()
def verify(anchor: Anchors = None, database: Database = None, lang: Language = LANG) -> None:
    """Read the whole journal again; ends with 1 when a line was changed, removed or cut."""
    text, store = Text(lang), house.open_house(database)
    try:
        content = None if anchor is None else anchor.read_bytes()
    except OSError:
        fail(text("cli.no_file", found=str(anchor)))
    checked = kept.verify(store, people.console(store), content)
    is_sound = checked.verdict.is_sound
    for line in journal_words.verdict(text, checked):
        say(line, error=not is_sound)
    if not is_sound:
        raise typer.Exit(1)


@journal.command()
def anchor(
    out: Out = kept.ANCHORS, database: Database = None, lang: Language = LANG
) -> None:
    """Add the journal's length and last hash to a file, to be kept away from this machine."""
    text, store = Text(lang), house.open_house(database)
    taken = kept.anchor(store, people.console(store))
    try:
        kept.keep(taken, out)
    except OSError:
        fail(text("journal.anchor_not_kept", file=str(out)))
    say(text("journal.anchor_kept", file=str(out), n=taken.count, head=taken.head))
