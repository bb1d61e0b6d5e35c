"""What a route needs to know of a request: its language, whether it is safe, where to go back."""

import os
import re
from datetime import timedelta
from http.cookies import SimpleCookie
from urllib.parse import quote, unquote, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from views.text import LANGUAGES

LANGUAGE, SESSION = "arbitrage_language", "arbitrage_session"
INVITATION, WAY = "arbitrage_invitation", "arbitrage_way"
A_YEAR = timedelta(days=365)
WHILE_SIGNING_IN = timedelta(minutes=15)
LONGEST_WAY = 2000
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]|^/[/\\]|^[^/]")


def asked_language(request: Request) -> str | None:
    """The language that the address asks for."""
    asked = request.query_params.get("lang")
    return asked if asked in LANGUAGES else None


def language_of(request: Request) -> str:
    """The address first, then the cookie, then French."""
    kept = request.cookies.get(LANGUAGE)
    return asked_language(request) or (kept if kept in LANGUAGES else LANGUAGES[0])


def is_secure(request: HTTPConnection) -> bool:
    """Whether people reach the house over TLS: told by the server, or by ARBITRAGE_PUBLIC_URL."""
    public = os.environ.get("ARBITRAGE_PUBLIC_URL", "")
    return request.url.scheme in ("https", "wss") or public.startswith("https://")


def base_of(request: HTTPConnection) -> str:
    """Where people reach the house: told by ARBITRAGE_PUBLIC_URL, else as this one did."""
    return os.environ.get("ARBITRAGE_PUBLIC_URL", "") or str(request.base_url)


def is_from_here(request: Request) -> bool:
    """Whether a page of this house sent the request: its Origin, which no page can forge."""
    origin = request.headers.get("origin", "")
    public = urlsplit(os.environ.get("ARBITRAGE_PUBLIC_URL", ""))
    if public.netloc:
        return origin == f"{public.scheme}://{public.netloc}"
    return bool(origin) and urlsplit(origin).netloc == request.headers.get("host")


def was_followed_here(request: Request) -> bool:
    """Whether a link of this house was followed, which another site's cannot pretend."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    came = urlsplit(request.headers.get("referer", ""))
    return bool(came.netloc) and came.netloc == request.headers.get("host")


def local_way(asked: str) -> str:
    r"""The address asked for if it is one of this house, otherwise its first page.

    A browser takes //else.where, /\else.where and what decodes to them for another house.
    """
    shown = asked
    for _ in range(3):  # an address encoded twice is read twice by some
        if len(shown) > LONGEST_WAY or _UNSAFE.search(shown.partition("?")[0]):
            return "/"
        shown = unquote(shown)
    parts = urlsplit(asked)
    is_local = asked.startswith("/") and not parts.scheme and not parts.netloc
    return asked if is_local and not set(asked) & set("\r\n\t\\ ") else "/"


def cookie(name: str, value: str, lasts: timedelta, *, is_hidden: bool = True) -> str:
    """A cookie of this house, as the header says it; ``is_hidden`` from the page's scripts."""
    jar: SimpleCookie = SimpleCookie({name: value})
    age = int(lasts.total_seconds())
    jar[name].update({"path": "/", "max-age": age, "samesite": "Lax", "httponly": is_hidden})
    return jar[name].OutputString()


def give(response: Response, name: str, value: str, lasts: timedelta) -> None:
    """Give the browser a cookie that scripts cannot read."""
    response.headers.append("set-cookie", cookie(name, value, lasts))


def take_back(response: Response, *names: str) -> None:
    """Take cookies back from the browser."""
    for name in names:
        give(response, name, "", timedelta())


def kept_way(request: Request) -> str:
    """The address that was asked for before signing in."""
    return local_way(unquote(request.cookies.get(WAY, "/")))


def way_of(request: Request) -> str:
    """The request's own address, as a cookie holds it; "" for the first page."""
    query = f"?{request.url.query}" if request.url.query else ""
    way = local_way(quote(request.url.path, safe="/-._~") + query)
    return "" if way == "/" else quote(way, safe="")


def token_of(request: HTTPConnection) -> str:
    """The session's token that the browser bears; "" = none."""
    return request.cookies.get(SESSION, "")


def address_of(request: Request) -> str:
    """From where the request came, as the server (or its trusted proxy) saw it."""
    return request.client.host if request.client else ""
