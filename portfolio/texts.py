"""Texts that people type or paste: the invisible is cleaned away, what is too long is refused."""

import re
from dataclasses import replace
from typing import Any

from portfolio.errors import Invalid
from portfolio.project import Project

LINE, COMMENT, TEXT = 500, 5_000, 20_000  # characters; an export and its return hold as many
LINES = ("title", "title_en", "service", "sponsor")
TEXTS = ("problem", "outcome", "beneficiaries", "risks")

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")  # Word breaks lines with \x0b
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
_HALVES = re.compile("[\ud800-\udfff]")  # half a character: no database keeps it


def cleaned(text: str) -> str:
    """The text without control characters, soft hyphens nor marks that turn its direction.

    Every kind of line break becomes a plain one; half a character becomes U+FFFD. Quotes,
    unbreakable spaces and what joins emoji stay.
    """
    return _HALVES.sub("\ufffd", _UNSEEN.sub("", _BREAKS.sub("\n", text)))


def unseen(text: str) -> int:
    """How many characters that nobody sees ``cleaned`` takes away or puts right."""
    breaks = [found for found in _BREAKS.findall(text) if found not in ("\r\n", "\r")]
    return len(breaks) + len(_UNSEEN.findall(text)) + len(_HALVES.findall(text))


def held(field: str, text: str, longest: int) -> str:
    """The text cleaned; Invalid "text-too-long" beyond so many characters."""
    clean = cleaned(text)
    if len(clean) > longest:
        raise Invalid("text-too-long", field=field, found=len(clean), accepted=longest)
    return clean


def tidy(project: Project) -> Project:
    """The project with each of its texts cleaned; Invalid where one is too long."""
    typed: dict[str, Any] = {name: held(name, getattr(project, name), LINE) for name in LINES}
    typed |= {name: held(name, getattr(project, name), TEXT) for name in TEXTS}
    basis = project.legal_basis
    if basis is not None:
        law, article = held("law", basis.law, LINE), held("article", basis.article, LINE)
        basis = replace(basis, law=law, article=article, proof=held("proof", basis.proof, TEXT))
    return replace(
        project,
        **typed,
        legal_basis=basis,
        answers=tuple(
            replace(a, comment=held("comment", a.comment, COMMENT)) for a in project.answers
        ),
        variants=tuple(
            replace(v, title=held("title", v.title, LINE)) for v in project.variants
        ),
        debt_effects=tuple(
            replace(e, title=held("title", e.title, LINE), note=held("note", e.note, COMMENT))
            for e in project.debt_effects
        ),
    )
