"""What is believed of a request: only addresses of this house, only pages of this house."""

import pytest
from starlette.requests import Request

from views import gate, web


def a_request(headers=(), scheme="http", path="/", query=""):
    raw = [(name.encode(), value.encode()) for name, value in dict(headers).items()]
    return Request({"type": "http", "method": "GET", "scheme": scheme, "path": path,
                    "query_string": query.encode(), "headers": raw,
                    "server": ("city.example", 80)})  # fmt: skip


@pytest.mark.parametrize("way", ["/", "/dette", "/dette?debt=D3", "/dette?a=%2Fb&c=d%20e",
                                 "/propri%C3%A9t%C3%A9"])  # fmt: skip
def test_an_address_of_this_house_is_kept_as_it_is(way):
    assert web.local_way(way) == way


@pytest.mark.parametrize("way", [
    "", "dette", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "/%2f/evil.example", "/%2f%2fevil.example", "/%5cevil.example", "/%252fevil.example",
    "https://evil.example", "javascript:alert(1)", "/dette\r\nset-cookie: a=b", "/\tevil",
    "/ /evil.example", "/%0d%0aset-cookie:a=b", "/" + "x" * 3000,
])  # fmt: skip
def test_an_address_of_another_house_leads_to_the_first_page(way):
    assert web.local_way(way) == "/"


def test_the_address_asked_for_comes_back_from_its_cookie():
    asked = a_request(path="/propriété", query="debt=D3&q=a%20b")
    kept = web.way_of(asked)
    back = a_request({"cookie": f"{web.WAY}={kept}"})
    assert web.kept_way(back) == "/propri%C3%A9t%C3%A9?debt=D3&q=a%20b"
    assert web.way_of(a_request()) == ""


def test_a_cookie_that_someone_else_wrote_leads_nowhere_else():
    for way in ("%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%5C%5Cevil"):
        assert web.kept_way(a_request({"cookie": f"{web.WAY}={way}"})) == "/"


@pytest.mark.parametrize(("origin", "is_ours"), [
    ("http://city.example", True), ("http://evil.example", False), ("null", False), ("", False),
    ("http://city.example.evil.example", False), ("http://city.example:81", False),
])  # fmt: skip
def test_a_form_is_taken_from_a_page_of_this_house_only(monkeypatch, origin, is_ours):
    monkeypatch.delenv("ARBITRAGE_PUBLIC_URL", raising=False)
    told = {"host": "city.example"} | ({"origin": origin} if origin else {})
    assert web.is_from_here(a_request(told)) is is_ours


def test_behind_a_proxy_the_public_address_is_this_house(monkeypatch):
    monkeypatch.setenv("ARBITRAGE_PUBLIC_URL", "https://arbitrage.city.example/")
    told = {"host": "10.0.0.5:8501"}
    assert web.is_from_here(a_request(told | {"origin": "https://arbitrage.city.example"}))
    assert not web.is_from_here(a_request(told | {"origin": "http://10.0.0.5:8501"}))
    assert web.is_secure(a_request())


@pytest.mark.parametrize(("told", "is_ours"), [
    ({"sec-fetch-site": "same-origin"}, True), ({"sec-fetch-site": "cross-site"}, False),
    ({"sec-fetch-site": "none"}, False), ({"referer": "http://city.example/dette"}, True),
    ({"referer": "http://evil.example/"}, False), ({}, False),
])  # fmt: skip
def test_only_a_link_of_this_house_signs_out_at_once(told, is_ours):
    assert web.was_followed_here(a_request({"host": "city.example"} | told)) is is_ours


@pytest.mark.parametrize(("path", "is_open"), [
    ("/connexion", True), ("/invitation/abc", True), ("/app/static/sign_in.css", True),
    ("/static/js/index.js", True), ("/dette/_stcore/health", True), ("/oauth2callback", True),
    ("/", False), ("/dette", False), ("/media/abc.csv", False), ("/_stcore/upload_file/a/b", False),
    ("/component/x/index.html", False), ("/connexions", False), ("/staticfoo", False),
    ("/_stcore/upload_file/a/_stcore/health", False), ("/media/a/b/_stcore/health", False),
    ("/_stcore/agent/mcp", False), ("/_stcore/metrics", False),
])  # fmt: skip
def test_the_gate_is_closed_but_for_what_signing_in_needs(path, is_open):
    assert gate.is_open(path) is is_open
