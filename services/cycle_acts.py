"""Acts on cycles: begin one, alone or after another; change its horizon, money and teams."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from data.store import Act, Reading, Store
from portfolio.criterion import FrameworkEdition
from portfolio.cycle import Cycle
from portfolio.errors import Invalid, Refusal
from portfolio.horizon import Horizon
from portfolio.person import Person, Role
from portfolio.project import Project
from portfolio.rules import Synergy
from portfolio.scenario import Scenario
from portfolio.words import Bilingual
from services.cycle_balance import Kind, draws
from services.frameworks import next_version
from services.permission import allowed

FIRST = Scenario("base", Bilingual("Base", "Base"))  # what a new cycle is first asked
CODE = re.compile(r"\w[\w.-]*")
NAMED = 5  # codes of projects that a refusal names
Amount = TypeVar("Amount", int, float)


@allowed(Role.ADMINISTRATOR)
def begin(
    store: Store,
    by: Person,
    cycle: Cycle,
    today: date,
    like: str = "",
    request: str | None = None,
) -> Cycle:
    """A new cycle with a scenario to ask; Invalid("code-taken") when its code is another one's.

    like   a cycle whose envelopes, teams and thresholds it takes, fiscal year by fiscal year; what
           that one did not know of a year is 0. No proposal comes along
    Refusal("edition-is-draft") when its framework is one, Invalid("deadline-past").
    """
    with store.writing(Act(by.code, Role.ADMINISTRATOR, "cycle_acts.begin", request)) as work:
        _refuse_code(work, cycle.code)
        _refuse_edition(work, cycle.framework, cycle.framework_version)
        if cycle.submit_by is not None and cycle.submit_by < today:
            raise Invalid("deadline-past", field="submit_by", found=cycle.submit_by, low=today)
        source = at_horizon(work.cycle(like), cycle.horizon) if like else cycle
        whole = replace(
            cycle, envelopes=source.envelopes, teams=source.teams, thresholds=source.thresholds
        )
        saved: Cycle = work.save(None, whole)
        work.save(saved.code, FIRST)
        return saved


@allowed(Role.ADMINISTRATOR)
def save(store: Store, by: Person, cycle: Cycle, request: str | None = None) -> Cycle:
    """Save a cycle's titles, horizon, money, teams and thresholds, over the version that was read.

    Its framework and its last day to submit have their own acts, and are left as they are.
    Refusal for what proposals or kept plans still need: ("envelope-in-use"), ("team-in-use"),
    ("saving-in-use"), ("horizon-too-short"), ("outside-new-horizon"), ("periods-in-use"),
    ("start-in-use").
    Stale when it was saved elsewhere since.
    """
    with store.writing(Act(by.code, Role.ADMINISTRATOR, "cycle_acts.save", request)) as work:
        kept = work.cycle(cycle.code)
        whole = replace(
            cycle, submit_by=kept.submit_by, framework=kept.framework,
            framework_version=kept.framework_version,
        )  # fmt: skip
        _refuse_broken(work, kept, whole)
        saved: Cycle = work.save(None, whole)
        return saved


def free_code(known: Sequence[str], code: str) -> str:
    """A code like that one, which no cycle has: PDI-2028 after PDI-2027."""
    return next_version(tuple(known), code)


def resized(cycle: Cycle, horizon: Horizon) -> Cycle:
    """The cycle over another horizon; Refusal("horizon-cuts") when an amount would be lost."""
    moved = at_horizon(cycle, horizon)
    for before, after in zip(cycle.envelopes, moved.envelopes, strict=True):
        if sum(before.limits or ()) != sum(after.limits or ()):
            raise Refusal("horizon-cuts", field="periods", found=before.code)
    for one, other in zip(cycle.teams, moved.teams, strict=True):
        if sum(one.capacity) != sum(other.capacity):
            raise Refusal("horizon-cuts", field="periods", found=one.code)
    return moved


def at_horizon(cycle: Cycle, horizon: Horizon) -> Cycle:
    """The cycle over another horizon, each amount in its own fiscal year; 0 where none was known.

    Years that are cut otherwise have nothing in common: nothing is kept of their amounts.
    """
    same = horizon.per_year == cycle.horizon.per_year
    shift = horizon.period(cycle.horizon.label(0)) if same else horizon.periods
    envelopes = tuple(
        e if e.limits is None else replace(e, limits=_shifted(e.limits, shift, horizon.periods))
        for e in cycle.envelopes
    )
    teams = tuple(
        replace(t, capacity=_shifted(t.capacity, shift, horizon.periods)) for t in cycle.teams
    )
    return replace(cycle, horizon=horizon, envelopes=envelopes, teams=teams)


def _shifted(given: Sequence[Amount], shift: int, periods: int) -> tuple[Amount, ...]:
    """Each amount ``shift`` periods later (earlier when negative), zeros where none was known."""
    there = {at + shift: amount for at, amount in enumerate(given)}
    zero = type(given[0])(0) if given else 0
    return tuple(there.get(period, zero) for period in range(periods))


def _refuse_code(work: Reading, code: str) -> None:
    if not CODE.fullmatch(code):
        raise Invalid("not-a-code", field="code", found=code)
    known = [one.code for one in work.cycles()]
    if code.casefold() in {one.casefold() for one in known}:
        accepted = free_code(known, code)
        raise Invalid("code-taken", field="code", found=code, accepted=accepted)


def _refuse_edition(work: Reading, code: str, edition: str) -> None:
    kept = work.every(FrameworkEdition, code, edition)
    if kept and kept[0].is_draft:
        raise Refusal("edition-is-draft", found=edition)
    work.framework(code, edition)


def _refuse_broken(work: Reading, before: Cycle, after: Cycle) -> None:
    projects = work.every(Project, before.code)
    gone = {e.code for e in before.envelopes} - {e.code for e in after.envelopes}
    for code in sorted(gone):
        _refuse_in_use("envelope", code, projects)
        if any(code in link.saving for link in work.every(Synergy, before.code)):
            raise Refusal("saving-in-use", found=code)
    for code in sorted({t.code for t in before.teams} - {t.code for t in after.teams}):
        _refuse_in_use("team", code, projects)
    if after.horizon != before.horizon:
        _refuse_horizon(work, before, after, projects)


def _refuse_in_use(kind: Kind, code: str, projects: Sequence[Project]) -> None:
    users = [p.code for p in projects if (kind, code) in draws((p,))]
    if users:
        n = sum(one == (kind, code) for one in draws(projects))
        named = users[:NAMED] + ["…"] * (len(users) > NAMED)
        raise Refusal(f"{kind}-in-use", found=code, n=n, projects=named)


def _refuse_horizon(
    work: Reading, before: Cycle, after: Cycle, projects: Sequence[Project]
) -> None:
    """A horizon that variants outlast, that leaves a named period out, or that plans counted on."""
    if after.horizon.start != before.horizon.start:
        _refuse_other_start(work, before)
    if after.horizon.per_year != before.horizon.per_year and projects:
        raise Refusal("periods-in-use", field="per_year", n=len(projects))
    for project in projects:
        for variant in project.variants:
            if (variant.duration or 0) > after.horizon.periods:
                raise Refusal(
                    "horizon-too-short", field="periods", found=after.horizon.periods,
                    low=variant.duration, project=project.code, variant=variant.code,
                )  # fmt: skip
        for field in ("earliest", "latest", "deadline"):
            label = getattr(project, field)
            if label and _is_in(before.horizon, label) and not _is_in(after.horizon, label):
                raise Refusal(
                    "outside-new-horizon", field=field, found=label, project=project.code
                )


def _refuse_other_start(work: Reading, before: Cycle) -> None:
    """Kept plans, and what synergies save, count from the first period: it stays where it is."""
    plans = sum(
        work.last_plan(before.code, scenario.code) is not None
        for scenario in work.every(Scenario, before.code)
    )
    if plans or any(link.saving for link in work.every(Synergy, before.code)):
        raise Refusal("start-in-use", field="start", found=before.horizon.label(0), n=plans)


def _is_in(horizon: Horizon, label: str) -> bool:
    return 0 <= horizon.period(label) < horizon.periods
