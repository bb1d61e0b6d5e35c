"""The architects' flat tables to be filled, and the register as a workbook that comes back."""

import csv
import io
from collections.abc import Sequence

import xlsxwriter

from data.exporters.workbook import FORMATS, OPTIONS, STILL, written
from data.journal import Anchor
from data.scans.architects import TABLES
from data.scans.architects_labels import DEBTS, DEPENDS_ON, INVENTORY, REPAID_BY, Label
from data.tables import Kind
from data.tables.cells import guarded
from portfolio.registry import Registry
from portfolio.words import Bilingual

FLAT = {"inventory": INVENTORY, "debts": DEBTS}
SHEETS = {"inventory": Bilingual("Inventaire", "Inventory"), "debts": Bilingual("Dettes", "Debts")}
LISTS = {  # help and example of the lists that become rows of their own tables
    DEPENDS_ON: (Bilingual("Codes des systèmes dont il a besoin, séparés par |",
                           "Codes of the systems that it needs, separated by |"), "IDENT | GRH"),
    REPAID_BY: (Bilingual("Codes des projets, avec la part, séparés par |",
                          "Codes of the projects, with the share, separated by |"),
                "P-001 = 50 % | P-002 = 0,5"),
}  # fmt: skip
LAST = 1000  # rows whose cells offer a list
AIDS = {"fr": ("# aide : ", "# exemple : "), "en": ("# help: ", "# exemple: ")}


def register(registry: Registry, anchor: Anchor | None = None) -> bytes:
    """The systems and debts in the interchange tables, without any project."""
    return written(registry, TABLES, anchor)


def template_csv(flat: str, language: str = "fr") -> bytes:
    """One flat table with its headers, a line of help and an example that are left aside."""
    page = io.StringIO()
    lines = csv.writer(page, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    lines.writerow([label.in_(language) for label in FLAT[flat]])
    lines.writerows(_aside(FLAT[flat], language))
    return page.getvalue().encode("utf-8-sig")


def template(language: str = "fr") -> bytes:
    """The two flat tables as a workbook, with lists of what may stand in a column of choices."""
    page = io.BytesIO()
    book = xlsxwriter.Workbook(page, OPTIONS)
    book.set_properties({"title": "Arbitrage", "created": STILL})
    styles = {name: book.add_format(one) for name, one in FORMATS.items()}
    for flat, labels in FLAT.items():
        sheet = book.add_worksheet(SHEETS[flat].in_(language))
        sheet.freeze_panes(1, 1)
        for at, label in enumerate(labels):
            sheet.set_column(at, at, 24)
            must = _is_required(label)
            sheet.write_string(0, at, label.in_(language), styles["must" if must else "head"])
            choices = _choices(label)
            if choices:
                sheet.data_validation(3, at, LAST, at, {
                    "validate": "list", "source": choices, "ignore_blank": True,
                })
        for row, cells in enumerate(_aside(labels, language), 1):
            sheet.set_row(row, 60)
            for at, cell in enumerate(cells):
                sheet.write_string(row, at, cell, styles["aside"])
    book.close()
    return page.getvalue()


def _aside(labels: Sequence[Label], language: str) -> list[list[str]]:
    told = [_told(label, language) for label in labels]
    rows = [list(map(guarded, (help_ for help_, _ in told))), [guarded(e) for _, e in told]]
    for row, mark in zip(rows, AIDS[language], strict=True):
        row[0] = mark + row[0]
    return rows


def _told(label: Label, language: str) -> tuple[str, str]:
    """(help, example) of the column."""
    if label.column in LISTS:
        help_, example = LISTS[label.column]
    else:
        help_, example = label.declared.help, label.declared.example
        choices = _choices(label)
        if choices:
            return f"{help_.in_(language)} : {', '.join(choices)}", example
    return help_.in_(language), example


def _choices(label: Label) -> list[str]:
    is_choice = label.column not in LISTS and label.declared.kind is Kind.ONE_OF
    return list(map(str, label.declared.values)) if is_choice else []


def _is_required(label: Label) -> bool:
    return label.table in ("systems", "debts") and label.declared.required
