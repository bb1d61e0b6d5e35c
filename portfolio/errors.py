"""What the house refuses, as codes and facts; the words are chosen in views/text."""


class Refusal(Exception):
    """A request that breaks a rule: ``code`` names the rule, ``facts`` fill its sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        """Keep the code and the facts; never a sentence."""
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process and back, facts included."""
        return _rebuild, (type(self), self.code, self.facts)

    def __str__(self) -> str:
        """For logs and developers only."""
        return f"{self.code}: " + ", ".join(f"{k}={v!r}" for k, v in self.facts.items())


class Invalid(Refusal, ValueError):
    """A value that cannot be: ``field`` says which, ``found`` what was read."""


class Forbidden(Refusal):
    """The person may not do this act on this object."""


class Stale(Refusal):
    """Someone else saved first: ``yours`` and ``theirs`` hold the two versions."""


class Missing(Refusal):
    """Nothing of that name exists."""


def _rebuild(kind: type[Refusal], code: str, facts: dict[str, object]) -> Refusal:
    return kind(code, **facts)
