"""An act is written whole, once, and one at a time, on a database that answers."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from threading import Barrier

import pytest
from nouns import a_full_registry, a_project, told

from data.engine import open_engine
from data.store import Act, Repeated, open_store
from portfolio.errors import Invalid, Refusal, Stale
from portfolio.project import Project

ACT = Act("anne", "responsable", "test")


def test_a_refused_act_leaves_no_half(filled):
    before = told(filled)

    def fails():
        with filled.writing(ACT) as work:
            work.save("2027", a_project("P2"))
            work.bring_in(a_full_registry("2028"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()

    assert told(filled) == before
    with filled.reading() as work:
        assert [p.code for p in work.every(Project, "2027")] == ["P1"]
        assert [c.code for c in work.cycles()] == ["2027"]


def test_a_process_that_dies_in_an_act_leaves_no_half(filled):
    before = told(filled)
    dies = (
        "import os, sys\n"
        "from nouns import a_project\n"
        "from data.store import Act, open_store\n"
        "store = open_store(sys.argv[1])\n"
        "with store.writing(Act('anne', 'responsable', 'test')) as work:\n"
        "    work.save('2027', a_project('P2'))\n"
        "    print('written', flush=True)\n"
        "    os._exit(9)\n"
    )
    url = filled.engine.url.render_as_string(hide_password=False)
    paths = {"PYTHONPATH": ":".join(sys.path)}
    dead = subprocess.run([sys.executable, "-c", dies, url], capture_output=True, env=paths)

    assert (dead.returncode, dead.stdout) == (9, b"written\n"), dead.stderr
    assert told(filled) == before
    with filled.writing(ACT) as work:
        assert work.save("2027", a_project("P2")).version == 1


def test_an_act_sent_again_is_written_once(filled):
    act = replace(ACT, request="7c9e6679")
    with filled.writing(act) as work:
        work.save("2027", a_project("P2"))
        work.save("2027", a_project("P3"))
    before = told(filled)

    for _ in range(3):
        with pytest.raises(Repeated) as repeated, filled.writing(act) as work:
            work.save("2027", a_project("P4"))
        assert [line.key for line in repeated.value.facts["lines"]] == ["2027/P2", "2027/P3"]

    assert told(filled) == before


def test_a_request_key_of_another_act_is_refused(filled):
    with filled.writing(replace(ACT, request="k")) as work:
        work.save("2027", a_project("P2"))

    other = replace(ACT, request="k", actor="bruno")
    with pytest.raises(Invalid, match="request-taken"), filled.writing(other):
        pass


def test_of_two_people_who_save_at_once_one_is_told_and_nothing_is_lost(filled):
    tries, together = 60, Barrier(2)

    def save(name):
        with filled.reading() as work:
            form = work.project("2027", "P1")
        together.wait()
        try:
            with filled.writing(ACT) as work:
                return work.save("2027", replace(form, outcome=f"{form.outcome}|{name}")).outcome
        except Stale as stale:
            return stale
        finally:
            together.wait()

    with ThreadPoolExecutor(2) as people:
        saved = []
        for number in range(tries):
            outcomes = list(people.map(save, (f"a{number}", f"b{number}")))
            (refused,) = (outcome for outcome in outcomes if isinstance(outcome, Stale))
            (kept,) = (outcome for outcome in outcomes if outcome is not refused)
            assert refused.facts["theirs"].outcome == kept != refused.facts["yours"].outcome
            saved.append(kept)

    with filled.reading() as work:
        last = work.project("2027", "P1")
    assert last.version == 1 + tries
    assert last.outcome == saved[-1]
    assert last.outcome.count("|") == tries


def test_a_reader_sees_one_instant(filled):
    with filled.reading() as reader:
        before = reader.registry("2027")
        with filled.writing(ACT) as work:
            work.save("2027", a_project("P2"))
        assert reader.registry("2027") == before


@pytest.mark.parametrize(
    "url", ["", "nothing", "mysql://h/d", "sqlite://", "sqlite:///{file}/x.db", "sqlite:///{file}",
            "postgresql://u:secret@127.0.0.1:1/d"],
)
def test_a_database_that_cannot_be_had_is_refused_without_its_password(tmp_path, url):
    blocked = tmp_path / "file"
    blocked.write_text("not a database, by any reading of it" * 40)

    with pytest.raises(Refusal) as refused:
        open_engine(url.format(file=blocked))

    assert refused.value.code == "no-database"
    assert {"url", "why"} <= set(refused.value.facts)
    assert "secret" not in str(refused.value)


def test_a_writer_that_waits_too_long_is_told_so(store, monkeypatch):
    monkeypatch.setattr("data.store.WAIT_SECONDS", 1)
    monkeypatch.setattr("data.engine.PRAGMAS", ("PRAGMA busy_timeout = 200",))
    other = open_store(store.engine.url.render_as_string(hide_password=False))

    with store.writing(ACT), pytest.raises(Refusal) as refused, other.writing(ACT):
        pass

    other.close()
    assert refused.value.code == "busy"


def test_writers_of_one_process_wait_in_line_longer_than_the_database_lets_them(store, monkeypatch):
    monkeypatch.setattr("data.store.WAIT_SECONDS", 1)
    monkeypatch.setattr("data.engine.PRAGMAS", ("PRAGMA busy_timeout = 1",))

    def write(n):
        with store.writing(Act("anne", "membre", "test", f"n{n}")) as work:
            work.note("test", f"n{n}")

    with ThreadPoolExecutor(20) as pool:
        with store.writing(ACT):
            sent = [pool.submit(write, n) for n in range(20)]
            assert not wait(sent, timeout=0.1).done
        assert [one.exception() for one in sent] == [None] * 20


def test_a_line_that_does_not_move_is_not_waited_in_forever(store, monkeypatch):
    monkeypatch.setattr("data.store.LINE_SECONDS", 0.01)

    with store.writing(ACT), pytest.raises(Refusal) as refused, store.writing(ACT):
        pass

    assert refused.value.code == "busy"
