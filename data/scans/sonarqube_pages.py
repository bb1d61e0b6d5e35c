"""The pages of one search of SonarQube, put together again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.scans.sonarqube import has_issues
from data.scans.sonarqube_issues import kind_of, project_of, total
from data.scans.values import JsonObject, inside, items

Opened = tuple[str, Any]  # a file's name, a JSON value of any kind


@dataclass(slots=True)
class _Pages:
    """Pages that speak of the same projects, and of as many issues."""

    kind: str
    total: int | None
    projects: set[str]
    pages: list[tuple[str, JsonObject]] = field(default_factory=list)


def joined(files: Sequence[Opened]) -> Iterator[Opened]:
    """The files, with the pages of one search made one document, in the place of the first.

    Pages are of one search when they found as many issues in all, of the same kind, and share a
    project: two searches are never taken for one, so that nothing is gone by mistake.
    """
    searches: list[_Pages] = []
    others: list[Opened | _Pages] = []
    for name, document in files:
        if not isinstance(document, dict) or not has_issues(document):
            others.append((name, document))
            continue
        page = _page(document)
        known = next((s for s in searches if _is_same(s, page)), None)
        if known is None:
            searches.append(page)
            others.append(page)
        (known or page).projects |= page.projects
        (known or page).pages.append((name, document))
    yield from (_whole(one) if isinstance(one, _Pages) else one for one in others)


def _page(document: JsonObject) -> _Pages:
    kind = kind_of(document)
    projects = {project_of(document, inside(issue)) for issue in items(document.get(kind))}
    return _Pages(kind, total(document), projects)


def _is_same(search: _Pages, page: _Pages) -> bool:
    is_alike = (search.kind, search.total) == (page.kind, page.total)
    return is_alike and search.total is not None and bool(search.projects & page.projects)


def _whole(search: _Pages) -> Opened:
    (name, first), *others = search.pages
    if not others:
        return name, first
    lists = {
        part: [one for _, page in search.pages for one in items(page.get(part))]
        for part in (search.kind, "components")
    }
    return f"{name} + {len(others)}", {**first, **lists}
