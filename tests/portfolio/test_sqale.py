"""SonarQube's ratio and letter, as Sonar itself defines them."""

import json

import pytest
from shared_data import shared

from portfolio import sqale

VECTORS = [  # minutes, lines, ratio, letter (frameworks/formula_vectors.json)
    (240, 12306, 0.00065, "A"), (4800, 1000, 0.16, "C"), (3000, 1000, 0.1, "B"),
    (15000, 1000, 0.5, "D"), (15001, 1000, 0.500033, "E"),
]  # fmt: skip


@pytest.mark.parametrize(("minutes", "lines", "ratio", "letter"), VECTORS)
def test_the_ratio_gives_the_letter(minutes, lines, ratio, letter):
    found = sqale.ratio(minutes, lines)

    assert found == pytest.approx(ratio, abs=1e-6)
    assert sqale.letter(found) == letter


def test_every_vector_of_the_shared_data():
    vectors = json.loads(shared("frameworks/formula_vectors.json").read_text("utf-8"))["sqale"]

    for vector in vectors:
        found = sqale.ratio(vector["sqale_index_min"], vector["ncloc"])
        assert found == pytest.approx(vector["ratio"], abs=1e-6)
        assert sqale.letter(found) == vector["rating"]


def test_without_a_line_of_code_there_is_no_ratio():
    assert sqale.ratio(240, 0) is None
