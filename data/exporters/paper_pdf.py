"""A paper as a PDF: US letter, tagged for screen readers, the same on every machine."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from data.exporters import pictures
from data.exporters.letters import displayable
from data.exporters.paper import Block, Paper, Picture, Table

TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf(paper: Paper) -> bytes:
    """The paper typeset; what people typed is data there, never markup."""
    document = displayable(_document(paper))
    return bytes(
        typst.compile(
            TEMPLATE,
            sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],  # PDF/UA-1: every picture has its words, every table its heads
            timestamp=datetime.combine(paper.on, time(12), UTC),
        )
    )


def _document(paper: Paper) -> dict[str, Any]:
    names = ("language", "title", "author", "running", "page", "address", "banner")
    return {name: getattr(paper, name) for name in names} | {
        "blocks": [*_blocks(paper)],
    }


def _blocks(paper: Paper) -> Iterator[Mapping[str, Any]]:
    for block in paper.blocks:
        yield {"kind": type(block).__name__.lower(), **_parts(block, paper.language)}


def _parts(block: Block, language: str) -> Mapping[str, Any]:
    match block:
        case Picture(spec, alt):
            return {"svg": pictures.svg(spec, language), "alt": alt}
        case Table():
            return asdict(block) | {"figures": sorted(block.figures), "shares": block.widths}
        case _:
            return asdict(block)

