"""French texts that say the same are found, and the words that show it are their own."""

import csv
from pathlib import Path

import pytest
from reworded import REWORDED

from services.likeness import Texts, folded, root

DEMO = Path(__file__).parents[2] / "data" / "samples" / "demo" / "projects.csv"
FIELDS = ("title", "problem", "outcome", "beneficiaries")


def demo():
    with DEMO.open(encoding="utf-8", newline="") as file:
        return {row["code"]: "\n".join(row[f] for f in FIELDS) for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    ("one", "other"),
    [("numérisation", "NUMÉRISER"), ("événements", "evenement"), ("équipes", "Équipe"),
     ("capteurs", "capteur"), ("œuvres", "œuvre"), ("PME", "pme")],
)  # fmt: skip
def test_words_of_one_family_have_one_root(one, other):
    assert root(one) == root(other) != ""


@pytest.mark.parametrize(
    "word", ["les", "À", "été", "Même", "the", "WITH", "projet", "x", "trente"]
)
def test_words_that_say_nothing_are_left_out(word):
    assert root(word) == ""


def test_accents_are_folded():
    assert folded("Élagué À Noël") == "elague a noel"


def test_elided_words_are_read_without_their_article():
    texts = Texts(["L'éclairage d’Hochelaga", "éclairage Hochelaga"])

    assert texts.nearest(0, 1) == [(1, pytest.approx(1))]


def test_the_score_is_the_cosine_that_a_hand_works_out():
    """Two roots each, one in common: idf = 1 + ln(3/3) = 1 for it, 1 + ln(3/2) for the others."""
    texts = Texts(["capteur pompier", "capteur vignette"])
    alone = 1 + 0.405465108

    assert texts.nearest(0, 1) == [(1, pytest.approx(1 / (1 + alone**2)))]


def test_shared_words_are_those_of_the_first_as_it_spells_them_the_rarest_first():
    texts = Texts(["Les Capteurs du réseau d'eau", "capteur : eaux usées", "un réseau d'eaux"])

    assert texts.shared(0, 1) == ("capteurs", "eau")
    assert texts.shared(1, 0) == ("capteur", "eaux")


def test_acronyms_keep_their_capitals():
    assert Texts(["Le SGQRI 008", "SGQRI"]).shared(0, 1) == ("SGQRI",)


def test_texts_without_a_word_or_a_word_in_common_are_like_nothing():
    texts = Texts(["", "les des", "capteurs", "pompiers"])

    assert [texts.nearest(at, 3) for at in range(4)] == [[], [], [], []]
    assert texts.pairs(0.01) == []
    assert Texts([]).pairs(0.1) == []
    assert Texts(["", ""]).pairs(0.1) == []


def test_pairs_are_each_told_once_across_blocks_the_most_alike_first():
    texts = Texts([f"mot{n}x unique{n}x" for n in range(600)] + ["mot3x unique3x", "mot599x autre"])

    assert [(one, other) for one, other, _ in texts.pairs(0.2)] == [(3, 600), (599, 601)]


def test_thirty_reworded_proposals_of_the_demo_each_find_the_one_they_repeat():
    known = demo()
    codes = list(known)
    found = {}
    for code, text in REWORDED.items():
        nearest = Texts([*known.values(), text]).nearest(len(codes), 3)
        found[code] = [codes[at] for at, _ in nearest]

    assert len(REWORDED) == 30
    assert [code for code, near in found.items() if code not in near] == []


def test_nothing_of_the_demo_passes_for_a_duplicate_but_what_is_two_ways_to_do_one_thing():
    """P39/P40 and P48/P49 exclude each other in the demo's own links."""
    known = demo()
    codes = list(known)
    pairs = [(codes[one], codes[other]) for one, other, _ in Texts(list(known.values())).pairs(0.3)]

    assert pairs == [("P39", "P40"), ("P48", "P49")]
