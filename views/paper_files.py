"""The papers of a meeting as files: minutes, workbook, letters; the same bytes for one record."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from data.exporters.packed import packed
from data.exporters.paper import Language, Paper
from data.exporters.paper_docx import docx
from data.exporters.paper_pdf import pdf
from data.exporters.paper_xlsx import xlsx
from portfolio.record import Proceedings
from portfolio.reply import Reply
from views import minutes_book, minutes_paper, reply_paper
from views.text import Text

Kind = Literal["pdf", "docx"]
KINDS: Mapping[Kind, Callable[[Paper], bytes]] = {"pdf": pdf, "docx": docx}
MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_UNSAFE = re.compile(r"[^\w.-]+")  # a project's code is typed: no folder, no hidden file


def minutes(record: Proceedings, language: Language, kind: Kind) -> bytes:
    """The minutes."""
    return KINDS[kind](minutes_paper.paper(record, language))


def workbook(record: Proceedings, language: Language) -> bytes:
    """The decisions and all that led to them, as a workbook."""
    return xlsx(minutes_book.sheets(record, language), minutes_name(record.meeting, language))


def letter(reply: Reply, language: Language, kind: Kind) -> bytes:
    """One letter."""
    return KINDS[kind](reply_paper.paper(reply, language))


def letters(replies: Iterable[Reply], language: Language) -> bytes:
    """Every letter, as a PDF and to be edited, in one zip."""
    return packed({
        f"{letter_name(one, language)}.{kind}": letter(one, language, kind)
        for one in replies for kind in KINDS
    })  # fmt: skip


def beside(record: Proceedings, language: Language) -> dict[str, bytes]:
    """The minutes and the workbook, as they stand in a decision pack."""
    name = minutes_name(record.meeting, language)
    papers = {f"{name}.{kind}": minutes(record, language, kind) for kind in KINDS}
    return papers | {f"{workbook_name(record.meeting, language)}.xlsx": workbook(record, language)}


def pack_name(meeting: int, language: Language) -> str:
    """« dossier-seance-3-fr »."""
    return Text(language)("reply.file.pack", meeting=meeting)


def minutes_name(meeting: int, language: Language) -> str:
    """« proces-verbal-seance-3-fr »."""
    return Text(language)("reply.file.minutes", meeting=meeting)


def workbook_name(meeting: int, language: Language) -> str:
    """« decisions-seance-3-fr »."""
    return Text(language)("reply.file.book", meeting=meeting)


def letter_name(reply: Reply, language: Language) -> str:
    """« reponse-P23-seance-3-fr »."""
    code = _UNSAFE.sub("_", reply.decided.project).strip(".")
    return Text(language)("reply.file.one", project=code, meeting=reply.meeting)


def letters_name(meeting: int, language: Language) -> str:
    """« reponses-seance-3-fr.zip »."""
    return Text(language)("reply.file.all", meeting=meeting)
