"""The public dossier as open data: a Frictionless data package (v1) of CSV tables, whole or each.

The specification has one ``title`` and one ``description`` a field: they are French, and the
English ones stand beside them as ``title_en`` and ``description_en``, which it allows. A text that
a spreadsheet would take for a formula gets an apostrophe before it, in every table; taking away
the first apostrophe of such a cell gives the text back, letter for letter (``cells.unguarded``).
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from data.exporters import open_data_tables
from data.exporters.open_data_tables import TABLES, Field, Table
from data.tables.cells import guarded
from portfolio.public_dossier import PublicDossier
from portfolio.words import Bilingual

STILL = (1980, 1, 1, 0, 0, 0)  # the same bytes for the same publication
READABLE = 0o644 << 16
PACKAGE = "datapackage.json"
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Attribution 4.0 International (CC BY 4.0)",
}
GUARD = Bilingual(
    "Un texte qui commence par =, +, -, @ ou une tabulation est précédé d'une apostrophe, pour "
    "qu'aucun tableur ne le prenne pour une formule ; ôtez-la pour retrouver le texte exact.",
    "A text that begins with =, +, -, @ or a tab is preceded by an apostrophe, so that no "
    "spreadsheet takes it for a formula; take it away to get the exact text back.",
)
TOLD = Bilingual(
    "Décisions du comité sur les projets numériques : montants par enveloppe et par exercice, "
    "cotes moyennes, critères et poids. Les champs confidentiels n'y sont pas.",
    "The committee's decisions on digital projects: amounts by envelope and fiscal year, mean "
    "ratings, criteria and weights. Confidential fields are not in it.",
)


@lru_cache(maxsize=8)
def files(dossier: PublicDossier) -> Mapping[str, bytes]:
    """Path within the package -> bytes: the description first, then every table."""
    tables = {table.path: _csv(table, dossier) for table in TABLES}
    described = json.dumps(_package(dossier, tables), ensure_ascii=False, indent=2) + "\n"
    return {PACKAGE: described.encode(), **tables}


@lru_cache(maxsize=8)
def package(dossier: PublicDossier) -> bytes:
    """All of them in one zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files(dossier).items():
            part = zipfile.ZipInfo(path, STILL)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, READABLE
            archive.writestr(part, content)
    return packed.getvalue()


def _csv(table: Table, dossier: PublicDossier) -> bytes:
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow([field.name for field in table.fields])
    for row in table.rows(dossier):
        writer.writerow([_cell(value) for value in row])
    return page.getvalue().encode()


def _cell(value: open_data_tables.Cell) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guarded(value)
    return "" if value is None else str(value)


def _package(dossier: PublicDossier, tables: Mapping[str, bytes]) -> dict[str, Any]:
    title, title_en = dossier.title.fr, dossier.title.in_("en")
    return {
        "profile": "tabular-data-package",
        "name": f"arbitrage-{_slug(dossier.cycle)}",
        "id": f"{dossier.cycle}/{dossier.number}",
        "title": f"Décisions publiées : {title}",
        "title_en": f"Published decisions: {title_en}",
        "description": f"{TOLD.fr} {GUARD.fr}",
        "description_en": f"{TOLD.en} {GUARD.en}",
        "version": f"{dossier.number}.0.0",
        "created": dossier.at,
        "licenses": [LICENCE],
        "sources": [{"title": f"{title}, publication {dossier.number}"}],
        "keywords": ["décisions", "projets", "budget", "decisions", "projects"],
        "is_illustrative": dossier.is_illustrative,
        "resources": [_resource(table, tables[table.path]) for table in TABLES],
    }


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.path,
        "title": table.title.fr,
        "title_en": table.title.en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_described(field) for field in table.fields],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": name, "reference": {"resource": other, "fields": key}}
                for name, other, key in table.refers
            ],
            "missingValues": [""],
        },
    }


def _described(field: Field) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": field.name, "type": field.type,
        "title": field.title.fr, "title_en": field.title.en,
    }  # fmt: skip
    if field.about.fr:
        told |= {"description": field.about.fr, "description_en": field.about.en}
    if field.is_required:
        told["constraints"] = {"required": True}
    return told


def _slug(code: str) -> str:
    """A name as the specification wants it: lower case, digits, - _ and . only."""
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in code.lower())
