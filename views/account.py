"""One's own account: how one is named and reached, and in which roles one acts."""

from views.desk import Desk
from views.look import components
from views.parts import facts, joined


def render(desk: Desk) -> None:
    """Who one is here, and what may be changed of it."""
    text, person = desk.text, desk.person
    roles = joined(desk, [text(f"common.role.{role}") for role in sorted(person.roles)])
    answer = text("account.answer", name=person.name, roles=roles) if roles else person.name
    components.page_head(desk, text("account.title"), answer)
    facts(desk, [(text("account.code"), person.code), (text("account.service"), person.service)])
