"""One's own weights on a published portfolio: what would come in and leave; nothing is kept."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from data.store import Store
from optimizer.search import Search
from optimizer.solve import solve
from portfolio.errors import Invalid, Missing
from portfolio.meeting import Freeze, Override
from portfolio.plan import NoPlan
from portfolio.public_dossier import PublicDossier, PublicProject, Weighed
from portfolio.question import Question
from portfolio.rules import Force
from services import freezing
from services import put as putting
from services.publication import published

SECONDS, MOST, POINTS = 5.0, 100, 100.0
KEPT = 1e-4  # points that a decision is worth by itself: what is as good is not changed
SAME = 0.05  # points under which two values are the same
Given = tuple[tuple[str, int], ...]  # criterion -> points, in the dossier's order


@dataclass(frozen=True, slots=True)
class Trial:
    """What the best portfolio by these weights holds beside what the committee decided.

    values   project -> points by these weights        theirs   project -> the committee's
    fixed    projects that keep the committee's value: their ratings are not all public
    gap      None = proved the best; else how far it may be from it
    """

    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    stays: tuple[str, ...]
    values: Mapping[str, float]
    theirs: Mapping[str, float]
    fixed: tuple[str, ...]
    gap: float | None


@dataclass(frozen=True)
class _Asked:
    """A publication under some weights: equal ones have one answer."""

    publication: str
    given: Given
    dossier: PublicDossier = field(compare=False)
    question: Question = field(compare=False)


def weighable(dossier: PublicDossier, by_leaf: bool) -> tuple[Weighed, ...]:
    """The criteria one may weigh: those at the top, or each that is rated; never debt in money."""
    counted = [c for c in dossier.leaves if c.share > 0 or not c.measure]
    if by_leaf:
        return tuple(counted)
    tops = {_top(dossier, leaf.key) for leaf in counted}
    return tuple(c for c in dossier.criteria if c.key in tops)


def read(dossier: PublicDossier, typed: Mapping[str, str], by_leaf: bool) -> dict[str, int]:
    """Criterion -> points as typed; Invalid("weight-not-whole") names the first that is none.

    Invalid("weights-all-zero") when nothing weighs anything; what was not typed weighs nothing.
    """
    given = {}
    for one in weighable(dossier, by_leaf):
        said = typed.get(one.key, "0").strip()
        if not (said.isascii() and said.isdecimal() and len(said) <= 3 and int(said) <= MOST):
            raise Invalid("weight-not-whole", field=one.key, found=said, low=0, high=MOST)
        given[one.key] = int(said)
    if not any(given.values()):
        raise Invalid("weights-all-zero", field="weights")
    return given


def tried(store: Store, cycle: str, given: Mapping[str, int]) -> Trial | None:
    """The answer within SECONDS; None when no portfolio was found in that time.

    Missing("not-published"), and ("no-frozen-question") when the inputs are not there any more.
    """
    shown = published(store, cycle)
    question = _question(store, cycle, shown.dossier)
    shared = math.gcd(*given.values()) or 1
    weights = tuple((key, points // shared) for key, points in sorted(given.items()))
    return _tried(_Asked(shown.publication.sha256, weights, shown.dossier, question))


def _question(store: Store, cycle: str, dossier: PublicDossier) -> Question:
    """What the last meeting decided on, with all that the committee chose against the plan."""
    own = {p.code: p for p in dossier.projects if not (p.is_planned and p.meeting)}
    with store.reading() as work:
        for sitting in reversed(dossier.sittings):
            for freeze in work.every(Freeze, cycle, meeting=sitting.number):
                if freeze.sha256 == sitting.freeze:
                    signed = work.every(Override, cycle, meeting=sitting.number)
                    imposed = [o for o in signed if o.is_signed and o.project not in own]
                    frozen = freezing.question(work, cycle, freeze)
                    return _with(putting.under(frozen, imposed), own.values())
    raise Missing("no-frozen-question")


def _with(question: Question, own: Iterable[PublicProject]) -> Question:
    """The question with these decisions imposed, whatever the plan said of them."""
    asked = {p.code for p in question.projects}
    forced = (Force(p.code, p.verb.goes_ahead) for p in own if p.code in asked)
    return replace(question, rules=(*question.rules, *forced))


@lru_cache(maxsize=256)
def _tried(asked: _Asked) -> Trial | None:
    dossier, question = asked.dossier, asked.question
    shares = _shares(dossier, dict(asked.given))
    theirs = {p.code: p.value for p in question.projects}
    values, fixed = _values(dossier, shares, theirs)
    done = {p.code for p in dossier.done}
    candidates = tuple(
        replace(p, value=values.get(p.code, p.value) + (KEPT if p.code in done else 0.0))
        for p in question.projects
    )
    found = solve(replace(question, projects=candidates), Search(seconds=SECONDS), settle=False)
    if isinstance(found, NoPlan):
        return None
    return Trial(
        tuple(c for c in found.starts if c not in done and dossier.project(c)),
        tuple(c for c in theirs if c in done and c not in found.starts),
        tuple(c for c in found.starts if c in done),
        values,
        theirs,
        fixed,
        None if found.proof.status == "optimal" else found.proof.gap or 0.0,
    )


def _shares(dossier: PublicDossier, given: Mapping[str, int]) -> dict[str, float]:
    """Leaf -> share 0..1; under a branch, in the committee's own proportions."""
    whole = sum(given.values())
    shares: dict[str, float] = {}
    for key, points in given.items():
        beneath = [c for c in dossier.leaves if _is_under(dossier, c.key, key)]
        theirs = sum(c.share for c in beneath)
        for leaf in beneath:
            part = leaf.share / theirs if theirs else 1 / len(beneath)
            shares[leaf.key] = points / whole * part
    return shares


def _values(
    dossier: PublicDossier, shares: Mapping[str, float], theirs: Mapping[str, float]
) -> tuple[dict[str, float], tuple[str, ...]]:
    """Project -> points by the shares, and those whose public ratings do not tell the value."""
    committee = {c.key: c.share for c in dossier.leaves}
    values, fixed = {}, []
    for project in dossier.projects:
        if project.code not in theirs:
            continue
        known = _worth(project, committee)
        if known is None or abs(known - theirs[project.code]) > SAME:
            values[project.code] = theirs[project.code]
            fixed.append(project.code)
        else:
            values[project.code] = _worth(project, shares) or 0.0
    return values, tuple(fixed)


def _worth(project: PublicProject, shares: Mapping[str, float]) -> float | None:
    """Points, criteria that are not known left out; None when none that weighs is."""
    known = [(shares.get(s.criterion, 0.0), s.value) for s in project.scores if s.value is not None]
    weight = math.fsum(share for share, _ in known)
    return POINTS * math.fsum(share * value for share, value in known) / weight if weight else None


def _top(dossier: PublicDossier, key: str) -> str:
    above = {c.key: c.parent for c in dossier.criteria}
    while above[key]:
        key = above[key]
    return key


def _is_under(dossier: PublicDossier, key: str, branch: str) -> bool:
    above = {c.key: c.parent for c in dossier.criteria}
    while key and key != branch:
        key = above[key]
    return key == branch
