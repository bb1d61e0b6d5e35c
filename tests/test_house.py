"""The house stands: each file keeps its floor, its size, and says what it is for."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BELOW = {  # who may import whom, inside the house
    "portfolio": set(),
    "scoring": {"portfolio"},
    "optimizer": {"portfolio"},
    "data": {"portfolio"},
    "services": {"portfolio", "scoring", "optimizer", "data"},
    "views": {"portfolio", "scoring", "optimizer", "data", "services"},
    "commands": {"portfolio", "scoring", "optimizer", "data", "services", "views"},
}
DOORS = ("streamlit_app.py", "asgi.py", "cli.py", "start.py")
HOMES = {  # who may use what others made; a name not listed here may be used anywhere
    "streamlit": ("views/", "streamlit_app.py", "asgi.py"),
    "altair": ("views/", "streamlit_app.py", "asgi.py"),
    "pulp": ("optimizer/",),
    "highspy": ("optimizer/",),
    "sqlalchemy": ("data/",),
    "alembic": ("data/",),
    "pysqlite3": ("data/",),
    "psycopg": ("data/",),
    "openpyxl": ("data/",),
    "xlsxwriter": ("data/",),
    "python_calamine": ("data/",),
    "pandas": ("scoring/", "data/", "views/", *DOORS),
    "typer": ("cli.py", "commands/"),
    "numba": ("optimizer/",),
    "distributed": ("services/",),
    "typst": ("data/",),
    "docx": ("data/",),
    "vl_convert": ("data/",),
}
MAY_USE = {"portfolio": {"numpy", "networkx", "pydantic"}, "start.py": set()}
LINES_OF_A_FUNCTION, LINES_OF_A_FILE = 60, 400
WRITTEN_ONCE = "data/migrations/versions/"  # a migration's length is its table's


def files() -> list[str]:
    found = [file for wing in BELOW for file in (ROOT / wing).rglob("*.py")]
    return sorted(file.relative_to(ROOT).as_posix() for file in [*found, *ROOT.glob("*.py")])


@pytest.mark.parametrize("place", files())
def test_a_file_keeps_the_rules_of_the_house(place):
    source = (ROOT / place).read_text(encoding="utf-8")

    assert list(complaints(place, source)) == []


@pytest.mark.parametrize(
    ("place", "line", "complaint"),
    [
        ("portfolio/debt.py", "import scoring", "scoring is not below portfolio"),
        ("scoring/measures.py", "from data.store import read", "data is not below scoring"),
        ("data/store.py", "import optimizer.solvers", "optimizer is not below data"),
        ("services/debts.py", "from views.text import fr", "views is not below services"),
        ("views/debts.py", "import cli", "cli is a door: nothing imports it"),
        ("cli.py", "import asgi", "asgi is a door: nothing imports it"),
        ("services/debts.py", "import streamlit as st", "streamlit has its home elsewhere"),
        ("cli.py", "from streamlit.web import cli", "streamlit has its home elsewhere"),
        ("views/plans.py", "import pulp", "pulp has its home elsewhere"),
        ("services/imports.py", "import pandas as pd", "pandas has its home elsewhere"),
        ("services/imports.py", "from sqlalchemy import text", "sqlalchemy has its home elsewhere"),
        ("portfolio/project.py", "import scipy", "scipy is not for portfolio"),
        ("start.py", "import rich", "rich is not for start.py"),
        ("views/home.py", "from . import charts", "write imports whole"),
        ("views/home.py", "def show():\n    import pulp", "pulp has its home elsewhere"),
        ("views/home.py", "def show():\n" + "    pass\n" * 60, "show has 61 lines, 60 at most"),
        ("views/home.py", "\n" * 400, "402 lines, 400 at most"),
        ("shortcut.py", "", "neither a wing nor a door"),
    ],
)
def test_a_breach_is_named(place, line, complaint):
    assert complaint in list(complaints(place, f'"""What it is for."""\n\n{line}'))


def test_a_file_without_a_docstring_is_named():
    assert list(complaints("portfolio/debt.py", "import math")) == ["does not say what it is for"]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("views/debts.py", "from portfolio.debt import DebtItem\nimport services.debts, altair"),
        ("cli.py", "import typer\nfrom data.importers import IMPORTERS\nimport services.imports"),
        ("data/store.py", "from data.schema import projects\nimport sqlalchemy, json"),
        ("data/migrations/versions/0001_all.py", "def upgrade():\n" + "    pass\n" * 500),
    ],
)
def test_what_the_house_allows_raises_no_complaint(place, line):
    assert list(complaints(place, f'"""What it is for."""\n\n{line}')) == []


def complaints(place: str, source: str) -> Iterator[str]:
    tree = ast.parse(source)
    wing = place.split("/")[0]
    if wing not in BELOW and place not in DOORS:
        yield "neither a wing nor a door"
    if not ast.get_docstring(tree):
        yield "does not say what it is for"
    for name in sorted(set(imports(tree))):
        yield from misplaced(place, wing, name)
    if not place.startswith(WRITTEN_ONCE):
        yield from oversized(tree, source)


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level else node.module.split(".")[0]


def misplaced(place: str, wing: str, name: str) -> Iterator[str]:
    is_ours = name in BELOW
    is_others = not is_ours and name not in sys.stdlib_module_names
    if name == ".":
        yield "write imports whole"
    elif f"{name}.py" in DOORS:
        yield f"{name} is a door: nothing imports it"
    elif is_ours and wing in BELOW and name != wing and name not in BELOW[wing]:
        yield f"{name} is not below {wing}"
    elif is_others and not place.startswith(HOMES.get(name, "")):
        yield f"{name} has its home elsewhere"
    elif name not in sys.stdlib_module_names | MAY_USE.get(wing, {name}) | {wing}:
        yield f"{name} is not for {wing}"


def oversized(tree: ast.AST, source: str) -> Iterator[str]:
    lines = len(source.splitlines())
    if lines > LINES_OF_A_FILE:
        yield f"{lines} lines, {LINES_OF_A_FILE} at most"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if lines > LINES_OF_A_FUNCTION:
                yield f"{node.name} has {lines} lines, {LINES_OF_A_FUNCTION} at most"
