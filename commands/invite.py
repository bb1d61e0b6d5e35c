"""The invitation of a person from the machine itself: how the first administrator comes in."""

import os
from datetime import datetime
from typing import Annotated

import typer

from commands.said import LANG, Database, Language, fail, say
from portfolio.clock import HERE
from portfolio.person import Role
from services import doors, house, people
from services.people import Newcomer
from views.text import Text

DEFAULT = "http://localhost:8501"


def invite(
    name: Annotated[str, typer.Argument(help="first and last name, or the code of someone known")],
    role: Annotated[list[Role] | None, typer.Option(help="may be given several times")] = None,
    email: Annotated[str, typer.Option(help="work address, to send notices to")] = "",
    again: Annotated[
        bool, typer.Option("--again", help="NAME is the code of someone known")
    ] = False,
    code: Annotated[str, typer.Option(help="how tables name them; else one is drawn")] = "",
    address: Annotated[str | None, typer.Option(help="how people reach the house")] = None,
    database: Database = None,
    lang: Language = LANG,
) -> None:
    """Invite a person: prints a link that is good once."""
    text, store = Text(lang), house.open_house(database)
    by, at = people.console(store), doors.now()
    if not role and not again:
        fail(text("cli.invite_role", accepted=tuple(Role)))
    if again:
        invited = people.invite_again(store, by, name, at)
    else:
        newcomer = Newcomer(name, frozenset(role or ()), email, lang, code=code)
        invited = people.invite(store, by, newcomer, at)
    house_at = (address or os.environ.get("ARBITRAGE_PUBLIC_URL") or DEFAULT).rstrip("/")
    ends = datetime.fromisoformat(invited.invitation.expires).astimezone(HERE)
    say(text("cli.invited", name=invited.person.name, code=invited.person.code, day=ends.date(),
             time=f"{ends:%H:%M}"))  # fmt: skip
    say(f"{house_at}/invitation/{invited.token}")
