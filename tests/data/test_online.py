"""Another server's document comes whole and in good time, or a refusal says why not."""

import socket

import pytest
from loopback import answering

from data import online
from portfolio.errors import Invalid


def refusal(url, **bounds):
    with pytest.raises(Invalid) as refused:
        online.get(url, **bounds)
    return refused.value


def test_a_document_comes_whole_with_the_headers_that_were_asked_for():
    def answer(request):
        return 200, {}, request.headers["Authorization"].encode()

    with answering(answer) as server:
        assert online.get(f"{server}/a", {"Authorization": "Bearer x"}) == b"Bearer x"


def test_a_turn_on_the_same_host_is_followed():
    def answer(request):
        return (200, {}, b"here") if request.path == "/b" else (302, {"Location": "/b"}, b"")

    with answering(answer) as server:
        assert online.get(f"{server}/a") == b"here"


@pytest.mark.parametrize("place", ["http://localhost:1/b", "https://exemple.invalid/b", "//x/b"])
def test_a_turn_to_another_host_is_not_followed_and_nothing_is_sent_there(place):
    with answering(lambda _: (302, {"Location": place}, b"")) as server:
        assert refusal(f"{server}/a").code == "redirected"


def test_turns_without_end_are_left():
    with answering(lambda request: (302, {"Location": request.path}, b"")) as server:
        assert refusal(f"{server}/a").code == "redirected"


@pytest.mark.parametrize("status", [204, 401, 404, 429, 500])
def test_an_answer_that_is_no_document_says_its_status(status):
    with answering(lambda _: (status, {"Content-Length": "0"}, b"")) as server:
        refused = refusal(f"{server}/a")

    assert (refused.code, str(status) in refused.facts["found"]) == ("answer-status", True)


def test_an_answer_that_is_too_big_is_left():
    with answering(lambda _: (200, {}, b"x" * 2_000_001)) as server:
        assert refusal(f"{server}/a", most_bytes=2_000_000).code == "answer-too-big"


def test_an_answer_that_is_cut_is_not_taken_for_a_whole_one():
    with answering(lambda _: (200, {"Content-Length": "100"}, b"only a part")) as server:
        assert refusal(f"{server}/a", seconds=0.5).code in ("no-answer", "no-good-answer")


def test_a_server_that_says_nothing_is_left():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/a"

        assert refusal(url, seconds=0.3).code == "no-answer"


def test_a_server_that_is_not_there_is_no_answer():
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}/a"

    assert refusal(url).code == "no-answer"


@pytest.mark.parametrize(
    "url",
    ["", "php", "ftp://127.0.0.1/a", "file:///etc/passwd", "http://endoflife.date/api",
     "http://127.0.0.1.exemple.invalid/", "http://169.254.169.254/", "https://", "javascript:1",
     "http://["],
)  # fmt: skip
def test_only_safe_addresses_are_asked(url):
    assert refusal(url).code == "not-a-safe-address"
