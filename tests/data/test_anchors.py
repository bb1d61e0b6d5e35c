"""A file of anchors is added to, read back whole, or refused with the line that is none."""

import pytest

from data import anchors
from data.anchors import add, read, written
from data.journal import FIRST, Anchor
from portfolio.errors import Invalid

ONE = Anchor(3, "a" * 64, "2027-01-31T09:00:00.000000+00:00")
NONE = Anchor(0, FIRST, "")


def test_anchors_are_added_one_after_the_other_and_read_back(tmp_path):
    file = tmp_path / "kept" / "anchors.jsonl"

    add(file, NONE)
    add(file, ONE)

    assert read(file.read_bytes()) == (NONE, ONE)
    assert read(b"") == ()


def test_a_file_saved_by_an_editor_is_still_read():
    assert read(("\ufeff" + written(ONE) + "\r\n\r\n").encode()) == (ONE,)


@pytest.mark.parametrize("line", [
    "not json", "[]", "{}", "NaN", '"text"', "[" * 5_000,
    written(ONE).replace("3", '"3"', 1), written(ONE).replace(":3", ":-3"),
    written(ONE).replace(":3", ":true"), written(ONE).replace("a" * 64, "a" * 63),
    written(ONE).replace('"a', '"g', 1).replace("a" * 10, "g" * 10), "\x00",
])  # fmt: skip
def test_what_is_no_anchor_is_refused_with_its_line(line):
    with pytest.raises(Invalid) as refused:
        read(f"{written(ONE)}\n{line}\n".encode())

    assert (refused.value.code, refused.value.facts["found"]) == ("anchors-unreadable", 2)


def test_a_file_in_another_encoding_is_refused():
    with pytest.raises(Invalid, match="anchors-unreadable"):
        read(b"\xff\xfe")


def test_a_file_too_big_is_not_read():
    with pytest.raises(Invalid, match="file-too-big"):
        read(b" " * (anchors.MOST + 1))
