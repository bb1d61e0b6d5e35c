"""The lifecycle of the products that a city runs: until when someone still repairs each release."""

from dataclasses import dataclass
from datetime import date

from portfolio import claims
from portfolio.errors import Invalid


@dataclass(frozen=True, slots=True)
class Release:
    """One release of a product, with the four dates that Technology also has; None = not given.

    version      as products write it: "2016", "7.4", "2012 R2", "19"
    label        the release's own name, where the version alone does not say it
    ..._word     what the source calls that date: "Extended Security Updates" for extended_end
    has_ended    what the source says of standard support in the place of a date: True = ended,
                 on a day that it does not give; False = goes on, no end announced yet;
                 None = it gives the date, or says nothing
    source       the page where the dates were read; "" = the product's
    read_on      the day on which they were read
    """

    version: str
    label: str = ""
    sales_end: date | None = None
    active_end: date | None = None
    standard_end: date | None = None
    extended_end: date | None = None
    sales_word: str = ""
    active_word: str = ""
    standard_word: str = ""
    extended_word: str = ""
    has_ended: bool | None = None
    source: str = ""
    read_on: date | None = None

    def __post_init__(self) -> None:
        claims.filled("version", self.version)
        if self.has_ended is not None and self.standard_end is not None:
            raise Invalid(
                "date-and-flag", field="has_ended", found=self.has_ended, date=self.standard_end
            )

    @property
    def dates(self) -> tuple[date | None, date | None, date | None, date | None]:
        """The four dates in the order of a life; None = not given."""
        return self.sales_end, self.active_end, self.standard_end, self.extended_end

    @property
    def is_dated(self) -> bool:
        """Whether the end of support has a date; the end of sales alone is not one."""
        return any(day is not None for day in self.dates[1:])

    @property
    def is_in_order(self) -> bool:
        """Whether active support ends before standard support does, and that before paid support.

        Sales may end at any moment: some makers sell until after they stop repairing.
        """
        given = [day for day in self.dates[1:] if day is not None]
        return given == sorted(given)

    @property
    def support_end(self) -> date | None:
        """The last day on which someone repairs it for everyone; a paid extension is apart."""
        return self.standard_end or self.active_end

    @property
    def last_day(self) -> date | None:
        """The last day on which someone repairs it, for those who pay an extension too."""
        return self.extended_end or self.support_end


@dataclass(frozen=True, slots=True)
class Product:
    """A product line and its releases, as a source gives them.

    vendor     who makes it: names are also matched without it
    aliases    other names that people type            purls, cpes   names that tools write
    source     the page from which the releases' dates come, unless a release names its own
    """

    code: str
    title: str
    vendor: str = ""
    category: str = ""
    aliases: tuple[str, ...] = ()
    purls: tuple[str, ...] = ()
    cpes: tuple[str, ...] = ()
    releases: tuple[Release, ...] = ()
    source: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.filled("title", self.title)
        for name in ("aliases", "purls", "cpes"):
            claims.unique(name, getattr(self, name))
        claims.unique("releases", [release.version for release in self.releases])

    @property
    def is_dated(self) -> bool:
        """Whether some release has an end of support with a date."""
        return any(release.is_dated for release in self.releases)

    def source_of(self, release: Release) -> str:
        """The page where the release's dates were read."""
        return release.source or self.source
