"""Who someone is to an identity provider, and the invitation that ties it to a known person."""

from dataclasses import dataclass

from portfolio import claims

LOCAL = "local"  # the issuer of the house's own accounts


@dataclass(frozen=True, slots=True)
class Identity:
    """What a provider calls someone: the issuer and the subject together, never an e-mail address.

    person   code of the person it is
    """

    issuer: str
    subject: str
    person: str
    version: int = 0

    def __post_init__(self) -> None:
        for name in ("issuer", "subject", "person"):
            claims.filled(name, getattr(self, name))


@dataclass(frozen=True, slots=True)
class Invitation:
    """A way in for one person, once: a link whose secret only its holder knows.

    digest           SHA-256 of the secret: the secret itself is kept nowhere
    expires, used_at moments, ISO 8601 in UTC; "" = not used yet
    """

    digest: str
    person: str
    expires: str
    invited_by: str
    used_at: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        for name in ("digest", "person", "expires", "invited_by"):
            claims.filled(name, getattr(self, name))
