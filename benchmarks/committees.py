"""Simulated committees: honest ones, and ones with one planted fault of a given size.

An honest committee: 5 to 9 evaluators, 60 projects of 20 services on 15 criteria. A rating is the
project's quality (0.6), its strength on the criterion (0.6), the evaluator's severity (0.3), her
taste for a service (0.15), her view of the project (0.3) and noise (0.6), rounded to 0..4; in
parentheses, standard deviations in levels. She rates 70 to 100 % of projects and has no opinion on
5 to 30 % of criteria. A lead is an evaluator more, optimistic by 0.3 (0.3). Amounts are log-normal
(median 3.5 M$, 1.0), seven in ten rounded to two digits. One project in ten is mandatory, in this
cycle and before. Texts are those of the demo, in another order, with other services, leads and
amounts; six are honestly alike: half the words of another one, as two phases or two boroughs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from portfolio.registry import Registry
from scoring.signs import Asked, Kind, Looked, mandatory, split, under
from scoring.signs_of_ratings import Ratings, pull, self_gap

Numbers = NDArray[np.float64]
PROJECTS, CRITERIA, SERVICES, LEADS = 60, 15, 20, 25
THRESHOLDS = (200_000_000, 1_000_000_000)  # cents
MANDATORY = 0.1
SIZES: dict[Kind, tuple[float, ...]] = {
    Kind.SELF: (1.0, 1.5, 2.0, 2.5),  # levels one lead adds on one project
    Kind.PULL: (0.5, 0.75, 1.0, 1.5),  # levels one evaluator adds on her service's projects
    Kind.UNDER: (4, 6, 8),  # projects brought down from over a threshold to just under it
    Kind.SPLIT: (0.4, 0.25, 0.1),  # share of words changed between the halves of one project
    Kind.MANDATORY: (0.2, 0.3, 0.4),  # share of mandatory projects, 0.1 before
}


@dataclass(frozen=True)
class Committee:
    """What the signs are asked of; ``planted`` = codes that the fault is about."""

    panel: Ratings
    own: Numbers
    works: dict[str, str]
    projects: tuple[Asked, ...]
    now: dict[str, bool]
    before: dict[str, bool]
    planted: frozenset[str] = frozenset()

    def looked(self, kind: Kind) -> Looked:
        """What the sign of that kind finds."""
        match kind:
            case Kind.SELF:
                return self_gap(self.panel, self.own)
            case Kind.PULL:
                return pull(self.panel, self.works, {p.code: p.service for p in self.projects})
            case Kind.UNDER:
                return under(self.projects, THRESHOLDS)
            case Kind.SPLIT:
                return split(self.projects, THRESHOLDS)
            case Kind.MANDATORY:
                return mandatory(self.now, self.before)


def texts_of(registry: Registry) -> tuple[str, ...]:
    """What the projects of a portfolio say of themselves."""
    return tuple(f"{p.title}. {p.problem} {p.outcome}" for p in registry.projects)


def honest(
    seed: int, texts: Sequence[str], projects: int = PROJECTS, people: int | None = None
) -> Committee:
    """A committee without a fault."""
    dice = np.random.default_rng(seed)
    count = people or int(dice.integers(5, 10))
    services = dice.choice(SERVICES, projects, p=_shares(SERVICES))
    leads = dice.integers(0, LEADS, projects)
    works = dice.choice(SERVICES, count, p=_shares(SERVICES))
    panel, truth = _panel(dice, services, count)
    codes = tuple(f"P{at:02}" for at in range(projects))
    asked = tuple(
        Asked(code, amount, text, f"L{lead}", f"S{service}")
        for code, amount, text, lead, service in zip(
            codes, _amounts(dice, projects), _texts(dice, texts, projects), leads, services,
            strict=True,
        )
    )  # fmt: skip
    return Committee(
        Ratings(codes, tuple(map(str, range(CRITERIA))), tuple(f"E{e}" for e in range(count)),
                panel),
        _leads(dice, truth, leads),
        {f"E{e}": f"S{s}" for e, s in enumerate(works)},
        asked,
        dict(zip(codes, dice.random(projects) < MANDATORY, strict=True)),
        {f"B{at}": bool(dice.random() < MANDATORY) for at in range(projects)},
    )  # fmt: skip


def faulty(seed: int, texts: Sequence[str], kind: Kind, size: float) -> Committee:
    """The honest committee of that seed, with one fault."""
    told, dice = honest(seed, texts), np.random.default_rng([seed, 1])
    match kind:
        case Kind.SELF:
            at = int(dice.integers(len(told.projects)))
            own = told.own.copy()
            own[at] = np.clip(np.round(own[at] + size), 0, 4)
            return replace(told, own=own, planted=frozenset({told.projects[at].code}))
        case Kind.PULL:
            return _pulled(told, dice, size)
        case Kind.UNDER:
            return _lowered(told, dice, int(size))
        case Kind.SPLIT:
            return _halved(told, dice, size)
        case Kind.MANDATORY:
            now = {code: bool(dice.random() < size) for code in told.now}
            return replace(told, now=now)


def _pulled(told: Committee, dice: np.random.Generator, size: float) -> Committee:
    """An evaluator of a service that has four projects or more."""
    services = np.array([p.service for p in told.projects])
    names, counts = np.unique(services, return_counts=True)
    place = int(dice.integers(len(told.panel.people)))
    name = str(dice.choice(names[counts >= 4]))
    given = told.panel.given.copy()
    ours = services == name
    moved = given[ours, :, place] + size + dice.random(given[ours, :, place].shape) - 0.5
    given[ours, :, place] = np.clip(np.round(moved), 0, 4)
    person = told.panel.people[place]
    works = told.works | {person: name}
    panel = replace(told.panel, given=given)
    return replace(told, panel=panel, works=works, planted=frozenset({person}))


def _lowered(told: Committee, dice: np.random.Generator, size: int) -> Committee:
    """Projects from over the first threshold, the nearest first, brought to just under it."""
    limit = THRESHOLDS[0]
    over = sorted((p.amount, at) for at, p in enumerate(told.projects) if p.amount >= limit)
    projects = list(told.projects)
    for _, at in over[:size]:
        amount = int(limit * dice.uniform(0.93, 0.999))
        projects[at] = replace(projects[at], amount=amount)
    planted = frozenset(projects[at].code for _, at in over[:size])
    return replace(told, projects=tuple(projects), planted=planted)


def _halved(told: Committee, dice: np.random.Generator, changed: float) -> Committee:
    """One project above the first threshold becomes two of one lead, each below it."""
    limit = THRESHOLDS[0]
    projects = list(told.projects)
    at, other = dice.choice(len(projects), 2, replace=False)
    one = projects[at]
    words = " ".join(p.text for p in told.projects).split()
    total = int(limit * dice.uniform(1.1, 1.8))
    halves = (total // 2, total - total // 2)
    projects[at] = replace(one, amount=halves[0])
    text = _changed(dice, one.text, words, changed)
    projects[other] = replace(projects[other], amount=halves[1], text=text, lead=one.lead)
    planted = frozenset({one.code, projects[other].code})
    return replace(told, projects=tuple(projects), planted=planted)


def _panel(dice: np.random.Generator, services: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """(projects x criteria x people, projects x criteria: what they are worth)."""
    projects = len(services)
    truth = 2 + 0.6 * dice.standard_normal((projects, 1))
    truth = truth + 0.6 * dice.standard_normal((projects, CRITERIA))
    tastes = 0.15 * dice.standard_normal((SERVICES, count))
    own = 0.3 * dice.standard_normal(count) + tastes[services]
    own = own + 0.3 * dice.standard_normal((projects, count))
    noise = 0.6 * dice.standard_normal((projects, CRITERIA, count))
    given = np.clip(np.round(truth[:, :, None] + own[:, None, :] + noise), 0, 4)
    unrated = dice.random((projects, count)) < dice.uniform(0, 0.3, count)
    silent = dice.random(given.shape) < dice.uniform(0.05, 0.3, count)
    return np.where(unrated[:, None, :] | silent, np.nan, given), truth


def _leads(dice: np.random.Generator, truth: Numbers, leads: Numbers) -> Numbers:
    """Projects x criteria: what leads say of their own, four in five of them."""
    bias = 0.3 + 0.3 * dice.standard_normal(LEADS) + 0.3 * dice.standard_normal(LEADS)
    own = truth + bias[leads][:, None] + 0.3 * dice.standard_normal((len(leads), 1))
    own = np.clip(np.round(own + 0.6 * dice.standard_normal(own.shape)), 0, 4)
    return np.where(dice.random(len(leads))[:, None] < 0.8, own, np.nan)


def _amounts(dice: np.random.Generator, count: int) -> list[int]:
    raw = 3.5e8 * np.exp(dice.standard_normal(count))
    digits = np.where(dice.random(count) < 0.7, 2, 4)
    unit = 10.0 ** (np.floor(np.log10(raw)) + 1 - digits)
    return [int(x) for x in np.round(raw / unit) * unit]


def _texts(dice: np.random.Generator, texts: Sequence[str], count: int) -> list[str]:
    order = dice.permutation(len(texts))[:count]
    found = [texts[at] for at in order]
    words = " ".join(texts).split()
    for at in range(0, min(12, count - 1), 2):
        found[at + 1] = _changed(dice, found[at], words, 0.5)
    return found


def _changed(dice: np.random.Generator, text: str, words: Sequence[str], share: float) -> str:
    return " ".join(
        words[int(dice.integers(len(words)))] if dice.random() < share else word
        for word in text.split()
    )


def _shares(count: int) -> Numbers:
    """A few services ask for much, most for little."""
    weights = 1 / np.sqrt(np.arange(1, count + 1))
    found: Numbers = weights / weights.sum()
    return found
