"""Notices, from the command line: remind people of what draws near, send what waits by e-mail."""

import os
from datetime import UTC, datetime

import typer

from commands.said import LANG, Database, Language, fail, say
from portfolio.clock import day_of
from portfolio.errors import Refusal
from services import house, post, reminders
from views import mail
from views.text import Text

app = typer.Typer(no_args_is_help=True, help="Remind people, and send what waits by e-mail.")


@app.command()
def remind(database: Database = None, lang: Language = LANG) -> None:
    """Tell people of the deadlines, reviews and expiries that draw near; each is told once."""
    told = reminders.remind(house.open_house(database), day_of(datetime.now(UTC)))
    say(Text(lang)("cli.reminded", n=told))


@app.command()
def send(database: Database = None, lang: Language = LANG) -> None:
    """Send what waits by e-mail, through the server that ARBITRAGE_SMTP_URL names."""
    text = Text(lang)
    try:
        server = post.server_of(os.environ)
    except Refusal as refusal:
        fail(text.refusal(refusal))
    if server is None:
        fail(text("cli.no_mail"))
    write = mail.writer(os.environ.get("ARBITRAGE_PUBLIC_URL", ""))
    told = post.deliver(house.open_house(database), server, write)
    say(text("cli.mailed", sent=told.sent, waiting=told.waiting, refused=told.refused))
    if told.waiting or told.refused:
        raise typer.Exit(1)
