"""All that happened to a proposal, from the journal: who, when, what changed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from data.journal import Line
from data.store import Reading, Store
from portfolio.charter import Extension
from portfolio.decision import Correction, Decision
from portfolio.dossier import Attachment, Inquiry, Intake, Opinion, Submission
from portfolio.evaluation import Round
from portfolio.person import Person, Role
from portfolio.project import Project, Stage
from services import corrections
from services.dossiers import READERS, readable
from services.permission import allowed
from services.register_history import Past, told

TYPED = ("proposals.save", "dossiers.answer")  # saved at each keystroke: told together
AROUND = (Submission, Inquiry, Opinion, Intake, Extension, Attachment)


@dataclass(frozen=True, slots=True)
class Happening:
    """One act, or many saves of what is being typed.

    count    how many saves       since   the moment of the first
    """

    past: Past
    count: int
    since: datetime


@allowed(*READERS, own=(Role.LEAD,))
def of_project(store: Store, by: Person, cycle: str, project: str) -> tuple[Happening, ...]:
    """What happened to a proposal of one's own, or that one judges, the latest first.

    What its lead typed before it was handed in is her own: the others are told when, not what.
    """
    with store.reading() as work:
        kept = work.project(cycle, project)
        readable(by, kept)
        sees_drafts = kept.lead == by.code or by.has(Role.ADMINISTRATOR)
        lines = sorted(_lines(work, cycle, kept), key=lambda line: line.sequence)
        names = {person.code: person.name for person in work.people()}
    together = [_together(tuple(run)) for _, run in groupby(lines, _run_of)]
    shown = [line if sees_drafts else _unwritten(line) for line, _, _ in together]
    pasts = reversed(told(shown, names))
    found = [
        Happening(past, count, since)
        for past, (_, count, since) in zip(pasts, together, strict=True)
    ]
    return tuple(reversed(found))


def _lines(work: Reading, cycle: str, project: Project) -> Iterator[Line]:
    yield from work.history(Project, cycle, project.code)
    for kind in AROUND:
        for one in work.every(kind, cycle, project.code):
            number = getattr(one, "number", getattr(one, "effect", None))
            yield from work.history(kind, cycle, project.code, *([number] if number else []))
    yield from _decided(work, cycle, project.code)
    for asked in work.every(Round, cycle):
        if asked.asks(project.code):
            yield from _revealed(work.history(Round, cycle, asked.subject, asked.number))


def _decided(work: Reading, cycle: str, project: str) -> Iterator[Line]:
    """The decisions that took effect, and what was asked to be corrected in them."""
    closed = corrections.closed_meetings(work, cycle)
    for made in work.every(Decision, cycle, project):
        if not made.meeting or made.meeting in closed:
            yield from work.history(Decision, cycle, project, made.number)
    for asked in work.every(Correction, cycle, project):
        yield from work.history(Correction, cycle, project, asked.number)


def _revealed(lines: Iterable[Line]) -> Iterator[Line]:
    return (line for line in lines if line.act.startswith("rounds.reveal"))


def _run_of(line: Line) -> tuple[object, ...]:
    """The same for saves of the same object that follow each other."""
    if line.act not in TYPED:
        return (line.sequence,)
    return line.act, line.actor, line.kind, line.key


def _together(run: tuple[Line, ...]) -> tuple[Line, int, datetime]:
    """The lines as one: from what was there before the first to what the last left."""
    whole = replace(run[-1], before=run[0].before)
    return whole, len(run), datetime.fromisoformat(run[0].at)


def _unwritten(line: Line) -> Line:
    """The line without what was typed in a draft."""
    is_draft = line.kind == "project" and line.act == "proposals.save" and (
        json.loads(line.after or "{}").get("stage") == Stage.DRAFT
    )  # fmt: skip
    return replace(line, before=line.after) if is_draft else line
