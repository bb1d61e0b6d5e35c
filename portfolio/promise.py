"""What an approved project promised, and what is reported of it since."""

from dataclasses import dataclass
from datetime import date

from portfolio import claims
from portfolio.errors import Invalid


@dataclass(frozen=True, slots=True)
class PromisedDebt:
    """A debt that the project promised to retire.

    share       of it, 0..1
    principal   cents that the share stood for when it was promised; None = not known
    """

    debt: str
    share: float
    principal: int | None = None

    def __post_init__(self) -> None:
        claims.filled("debt", self.debt)
        claims.share("share", self.share)
        claims.at_least("principal", self.principal, 0)


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised at a decision; the first one stays what reports are compared with.

    number       that of the decision
    start, end   first and last day of what was promised
    cost         cents over all envelopes; None = not given
    """

    project: str
    number: int
    made_on: date
    start: date
    end: date
    variant: str = ""
    cost: int | None = None
    debts: tuple[PromisedDebt, ...] = ()
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("project", self.project)
        claims.at_least("number", self.number, 1)
        claims.at_least("cost", self.cost, 0)
        claims.unique("debts", [one.debt for one in self.debts])
        in_order("end", self.start, self.end)


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What a project's lead says of it on a reporting date: facts, never a colour.

    on             the reporting date
    started        the day it began; None = it has not
    ended          the day it was delivered; None = it has not been
    forecast_end   the day it should be delivered; None = not said
    forecast_cost  cents in all when it is done; None = not said
    spent          cents so far; None = not said
    """

    project: str
    on: date
    by: str
    at: str
    started: date | None = None
    ended: date | None = None
    forecast_end: date | None = None
    forecast_cost: int | None = None
    spent: int | None = None
    note: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("project", self.project)
        claims.at_least("forecast_cost", self.forecast_cost, 0)
        claims.at_least("spent", self.spent, 0)
        for name in ("started", "ended"):
            said = getattr(self, name)
            if said is not None and said > self.on:
                raise Invalid("not-yet", field=name, found=said, accepted=self.on)
        if self.ended is not None and self.started is None:
            raise Invalid("empty", field="started")
        in_order("ended", self.started, self.ended)
        in_order("forecast_end", self.started, self.forecast_end)


def in_order(name: str, first: date | None, then: date | None) -> None:
    """Refuse a last day that falls before the first one."""
    if first is not None and then is not None and then < first:
        raise Invalid("calendar-order", field=name, found=then, other="start", low=first)
