"""Small frameworks, whole: every leaf has its five sentences in both languages."""

from portfolio.criterion import Criterion, Framework, Levels
from portfolio.words import Bilingual

FIVE = Levels(tuple("abcde"), tuple("ABCDE"))


def leaf(key, parent="", weight=10, **more):
    return Criterion(key, weight, Bilingual(f"Titre {key}", f"Title {key}"), parent,
                     levels=FIVE, **more)


def a_framework(*criteria):
    return Framework("x", "1", Bilingual("Essai"), criteria or (
        leaf("1"), leaf("1.1", "1", 30), leaf("1.2", "1", 10), leaf("2"), leaf("2.1", "2"),
    ))  # fmt: skip
