"""Frameworks are files: they load whole, or say what is wrong with them."""

import pytest

from data import frameworks
from portfolio.errors import Invalid, Missing

SMALL = """
code = "x"
version = "1"
title = {fr = "Petit", en = "Small"}
scale = {low = 0, high = 1}
[[criteria]]
key = "a"
weight = 1
title = {fr = "A", en = "A"}
levels = {fr = ["non", "oui"], en = ["no", "yes"]}
"""


def test_every_framework_of_the_folder_loads():
    editions = frameworks.available()

    assert {e.code for e in editions} >= {"generic", "montreal_2030"}
    for edition in editions:
        framework = frameworks.load(edition.code, edition.version)
        assert framework.leaves
        assert framework.title.fr == edition.title.fr


def test_without_a_version_the_latest_is_meant():
    latest = frameworks.load("montreal_2030")

    assert frameworks.load("montreal_2030", latest.version) is latest


@pytest.mark.parametrize(("code", "version"), [("nowhere", None), ("generic", "1900.1")])
def test_a_framework_that_is_not_there_is_missing_and_the_others_are_named(code, version):
    with pytest.raises(Missing, match="no-such-framework") as caught:
        frameworks.load(code, version)

    assert "montreal_2030" in caught.value.facts["accepted"]


def test_a_small_framework_is_enough():
    assert frameworks.read(SMALL.encode()).scale.high == 1


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('code = "x"', 'code = "x', ("not-toml", "")),
        ('code = "x"', "", ("missing", "code")),
        ("weight = 1", "weigth = 1", ("unknown-field", "criteria[0].weigth")),
        ("weight = 1", "weight = -1", ("too-low", "criteria[0]")),
        ('en = ["no", "yes"]', 'en = ["no"]', ("levels-missing", "criteria.a.levels.en")),
        ('code = "x"', 'code = "x"\ncolour = 3', ("unknown-field", "colour")),
        ('key = "a"', 'key = "a"\nparent = "z"', ("unknown-code", "")),
    ],
)
def test_a_mistake_is_told_at_its_path(old, new, problem):
    with pytest.raises(Invalid, match="framework-unreadable") as caught:
        frameworks.read(SMALL.replace(old, new).encode(), "x.toml")

    assert problem in [(p.code, p.facts["path"]) for p in caught.value.facts["problems"]]
