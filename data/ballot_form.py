"""The offline ballot as a form: its sheets and columns, and how an answer left alone is told."""

import hashlib
import re
from dataclasses import dataclass

from data.tables.cells import CONTROL
from portfolio.words import Bilingual

ASIDE, RATINGS, CONFLICTS = (
    Bilingual("À lire", "Read me"), Bilingual("Cotes", "Ratings"),
    Bilingual("Conflits", "Conflicts"),
)
IDENTITY = "arbitrage"  # the hidden sheet that says whose ballot it is, and of what
FORMAT = "1"
SILENT = Bilingual("S", "N")  # « sans opinion », "no opinion"; either is read
HEADS = {
    "project": Bilingual("Projet", "Project"),
    "title": Bilingual("Titre du projet", "Project title"),
    "criterion": Bilingual("Critère", "Criterion"),
    "criterion_title": Bilingual("Titre du critère", "Criterion title"),
    "question": Bilingual("Question", "Question"),
    "levels": Bilingual("Ce que veut dire chaque niveau", "What each level means"),
    "rating": Bilingual("Cote", "Rating"),
    "justification": Bilingual("Justification", "Justification"),
    "evidence": Bilingual("Preuve", "Evidence"),
    "confidence": Bilingual("Confiance", "Confidence"),
    "reason": Bilingual("Raison du conflit", "Reason for the conflict"),
    "mark": Bilingual("Repère", "Mark"),
}
ANSWERS = ("rating", "justification", "evidence", "confidence")  # what a person fills
OF_RATINGS = ("project", "title", "criterion", "criterion_title", "question", "levels",
              *ANSWERS, "mark")
OF_CONFLICTS = ("project", "title", "reason", "mark")
LETTERS = 12  # of a digest: enough to tell an answer from another
MARK = re.compile(rf"([0-9]{{1,9}})-([0-9a-f]{{{LETTERS}}})")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one project on one criterion, as the form holds it.

    rating   "" = nothing yet; SILENT.fr = no opinion; else a whole number
    """

    rating: str = ""
    justification: str = ""
    evidence: str = ""
    confidence: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is said."""
        return self == Answer()

    @property
    def print(self) -> str:
        """Tells this answer from another."""
        return printed(self.rating, self.justification, self.evidence, self.confidence)


@dataclass(frozen=True, slots=True)
class Question:
    """One row to fill; ``answer`` is what was already said, ``version`` that of its noun."""

    project: str
    title: str
    criterion: str
    criterion_title: str
    question: str
    levels: tuple[str, ...]
    answer: Answer = Answer()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Interest:
    """A project on which a conflict may be declared, or was."""

    project: str
    title: str
    reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose ballot it is, and for which round of which cycle."""

    cycle: str
    round: int
    person: str
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Form:
    """A ballot to be filled.

    name, cycle   the person's and the cycle's, in words
    scale         the lowest and the highest rating
    """

    identity: Identity
    name: str
    cycle: str
    scale: tuple[int, int]
    questions: tuple[Question, ...]
    interests: tuple[Interest, ...]


def tidy(text: str) -> str:
    """A text as a cell can hold it: one kind of line end, nothing around it, no control."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def printed(*parts: str) -> str:
    """A digest of what is said: equal for equal words."""
    said = "\x1f".join(tidy(part) for part in parts)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:LETTERS]


def mark(version: int, print_: str) -> str:
    """What the hidden column keeps of an answer as it was written."""
    return f"{version}-{print_}"
