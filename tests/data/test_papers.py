"""Papers as files: a PDF that reads aloud, an office document, a workbook; the same each time."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx as office
import openpyxl
import pytest
from docx.oxml.ns import qn
from pdf_text import pdf_text

from data.exporters.letters import displayable
from data.exporters.paper import (
    Facts,
    Heading,
    Paper,
    Picture,
    Points,
    Said,
    Signatures,
    Table,
)
from data.exporters.paper_docx import docx
from data.exporters.paper_pdf import pdf
from data.exporters.paper_xlsx import Column, Sheet, xlsx

HOSTILE = '=1+1 *gras* #let x = 1; $y$ \\ [a] <b> "c" @d _e_ `f` // g'
UNSHOWN = "漢字 \x01 \u202e 🎉"
CHART = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "width": 300,
    "data": {"values": [{"name": "Été", "cost": 1234567.5}]},
    "mark": "bar",
    "encoding": {
        "x": {"field": "cost", "type": "quantitative"},
        "y": {"field": "name", "type": "nominal"},
    },
}
PAPER = Paper(
    "fr", "Procès-verbal de l'été", "Ville", date(2026, 11, 27), "Cycle 2027", ("Page", "de"),
    (
        Said("Le comité a tranché.", "answer"),
        Heading("Présences"),
        Facts((("Lieu", HOSTILE),)),
        Points(("Un", HOSTILE)),
        Heading("Montants", 3),
        Said(f"{HOSTILE} {UNSHOWN}"),
        Table(("Projet", "Montant"), ((HOSTILE, "1 234 $"), ("É" * 200, "2 $")), frozenset({1}),
              (1, 0)),
        Picture(CHART, "Une barre, longue."),
        Signatures(("Présidente", "Secrétaire")),
    ),
    ("Aïcha Côté", "Service de l'eau"),
    "Chiffres illustratifs.",
)  # fmt: skip


def plain(told):
    return " ".join(told.replace("\u200b", "").split())


@pytest.fixture(scope="module")
def writing():
    return office.Document(io.BytesIO(docx(PAPER)))


def test_a_pdf_says_what_the_paper_says_letter_for_letter_and_the_same_each_time():
    made = pdf(PAPER)  # refused by the typesetter were it not PDF/UA-1

    told = plain(pdf_text(made))
    for words in (PAPER.title, *PAPER.address, PAPER.banner, "Le comité a tranché.", "1 234 $",
                  "Présidente", "Cycle 2027"):
        assert words in told
    assert told.count(HOSTILE) == 4
    drawn = told.replace(" ", "")  # a chart's letters are set one by one
    assert "É" * 200 in drawn  # broken over lines, rather than out of its column
    assert "Été" in drawn
    assert "1200000" in drawn
    assert "1,200,000" not in drawn
    assert made == pdf(PAPER)


def test_a_row_taller_than_a_page_goes_on_with_the_next():
    tall = Table(("Projet", "Motif"), (("P1", "oui non et " * 1_500),), shares=(9, 1))

    made = pdf(replace(PAPER, blocks=(tall,)))

    assert plain(pdf_text(made)).count("oui") == 1_500
    assert len(re.findall(rb"/Type/Page/", made)) > 5


def test_a_letter_that_the_fonts_lack_is_shown_as_unknown_and_stops_no_pdf():
    assert displayable(UNSHOWN) == "�� � � �"
    kept = {"a": ["Œuvre – « é » ≥ ■", 3, None]}
    assert displayable(kept) == kept
    assert displayable("e\u0301te\u0301") == "été"
    every = "".join(map(chr, (*range(9, 0xD800), *range(0xE000, 0x1F800))))

    assert pdf(replace(PAPER, blocks=(Said(every),)))


def test_an_office_document_has_real_headings_tables_with_heads_and_its_language(writing):
    told = [(line.style.name, line.text) for line in writing.paragraphs]

    assert ("Heading 1", PAPER.title) in told
    assert ("Heading 2", "Présences") in told
    assert ("Heading 3", "Montants") in told
    assert ("List Bullet", HOSTILE) in told
    (table,) = writing.tables
    assert [[cell.text for cell in row.cells] for row in table.rows][:2] == [
        ["Projet", "Montant"], [HOSTILE, "1 234 $"],
    ]
    assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    tongues = {tongue.get(qn("w:val")) for tongue in writing.styles.element.iter(qn("w:lang"))}
    assert tongues == {"fr-CA"}
    (picture,) = writing.inline_shapes
    assert picture._inline.docPr.get("descr") == "Une barre, longue."
    assert "PAGE" in writing.sections[0].footer._element.xml


def test_an_office_document_holds_letters_that_xml_cannot_and_is_the_same_each_time(writing):
    assert f"{HOSTILE} 漢字 � \u202e 🎉" in [line.text for line in writing.paragraphs]
    made = docx(PAPER)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert made == docx(PAPER)


def test_a_workbook_keeps_texts_texts_amounts_numbers_and_days_days():
    columns = (Column("Projet"), Column("Montant", "money"), Column("Jour", "date"),
               Column("Part", "share"))  # fmt: skip
    rows = ((HOSTILE, 123_450, date(2027, 3, 1), 0.5), ("+33", None, None, None),
            ("http://x.y", 0, None, None))  # fmt: skip
    sheets = [Sheet("Décisions", columns, rows), Sheet("Vide", columns, ())]

    made = xlsx(sheets, "Séance 1")

    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["Décisions", "Vide"]
    cells = [*book["Décisions"].iter_rows()]
    assert cells[1][0].value == f"'{HOSTILE}"
    assert cells[1][1].value == 1234.5
    assert cells[1][2].value.date() == date(2027, 3, 1)
    assert [row[0].value for row in cells[2:]] == ["'+33", "http://x.y"]
    assert not [cell for row in cells for cell in row if cell.data_type == "f"]
    assert [cell.value for cell in book["Vide"][1]] == ["Projet", "Montant", "Jour", "Part"]
    assert made == xlsx(sheets, "Séance 1")
