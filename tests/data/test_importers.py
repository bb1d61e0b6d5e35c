"""Formats are recognised by what they hold; a portfolio comes in whole, or not at all."""

import ast
import dataclasses
import string
import tomllib
from datetime import date
from pathlib import Path

import pytest
from portfolios import CYCLE, SMALL, zipped
from shared_data import shared

from data import exporters
from data.importers import IMPORTERS, bring, bring_path, recognise
from data.importers.messy_dates import completion
from data.question_problems import TYPES
from portfolio.cycle import Cycle
from portfolio.errors import Invalid, Missing
from portfolio.horizon import Horizon
from portfolio.registry import pose
from portfolio.rules import Needs
from portfolio.words import Bilingual

ROOT = Path(__file__).parents[2]
SAMPLES = Path(__file__).parent / "samples"


def refused(tables):
    brought = bring("lot.zip", zipped(tables))
    assert (brought.registry is None) == bool(brought.refused)
    return {(r.code, r.where.file, r.where.row, r.where.column) for r in brought.refused}


def test_a_zip_of_csv_files_is_a_portfolio():
    brought = bring("lot.zip", zipped(SMALL))

    registry = brought.registry
    assert registry.cycle.horizon == Horizon(2027, 3)
    assert registry.cycle.envelopes[0].limits == (50000, 50000, 30000)
    assert registry.projects[0].variants[0].cost == 35050
    assert registry.links == (Needs("P2", "P1", 1),)
    assert (brought.format, brought.amounts_readable, brought.amounts_total) == (
        "csv-zip",
        3,
        43050,
    )
    assert brought.counts["projects"] == 3


def test_what_is_not_given_is_noted_and_never_0():
    brought = bring("lot.zip", zipped(SMALL))

    noted = {(n.code, n.where.file, n.where.row) for n in brought.noted}
    assert noted == {
        ("amount-not-given", "costs.csv", 4),
        ("duration-not-given", "variants.csv", 4),
    }
    assert brought.registry.projects[1].variants[0].cost is None


def test_a_folder_of_csv_files_is_a_portfolio(tmp_path):
    for name, text in SMALL.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")

    assert bring_path(tmp_path).registry == bring("lot.zip", zipped(SMALL)).registry


def test_a_file_that_is_not_there_is_missing(tmp_path):
    with pytest.raises(Missing, match="no-such-file"):
        bring_path(tmp_path / "none.csv")


def test_a_workbook_holds_the_same_portfolio():
    registry = bring("lot.zip", zipped(SMALL)).registry

    brought = bring("lot.xlsx", exporters.workbook(registry))

    assert brought.format == "xlsx"
    assert brought.registry == dataclasses.replace(registry)


@pytest.mark.parametrize(
    ("table", "text", "expected"),
    [
        ("costs", "project,variant,envelope,offset,likely\nP9,base,PDI,1,5\n",
         ("unknown-code", "costs.csv", 2, "project")),
        ("costs", "project,variant,envelope,offset,likely\nP1,max,PDI,1,5\n",
         ("unknown-code", "costs.csv", 2, "variant")),
        ("costs", "project,variant,envelope,offset,likely\nP1,base,ZZZ,1,5\n",
         ("unknown-code", "costs.csv", 2, "envelope")),
        ("costs", "project,variant,envelope,offset,likely\nP1,base,PDI,3,5\n",
         ("after-the-end", "costs.csv", 2, "offset")),
        ("costs", "project,variant,envelope,offset,likely\nP1,base,PDI,0,5\n",
         ("too-low", "costs.csv", 2, "offset")),
        ("costs", "project,variant,envelope,offset,likely\nP1,base,PDI,1,-5\n",
         ("too-low", "costs.csv", 2, "likely")),
        ("costs", "project,variant,envelope,offset,low,likely\nP1,base,PDI,1,9,5\n",
         ("not-in-order", "costs.csv", 2, "low")),
        ("envelope_limits", "envelope,period,limit\nPDI,2031,5\n",
         ("outside-horizon", "envelope_limits.csv", 2, "period")),
        ("projects", "code,title,earliest,latest\nP1,a,2028,2027\nP2,b,,\nP3,c,,\n",
         ("too-early", "projects.csv", 2, "latest")),
        ("projects", "code,title,article\nP1,a,3.5\nP2,b,\nP3,c,\n",
         ("missing-value", "projects.csv", 2, "law")),
        ("links", "code,kind,project,others,at_most\nL1,needs,P2,P1,1\n",
         ("not-for-this-kind", "links.csv", 2, "at_most")),
        ("links", "code,kind,project,others\nL1,needs,P2,P1 | P3\n",
         ("not-one-project", "links.csv", 2, "others")),
        ("tags", "project,grid,key\nP1,ambition,99\n", ("unknown-code", "tags.csv", 2, "key")),
        ("evaluations", "project,criterion,evaluator,rating\nP1,zz,E1,3\n",
         ("unknown-code", "evaluations.csv", 2, "criterion")),
        ("debts", "code,title,system,principal\nD1,Vieux,SECI,100\n",
         ("missing-value", "debts.csv", 2, "interest")),
        ("cycle", "code,title,start,periods,framework\nC,T,2027,3,nowhere\n",
         ("no-such-framework", "cycle.csv", 2, "framework")),
        ("cycle", CYCLE + "C2,Autre,2027,3\n", ("one-row-only", "cycle.csv", 3, "")),
        ("nonsense", "a,b\n1,2\n", ("unknown-table", "nonsense.csv", None, "")),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused_at_its_cell(table, text, expected):
    assert expected in refused(SMALL | {table: text})


def test_scenarios_carry_their_rules():
    tables = SMALL | {
        "scenarios": "code,title,maximize\nbase,Base,value=1 | -cost=0.5\n",
        "rules": "scenario,kind,projects,in,of,tag,is,share,limit,deadline\n"
        "base,mandatory,P1 | P2,,,,,,,2029\nbase,floor,,,cost,ambition,2.1,0.15,,\n"
        "base,debt-ceiling,,,,,,,900,\nbase,force,P3,non,,,,,,\n",
    }

    scenario = bring("lot.zip", zipped(tables)).registry.scenarios[0]

    assert scenario.maximize == {"value": 1.0, "-cost": 0.5}
    assert [rule.kind for rule in scenario.rules] == [
        "mandatory",
        "mandatory",
        "floor",
        "debt-ceiling",
        "force",
    ]
    assert scenario.rules[0].deadline == 2


def test_a_list_without_a_cycle_joins_the_one_it_is_brought_into():
    cycle = Cycle("2030", Bilingual("Cycle 2030"), Horizon(2030, 4), "generic", "")

    registry = bring("x.csv", b"code,title\nP1,a\n", cycle).registry

    assert (registry.cycle.code, registry.cycle.horizon) == ("2030", Horizon(2030, 4))


def test_the_template_explains_itself_and_holds_nothing():
    brought = bring("t.xlsx", exporters.template())

    assert [r.code for r in brought.refused] == ["no-rows"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (zipped(SMALL), "csv-zip"), (b' \xef\xbb\xbf{"a": 1}'[1:], "question"),
        (b"code,title\n", "csv"), (exporters.template(), "xlsx"),
        ((SAMPLES / "federal_list.csv").read_bytes(), "federal"),
        ((SAMPLES / "toronto_plan.csv").read_bytes(), "toronto"),
    ],
)  # fmt: skip
def test_a_format_is_recognised_by_its_content(content, name):
    assert recognise("whatever.bin", content).name == name
    assert name in {importer.name for importer in IMPORTERS}


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x89PNG\r\n", b"<html>", b"[1, 2]", b"a,b\n1,2"]
)
def test_what_is_nothing_known_is_refused(content):
    with pytest.raises(Invalid, match="format-unknown"):
        recognise("x", content)

    assert bring("x", content).refused[0].where.file == "x"


def test_a_federal_row_without_an_amount_or_a_date_is_kept_and_noted():
    brought = bring_path(SAMPLES / "federal_list.csv")

    projects = brought.registry.projects
    assert (brought.rows_read, brought.amounts_readable) == (5, 3)
    assert brought.amounts_total == 100_000_100 + 200_000_000 + 194_452_300
    assert [p.variants[0].duration for p in projects] == [3, 1, None, 1, 2]
    assert [s.amount.likely for s in projects[0].variants[0].spends] == [
        33333367,
        33333367,
        33333366,
    ]
    assert projects[4].code == "bbb-four-2"
    assert {(n.code, n.where.row) for n in brought.noted} == {
        ("amount-not-given", 3),
        ("amount-unreadable", 4),
        ("date-unreadable", 4),
        ("date-past", 5),
        ("code-renamed", 6),
    }
    assert {n.code for n in brought.notes} == {
        "federal-start",
        "federal-duration",
        "federal-spread",
        "limits-not-given",
        "values-not-given",
    }


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("October 31, 2016", date(2016, 10, 31)), ("31-Mar-23 (under review)", date(2023, 3, 31)),
        ("2026-09-28***", date(2026, 9, 28)), ("2022-06-31", date(2022, 6, 30)),
        ("03-31-2023", date(2023, 3, 31)), ("31/03/2023", date(2023, 3, 31)),
        ("05/07/2025", date(2025, 5, 7)), ("2022-23", date(2023, 3, 31)),
        ("2024-2025", date(2025, 3, 31)), ("Fiscal Year 2017/18", date(2018, 3, 31)),
        ("Q2 FY22-23", date(2022, 9, 30)), ("2023/24 Q4", date(2024, 3, 31)),
        ("Fiscal Year 23/24 3", date(2023, 12, 31)), ("2022", date(2022, 3, 31)),
        ("31 mars 2023", date(2023, 3, 31)), ("1er avril 2023", date(2023, 4, 1)),
        ("February 2024", date(2024, 2, 29)), ("May-June 2022", date(2022, 6, 30)),
        ("Fall 2022", date(2022, 12, 31)), ("Jan-23", date(2023, 1, 31)),
        ("TBD", None), ("*N/A", None), ("July 18, 1905", None), ("2023-25", None),
        ("2023-24**project in re-planning, completion date to be determined", None),
    ],
)  # fmt: skip
def test_completion_dates_come_in_many_forms(text, day):
    assert completion(text) == day


def test_toronto_rows_are_added_up_by_sub_project():
    brought = bring_path(SAMPLES / "toronto_plan.csv")

    fibre = next(p for p in brought.registry.projects if p.title == "Fibre")
    radio = next(p for p in brought.registry.projects if p.title == "Radio")
    cut = next(p for p in brought.registry.projects if "Reduction" in p.title)
    assert brought.counts == {"projects": 3}
    assert brought.by_period == {"2023": 8000000, "2024": 27000000, "2025": -7000000}
    assert brought.amounts_total == 28000000
    assert [s.amount.likely for s in fibre.variants[0].spends] == [12000000]
    assert (fibre.earliest, fibre.latest, fibre.variants[0].duration) == ("2023", "2023", 1)
    assert [s.amount.likely for s in radio.variants[0].spends] == [20000000]
    assert cut.variants[0].cost is None
    assert {n.code for n in brought.noted} == {"rephased", "net-not-positive"}


@pytest.mark.parametrize(
    ("year", "rows", "amounts", "total"),
    [(2016, 398, 392, 11_918_961_480), (2022, 495, 481, 7_023_336_948)],
)
def test_the_real_federal_lists_come_to_their_known_totals(year, rows, amounts, total):
    brought = bring_path(shared(f"gc_it_projects/gc-it-projects-{year}.csv"))

    found = (brought.rows_read, brought.amounts_readable, brought.amounts_total)
    assert found == (rows, amounts, total * 100)
    assert not brought.refused
    spread = sum(p.variants[0].cost or 0 for p in brought.registry.projects)
    assert spread == total * 100
    pose(brought.registry, brought.registry.scenarios[0], {})


@pytest.mark.parametrize("name", ["toronto_it_2023_2032", "toronto_it_subprojects_2023_2032"])
def test_the_real_toronto_plan_comes_to_its_known_totals(name):
    brought = bring_path(shared(f"toronto_it/{name}.csv"))

    thousands = [cents // 100_000 for cents in brought.by_period.values()]
    assert thousands == [31939, 62198, 63537, 31700, 27974, 27291, 17209, 28995, 21629, 23885]
    assert brought.amounts_total == 336_357 * 100_000
    assert len(brought.registry.projects) == 89
    assert sum(p.variants[0].cost is not None for p in brought.registry.projects) == 54


def test_both_toronto_files_give_the_same_projects():
    raw = bring_path(shared("toronto_it/toronto_it_2023_2032.csv")).registry
    added = bring_path(shared("toronto_it/toronto_it_subprojects_2023_2032.csv")).registry

    same = [dataclasses.replace(p, source="") for p in raw.projects]
    assert same == [dataclasses.replace(p, source="") for p in added.projects]


def codes_in(folder):
    """Every code that the sources of a folder refuse, remark or note with."""
    for file in (ROOT / folder).rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                name = getattr(call.func, "id", getattr(call.func, "attr", ""))
                place = {"Invalid": 0, "Missing": 0, "note": 0, "refuse": 1, "remark": 1}.get(name)
                if place is not None and place < len(call.args):
                    yield from (
                        c.value for c in ast.walk(call.args[place])
                        if isinstance(c, ast.Constant) and isinstance(c.value, str)
                    )


def test_every_refusal_remark_and_note_has_its_words_in_both_languages():
    words = {}
    for language in ("fr", "en"):
        files = (ROOT / "views" / "text" / language).glob("*.toml")
        tables = {f.stem: tomllib.loads(f.read_text(encoding="utf-8")) for f in files}
        words[language] = tables["errors"] | tables["refusals_import"]
        own = tables["refusals_import"]
        words[language, "places"] = {
            key: {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for key, text in own.items()
        }
    used = {c for f in ("importers", "tables", "scans") for c in codes_in(f"data/{f}")}
    used |= {code for code, _ in TYPES.values()}

    assert sorted(code for code in used if code not in words["fr"]) == []
    assert sorted(code for code in used if code not in words["en"]) == []
    assert words["fr", "places"] == words["en", "places"]
