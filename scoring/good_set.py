"""Advice on a set of criteria: few, apart from each other, each telling projects apart.

Source: Keeney & Gregory 2005, "Selecting Attributes to Measure the Achievement of Objectives".
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from portfolio import judgement
from portfolio.criterion import Criterion, Framework
from portfolio.registry import Registry
from scoring.measures import MEASURES
from scoring.weights import Points, of_leaves

FEWEST, MOST = 7, 20  # leaves
LIGHTEST, HEAVIEST = 0.01, 0.30  # of the whole
ALIKE = 0.4  # cosine of the words of two criteria; the shipped ones stay under 0.3
TOGETHER = 0.9  # Spearman's rho between two criteria over projects
LEAST_PROJECTS = 8  # rated on both, to say that two criteria go together or that one tells nothing
ONE_LEVEL = 1.0
Matrix = npt.NDArray[np.float64]
STEM = 5  # letters: « mesurer », « mesurée » and « mesurent » are one word


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at again; never a refusal.

    code   which: its words are in the catalogue
    keys   the criteria it is about; none = the set as a whole
    facts  the evidence: what was counted or measured
    """

    code: str
    keys: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


def advice(
    framework: Framework, registry: Registry | None = None, points: Points | None = None
) -> tuple[Advice, ...]:
    """What to look at again in the framework, the set first, then each criterion.

    registry   where ratings and projects to measure are; None = only what the file itself shows
    points     criterion -> points among its siblings; None = the framework's own weights
    """
    found = [*_counts(framework), *_weights(framework, points), *_words(framework)]
    for leaf in framework.leaves:
        found += [*_scale_of(framework, leaf), *_function_of(leaf)]
    if registry is not None:
        found += [*_over_projects(framework, registry), *_measured(framework, registry)]
    return tuple(found)


def _counts(framework: Framework) -> Iterator[Advice]:
    n = len(framework.leaves)
    if n < FEWEST:
        yield Advice("too-few", facts={"n": n, "low": FEWEST})
    if n > MOST:
        yield Advice("too-many", facts={"n": n, "high": MOST})


def _weights(framework: Framework, points: Points | None) -> Iterator[Advice]:
    for key, weight in of_leaves(framework, points).items():
        if weight < LIGHTEST:
            yield Advice("light", (key,), {"weight": weight, "low": LIGHTEST})
        if weight > HEAVIEST:
            yield Advice("heavy", (key,), {"weight": weight, "high": HEAVIEST})


def _words(framework: Framework) -> Iterator[Advice]:
    """Pairs of leaves whose questions, or whose sentences, use nearly the same words."""
    leaves = framework.leaves
    for code, texts in (
        ("alike-questions", [leaf.question.fr for leaf in leaves]),
        ("alike-sentences", [" ".join(leaf.levels.fr) for leaf in leaves]),
    ):
        alike = likeness(texts)
        for one, other in combinations(range(len(leaves)), 2):
            if alike[one, other] >= ALIKE:
                keys = leaves[one].key, leaves[other].key
                yield Advice(code, keys, {"share": float(alike[one, other])})


def likeness(texts: Sequence[str]) -> Matrix:
    """Cosine of the words of texts, texts x texts, 0..1; words that all of them use count little.

    Words are cut to their first letters, without accents. An empty text is like no other.
    """
    bags = [Counter(_stems(text)) for text in texts]
    known = sorted({stem for bag in bags for stem in bag})
    counts = np.array([[bag[stem] for stem in known] for bag in bags], dtype=float)
    counts = counts.reshape(len(texts), len(known))
    rarity = np.log(1 + len(texts) / (counts > 0).sum(axis=0)) - np.log(2) + 1e-9
    vectors = np.log1p(counts) * rarity
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.where(lengths > 0, lengths, 1.0)
    return np.asarray(unit @ unit.T)


def _stems(text: str) -> Iterator[str]:
    bare = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return (word.rstrip("esx")[:STEM] for word in re.findall(r"[a-z0-9]{3,}", letters))


def _scale_of(framework: Framework, leaf: Criterion) -> Iterator[Advice]:
    """Sentences missing or twice the same, and what has no English."""
    count = framework.scale.high - framework.scale.low + 1
    for language in () if leaf.measure else ("fr", "en"):
        written = [s.strip() for s in leaf.levels.in_(language) if s.strip()]
        if len(written) < count:
            facts = {"n": count - len(written), "of": count}
            yield Advice(f"sentences-missing-{language}", (leaf.key,), facts)
        if len({s.casefold() for s in written}) < len(written):
            n = len(written) - len({s.casefold() for s in written})
            yield Advice(f"sentences-same-{language}", (leaf.key,), {"n": n})
    worded = (leaf.title, leaf.question)
    missing = sum(bool(words.fr.strip()) and not words.en.strip() for words in worded)
    if missing:
        yield Advice("no-english", (leaf.key,), {"n": missing})
    if not leaf.measure and not leaf.question.fr.strip():
        yield Advice("no-question", (leaf.key,))


def _function_of(leaf: Criterion) -> Iterator[Advice]:
    values = [value for _, value in leaf.references]
    if any(after < before for before, after in pairwise(values)):
        yield Advice("not-monotone", (leaf.key,))


def _over_projects(framework: Framework, registry: Registry) -> Iterator[Advice]:
    """What the panel's ratings show: a criterion that never varies, two that say the same."""
    means = _means(framework, registry)
    for key in means.columns:
        known = means[key].dropna()
        if len(known) >= LEAST_PROJECTS and known.max() - known.min() <= ONE_LEVEL:
            facts = {"low": float(known.min()), "high": float(known.max()), "n": len(known)}
            yield Advice("flat", (str(key),), facts)
    ranks = means.corr(method="spearman", min_periods=LEAST_PROJECTS).to_numpy(dtype=float)
    is_known = means.notna().to_numpy(dtype=int)
    keys = [str(key) for key in means.columns]
    for one, other in combinations(range(len(keys)), 2):
        if ranks[one, other] >= TOGETHER:
            both = int(is_known[:, one] @ is_known[:, other])
            facts = {"rho": float(ranks[one, other]), "n": both}
            yield Advice("together", (keys[one], keys[other]), facts)


def _means(framework: Framework, registry: Registry) -> pd.DataFrame:
    """Projects x rated criteria: the panel's mean; NaN = nobody gave an opinion."""
    rated = [leaf.key for leaf in framework.leaves if not leaf.measure]
    given = [
        (e.project, e.criterion, e.rating)
        for e in judgement.panel(registry)
        if e.rating is not None and e.criterion in set(rated)
    ]
    frame = pd.DataFrame(given, columns=["project", "criterion", "rating"])
    means = frame.pivot_table(index="project", columns="criterion", values="rating")
    return means.reindex(columns=[key for key in rated if key in means.columns])


def _measured(framework: Framework, registry: Registry) -> Iterator[Advice]:
    """Measures that fall outside their references, where the value no longer tells them apart."""
    for leaf in framework.leaves:
        if leaf.measure not in MEASURES or len(leaf.references) < 2:
            continue
        every = [MEASURES[leaf.measure](p, registry) for p in registry.projects]
        known = [x for x in every if x is not None]
        first, last = leaf.references[0][0], leaf.references[-1][0]
        beyond = [x for x in known if not first <= x <= last]
        if beyond:
            facts = {"n": len(beyond), "of": len(known), "first": first, "last": last}
            facts |= {"low": min(known), "high": max(known)}
            yield Advice("beyond", (leaf.key,), facts)
