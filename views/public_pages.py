"""The public pages: plain HTML beneath /public, without a script and without signing in."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime

import anyio
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from data.exporters import open_data
from data.exporters.open_data_tables import TABLES
from data.store import Store
from portfolio.clock import day_of
from portfolio.errors import Missing, Refusal
from portfolio.public_dossier import PublicProject, Sitting
from services.publication import Published, every_published, published
from views import public_chart, public_feed, public_trial, web
from views.public_served import Visit, busy, missing, page, sent
from views.public_words import Words

Opened = Callable[[], Store]
EVERY = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
AT_ONCE, WAITING, PATIENCE = 2, 16, 8.0  # trials worked out, waiting for their turn, and how long


def routes(opened: Opened) -> list[Route]:
    """Every route beneath /public: what is asked for there never reaches the application."""
    line = _Line(opened)

    def on(path: str, act: Callable[[Visit], Response]) -> Route:
        async def answer(request: Request) -> Response:
            return await run_sync(_answered, opened, act, request)

        return Route(f"/public{path}", answer, methods=["GET"])

    async def nowhere(request: Request) -> Response:
        return await run_sync(_answered, opened, missing, request)

    return [
        on("/", index),
        on("/{cycle}", dossier),
        on("/{cycle}/projet/{code:path}", project),
        on("/{cycle}/methode", method),
        on("/{cycle}/donnees", data),
        on("/{cycle}/data.zip", package),
        on("/{cycle}/datapackage.json", file),
        on("/{cycle}/data/{name}.csv", file),
        on("/{cycle}/decisions.atom", feed),
        Route("/public/{cycle}/essai", line.answer, methods=["GET"]),
        Route("/public", _front, methods=["GET"]),
        Route("/public", nowhere, methods=EVERY),
        Route("/public/{rest:path}", nowhere, methods=EVERY),
    ]


async def _front(request: Request) -> Response:
    return RedirectResponse("/public/", 308)


class _Line:
    """Those who try their weights: a few at once, some waiting; solving must not starve the rest.

    They wait on the event loop, where waiting takes no thread.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._waiting = 0
        self._room: anyio.CapacityLimiter | None = None

    async def answer(self, request: Request) -> Response:
        """The page, or a polite 503."""
        if self._room is None:  # made where the loop runs
            self._room = anyio.CapacityLimiter(AT_ONCE)
        if not request.query_params or self._waiting >= WAITING:
            act = public_trial.shown if not request.query_params else _crowded
            return await run_sync(_answered, self._opened, act, request)
        self._waiting += 1
        try:
            with anyio.move_on_after(PATIENCE):
                await self._room.acquire_on_behalf_of(request)
                return await self._solved(request)
        finally:
            self._waiting -= 1
        return await run_sync(_answered, self._opened, _crowded, request)

    async def _solved(self, request: Request) -> Response:
        assert self._room is not None
        with anyio.CancelScope(shield=True):  # what is begun is ended, within its own limit
            try:
                return await run_sync(_answered, self._opened, public_trial.shown, request)
            finally:
                self._room.release_on_behalf_of(request)


def _crowded(visit: Visit) -> Response:
    return busy(visit, "public.crowded")


def _answered(opened: Opened, act: Callable[[Visit], Response], request: Request) -> Response:
    """The answer; nothing is told of what is not published, nor of why."""
    visit = Visit(request, opened)
    try:
        return act(visit)
    except Missing:
        return missing(visit)
    except Refusal:
        return busy(visit, "public.closed")


def _published(visit: Visit) -> Published:
    return published(visit.store, visit.request.path_params["cycle"])


def index(visit: Visit) -> Response:
    """Every published cycle."""
    cycles = [visit.words(one.dossier) for one in every_published(visit.store)]
    return page(visit, "index.html", visit.text("public.index.title"), cycles=cycles, on=_on)


def dossier(visit: Visit) -> Response:
    """A cycle: what was decided of each project, and where the money goes."""
    shown = _published(visit)
    words, text = visit.words(shown.dossier), visit.text
    asked = {name: visit.asked(name) for name in ("q", "verb", "service", "category")}
    days = ", ".join(words.day(one.on) for one in shown.dossier.sittings)
    return page(
        visit, "dossier.html", words.said(shown.dossier.title), shown, here="decisions",
        held=text("public.dossier.held", n=len(shown.dossier.sittings), days=days),
        asked=asked, is_filtered=any(asked.values()), choices=_choices(words),
        shown=[p for p in shown.dossier.projects if _answers(words, p, asked)],
        chart=public_chart.bars(shown.dossier),
    )  # fmt: skip


def _choices(words: Words) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """(name, label, words for any, values with their words) of each way to choose projects."""
    text, projects = words.text, words.dossier.projects
    verbs = {str(p.verb): words.verb(p) for p in projects}
    services = {p.service: p.service for p in projects if p.service}
    categories = {str(p.category): words.category(p) for p in projects}
    every, any_verb = text("public.dossier.any"), text("public.dossier.any_verb")
    return [
        ("verb", text("public.dossier.verb"), any_verb, sorted(verbs.items(), key=_second)),
        ("service", text("public.dossier.service"), every, sorted(services.items())),
        ("category", text("public.dossier.category"), any_verb,
         sorted(categories.items(), key=_second)),
    ]  # fmt: skip


def _second(pair: tuple[str, str]) -> str:
    return pair[1]


def _answers(words: Words, one: PublicProject, asked: dict[str, str]) -> bool:
    """Whether the project answers what was chosen; every typed word stands in its title or code."""
    said = f"{one.code} {one.title.fr} {one.title.en}".casefold()
    return (
        all(word in said for word in asked["q"].casefold().split())
        and asked["verb"] in ("", one.verb)
        and asked["service"] in ("", one.service)
        and asked["category"] in ("", one.category)
    )


def project(visit: Visit) -> Response:
    """A project: the decision, its reason, its money; why it is out, and what would bring it in."""
    shown = _published(visit)
    found = shown.dossier.project(visit.request.path_params["code"])
    if found is None:
        raise Missing("no-such-project", found=visit.request.path_params["code"])
    words = visit.words(shown.dossier)
    promise = next((v for v in shown.dossier.promises if v.project == found.code), None)
    return page(
        visit, "project.html", words.title(found.code), shown, p=found, promise=promise,
        facts=_facts(words, found), gates=_gates(words, found),
        shares={c.key: c.share for c in shown.dossier.criteria},
        measured={c.key for c in shown.dossier.leaves if c.measure},
    )  # fmt: skip


def _facts(words: Words, one: PublicProject) -> list[tuple[str, str, bool]]:
    """What is told of the project, in order, and whether people typed it in their language."""
    text = words.text
    law = text("public.project.law_line", law=one.law, article=one.article)
    told = (
        ("service", one.service), ("sponsor", one.sponsor), ("category", words.category(one)),
        ("problem", one.problem), ("outcome", one.outcome), ("beneficiaries", one.beneficiaries),
        ("law", law if one.article else one.law), ("systems", ", ".join(one.systems)),
    )  # fmt: skip
    return [
        (text(f"public.project.{name}"), value, name != "category")
        for name, value in told if value
    ]  # fmt: skip


def _gates(words: Words, one: PublicProject) -> list[tuple[str, list[tuple[str, str]]]]:
    """Group -> its questions with the project's answers."""
    groups = {q.key: q.group for q in words.dossier.questions}
    found: dict[str, list[tuple[str, str]]] = {}
    for reply in one.replies:
        group = groups.get(reply.question, "")
        key = f"public.group.{group}"
        title = words.text(key) if words.text.has(key) else group
        found.setdefault(title, []).append(words.reply(reply.question, reply.answer))
    return list(found.items())


def method(visit: Visit) -> Response:
    """How the committee chooses: criteria, weights, rules and proof."""
    shown, text = _published(visit), visit.text

    def journal(one: Sitting) -> str:
        return text("public.method.journal_line", n=one.journal, head=one.head)

    return page(visit, "method.html", text("public.method.title"), shown, here="method",
                journal=journal)  # fmt: skip


def data(visit: Visit) -> Response:
    """The open data: every table, its licence and its fingerprint."""
    shown = _published(visit)
    sha256 = hashlib.sha256(open_data.package(shown.dossier)).hexdigest()
    return page(visit, "data.html", visit.text("public.data.title"), shown, here="data",
                tables=TABLES, zip_sha256=sha256, on=_on)  # fmt: skip


def package(visit: Visit) -> Response:
    """All of the open data in one zip."""
    found = _published(visit).dossier
    name = f"arbitrage-{found.number}.zip"
    return sent(visit.request, open_data.package(found), "application/zip", name=name)


def file(visit: Visit) -> Response:
    """One file of the open data."""
    held = open_data.files(_published(visit).dossier)
    name = visit.request.path_params.get("name")
    path = f"data/{name}.csv" if name else open_data.PACKAGE
    if path not in held:
        raise Missing("no-such-file", found=path)
    return sent(visit.request, held[path], KINDS[path.rpartition(".")[2]])


def feed(visit: Visit) -> Response:
    """The decisions as an Atom feed."""
    shown = _published(visit)
    written = public_feed.atom(visit.words(shown.dossier), web.base_of(visit.request))
    return sent(visit.request, written, "application/atom+xml; charset=utf-8", visit.language)


def _on(words: Words) -> date:
    """The day of the publication."""
    return day_of(datetime.fromisoformat(words.dossier.at))
