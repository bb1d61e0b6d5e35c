"""What one file, or one live reading, of a tool says; nothing of it is in the register yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portfolio.debt import DebtItem
from portfolio.finding import Component, Finding, Reading
from portfolio.system import System

NOWHERE = "?"  # the system of a scan that does not know yet into which system it goes
UNNAMED = "?"  # the title of a system that a file only names by its code, and that must be known


class Tool(StrEnum):
    """The tools whose files can be read."""

    SONARQUBE = "sonarqube"
    CYCLONEDX = "cyclonedx"
    SARIF = "sarif"
    DEPENDENCY_TRACK = "dependency-track"
    LEANIX = "leanix"
    SERVICENOW = "servicenow"
    ARCHITECTS = "architectes"


@dataclass(frozen=True, slots=True)
class Scan:
    """findings, components, readings   of system NOWHERE until the architect says which it is

    subject       what the tool calls the thing it looked at (a project key, an application …): the
                  scope of its findings and components. What the register has of the same tool,
                  system and scope, and the scan does not show, is gone
    is_whole      it shows all of its scope; one page of several does not, and nothing is then gone
    shows_findings, shows_components   False = the tool said nothing of them (figures alone, a bill
                  of materials without vulnerabilities): those of the register are not gone
    taken_on      the day the tool looked; None = the file does not say
    systems, debts   whole nouns, where the file is an inventory or a register
    facts         figures of the tool about the whole (ncloc, sqale_index …)
    """

    tool: Tool
    subject: str = ""
    subject_title: str = ""
    is_whole: bool = True
    taken_on: date | None = None
    findings: tuple[Finding, ...] = ()
    components: tuple[Component, ...] = ()
    readings: tuple[Reading, ...] = ()
    systems: tuple[System, ...] = ()
    debts: tuple[DebtItem, ...] = ()
    facts: Mapping[str, float] = field(default_factory=dict)
    shows_findings: bool = True
    shows_components: bool = True
