"""Replay: a plan kept in the database, or a whole decision pack, asked again and compared."""

from pathlib import Path
from typing import Annotated

import typer

from commands.replay_pack import replay_pack
from commands.said import LANG, Database, Language, Seconds, cycle_of, fail, say
from optimizer.search import Search
from services import house, people
from services.replay import replay as again
from views import sentences
from views.text import Text

Pack = Annotated[
    Path | None,
    typer.Argument(exists=True, readable=True, dir_okay=False, help="pack.zip: needs no database"),
]


def replay(
    pack: Pack = None,
    cycle: Annotated[str | None, typer.Option(help="its code, where there are several")] = None,
    scenario: str = "base",
    time_limit: Seconds = 60.0,
    database: Database = None,
    lang: Language = LANG,
) -> None:
    """Ask a kept plan's question again, or work a whole decision pack out again; compare.

    A pack needs no database; with --database, that house's journal is asked to vouch for it.
    """
    text = Text(lang)
    if pack is not None:
        replay_pack(text, pack, Search(time_limit), database)
        return
    store = house.open_house(database)
    by = people.console(store)
    told = again(store, by, cycle_of(text, store, by, cycle), scenario, Search(time_limit))
    at, who, sha = told.kept.at[:16].replace("T", " "), told.kept.by, told.kept.question_sha256
    was = "–" if told.reached is None else str(round(told.reached, 6))
    say(text("cli.replay_kept", at=at, who=who, objective=was, sha=sha))
    say(sentences.answer(text, told.question, told.found))
    if not told.is_whole:
        say(text("cli.replay_altered"), error=True)
    for breach in told.breaches:
        row = sentences.label(text, breach.label, told.question.horizon)
        say(text("cli.breach", row=row, by=round(breach.by, 6)), error=True)
    if not told.holds:
        fail(text("cli.replay_differs"))
    say(text("cli.replay_same"))
