"""What is doubtful beside a question, read from JSON: weight sets, value intervals, cost laws."""

import json
from collections.abc import Mapping
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from data import strict_json
from data.question_problems import problems
from portfolio.errors import Invalid
from portfolio.overruns import Overruns
from portfolio.weights import WeightSet

T = TypeVar("T")
Interval = tuple[float, float]
Intervals = Mapping[str, Mapping[str, Interval]]

WEIGHTS = TypeAdapter(WeightSet)
OVERRUNS = TypeAdapter(Overruns)
PLAIN: TypeAdapter[Mapping[str, Interval]] = TypeAdapter(Mapping[str, Interval])
BY_CRITERION: TypeAdapter[Intervals] = TypeAdapter(Intervals)


def weight_set(content: bytes) -> WeightSet:
    """{"criteria": [...], "between": {...}, "orders": [[...]], "weights": {...}}."""
    return _read(WEIGHTS, content)


def overruns(content: bytes) -> Overruns:
    """{"projects": {code: [least, most]}, "past": [[share, factor]], "common": 0.3}."""
    return _read(OVERRUNS, content)


def values(content: bytes) -> Intervals:
    """{code: [least, most value]}, as of the one criterion ``value``."""
    found = _read(PLAIN, content)
    return _in_order({code: {"value": interval} for code, interval in found.items()})


def values_by_criterion(content: bytes) -> Intervals:
    """{code: {criterion: [least, most value]}}."""
    return _in_order(_read(BY_CRITERION, content))


def _in_order(found: Intervals) -> Intervals:
    for code, by_criterion in found.items():
        for name, (low, high) in by_criterion.items():
            if not low <= high:
                path = code if name == "value" else f"{code}.{name}"
                raise Invalid("too-low", path=path, found=high, low=low, accepted=f"≥ {low:g}")
    return found


def _read(adapter: TypeAdapter[T], content: bytes) -> T:
    document, wrong = strict_json.loads(content)
    if wrong:
        raise wrong[0]
    try:
        return adapter.validate_json(json.dumps(document), by_alias=True, by_name=False)
    except ValidationError as errors:
        raise problems(errors, document)[0] from None
