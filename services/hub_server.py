"""One tool's server, asked for JSON with its token, and each failure in its own words."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from data import online, strict_json
from portfolio.errors import Invalid

MOST_BYTES = 50_000_000
STATUSES = {
    "401": "live-unauthorised", "403": "live-forbidden", "404": "live-not-found",
    "429": "live-too-often",
}  # fmt: skip


class Heard(Protocol):
    """Told how far the work has come; asked whether to stop."""

    def reached(self, share: float, /) -> None:
        """Told the share 0..1 of the way."""
        ...

    def is_stopped(self) -> bool:
        """Whether to stop."""
        ...


class Nobody:
    """Does not listen, and never stops the work."""

    def reached(self, share: float, /) -> None:
        """Nothing."""

    def is_stopped(self) -> bool:
        return False


@dataclass(slots=True)
class Server:
    """url       of the tool, without the path of its API
    headers   the ways to say who asks, tried in order until one is not refused; never kept nor told
    """

    url: str
    headers: Sequence[Mapping[str, str]] = field(repr=False, default=({},))
    heard: Heard = field(default_factory=Nobody)
    seconds: float = online.SECONDS

    def json(self, path: str, **asked: str | int) -> Any:  # noqa: ANN401 - any JSON value
        """The document at the path; Invalid, in words of its own, for anything else."""
        if self.heard.is_stopped():
            raise Invalid("live-stopped")
        url = f"{self.url.rstrip('/')}/{path}?{urlencode(asked)}"
        content = self._content(url)
        try:
            return strict_json.foreign(content, MOST_BYTES)
        except Invalid as refusal:
            raise Invalid("live-not-json", url=self.url, found=refusal.code) from None

    def _content(self, url: str) -> bytes:
        *others, last = self.headers
        for headers in others:
            try:
                return self._kept(headers, url)
            except Invalid as refusal:
                if refusal.code != "live-unauthorised":
                    raise
        return self._kept(last, url)

    def _kept(self, headers: Mapping[str, str], url: str) -> bytes:
        """The answer; the way that was not refused is the only one used from then on."""
        try:
            content = online.get(url, headers, most_bytes=MOST_BYTES, seconds=self.seconds)
        except Invalid as refusal:
            raise self._said(refusal) from None
        self.headers = (headers,)
        return content

    def _said(self, refusal: Invalid) -> Invalid:
        found = str(refusal.facts.get("found", ""))
        code = STATUSES.get(found.split(" ")[0]) if refusal.code == "answer-status" else None
        if refusal.code == "no-answer" and found == "SSLError":
            code = "live-tls"
        if code is not None:
            return Invalid(code, url=self.url, found=found)
        return Invalid(refusal.code, **refusal.facts | {"url": self.url})


def bearer(token: str) -> tuple[Mapping[str, str], ...]:
    """A SonarQube token as a bearer's, or as the user of old versions; nothing without one."""
    if not token:
        return ({},)
    user = b64encode(f"{token}:".encode()).decode()
    return ({"Authorization": f"Bearer {token}"}, {"Authorization": f"Basic {user}"})


def api_key(token: str) -> tuple[Mapping[str, str], ...]:
    """A Dependency-Track key."""
    return ({"X-Api-Key": token},) if token else ({},)


Fetch = Callable[[Server, str], Sequence[tuple[str, bytes]]]
