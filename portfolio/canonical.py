"""A noun as a document that is kept: canonical JSON, the same bytes for the same noun."""

import json
from typing import TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


def written(shape: TypeAdapter[T], noun: T) -> bytes:
    """The document: keys in order, nothing between, UTF-8; ValueError for what is not finite."""
    plain = shape.dump_python(noun, mode="json")
    return json.dumps(
        plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
