"""What links among projects contradict by themselves: told by reading, before any search."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import networkx as nx

from portfolio.choices import Choices, Start
from portfolio.question import Question
from portfolio.rules import (
    Excludes,
    Force,
    Link,
    Mandatory,
    Needs,
    NeedsOneOf,
    Synergy,
    Together,
    Window,
)
from portfolio.rules.row import Label, Stated

Why = tuple[Label, ...]  # the rules from which something follows


def owner(link: Link) -> str:
    """The project that declares the link: the one that needs, else the first that it names."""
    match link:
        case Needs(project=project) | NeedsOneOf(project=project):
            return project
        case Excludes(projects=projects) | Together(projects=projects) | Synergy(projects=projects):
            return projects[0] if projects else ""


def others(link: Link) -> tuple[str, ...]:
    """The projects that the link names beside its owner, in order."""
    own = owner(link)
    return tuple(code for _, code in link.refers() if code != own)


def stuck(links: Iterable[Link]) -> frozenset[str]:
    """Projects that can never start: each needs, for good, another one of them.

    A project that needs one of several is stuck when all of them are.
    """
    needs = [link for link in links if isinstance(link, Needs | NeedsOneOf)]
    held = {code for link in needs for _, code in link.refers()}
    while True:
        kept = {
            link.project
            for link in needs
            if (others := _before(link)) and all(code in held for code in others)
        }
        if kept == held:
            return frozenset(held)
        held = kept


def circle_through(links: Iterable[Link], project: str) -> tuple[str, ...]:
    """A circle of needs that the project is in, or waits for, from its first; () when none is."""
    every = tuple(links)
    held = stuck(every)
    if project not in held:
        return ()
    needs = nx.DiGraph()
    for link in every:
        if isinstance(link, Needs | NeedsOneOf) and link.project in held:
            needs.add_edges_from((link.project, on) for on in _before(link) if on in held)
    return tuple(code for code, _ in nx.find_cycle(needs, project))


def at_odds(link: Link, links: Iterable[Link]) -> Link | None:
    """Another link that says the contrary of this one; None when there is none.

    What excludes two projects is the contrary of what makes one need the other, goes together
    with it, or gains from both.
    """
    return next((other for other in links if _contrary(link, other)), None)


def _contrary(one: Link, other: Link) -> bool:
    if isinstance(other, Excludes):
        one, other = other, one
    if not isinstance(one, Excludes) or one.at_most > 1:
        return False
    apart = set(one.projects)
    match other:
        case Needs(project=project, on=on):
            return {project, on} <= apart
        case NeedsOneOf(project=project, any=some):
            return project in apart and bool(some) and set(some) <= apart
        case Together(projects=projects) | Synergy(projects=projects):
            return len(apart & set(projects)) > 1
    return False


def _before(link: Needs | NeedsOneOf) -> tuple[str, ...]:
    return (link.on,) if isinstance(link, Needs) else link.any


def circles(rules: Iterable[Stated]) -> tuple[tuple[str, ...], ...]:
    """Circles of needs, each named in order from its first declared project; no project of one can
    ever be chosen, since each would have to be finished before it starts.

    One circle for each group of projects that need one another.
    """
    needs = nx.DiGraph([(rule.project, rule.on) for rule in rules if isinstance(rule, Needs)])
    place = {code: at for at, code in enumerate(needs)}
    groups = [sorted(g, key=place.__getitem__) for g in nx.strongly_connected_components(needs)]
    tied = sorted((g for g in groups if len(g) > 1), key=lambda group: place[group[0]])
    return tuple(
        tuple(code for code, _ in nx.find_cycle(needs.subgraph(group), group[0])) for group in tied
    )


def clash(question: Question, on: Choices) -> Why:
    """Rules that no plan keeps together, when reading them is enough to see it; else empty.

    Looked for in this order: a project both imposed and refused, a circle of needs, too many of a
    group that excludes itself, a project that must be chosen and cannot start in time. What must be
    chosen is followed along needs and "together".
    """
    rules = question.rules
    must = _must(rules)
    return next(
        chain(
            _refused(rules, must),
            _in_circles(rules, must),
            _crowded(rules, must),
            _late(rules, must, on),
        ),
        (),
    )


def _must(rules: Iterable[Stated]) -> Mapping[str, Why]:
    """Projects that every plan takes, each with the rules it follows from."""
    every = tuple(rules)
    must: dict[str, Why] = {}
    for rule in every:
        if isinstance(rule, Mandatory):
            must.setdefault(rule.project, (("mandatory", rule.project),))
        elif isinstance(rule, Force) and rule.chosen:
            must.setdefault(rule.project, (("force-in", rule.project),))
    waiting = list(must)
    while waiting:
        code = waiting.pop(0)
        for other, label in _brought(every, code):
            if other not in must:
                must[other] = (*must[code], label)
                waiting.append(other)
    return must


def _brought(rules: Iterable[Stated], code: str) -> Iterator[tuple[str, Label]]:
    """(project, rule) of each that is chosen when that one is."""
    for rule in rules:
        if isinstance(rule, Needs) and rule.project == code:
            yield rule.on, ("needs", rule.project, rule.on)
        elif isinstance(rule, Together) and code in rule.projects:
            first, *others = rule.projects
            for other in others if code == first else (first,):
                pair = other if code == first else code
                yield other, ("together", first, pair)


def _refused(rules: Iterable[Stated], must: Mapping[str, Why]) -> Iterator[Why]:
    for rule in rules:
        if isinstance(rule, Force) and not rule.chosen and rule.project in must:
            yield _once(must[rule.project], (("force-out", rule.project),))


def _in_circles(rules: tuple[Stated, ...], must: Mapping[str, Why]) -> Iterator[Why]:
    for circle in circles(rules):
        held = next((code for code in circle if code in must), None)
        if held is not None:
            after = (*circle[1:], circle[0])
            needs = (("needs", one, other) for one, other in zip(circle, after, strict=True))
            yield _once(must[held], needs)


def _crowded(rules: Iterable[Stated], must: Mapping[str, Why]) -> Iterator[Why]:
    for rule in rules:
        if isinstance(rule, Excludes):
            held = [code for code in rule.projects if code in must]
            if len(held) > rule.at_most:
                reasons = (must[code] for code in held[: rule.at_most + 1])
                yield _once((("excludes", *rule.projects),), *reasons)


def _late(rules: tuple[Stated, ...], must: Mapping[str, Why], on: Choices) -> Iterator[Why]:
    """Projects that must be chosen, and whose every start is shut by windows, deadlines, needs."""
    if circles(rules):
        return
    before = [rule for rule in rules if isinstance(rule, Needs)]
    known: dict[str, tuple[tuple[Start, ...], Why]] = {}

    def left(code: str) -> tuple[tuple[Start, ...], Why]:
        """(the starts that remain, the rules that shut the others)."""
        if code not in known:
            starts, why = _open(rules, on, code)
            for rule in (r for r in before if r.project == code):
                others, because = left(rule.on)
                ready = min((on.end(s) for s in others), default=on.periods) + rule.lag
                kept = tuple(s for s in starts if s.period >= ready)
                if len(kept) < len(starts):
                    why = _once(why, because, (("needs", code, rule.on),))
                starts = kept
            known[code] = starts, why
        return known[code]

    for code, reasons in must.items():
        starts, why = left(code)
        if not starts:
            yield _once(why, reasons)


def _open(rules: Iterable[Stated], on: Choices, code: str) -> tuple[tuple[Start, ...], Why]:
    """(the project's starts within its window rule and deadline, those of them that shut some)."""
    starts, why = on.starts_of(code), list[Label]()
    label: Label
    for rule in rules:
        if isinstance(rule, Window) and rule.project == code:
            first = 0 if rule.earliest is None else rule.earliest
            last = on.periods if rule.latest is None else rule.latest
            kept, label = tuple(s for s in starts if first <= s.period <= last), ("window", code)
        elif isinstance(rule, Mandatory) and rule.project == code and rule.deadline is not None:
            kept = tuple(s for s in starts if on.end(s) - 1 <= rule.deadline)
            label = ("deadline", code, str(rule.deadline))
        else:
            continue
        why += [label] if len(kept) < len(starts) else []
        starts = kept
    return starts, tuple(why)


def _once(*reasons: Iterable[Label]) -> Why:
    return tuple(dict.fromkeys(chain(*reasons)))
