"""The links that a lead declares for a proposal: checked as they are chosen, added, taken back."""

from collections.abc import Iterable
from dataclasses import dataclass

from data.store import Act, Store, Work
from portfolio import claims, links
from portfolio.cycle import Cycle
from portfolio.errors import Forbidden, Invalid, Missing, Refusal
from portfolio.horizon import Horizon
from portfolio.person import Person, Role
from portfolio.project import Project, Stage
from portfolio.registry import Registry, dollars
from portfolio.rules import Link, Needs, NeedsOneOf, Synergy
from services.permission import allowed
from services.proposals import WRITABLE

MOST = 20  # projects in one link
MOST_POINTS = 1_000.0


@dataclass(frozen=True, slots=True)
class TooLate:
    """A project that could not start in time: what it needs is ready at ``ready`` at the soonest.

    needed        the project it waits for        last   the last period in which it may start
    """

    project: str
    needed: str
    ready: int
    last: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be said of a link before it is added.

    refused   why it cannot be; None = it can        late   what it would make impossible in time
    """

    refused: Refusal | None
    late: tuple[TooLate, ...]


def seen(registry: Registry) -> tuple[Link, ...]:
    """The links of the registry as the person it was read for may see them.

    A link is its owner's: those of a project that she cannot see are not there.
    """
    known = {project.code for project in registry.projects}
    return tuple(link for link in registry.links if links.owner(link) in known)


def of_project(registry: Registry, code: str) -> tuple[Link, ...]:
    """The links seen that name the project."""
    named = (link for link in seen(registry) if code in {c for _, c in link.refers()})
    return tuple(named)


def offered(registry: Registry, code: str) -> tuple[Project, ...]:
    """The projects that a link of that one may name: those seen, but other people's drafts."""
    lead = next((p.lead for p in registry.projects if p.code == code), "")
    return tuple(p for p in registry.projects if p.code != code and _is_offered(p, lead))


def check(registry: Registry, link: Link) -> Checked:
    """What stands against the link, as far as the person sees; ``add`` looks at everything."""
    try:
        _refuse(link, seen(registry), registry.cycle)
    except Refusal as refused:
        return Checked(refused, ())
    return Checked(None, tuple(_late(link, registry)))


def saving(envelope: str, period: int, cents: int) -> dict[str, tuple[float, ...]]:
    """What a synergy takes off that envelope in that period, in dollars; {} for nothing."""
    return {envelope: (*(0.0,) * period, dollars(cents))} if cents else {}


@allowed(Role.LEAD, own=(Role.LEAD,))
def add(store: Store, by: Person, cycle: str, link: Link, request: str | None = None) -> Link:
    """Declare a link of one's own proposal, while it may still be written.

    Raises Forbidden("not-yours") for a link of someone else's, Refusal("not-a-draft") once it is
    submitted; Missing("no-such-project") for one that does not exist or that is someone else's
    draft, which is then not to be told apart; Invalid("circle-of-needs", found=codes),
    ("contrary-link", found=codes), ("twice").
    """
    with store.writing(Act(by.code, Role.LEAD, "proposal_links.add", request)) as work:
        own = _writable(work, by, cycle, links.owner(link))
        for code in links.others(link):
            other = next(iter(work.every(Project, cycle, code)), None)
            if other is None or not _is_offered(other, own.lead):
                raise Missing("no-such-project", found=code)
        _refuse(link, _said(work.registry(cycle), own.lead), work.cycle(cycle))
        saved: Link = work.save(cycle, link)
        return saved


@allowed(Role.LEAD, own=(Role.LEAD,))
def remove(store: Store, by: Person, cycle: str, link: Link, request: str | None = None) -> None:
    """Take back a link that one's own proposal declares, while it may still be written."""
    with store.writing(Act(by.code, Role.LEAD, "proposal_links.remove", request)) as work:
        _writable(work, by, cycle, links.owner(link))
        work.remove(cycle, link)


def _said(registry: Registry, lead: str) -> tuple[Link, ...]:
    """The links that count for that lead: other people's drafts have said nothing yet."""
    unsaid = {project.code for project in registry.projects if not _is_offered(project, lead)}
    return tuple(link for link in registry.links if links.owner(link) not in unsaid)


def _is_offered(project: Project, lead: str) -> bool:
    return project.stage is not Stage.DRAFT or (bool(lead) and project.lead == lead)


def _writable(work: Work, by: Person, cycle: str, code: str) -> Project:
    own = work.project(cycle, code)
    if own.lead != by.code:
        raise Forbidden("not-yours", found=code)
    if own.stage not in WRITABLE:
        raise Refusal("not-a-draft", found=own.stage)
    return own


def _refuse(link: Link, known: Iterable[Link], cycle: Cycle) -> None:
    """Raise what stands against the link among those that are known."""
    every = tuple(known)
    _bounded(link, cycle)
    if link in every:
        raise Invalid("link-twice", field="links")
    before = links.stuck(every)
    circle = links.circle_through((*every, link), links.owner(link))
    if circle and links.owner(link) not in before:
        raise Invalid("circle-of-needs", found=circle)
    contrary = links.at_odds(link, every)
    if contrary is not None:
        raise Invalid("contrary-link", found=tuple(code for _, code in contrary.refers()))


def _bounded(link: Link, cycle: Cycle) -> None:
    named = links.others(link)
    if not named:
        raise Invalid("too-few", field="projects", found=0, low=1)
    claims.no_longer("projects", named, MOST)
    if isinstance(link, Needs | NeedsOneOf):
        claims.between("lag", link.lag, 0, cycle.horizon.periods - 1)
    if isinstance(link, Synergy):
        claims.between("value", link.value, 0, MOST_POINTS)
        if not link.value and not any(any(series) for series in link.saving.values()):
            raise Invalid("empty-synergy", field="value")
        for code, series in link.saving.items():
            cycle.envelope(code)
            claims.no_longer("saving", series, cycle.horizon.periods)
            claims.none_below("saving", series, 0)


def _late(link: Link, registry: Registry) -> Iterable[TooLate]:
    """Whether what the project needs can be ready before the last period in which it may start."""
    if not isinstance(link, Needs | NeedsOneOf):
        return
    projects = {project.code: project for project in registry.projects}
    horizon, own = registry.cycle.horizon, projects.get(link.project)
    named = [projects[code] for code in links.others(link) if code in projects]
    if own is None or not named:
        return
    soonest = min(named, key=lambda project: _ready(project, horizon))
    ready, last = _ready(soonest, horizon) + link.lag, _last_start(own, horizon)
    if ready > last:
        yield TooLate(own.code, soonest.code, ready, last)


def _ready(project: Project, horizon: Horizon) -> int:
    """The first period in which something that needs the project may start."""
    first = max(0, horizon.period(project.earliest)) if project.earliest else 0
    return first + _shortest(project)


def _last_start(project: Project, horizon: Horizon) -> int:
    last = horizon.periods - 1
    if project.latest:
        last = min(last, horizon.period(project.latest))
    if project.is_mandatory and project.deadline:
        last = min(last, horizon.period(project.deadline) + 1 - _shortest(project))
    return last


def _shortest(project: Project) -> int:
    return min((v.duration for v in project.variants if v.duration is not None), default=1)
