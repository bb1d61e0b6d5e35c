"""Which releases a city may still meet: not the ones that ended before ``SINCE``."""

from datetime import date

from portfolio.lifecycle import Release

SINCE = date(2012, 1, 1)


def still_met(releases: tuple[Release, ...]) -> tuple[Release, ...]:
    """Those that ended since, that go on or are not said to have ended; and those that ended on an
    unknown day, between two of the others.

    The list runs from the newest release to the oldest.
    """
    lasting = [place for place, one in enumerate(releases) if _lasts(one)]
    last = max(lasting, default=-1)
    return tuple(
        one for place, one in enumerate(releases)
        if place in lasting or (one.has_ended and not one.is_dated and place < last)
    )  # fmt: skip


def _lasts(release: Release) -> bool:
    end = release.last_day
    return not release.has_ended if end is None else end >= SINCE or release.has_ended is False
