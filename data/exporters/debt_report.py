"""The report to the council as a PDF: A4, tagged for screen readers, the same on every machine."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst

from data.exporters.letters import displayable

TEMPLATE = Path(__file__).with_suffix(".typ")


def pdf(document: Mapping[str, Any], on: date) -> bytes:
    """The document typeset; what people typed is data there, never markup.

    document   see the template, which names every part
    on         the day that the file says it was made
    """
    return bytes(
        typst.compile(
            TEMPLATE,
            sys_inputs={"document": json.dumps(displayable(document), ensure_ascii=False)},
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],  # PDF/UA-1: every picture has its words, every table its heads
            timestamp=datetime.combine(on, time(12), UTC),
        )
    )
