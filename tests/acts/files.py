"""Acts on what is given with a proposal, or taken from it as a file."""

from dataclasses import replace

from attached import PDF

from acts.said import ALL, ARCHITECT, LEADS, PEOPLE, Call, Foreign, kept
from portfolio.dossier import Attachment
from portfolio.person import Role
from portfolio.project import Project, Stage
from services import attachments
from views.text import Text

ADDS = frozenset({Role.LEAD, Role.ARCHITECT})
OFFERED = attachments.Offered("avis.pdf", PDF)
LEAD = PEOPLE[Role.LEAD]


def sent_back(store):
    """P3, which its lead may write again and an architect may read."""
    with store.reading() as work:
        return kept(store, replace(work.project("c", "P3"), stage=Stage.SENT_BACK))


def to_add(store):
    return "c", sent_back(store).code, OFFERED


def an_attachment(store):
    return attachments.add(store, LEAD, *to_add(store))


def to_read(store):
    an_attachment(store)
    return "c", "P3", 1


def to_remove(store):
    return "c", an_attachment(store)


def an_opinion(store):
    return "c", attachments.add(store, ARCHITECT, *to_add(store))


FORM = ("c", "P2", Text)
BACK = ("c", "P2", b"PK", Text)
DRAFT = (Project, "c", "P2")
CALLS = {
    "offline_proposal.read": Call(LEADS, BACK),
    "offline_proposal.write": Call(LEADS, FORM),
    "similar.duplicates": Call(frozenset({Role.FACILITATOR, Role.ARCHITECT})),
    "similar.nearest": Call(ALL, ("c", "P3")),
    "attachments.add": Call(ADDS, to_add),
    "attachments.of_project": Call(ALL, ("c", "P3")),
    "attachments.read": Call(ALL, to_read),
    "attachments.remove": Call(LEADS, to_remove),
    "attachments.take_back": Call(frozenset({Role.ARCHITECT}), an_opinion),
}
OWN = (
    Foreign("offline_proposal.read", Role.LEAD, lambda _: BACK, DRAFT),
    Foreign("offline_proposal.write", Role.LEAD, lambda _: FORM, DRAFT),
    Foreign("attachments.add", Role.LEAD, to_add, (Project, "c", "P3")),
    Foreign("attachments.remove", Role.LEAD, to_remove, (Attachment, "c", "P3", 1)),
    Foreign("attachments.take_back", Role.ARCHITECT, an_opinion, (Attachment, "c", "P3", 1)),
)
