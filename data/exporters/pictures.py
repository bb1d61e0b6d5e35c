"""Charts drawn outside a browser: lines and letters for a PDF, dots for an office document."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

import vl_convert

LOCALES: Mapping[str, Literal["fr-CA", "en-CA"]] = {"fr": "fr-CA", "en": "en-CA"}
DOTS = 2.5  # for each point of the drawing, so that print stays sharp


def svg(spec: Mapping[str, Any], language: str) -> str:
    """The Vega-Lite chart as SVG, its numbers as the language writes them."""
    return _svg(json.dumps(spec, sort_keys=True), language)


def png(spec: Mapping[str, Any], language: str) -> bytes:
    """The same as PNG."""
    return _png(json.dumps(spec, sort_keys=True), language)


@lru_cache(maxsize=32)
def _svg(spec: str, language: str) -> str:
    locale = LOCALES[language]
    drawn: str = vl_convert.vegalite_to_svg(
        spec, format_locale=locale, time_format_locale=locale, allowed_base_urls=[])
    return drawn


@lru_cache(maxsize=32)
def _png(spec: str, language: str) -> bytes:
    locale = LOCALES[language]
    return bytes(vl_convert.vegalite_to_png(
        spec, scale=DOTS, format_locale=locale, time_format_locale=locale, allowed_base_urls=[]))
