"""Dependency-Track's API: a project by its identifier or by name and version, and its findings."""

import json
import re
from typing import Any
from urllib.parse import quote

from portfolio.errors import Invalid
from services.hub_server import Server

PAGE = 100
MOST_PAGES = 2_000
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def fetch(server: Server, project: str) -> list[tuple[str, bytes]]:
    """The project's findings, as the export that the readers know.

    project   an identifier (UUID), or a name; a version may follow it after a last "@"
    """
    found = _project(server, project)
    uuid = str(found.get("uuid", ""))
    if not UUID.fullmatch(uuid):
        raise Invalid("live-not-json", url=server.url, found="api/v1/project")
    document = {
        "version": "1.0",
        "meta": {"application": "Dependency-Track"},
        "project": {"uuid": uuid, "name": found.get("name"), "version": found.get("version")},
        "findings": _findings(server, uuid),
    }
    return [(f"{project}.json", json.dumps(document, ensure_ascii=False).encode())]


def _project(server: Server, project: str) -> dict[str, Any]:  # Any: JSON
    if UUID.fullmatch(project):
        found = server.json(f"api/v1/project/{project}")
    else:
        name, _, version = project.rpartition("@") if "@" in project else (project, "", "")
        asked = {"name": name} | ({"version": version} if version else {})
        found = server.json("api/v1/project/lookup", **asked)
    if not isinstance(found, dict):
        raise Invalid("live-not-json", url=server.url, found="api/v1/project")
    return found


def _findings(server: Server, uuid: str) -> list[Any]:
    """All pages; a server that knows no pages gives everything at once, then the same again."""
    known: dict[str, Any] = {}
    for number in range(1, MOST_PAGES + 1):
        path = f"api/v1/finding/project/{quote(uuid)}"
        page = server.json(path, suppressed="true", pageNumber=number, pageSize=PAGE)
        if not isinstance(page, list):
            raise Invalid("live-not-json", url=server.url, found="api/v1/finding/project")
        new = {_name(finding): finding for finding in page} if page else {}
        if not new.keys() - known.keys():
            break
        known |= new
        if len(page) < PAGE:
            break
    return list(known.values())


def _name(finding: Any) -> str:  # noqa: ANN401 - any JSON value
    matrix = finding.get("matrix") if isinstance(finding, dict) else None
    return str(matrix or json.dumps(finding, sort_keys=True))
