"""What every page is handed: the house's store, the person at the desk, and her words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from portfolio.errors import Refusal
from portfolio.horizon import Horizon
from portfolio.person import Person, Role
from services.jobs import Jobs
from views import format as written
from views.text import Text

if TYPE_CHECKING:
    from data.store import Store


@dataclass(frozen=True)
class Desk:
    """One person's desk during one run of a page.

    projection   letters, charts and rows are sized to be read on a wall
    is_dark      the page stands on the dark theme
    is_demo      the figures shown are illustrative
    cycle        code of the cycle shown; "" when there is none yet
    jobs         the long work under way in this process, shared by all sessions
    places       page key -> its st.Page, to link to; empty when a page stands alone in a test
    """

    store: "Store"
    person: Person
    text: Text
    projection: bool = False
    is_dark: bool = False
    is_demo: bool = False
    cycle: str = ""
    jobs: Jobs = field(default_factory=Jobs)
    places: Mapping[str, Any] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.text.language

    def has(self, *roles: Role) -> bool:
        """Whether the person holds one of ``roles``; a courtesy, services decide."""
        return self.person.has(*roles)

    def money(self, cents: int, *, compact: bool = False, signed: bool = False) -> str:
        """``1 234 567 $``; compact ``61,4 M$``."""
        return written.money(cents, self.language, compact=compact, signed=signed)

    def number(
        self, value: written.Number, *, decimals: int | None = None, signed: bool = False
    ) -> str:
        """``1 234,5``."""
        return written.number(value, self.language, decimals=decimals, signed=signed)

    def percent(self, share: written.Number, *, decimals: int | None = None) -> str:
        """``12,5 %`` from 0.125."""
        return written.percent(share, self.language, decimals=decimals)

    def day(self, value: date, *, long: bool = False) -> str:
        """``2026-11-22``; long ``22 novembre 2026``."""
        return written.day(value, self.language, long=long)

    def period(self, horizon: Horizon, at: int) -> str:
        """``2027``, or ``2027 T3``."""
        return written.period(horizon, at, self.language)

    def refusal(self, error: Refusal) -> str:
        """A refusal, in words."""
        return self.text.refusal(error)
