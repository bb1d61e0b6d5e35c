"""Signing in and out: the routes that are served before the application is."""

import json
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import (
    TOKENS_COOKIE_NAME,
    USER_COOKIE_NAME,
)

from data.store import Store
from portfolio.errors import Forbidden, Invalid, Refusal
from services import accounts, doors, invitations, presented
from services.doors import Door
from services.provider import provider
from views import web
from views.sign_in_page import Field, Page, shown, status_of, text_of
from views.text import Text

MOST_BYTES = 10_000  # of a form
Opened = Callable[[], Store]
Told = Mapping[str, str]


def routes(opened: Opened) -> list[Route]:
    """Every route of signing in and out, on the store that ``opened`` gives."""

    def on(path: str, act: Callable[[Store, Request, Told], Response], *methods: str) -> Route:
        async def answer(request: Request) -> Response:
            told = await _form(request) if request.method == "POST" else {}
            if told is None:
                return _foreign(request)
            return await run_in_threadpool(_answered, opened, act, request, told)

        return Route(path, answer, methods=list(methods))

    return [
        on("/connexion", sign_in, "GET", "POST"),
        on("/connexion/fournisseur", to_provider, "GET"),
        on("/entree", enter, "GET"),
        on("/invitation/{token}", invitation, "GET", "POST"),
        on("/deconnexion", sign_out, "GET"),
    ]


async def _form(request: Request) -> Told | None:
    """What was typed; None unless a page of this house sent it, and no more than a form holds."""
    length = request.headers.get("content-length", "")
    if not web.is_from_here(request) or not length.isdecimal() or int(length) > MOST_BYTES:
        return None
    async with request.form(max_files=0, max_fields=10) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _foreign(request: Request) -> Response:
    text = text_of(request)
    error = text.refusal(Forbidden("from-elsewhere"))
    page = Page(text("sign_in.title"), error=error, link="/connexion", status=403,
                button=text("sign_in.again"))  # fmt: skip
    return shown(request, page)


def _answered(
    opened: Opened, act: Callable[[Store, Request, Told], Response], request: Request, told: Told
) -> Response:
    """The answer, or in words why there is none."""
    try:
        return act(opened(), request, told)
    except Refusal as refusal:
        text = text_of(request)
        page = Page(text("sign_in.title"), error=text.refusal(refusal), link="/connexion",
                    button=text("sign_in.again"), status=status_of(refusal))  # fmt: skip
        return shown(request, page)


def sign_in(store: Store, request: Request, told: Told) -> Response:
    """The page that asks who one is, and what was typed there."""
    door = doors.door(store)
    if request.method == "POST" and door is Door.LOCAL:  # whoever the browser's cookie says it is
        return _typed(store, request, told)
    if door is Door.DEMO or doors.who(store, web.token_of(request), doors.now()):
        return RedirectResponse(web.kept_way(request), 303)
    return shown(request, _asking(store, request, door))


def _asking(store: Store, request: Request, door: Door, login: str = "", error: str = "") -> Page:
    text = text_of(request)
    small = [text("sign_in.first_use")] if doors.is_first_use(store) else []
    notice = "" if error else _notice(request, text)
    if "refus" in request.query_params and not error:
        error = text("sign_in.provider_refused")
    if door is Door.PROVIDER:
        return Page(
            text("sign_in.title"), [text("sign_in.provider")], notice=notice, error=error,
            button=text("sign_in.to_provider"), link="/connexion/fournisseur", small=small,
        )  # fmt: skip
    fields = (
        Field("login", text("sign_in.login"), "username", value=login),
        Field("password", text("sign_in.password"), "current-password", "password"),
    )
    small = small or [text("sign_in.forgotten")]
    return Page(
        text("sign_in.title"), fields=fields, button=text("sign_in.enter"), error=error,
        notice=notice, small=small,
    )  # fmt: skip


def _notice(request: Request, text: Text) -> str:
    if "sortie" in request.query_params:
        return text("sign_in.signed_out")
    if web.token_of(request):
        return text("sign_in.over")
    return text("sign_in.way") if web.kept_way(request) != "/" else ""


def _typed(store: Store, request: Request, told: Told) -> Response:
    login = told.get("login", "")
    given = login, told.get("password", ""), web.address_of(request)
    try:
        token = accounts.sign_in(store, *given, doors.now())
    except Refusal as refusal:
        error = text_of(request).refusal(refusal)
        page = _asking(store, request, Door.LOCAL, login, error)
        answer = shown(request, page)
        answer.status_code = status_of(refusal)
        if refusal.code == "sign-in-wait":
            answer.headers["retry-after"] = str(refusal.facts["seconds"])
        return answer
    return _entered(store, request, token)


def _entered(store: Store, request: Request, token: str) -> Response:
    """On to the page asked for, under a new token; the one the browser came with holds no more.

    Whoever chose no language here finds the one of their profile.
    """
    doors.sign_out(store, web.token_of(request), doors.now())
    answer = RedirectResponse(web.kept_way(request), 303)
    web.give(answer, web.SESSION, token, doors.hours().longest)
    person = doors.who(store, token, doors.now())
    if person and web.LANGUAGE not in request.cookies:
        kept = web.cookie(web.LANGUAGE, person.language, web.A_YEAR, is_hidden=False)
        answer.headers.append("set-cookie", kept)
    web.take_back(answer, web.WAY, web.INVITATION)
    person = doors.who(store, token, doors.now())
    if person and web.LANGUAGE not in request.cookies:
        kept = web.cookie(web.LANGUAGE, person.language, web.A_YEAR, is_hidden=False)
        answer.headers.append("set-cookie", kept)
    return answer


def to_provider(store: Store, request: Request, told: Told) -> Response:
    """On to the provider, as st.login does: state, nonce and PKCE are Streamlit's and Authlib's."""
    if doors.door(store) is not Door.PROVIDER:
        return RedirectResponse("/connexion", 303)
    return RedirectResponse(generate_login_redirect_url("default"), 303)


def enter(store: Store, request: Request, told: Told) -> Response:
    """Back from the provider: in, or a page that says who one is there and is not here."""
    known = provider()
    claims, tokens = _sealed(request, USER_COOKIE_NAME), _sealed(request, TOKENS_COOKIE_NAME)
    if known is None or not claims.get("is_logged_in"):
        return RedirectResponse("/connexion?refus=1", 303)
    someone = presented.read(claims, str(tokens.get("id_token", "")), known.client_id)
    link = unquote(request.cookies.get(web.INVITATION, ""))
    try:
        token = presented.enter(store, someone, known, link, doors.now())
    except Refusal as refusal:
        answer = shown(request, _unknown(text_of(request), someone, refusal))
        web.take_back(answer, web.INVITATION)
        return answer
    return _entered(store, request, token)


def _sealed(request: Request, cookie: str) -> Mapping[str, object]:
    """What Streamlit sealed in a cookie with our secret; nothing when it is absent or forged."""

    def part(name: str) -> bytes | None:
        value = request.cookies.get(name)
        if value is None:
            return None
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1", "ignore"))

    sealed = get_cookie_with_chunks(part, cookie)
    said = json.loads(sealed) if sealed else {}
    return said if isinstance(said, dict) else {}


def _unknown(text: Text, someone: presented.Presented, refusal: Refusal) -> Page:
    facts = (("name", someone.name), ("email", someone.email), ("issuer", someone.issuer),
             ("subject", someone.subject))  # fmt: skip
    lines = [text("sign_in.ask_administrator")] if refusal.code == "identity-unknown" else []
    return Page(
        text("sign_in.not_known"), lines, status=status_of(refusal), error=text.refusal(refusal),
        facts=[(text(f"sign_in.fact.{name}"), value) for name, value in facts if value],
        button=text("sign_in.other_account"), link="/connexion/fournisseur",
    )  # fmt: skip


def invitation(store: Store, request: Request, told: Told) -> Response:
    """The page of an invitation: a login and a password to choose, or on to the provider."""
    token = request.path_params["token"]
    invited = invitations.open_link(store, token, doors.now())
    text = text_of(request)
    if doors.door(store) is Door.PROVIDER:
        page = Page(
            text("sign_in.welcome", name=invited.person.name), [text("sign_in.bind")],
            button=text("sign_in.to_provider"), link="/connexion/fournisseur",
        )  # fmt: skip
        answer = shown(request, page)
        web.give(answer, web.INVITATION, token, web.WHILE_SIGNING_IN)
        return answer
    if request.method == "POST":
        return _redeemed(store, request, told, invited)
    return shown(request, _choosing(store, text, invited))


def _choosing(
    store: Store, text: Text, invited: invitations.Opened, login: str = "", error: str = "",
    status: int = 200,
) -> Page:  # fmt: skip
    kept = accounts.login_of(store, invited.person.code)
    fields = (
        Field("login", text("sign_in.login"), "username", value=kept or login,
              help="" if kept else text("sign_in.login_help"), fixed=bool(kept)),
        Field("password", text("sign_in.new_password"), "new-password", "password",
              help=text("sign_in.password_help")),
        Field("again", text("sign_in.password_again"), "new-password", "password"),
    )  # fmt: skip
    title = text("sign_in.welcome", name=invited.person.name)
    lines = [text("sign_in.reset" if kept else "sign_in.choose")]
    return Page(title, lines, (), fields, text("sign_in.enter"), error=error, status=status)


def _redeemed(
    store: Store, request: Request, told: Told, invited: invitations.Opened
) -> Response:
    login, password = told.get("login", ""), told.get("password", "")
    token = request.path_params["token"]
    try:
        if told.get("again") != password:
            raise Invalid("passwords-differ")
        return _entered(
            store, request, accounts.redeem(store, token, login, password, doors.now())
        )
    except Invalid as refusal:
        text = text_of(request)
        error, status = text.refusal(refusal), status_of(refusal)
        return shown(request, _choosing(store, text, invited, login, error, status))


def sign_out(store: Store, request: Request, told: Told) -> Response:
    """Out, when a link of this house was followed; otherwise the link."""
    door = doors.door(store)
    if door is Door.DEMO:
        return RedirectResponse("/", 303)
    if not web.was_followed_here(request):
        text = text_of(request)
        page = Page(text("sign_in.leave"), button=text("sign_in.leave"), link="/deconnexion")
        return shown(request, page)
    doors.sign_out(store, web.token_of(request), doors.now())
    way = "/auth/logout" if door is Door.PROVIDER else "/connexion?sortie=1"
    answer = RedirectResponse(way, 303)
    web.take_back(answer, web.SESSION, web.WAY, web.INVITATION)
    return answer
