"""Where the real data for trials are, if they are: ARBITRAGE_SHARED_DATA, or ../shared/data."""

import os
from pathlib import Path

import pytest

SHARED = Path(
    os.environ.get("ARBITRAGE_SHARED_DATA")
    or Path(__file__).parent.parent.parent / "shared" / "data"
)


def shared(*parts):
    """The file of that name; the test is skipped, and says so, where it is absent."""
    file = SHARED.joinpath(*parts)
    if not file.exists():
        pytest.skip(f"real data absent: {'/'.join(parts)} (set ARBITRAGE_SHARED_DATA)")
    return file
