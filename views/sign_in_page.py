"""The one HTML page of signing in, filled in: it is served before the application is."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

from portfolio.errors import Refusal
from views import web
from views.text import LANGUAGES, Text

NAMES = {"fr": "Français", "en": "English"}
_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    trim_blocks=True,
    undefined=jinja2.StrictUndefined,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to type; ``fills`` tells a password manager what it is."""

    name: str
    label: str
    fills: str
    kind: str = "text"
    value: str = ""
    help: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What is said and asked: lines, facts, then a form, or a link that looks like a button.

    error     a refusal, in words; read out at once
    small     what few people need to read
    """

    title: str
    lines: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    fields: Sequence[Field] = ()
    button: str = ""
    link: str = ""
    error: str = ""
    notice: str = ""
    small: Sequence[str] = ()
    status: int = 200


def shown(request: Request, page: Page) -> HTMLResponse:
    """The page as it is sent, never kept by the browser."""
    language = web.language_of(request)
    other = next(code for code in LANGUAGES if code != language)
    text = Text(language)
    body = _TEMPLATES.get_template("sign_in.html").render(
        language=language,
        app=text("common.app"),
        other={"code": other, "name": NAMES[other], "way": f"?lang={other}"},
        action=request.url.path,
        focus=next((f.name for f in page.fields if not (f.value or f.fixed)), ""),
        **{name: getattr(page, name) for name in Page.__dataclass_fields__},
    )
    headers = {"cache-control": "no-store", "content-language": language}
    answer = HTMLResponse(body, page.status, headers)
    if web.asked_language(request):
        kept = web.cookie(web.LANGUAGE, language, web.A_YEAR, is_hidden=False)
        answer.headers.append("set-cookie", kept)
    return answer


def text_of(request: Request) -> Text:
    """The words of the request's language."""
    return Text(web.language_of(request))


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal of the doors."""
    statuses = {"sign-in-wait": 429, "invitation-unknown": 404}
    gone = {"invitation-used": 410, "invitation-expired": 410}
    barred = dict.fromkeys(("identity-unknown", "identity-taken", "account-disabled"), 403)
    return (statuses | gone | barred).get(refusal.code, 422)
