"""Files of tools that are known, and not read: which they are, and what to bring instead."""

from typing import Any

from data.scans.values import inside

SIGNS = (  # the keys that a document of the tool has, its name, what to export instead
    ({"spdxVersion"}, "SPDX", "CycloneDX"),
    ({"@context", "@graph"}, "SPDX 3", "CycloneDX"),
    ({"SchemaVersion", "Results"}, "Trivy", "trivy --format cyclonedx"),
    ({"matches", "descriptor"}, "Grype", "grype -o cyclonedx-json"),
    ({"artifacts", "descriptor"}, "Syft", "syft -o cyclonedx-json"),
    ({"auditReportVersion"}, "npm audit", "npm sbom --sbom-format cyclonedx"),
    ({"reportSchema", "scanInfo"}, "Dependency-Check", "dependency-check --format SARIF"),
    ({"issues", "startAt", "maxResults"}, "Jira", "CSV"),
    ({"statements", "@context"}, "OpenVEX", "CycloneDX VEX"),
)  # fmt: skip


def named(document: Any) -> tuple[str, str] | None:  # noqa: ANN401 - any JSON value
    """(the tool, what to bring instead); None when it is not one of those known here."""
    document = inside(document)
    wrapped = inside(document.get("sbom"))  # as GitHub gives its dependency graph
    if "csaf_version" in inside(document.get("document")):
        return "CSAF", "CycloneDX VEX"
    for signs, tool, instead in SIGNS:
        if signs <= set(document) or signs <= set(wrapped):
            return tool, instead
    is_lock = "lockfileVersion" in document
    return ("package-lock.json", "npm sbom --sbom-format cyclonedx") if is_lock else None
