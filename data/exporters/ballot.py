"""The offline ballot of one person as a workbook: to print, or to fill and bring back."""

import io
from collections.abc import Iterable, Mapping
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data import ballot_form as form
from data.ballot_form import ANSWERS, HEADS, Form
from data.exporters import ballot_words as words
from data.tables.cells import guarded
from portfolio.rating import LEAST, PROVEN
from portfolio.words import Bilingual

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
           "strings_to_urls": False}
STILL = datetime(2000, 1, 1)
LETTER = 1  # the paper of printers here
WIDTHS = {"project": 9, "title": 18, "criterion": 8, "criterion_title": 18, "question": 26,
          "levels": 46, "rating": 7, "justification": 34, "evidence": 22, "confidence": 10,
          "reason": 60, "mark": 16}
CELL = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BBBBBB"}
FORMATS = {
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#1F3A5F",
             "font_color": "#FFFFFF", "border": 1},
    "locked": {**CELL, "bg_color": "#F2F2F2"},
    "open": {**CELL, "bg_color": "#FFFBE0", "locked": False},
    "choice": {**CELL, "bg_color": "#FFFBE0", "locked": False, "align": "center"},
    "title": {"bold": True, "font_size": 18}, "under": {"bold": True, "font_size": 13},
    "label": {"bold": True, "valign": "top"}, "wrap": {"text_wrap": True, "valign": "top"},
}
MAY = {"format_columns": True, "format_rows": True, "autofilter": True}
CONFIDENCES = ["1", "2", "3"]
Styles = Mapping[str, Format]


def ballot(asked: Form) -> bytes:
    """The ballot in the language of its identity; what was already said stands in it."""
    page = io.BytesIO()
    book = xlsxwriter.Workbook(page, OPTIONS)
    book.set_properties({"title": words.TITLE.in_(asked.identity.language), "created": STILL})
    styles = {name: book.add_format(one) for name, one in FORMATS.items()}
    _aside(_new(book, form.ASIDE, asked), asked, styles)
    _ratings(_new(book, form.RATINGS, asked), asked, styles)
    _conflicts(_new(book, form.CONFLICTS, asked), asked, styles)
    _identity(book.add_worksheet(form.IDENTITY), asked)
    book.close()
    return page.getvalue()


def _new(book: xlsxwriter.Workbook, title: Bilingual, asked: Form) -> Worksheet:
    """A locked sheet of that title, whose every page says whose it is."""
    language = asked.identity.language
    sheet = book.add_worksheet(title.in_(language))
    sheet.set_paper(LETTER)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.protect("", MAY)
    of = f"{asked.name} · {asked.identity.cycle} · {_round(asked)}".replace("&", "&&")
    sheet.set_footer(f"&L{of[:150]}&R{words.PAGE.in_(language)} &P / &N")
    return sheet


def _round(asked: Form) -> str:
    return f"{words.ROUND.in_(asked.identity.language).lower()} {asked.identity.round}"


def _aside(sheet: Worksheet, asked: Form, styles: Styles) -> None:
    """Whose ballot it is, for which round, and how to fill it in."""
    who, language = asked.identity, asked.identity.language
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 76)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, words.TITLE.in_(language), styles["title"])
    told = (
        (words.PERSON, f"{asked.name} ({who.person})"),
        (words.CYCLE, f"{asked.cycle} ({who.cycle})"),
        (words.ROUND, str(who.round)),
    )
    for row, (label, value) in enumerate(told, 2):
        sheet.write_string(row, 0, label.in_(language), styles["label"])
        sheet.write_string(row, 1, value, styles["wrap"])
    sheet.write_string(6, 0, words.HOW.in_(language), styles["under"])
    low, high = asked.scale
    facts = {"low": low, "high": high, "silent": form.SILENT.in_(language), "least": LEAST,
             "proven": PROVEN}
    for number, advice in enumerate(words.ADVICE, 1):
        sheet.write_number(6 + number, 0, number, styles["label"])
        sheet.write_string(6 + number, 1, advice.in_(language).format(**facts), styles["wrap"])


def _ratings(sheet: Worksheet, asked: Form, styles: Styles) -> None:
    language = asked.identity.language
    _table(sheet, form.OF_RATINGS, language, styles)
    for row, one in enumerate(asked.questions, 1):
        said = one.answer
        locked = (one.project, one.title, one.criterion, one.criterion_title, one.question,
                  "\n".join(one.levels))
        rating = form.SILENT.in_(language) if said.rating == form.SILENT.fr else said.rating
        answers = (rating, said.justification, said.evidence, said.confidence)
        mark = form.mark(one.version, said.print)
        _row(sheet, row, form.OF_RATINGS, (*locked, *answers, mark), styles)
    low, high = asked.scale
    levels = [str(level) for level in range(low, high + 1)]
    last = max(1, len(asked.questions))
    _choices(sheet, "rating", last, [*levels, form.SILENT.in_(language)], language)
    _choices(sheet, "confidence", last, CONFIDENCES, language)


def _conflicts(sheet: Worksheet, asked: Form, styles: Styles) -> None:
    _table(sheet, form.OF_CONFLICTS, asked.identity.language, styles)
    for row, one in enumerate(asked.interests, 1):
        mark = form.mark(one.version, form.printed(one.reason))
        cells = (one.project, one.title, one.reason, mark)
        _row(sheet, row, form.OF_CONFLICTS, cells, styles)


def _table(sheet: Worksheet, columns: tuple[str, ...], language: str, styles: Styles) -> None:
    """A table's header, on the screen and on every page printed; its last column is hidden."""
    for place, column in enumerate(columns):
        is_hidden = column == "mark"
        sheet.set_column(place, place, WIDTHS[column], None, {"hidden": is_hidden})
        sheet.write_string(0, place, HEADS[column].in_(language), styles["head"])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _row(
    sheet: Worksheet, row: int, columns: tuple[str, ...], cells: Iterable[str], styles: Styles
) -> None:
    for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
        style = styles[_style(column)]
        if column in ("rating", "confidence") and cell.isdecimal():
            sheet.write_number(row, place, int(cell), style)
        elif cell:
            sheet.write_string(row, place, guarded(form.tidy(cell)), style)
        else:
            sheet.write_blank(row, place, None, style)


def _style(column: str) -> str:
    if column in ("rating", "confidence"):
        return "choice"
    return "open" if column in (*ANSWERS, "reason") else "locked"


def _choices(sheet: Worksheet, column: str, last: int, choices: list[str], language: str) -> None:
    """What the column's cells offer, and accept."""
    place = form.OF_RATINGS.index(column)
    said = words.CHOOSE.in_(language).format(choices=", ".join(choices))
    sheet.data_validation(1, place, last, place, {
        "validate": "list", "source": choices, "ignore_blank": True,
        "error_title": HEADS[column].in_(language), "error_message": said,
    })


def _identity(sheet: Worksheet, asked: Form) -> None:
    """What the reader goes by; the first sheet says the same to people."""
    who = asked.identity
    told = ("format", form.FORMAT), ("cycle", who.cycle), ("round", str(who.round)), (
        "person", who.person), ("language", who.language)
    for row, (name, value) in enumerate(told):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.protect("")
    sheet.very_hidden()
