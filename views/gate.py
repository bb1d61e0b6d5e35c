"""The gate: whoever is not signed in gets the sign-in pages, and nothing else of the house."""

import re
from collections.abc import Callable
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.store import Store
from portfolio.errors import Refusal
from services import doors
from views import web
from views.sign_in_page import Page, shown, text_of

OPEN = (  # what anyone may ask for; it shows nothing of what the house holds but what it published
    "/health", "/ready", "/lang/", "/connexion", "/entree", "/invitation/", "/deconnexion",
    "/auth/login", "/auth/logout", "/oauth2callback", "/app/static/", "/static/", "/favicon.png",
    "/public",
)  # fmt: skip
SOUGHT = re.compile(r"(/[^/]+)?/_stcore/(health|host-config)")  # beneath any page's address
ENDED = 4401  # the stream's closing code that static/session.js knows
REFUSED = "/connexion?refus=1"
PROVIDERS_COOKIES = "_streamlit_user"


class Gate:
    """Lets requests through to the application, one by one."""

    def __init__(self, app: ASGIApp, opened: Callable[[], Store]) -> None:
        """Guard ``app``; ``opened`` gives the store."""
        self.app = app
        self.opened = opened

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or one stream from its opening to its end."""
        if scope["type"] == "websocket":
            await self._stream(scope, receive, send)
        elif scope["type"] != "http" or is_open(scope["path"]):
            await self.app(scope, receive, _after_provider(scope, send))
        else:
            request = Request(scope)
            answer = await self._refused(request)
            await (answer or self.app)(scope, receive, send)

    async def _refused(self, request: Request) -> Response | None:
        try:
            if await self._admits(request):
                return None
        except Refusal as refusal:
            return _closed(request, refusal)
        is_page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
        if not is_page:
            return PlainTextResponse("401", status_code=401)
        answer = RedirectResponse("/connexion", status_code=303)
        if way := web.way_of(request):
            web.give(answer, web.WAY, way, web.WHILE_SIGNING_IN)
        return answer

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Each message is let through while the session lasts; at its end the stream is closed.

        Streamlit keeps a stream open for hours, and what a fragment runs again never passes
        through the main script: here is the one place that sees everything people do.
        """
        admits = partial(self._admits, HTTPConnection(scope))
        if not await _quietly(admits):
            await receive()
            await send({"type": "websocket.accept", "subprotocol": _protocol(scope)})
            await send({"type": "websocket.close", "code": ENDED})
            return

        async def received() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and not await _quietly(admits):
                await send({"type": "websocket.close", "code": ENDED})
                return {"type": "websocket.disconnect", "code": ENDED}
            return message

        await self.app(scope, received, send)

    async def _admits(self, request: HTTPConnection) -> bool:
        return await run_in_threadpool(self._asked, web.token_of(request))

    def _asked(self, token: str) -> bool:
        return doors.admits(self.opened(), token, doors.now())


def _closed(request: Request, refusal: Refusal) -> Response:
    """Without its database the house cannot know who may come in."""
    text = text_of(request)
    page = Page(text("sign_in.title"), error=text.refusal(refusal), status=503)
    return shown(request, page)


async def _quietly(admits: Callable[[], object]) -> bool:
    """Whether the bearer is admitted; the page itself says why a database does not answer."""
    try:
        return bool(await admits())  # type: ignore[misc]
    except Refusal:
        return True


def _protocol(scope: Scope) -> str | None:
    """The first protocol offered, which is Streamlit's own."""
    offered = scope.get("subprotocols") or [None]
    return offered[0]


def is_open(path: str) -> bool:
    """Whether anyone may ask for the path."""
    return SOUGHT.fullmatch(path) is not None or any(
        path.startswith(way) if way.endswith("/") else path == way or path.startswith(f"{way}/")
        for way in OPEN
    )


def _after_provider(scope: Scope, send: Send) -> Send:
    """Streamlit goes to the first page once the provider has answered; we go on to /entree.

    Its own cookies last thirty days; ours rules, so they go with the browser.
    """
    if scope["type"] != "http":
        return send
    is_silent = False

    async def sent(message: Message) -> None:
        nonlocal is_silent
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            given = [h for h in headers.getlist("set-cookie") if _is_kept(h)]
            is_silent = scope["path"] == "/auth/login" and message["status"] >= 400
            if scope["path"] == "/oauth2callback" and "location" in headers:
                headers["location"] = _next(scope, bool(given))
            elif is_silent:  # the provider does not answer: said on our own page
                message |= {"status": 303, "headers": [(b"location", REFUSED.encode())]}
            message["headers"] = [_brief(name, value) for name, value in message["headers"]]
        elif is_silent:
            message = {"type": "http.response.body", "body": b""}
        await send(message)

    return sent


def _next(scope: Scope, is_presented: bool) -> str:
    if is_presented:
        return "/entree"
    return REFUSED if scope["query_string"] else "/connexion?sortie=1"


def _is_kept(header: str) -> bool:
    name, _, rest = header.partition("=")
    return name == PROVIDERS_COOKIES and not rest.startswith(('""', ";"))


def _brief(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    if name.lower() != b"set-cookie" or not value.startswith(PROVIDERS_COOKIES.encode()):
        return name, value
    parts = value.split(b"; ")
    kept = [p for p in parts if not p.lower().startswith(b"max-age=") or p.lower() == b"max-age=0"]
    return name, b"; ".join(kept)
