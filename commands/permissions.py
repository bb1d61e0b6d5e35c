"""Who may do what: every act of the house and the roles it is for, as a table."""

from pathlib import Path
from typing import Annotated

import typer

from commands.said import LANG, Language, say
from views import permission_words
from views.text import Text


def permissions(
    out: Annotated[Path | None, typer.Option(help="file.md; else the standard output")] = None,
    lang: Language = LANG,
) -> None:
    """Print the table of acts and roles; "own" marks what a role does to its own only."""
    text = Text(lang)
    table = permission_words.table(text)
    if out is None:
        say(table.rstrip("\n"))
        return
    out.write_text(table, encoding="utf-8")
    say(text("cli.written", file=str(out), size=out.stat().st_size))
