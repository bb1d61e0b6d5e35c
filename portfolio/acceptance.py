"""Acceptances: who asked to live with a debt, why, until when, and who else agreed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portfolio import claims
from portfolio.errors import Invalid

WARNED_BEFORE = timedelta(days=30)


class Ruling(StrEnum):
    """What became of a request to accept a debt."""

    ASKED = "demandee"
    GRANTED = "accordee"
    DECLINED = "refusee"
    WITHDRAWN = "retiree"
    REVOKED = "revoquee"


class Standing(StrEnum):
    """Where the acceptance of a debt stands on a day."""

    NONE = "aucune"
    ASKED = "a-decider"
    IN_FORCE = "en-vigueur"
    EXPIRING = "expire-bientot"
    EXPIRED = "expiree"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One request to live with a debt; asking for more time is a new one, reviewed anew.

    number     from 1, within the debt
    control    what is done meanwhile to hold the risk (compensating control)
    expires    the last day on which it holds
    ruled_by   whoever granted, declined or revoked it: never the one who asked
    """

    debt: str
    number: int
    reason: str
    control: str
    expires: date
    asked_by: str
    asked_on: date
    ruling: Ruling = Ruling.ASKED
    ruled_by: str = ""
    ruled_on: date | None = None
    ruled_why: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("debt", self.debt)
        claims.filled("reason", self.reason)
        claims.filled("control", self.control)
        claims.filled("asked_by", self.asked_by)
        claims.at_least("number", self.number, 1)
        if self.expires <= self.asked_on:
            raise Invalid("not-in-order", field="expires", found=self.expires, low=self.asked_on)
        if self.ruling in (Ruling.GRANTED, Ruling.DECLINED, Ruling.REVOKED):
            claims.filled("ruled_by", self.ruled_by)
            if self.ruled_by == self.asked_by:
                raise Invalid("own-request", field="ruled_by", found=self.ruled_by)

    def holds_on(self, day: date) -> bool:
        """Whether the debt is accepted by it on that day."""
        return self.ruling is Ruling.GRANTED and day <= self.expires


def of(acceptances: Iterable[Acceptance], debt: str) -> tuple[Acceptance, ...]:
    """The debt's requests, the first one first."""
    return tuple(sorted((a for a in acceptances if a.debt == debt), key=lambda a: a.number))


def standing(acceptances: Iterable[Acceptance], debt: str, today: date) -> Standing:
    """Where the acceptance of the debt stands; one in force goes before a request for more time."""
    own = of(acceptances, debt)
    holding = [a.expires for a in own if a.holds_on(today)]
    if holding:
        soon = max(holding) <= today + WARNED_BEFORE
        return Standing.EXPIRING if soon else Standing.IN_FORCE
    if any(a.ruling is Ruling.ASKED for a in own):
        return Standing.ASKED
    return Standing.EXPIRED if any(a.ruling is Ruling.GRANTED for a in own) else Standing.NONE
