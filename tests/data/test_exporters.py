"""What goes out comes back the same, and no spreadsheet takes a text for a formula."""

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nouns import a_cycle, a_full_registry
from portfolios import SMALL, zipped

from data import exporters, frameworks
from data.importers import bring, bring_path
from data.tables import TABLES
from portfolio.errors import Invalid
from portfolio.horizon import Horizon
from portfolio.project import Answer, Estimate, Measure, Project, Spend, Variant
from portfolio.registry import Registry
from portfolio.rules import Floor, Listed
from portfolio.scenario import Scenario
from portfolio.words import Bilingual

DEMO = Path(__file__).parents[2] / "data" / "samples" / "demo"
HOSTILE = ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "'=1", "''", "1,234", "007",
           "NA", "1E5", "a;b", 'say "hi"', "two\nlines", "# aide", "http://x.ca", "oui", "é\u00a0ü",
           " both ends ", " =", "'  =", "2027-01-01", "=", "| bar |"]  # fmt: skip
FORMATS = {
    "csv": lambda registry: exporters.csv_zip(registry),
    "csv in English": lambda registry: exporters.csv_zip(registry, "en"),
    "xlsx": lambda registry: exporters.workbook(registry),
}


def full():
    """Every kind of noun and rule, with keys that the city's framework knows."""
    whole = a_full_registry()
    framework = frameworks.load("montreal_2030")
    known = framework.questions[0]
    answers = (Answer(known.key, known.answers[0].key, "certes"),)
    first, *others = whole.projects
    ignored = replace(whole.scenarios[0], ignored=frozenset({"together"}))
    return replace(
        whole,
        cycle=replace(
            whole.cycle,
            horizon=Horizon(2027, 3),
            framework=framework.code,
            framework_version=framework.version,
        ),
        projects=(replace(first, answers=answers, systems=("S1",)), *others),
        scenarios=(ignored, *whole.scenarios[1:]),
    )


def with_texts(texts):
    projects = tuple(
        Project(f"P{i}", text, outcome=text, service=text) for i, text in enumerate(texts)
    )
    cycle = replace(
        a_cycle(), framework="generic", framework_version=frameworks.load("generic").version
    )
    return Registry(cycle, projects)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_noun_goes_out_and_comes_back_the_same(kind):
    registry = full()

    brought = bring("x", FORMATS[kind](registry))

    assert brought.refused == ()
    assert brought.registry == registry


@pytest.mark.parametrize("kind", FORMATS)
def test_hostile_texts_come_back_as_they_were(kind):
    registry = with_texts(HOSTILE)

    assert bring("x", FORMATS[kind](registry)).registry == registry


@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=12
        ).filter(str.strip),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_was(texts):
    registry = with_texts(texts)

    assert bring("x", exporters.csv_zip(registry)).registry == registry


@given(
    st.lists(st.integers(0, 10**14), min_size=1, max_size=5),
    st.floats(-1e12, 1e12).map(lambda number: round(number, 9)),
)
@settings(max_examples=60, deadline=None)
def test_any_amount_and_number_comes_back_as_it_was(cents, number):
    spends = tuple(Spend("PDI", i, Estimate(c)) for i, c in enumerate(cents))
    project = Project(
        "P",
        "P",
        measures=(Measure("m", number),),
        given_value=number,
        variants=(Variant("base", "", len(cents), 1.0, spends),),
    )
    registry = replace(with_texts([]), projects=(project,))

    for language in ("fr", "en"):
        assert bring("x", exporters.csv_zip(registry, language)).registry == registry


def test_french_csv_opens_in_a_french_spreadsheet():
    files = exporters.csv_files(bring("x", zipped(SMALL)).registry)

    assert files["costs.csv"].startswith(b"\xef\xbb\xbfproject;variant;")
    assert "250,50" in files["costs.csv"].decode()


def test_no_cell_of_a_csv_begins_as_a_formula():
    registry = with_texts(HOSTILE)

    for content in exporters.csv_files(registry).values():
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"):
            assert not any(cell[:1] in set("=+-@\t\r") for cell in row if cell)


def test_no_cell_of_a_workbook_is_a_formula_and_numbers_are_numbers():
    registry = replace(
        with_texts(HOSTILE),
        projects=(*with_texts(HOSTILE).projects, Project("N", "N", operating_cost=-1234_50)),
    )

    book = openpyxl.load_workbook(io.BytesIO(exporters.workbook(registry)))

    cells = [cell for row in book["projects"].iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert -1234.5 in [cell.value for cell in cells]


def test_the_same_registry_gives_the_same_bytes():
    registry = bring("x", zipped(SMALL)).registry

    assert exporters.csv_zip(registry) == exporters.csv_zip(registry)
    assert exporters.workbook(registry) == exporters.workbook(registry)


def test_the_template_has_every_table_with_its_lists():
    book = openpyxl.load_workbook(io.BytesIO(exporters.template()))

    assert book.sheetnames[0].startswith("Lisez-moi")
    assert book.sheetnames[1:] == [table.name for table in TABLES]
    assert [c.value for c in book["costs"][1]][:3] == ["project", "variant", "envelope"]
    assert book["projects"]["A2"].value.startswith("# aide")
    assert book["projects"].data_validations.count == 3


def test_the_template_filled_under_its_example_is_a_portfolio(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(exporters.template()))
    book["projects"].append(["P1", "Éclairage"])
    book["projects"].append(["P2", "Paie"])
    book.save(tmp_path / "mine.xlsx")

    brought = bring_path(tmp_path / "mine.xlsx")

    assert [p.code for p in brought.registry.projects] == ["P1", "P2"]
    assert brought.rows_read == 2


def test_a_group_of_nobody_cannot_be_written():
    scenario = Scenario("S", Bilingual("S"), (Floor("cost", Listed(()), 0.1),))

    with pytest.raises(Invalid, match="too-few"):
        exporters.csv_zip(replace(with_texts(["a"]), scenarios=(scenario,)))


@pytest.mark.parametrize("kind", FORMATS)
def test_the_demo_portfolio_goes_out_and_comes_back_the_same(kind):
    if not (DEMO / "projects.csv").is_file():
        pytest.skip("no demo portfolio in data/samples/demo yet")
    brought = bring_path(DEMO)
    assert brought.refused == ()

    again = bring("x", FORMATS[kind](brought.registry))

    assert again.registry == brought.registry
    with zipfile.ZipFile(io.BytesIO(exporters.csv_zip(brought.registry))) as archive:
        assert archive.testzip() is None
