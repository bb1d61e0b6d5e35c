"""The offline form of a proposal: take it as a workbook, bring it back, see what it changes."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from data.exporters import proposal as exporter
from data.importers import proposal as importer
from data.proposal_form import Change, Form, Identity, changes
from data.refused import Findings, Refused, Where
from data.store import Store
from portfolio.errors import Forbidden, Invalid, Refusal
from portfolio.person import Person, Role
from portfolio.project import Project
from scoring import footprint
from services import cycles, proposal_reading, proposals, scores
from services.footprint import in_force
from services.permission import allowed
from services.proposal_sheets import Known, Words, grids
from services.proposals import WRITABLE

__all__ = ["Change", "Outcome", "Refused", "read", "write"]

Wording = Callable[[str], Words]  # a language -> its words
LINES = 7  # of advice


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a form changes, or would change.

    changes    cell by cell: what stands now, what the form says
    refused    why nothing is saved; empty = all of it can be, or was
    started    the version that the form started from
    kept       the version that stands; another one = someone saved meanwhile: ``changes`` then
               shows both, and ``read`` saves only ``over`` that very version
    """

    changes: tuple[Change, ...] = ()
    refused: tuple[Refused, ...] = ()
    started: int = 0
    kept: int = 0
    saved: Project | None = None

    @property
    def is_saved(self) -> bool:
        """Whether the form was taken; ``saved`` is then the proposal as it now stands."""
        return self.saved is not None

    @property
    def is_stale(self) -> bool:
        """Whether someone saved the proposal after the form was taken."""
        return self.started != self.kept


@allowed(Role.LEAD, own=(Role.LEAD,))
def write(
    store: Store, by: Person, cycle: str, code: str, wording: Wording, language: str = "fr"
) -> bytes:
    """One's own draft as a workbook to fill, holding what is written already."""
    project = _own(store, by, cycle, code)
    known = _known(store, by, cycle, wording(language), language)
    words, whole = known.words, grids(project, known)
    of = f"{project.code} · {project.title}"
    told = (
        (words("proposal_offline.of"), of),
        (words("proposal_offline.version"), str(project.version)),
        (words("proposal_offline.cycle"), known.registry.cycle.title.in_(language)),
    )  # fmt: skip
    return exporter.proposal(Form(
        Identity(cycle, code, project.version, language), words("proposal_offline.form_title"),
        told, tuple(words(f"proposal_offline.advice.{n + 1}") for n in range(LINES)),
        words("proposal_offline.sheet.aside"), words("proposal_offline.head.row"),
        words("proposal_offline.choose"), whole,
    ))  # fmt: skip


@allowed(Role.LEAD, own=(Role.LEAD,))
def read(
    store: Store,
    by: Person,
    cycle: str,
    code: str,
    content: bytes,
    wording: Wording,
    name: str = "",
    *,
    dry_run: bool = True,
    over: int = 0,
) -> Outcome:
    """What a filled form changes; without ``dry_run`` it is saved, all of it or nothing.

    over   the version that the person agrees to replace, when the form started from an older one
    Every refusal stands in the outcome at its cell: a form of another proposal or cycle too.
    """
    project, found = _own(store, by, cycle, code), Findings()
    opened = importer.opened(name, content, found)
    who = opened.identity
    if who is None or not _is_of(who, opened, cycle, code, found):
        return Outcome(refused=tuple(found.refused), kept=project.version)
    known = _known(store, by, cycle, wording(who.language), who.language)
    before = grids(project, known)
    rows = importer.rows(opened, before, found)
    said = _said(project, known, rows, found)
    outcome = Outcome(
        () if found.refused else tuple(changes(before, grids(said, known), who.language)),
        tuple(found.refused), who.version, project.version,
    )  # fmt: skip
    agreed = over if outcome.is_stale else project.version
    if dry_run or outcome.refused or not outcome.changes or agreed != project.version:
        return outcome
    saved = proposals.save(store, by, cycle, said)
    return replace(outcome, saved=saved)


def _own(store: Store, by: Person, cycle: str, code: str) -> Project:
    """The draft; Forbidden when it is someone else's, refused once it was submitted."""
    with store.reading() as work:
        project = work.project(cycle, code)
    if project.lead != by.code:
        raise Forbidden("not-yours", found=code)
    if project.stage not in WRITABLE:
        raise Refusal("not-a-draft", found=project.stage)
    return project


def _known(store: Store, by: Person, cycle: str, words: Words, language: str) -> Known:
    registry = cycles.registry(store, by, cycle)
    framework = scores.framework(store, by, cycle)
    return Known(words, language, registry, framework, in_force(registry))


def _is_of(
    who: Identity, opened: importer.Opened, cycle: str, code: str, found: Findings
) -> bool:
    """Refuse a form of another proposal, or of another cycle."""
    where = Where(opened.name)
    if who.cycle != cycle:
        found.refuse(where, "form-of-another-cycle", who.cycle, cycle)
    elif who.project != code:
        found.refuse(where, "form-of-another", who.project, code)
    else:
        return True
    return False


def _said(
    project: Project, known: Known, rows: proposal_reading.Rows, found: Findings
) -> Project:
    """The proposal as the form says it, or as it is when the form is broken.

    A cell that cannot be read keeps what it held, so that everything wrong is told at once.
    """
    if any(one.code in importer.BROKEN for one in found.refused):
        return project
    already = {one.where for one in found.refused}
    beyond = Findings()
    said = proposal_reading.proposal(project, known, rows, beyond)
    for one in beyond.refused:
        if one.where not in already:
            found.refuse(one.where, one.code, one.found, one.accepted)
    try:
        footprint.of(said.quantities, known.factors)
    except Invalid as refusal:
        title = next(g.title for g in grids(project, known) if g.name == "quantities")
        found.take(Where("", title), refusal)
    return said
