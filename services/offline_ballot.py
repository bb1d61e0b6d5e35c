"""The offline ballot: one's own sheet as a workbook, and what a filled one brings back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from data import ballot_form as form
from data.ballot_form import Answer, Form, Identity, Interest, Question
from data.exporters.ballot import ballot
from data.importers import ballot as importer
from data.importers.ballot import Declared, Read, Said
from data.importers.workbook_child import MOST_ROWS
from data.refused import Findings, Refused, Where, told
from data.store import Act, Store
from portfolio import judgement, rating
from portfolio.errors import Invalid, Refusal
from portfolio.evaluation import Conflict, Evaluation, Subject
from portfolio.person import Person, Role
from portfolio.registry import Registry
from services import motions
from services.cycles import sees
from services.permission import allowed
from services.rating import Line, sheet_of
from services.scores import framework_of

__all__ = ["Outcome", "Refused", "read", "write"]

UNFINISHED = ("justification-short", "evidence-missing")  # what leaves a rating a draft


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a ballot changes, or would change.

    new, changed    ratings said for the first time, or otherwise than they stand
    given           of these, those that become given ratings
    drafts          rows that stay drafts; ``unfinished`` says what each lacks
    unchanged       rows that say what already stands, or were left as they were written
    blank           rows that say nothing
    conflicts       conflicts declared, or whose reason changes
    refused         why nothing is saved; empty = all of it can be, or was
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    blank: int = 0
    given: int = 0
    drafts: int = 0
    conflicts: int = 0
    unfinished: tuple[Refused, ...] = ()
    refused: tuple[Refused, ...] = ()
    is_saved: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to save."""
        return not (self.new or self.changed or self.conflicts)


@allowed(Role.MEMBER, Role.LEAD)
def write(store: Store, by: Person, cycle: str, language: str = "fr") -> bytes:
    """The person's own ballot for the open round of scores, what she said standing in it.

    Refusal("no-open-round") without one; Invalid("too-many-rows") past what a workbook takes.
    """
    with store.reading() as work:
        known = work.registry(cycle)
    sheet = sheet_of(known, by)
    if sheet.round is None:
        raise Refusal("no-open-round")
    if len(sheet.lines) > MOST_ROWS:
        raise Invalid("too-many-rows", found=len(sheet.lines), accepted=MOST_ROWS)
    scale = sheet.framework.scale
    return ballot(
        Form(
            Identity(cycle, sheet.round.number, by.code, language),
            by.name,
            known.cycle.title.in_(language),
            (scale.low, scale.high),
            tuple(_question(line, language) for line in sheet.lines),
            tuple(_interests(known, by, sheet.lines, language)),
        )
    )


@allowed(Role.MEMBER, Role.LEAD, own=(Role.MEMBER, Role.LEAD))
def read(
    store: Store, by: Person, cycle: str, content: bytes, name: str, dry_run: bool = True
) -> Outcome:
    """What a filled ballot changes; without ``dry_run`` it is saved, all of it or nothing.

    Every refusal stands in the outcome at its place: another person's ballot, another cycle's,
    another round's, a project with a conflict, a row changed elsewhere since. A complete row
    becomes a given rating, an incomplete one a draft.
    """
    brought = importer.read(name, content)
    if dry_run:
        with store.reading() as work:
            return _Taken(work.registry(cycle), by, brought, name).outcome
    role = Role.MEMBER if by.has(Role.MEMBER) else Role.LEAD
    with store.writing(Act(by.code, role, "offline_ballot.read")) as kept:
        taken = _Taken(kept.registry(cycle), by, brought, name)
        if taken.outcome.refused:
            return taken.outcome
        for conflict in taken.conflicts:
            kept.save(cycle, conflict)
            motions.on_conflict(kept, cycle, by.code, conflict.project)
        for said in taken.evaluations:
            kept.save(cycle, said)
    return replace(taken.outcome, is_saved=True)


def _question(line: Line, language: str) -> Question:
    criterion = line.criterion
    scale = criterion.levels.in_(language) or criterion.levels.fr
    return Question(
        line.project.code,
        line.project.title_in(language),
        criterion.key,
        criterion.title.in_(language),
        criterion.question.in_(language),
        tuple(f"{level} : {words}" for level, words in enumerate(scale)),
        _answer(line.mine),
        line.mine.version if line.mine else 0,
    )


def _interests(
    known: Registry, by: Person, lines: tuple[Line, ...], language: str
) -> Iterator[Interest]:
    """The projects a member may declare a conflict on; those on which she did, first."""
    titles = {p.code: p.title_in(language) for p in known.projects}
    mine = [c for c in known.conflicts if c.person == by.code]
    for one in mine:
        yield Interest(one.project, titles.get(one.project, ""), one.reason, one.version)
    for code in dict.fromkeys(line.project.code for line in lines if not line.is_self):
        yield Interest(code, titles[code])


def _answer(kept: Evaluation | None) -> Answer:
    """What was said, as the form holds it; a draft without a rating says none yet."""
    if kept is None:
        return Answer()
    level = form.SILENT.fr if kept.is_given else ""
    return Answer(
        level if kept.rating is None else format(kept.rating, "g"),
        form.tidy(kept.justification),
        form.tidy(kept.evidence),
        "" if kept.confidence is None else str(kept.confidence),
    )


class _Taken:
    """What a ballot says, held against what stands; nothing is written here.

    conflicts, evaluations   what is to be saved when nothing was refused
    """

    def __init__(self, known: Registry, by: Person, brought: Read, name: str) -> None:
        self.known, self.by = known, by
        self.found = Findings(list(brought.refused))
        self.conflicts: list[Conflict] = []
        self.evaluations: list[Evaluation] = []
        self.tally = Outcome()
        self.language = brought.identity.language if brought.identity else "fr"
        held = judgement.open_round(known, Subject.SCORES)
        self.round = held.number if held else 0
        if self._is_ours(brought, name):
            self._take(brought)

    @property
    def outcome(self) -> Outcome:
        """What the ballot changes, with everything refused."""
        lacking, refused = (_in_order(f) for f in (self.found.noted, self.found.refused))
        return replace(self.tally, unfinished=lacking, refused=refused)

    def _is_ours(self, brought: Read, name: str) -> bool:
        """Refuse another's ballot, another cycle's, and that of a round that is not open."""
        who = brought.identity
        if who is None:
            return False
        where, cycle = Where(name, form.ASIDE.in_(who.language)), self.known.cycle.code
        if who.person != self.by.code:
            self.found.refuse(where, "ballot-of-another", who.person, self.by.code)
        elif who.cycle != cycle:
            self.found.refuse(where, "ballot-of-another-cycle", who.cycle, cycle)
        elif who.round != self.round:
            self.found.refuse(where, "round-closed", who.round, self.round or "")
        else:
            return True
        return False

    def _take(self, brought: Read) -> None:
        mine = {c.project: c for c in self.known.conflicts if c.person == self.by.code}
        for row in brought.declared:
            self._declare(row, mine.get(row.project))
        fresh = tuple(c for c in self.known.conflicts if c not in mine.values())
        both = mine | {c.project: c for c in self.conflicts}
        self.known = replace(self.known, conflicts=(*fresh, *both.values()))
        said = {
            (e.project, e.criterion): e
            for e in self.known.evaluations
            if e.evaluator == self.by.code and e.round == self.round
        }
        for one in brought.said:
            self._say(one, said.get((one.project, one.criterion)))

    def _declare(self, row: Declared, kept: Conflict | None) -> None:
        """Take a conflict; a reason left empty, or as it was written, declares nothing."""
        mine, version = form.printed(row.reason), kept.version if kept else 0
        stands = kept is not None and mine == form.printed(kept.reason)
        if not row.reason or stands or (mine == row.was and row.version != version):
            return
        if row.version != version:
            self._refuse(row.where, "reason", Refusal("ballot-row-stale", found=row.project))
            return
        project = next((p for p in self.known.projects if p.code == row.project), None)
        if project is None or not sees(self.by, project) or not self.by.has(Role.MEMBER):
            self._refuse(row.where, "project", Refusal("no-such-project", found=row.project))
        elif project.lead == self.by.code:
            self._refuse(row.where, "project", Invalid("own-project", found=row.project))
        else:
            self.conflicts.append(Conflict(self.by.code, row.project, row.reason, version))
            self._count("conflicts")

    def _say(self, row: Said, kept: Evaluation | None) -> None:
        """Take one row: what it says, when it says something else than what stands."""
        version, mine = kept.version if kept else 0, row.answer.print
        stands = kept is not None and mine == _answer(kept).print
        if row.answer.is_blank:
            self._count("blank")
        elif mine == row.was and (row.version != version or not self._is_asked(row)):
            self._count("unchanged")
        elif row.version != version and not stands:
            self._refuse(row.where, "rating", Refusal("ballot-row-stale", found=row.project))
        elif kept is not None and stands and kept.is_given:
            self._count("unchanged")
        else:
            self._weigh(row, kept)

    def _is_asked(self, row: Said) -> bool:
        asked = Evaluation(row.project, row.criterion, self.by.code, None, round=self.round)
        try:
            rating.refuse(self.known, framework_of(self.known), self.by, asked)
        except Refusal:
            return False
        return True

    def _weigh(self, row: Said, kept: Evaluation | None) -> None:
        """Keep the row as a given rating, or as a draft while it lacks something."""
        try:
            wanted, lacking = self._judged(row, kept)
        except Refusal as refusal:
            self._refuse(row.where, _column(refusal), refusal)
            return
        if lacking is not None and kept is not None and kept.is_given:
            self._refuse(row.where, "rating", Refusal("rating-given", found=row.project))
            return
        if lacking is not None:
            self._lacks(row, lacking)
            self._count("drafts")
        if kept is not None and wanted == kept:
            self._count("unchanged")
            return
        self.evaluations.append(wanted)
        self._count("changed" if kept else "new")
        if wanted.is_given:
            self._count("given")

    def _judged(self, row: Said, kept: Evaluation | None) -> tuple[Evaluation, Invalid | None]:
        """(what is to be kept, what it lacks to be given); refused when it may not be said."""
        framework = framework_of(self.known)
        said = self._evaluation(row, kept)
        rating.refuse(self.known, framework, self.by, said)
        wanted = rating.draft(said, framework)
        if said.rating is None and row.answer.rating != form.SILENT.fr:
            return wanted, Invalid("rating-missing", field="rating")
        try:
            return rating.given(said, framework), None
        except Invalid as refusal:
            if refusal.code in UNFINISHED:
                return wanted, refusal
            raise

    def _evaluation(self, row: Said, kept: Evaluation | None) -> Evaluation:
        """What the row says; words that stand are kept to the letter."""
        answer = row.answer
        said = Evaluation(
            row.project,
            row.criterion,
            self.by.code,
            None if answer.rating in ("", form.SILENT.fr) else int(answer.rating),
            answer.justification,
            answer.evidence,
            int(answer.confidence) if answer.confidence else None,
            self.round,
            is_given=False,
            version=kept.version if kept else 0,
        )
        if kept is None or answer.print != _answer(kept).print:
            return said
        return replace(said, justification=kept.justification, evidence=kept.evidence)

    def _lacks(self, row: Said, lacking: Invalid) -> None:
        where = self._at(row.where, _column(lacking))
        self.found.remark(where, lacking.code, *told(lacking))

    def _refuse(self, where: Where, column: str, refusal: Refusal) -> None:
        self.found.refuse(self._at(where, column), refusal.code, *_told(refusal))

    def _at(self, where: Where, column: str) -> Where:
        return replace(where, column=form.HEADS[column].in_(self.language))

    def _count(self, *names: str) -> None:
        self.tally = replace(self.tally, **{n: getattr(self.tally, n) + 1 for n in names})


def _in_order(found: list[Refused]) -> tuple[Refused, ...]:
    """From the first row of the first sheet to the last."""
    return tuple(sorted(found, key=lambda one: (one.where.sheet, one.where.row or 0)))


def _column(refusal: Refusal) -> str:
    """The column a refusal is about: the one it names, else the project's."""
    field = str(refusal.facts.get("field", "project"))
    return field if field in form.HEADS else "project"


def _told(refusal: Refusal) -> tuple[str, str]:
    return told(refusal) if isinstance(refusal, Invalid) else (str(refusal.facts["found"]), "")
