"""Decision packs: what replays a meeting's decisions without the house, and whether it knows it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from data import journal, store_documents
from data.exporters import pack as written
from data.importers.pack import Opened
from data.journal import Verdict
from data.store import Reading, Store
from portfolio import confidential, record
from portfolio.errors import Missing, Refusal
from portfolio.meeting import Freeze, Record
from portfolio.person import Person, Role
from services.permission import allowed

QUESTION, ANSWER, INPUTS, RECORD, DECISIONS, OVERRIDES = (
    "question.json", "answer.json", "inputs.json", "record.json", "decisions.csv", "overrides.json",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the house's own journal says of a pack.

    verdict    of the journal, held against the pack's anchor
    is_kept    the record in the pack is, letter by letter, the one that the house keeps
    """

    verdict: Verdict
    is_kept: bool

    @property
    def holds(self) -> bool:
        return self.is_kept and self.verdict.is_sound


@allowed(*confidential.JUDGES)
def pack(
    store: Store, by: Person, cycle: str, meeting: int, papers: Mapping[str, bytes] | None = None
) -> bytes:
    """The pack of a closed meeting, as its last record says; the same bytes each time.

    papers   file name -> bytes, put beside the rest: the minutes
    It holds evaluators' sentences and confidential fields: it is for those who read them anyway.
    Missing("no-such-record") until it is closed; Refusal("not-frozen") when nothing was frozen.
    """
    with store.reading() as work:
        kept = _last(work, cycle, meeting)
        document = store_documents.read(work, kept.sha256)
        told = record.from_json(document)
        if not told.freezes:
            raise Refusal("not-frozen", found=meeting)
        freeze = work.one(Freeze, cycle, meeting, told.freezes[-1].number)
        inputs = store_documents.read(work, freeze.sha256)
        files = {RECORD: document, INPUTS: inputs, QUESTION: written.question(inputs)}
        if freeze.answer:
            files[ANSWER] = store_documents.read(work, freeze.answer)
    files |= {DECISIONS: written.decisions(told), OVERRIDES: written.overrides(told)}
    return written.pack(files | dict(papers or {}), told)


@allowed(Role.ADMINISTRATOR)
def vouched(store: Store, by: Person, opened: Opened) -> Vouched:
    """Whether the journal still has the pack's anchor, and the house the pack's record."""
    assert opened.manifest is not None  # nobody asks about a pack that does not hold by itself
    said = opened.manifest
    with store.reading() as work:
        verdict = journal.verify(work, said.journal)
        every = work.every(Record, said.cycle, meeting=said.meeting, number=said.record)
    digest = hashlib.sha256(opened.files.get(RECORD, b"")).hexdigest()
    return Vouched(verdict, any(one.sha256 == digest for one in every))


def _last(work: Reading, cycle: str, meeting: int) -> Record:
    every = work.every(Record, cycle, meeting=meeting)
    found = max(every, key=lambda one: one.number, default=None)
    if found is None:
        raise Missing("no-such-record", found=meeting)
    return found
