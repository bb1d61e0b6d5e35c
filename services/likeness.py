"""How much French texts resemble each other: rare roots in common, and the words that show it.

A text is a vector of its roots, of length 1: (1 + ln n) x (1 + ln((1 + N) / (1 + N with it))) for
a root found n times there, among N texts. Two are as like as the cosine of their vectors, 0 to 1.
Source: Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, ch. 6. It is one
sparse product: scipy, which is here already, does it in few lines; scikit-learn would bring more
than it spares.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import snowballstemmer
from scipy import sparse

WORD = re.compile(r"[^\W\d_]+(?:\d+[^\W_]*)?")
STOP_WORDS = Path(__file__).with_name("stop_words.txt")
SHORTEST = 2  # letters of a word that counts
BLOCK = 500  # texts compared at once with all the others
MOST_SHARED = 6


def folded(word: str) -> str:
    """The word in small letters without its accents: « Événement » and « evenement » are one."""
    apart = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache(maxsize=100_000)
def root(word: str) -> str:
    """The root of a word as it is written; "" for a stop word, or one too short to count."""
    bare = folded(word)
    if len(bare) < SHORTEST or bare in _stop_words():
        return ""
    return folded(_stemmer().stemWord(word.casefold()))


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("french")


@cache
def _stop_words() -> frozenset[str]:
    lines = STOP_WORDS.read_text(encoding="utf-8").splitlines()
    words = (word for line in lines if not line.startswith("#") for word in line.split())
    return frozenset(folded(word) for word in words)


class Texts:
    """Texts made ready to be compared; rows keep the order in which they were given."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._spelled = [_spelled(text) for text in texts]
        self._roots = sorted({root for words in self._spelled for root in words})
        self._matrix = self._vectors()

    def _vectors(self) -> sparse.csr_array:
        """Texts x roots: each row of length 1, or 0 for a text without a word."""
        place = {root: at for at, root in enumerate(self._roots)}
        rows = [at for at, words in enumerate(self._spelled) for _ in words]
        columns = [place[root] for words in self._spelled for root in words]
        counts = [sum(words[root].values()) for words in self._spelled for root in words]
        shape = len(self._spelled), len(self._roots)
        held = sparse.csr_array((1 + np.log(np.array(counts, float)), (rows, columns)), shape)
        texts_with = np.bincount(columns, minlength=shape[1])
        rarity = np.log((1 + shape[0]) / (1 + texts_with)) + 1
        weighed = sparse.csr_array(held @ sparse.diags_array(rarity))
        lengths = np.sqrt(weighed.multiply(weighed).sum(axis=1))
        return sparse.csr_array(sparse.diags_array(1 / np.where(lengths > 0, lengths, 1)) @ weighed)

    def nearest(self, at: int, most: int) -> list[tuple[int, float]]:
        """The texts most like that one, the nearest first; those with no word in common are out."""
        scores = (self._matrix @ self._matrix[[at]].T).toarray().ravel()
        scores[at] = 0
        order = np.argsort(-scores, kind="stable")[:most]
        return [(int(other), float(scores[other])) for other in order if scores[other] > 0]

    def pairs(self, at_least: float) -> list[tuple[int, int, float]]:
        """Every pair at least that much alike, the most alike first."""
        found = [pair for first in range(0, len(self._spelled), BLOCK)
                 for pair in self._pairs(first, at_least)]
        return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))

    def _pairs(self, first: int, at_least: float) -> Iterator[tuple[int, int, float]]:
        block = (self._matrix[first : first + BLOCK] @ self._matrix.T).tocoo()
        is_told = (block.data >= at_least) & (block.row + first < block.col)
        for row, column, score in zip(
            block.row[is_told], block.col[is_told], block.data[is_told], strict=True
        ):
            yield int(row) + first, int(column), float(score)

    def shared(self, one: int, other: int) -> tuple[str, ...]:
        """The words that make two texts alike, the weightiest first, as the first spells them."""
        both = self._matrix[[one]].multiply(self._matrix[[other]]).tocoo()
        order = np.argsort(-both.data, kind="stable")[:MOST_SHARED]
        roots = [self._roots[int(both.col[at])] for at in order]
        return tuple(self._spelled[one][root].most_common(1)[0][0] for root in roots)


def _spelled(text: str) -> dict[str, Counter[str]]:
    """Root -> the spellings in which the text has it."""
    found: dict[str, Counter[str]] = {}
    for word in WORD.findall(unicodedata.normalize("NFC", text)):
        if bare := root(word):
            found.setdefault(bare, Counter())[word if word.isupper() else word.lower()] += 1
    return found
