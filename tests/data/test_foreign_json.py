"""A document of another tool is read whole, and as strictly as our own."""

import pytest

from data import strict_json
from portfolio.errors import Invalid


def test_no_key_of_a_foreign_document_is_a_comment():
    content = b'{"$schema": "x", "_links": 1, "note": "n", "comment": "c"}'

    assert strict_json.foreign(content) == {
        "$schema": "x", "_links": 1, "note": "n", "comment": "c",
    }  # fmt: skip
    assert strict_json.loads(content) == ({}, [])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"a": 1', "not-json"),
        (b"", "not-json"),
        (b"<html>", "not-json"),
        (b'{"a": 1, "a": 2}', "key-twice"),
        (b'{"a": NaN}', "not-finite"),
        (b'"\\ud800"', "broken-text"),
        (b"[" * 300 + b"]" * 300, "too-deep"),
        (b"[" * 100_000, "too-deep"),
        (b'"\xff"', "not-utf-8"),
    ],
)
def test_what_is_wrong_with_a_foreign_document_is_named(content, code):
    with pytest.raises(Invalid) as refused:
        strict_json.foreign(content)

    assert refused.value.code == code


def test_a_reader_says_how_big_a_document_may_be():
    with pytest.raises(Invalid, match="file-too-big"):
        strict_json.foreign(b'"more than ten"', most_bytes=10)
