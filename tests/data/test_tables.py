"""The interchange tables: numbers in two languages, and every error of a file told at once."""

from decimal import Decimal

import pytest

from data.importers import bring
from data.tables import TABLES
from data.tables.cells import guarded, unguarded
from data.tables.numbers import cents, number, style_of, written
from portfolio.errors import Invalid


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("12,5", "12.5"), ("12.5", "12.5"), ("1 234 567,89", "1234567.89"), ("0,125", "0.125"),
        ("1\u00a0234,5", "1234.5"), ("1\u202f234", "1234"), ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"), ("-12", "-12"), ("\u22123,5", "-3.5"), ("1,2345", "1.2345"),
        ("1 234,567", "1234.567"), (".5", "0.5"),
    ],
)  # fmt: skip
def test_numbers_are_read_in_french_and_in_english(text, read):
    assert number(text) == Decimal(read)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1 234 567,89 $", 123456789), ("$1,944,523", 194452300), ("$1,234", 123400),
        ("1944523.50", 194452350), ("-12,5", -1250),
    ],
)  # fmt: skip
def test_amounts_are_whole_cents(text, read):
    assert cents(text) == read


@pytest.mark.parametrize(
    "text",
    ["1.234,56", "12 34", "1e400", "1E5", "1'234", "--5", "", "abc", "NaN", "Infinity", "1,23,456",
     "٣", "12 %", "$", "1 $ 2", "9" * 50],
)  # fmt: skip
def test_what_is_not_a_number_is_refused(text):
    with pytest.raises(Invalid) as caught:
        number(text)

    assert caught.value.code in ("not-a-number", "too-high")


def test_a_comma_before_three_digits_is_refused_unless_other_numbers_settle_it():
    with pytest.raises(Invalid, match="ambiguous-number"):
        number("1,234")

    assert number("1,234", style_of(["12,5", "1,234"])) == Decimal("1.234")
    assert number("1,234", style_of(["1,234,567", "1,234"])) == Decimal(1234)
    assert style_of(["12,5", "1,234,567"]) == ""
    assert style_of(["12.5", "7", "1,234"]) == ""


def test_a_cent_is_the_smallest_amount():
    with pytest.raises(Invalid, match="too-precise"):
        cents("12,345 6".replace(" ", ""))


@pytest.mark.parametrize("text", ["1.234", "12.345", "-999.125", "0.125", "1234.567", "7", "0.1"])
def test_a_written_number_is_never_ambiguous(text):
    assert number(written(Decimal(text))) == Decimal(text)
    assert number(written(Decimal(text), "en")) == Decimal(text)


@pytest.mark.parametrize("text", ["=1+1", "+x", "-y", "@z", "'=a", "''-b", "plain", "'quoted'", ""])
def test_the_apostrophe_comes_and_goes(text):
    assert unguarded(guarded(text)) == text


def test_every_column_is_explained_in_both_languages_and_references_exist():
    names = {table.name for table in TABLES}
    for table in TABLES:
        for column in table.columns:
            assert column.help.fr
            assert column.help.en
            assert not column.refers or column.refers in names
        assert set(table.key) <= set(table.names)


def codes(brought):
    return {(r.code, r.where.file, r.where.row, r.where.column) for r in brought.refused}


def test_one_csv_of_projects_is_a_portfolio():
    brought = bring("liste.csv", "code;title\nP1;Éclairage\nP2;Paie\n".encode())

    assert [p.title for p in brought.registry.projects] == ["Éclairage", "Paie"]
    assert brought.rows_read == 2
    assert brought.notes[0].code == "cycle-assumed"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separators_and_encodings_are_told_apart(separator, encoding):
    text = f"code{separator}title{separator}service\r\nP1{separator}Été{separator}TI\r\n"

    brought = bring("x.csv", text.encode(encoding))

    assert brought.registry.projects[0].title == "Été"


def test_codes_that_look_like_something_else_survive():
    brought = bring("x.csv", b"code,title\n007,Bond\nNA,None\n1E5,Big\n")

    assert [p.code for p in brought.registry.projects] == ["007", "NA", "1E5"]


def test_every_error_of_a_file_is_told_at_once_with_its_place():
    text = (
        "code;title;category;operating_cost;earliest;debt_share;colour\n"
        "P1;;nouveau;12,50;2027;0,5;\n"
        "P1;Deux;neuf;douze;27;1,4;\n"
        "P3;=cmd|' /C calc'!A0;;1,234;;;\n"
        "P4;Quatre;;;;1,5;\n"
    )

    brought = bring("x.csv", text.encode())

    assert brought.registry is None
    assert codes(brought) == {
        ("unknown-column", "x.csv", 1, "colour"),
        ("missing-value", "x.csv", 2, "title"),
        ("not-one-of", "x.csv", 3, "category"),
        ("not-a-number", "x.csv", 3, "operating_cost"),
        ("not-a-period", "x.csv", 3, "earliest"),
        ("row-twice", "x.csv", 3, "code"),
        ("formula", "x.csv", 4, "title"),
        ("too-precise", "x.csv", 4, "operating_cost"),
        ("not-a-share", "x.csv", 5, "debt_share"),
    }  # 12,50 shows what commas are here, so 1,234 is 1.234, finer than a cent
    assert next(r for r in brought.refused if r.code == "unknown-column").accepted.startswith(
        "code, "
    )


def test_a_missing_column_is_named_with_those_that_were_found():
    brought = bring("x.csv", b"code,service\nP1,TI\n")

    refused = brought.refused[0]
    assert (refused.code, refused.accepted, refused.found) == (
        "missing-column",
        "title",
        "code, service",
    )


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ('code,title\nP1,"never closed\nP2,x\n', "quotes-unbalanced", 2),
        ('code,title\nP1,"closed" badly\n', "quotes-unbalanced", 2),
        ("code,title\nP1,a,b\n", "too-many-cells", 2),
        ("code,title,\nP1,a,b\n", "too-many-cells", 2),
        ("code,title,code\nP1,a,b\n", "twice", 1),
        ("code,title\n", "no-rows", 2),
        ("code,title\nP1,a\x07b\n", "control-character", 2),
        ("code,title\nP|1,a\n", "not-a-code", 2),
    ],
)
def test_broken_tables_are_refused_where_they_break(text, code, row):
    brought = bring("x.csv", text.encode())

    assert brought.registry is None
    assert (code, row) in {(r.code, r.where.row) for r in brought.refused}


def test_a_short_row_is_completed_as_excel_leaves_it():
    brought = bring("x.csv", b"code,title,service\nP1,a\n")

    assert brought.registry.projects[0].service == ""
