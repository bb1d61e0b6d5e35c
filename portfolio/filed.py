"""A proposal as it was handed in: the project, what ties it to others, what was enclosed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from portfolio import confidential
from portfolio.dossier import Attachment
from portfolio.person import Person
from portfolio.project import Project
from portfolio.rules import Link


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One attachment: its name, and the SHA-256 that tells whether it is still the same file."""

    name: str
    sha256: str
    is_confidential: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """What a submission keeps, and what a later one is compared with."""

    project: Project
    links: tuple[Link, ...] = ()
    attachments: tuple[Enclosed, ...] = ()


def filed(project: Project, links: Iterable[Link], attachments: Iterable[Attachment]) -> Filed:
    """The proposal as it stands: its own links, and the attachments that are there."""
    own = tuple(link for link in links if project.code in {code for _, code in link.refers()})
    there = tuple(
        Enclosed(a.name, a.sha256, a.is_confidential) for a in attachments if not a.removed_at
    )
    return Filed(project, own, there)


def veiled(by: Person, versions: Iterable[Filed]) -> tuple[Filed, ...]:
    """The versions as the person may read them: what one of them keeps back, none of them gives."""
    every = tuple(versions)
    if all(confidential.reads_all(by, one.project) for one in every):
        return every
    kept_back = frozenset[str]().union(*(one.project.confidential for one in every))
    hidden = {a.sha256 for one in every for a in one.attachments if a.is_confidential}
    return tuple(
        Filed(
            confidential.veiled(by, replace(one.project, confidential=kept_back)),
            one.links,
            tuple(a for a in one.attachments if a.sha256 not in hidden),
        )
        for one in every
    )
