"""The record of a meeting: one document, the same bytes each time, read back whole."""

from dataclasses import replace
from datetime import date

from portfolio import record
from portfolio.charter import Majority, Undecided
from portfolio.decision import Grant, Verb
from portfolio.record import (
    Anchored,
    Cut,
    Decided,
    Named,
    Proceedings,
    Proved,
    Rules,
    Totals,
    WhyNot,
)
from portfolio.words import Bilingual

CHAIR = Named("p1", "Aïcha Côté")
APPROVED = Decided(
    "P1", 1, Bilingual("Réseau d’eau", "Water"), "Eau", CHAIR, Verb.APPROVED, "Au plan.",
    "2027-03-01T15:00:00+00:00", variant="base", start="2028", grants=(Grant("PDI", 1, 50_000),),
)  # fmt: skip
DEFERRED = Decided(
    "P2", 1, Bilingual("Portail"), "Culture", CHAIR, Verb.DEFERRED, "Pas de place.",
    "2027-03-01T15:00:00+00:00",
    why_not=WhyNot(3.4, 3.4, ("P1",), limits=(("envelope", "PDI", "0"),),
                   cut=Cut("base", 0.12, 12_000), shortest="cut"),
)  # fmt: skip
WHOLE = Proceedings(
    1, "C1", Bilingual("Cycle"), 1, date(2027, 3, 1), "Hôtel de ville", CHAIR,
    "2027-03-01T14:00:00+00:00", "2027-03-01T16:30:00+00:00", CHAIR, "base", Bilingual("Base"),
    "points", ("2027", "2028"),
    Rules(3, Majority.SIMPLE, Undecided.DEFER, False, 10, "", "", 5),
    (), (), (), (), (), (), (APPROVED, DEFERRED),
    Totals(1, 2, 12.5, 50_000, 0, 0), Proved("optimal", "a" * 64, "a" * 64, 12.5, 12.5, 0.0, 12.5),
    Anchored(12, "b" * 64, "2027-03-01T16:30:00+00:00"), date(2027, 3, 11),
)  # fmt: skip


def test_a_record_is_read_back_as_it_was_kept_and_makes_the_same_bytes_again() -> None:
    document = record.to_json(WHOLE)

    assert record.from_json(document) == WHOLE
    assert record.to_json(record.from_json(document)) == document
    assert "Aïcha Côté".encode() in document


def test_a_corrected_record_is_another_document() -> None:
    corrected = replace(WHOLE, number=2, reason="Le service était mal nommé.")

    assert record.to_json(corrected) != record.to_json(WHOLE)


def test_what_was_decided_of_a_project_is_found_and_sums_its_grants() -> None:
    assert WHOLE.decided("P1") == APPROVED
    assert APPROVED.amount == 50_000
    assert WHOLE.decided("P9") is None
