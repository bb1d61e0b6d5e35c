"""Import of tools' files: seconds and peak memory, beside the limits of the register.

Made files, always the same. A bill of materials (CycloneDX 1.5): each component has a purl, a
licence, two hashes, a reference and a description of 120 characters; one in ten is nested in the
one before; one in twenty has a vulnerability. Issues (api/issues/search, one file): 40 rules over
2,000 files, efforts from 1 min to 4 h, the fields of version 10 (text range, tags, impacts), one in
fifty a false positive. Each import runs in a process of its own, into a new SQLite file; memory is
the peak of that whole process, Python and libraries included.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from data import scans
from data.store import Act, Store, open_store
from portfolio.folding import Fold
from portfolio.person import Person, Role
from portfolio.system import System
from services import hub, imports

ANNE = Person("anne", "Anne", frozenset({Role.ARCHITECT}))
LIMITS = {"components": (3.0, 500.0), "issues": (15.0, 500.0)}  # seconds, MiB
WORDS = ("valeur", "contrat", "permis", "taxe", "avis", "rue", "arbre", "bassin", "guichet", "bus")
SEVERITIES = ("BLOCKER", "CRITICAL", "MAJOR", "MINOR", "INFO")


class Plain:
    """The register's words, as short as they can be."""

    def title(self, theme: object, system: System) -> str:
        return f"{theme} : {system.title}"

    def remark(self) -> str:
        return ""

    def basis(self, fold: Fold, terms: object) -> str:
        return f"{fold.count}"


def bill(components: int) -> dict[str, Any]:
    """A bill of materials of so many components, nested ones included."""
    dice = random.Random(5)
    roots: list[dict[str, Any]] = []
    for at in range(components):
        one = _component(dice, at)
        if at % 10 == 9:
            roots[-1].setdefault("components", []).append(one)
        else:
            roots.append(one)
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"timestamp": "2026-04-30T12:00:00Z",
                     "component": {"type": "application", "name": "guichet", "version": "4.2"}},
        "components": roots,
        "vulnerabilities": [_flaw(dice, at) for at in range(0, components, 20)],
    }  # fmt: skip


def _component(dice: random.Random, at: int) -> dict[str, Any]:
    purl = _purl(at)
    return {
        "type": "library", "bom-ref": purl, "group": f"org.exemple{at % 97}",
        "name": f"composant-{at}", "version": f"{at % 9}.{at % 13}.{at % 31}", "purl": purl,
        "licenses": [{"license": {"id": "Apache-2.0"}}], "description": _text(dice, 120),
        "hashes": [{"alg": "SHA-1", "content": f"{dice.getrandbits(160):040x}"},
                   {"alg": "SHA-256", "content": f"{dice.getrandbits(256):064x}"}],
    }  # fmt: skip


def _purl(at: int) -> str:
    version = f"{at % 9}.{at % 13}.{at % 31}"
    return f"pkg:maven/org.exemple{at % 97}/composant-{at}@{version}?type=jar"


def _flaw(dice: random.Random, at: int) -> dict[str, Any]:
    return {"id": f"CVE-2025-{10_000 + at}", "ratings": [{"severity": "high", "score": 7.5}],
            "description": _text(dice, 200), "affects": [{"ref": _purl(at)}]}  # fmt: skip


def issues(count: int) -> dict[str, Any]:
    """An answer to a search of so many issues of one project."""
    dice = random.Random(6)
    return {
        "total": count, "p": 1, "ps": count, "effortTotal": 0,
        "paging": {"pageIndex": 1, "pageSize": count, "total": count},
        "issues": [_issue(dice, at) for at in range(count)],
        "components": [{"key": f"guichet:{_path(at)}", "path": _path(at), "qualifier": "FIL"}
                       for at in range(2000)],
    }  # fmt: skip


def _issue(dice: random.Random, at: int) -> dict[str, Any]:
    line, effort = dice.randrange(1, 2000), f"{dice.randrange(4)}h{dice.randrange(1, 60)}min"
    aside = {"resolution": "FALSE-POSITIVE", "status": "RESOLVED"} if at % 50 == 0 else {}
    return {
        "key": f"AY{dice.getrandbits(100):025x}", "rule": f"java:S{1000 + at % 40}",
        "severity": SEVERITIES[at % 5], "component": f"guichet:{_path(at % 2000)}",
        "project": "guichet", "line": line, "hash": f"{dice.getrandbits(128):032x}",
        "textRange": {"startLine": line, "endLine": line, "startOffset": 4, "endOffset": 30},
        "flows": [], "status": "OPEN", "message": _text(dice, 90), "effort": effort,
        "debt": effort, "author": "auteur@exemple.org", "tags": ["brain-overload", "cwe"],
        "creationDate": "2024-10-18T04:51:38-0400", "updateDate": "2026-04-18T04:51:38-0400",
        "type": "CODE_SMELL", "scope": "MAIN", "quickFixAvailable": False,
        "messageFormattings": [], "codeVariants": [], "cleanCodeAttribute": "FOCUSED",
        "cleanCodeAttributeCategory": "ADAPTABLE", "issueStatus": "OPEN",
        "impacts": [{"softwareQuality": "MAINTAINABILITY", "severity": "MEDIUM"}], **aside,
    }  # fmt: skip


def _path(at: int) -> str:
    return f"src/main/java/org/exemple/service{at % 40}/Classe{at}.java"


def _text(dice: random.Random, length: int) -> str:
    return " ".join(dice.choices(WORDS, k=length // 6))[:length]


def main() -> None:
    """Print seconds and memory of reading alone, of the whole import, and of bringing it again."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--components", type=int, default=5000)
    asked.add_argument("--issues", type=int, default=50_000)
    asked.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked.add_argument("--stage", help=argparse.SUPPRESS)
    told = asked.parse_args()
    if told.file:
        print(json.dumps(_measured(told.file, told.stage)))
        return
    limits = f"{'seconds':>9}{'CPU':>8}{'limit':>8}{'MiB':>8}{'limit':>8}"
    print(f"{'file':24}{'stage':10}{limits}  counts")
    for line in _lines({"components": bill(told.components), "issues": issues(told.issues)}):
        print(line)


def _lines(files: dict[str, dict[str, Any]]) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        for kind, document in files.items():
            file = Path(folder, f"{kind}.json")
            file.write_text(json.dumps(document, indent=1), encoding="utf-8")
            size = file.stat().st_size / 1e6
            seconds, memory = LIMITS[kind]
            for stage in ("import", "read", "again"):
                command = [sys.executable, __file__, "--file", str(file), "--stage", stage]
                done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
                one = json.loads(done.stdout)
                yield (f"{f'{kind} ({size:.1f} MB)':24}{stage:10}{one['seconds']:9.2f}"
                       f"{one['cpu']:8.2f}{seconds:8.0f}{one['memory']:8.0f}{memory:8.0f}"
                       f"  {one['counts']}")


def _measured(file: Path, stage: str) -> dict[str, Any]:
    content = file.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        store = _house(folder)
        if stage == "again":
            _bring(store, file.name, content)
        began, worked = time.perf_counter(), time.process_time()
        if stage == "read":
            counts = dict(scans.read(file.name, content).counts)
        else:
            counts = _bring(store, file.name, content)
        spent = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - worked}
        store.close()
    return {**spent, "memory": _peak(), "counts": counts}


def _peak() -> float:
    """MiB; getrusage would also count the parent, which made the files."""
    said = Path("/proc/self/status").read_text(encoding="ascii")
    return int(said.partition("VmHWM:")[2].split()[0]) / 1024


def _house(folder: str) -> Store:
    store = open_store(f"sqlite:///{folder}/house.db")
    store.migrate()
    registry = imports.demo().registry
    assert registry is not None
    with store.writing(Act("bench", "administrateur", "bench")) as work:
        work.save(None, ANNE)
        work.bring_in(registry)
        work.save(registry.cycle.code, System("GUICHET", "Guichet"))
    return store


def _bring(store: Store, name: str, content: bytes) -> dict[str, int]:
    with store.reading() as work:
        (cycle,) = (cycle.code for cycle in work.cycles())
    source = hub.read([(name, content)])
    into = {f"{s.tool}:{s.subject}": "GUICHET" for told in source.told for s in told.scans}
    order = hub.Order(Plain(), date(2026, 5, 1), into=into)
    hub.preview(store, ANNE, cycle, source, order)
    brought = hub.bring_in(store, ANNE, cycle, source, order)
    total = brought.changes.total if brought.changes else None
    return {n: getattr(total, n) for n in ("created", "updated", "unchanged", "gone")}


if __name__ == "__main__":
    main()
