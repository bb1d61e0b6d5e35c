"""What a file of lifecycles would change in the catalogue, and the catalogue's products changed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from data.lifecycles import still_met
from portfolio.lifecycle import Product, Release

ENDS = ("sales", "active", "standard", "extended")


class Change(StrEnum):
    """What a file does to a product or to a release."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    HELD = "held"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one release.

    held   its dates come from elsewhere, as a person typed them: they stay, unless confirmed
    gone   the file does not have it; it stays as it was
    """

    change: Change
    before: Release | None
    after: Release | None


@dataclass(frozen=True, slots=True)
class Merged:
    """One product: as the catalogue has it, as the file makes it, and the fate of each release."""

    change: Change
    before: Product | None
    after: Product
    fates: tuple[Fate, ...]

    @property
    def held(self) -> tuple[Fate, ...]:
        return tuple(fate for fate in self.fates if fate.change is Change.HELD)


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a file would change, product by product, in its own order.

    unknown   products of the file that the catalogue does not have, and that were not asked for
    too_old   releases left out: the catalogue does not have them, and no city meets them any more
    """

    merged: tuple[Merged, ...]
    unknown: tuple[Product, ...]
    too_old: int

    @property
    def products(self) -> Mapping[Change, int]:
        return Counter(one.change for one in self.merged)

    @property
    def releases(self) -> Mapping[Change, int]:
        return Counter(fate.change for one in self.merged for fate in one.fates)

    @property
    def undated(self) -> int:
        """Releases that the file brings without an end of support that has a date."""
        brought = (fate.after for one in self.merged for fate in one.fates)
        return sum(release is not None and not release.is_dated for release in brought)

    @property
    def changed(self) -> tuple[Merged, ...]:
        return tuple(one for one in self.merged if one.change is not Change.UNCHANGED)


Confirmed = frozenset[tuple[str, str]]  # (product, release) whose typed dates the file may replace


def merged(
    brought: Iterable[Product],
    products: Iterable[Product],
    with_unknown: bool = True,
    over: Confirmed = frozenset(),
) -> DryRun:
    """What the products of a file change in ours; with those that are unknown, or without."""
    known = {product.code: product for product in products}
    whole = tuple(brought)
    unknown = () if with_unknown else tuple(p for p in whole if p.code not in known)
    asked = [product for product in whole if product not in unknown]
    theirs = [_still_met(product, known.get(product.code)) for product in asked]
    too_old = sum(len(p.releases) for p in asked) - sum(len(p.releases) for p in theirs)
    done = tuple(_merge(known.get(product.code), product, over) for product in theirs)
    return DryRun(done, unknown, too_old)


def _still_met(theirs: Product, ours: Product | None) -> Product:
    own = {release.version for release in ours.releases} if ours else set()
    met = {release.version for release in still_met(theirs.releases)}
    kept = tuple(r for r in theirs.releases if r.version in met | own)
    return replace(theirs, releases=kept)


def _merge(ours: Product | None, theirs: Product, over: Confirmed) -> Merged:
    if ours is None:
        fates = tuple(Fate(Change.CREATED, None, release) for release in theirs.releases)
        return Merged(Change.CREATED, None, theirs, fates)
    mine = {release.version: release for release in ours.releases}
    fates = tuple(
        _fate(mine.pop(r.version, None), r, (ours.code, r.version) in over)
        for r in theirs.releases
    )
    fates += tuple(Fate(Change.GONE, release, release) for release in mine.values())
    after = replace(
        ours,
        aliases=_joined(ours.aliases, theirs.aliases),
        purls=_joined(ours.purls, theirs.purls),
        cpes=_joined(ours.cpes, theirs.cpes),
        releases=_in_order(ours, fates),
    )
    return Merged(Change.UNCHANGED if after == ours else Change.UPDATED, ours, after, fates)


def _fate(ours: Release | None, theirs: Release, is_confirmed: bool) -> Fate:
    if ours is None:
        return Fate(Change.CREATED, None, theirs)
    if (ours.dates, ours.has_ended) == (theirs.dates, theirs.has_ended):
        return Fate(Change.UNCHANGED, ours, ours)
    if ours.source and not is_confirmed:
        return Fate(Change.HELD, ours, theirs)
    return Fate(Change.UPDATED, ours, _renewed(ours, theirs))


def _renewed(ours: Release, theirs: Release) -> Release:
    """Their dates; what they call them where we had no word, and our name where they have none."""
    words = {
        f"{end}_word": getattr(ours, f"{end}_word") or getattr(theirs, f"{end}_word")
        for end in ENDS
        if getattr(theirs, f"{end}_word")
    }
    return replace(theirs, label=theirs.label or ours.label, **words)


def _in_order(ours: Product, fates: Iterable[Fate]) -> tuple[Release, ...]:
    """The file's releases in its order, then ours that it does not have; ours where held.

    An order alone is no change: ours stays where no release is another.
    """
    kept = [fate.before if fate.change is Change.HELD else fate.after for fate in fates]
    releases = tuple(release for release in kept if release is not None)
    return ours.releases if set(releases) == set(ours.releases) else releases


def _joined(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ours, *theirs)))
