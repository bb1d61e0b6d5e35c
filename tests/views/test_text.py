"""The words: complete in both languages, really French, and all of them used."""

import ast
import re
import string
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from portfolio.errors import Invalid, Refusal
from views.text import LANGUAGES, Text, words

ROOT = Path(__file__).parents[2]
READERS = [f for d in ("views", "commands") for f in (ROOT / d).rglob("*.py")]
READERS += ROOT.glob("*.py")
TEMPLATES = sorted((ROOT / "views").rglob("*.html"))
ASKED = re.compile(r"""\btext\(\s*['"]([a-z_]+\.[\w.-]+)['"](\s*~)?""")
BOUNDS = {"accepted", "high", "low"}
LOOKED_AT = (ast.Call, ast.JoinedStr, ast.Constant)
FLOORS = ("portfolio", "scoring", "optimizer", "data", "services", "views")

# Keys whose end is known only while running: named here, or by an f-string in the code.
DYNAMIC = ("common.field.", "common.proof.", "errors.")
ENGLISH = re.compile(
    r"\b(the|and|of|with|for|is|are|was|this|that|these|your|you|not|from|which|be|has|have|will|must|"
    r"by|it|its|to|if|when|each|every|all|more|most|only|some|there|here|they|what|how)\b"
)


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@cache
def nodes(file):
    """Every node of a file that a test looks for."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, LOOKED_AT)]


def read_nodes():
    for file in READERS:
        for node in nodes(file):
            yield file, node


def is_text(call):
    called = call.func
    return (isinstance(called, ast.Name) and called.id == "text") or (
        isinstance(called, ast.Attribute) and called.attr == "text"
    )


def in_templates():
    """(file, key, whether more of the key follows) of each ``text('…')`` of a page."""
    for file in TEMPLATES:
        for key, more in ASKED.findall(file.read_text(encoding="utf-8")):
            yield file, key, bool(more)


def asked_keys():
    """Literal first arguments of ``text(...)``."""
    yield from ((file, key) for file, key, more in in_templates() if not more)
    for file, node in read_nodes():
        if isinstance(node, ast.Call) and is_text(node) and node.args:
            asked = node.args[0]
            if isinstance(asked, ast.Constant) and isinstance(asked.value, str):
                yield file, asked.value


def prefixes():
    """What comes before the first hole of an f-string: ``text(f"home.{thing}")``."""
    for _, node in read_nodes():
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            if re.fullmatch(r"[a-z_]+\.[a-z_.-]*", start):
                yield start
    yield from (key for _, key, more in in_templates() if more)


def constants():
    yield from (key for _, key, more in in_templates() if not more)
    for _, node in read_nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_language_has_the_same_keys():
    french, english = (set(words(language)) for language in LANGUAGES)
    assert french ^ english == set()


def test_a_key_has_words_and_the_same_facts_in_every_language():
    every = [words(language) for language in LANGUAGES]
    empty = {key for key in every[0] if not all(said.get(key, "").strip() for said in every)}
    apart = {
        key for key in every[0]
        if len({frozenset(placeholders(said.get(key, ""))) for said in every}) > 1
    }
    assert (empty, apart) == (set(), set())


def test_no_english_reaches_the_french_catalogue():
    found = {}
    for key, sentence in words("fr").items():
        bare = re.sub(r"\{[^}]*\}|:material/\w+:", " ", sentence).casefold()
        english = ENGLISH.findall(bare)
        if english:
            found[key] = english
    assert found == {}


def test_every_key_asked_for_has_words():
    missing = {(file.name, key) for file, key in asked_keys() if key not in words("fr")}
    assert missing == set()


def test_every_key_is_asked_for():
    from views.pages import PAGES

    used = set(constants()) | {f"{page.key}.menu" for page in PAGES}
    starts = tuple({*DYNAMIC, *prefixes()})
    assert [k for k in words("fr") if k not in used and not k.startswith(starts)] == []


def refusals():
    """Every ``Invalid("code", fact=…)`` of the house, with its code and the facts it gives."""
    kinds = {kind.__name__ for kind in (Refusal, *Refusal.__subclasses__())}
    for floor in FLOORS:
        for file in (ROOT / floor).rglob("*.py"):
            for node in nodes(file):
                if not (isinstance(node, ast.Call) and node.args):
                    continue
                name = node.func.id if isinstance(node.func, ast.Name) else ""
                code = node.args[0]
                if name in kinds and isinstance(code, ast.Constant) and isinstance(code.value, str):
                    given = {k.arg for k in node.keywords}
                    yield f"{floor}/{file.name}", code.value, given


def test_every_refusal_has_words():
    assert {(f, code) for f, code, _ in refusals() if f"errors.{code}" not in words("fr")} == set()


def lacked(sentence, given):
    """What the words need and nobody gave; one bound stands for another, ``**facts`` for all."""
    if None in given:
        return set()
    told = given | {"code", "where", "example"} | (BOUNDS if BOUNDS & given else set())
    return placeholders(sentence) - told


def test_a_refusal_gives_the_facts_that_its_words_need():
    lacking = {
        (file, code, *needs)
        for file, code, given in refusals()
        if (needs := lacked(words("fr").get(f"errors.{code}", ""), given))
    }
    assert lacking == set()


def test_a_missing_key_names_itself_and_its_language():
    with pytest.raises(KeyError, match=r"'common\.unwritten' has no words in 'en'"):
        Text("en")("common.unwritten")


def test_facts_are_written_as_the_language_writes_them():
    assert Text("fr")("common.rows", n=1234) == "1\u00a0234 lignes"
    assert Text("en")("common.rows", n=1) == "1 row"
    assert Text("fr")("common.rows", n=0) == "0 ligne"
    assert Text("fr")("common.proof.feasible", gap=0.006) == "à 0,6\u00a0% près"


def test_a_date_and_a_list_are_facts_too():
    from views.text.facts import Fact

    assert f"{Fact(date(2026, 11, 22), 'fr'):long}" == "22 novembre 2026"
    assert f"{Fact((1.5, 2), 'fr')}" == "1,5, 2"
    assert f"{Fact(2028, 'fr'):plain}" == "2028"
    assert f"{Fact(6_140_000_000, 'fr'):compact}" == "61,4\u00a0M$"


def test_a_refusal_says_what_was_asked_found_and_accepted():
    refusal = Invalid("not-a-share", field="share", found=1.4, low=0, high=1)
    assert Text("fr").refusal(refusal) == (
        "Champ «\u00a0part\u00a0»\u00a0: 1,4 n'est pas une part\u00a0; une part va de 0 à 1."
    )


def test_a_refusal_without_words_still_makes_a_sentence():
    assert "never-heard-of" in Text("fr").refusal(Refusal("never-heard-of"))


def test_a_refusal_short_of_facts_still_makes_a_sentence():
    assert "…" in Text("fr").refusal(Invalid("too-few", field="projects"))
