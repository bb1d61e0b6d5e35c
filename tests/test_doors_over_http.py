"""The served doors, asked by a client that does what a browser would not."""

import re
import socket
from contextlib import closing

import httpx
import pytest
from serving import served

from data.store import Act
from portfolio.person import Person, Role
from services import doors, house, people
from services.accounts import redeem
from services.people import Newcomer

PHRASE = "une phrase facile à retenir"
PAGE = {"accept": "text/html"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Anne, who has a password."""
    url = f"sqlite:///{tmp_path_factory.mktemp('house') / 'house.db'}"
    with closing(house.open_house(url)) as opened:
        by = people.console(opened)
        link = people.invite(opened, by, Newcomer("Anne", frozenset(Role)), doors.now())
        redeem(opened, link.token, "anne", PHRASE, doors.now())
        yield opened


@pytest.fixture(scope="module")
def where(store, tmp_path_factory):
    with served(str(store.engine.url), tmp_path_factory.mktemp("log")) as at:
        yield at


@pytest.fixture
def visitor(where):
    with httpx.Client(base_url=where, headers=PAGE) as client:
        yield client


def sign_in(visitor, login="anne", password=PHRASE, **headers):
    told = {"origin": str(visitor.base_url).rstrip("/")} | headers
    return visitor.post("/connexion", data={"login": login, "password": password}, headers=told)


def is_in(visitor):
    return visitor.get("/").status_code == 200


def test_the_right_password_opens_the_house(visitor):
    assert not is_in(visitor)
    answer = sign_in(visitor)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert is_in(visitor)


def test_the_session_s_cookie_is_hidden_from_scripts_and_from_other_sites(visitor):
    given = sign_in(visitor).headers.get_list("set-cookie")
    (cookie,) = (c for c in given if c.startswith("arbitrage_session="))
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"} <= set(cookie.split("; "))


def test_the_language_of_one_s_profile_is_found_by_whoever_chose_none_here(visitor):
    assert "arbitrage_language=fr" in str(sign_in(visitor).headers.get_list("set-cookie"))
    visitor.cookies.set("arbitrage_language", "en")
    assert "arbitrage_language" not in str(sign_in(visitor).headers.get_list("set-cookie"))


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_a_form_of_another_site_signs_nobody_in(visitor, origin):
    answer = sign_in(visitor, origin=origin)
    assert answer.status_code == 403
    assert not is_in(visitor)


def test_a_form_longer_than_any_is_not_read(visitor):
    assert sign_in(visitor, password="x" * 20_000).status_code == 403


def test_a_session_brought_along_is_not_the_one_that_signing_in_opens(visitor, where):
    """Whoever planted a token in a browser beforehand gains nothing by it."""
    sign_in(visitor)
    planted = visitor.cookies["arbitrage_session"]
    with httpx.Client(base_url=where, headers=PAGE) as victim:
        victim.cookies.set("arbitrage_session", planted, domain="127.0.0.1")
        victim.cookies.set("arbitrage_session", planted)
        sign_in(victim)
    assert not is_in(visitor)


def test_the_page_asked_for_is_given_after_signing_in(visitor):
    asked = visitor.get("/dette?debt=D3")
    assert (asked.status_code, asked.headers["location"]) == (303, "/connexion")
    assert sign_in(visitor).headers["location"] == "/dette?debt=D3"


@pytest.mark.parametrize("way", ["//evil.example", "/%2f%2fevil.example", "/%5c%5cevil.example"])
def test_signing_in_leads_to_this_house_only(visitor, way):
    visitor.get(httpx.URL(str(visitor.base_url)).copy_with(raw_path=way.encode()))
    assert sign_in(visitor).headers["location"] == "/"


def test_the_same_is_answered_to_a_wrong_password_and_to_a_login_of_nobody(visitor):
    wrong, unknown = (sign_in(visitor, login, "pas la bonne phrase") for login in ("anne", "anna"))
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace("anne", "anna") == unknown.text
    assert "pas la bonne" not in wrong.text


def test_one_goes_on_typing_where_something_lacks(visitor):
    first, again = visitor.get("/connexion").text, sign_in(visitor, "anne", "faux").text
    focused = [re.findall(r'id="(\w+)"[^>]*autofocus', page) for page in (first, again)]
    assert focused == [["login"], ["password"]]


def test_what_was_typed_is_shown_and_never_run(visitor):
    answer = sign_in(visitor, '"><script>alert(1)</script>', "x")
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_too_many_tries_are_told_how_long_to_wait(visitor):
    answers = [sign_in(visitor, "throttled", "x") for _ in range(6)]
    assert [a.status_code for a in answers] == [422] * 5 + [429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 16


def test_another_site_s_link_signs_nobody_out(visitor):
    sign_in(visitor)
    asked = visitor.get("/deconnexion", headers={"sec-fetch-site": "cross-site"})
    assert asked.status_code == 200
    assert is_in(visitor)
    visitor.get("/deconnexion", headers={"sec-fetch-site": "same-origin"})
    assert not is_in(visitor)


def test_a_token_that_was_signed_out_opens_nothing_any_more(visitor):
    sign_in(visitor)
    kept = visitor.cookies["arbitrage_session"]
    visitor.get("/deconnexion", headers={"sec-fetch-site": "same-origin"})
    visitor.cookies.set("arbitrage_session", kept)
    assert not is_in(visitor)


@pytest.mark.parametrize("path", ["/media/a.csv", "/_stcore/upload_file/a/b", "/component/a/b.html",
                                  "/_stcore/metrics", "/_stcore/agent/mcp", "/dette"])  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_nothing_else_is_served_to_whoever_is_not_signed_in(visitor, path, method):
    answer = visitor.request(method, path, headers={"accept": "*/*"})
    assert answer.status_code == 401
    assert answer.text == "401"


def test_whoever_writes_who_they_are_in_a_header_is_nobody(visitor):
    """A header is no proof: any client can send it."""
    for name in ("x-remote-user", "remote-user", "x-forwarded-user", "x-streamlit-user"):
        assert visitor.get("/", headers={name: "anne"}).status_code == 303


@pytest.mark.parametrize("path", ["/connexion", "/invitation/x", "/deconnexion", "/health"])
def test_every_page_of_the_doors_is_sealed_and_never_kept(visitor, path):
    answer = visitor.get(path)
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    if path != "/health":
        assert answer.headers["cache-control"] == "no-store"
        assert "<script" not in answer.text


def test_public_pages_are_served_to_anyone_without_a_script_and_nothing_else_beneath(visitor):
    front = visitor.get("/public/")
    assert (front.status_code, front.headers["content-language"]) == (200, "fr")
    for path in ("/public/", "/public/x", "/public/_stcore/upload_file/a/b", "/public/media/a.csv"):
        answer = visitor.get(path)
        assert answer.status_code == (200 if path == "/public/" else 404)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "set-cookie" not in answer.headers
    assert visitor.put("/public/_stcore/upload_file/a/b").status_code == 404


def test_an_answer_says_nothing_of_the_inside(visitor):
    for path in ("/invitation/%00", "/entree", "/oauth2callback?state=x&code=y", "/auth/login"):
        answer = visitor.get(path)
        assert answer.status_code < 500
        assert "Traceback" not in answer.text


def opening(where, **told):
    """What the server says to whoever opens a stream: the status, and what follows at once."""
    port = int(where.rsplit(":", 1)[1])
    headers = {"Host": f"127.0.0.1:{port}", "Upgrade": "websocket", "Connection": "Upgrade",
               "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13",
               "Sec-WebSocket-Protocol": "streamlit"}  # fmt: skip
    headers |= {name.replace("_", "-"): value for name, value in told.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(f"GET /_stcore/stream HTTP/1.1\r\n{lines}\r\n".encode())
        got = b""
        while b"\r\n\r\n" not in got:
            got += line.recv(4096)
        head, _, rest = got.partition(b"\r\n\r\n")
        status = int(head.split()[1])
        return status, rest or (line.recv(64) if status == 101 and "Cookie" not in told else b"")


def a_cookie(visitor):
    return f"arbitrage_session={visitor.cookies['arbitrage_session']}"


def test_a_stream_without_a_session_is_closed_at_once_with_the_code_that_the_page_knows(
    visitor, where
):
    status, said = opening(where)
    assert (status, said[0], int.from_bytes(said[2:4])) == (101, 0x88, 4401)

    sign_in(visitor)
    status, said = opening(where, Cookie=a_cookie(visitor))
    assert (status, said) == (101, b"")


@pytest.mark.parametrize("told", [
    {"Host": "evil.example"}, {"Origin": "http://evil.example"},
    {"Host": "evil.example", "Origin": "http://evil.example"},
])  # fmt: skip
def test_a_stream_is_opened_by_no_other_site_even_with_a_session(visitor, where, told):
    """The third is what DNS rebinding sends."""
    sign_in(visitor)
    assert opening(where, Cookie=a_cookie(visitor), **told)[0] == 403


def test_over_tls_every_cookie_is_sent_over_tls_only(store, tmp_path):
    public = "https://arbitrage.city.example"
    told = {"ARBITRAGE_PUBLIC_URL": public}
    with (
        served(str(store.engine.url), tmp_path, lambda _: told) as at,
        httpx.Client(base_url=at, headers=PAGE) as visitor,
    ):
        answers = [visitor.get("/dette?lang=en"), sign_in(visitor, origin=public)]
        assert [a.status_code for a in answers] == [303, 303]
        given = [cookie for a in answers for cookie in a.headers.get_list("set-cookie")]
        assert any(cookie.startswith("arbitrage_session=") for cookie in given)
        assert all("; Secure" in cookie for cookie in given)
        assert "max-age=31536000" in answers[0].headers["strict-transport-security"]


def test_a_demo_account_alone_needs_no_sign_in_until_someone_real_is_known(tmp_path):
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    with (
        closing(house.open_house(url)) as store,
        served(url, tmp_path) as where,
        httpx.Client(base_url=where, headers=PAGE) as visitor,
    ):
        with store.writing(Act("test", "administrateur", "test")) as work:
            work.save(None, Person("demo-1", "Démo", frozenset(Role), is_demo=True))
        assert is_in(visitor)
        assert visitor.get("/connexion").headers["location"] == "/"
        agent = visitor.post("/_stcore/agent/mcp", json={})
        assert (agent.status_code, "not_available" in agent.text) == (400, True)

        by = people.console(store)
        people.invite(store, by, Newcomer("Anne", frozenset(Role)), doors.now())

        assert visitor.get("/?person=demo-1").headers["location"] == "/connexion"
