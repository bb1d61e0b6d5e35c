"""Frameworks: their editions, a draft and its publication, and what a cycle is asked to use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from data import frameworks
from data.frameworks import written
from data.store import Act, Reading, Store, Work
from portfolio import judgement
from portfolio.criterion import Framework, FrameworkEdition
from portfolio.cycle import Cycle
from portfolio.errors import Invalid, Missing, Refusal, Stale
from portfolio.framework_changes import Difference, differences, is_neutral
from portfolio.framework_gaps import gaps
from portfolio.person import Person, Role
from portfolio.registry import Registry
from scoring.good_set import Advice
from scoring.good_set import advice as advised
from scoring.measures import MEASURES
from scoring.weights import of_leaves
from services import scores
from services.permission import EVERYONE, allowed

BIGGEST = 1_000_000  # bytes of a framework's file
_LAST_NUMBER = re.compile(r"(.*?)(\d+)(\D*)")


@dataclass(frozen=True, slots=True)
class Edition:
    """One framework in one version.

    version      of the store's row; 0 = it came with Arbitrage, and nobody writes in it
    used_by      codes of the cycles that use it
    """

    framework: Framework
    is_draft: bool
    version: int
    used_by: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Its code and its version's name."""
        return self.framework.code, self.framework.version

    @property
    def is_shipped(self) -> bool:
        """Whether it came with Arbitrage."""
        return not self.version


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed from one edition to another.

    shares   leaf -> its share 0..1 of the whole, before and after, where they differ; None = it
             is not in that edition
    """

    old: Framework
    new: Framework
    differences: tuple[Difference, ...]
    shares: Mapping[str, tuple[float | None, float | None]]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What using another edition in a cycle would do.

    compared     with the edition now in use; None = that one is nowhere to be found
    orphans      criterion that no longer exists -> ratings on it, kept and no longer counted
    unrated      criteria that nobody has rated yet, while others were
    unweighted   criteria the adopted weights leave out: they weigh nothing until a new vote
    is_open      a round is open whose answers would change meaning: refused
    """

    compared: Compared | None
    orphans: Mapping[str, int]
    unrated: tuple[str, ...]
    unweighted: tuple[str, ...]
    is_open: bool


@allowed(*EVERYONE)
def editions(store: Store, by: Person) -> tuple[Edition, ...]:
    """Every edition, shipped or kept, by code, the latest first; drafts for administrators only."""
    with store.reading() as work:
        kept = work.every(FrameworkEdition)
        cycles = work.cycles()
    used: dict[tuple[str, str], tuple[str, ...]] = {}
    for cycle in cycles:
        key = (cycle.framework, cycle.framework_version)
        used[key] = (*used.get(key, ()), cycle.code)
    shipped = (frameworks.load(e.code, e.version) for e in frameworks.available())
    every = {(f.code, f.version): Edition(f, False, 0) for f in shipped}
    for one in kept:
        f = one.framework
        every[f.code, f.version] = Edition(f, one.is_draft, one.version)
    seen = (e for e in every.values() if not e.is_draft or by.has(Role.ADMINISTRATOR))
    found = (replace(e, used_by=used.get(e.key, ())) for e in seen)
    latest = sorted(found, key=lambda e: rank(e.framework.version), reverse=True)
    return tuple(sorted(latest, key=lambda e: e.framework.code))


def rank(version: str) -> tuple[tuple[int, str], ...]:
    """What sorts version names: 2026.10 after 2026.9."""
    parts = re.split(r"[.\-]", version)
    return tuple((int(p), "") if p.isdecimal() else (-1, p) for p in parts)


def next_version(known: tuple[str, ...], version: str) -> str:
    """The name that follows ``version`` and that no edition has: 2026.2 after 2026.1."""
    found = _LAST_NUMBER.fullmatch(version)
    stem, number, tail = (found[1], int(found[2]), found[3]) if found else (f"{version}.", 1, "")
    while True:
        number += 1
        if f"{stem}{number}{tail}" not in known:
            return f"{stem}{number}{tail}"


def suggested(every: tuple[Edition, ...], edition: Edition) -> str:
    """A name for a draft begun from that edition."""
    code, version = edition.key
    return next_version(tuple(e.framework.version for e in every if e.key[0] == code), version)


@allowed(Role.ADMINISTRATOR)
def begin(
    store: Store, by: Person, code: str, edition: str, version: str, request: str | None = None
) -> FrameworkEdition:
    """A draft of a new version, begun from that edition.

    Invalid "empty" without a name, Refusal("edition-taken") when an edition has it already.
    """
    with store.writing(Act(by.code, Role.ADMINISTRATOR, "frameworks.begin", request)) as work:
        draft = replace(work.framework(code, edition), version=version.strip())
        return _keep_new(work, draft)


@allowed(Role.ADMINISTRATOR)
def bring_in(
    store: Store, by: Person, content: bytes, name: str = "", request: str | None = None
) -> FrameworkEdition:
    """A draft from a file; under the next free version when its own is taken.

    Invalid("framework-unreadable") with every problem, each at its path; nothing is then kept.
    """
    if len(content) > BIGGEST:
        raise Invalid("file-too-big", found=len(content), accepted=BIGGEST)
    framework = frameworks.read(content, name, is_draft=True)
    with store.writing(Act(by.code, Role.ADMINISTRATOR, "frameworks.bring_in", request)) as work:
        known = _versions(work, framework.code)
        if framework.version in known:
            version = next_version(known, framework.version)
            framework = replace(framework, version=version)
        return _keep_new(work, framework)


def _keep_new(work: Work, framework: Framework) -> FrameworkEdition:
    if not framework.version.strip():
        raise Invalid("empty", field="version")
    if framework.version in _versions(work, framework.code):
        raise Refusal("edition-taken", found=framework.version)
    saved: FrameworkEdition = work.save(None, FrameworkEdition(framework))
    return saved


def _versions(work: Reading, code: str) -> tuple[str, ...]:
    kept = (e.framework.version for e in work.every(FrameworkEdition, code))
    return (*kept, *(e.version for e in frameworks.available() if e.code == code))


@allowed(Role.ADMINISTRATOR)
def save(
    store: Store, by: Person, edition: FrameworkEdition, request: str | None = None
) -> FrameworkEdition:
    """Save a draft; Stale when it was saved elsewhere since it was read.

    Refusal("edition-published") once it is published: it does not change any more.
    """
    with store.writing(Act(by.code, Role.ADMINISTRATOR, "frameworks.save", request)) as work:
        _draft(work, edition)
        saved: FrameworkEdition = work.save(None, replace(edition, is_draft=True))
        return saved


@allowed(Role.ADMINISTRATOR)
def publish(
    store: Store, by: Person, edition: FrameworkEdition, request: str | None = None
) -> FrameworkEdition:
    """Publish a draft as it was read: cycles may use it, and it does not change any more.

    Invalid("edition-not-ready") with every gap that it still has; Stale when it changed since.
    """
    with store.writing(Act(by.code, Role.ADMINISTRATOR, "frameworks.publish", request)) as work:
        kept = _draft(work, edition)
        if kept.version != edition.version:
            raise Stale("stale", yours=edition, theirs=kept)
        if problems := gaps(kept.framework, MEASURES):
            found = kept.framework.version
            raise Invalid("edition-not-ready", found=found, problems=tuple(problems))
        saved: FrameworkEdition = work.save(None, replace(kept, is_draft=False))
        return saved


@allowed(Role.ADMINISTRATOR)
def remove(
    store: Store, by: Person, edition: FrameworkEdition, request: str | None = None
) -> None:
    """Delete a draft; Refusal("edition-published") for what was published."""
    with store.writing(Act(by.code, Role.ADMINISTRATOR, "frameworks.remove", request)) as work:
        _draft(work, edition)
        work.remove(None, edition)


def _draft(work: Reading, edition: FrameworkEdition) -> FrameworkEdition:
    """The draft as it is kept; a refusal when it was published, or when there is none."""
    code, version = edition.framework.code, edition.framework.version
    kept = work.every(FrameworkEdition, code, version)
    if not kept:
        known = ", ".join(_versions(work, code))
        raise Missing("no-such-framework", found=f"{code} {version}", accepted=known)
    if not kept[0].is_draft:
        raise Refusal("edition-published", found=version)
    return kept[0]


@allowed(Role.ADMINISTRATOR)
def use(
    store: Store, by: Person, cycle: Cycle, code: str, edition: str, request: str | None = None
) -> Cycle:
    """Let the cycle, as it was read, use a published edition; ratings stay as they were given.

    Refusal("edition-is-draft") for a draft. Refusal("edition-in-round") while people answer in a
    round whose answers would then mean something else; a change of titles or grids alone may pass.
    """
    with store.writing(Act(by.code, Role.ADMINISTRATOR, "frameworks.use", request)) as work:
        kept = work.every(FrameworkEdition, code, edition)
        if kept and kept[0].is_draft:
            raise Refusal("edition-is-draft", found=edition)
        would = _consequences(work.registry(cycle.code), work.framework(code, edition))
        if would.is_open:
            raise Refusal("edition-in-round", found=edition)
        before = work.cycle(cycle.code)
        chosen = replace(
            before, framework=code, framework_version=edition, version=cycle.version
        )
        saved: Cycle = work.save(None, chosen)
        return saved


@allowed(Role.ADMINISTRATOR)
def consequences(
    store: Store, by: Person, cycle: str, code: str, edition: str
) -> Consequences:
    """What using that edition in the cycle would do."""
    with store.reading() as work:
        return _consequences(work.registry(cycle), work.framework(code, edition))


def _consequences(registry: Registry, new: Framework) -> Consequences:
    compared = None if registry.framework is None else compare(registry.framework, new)
    leaves = [leaf.key for leaf in new.leaves]
    given = [e for e in registry.evaluations if e.is_given]
    orphans: dict[str, int] = {}
    for evaluation in given:
        if evaluation.criterion not in leaves:
            orphans[evaluation.criterion] = orphans.get(evaluation.criterion, 0) + 1
    rated = {e.criterion for e in given}
    unrated = [leaf.key for leaf in new.leaves if not leaf.measure and leaf.key not in rated]
    is_neutral_ = compared is not None and is_neutral(compared.differences)
    is_open = any(r.is_open for r in registry.rounds) and not is_neutral_
    weightless = _weightless(registry, new)
    return Consequences(compared, orphans, tuple(unrated) if rated else (), weightless, is_open)


def _weightless(registry: Registry, new: Framework) -> tuple[str, ...]:
    agreed = judgement.in_force(registry)
    if agreed is None or not agreed.weights:
        return ()
    by_committee, own = of_leaves(new, agreed.points), of_leaves(new)
    known = agreed.points
    return tuple(
        key for key, weight in by_committee.items()
        if not weight and own[key] and any(c.key not in known for c in new.path(key))
    )  # fmt: skip


def compare(old: Framework, new: Framework) -> Compared:
    """What changed from one framework to another."""
    before, after = of_leaves(old), of_leaves(new)
    shares = {
        key: (before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if not _is_close(before.get(key), after.get(key))
    }
    return Compared(old, new, differences(old, new), shares)


def _is_close(before: float | None, after: float | None) -> bool:
    if before is None or after is None:
        return before is after
    return abs(before - after) < 5e-5


@allowed(*EVERYONE)
def export(store: Store, by: Person, code: str, edition: str) -> bytes:
    """The edition as the file that Arbitrage reads; a draft for administrators only."""
    with store.reading() as work:
        kept = work.every(FrameworkEdition, code, edition)
        framework = work.framework(code, edition)
    if kept and kept[0].is_draft and not by.has(Role.ADMINISTRATOR):
        raise Missing("no-such-framework", found=f"{code} {edition}", accepted="")
    return written.write(framework)


@allowed(Role.ADMINISTRATOR)
def advice(
    store: Store, by: Person, framework: Framework, cycle: str = ""
) -> tuple[Advice, ...]:
    """What to look at again in a framework; with the cycle's revealed ratings, where there are any.

    Weights are those in force when the framework is the cycle's own.
    """
    if not cycle:
        return advised(framework)
    with store.reading() as work:
        registry = work.registry(cycle)
    is_in_use = registry.framework == framework
    return advised(framework, registry, scores.points_of(registry) if is_in_use else None)
