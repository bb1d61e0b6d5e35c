"""How a public page or file leaves: its language, its headers, and what is told when none is."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jinja2
from starlette.requests import Request
from starlette.responses import Response

from data.store import Store
from portfolio.public_dossier import PublicDossier
from services.publication import Published
from views import web
from views.public_words import Words, address
from views.sign_in_page import NAMES
from views.text import LANGUAGES, Text

POLICY = (  # no script at all
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
LICENCE = "CC BY 4.0"
FRESH = "public, no-cache"  # kept by whoever asked, and asked for again: what is withdrawn is gone
_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "public_html"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)


@dataclass(frozen=True)
class Visit:
    """A request of someone who is not asked who she is; ``opened`` gives the store."""

    request: Request
    opened: Callable[[], Store]

    @property
    def store(self) -> Store:
        return self.opened()

    @property
    def language(self) -> str:
        """What the address says, else French: one address, one page."""
        return web.asked_language(self.request) or LANGUAGES[0]

    @property
    def text(self) -> Text:
        return Text(self.language)

    def asked(self, name: str) -> str:
        """A value of the address; "" when it is not there."""
        return self.request.query_params.get(name, "").strip()

    def words(self, dossier: PublicDossier) -> Words:
        """The dossier in the visit's language."""
        return Words(self.text, dossier)


def page(
    visit: Visit, template: str, title: str, of: Published | None = None, status: int = 200,
    **told: object,
) -> Response:  # fmt: skip
    """A page filled in."""
    language = visit.language
    other = next(code for code in LANGUAGES if code != language)
    way = visit.request.url.include_query_params(lang=other)
    common: dict[str, object] = {
        "language": language,
        "text": visit.text,
        "app": visit.text("common.app"),
        "title": title,
        "home": address(language),
        "licence": LICENCE,
        "here": "",
        "other": {"code": other, "name": NAMES[other], "way": f"?{way.query}"},
        "words": visit.words(of.dossier) if of else None,
        "sha256": of.publication.sha256 if of else "",
    }
    body = _TEMPLATES.get_template(template).render(common | told)
    return sent(visit.request, body.encode(), "text/html; charset=utf-8", language, status)


def sent(
    request: Request, body: bytes, kind: str, language: str = "", status: int = 200, name: str = ""
) -> Response:
    """The bytes with their tag; 304 to whoever has them already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"cache-control": FRESH, "etag": tag, "content-security-policy": POLICY}
    if language:
        headers["content-language"] = language
    if name:
        headers["content-disposition"] = f'attachment; filename="{name}"'
    known = [one.strip().removeprefix("W/") for one in
             request.headers.get("if-none-match", "").split(",")]  # fmt: skip
    if status == 200 and (tag in known or "*" in known):
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers | {"content-type": kind})


def missing(visit: Visit) -> Response:
    """Nothing of that address is published: the same words whatever was asked for."""
    text = visit.text
    return page(visit, "message.html", text("public.missing_title"), status=404,
                message=text("public.missing"))  # fmt: skip


def busy(visit: Visit, why: str) -> Response:
    """Nothing can be answered now; in a minute, perhaps."""
    text = visit.text
    answer = page(visit, "message.html", text("public.busy_title"), status=503, message=text(why))
    answer.headers["retry-after"] = "60"
    answer.headers["cache-control"] = "no-store"
    return answer
