"""Names on the red matrix cover neither marks nor each other."""

from views.legacy_labels import sides


def test_a_mark_alone_has_its_name_at_its_right():
    assert sides({(2.0, 2.0): "PAIE"}) == {(2.0, 2.0): "right"}


def test_two_marks_side_by_side_have_their_names_on_either_side():
    assert sides({(5.0, 4.0): "PAIE", (5.1, 4.0): "TAXFON"}) == {
        (5.0, 4.0): "left",
        (5.1, 4.0): "right",
    }


def test_a_mark_between_two_others_has_its_name_above_or_below():
    found = sides({(4.9, 4.0): "A", (5.0, 4.0): "MILIEU", (5.1, 4.0): "B"})

    assert found[5.0, 4.0] in ("above", "below")
