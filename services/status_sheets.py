"""Status reports as a sheet: a workbook to fill, and many reports brought in, all or none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from data.exporters.status_reports import status_reports
from data.importers.status_reports import Said, read
from data.refused import Findings, Refused, told
from data.store import Act, Reading, Store
from portfolio.errors import Forbidden, Invalid, Missing, Refusal
from portfolio.person import Person, Role
from portfolio.promise import Promise, StatusReport
from services.permission import allowed
from services.promises import REPORTERS, checked

CODES = {"not-yours": "report-not-yours", "no-such-project": "no-promise", "empty": "start-missing"}
__all__ = ["Outcome", "Refused", "bring", "write"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a sheet changes, or would change.

    new, changed   reports made, and reports of a date that are corrected
    unchanged      rows that say what stands already
    refused        why nothing is saved; empty = all of it can be, or was
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: tuple[Refused, ...] = ()
    is_saved: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to save."""
        return not (self.new or self.changed)


@allowed(*REPORTERS, own=(Role.LEAD,))
def write(store: Store, by: Person, cycle: str, language: str = "fr") -> bytes:
    """A workbook with a row for each project of which the person may report."""
    with store.reading() as work:
        promised = {promise.project for promise in work.every(Promise, cycle)}
        projects = [
            p for p in work.registry(cycle).projects
            if p.code in promised and (p.lead == by.code or by.has(Role.FACILITATOR))
        ]
    return status_reports(
        ({"project": p.code, "title": p.title_in(language)} for p in projects), language
    )


@allowed(*REPORTERS, own=(Role.LEAD,))
def bring(
    store: Store, by: Person, cycle: str, content: bytes, name: str, today: date,
    dry_run: bool = True,
) -> Outcome:  # fmt: skip
    """What the file's reports change; without ``dry_run`` they are saved, all of them or none.

    Each refusal stands at its row and column. A report of a date that has one corrects it; what it
    leaves out of a start is as the report before told it.
    """
    brought = read(name, content)
    if dry_run:
        with store.reading() as work:
            return _taken(work, by, cycle, brought.said, brought.refused, today)[0]
    role = Role.FACILITATOR if by.has(Role.FACILITATOR) else Role.LEAD
    with store.writing(Act(by.code, role, "status_sheets.bring")) as kept:
        outcome, reports = _taken(kept, by, cycle, brought.said, brought.refused, today)
        if outcome.refused:
            return outcome
        for report in reports:
            kept.save(cycle, report)
    return replace(outcome, is_saved=True)


def _taken(
    work: Reading, by: Person, cycle: str, said: Iterable[Said], refused: tuple[Refused, ...],
    today: date,
) -> tuple[Outcome, list[StatusReport]]:  # fmt: skip
    """What would change, and the reports to save."""
    found = Findings(list(refused))
    every = []
    for row, others, report in _reports(work, by, cycle, said, found):
        kept = next((r for r in others if r.on == report.on), None)
        try:
            every.append((kept, checked(work, by, cycle, report, others, today)))
        except (Invalid, Missing, Forbidden) as refusal:
            _refuse(found, row, refusal)
    unchanged = sum(kept is not None and _is_same(kept, report) for kept, report in every)
    to_save = [report for kept, report in every if kept is None or not _is_same(kept, report)]
    new = sum(kept is None for kept, _ in every)
    return Outcome(new, len(to_save) - new, unchanged, tuple(found.refused)), to_save


def _reports(
    work: Reading, by: Person, cycle: str, said: Iterable[Said], found: Findings
) -> Iterator[tuple[Said, list[StatusReport], StatusReport]]:
    """(row, what is told of the project without it, the report it says), the earliest first."""
    known: dict[str, list[StatusReport]] = {}
    for row in sorted(said, key=lambda one: str(one.facts["on"])):
        facts: dict[str, Any] = {k: v for k, v in row.facts.items() if k != "title"}
        code = facts["project"]
        if code not in known:
            known[code] = list(work.every(StatusReport, cycle, code))
        others = known[code]
        kept = next((r for r in others if r.on == facts["on"]), None)
        before = [r for r in others if r.on < facts["on"]]
        last = max(before, key=lambda r: r.on, default=None)
        facts.setdefault("started", last.started if last else None)
        try:
            report = StatusReport(**facts, by=by.code, at="", version=kept.version if kept else 0)
        except Invalid as refusal:
            _refuse(found, row, refusal)
            continue
        yield row, others, report
        known[code] = [*(r for r in others if r is not kept), report]


def _refuse(found: Findings, row: Said, refusal: Refusal) -> None:
    """At the cell that it is about, else at the project's."""
    where = row.at(str(refusal.facts.get("field", "project")))
    shown, accepted = told(refusal)
    found.refuse(where, CODES.get(refusal.code, refusal.code), shown, accepted)


def _is_same(kept: StatusReport, report: StatusReport) -> bool:
    return replace(report, by=kept.by, at=kept.at, version=kept.version) == kept
