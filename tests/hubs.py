"""What tools could have told, and a house to bring it into, for tests of the import hub."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

from benches import a_registry

from data.scans import Told
from data.store import Act
from portfolio.finding import Component, Finding, Severity, Theme
from portfolio.person import Person, Role
from portfolio.scan import NOWHERE, Scan, Tool
from portfolio.system import System
from services import hub
from services.hub import Order, Source

ANNE = Person("anne", "Anne", frozenset({Role.ARCHITECT}))
MONDAY, TUESDAY, FRIDAY = date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 5)
PAY, TAX = System("PAIE", "Paie"), System("TAXE", "Taxes")


class Plain:
    """The register's words, as short as they can be."""

    def title(self, theme, system):
        return f"{theme} de {system.title}"

    def remark(self):
        return "Intérêt à donner"

    def basis(self, fold, terms):
        return f"{fold.count} constats, {fold.minutes} min, {fold.places} composants"


def welcome(store, *debts, systems=(PAY, TAX)):
    """The store, with an architect, two systems and these items."""
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, ANNE)
        work.bring_in(a_registry(systems=systems))
        for debt in debts:
            work.save("c", debt)
    return store


def smell(key, minutes=60, **more):
    theme = more.pop("theme", Theme.MAINTAINABILITY)
    return Finding(NOWHERE, "sonarqube", key, theme, f"Constat {key}", minutes=minutes, **more)


def flaw(key, place, severity=Severity.HIGH):
    return Finding(NOWHERE, "dependency-track", key, Theme.VULNERABILITY, key, severity=severity,
                   place=place)  # fmt: skip


def library(key, **more):
    return Component(NOWHERE, "cyclonedx", key, key, **more)


def sonar(*findings, on=MONDAY, subject="paie-web", **more):
    return Scan(Tool.SONARQUBE, subject, findings=findings, taken_on=on, shows_components=False,
                **more)  # fmt: skip


def track(*findings, on=MONDAY, subject="paie-deps", **more):
    return Scan(Tool.DEPENDENCY_TRACK, subject, findings=findings, taken_on=on, **more)


def sbom(*components, on=MONDAY, subject="paie-web", **more):
    return Scan(Tool.CYCLONEDX, subject, components=components, taken_on=on, shows_findings=False,
                **more)  # fmt: skip


def source(*scans, name="a.json"):
    """What one file tells."""
    told = Told(str(scans[0].tool) if scans else "", scans)
    return Source((name,), (sha256(repr(scans).encode()).hexdigest(),), (told,))


def order(scans=(), system="PAIE", today=MONDAY, **more):
    """Everything into one system."""
    into = {f"{scan.tool}:{scan.subject}": system for scan in scans}
    return Order(Plain(), today, into=into, **more)


def bring(store, *scans, system="PAIE", request=None, **more):
    """Bring the scans into the system, in one file."""
    return hub.bring_in(store, ANNE, "c", source(*scans), order(scans, system, **more), request)


def every(store, kind):
    with store.reading() as work:
        return work.every(kind, "c")


def one(store, kind, *key):
    with store.reading() as work:
        return work.one(kind, "c", *key)


def as_it_stands(store, *kinds):
    """Every noun of these kinds, whatever its version."""
    return {kind: [replace(noun, version=0) for noun in every(store, kind)] for kind in kinds}


def write(store, noun):
    """Save the noun as someone does who writes it by hand."""
    with store.writing(Act("anne", "architecte", "debt_acts.save")) as work:
        return work.save("c", noun)
