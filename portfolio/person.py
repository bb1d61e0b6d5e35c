"""People and the roles in which they act."""

from dataclasses import dataclass
from enum import StrEnum

from portfolio import claims


class Role(StrEnum):
    """What a person may be; several at once, and none gives the rights of another."""

    LEAD = "responsable"
    ARCHITECT = "architecte"
    MEMBER = "membre"
    FACILITATOR = "animateur"
    OBSERVER = "observateur"
    ADMINISTRATOR = "administrateur"


@dataclass(frozen=True, slots=True)
class Person:
    """code        the actor's name in the journal: never an e-mail address
    service     where the person works, as the projects name it; "" = not given
    expertise   criteria or branches on which the person speaks as an expert
    """

    code: str
    name: str
    roles: frozenset[Role] = frozenset()
    language: str = "fr"
    is_active: bool = True
    is_demo: bool = False
    service: str = ""
    expertise: frozenset[str] = frozenset()
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.filled("name", self.name)

    def has(self, *roles: Role) -> bool:
        """Whether the person is active and holds one of ``roles``."""
        return self.is_active and not self.roles.isdisjoint(roles)


CONSOLE = Person("console", "Console", frozenset(Role))  # who acts from the machine itself
