"""The pages, in the order of the menu: the table of contents of what is shown."""

from collections.abc import Callable
from dataclasses import dataclass

from portfolio.person import Person, Role
from views import (
    account,
    admin,
    agreement,
    criteria,
    debts,
    decisions,
    factors,
    gallery,
    home,
    imports,
    inventory,
    legacy,
    lifecycles,
    meeting,
    proposals,
    publication,
    rating,
    roadmap,
    scenarios,
    sensitivity,
    signs,
    tradeoffs,
    waiting,
    weighting,
    why,
)
from views.desk import Desk

EVERYONE = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``key`` names its words (``<key>.menu`` is its title in the menu) and its address.

    roles       who finds it in the menu; what they may do there is decided in services
    is_inside   for those who build the house: reached by ``?gallery=1`` or by an administrator
    """

    key: str
    render: Callable[[Desk], None]
    url_path: str
    roles: frozenset[Role] = EVERYONE
    is_inside: bool = False

    def is_for(self, person: Person, asked: str = "") -> bool:
        """Whether the person finds the page; ``asked`` names a page asked for in the address."""
        if self.is_inside:
            return asked == self.key or person.has(Role.ADMINISTRATOR)
        return person.has(*self.roles)


COMMITTEE = EVERYONE - {Role.LEAD}
WEIGHS = COMMITTEE - {Role.ARCHITECT}
FACTORS = frozenset({Role.ADMINISTRATOR, Role.ARCHITECT})
KEEPERS = frozenset({Role.ADMINISTRATOR, Role.FACILITATOR, Role.ARCHITECT})
RATES = frozenset({Role.MEMBER, Role.LEAD, Role.FACILITATOR})

PAGES: tuple[Page, ...] = (
    Page("home", home.render, "accueil"),
    Page("proposals", proposals.render, "propositions"),
    Page("criteria", criteria.render, "criteres"),
    Page("weighting", weighting.render, "ponderation", WEIGHS),
    Page("rating", rating.render, "notation", RATES),
    Page("agreement", agreement.render, "ecarts", COMMITTEE),
    Page("signs", signs.render, "signaux", frozenset({Role.FACILITATOR})),
    Page("scenarios", scenarios.render, "scenarios", COMMITTEE),
    Page("tradeoffs", tradeoffs.render, "arbitrages", COMMITTEE),
    Page("sensitivity", sensitivity.render, "sensibilite", COMMITTEE),
    Page("why", why.render, "pourquoi"),
    Page("roadmap", roadmap.render, "feuille-de-route", COMMITTEE),
    Page("meeting", meeting.render, "seance", COMMITTEE),
    Page("decisions", decisions.render, "decisions"),
    Page("publication", publication.render, "publication", COMMITTEE),
    Page("debts", debts.render, "dette"),
    Page("inventory", inventory.render, "inventaire", COMMITTEE),
    Page("waiting", waiting.render, "cout-de-l-attente", COMMITTEE),
    Page("lifecycles", lifecycles.render, "cycles-de-vie", KEEPERS),
    Page("legacy", legacy.render, "risque-des-systemes", COMMITTEE),
    Page("factors", factors.render, "facteurs", FACTORS),
    Page("imports", imports.render, "importations", KEEPERS),
    Page("admin", admin.render, "administration", frozenset({Role.ADMINISTRATOR})),
    Page("account", account.render, "mon-compte"),
    Page("gallery", gallery.render, "gallery", is_inside=True),
)


def pages_for(person: Person, asked: str = "") -> tuple[Page, ...]:
    """The pages a person finds, in order."""
    return tuple(page for page in PAGES if page.is_for(person, asked))
