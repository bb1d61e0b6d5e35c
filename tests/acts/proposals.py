"""Acts on proposals."""

from acts.said import LEADS, Call, Foreign, kept
from portfolio.person import Role
from portfolio.project import Project, Stage
from portfolio.rules import Needs


def draft(store):
    with store.reading() as work:
        return work.project("c", "P2")


def to_save(store):
    return "c", draft(store)


def to_move(store):
    return "c", draft(store), Stage.WITHDRAWN


def to_link(store):
    return "c", Needs("P2", "P1")


def to_unlink(store):
    return "c", kept(store, Needs("P2", "P1"))


DRAFT = (Project, "c", "P2")
CALLS = {
    "proposal_links.add": Call(LEADS, to_link),
    "proposal_links.remove": Call(LEADS, to_unlink),
    "proposals.begin": Call(LEADS, ("c", "Un titre")),
    "proposals.move": Call(LEADS, to_move),
    "proposals.save": Call(LEADS, to_save),
}
OWN = (
    Foreign("proposal_links.add", Role.LEAD, to_link, DRAFT),
    Foreign("proposal_links.remove", Role.LEAD, to_unlink, DRAFT),
    Foreign("proposals.move", Role.LEAD, to_move, DRAFT),
    Foreign("proposals.save", Role.LEAD, to_save, DRAFT),
)
