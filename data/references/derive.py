"""How federal_overruns.toml was made: ``python -m data.references.derive COMBINED.csv``.

The file is ``static/csv/gc-it-projects-combined.csv`` of the public repository
YOWCT/large-government-of-canada-it-projects (commit 8d6a862), which joins the lists that the House
of Commons published in 2016, 2019 and 2022 (sessional papers 8555-421-266, 8555-421-2460 and
8530-441-13-505). A project counts when ``numOfEntries`` is 2 or 3 and both its budgets are given:
ratio = latestBudget / originalBudget, slip = years between the two completion dates. The quantiles
are interpolated (Hyndman & Fan 1996, type 7). A budget that grew by 1 % or less did not overrun; a
completion that moved by a month or less is not late.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from data.importers.delimited import read
from data.importers.messy_dates import completion
from data.tables.numbers import cents

SHARES = tuple(round(0.05 * k, 2) for k in range(1, 20))
LIMITS = (100_000_000, 200_000_000, 500_000_000, 1_000_000_000)  # cents at which a size begins
MORE, LATER = 1.01, 1 / 12
Seen = tuple[int, float, float]  # first budget in cents, ratio, slip in years


def seen_twice(content: bytes) -> tuple[Seen, ...]:
    """The projects of the combined list that stand in at least two editions."""
    table = read(content)
    found = []
    for _, cells in table.rows:
        row = dict(zip(table.header, cells, strict=False))
        first, last = row["originalBudget"].strip(), row["latestBudget"].strip()
        then = completion(row["originalEstimatedCompletionDate"])
        now = completion(row["latestEstimatedCompletionDate"])
        if row["numOfEntries"] != "1" and first and last and then and now:
            budget = cents(first, "en")
            years = (now - then).days / 365.25
            found.append((budget, cents(last, "en") / budget, years))
    return tuple(found)


def written(seen: Sequence[Seen]) -> str:
    """The figures as the TOML file has them, below its words."""
    lines = [f"shares = {list(SHARES)}", "", "[whole]", *_size(seen, LIMITS[0], None)]
    for low, high in zip(LIMITS, (*LIMITS[1:], None), strict=True):
        some = [one for one in seen if low <= one[0] and (high is None or one[0] < high)]
        lines += ["", "[[sizes]]", *_size(some, low, high)]
    return "\n".join(lines) + "\n"


def _size(some: Sequence[Seen], low: int, high: int | None) -> Iterator[str]:
    ratios, slips = (np.array([one[at] for one in some]) for at in (1, 2))
    yield f"low = {low // 100}"
    if high is not None:
        yield f"high = {high // 100}"
    yield f"projects = {len(some)}"
    yield f"overran = {float((ratios > MORE).mean()):.3f}"
    yield f"late = {float((slips > LATER).mean()):.3f}"
    yield f"ratios = {[round(float(x), 3) for x in np.quantile(ratios, SHARES)]}"
    yield f"slips = {[round(float(x), 2) for x in np.quantile(slips, SHARES)]}"


if __name__ == "__main__":
    sys.stdout.write(written(seen_twice(Path(sys.argv[1]).read_bytes())))
