"""JSON read without indulgence: no NaN, no key twice, no bottomless nesting, no broken text."""

import json
import math
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from portfolio.errors import Invalid

DEEPEST, MOST_DIGITS, MOST_BYTES = 100, 15, 50_000_000
SURROGATE = re.compile("[\ud800-\udfff]")
LONE_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]"
    r"|\\\\u[dD][89a-fA-F]"
)  # as JSON escapes one, or where a backslash before it makes that hard to tell
ESCAPED = re.compile(r"\\u[dD]")  # quick to look for: most documents have none
HOLDERS = (dict, list)
BY_NAME = frozenset(
    {
        "envelopes", "teams", "measures", "tags", "cost", "effort", "retired_by", "retired_after",
        "saving", "maximize",
    }
)  # objects whose keys are the writer's own names: only a text beside them can be a comment
Path = tuple[str | int, ...]
IsComment = Callable[[str, object, Path], bool]


class _Pairs(dict[str, Any]):
    """An object of the file that remembers the keys it held twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        times = Counter(key for key, _ in pairs) if len(self) < len(pairs) else {}
        self.twice = sorted(key for key, count in times.items() if count > 1)


class _Unfit(str):
    """A number that cannot be kept, as it was written."""

    __slots__ = ()


def loads(content: bytes) -> tuple[Any, list[Invalid]]:
    """(the document without its comments, what is wrong with it); Invalid when it is not JSON."""
    problems: list[Invalid] = []
    return _clean(_parsed(content, MOST_BYTES), (), problems, _is_comment), problems


def foreign(content: bytes, most_bytes: int = MOST_BYTES) -> Any:  # noqa: ANN401 - any JSON value
    """A document that another tool wrote: none of its keys is a comment.

    Invalid for the first thing that is wrong with it.
    """
    text = _decoded(content, most_bytes)
    doubts = _Doubts()
    document = _decode(text, doubts.pairs, doubts.unfit)
    is_sound = not (ESCAPED.search(text) and LONE_SURROGATE.search(text))
    if is_sound and not doubts.are_any and _is_shallow(document):
        return document
    problems: list[Invalid] = []
    document = _clean(_parsed(content, most_bytes), (), problems, _is_never_one)
    if problems:
        raise problems[0]
    return document


class _Doubts:
    """Whether anything was met, while reading, that has to be looked for and placed."""

    def __init__(self) -> None:
        self.are_any = False

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        whole = dict(pairs)
        self.are_any |= len(whole) < len(pairs)
        return whole

    def unfit(self, digits: str) -> _Unfit:
        self.are_any = True
        return _Unfit(digits)


def _is_shallow(document: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether its objects and lists are nested by no more than may be."""
    level = [document] if isinstance(document, dict | list) else []
    for _ in range(DEEPEST):
        held = (node.values() if type(node) is dict else node for node in level)
        level = [item for items in held for item in items if type(item) in HOLDERS]
        if not level:
            return True
    return False


def _parsed(content: bytes, most_bytes: int) -> Any:  # noqa: ANN401 - any JSON value
    return _decode(_decoded(content, most_bytes), _Pairs, _Unfit)


def _decoded(content: bytes, most_bytes: int) -> str:
    if len(content) > most_bytes:
        raise Invalid("file-too-big", path="", found=len(content), accepted=f"≤ {most_bytes}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("not-utf-8", path=f"{error.start}", found="", accepted="UTF-8") from None


def _decode(
    text: str, pairs: Callable[[list[tuple[str, Any]]], Any], unfit: Callable[[str], _Unfit]
) -> Any:  # noqa: ANN401 - any JSON value
    def whole(digits: str) -> int | _Unfit:
        return int(digits) if len(digits.lstrip("-")) <= MOST_DIGITS else unfit(digits[:40])

    def real(digits: str) -> float | _Unfit:
        number = float(digits)
        return number if math.isfinite(number) else unfit(digits[:40])

    try:
        return json.loads(
            text,
            object_pairs_hook=pairs,
            parse_constant=unfit,
            parse_int=whole,
            parse_float=real,
        )
    except json.JSONDecodeError as error:
        place = f"{error.lineno}:{error.colno}"
        found = text[error.pos : error.pos + 20]
        raise Invalid("not-json", path=place, found=found, accepted="") from None
    except RecursionError:
        raise Invalid("too-deep", path="", found="", accepted=f"≤ {DEEPEST}") from None


def shown(path: Path) -> str:
    """``projects[0].variants[0].cost.PDI[1]``."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path).lstrip(".")


def _clean(
    node: Any,  # noqa: ANN401 - any JSON value
    path: Path,
    problems: list[Invalid],
    is_comment: IsComment,
) -> Any:  # noqa: ANN401 - as above
    if len(path) > DEEPEST:
        limit = f"≤ {DEEPEST}"
        problems.append(Invalid("too-deep", path=shown(path)[:80], found="", accepted=limit))
        return None
    if isinstance(node, _Unfit):
        code = "too-high" if node.lstrip("-").isdecimal() else "not-finite"
        accepted = f"≤ {MOST_DIGITS} 0-9" if code == "too-high" else ""
        problems.append(Invalid(code, path=shown(path), found=str(node), accepted=accepted))
        return 0
    if isinstance(node, str):
        return _sound(node, path, problems)
    if isinstance(node, list):
        return [_clean(item, (*path, i), problems, is_comment) for i, item in enumerate(node)]
    if isinstance(node, _Pairs):
        for key in node.twice:
            problems.append(Invalid("key-twice", path=shown((*path, key)), found=key, accepted=""))
        kept = ((k, v) for k, v in node.items() if not is_comment(k, v, path))
        return {
            _sound(k, path, problems): _clean(v, (*path, k), problems, is_comment) for k, v in kept
        }
    return node


def _sound(text: str, path: Path, problems: list[Invalid]) -> str:
    if SURROGATE.search(text):
        problems.append(Invalid("broken-text", path=shown(path).encode("ascii", "replace").decode(),
                                found=ascii(text)[:40], accepted=""))
        return ""
    return text


def _is_comment(key: str, value: object, path: Path) -> bool:
    if key not in ("comment", "note") and not key.startswith(("$", "_")):
        return False
    parent = path[-1] if path else ""
    return parent not in BY_NAME or (isinstance(value, str) and parent != "tags")


def _is_never_one(key: str, value: object, path: Path) -> bool:
    return False
