"""Asks another server for a document: safely, bounded in size and time, or a clear refusal."""

import time
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit

import requests

from portfolio.errors import Invalid

SECONDS = 20.0  # to connect, and between two pieces of the answer
IN_ALL = 120.0  # seconds for the whole answer
MOST_BYTES = 50_000_000
MOST_TURNS = 3  # redirections followed, all on the same host
PIECE = 65_536


def get(
    url: str,
    headers: Mapping[str, str] | None = None,
    *,
    most_bytes: int = MOST_BYTES,
    seconds: float = SECONDS,
) -> bytes:
    """The body of the answer to a GET; Invalid for whatever is not a whole answer in good time.

    https only, but for this very machine; headers (a token) never go to another host.
    """
    deadline = time.monotonic() + max(IN_ALL, seconds)
    with requests.Session() as session:
        session.trust_env = not _is_here(url)  # no proxy stands between a machine and itself
        for _ in range(MOST_TURNS + 1):
            _safe(url)
            try:
                with session.get(
                    url, headers=dict(headers or {}), stream=True, timeout=seconds,
                    allow_redirects=False,
                ) as answer:  # fmt: skip
                    if not answer.is_redirect:
                        return _body(answer, url, most_bytes, deadline)
                    url = _turned(url, answer.headers["location"])
            except (requests.Timeout, requests.ConnectionError) as error:
                raise Invalid("no-answer", url=url, found=_why(error)) from None
            except requests.RequestException as error:
                raise Invalid("no-good-answer", url=url, found=_why(error)) from None
    raise Invalid("redirected", url=url, found=url)


def _safe(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.scheme in ("http", "https")
    except ValueError:
        is_whole = False
    if not is_whole or (parts.scheme == "http" and not _is_here(url)):
        raise Invalid("not-a-safe-address", found=url[:200], accepted="https://…")


def _is_here(url: str) -> bool:
    """Whether the address is of this very machine."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _turned(url: str, place: str) -> str:
    """Where the answer sends us, on the same host and as safely."""
    new = urljoin(url, place)
    before, after = urlsplit(url), urlsplit(new)
    if (before.scheme, before.netloc) != (after.scheme, after.netloc):
        raise Invalid("redirected", url=url, found=f"{after.scheme}://{after.netloc}")
    return new


def _body(answer: requests.Response, url: str, most_bytes: int, deadline: float) -> bytes:
    if answer.status_code != requests.codes.ok:
        raise Invalid("answer-status", url=url, found=f"{answer.status_code} {answer.reason}")
    pieces, size = [], 0
    for piece in answer.iter_content(PIECE):
        size += len(piece)
        if size > most_bytes:
            raise Invalid("answer-too-big", url=url, accepted=f"≤ {most_bytes // 1_000_000} Mo")
        if time.monotonic() > deadline:
            raise Invalid("no-answer", url=url, found="…")
        pieces.append(piece)
    return b"".join(pieces)


def _why(error: Exception) -> str:
    """The library's name for what happened: its sentence names machines and is in English."""
    return type(error).__name__
