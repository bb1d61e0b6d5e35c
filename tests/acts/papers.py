"""Acts on what a closed meeting leaves: its minutes, and letters."""

from dataclasses import replace

from proceedings import WHOLE

from acts.room import frozen
from acts.said import ADMINISTERS, ALL, COMMITTEE, FACILITATES, FACILITATOR, Call
from data import store_documents
from data.importers import pack as importer
from data.store import Act
from portfolio import record
from portfolio.meeting import Meeting, MeetingState, Record
from portfolio.person import Role
from portfolio.record import Frozen, Named
from services import freezing, packs


def closed(store, whole=WHOLE, cycle="c"):
    """The meeting of that record, closed in the cycle, whatever the record calls it."""
    chair = FACILITATOR.code
    with store.writing(Act("test", "administrateur", "test")) as work:
        if not any(one.number == whole.meeting for one in work.every(Meeting, cycle)):
            state = MeetingState.CLOSED
            work.save(cycle, Meeting(whole.meeting, whole.on, facilitator=chair, state=state))
        digest = store_documents.keep(work, record.to_json(whole))
        kept = Record(whole.meeting, whole.number, chair, whole.closed_at, digest, whole.reason)
        work.save(cycle, kept)
    return cycle, whole.meeting


def packed(store):
    """The record of a meeting whose inputs were frozen."""
    frozen(store)
    with store.reading() as work:
        kept = freezing.in_force(work, "c", 1)
    told = Frozen(1, Named(kept.by), kept.at, kept.sha256, kept.question)
    return closed(store, replace(WHOLE, cycle="c", meeting=1, freezes=(told,)))


def to_vouch(store):
    return (importer.read(packs.pack(store, FACILITATOR, *packed(store))),)


CALLS = {
    "packs.pack": Call(COMMITTEE - {Role.OBSERVER}, packed),
    "packs.vouched": Call(ADMINISTERS, to_vouch),
    "papers.closed": Call(COMMITTEE, lambda store: closed(store)[:1]),
    "papers.mine": Call(ALL, lambda store: closed(store)[:1]),
    "papers.proceedings": Call(COMMITTEE, closed),
    "papers.replies": Call(COMMITTEE, closed),
    "papers.send": Call(FACILITATES, closed),
}
OWN = ()
