"""What a tool's server says now, read as its files are; the token is used, and kept nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from data.scans import Told
from data.store import Store
from portfolio.errors import Invalid
from portfolio.person import Person, Role
from portfolio.scan import Scan, Tool
from services import hub_dtrack, hub_sonar
from services.hub_server import Fetch, Heard, Nobody, Server, api_key, bearer
from services.hub_source import Source, read
from services.permission import allowed

FETCHES: Mapping[Tool, Fetch] = {
    Tool.SONARQUBE: hub_sonar.fetch,
    Tool.DEPENDENCY_TRACK: hub_dtrack.fetch,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """project   a Sonar project's key; a Dependency-Track project's identifier, or name@version"""

    tool: Tool
    url: str
    project: str
    token: str = field(default="", repr=False)


@allowed(Role.ARCHITECT, Role.ADMINISTRATOR)
def fetch(store: Store, by: Person, asked: Asked, heard: Heard | None = None) -> Source:
    """What the server says of the project; Invalid, in words, for whatever goes wrong.

    heard   told how far the work has come, and asked whether to stop
    """
    if asked.tool not in FETCHES:
        accepted = [tool.value for tool in FETCHES]
        raise Invalid("not-one-of", field="tool", found=asked.tool, accepted=accepted)
    if not asked.project.strip():
        raise Invalid("empty", field="project")
    ways = bearer(asked.token) if asked.tool is Tool.SONARQUBE else api_key(asked.token)
    server = Server(asked.url.strip(), ways, heard or Nobody())
    project = asked.project.strip()
    try:
        source = read(FETCHES[asked.tool](server, project))
    except Invalid as refusal:
        raise Invalid(refusal.code, **refusal.facts | {"project": project}) from None
    return replace(source, told=tuple(_named(told, asked.tool, project) for told in source.told))


def _named(told: Told, tool: Tool, project: str) -> Told:
    """A search that finds nothing does not say of what: of the project that was asked for."""
    return replace(told, scans=tuple(_of(scan, tool, project) for scan in told.scans))


def _of(scan: Scan, tool: Tool, project: str) -> Scan:
    is_empty_search = tool is Tool.SONARQUBE and scan.shows_findings and not scan.subject
    return replace(scan, subject=project, is_whole=True) if is_empty_search else scan
