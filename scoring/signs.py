"""Signs worth a question: amounts just under a threshold, split projects, more obligations.

A sign accuses nobody: it says what chance alone would seldom show, and on which rows. How seldom,
and how much is missed, is measured on simulated committees (benchmarks/signs.py). What ratings
show is told in scoring/signs_of_ratings.py.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from scoring.likeness import alike, words

Strength = Literal["some", "clear"]
Row = Mapping[str, str | float]
Bools = NDArray[np.bool_]

CLEAR = 0.1  # of the level of a sign: chance shows it ten times more seldom
UNDER = 0.1  # level of the sign of thresholds, over all of them; levels are tuned on committees
NEAR, AROUND = 1.1, 1.5  # factors of a threshold: just under it, and what it is compared with
FEW_AROUND = 5
RISES = 0.04  # level of the sign of obligations
FEW_PROJECTS = 10
ALIKE, SAME = 0.6, 0.75  # likeness of texts from which two projects may be one
FEW_WORDS = 8


class Kind(StrEnum):
    """What a sign is about."""

    SELF = "self"  # a lead rates her project above the panel
    PULL = "pull"  # an evaluator rates her own service's projects above what others do
    UNDER = "under"  # many amounts just under a threshold
    SPLIT = "split"  # projects alike whose sum passes a threshold
    MANDATORY = "mandatory"  # the share of obligations rose


@dataclass(frozen=True, slots=True)
class Sign:
    """about      codes: the project, the person, the projects that are alike
    figures    what is found, by name      rows   what stands behind it
    strength   clear = chance shows it ten times more seldom than "some"
    """

    kind: Kind
    about: tuple[str, ...]
    figures: Mapping[str, float]
    rows: tuple[Row, ...]
    strength: Strength


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking for one kind of sign.

    examined   how many things could be looked at
    lacks      why there is not enough to tell; "" = there is
    """

    kind: Kind
    signs: tuple[Sign, ...] = ()
    examined: int = 0
    lacks: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A project as these signs read it; amount in cents."""

    code: str
    amount: int
    text: str = ""
    lead: str = ""
    service: str = ""


def strength(p: float, level: float) -> Strength:
    """How seldom chance shows it."""
    return "clear" if p <= CLEAR * level else "some"


def under(projects: Sequence[Asked], thresholds: Sequence[int]) -> Looked:
    """More amounts just under a threshold than their neighbourhood would have there.

    Of the n projects within a factor AROUND of the threshold, chance puts each within NEAR under it
    with probability ln NEAR / (2 ln AROUND): binomial, one-sided, times the number of thresholds.
    A caliper test: Gerber & Malhotra 2008.
    """
    if not thresholds:
        return Looked(Kind.UNDER, lacks="no-threshold")
    share = math.log(NEAR) / (2 * math.log(AROUND))
    signs, most = [], 0
    for limit in thresholds:
        around = [p for p in projects if limit / AROUND <= p.amount < limit * AROUND]
        close = [p for p in around if limit / NEAR <= p.amount < limit]
        most = max(most, len(around))
        p = min(1.0, len(thresholds) * float(stats.binom.sf(len(close) - 1, len(around), share)))
        if len(around) < FEW_AROUND or p > UNDER:
            continue
        over = sum(limit <= one.amount < limit * NEAR for one in around)
        figures = {
            "threshold": limit, "under": len(close), "over": over, "around": len(around),
            "expected": share * len(around), "p": p,
        }  # fmt: skip
        rows = tuple(_amount(one, limit) for one in sorted(close, key=lambda one: -one.amount))
        about = tuple(str(row["project"]) for row in rows)
        signs.append(Sign(Kind.UNDER, about, figures, rows, strength(p, UNDER)))
    lacks = "" if most >= FEW_AROUND else "few-amounts"
    return Looked(Kind.UNDER, tuple(signs), most, lacks)


def split(projects: Sequence[Asked], thresholds: Sequence[int]) -> Looked:
    """Projects of one lead or one service, alike in words, each under a threshold, not together."""
    if not thresholds:
        return Looked(Kind.SPLIT, lacks="no-threshold")
    told = [p for p in projects if p.amount > 0 and len(set(words(p.text))) >= FEW_WORDS]
    if len(told) < FEW_PROJECTS:
        return Looked(Kind.SPLIT, examined=len(told), lacks="few-texts")
    likeness = alike([p.text for p in told])
    one_hand = _same([p.lead for p in told]) | _same([p.service for p in told])
    tied = (likeness >= ALIKE) & one_hand
    signs: list[Sign] = []
    for limit in sorted(thresholds):
        small = np.array([p.amount < limit for p in told])
        for group in _groups(tied & np.outer(small, small)):
            some = [told[at] for at in group]
            total = sum(p.amount for p in some)
            codes = tuple(p.code for p in some)
            if total < limit or any(set(codes) <= set(sign.about) for sign in signs):
                continue
            pairs = likeness[np.ix_(group, group)][np.triu_indices(len(group), 1)]
            figures = {"threshold": limit, "total": total, "likeness": float(pairs.max())}
            rows = tuple(_amount(p, limit) for p in some)
            strong: Strength = "clear" if pairs.max() >= SAME else "some"
            signs.append(Sign(Kind.SPLIT, codes, figures, rows, strong))
    return Looked(Kind.SPLIT, tuple(signs), len(told))


def mandatory(
    now: Mapping[str, bool], before: Mapping[str, bool], cycle: str = "", previous: str = ""
) -> Looked:
    """The share of mandatory projects rose against the cycle before; project -> is mandatory.

    Fisher's exact test, one-sided, with the mid-p value (Lancaster 1961), which is less shy.
    """
    if not before:
        return Looked(Kind.MANDATORY, examined=len(now), lacks="no-earlier-cycle")
    if min(len(now), len(before)) < FEW_PROJECTS:
        return Looked(Kind.MANDATORY, examined=len(now), lacks="few-projects")
    many, had = sum(now.values()), sum(before.values())
    law = stats.hypergeom(len(now) + len(before), many + had, len(now))
    p = float(law.sf(many) + 0.5 * law.pmf(many))
    figures = {
        "now": many / len(now), "before": had / len(before), "mandatory": many, "of": len(now),
        "p": p,
    }  # fmt: skip
    if p > RISES:
        return Looked(Kind.MANDATORY, (), len(now), figures=figures)
    rows = tuple({"project": code} for code, is_one in now.items() if is_one)
    about = tuple(name for name in (cycle, previous) if name)
    sign = Sign(Kind.MANDATORY, about, figures, rows, strength(p, RISES))
    return Looked(Kind.MANDATORY, (sign,), len(now), figures=figures)


def _amount(project: Asked, limit: int) -> Row:
    missing = (limit - project.amount) / limit
    return {"project": project.code, "amount": project.amount, "below": missing,
            "lead": project.lead, "service": project.service}  # fmt: skip


def _same(names: Sequence[str]) -> Bools:
    """Which pairs have the same name; no name is like no other."""
    own = np.array(names, dtype=object)
    given = np.array([bool(name) for name in names])
    found: Bools = (own[:, None] == own[None, :]) & np.outer(given, given)
    return found


def _groups(tied: Bools) -> list[list[int]]:
    """What is tied together, directly or through others; two or more."""
    count, labels = connected_components(csr_matrix(tied), directed=False)
    groups = [np.flatnonzero(labels == label).tolist() for label in range(count)]
    return [group for group in groups if len(group) > 1]
