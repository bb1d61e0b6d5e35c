"""Acts on what a closed meeting leaves: its minutes, and letters."""

from proceedings import WHOLE

from acts.said import ALL, COMMITTEE, FACILITATES, FACILITATOR, Call
from data import store_documents
from data.store import Act
from portfolio import record
from portfolio.meeting import Meeting, MeetingState, Record


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


CALLS = {
    "papers.closed": Call(COMMITTEE, lambda store: closed(store)[:1]),
    "papers.mine": Call(ALL, lambda store: closed(store)[:1]),
    "papers.proceedings": Call(COMMITTEE, closed),
    "papers.replies": Call(COMMITTEE, closed),
    "papers.send": Call(FACILITATES, closed),
}
OWN = ()
