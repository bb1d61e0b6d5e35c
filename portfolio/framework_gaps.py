"""What a framework still lacks before people may rate by it."""

from collections.abc import Collection, Iterator

from portfolio.criterion import Criterion, Framework
from portfolio.errors import Invalid

LANGUAGES = ("fr", "en")


def gaps(framework: Framework, measures: Collection[str] | None = None) -> list[Invalid]:
    """Every gap, at its path: titles, questions, sentences, references, orientations.

    measures   names of what can be computed; None = not checked here
    """
    found = [] if framework.leaves else [Invalid("too-few", path="criteria", found=0)]
    for criterion in framework.criteria:
        if not criterion.title.fr.strip():
            found.append(Invalid("empty", path=f"criteria.{criterion.key}.title"))
    for leaf in framework.leaves:
        found += _of_leaf(framework, leaf, measures)
    return [*found, *_of_priorities(framework)]


def _of_leaf(
    framework: Framework, leaf: Criterion, measures: Collection[str] | None
) -> Iterator[Invalid]:
    if leaf.measure:
        yield from _of_measure(leaf, measures)
        return
    count = framework.scale.high - framework.scale.low + 1
    for language in LANGUAGES:
        sentences = leaf.levels.in_(language)
        written = sum(bool(sentence.strip()) for sentence in sentences)
        if written != count or len(sentences) != count:
            path = f"criteria.{leaf.key}.levels.{language}"
            yield Invalid("levels-missing", path=path, found=written, accepted=count)


def _of_measure(leaf: Criterion, measures: Collection[str] | None) -> Iterator[Invalid]:
    if measures is not None and leaf.measure not in measures:
        path = f"criteria.{leaf.key}.measure"
        yield Invalid("not-one-of", path=path, found=leaf.measure, accepted=sorted(measures))
    if len(leaf.references) < 2:
        path = f"criteria.{leaf.key}.references"
        yield Invalid("references-missing", path=path, found=len(leaf.references))


def _of_priorities(framework: Framework) -> Iterator[Invalid]:
    known = [mark.key for mark in framework.orientations]
    for priority in framework.priorities:
        if priority.orientation not in known:
            path = f"priorities.{priority.number}"
            yield Invalid(
                "unknown-code", path=path, found=priority.orientation, accepted=", ".join(known)
            )
