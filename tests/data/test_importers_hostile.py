"""Files that are broken, or meant to break: each is refused at a place."""

import io
import json
import random
import time
import zipfile

import pytest
from portfolios import SMALL, zipped

from data import exporters
from data.importers import bring, workbook, workbook_child

MUTANTS = 200
FEDERAL = (
    b"deptAcronym,uniqueId,department,projectName,totalBudget,estimatedCompletionDate,asOfDate\n"
    b'a,a-1,A,One,"$1,944,523","March 31, 2024","April 25, 2022"\n'
    b'a,a-2,A,Two,*N/A,2023-24,"April 25, 2022"\n'
)
TORONTO = (
    b"Program/Agency Name,Project Name,Sub-Project Name,2023,2024,Category\n"
    b"Technology Services,A,B,1.0,-2.0,Legislated\nTechnology Services,A,C,5,3,Growth Related\n"
)
QUESTION = json.dumps({
    "horizon": {"start": 2027, "periods": 2},
    "envelopes": {"PDI": {"limits": [5, 5]}},
    "projects": [{"code": "P1", "cost": {"PDI": [1]}, "tags": {"a": "b"}}, {"code": "P2"}],
    "debts": [{"code": "D", "principal": 3, "retired_by": {"P1": 1}}],
    "rules": [{"kind": "needs", "project": "P2", "on": "P1"},
              {"kind": "floor", "of": "cost", "where": {"tag": "a", "is": "b"}, "share": 0.1}],
}).encode()  # fmt: skip
BOOK = exporters.workbook(bring("x", zipped(SMALL)).registry)
KINDS = {"zip": zipped(SMALL), "federal": FEDERAL, "toronto": TORONTO, "question": QUESTION,
         "csv": SMALL["projects"].encode(), "xlsx": BOOK}  # fmt: skip


@pytest.fixture
def here(monkeypatch):
    """The workbook is read in this process: the same code, without starting one a mutant."""
    monkeypatch.setattr(workbook, "_in_child", workbook_child.answer)


def mutated(content, dice):
    """The content with bytes flipped, cut, repeated, or its columns or lines swapped."""
    made = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 8))):
        at = dice.randrange(max(1, len(made)))
        match dice.choice(("flip", "cut", "drop", "repeat", "insert", "lines", "columns")):
            case "flip":
                made[at : at + 1] = bytes([dice.randrange(256)])
            case "cut":
                del made[at:]
            case "drop":
                del made[at : at + dice.randrange(1, 30)]
            case "repeat":
                made[at:at] = made[max(0, at - 20) : at]
            case "insert":
                made[at:at] = dice.choice(
                    (b'"', b";", b"\x00", b"\xff", b"=", b"{", b"1e400", b"NaN")
                )
            case "lines":
                lines = bytes(made).split(b"\n")
                dice.shuffle(lines)
                made = bytearray(b"\n".join(lines))
            case "columns":
                made = bytearray(
                    b"\n".join(
                        b",".join(reversed(line.split(b","))) for line in bytes(made).split(b"\n")
                    )
                )
    return bytes(made)


@pytest.mark.parametrize("kind", KINDS)
def test_a_mutated_file_is_brought_in_or_refused_at_a_place(kind, here):
    dice = random.Random(kind)
    for _ in range(MUTANTS):
        content = mutated(KINDS[kind], dice)

        brought = bring("file", content)

        assert (brought.registry is None) == bool(brought.refused), content
        assert all(r.where.file for r in brought.refused), content


def mutated_part(name, change):
    """The small workbook with one part changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return packed.getvalue()


def test_a_workbook_mutated_inside_is_brought_in_or_refused_at_a_place(here):
    dice = random.Random("inside")
    names = zipfile.ZipFile(io.BytesIO(BOOK)).namelist()
    for _ in range(MUTANTS // 3):
        content = mutated_part(dice.choice(names), lambda part: mutated(part, dice))

        brought = bring("file", content)

        assert (brought.registry is None) == bool(brought.refused)


def far(cell):
    """A workbook with one more cell, far away."""
    row = "".join(c for c in cell if c.isdigit())
    xml = f'<row r="{row}"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return mutated_part(
        "xl/worksheets/sheet1.xml", lambda part: part.replace(b"</sheetData>", xml.encode())
    )


def laughing():
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'.encode()
    return mutated_part(
        "xl/sharedStrings.xml",
        lambda part: part.replace(b"?>", b"?>" + head, 1).replace(b"<t>", b"<t>&l9;", 1),
    )


def outside():
    head = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return mutated_part(
        "xl/sharedStrings.xml",
        lambda part: part.replace(b"?>", b"?>" + head, 1).replace(b"<t>", b"<t>&e;", 1),
    )


def bomb(name):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * 120_000_000)
    return packed.getvalue()


def crowd():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for i in range(600):
            archive.writestr(f"{i}.csv", b"code,title\n")
    return packed.getvalue()


BOMBS = {
    "a far cell": (lambda: far("XFD1048576"), {"too-many-rows"}),
    "a wide cell": (lambda: far("XFD9"), {"too-many-columns"}),
    "a row without end": (lambda: far("A999999999"), {"too-many-rows"}),
    "a billion laughs": (laughing, {"xml-doctype"}),
    "an outside entity": (outside, {"xml-doctype"}),
    "a zip bomb": (lambda: bomb("projects.csv"), {"zip-unpacks-too-big"}),
    "a workbook bomb": (lambda: bomb("xl/workbook.xml"), {"zip-unpacks-too-big"}),
    "a crowd of files": (crowd, {"zip-too-many-parts"}),
    "deep JSON": (lambda: b'{"a":' * 100_000, {"too-deep"}),
    "a huge integer": (lambda: b'{"horizon": {"start": ' + b"9" * 5000 + b"}}", {"too-high"}),
    "an infinite number": (lambda: b'{"discount": 1e400}', {"not-finite"}),
    "an infinite cell": (lambda: b"code,title,given_value\nP1,a,1e400\n", {"not-a-number"}),
    "a command": (lambda: b"code,title\nP1,=cmd|' /C calc'!A0\n", {"formula"}),
    "too many rows": (lambda: b"code,title\n" + b"P,a\n" * 60_000, {"too-many-rows"}),
    "too many columns": (lambda: b"code,title" + b",x" * 300 + b"\n", {"too-many-columns"}),
    "a cell without end": (
        lambda: b'code,title\nP1,"' + b"a" * 200_000 + b'"\n',
        {"text-too-long"},
    ),
    "a file too big": (
        lambda: b"code,title\n" + b" " * 21_000_000,
        {"file-too-big", "format-unknown"},
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_quickly(name):
    make, codes = BOMBS[name]
    content = make()
    start = time.process_time()

    brought = bring("bomb", content)

    assert brought.registry is None
    assert {r.code for r in brought.refused} & codes
    assert all(r.where.file == "bomb" for r in brought.refused)
    assert time.process_time() - start < 10


def test_the_child_process_says_that_a_workbook_is_damaged():
    content = mutated_part("xl/workbook.xml", lambda part: part[: len(part) // 2])

    assert [r.code for r in bring("x.xlsx", content).refused] == ["workbook-unreadable"]


def test_a_formula_without_its_result_is_refused_at_its_cell(tmp_path):
    def change(part):
        return part.replace(b"<sheetData>", b"<sheetData>", 1).replace(
            b"</row></sheetData>", b'</row><row r="9"><c r="B9"><f>1+1</f></c></row></sheetData>'
        )

    refused = bring("x.xlsx", mutated_part("xl/worksheets/sheet1.xml", change)).refused

    assert ("formula-without-value", 9, "B") in {
        (r.code, r.where.row, r.where.column) for r in refused
    }
