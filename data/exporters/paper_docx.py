"""A paper as an office document that people go on writing in: real headings, tables with heads."""

import io
import re
import zipfile
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.document import Document as Writing
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from data.exporters import pictures
from data.exporters.packed import packed
from data.exporters.paper import (
    Block,
    Facts,
    Heading,
    Paper,
    Picture,
    Points,
    Said,
    Signatures,
    Table,
)

LANGUAGES = {"fr": "fr-CA", "en": "en-CA"}
WIDTH = Cm(17.4)  # between the margins of a US letter page
QUIET, ACCENT, INK = RGBColor(0x4D, 0x59, 0x66), RGBColor(0x0B, 0x53, 0x94), RGBColor(16, 24, 32)
UNWRITTEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold


def docx(paper: Paper) -> bytes:
    """The paper; the same bytes for the same paper."""
    writing = Document()
    _set_page(writing, paper)
    _set_styles(writing, paper.language)
    for line in paper.address:
        writing.add_paragraph(_text(line)).paragraph_format.space_after = Pt(0)
    writing.add_heading(_text(paper.title), 1)
    if paper.banner:
        _said(writing, Said(paper.banner, "answer"))
    for block in paper.blocks:
        _block(writing, block, paper.language)
    page = io.BytesIO()
    writing.save(page)
    return _still(page.getvalue())


def _set_page(writing: Writing, paper: Paper) -> None:
    section = writing.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21.59), Cm(27.94)
    section.left_margin = section.right_margin = Cm(2.1)
    section.top_margin = section.bottom_margin = Cm(2.1)
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.clear_all()
    foot.add_run(f"{_text(paper.running)} · {paper.page[0]} ")
    _field(foot, "PAGE")
    foot.add_run(f" {paper.page[1]} ")
    _field(foot, "NUMPAGES")
    for run in foot.runs:
        _running(run)
    made = datetime.combine(paper.on, time(12))
    about = writing.core_properties
    about.title, about.author = _text(paper.title)[:255], _text(paper.author)[:255]
    about.last_modified_by, about.comments = about.author, ""
    about.language = LANGUAGES[paper.language]
    about.created = about.modified = about.last_printed = made


def _set_styles(writing: Writing, language: str) -> None:
    """The city's plain look; every word is marked as of the paper's language."""
    for tongue in writing.styles.element.iter(qn("w:lang")):
        tongue.set(qn("w:val"), LANGUAGES[language])
    normal: Any = writing.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = "Calibri", Pt(10.5), INK
    normal.paragraph_format.space_after = Pt(6)
    for level, size in ((1, 19), (2, 13), (3, 11)):
        style: Any = writing.styles[f"Heading {level}"]
        style.font.size, style.font.name = Pt(size), "Calibri"
        style.font.color.rgb = ACCENT if level == 2 else INK
        fonts = style.element.rPr.rFonts
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name}"), None)


def _block(writing: Writing, block: Block, language: str) -> None:
    match block:
        case Heading(text, level):
            writing.add_heading(_text(text), level)
        case Said():
            _said(writing, block)
        case Facts(rows):
            for name, value in rows:
                _fact(writing, name, value)
        case Points(items):
            for item in items:
                writing.add_paragraph(_text(item), style="List Bullet")
        case Table():
            _table(writing, block)
        case Picture(spec, alt):
            _picture(writing, pictures.png(spec, language), alt)
        case Signatures(names):
            for name in names:
                line = writing.add_paragraph("_" * 42)
                line.paragraph_format.space_before = Pt(30)
                line.paragraph_format.keep_with_next = True
                writing.add_paragraph(_text(name))


def _said(writing: Writing, said: Said) -> None:
    run = writing.add_paragraph().add_run(_text(said.text))
    if said.tone == "answer":
        run.font.size = Pt(12)
    elif said.tone == "quiet":
        run.font.size, run.font.color.rgb = Pt(9), QUIET


def _fact(writing: Writing, name: str, value: str) -> None:
    """The fact beside its name, its lines one under the other."""
    line = writing.add_paragraph()
    form = line.paragraph_format
    form.left_indent, form.first_line_indent, form.space_after = Cm(5.4), Cm(-5.4), Pt(3)
    form.tab_stops.add_tab_stop(Cm(5.4))
    line.add_run(_text(name)).font.color.rgb = QUIET
    line.add_run(f"\t{_text(value)}")


def _table(writing: Writing, table: Table) -> None:
    grid = writing.add_table(rows=1 + len(table.rows), cols=len(table.head))
    grid.style = "Table Grid"
    grid.autofit = False
    widths = _widths(table)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Length(width)
    for place, (row, said) in enumerate(zip(grid.rows, (table.head, *table.rows), strict=True)):
        _mark(row._tr, is_head=place == 0)
        for at, (cell, words) in enumerate(zip(row.cells, said, strict=True)):
            cell.width = Length(widths[at])
            line = cell.paragraphs[0]
            line.paragraph_format.space_after = Pt(1)
            run = line.add_run(_text(words))
            run.font.size, run.font.bold = Pt(9), place == 0 or None
            if at in table.figures:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    writing.add_paragraph().paragraph_format.space_after = Pt(2)


def _widths(table: Table) -> list[int]:
    """A column without a share takes what its longest word or figure needs."""
    narrow = [
        Cm(min(4.0, 0.5 + 0.17 * max(len(row[at]) for row in (table.head, *table.rows))))
        if share == 0 else 0
        for at, share in enumerate(table.widths)
    ]  # fmt: skip
    left, shares = WIDTH - sum(narrow), sum(table.widths) or 1
    return [
        fixed or int(left * share / shares)
        for fixed, share in zip(narrow, table.widths, strict=True)
    ]


def _mark(row: Any, *, is_head: bool) -> None:  # noqa: ANN401  an lxml element
    """No row is cut by a page's end; the first one is repeated at each page's head."""
    form = row.get_or_add_trPr()
    form.append(OxmlElement("w:cantSplit"))
    if is_head:
        form.append(OxmlElement("w:tblHeader"))
        for cell in row.tc_lst:
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E4EAF1")):
                shade.set(qn(f"w:{name}"), value)
            cell.get_or_add_tcPr().append(shade)


def _picture(writing: Writing, png: bytes, alt: str) -> None:
    shown = writing.add_picture(io.BytesIO(png), width=WIDTH)
    about = shown._inline.docPr
    about.set("descr", _text(alt))
    about.set("title", "")


def _field(line: Paragraph, name: str) -> None:
    """A number that the word processor works out."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    line._p.append(field)
    run = line.add_run("1")
    _running(run)
    field.append(run._r)


def _running(run: Run) -> None:
    """As the foot of every page is written."""
    run.font.size, run.font.color.rgb = Pt(8.5), QUIET


def _text(words: str) -> str:
    """The words as XML can hold them."""
    return UNWRITTEN.sub("\ufffd", words)


def _still(content: bytes) -> bytes:
    """The same parts, none of which tells when it was packed."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return packed({name: parts.read(name) for name in parts.namelist()})
