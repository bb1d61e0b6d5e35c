"""The people of the house: who is known, in which roles, and whether they can come in."""

from collections.abc import Mapping

from services import directory
from services.directory import Entry
from views.desk import Desk
from views.look.tables import Column, table


def show(desk: Desk) -> None:
    """Everyone known, filtered, sorted, exported."""
    entries = directory.entries(desk.store, desk.person)
    rows = [_row(desk, entry) for entry in entries]
    table(desk, rows, _columns(desk), key="admin_people", name=desk.text("admin.section.people"))


def _row(desk: Desk, entry: Entry) -> Mapping[str, object]:
    person = entry.person
    return {
        "name": person.name,
        "roles": ", ".join(desk.text(f"common.role.{role}") for role in sorted(person.roles)),
        "service": person.service,
        "email": entry.contact.email,
        "code": person.code,
    }


def _columns(desk: Desk) -> list[Column]:
    text = desk.text
    return [
        Column("name", text("admin.people.name"), width="medium"),
        Column("roles", text("admin.people.roles"), width="medium"),
        Column("service", text("admin.people.service")),
        Column("email", text("admin.people.email")),
        Column("code", text("admin.people.code")),
    ]
