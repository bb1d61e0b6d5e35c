"""Publication: what the public is to read of a cycle, published whole, and withdrawn."""

import hashlib
from dataclasses import dataclass, fields, replace
from datetime import UTC
from functools import lru_cache

from data import store_documents
from data.store import Act, Reading, Store
from portfolio import public_dossier
from portfolio.decision import Publication
from portfolio.errors import Invalid, Missing, Refusal
from portfolio.person import Person, Role
from portfolio.public_dossier import PublicDossier
from services.permission import COMMITTEE, allowed
from services.publication_made import Made, made

UNLIKE = ("number", "at")  # of a publication, and not of what it says


@dataclass(frozen=True, slots=True)
class Changes:
    """What the dossier says that the last publication does not.

    enters, leaves, moved   projects told of only now, no more, or otherwise
    besides                 anything else differs: money, weights, rules …
    """

    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    besides: bool = False

    @property
    def are_any(self) -> bool:
        return bool(self.enters or self.leaves or self.moved or self.besides)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be published now, beside what was.

    made      None while no meeting of the cycle was closed
    sha256    names what is previewed: what is published is that very thing
    past      every publication of the cycle, in order
    changes   since the last one; None when there was none
    """

    made: Made | None
    sha256: str
    past: tuple[Publication, ...]
    changes: Changes | None

    @property
    def is_out(self) -> bool:
        """Whether the public reads something now."""
        return bool(self.past) and not self.past[-1].withdrawn_at


@dataclass(frozen=True, slots=True)
class Published:
    """What the public reads of a cycle, and the publication it belongs to."""

    publication: Publication
    dossier: PublicDossier


@allowed(*COMMITTEE)
def preview(store: Store, by: Person, cycle: str) -> Preview:
    """What the public would read, what is left out, and what changed since the last time."""
    with store.reading() as work:
        work.cycle(cycle)
        return _previewed(work, cycle)


@allowed(Role.FACILITATOR)
def publish(
    store: Store, by: Person, cycle: str, sha256: str, note: str = "", request: str | None = None
) -> Publication:
    """Publish what was previewed under that hash, in the place of what was published before.

    Refusal("nothing-to-publish") while no meeting of the cycle was closed, ("publication-moved")
    when what would be published is no longer what was read.
    """
    act = Act(by.code, Role.FACILITATOR, "publication.publish", request, note.strip())
    with store.writing(act) as work:
        found = _previewed(work, cycle)
        if found.made is None:
            raise Refusal("nothing-to-publish")
        if found.sha256 != sha256:
            raise Refusal("publication-moved")
        number = max((one.number for one in found.past), default=0) + 1
        at = work.at.astimezone(UTC).isoformat(timespec="seconds")
        document = replace(found.made.dossier, number=number, at=at)
        kept = store_documents.keep(work, public_dossier.to_json(document))
        saved: Publication = work.save(cycle, Publication(number, by.code, at, kept, note.strip()))
        return saved


@allowed(Role.FACILITATOR)
def withdraw(
    store: Store, by: Person, cycle: str, asked: Publication, reason: str,
    request: str | None = None,
) -> Publication:  # fmt: skip
    """Take back what the public reads, with the reason; nothing stands in its place.

    Refusal("not-published") unless it is the last publication and the public reads it; Stale.
    """
    if not reason.strip():
        raise Invalid("empty", field="reason")
    act = Act(by.code, Role.FACILITATOR, "publication.withdraw", request, reason.strip())
    with store.writing(act) as work:
        past = work.every(Publication, cycle)
        if not past or past[-1].number != asked.number or past[-1].withdrawn_at:
            raise Refusal("not-published")
        at = work.at.astimezone(UTC).isoformat(timespec="seconds")
        saved: Publication = work.save(cycle, replace(asked, withdrawn_at=at))
        return saved


def published(store: Store, cycle: str) -> Published:
    """What the public reads of the cycle; Missing("not-published") when it reads nothing."""
    with store.reading() as work:
        past = work.every(Publication, cycle)
        if not past or past[-1].withdrawn_at:
            raise Missing("not-published")
        return _read(work, past[-1])


def every_published(store: Store) -> tuple[Published, ...]:
    """What the public reads, of every cycle, the last published first."""
    with store.reading() as work:
        last = [work.every(Publication, cycle.code)[-1:] for cycle in work.cycles()]
        shown = [past[0] for past in last if past and not past[0].withdrawn_at]
        found = [_read(work, one) for one in shown]
    return tuple(sorted(found, key=lambda one: one.publication.at, reverse=True))


def _previewed(work: Reading, cycle: str) -> Preview:
    now, past = made(work, cycle), work.every(Publication, cycle)
    if now is None:
        return Preview(None, "", past, None)
    before = _read(work, past[-1]).dossier if past else None
    sha256 = hashlib.sha256(public_dossier.to_json(now.dossier)).hexdigest()
    return Preview(now, sha256, past, _between(before, now.dossier) if before else None)


def _between(before: PublicDossier, now: PublicDossier) -> Changes:
    old, new = ({p.code: p for p in one.projects} for one in (before, now))
    return Changes(
        tuple(code for code in new if code not in old),
        tuple(code for code in old if code not in new),
        tuple(code for code in new if code in old and new[code] != old[code]),
        any(
            getattr(before, f.name) != getattr(now, f.name)
            for f in fields(PublicDossier) if f.name not in (*UNLIKE, "projects")
        ),
    )  # fmt: skip


def _read(work: Reading, one: Publication) -> Published:
    return Published(one, _parsed(one.sha256, store_documents.read(work, one.sha256)))


@lru_cache(maxsize=8)
def _parsed(sha256: str, document: bytes) -> PublicDossier:
    return public_dossier.from_json(document)


