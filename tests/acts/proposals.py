"""Acts on proposals."""

from acts.said import LEADS, Call, Foreign
from portfolio.person import Role
from portfolio.project import Project, Stage


def draft(store):
    with store.reading() as work:
        return work.project("c", "P2")


def to_save(store):
    return "c", draft(store)


def to_move(store):
    return "c", draft(store), Stage.SUBMITTED


DRAFT = (Project, "c", "P2")
CALLS = {
    "proposals.begin": Call(LEADS, ("c", "Un titre")),
    "proposals.move": Call(LEADS, to_move),
    "proposals.save": Call(LEADS, to_save),
}
OWN = (
    Foreign("proposals.move", Role.LEAD, to_move, DRAFT),
    Foreign("proposals.save", Role.LEAD, to_save, DRAFT),
)
