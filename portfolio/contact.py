"""Where and how often a person wants to be written to."""

from dataclasses import dataclass
from enum import StrEnum

from portfolio import claims
from portfolio.errors import Invalid

LONGEST = 254  # letters of an address that a server takes (RFC 5321)


class Rhythm(StrEnum):
    """When notices leave by e-mail; they are read in the application in any case."""

    EACH = "chacun"
    DAILY = "quotidien"
    NEVER = "jamais"


@dataclass(frozen=True, slots=True)
class Contact:
    """email   the work address, "" = none: an address to write to, never an identity"""

    person: str
    email: str = ""
    rhythm: Rhythm = Rhythm.EACH
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("person", self.person)
        if self.email and not _is_address(self.email):
            raise Invalid("not-an-address", field="email", found=self.email)


def _is_address(email: str) -> bool:
    """Enough for a header that cannot be broken out of; the server that takes it knows the rest."""
    name, at, domain = email.rpartition("@")
    plain = email.isprintable() and not set(email) & set(" ,;<>()[]\"\\:")
    plain = plain and len(email) <= LONGEST
    return plain and bool(name and at) and "@" not in name and "." in domain.strip(".")
