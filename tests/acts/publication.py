"""Acts of publication: what the public is to read, published and withdrawn."""

from published import AT, ON, the_record

from acts.said import COMMITTEE, FACILITATES, FACILITATOR, Call
from data import store_documents
from data.store import Act
from portfolio import record
from portfolio.meeting import Meeting, MeetingState, Record
from services import publication


def closed(store):
    """A meeting that decided on P1 and P3."""
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save("c", Meeting(1, ON, state=MeetingState.CLOSED))
        digest = store_documents.keep(work, record.to_json(the_record("q", "s")))
        work.save("c", Record(1, 1, FACILITATOR.code, AT, digest))
    return "c", publication.preview(store, FACILITATOR, "c").sha256


def out(store):
    return "c", publication.publish(store, FACILITATOR, *closed(store)), "une erreur"


CALLS = {
    "publication.preview": Call(COMMITTEE),
    "publication.publish": Call(FACILITATES, closed),
    "publication.withdraw": Call(FACILITATES, out),
}
OWN = ()
