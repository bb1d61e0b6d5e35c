"""Whatever is done, and in whatever order, the journal has one line for each change, no other."""

import os
import shutil
from contextlib import closing
from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from nouns import a_cycle, a_project

from data import journal
from data.journal import canonical, verify
from data.store import Act, Repeated, open_store
from portfolio.errors import Missing, Stale

LONG = bool(os.environ.get("ARBITRAGE_LONG"))
RUNS, STEPS = (1_000, 50) if LONG else (50, 20)
CODES = st.sampled_from(["P1", "P2", "P3"])
TITLES = st.sampled_from(["Paie", "Taxe", "Eau"])


class Told(RuleBasedStateMachine):
    """A store, what it should hold, and how many lines its journal should have."""

    empty, folder, seen = None, None, 0

    def __init__(self):
        super().__init__()
        Told.seen += 1
        self.file = shutil.copy(self.empty, self.folder / f"{Told.seen}.db")
        self.store = open_store(f"sqlite:///{self.file}")
        with self.store.writing(Act("test", "", "test")) as work:
            work.save(None, a_cycle())
        self.held, self.old, self.keys, self.lines = {}, [], 0, 1

    def writing(self, request=None):
        return self.store.writing(Act("anne", "responsable", "test", request))

    def kept(self, noun):
        if noun.code in self.held:
            self.old.append(self.held[noun.code])
        self.held[noun.code] = noun
        self.lines += 1

    @rule(code=CODES, title=TITLES)
    def someone_saves(self, code, title):
        """A new one, or another version of what is there, changed or not."""
        form = replace(self.held.get(code, a_project(code)), title=title)
        with self.writing() as work:
            saved = work.save("2027", form)
        self.kept(saved)

    @rule(data=st.data())
    def someone_saves_what_is_no_longer_so(self, data):
        if not self.old:
            return
        try:
            with self.writing() as work:
                work.save("2027", data.draw(st.sampled_from(self.old)))
        except Stale:
            return
        raise AssertionError("a stale save was kept")

    @rule(code=CODES)
    def someone_removes(self, code):
        form = self.held.pop(code, None) or a_project(code)
        try:
            with self.writing() as work:
                work.remove("2027", form)
        except Missing:
            assert not form.version
            return
        self.old.append(form)
        self.lines += 1

    @rule(titles=st.lists(TITLES, max_size=3), is_kept=st.booleans())
    def someone_saves_several_at_once_or_gives_up_halfway(self, titles, is_kept):
        saved = []
        try:
            with self.writing() as work:
                for code, title in zip(("P1", "P2", "P3"), titles, strict=False):
                    form = replace(self.held.get(code, a_project(code)), title=title)
                    saved.append(work.save("2027", form))
                if not is_kept:
                    raise InterruptedError
        except InterruptedError:
            return
        for noun in saved:
            self.kept(noun)

    @rule(code=CODES, times=st.integers(1, 3))
    def the_same_request_is_sent_several_times(self, code, times):
        self.keys += 1
        form = self.held.get(code, a_project(code))
        for time in range(times):
            try:
                with self.writing(f"key-{self.keys}") as work:
                    saved = work.save("2027", form)
            except Repeated:
                assert time
            else:
                assert not time
                self.kept(saved)

    @rule()
    def a_refused_call_is_told(self):
        with self.writing() as work:
            work.note(journal.REFUSAL, "x")
        self.lines += 1

    @invariant()
    def the_journal_has_one_line_for_each_change(self):
        with self.store.reading() as work:
            assert journal.anchor(work).count == self.lines

    def teardown(self):
        """Each object's lines are its life, each from what it was; nothing stands beside them."""
        with closing(self.store) as store, store.reading() as work:
            lines = list(journal.lines(work))
            assert verify(work) == journal.Verdict(self.lines)
            for code in ("P1", "P2", "P3"):
                was = None
                for line in lines:
                    if line.key == f"2027/{code}":
                        assert line.before == was
                        assert line.after != was
                        was = line.after
                held = self.held.get(code)
                assert was == (None if held is None else canonical(held))
        for file in self.folder.glob(f"{Told.seen}.db*"):
            file.unlink()


def test_the_journal_has_one_line_for_each_change(migrated_file, tmp_path):
    Told.empty, Told.folder = migrated_file, tmp_path

    run_state_machine_as_test(Told, settings=settings(
        max_examples=RUNS, stateful_step_count=STEPS, deadline=None,
        suppress_health_check=list(HealthCheck),
    ))

    assert Told.seen >= RUNS
