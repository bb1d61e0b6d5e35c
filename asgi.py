"""The served door: the same application, with the language of its page, and a strict browser."""

import base64
import hashlib
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.store import Store
from portfolio.errors import Refusal
from services import doors, house, post
from services.postman import Postman
from services.provider import provider
from views import mail, public_pages, sign_in, web
from views.gate import Gate
from views.text import LANGUAGES, Text

HERE = Path(__file__).parent
INDEX = Path(st.__file__).parent / "static" / "index.html"
FONT = "./app/static/source-sans-3-latin.woff2"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_DROPPED = re.compile(r"<!--.*?-->|<link\s+rel=\"(?:service-desc|preload)\"[^>]*>", re.DOTALL)

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@cache
def policy() -> str:
    """What a page may load: this house only, no eval, no inline script but Streamlit's own."""
    scripts = " ".join(f"'sha256-{_digest(body)}'" for body in _INLINE.findall(_bare_index()))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: 'wasm-unsafe-eval' {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "media-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _digest(body: str) -> str:
    return base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()


@cache
def _bare_index() -> str:
    """Streamlit's page without its comments, its unused font, and its address for machines."""
    whole = _DROPPED.sub("", INDEX.read_text(encoding="utf-8"))
    return re.sub(r"<noscript>.*?</noscript>", "<noscript></noscript>", whole, flags=re.DOTALL)


@cache
def index(language: str) -> bytes:
    """The page that loads the application, in a language."""
    text = Text(language)
    scripts = f'<link rel="preload" href="{FONT}" as="font" type="font/woff2" crossorigin>'
    scripts += '<script src="./app/static/locale.js"></script>'
    scripts += '<script src="./app/static/session.js"></script>'
    if language == "fr":
        scripts += '<script defer src="./app/static/streamlit_words.js"></script>'
    page = _bare_index().replace('lang="en"', f'lang="{language}"', 1)
    page = page.replace("<noscript></noscript>", f"<noscript>{text('common.noscript')}</noscript>")
    page = page.replace("<title>Streamlit</title>", f"<title>{text('common.app')}</title>")
    page = page.replace("./favicon.png", "./app/static/icon.svg")
    return page.replace('<meta charset="UTF-8" />', f'<meta charset="UTF-8" />{scripts}').encode()


class Envelope:
    """Every answer leaves with its headers; a page leaves in its language."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the whole application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        await self.app(scope, receive, _sealed(request, send))


def _sealed(request: Request, send: Send) -> Callable[[Message], object]:
    replaced = False

    async def sealed(message: Message) -> None:
        nonlocal replaced
        if message["type"] == "http.response.start":
            replaced = _is_page(message)
            if replaced:
                _retitle(request, message)
            _protect(request, message)
        elif replaced:
            if message.get("more_body"):
                return
            body = b"" if request.method == "HEAD" else index(web.language_of(request))
            message = {"type": "http.response.body", "body": body}
        await send(message)

    return sealed


def _is_page(message: Message) -> bool:
    """Whether it is Streamlit's page, in no language yet; those of the doors have theirs."""
    headers = MutableHeaders(scope=message)
    is_ours = "content-language" in headers
    kind = headers.get("content-type", "")
    return message["status"] == 200 and kind.startswith("text/html") and not is_ours


def _retitle(request: Request, message: Message) -> None:
    """Headers of a page: never kept by the browser, since its language may change."""
    headers = MutableHeaders(scope=message)
    for name in ("etag", "last-modified", "content-encoding", "content-length"):
        if name in headers:
            del headers[name]
    language = web.language_of(request)
    headers["content-length"] = str(len(index(language)))
    headers["content-language"] = language
    headers["cache-control"] = "no-store"
    if web.asked_language(request):
        headers.append("set-cookie", _language_cookie(language))


def _protect(request: Request, message: Message) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in HEADERS.items():
        headers[name] = value
    headers.setdefault("content-security-policy", policy())  # a public page has its own
    if not web.is_secure(request):
        return
    headers["strict-transport-security"] = f"max-age={int(web.A_YEAR.total_seconds())}"
    message["headers"] = [
        (name, value + b"; Secure" if _lacks_secure(name, value) else value)
        for name, value in message["headers"]
    ]


def _lacks_secure(name: bytes, value: bytes) -> bool:
    return name.lower() == b"set-cookie" and b"; secure" not in value.lower()


def _language_cookie(language: str) -> str:
    return web.cookie(web.LANGUAGE, language, web.A_YEAR, is_hidden=False)


async def choose_language(request: Request) -> Response:
    """Keep the language, and go back to the page one came from."""
    language = request.path_params["language"]
    if language not in LANGUAGES:
        return PlainTextResponse("404", status_code=404)
    answer = RedirectResponse(_back(request), status_code=303)
    answer.headers.append("set-cookie", _language_cookie(language))
    return answer


def _back(request: Request) -> str:
    """The path one came from, on this house only, without the language it asked for."""
    came = urlsplit(request.headers.get("referer", ""))
    if came.netloc != request.url.netloc or came.path.startswith("//"):
        return "/"
    kept = [part for part in came.query.split("&") if part and "lang" not in parse_qs(part)]
    return (came.path or "/") + ("?" + "&".join(kept) if kept else "")


async def health(request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok")


async def ready(request: Request) -> Response:
    """The process and its database answer."""
    try:
        await run_in_threadpool(_open_once)
    except Refusal as refusal:
        return PlainTextResponse(refusal.code, status_code=503)
    return PlainTextResponse("ready")


@cache
def _open_once() -> Store:
    return house.open_house()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """While the house is served, its postman walks."""
    write = mail.writer(os.environ.get("ARBITRAGE_PUBLIC_URL", ""))
    postman = Postman(_open_once, post.server_of(), write)
    try:
        yield
    finally:
        await run_in_threadpool(postman.close)


_PROVIDER = provider()
doors.hours()  # what cannot be read stops the server here, and not each visitor later
app = st.App(
    HERE / "streamlit_app.py",
    lifespan=lifespan,
    secrets=_PROVIDER.secrets() if _PROVIDER else None,
    middleware=[Middleware(Envelope), Middleware(Gate, opened=_open_once)],
    routes=[
        Route("/lang/{language}", choose_language),
        Route("/health", health),
        Route("/ready", ready),
        *sign_in.routes(_open_once),
        *public_pages.routes(_open_once),
    ],
)
