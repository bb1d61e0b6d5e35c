"""A proposal goes out as a workbook and comes back: every cell, refused where it cannot be."""

import io
import shutil
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from attached import BOMB, workbook

from data.store import Act, open_store
from portfolio.criterion import Choice
from portfolio.cycle import Cycle, Envelope, Team
from portfolio.debt import DebtItem
from portfolio.errors import Forbidden, Refusal
from portfolio.footprint import Deed, Quantity
from portfolio.horizon import Horizon
from portfolio.person import Person, Role
from portfolio.project import (
    Answer,
    Category,
    DebtEffect,
    Effort,
    Estimate,
    LegalBasis,
    Measure,
    Project,
    Sensitivity,
    Spend,
    Stage,
    Tag,
    Variant,
)
from portfolio.registry import Registry
from portfolio.system import System
from portfolio.words import Bilingual
from services import offline_proposal, proposals, scores
from views.text import Text

ANNE, BRUNO = (Person(c, c.title(), frozenset({Role.LEAD})) for c in ("anne", "bruno"))
CYCLE = Cycle(
    "c", Bilingual("Cycle", "Cycle"), Horizon(2027, 3), "montreal_2030", "2026.1",
    (Envelope("PDI", Bilingual("Plan décennal", "Ten-year plan"), (100_00,) * 3),
     Envelope("FON", Bilingual("Fonctionnement", "Operations"), (100_00,) * 3)),
    (Team("DEV", Bilingual("Développement", "Development"), "Web", (10.0,) * 3),),
)  # fmt: skip


def a_full_project(framework):
    first = framework.questions[0]
    return Project(
        "P1", "Éclairage", "Lighting", "SIM", "anne", "=Bruno", Category.MANDATORY, Stage.DRAFT,
        "- problème\nsur deux lignes", "effet", "tous", "2027", "2028", "2029",
        LegalBasis("Loi 25", "art. 3", date(2024, 9, 22), "avis"), "risques", Sensitivity.CRITICAL,
        -5_00, 12.5, 0.25, "feuille 1", ("S1", "PARTI"),
        (Tag("arrondissement", "VSP"), Tag("ambition", framework.leaves[2].key)),
        (Answer("disparue", "oui", "avant"), Answer(first.key, first.answers[0].key, "certes")),
        (Measure("carbon", 0.1),), (Quantity("laptop", Deed.KEPT, 20.0, 1 / 3),),
        (Variant("base", "Base", 2, 0.1 + 0.2, (
            Spend("PDI", 1, Estimate(200_01, 100_00, 300_00)), Spend("PDI", 0, Estimate(1)),
            Spend("PARTIE", 0, Estimate(7_00))), (Effort("DEV", 0, 1 / 7),)),
         Variant("à moi", "", None, 1.0)),
        (DebtEffect("D1", 0.5, note="selon l'architecte"),
         DebtEffect("", 1.0, "S2", "Interface provisoire", 40_00)),
        frozenset({"risks"}),
    )  # fmt: skip


@pytest.fixture
def store(migrated_file, tmp_path):
    """P1 is Anne's draft with every field given, P2 hers and empty, P3 hers and submitted."""
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    with opened.writing(Act("test", "administrateur", "test")) as work:
        for person in (ANNE, BRUNO):
            work.save(None, person)
        work.bring_in(Registry(
            CYCLE, (Project("P2", "Vide", lead="anne", stage=Stage.DRAFT),
                    Project("P3", "Soumis", lead="anne")),
            systems=(System("S1", "Paie"), System("S2", "Taxe")),
            debts=(DebtItem("D1", "Vieux code", "S1", Estimate(100), Estimate(10)),
                   DebtItem("D2", "Vieux serveur", "S2", Estimate(100), Estimate(10))),
        ))  # fmt: skip
    whole = a_full_project(scores.framework(opened, ANNE, "c"))
    with opened.writing(Act("test", "administrateur", "test")) as work:
        work.save("c", whole)
    yield opened
    opened.close()


class Paper:
    """A form on someone's desk: cells by sheet, row (found by its first words) and column."""

    def __init__(self, store, code="P1", by=ANNE, language="fr"):
        self.code, self.store, self.language = code, store, language
        self.content_before = offline_proposal.write(store, by, "c", code, Text, language)
        self.book = openpyxl.load_workbook(io.BytesIO(self.content_before))

    def row(self, sheet, *words):
        for row in self.book[sheet].iter_rows(min_row=2):
            if [cell.value for cell in row][: len(words)] == list(words):
                return row
        raise KeyError(words)

    def put(self, sheet, words, column, value):
        words = (words,) if isinstance(words, str) else words
        cell = self.row(sheet, *words)[len(words) + column]
        cell.value = value
        return cell

    def add(self, sheet, *values):
        rows = self.book[sheet].iter_rows(min_row=2)
        row = next(r for r in rows if all(cell.value is None or cell.value == "" for cell in r))
        for cell, value in zip(row, values, strict=False):
            cell.value = value
        return row[0].row

    @property
    def content(self):
        page = io.BytesIO()
        self.book.save(page)
        return page.getvalue()

    def back(self, by=ANNE, dry_run=False, code=None, **more):
        return offline_proposal.read(
            self.store, by, "c", code or self.code, self.content, Text, "p.xlsx",
            dry_run=dry_run, **more,
        )  # fmt: skip


def kept(store, code="P1"):
    with store.reading() as work:
        return work.project("c", code)


def told(outcome):
    return [(one.where.sheet, one.where.row, one.where.column, one.code) for one in outcome.refused]


@pytest.fixture(params=["fr", "en"])
def language(request):
    return request.param


def test_a_form_that_nobody_touched_changes_nothing_however_it_was_saved_again(store, language):
    before = kept(store)
    paper = Paper(store, language=language)

    for content in (paper.content_before, paper.content):
        outcome = offline_proposal.read(store, ANNE, "c", "P1", content, Text, dry_run=False)
        assert (outcome.refused, outcome.changes, outcome.is_saved) == ((), (), False)
    assert kept(store) == before


def test_what_is_filled_comes_back_and_is_told_cell_by_cell_first(store):
    paper = Paper(store)
    paper.put("Proposition", "Titre", 0, "Éclairage des ruelles")
    paper.put("Proposition", "Catégorie", 0, "Modernisation")
    paper.put("Proposition", "En vigueur le", 0, date(2025, 1, 2))
    paper.put("Argent", ("de base", "Fonctionnement", "probable"), 1, "12 500,50 $")
    paper.put("Effort", ("de base", "Développement"), 1, "7,5")

    tried = paper.back(dry_run=True)
    assert kept(store).title == "Éclairage"
    outcome = paper.back()

    assert tried.changes == outcome.changes
    assert {(c.sheet, c.place, c.before, c.after) for c in outcome.changes} == {
        ("Proposition", "Titre", "Éclairage", "Éclairage des ruelles"),
        ("Proposition", "Catégorie", "Obligatoire", "Modernisation"),
        ("Proposition", "En vigueur le", "2024-09-22", "2025-01-02"),
        ("Argent", "de base · Fonctionnement · probable · An 2", "",
         "12\N{NO-BREAK SPACE}500,50\N{NO-BREAK SPACE}$"),
        ("Effort", "de base · Développement · An 2", "", "7,5"),
    }
    saved = kept(store)
    assert outcome.is_saved
    assert (saved.title, saved.category) == ("Éclairage des ruelles", Category.MODERNISATION)
    assert saved.legal_basis.on == date(2025, 1, 2)
    assert Spend("FON", 1, Estimate(12_500_50)) in saved.variants[0].spends
    assert Effort("DEV", 1, 7.5) in saved.variants[0].efforts


def test_what_the_form_does_not_speak_of_stays(store):
    before, paper = kept(store), Paper(store)
    paper.put("Proposition", "Titre", 0, "Autre")
    paper.back()

    assert replace(kept(store), version=before.version, title=before.title) == before


def test_emptied_cells_are_emptied_fields(store):
    paper = Paper(store)
    for field in ("Problème", "Début au plus tôt", "Exploitation par an, après la livraison",
                  "Loi, règlement ou engagement", "Article", "En vigueur le",
                  "Preuve de l'obligation"):  # fmt: skip
        paper.put("Proposition", field, 0, None)
    for point in ("basse", "probable", "haute"):
        paper.put("Argent", ("de base", "Plan décennal", point), 1, None)
    paper.put("Variantes", "à moi", 2, None)
    paper.row("Systèmes")[0].value = None

    outcome = paper.back()

    assert outcome.is_saved
    saved = kept(store)
    assert (saved.problem, saved.earliest, saved.operating_cost) == ("", "", None)
    assert (saved.legal_basis, saved.systems) == (None, ("PARTI",))
    assert [v.code for v in saved.variants] == ["base"]
    assert [(s.envelope, s.period) for s in saved.variants[0].spends] == [("PDI", 0), ("PARTIE", 0)]


def test_rows_are_added_where_they_may_be(store):
    paper = Paper(store, "P2")
    paper.add("Systèmes", "S2")
    paper.add("Systèmes", "S1 · Paie")
    item = Text("fr")("footprint.deed.new")
    paper.add("Empreinte", "laptop", item, 30)
    paper.add("Dette", "D2", "50 %")
    paper.add("Dette", None, None, "S1 · Paie", "Interface provisoire", "1 000,25")
    paper.put("Variantes", "minimale", 1, 2)
    paper.put("Argent", ("minimale", "Plan décennal", "probable"), 1, 10)

    outcome = paper.back()

    assert (outcome.refused, outcome.is_saved) == ((), True)
    saved = kept(store, "P2")
    assert saved.systems == ("S2", "S1")
    assert saved.quantities == (Quantity("laptop", Deed.NEW, 30.0),)
    assert saved.debt_effects == (
        DebtEffect("D2", 0.5), DebtEffect("", 1.0, "S1", "Interface provisoire", 1_000_25))
    assert saved.variants == (
        Variant("minimale", "", 2, 1.0, (Spend("PDI", 1, Estimate(10_00)),)),)


def test_an_answer_and_a_mark_are_chosen_by_their_words(store, language):
    framework = scores.framework(store, ANNE, "c")
    question, leaf = framework.questions[1], framework.leaves[0]
    paper, text = Paper(store, "P2", language=language), Text(language)
    choice: Choice = question.answers[-1]
    sheets = {name: text(f"proposal_offline.sheet.{name}") for name in ("gate", "marks")}
    group = text(f"parts.group.{question.group}")
    paper.put(sheets["gate"], (group, question.title.in_(language)), 0,
              choice.in_(language).upper())  # fmt: skip
    mark = f"{leaf.key} · {leaf.title.in_(language)}"
    paper.put(sheets["marks"], (text("proposals.grid.ambition"), mark), 0,
              text("proposal_offline.yes"))  # fmt: skip

    paper.back()

    saved = kept(store, "P2")
    assert saved.answers == (Answer(question.key, choice.key),)
    assert saved.tags == (Tag("ambition", leaf.key),)


BAD = [  # sheet, row, column, what is typed, why it is refused
    ("Proposition", ("Titre",), 0, None, "missing-value"),
    ("Proposition", ("Titre en anglais",), 0, "=1+1", "formula"),
    ("Proposition", ("Service ou arrondissement",), 0, "x" * 501, "text-too-long"),
    ("Proposition", ("Catégorie",), 0, "Neuf", "not-one-of"),
    ("Proposition", ("Début au plus tôt",), 0, 2050, "not-one-of"),
    ("Proposition", ("En vigueur le",), 0, "31/03/2027", "not-a-date"),
    ("Proposition", ("Exploitation par an, après la livraison",), 0, "cher", "not-a-number"),
    ("Argent", ("de base", "Plan décennal", "probable"), 0, "12,500", "ambiguous-number"),
    ("Argent", ("de base", "Plan décennal", "haute"), 0, "1,234", "ambiguous-number"),
    ("Argent", ("de base", "Plan décennal", "basse"), 1, 999, "not-in-order"),
    ("Argent", ("de base", "Fonctionnement", "probable"), 2, 5, "after-the-end"),
    ("Argent", ("minimale", "Plan décennal", "probable"), 0, -5, "too-low"),
    ("Argent", ("minimale", "Plan décennal", "basse"), 1, "1,2345", "too-precise"),
    ("Variantes", ("minimale",), 1, 2.5, "not-a-whole-number"),
    ("Variantes", ("bonifiée",), 1, 0, "too-low"),
    ("Systèmes", (), 0, "ZZZ", "not-one-of"),
    ("Dette", (), 1, 1.5, "not-a-share"),
    ("Empreinte", (), 2, None, "missing-value"),
]


def test_every_bad_cell_is_named_at_once_and_nothing_is_saved(store):
    before, paper = kept(store), Paper(store)
    paper.put("Proposition", "Problème", 0, "Un autre problème")
    expected = {
        (sheet, paper.put(sheet, words, column, value).row, code)
        for sheet, words, column, value, code in BAD
    }

    outcome = paper.back()

    assert {(sheet, row, code) for sheet, row, _, code in told(outcome)} == expected
    assert len(outcome.refused) == len(expected)
    assert all(column for _, _, column, _ in told(outcome))
    assert (outcome.is_saved, outcome.changes, kept(store)) == (False, (), before)


def test_a_high_estimate_without_a_likely_one_is_refused_where_it_is_missing(store):
    paper = Paper(store)
    cell = paper.put("Argent", ("de base", "Fonctionnement", "haute"), 0, 5)

    assert told(paper.back()) == [("Argent", cell.row - 1, "An 1", "missing-value")]


def test_a_row_added_repeated_or_removed_where_rows_are_fixed_is_refused(store):
    paper = Paper(store)
    paper.book["Proposition"].append(["Vitesse", "vite"])
    sheet = paper.book["Effort"]
    sheet.append([cell.value for cell in sheet[2]])
    paper.book["Questions"].delete_rows(3)
    paper.book["Systèmes"]["A1"] = "Autre"
    del paper.book["Argent"]

    assert {(sheet, code) for sheet, _, _, code in told(paper.back())} == {
        ("Proposition", "row-not-of-form"), ("Effort", "row-twice"), ("Questions", "row-missing"),
        ("Systèmes", "form-header"), ("Argent", "missing-sheet"),
    }


def test_the_same_system_or_debt_twice_is_refused_at_the_second(store):
    paper = Paper(store)
    system, debt = paper.add("Systèmes", "S1"), paper.add("Dette", "D1")

    assert told(paper.back()) == [
        ("Systèmes", system, "Système", "row-twice"),
        ("Dette", debt, "Dette du registre remboursée", "row-twice"),
    ]


def test_the_form_of_another_proposal_or_cycle_and_what_is_no_form_are_refused(store):
    paper = Paper(store)
    assert [c for *_, c in told(paper.back(code="P2"))] == ["form-of-another"]
    paper.book["arbitrage"]["B2"] = "c26"
    assert [c for *_, c in told(paper.back())] == ["form-of-another-cycle"]
    del paper.book["arbitrage"]
    assert [c for *_, c in told(paper.back())] == ["not-a-proposal-form"]

    def refused(content):
        outcome = offline_proposal.read(store, ANNE, "c", "P1", content, Text, dry_run=False)
        return [one.code for one in outcome.refused]

    assert refused(b"PK\x03\x04") == ["zip-unreadable"]
    assert refused(b"") == ["zip-unreadable"]
    assert refused(BOMB) == ["zip-unpacks-too-big"]
    assert refused(workbook()) == ["not-a-proposal-form"]


def test_a_proposal_saved_since_shows_both_versions_and_loses_neither(store):
    paper = Paper(store)
    paper.put("Proposition", "Problème", 0, "Le mien")
    theirs = proposals.save(store, ANNE, "c", replace(kept(store), problem="Le leur"))

    outcome = paper.back()

    assert (outcome.is_stale, outcome.is_saved) == (True, False)
    assert (outcome.started, outcome.kept) == (theirs.version - 1, theirs.version)
    assert [(c.before, c.after) for c in outcome.changes] == [("Le leur", "Le mien")]
    assert kept(store) == theirs

    assert not paper.back(over=theirs.version - 1).is_saved
    assert paper.back(over=theirs.version).is_saved
    assert kept(store).problem == "Le mien"


def test_it_is_for_its_lead_while_she_may_write(store):
    paper = Paper(store)

    with pytest.raises(Forbidden, match="not-yours"):
        Paper(store, by=BRUNO)
    with pytest.raises(Forbidden, match="not-yours"):
        paper.back(BRUNO)
    with pytest.raises(Refusal, match="not-a-draft"):
        Paper(store, "P3")
    with pytest.raises(Refusal, match="not-a-draft"):
        paper.back(code="P3")


def test_structure_is_locked_answers_are_not_and_lists_are_offered(store):
    book = Paper(store).book
    sheet = book["Proposition"]

    assert all(one.protection.sheet for one in book.worksheets)
    assert sheet["A2"].protection.locked
    assert not sheet["B2"].protection.locked
    assert sheet.column_dimensions["D"].hidden
    assert {book["arbitrage"].sheet_state, book["listes"].sheet_state} == {"veryHidden"}
    offered = [rule.formula1 for rule in book["Systèmes"].data_validations.dataValidation]
    assert offered
    assert all(formula.startswith("listes!") for formula in offered)
