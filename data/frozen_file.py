"""The document of a freeze: plain JSON, the same bytes for the same inputs, read back strictly."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from data import question_file, strict_json
from data.journal import canonical
from data.question_problems import problems
from portfolio.errors import Invalid
from portfolio.frozen import Frozen
from portfolio.registry import Registry
from portfolio.scenario import Scenario

FORMAT = 1
MOST_WHOLE = 10**strict_json.MOST_DIGITS


@dataclass(frozen=True, slots=True)
class _Inputs:
    """The document, but for the question within: that one has a file format of its own."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    format: int
    registry: Registry
    scenario: Scenario
    values: Mapping[str, float]


_INPUTS = TypeAdapter(_Inputs)


def write(frozen: Frozen) -> bytes:
    """The document; the question stands in it letter by letter as its hash was taken."""
    question = json.loads(question_file.canonical(frozen.question))
    inputs = _Inputs(FORMAT, frozen.registry, frozen.scenario, dict(frozen.values))
    plain = json.loads(canonical(_INPUTS.dump_python(inputs, by_alias=True)))
    return canonical(_whole(plain) | {"question": question}).encode()


@lru_cache(maxsize=8)
def read(content: bytes) -> Frozen:
    """The inputs; Invalid("inputs-unreadable", problems=…) when they are not such a document."""
    try:
        document = strict_json.foreign(content)
    except Invalid as refusal:
        raise Invalid("inputs-unreadable", problems=(refusal,)) from None
    if not isinstance(document, dict) or not isinstance(document.get("question"), dict):
        raise Invalid("inputs-unreadable", problems=())
    question = question_file.read(json.dumps(document.pop("question")).encode())
    try:
        read_ = _INPUTS.validate_json(json.dumps(document))
    except ValidationError as errors:
        raise Invalid("inputs-unreadable", problems=problems(errors, document)) from None
    if read_.format != FORMAT:
        raise Invalid("pack-format", found=read_.format, accepted=FORMAT)
    return Frozen(read_.registry, read_.scenario, read_.values, question)


def _whole(node: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Whole floats as integers: 100 and 100.0 are the same number, whoever read it."""
    if isinstance(node, dict):
        return {key: _whole(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_whole(value) for value in node]
    is_whole = isinstance(node, float) and node.is_integer() and abs(node) < MOST_WHOLE
    return int(node) if is_whole else node
