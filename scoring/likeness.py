"""How alike texts are, offline: cosines of TF-IDF over words and runs of letters, accents folded.

Source: Salton & Buckley 1988 (tf-idf, sublinear tf); runs of letters within words make inflections
and compounds of French alike.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Numbers = NDArray[np.float64]
WORD = re.compile(r"[a-z0-9]{2,}")
RUNS = (3, 4, 5)  # letters


def words(text: str) -> list[str]:
    """The words of two letters or more, in lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return WORD.findall(plain)


def alike(texts: Sequence[str]) -> Numbers:
    """Texts x texts, 0..1: the mean of the cosine over words and of that over runs of letters."""
    split = [words(text) for text in texts]
    found: Numbers = (_cosines(split, _itself) + _cosines(split, _runs)) / 2
    return found


def _cosines(texts: Sequence[Sequence[str]], parts: Callable[[str], Iterator[str]]) -> Numbers:
    place: dict[str, int] = {}
    rows, columns, weights = [], [], []
    for at, text in enumerate(texts):
        counts = Counter(chain.from_iterable(map(parts, text)))
        for part, count in counts.items():
            rows.append(at)
            columns.append(place.setdefault(part, len(place)))
            weights.append(1.0 + np.log(count))
    shape = (len(texts), max(1, len(place)))
    table = csr_matrix((weights, (rows, columns)), shape=shape)
    known = np.bincount(np.array(columns, dtype=int), minlength=shape[1])
    table = table.multiply(np.log((1 + len(texts)) / (1 + known)) + 1.0).tocsr()
    norms = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    products = (table @ table.T).toarray()
    found: Numbers = products / np.maximum(np.outer(norms, norms), 1e-12)
    return found


def _itself(word: str) -> Iterator[str]:
    yield word


def _runs(word: str) -> Iterator[str]:
    padded = f" {word} "
    for size in RUNS:
        for at in range(len(padded) - size + 1):
            yield padded[at : at + size]
