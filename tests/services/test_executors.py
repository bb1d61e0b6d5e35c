"""The same work whoever does it: in order, followed, stopped, and nothing lost with a worker."""

import os
import signal
import threading
import time

import pytest
from works import Deadly, Patient, Refusing, Squares

from optimizer.search import Watch
from services.cluster import Dask
from services.executors import Here, executor
from services.processes import Processes
from services.work import WorkerLost

KINDS = ("here", "processes", "dask")


class Follower(Watch):
    """Hears how far the work is, and says stop after so many things."""

    def __init__(self, stop_after=None):
        self.told, self.stop_after = [], stop_after

    def heard(self, objective, bound):
        self.told.append((objective, bound))

    def is_stopped(self):
        return self.stop_after is not None and len(self.told) >= self.stop_after


@pytest.fixture(scope="module")
def executors():
    opened = {"here": Here(2), "processes": Processes(2)}

    def given(kind):
        if kind not in opened:
            opened[kind] = Dask(None, 2)
        return opened[kind]

    yield given
    for one in opened.values():
        one.close()


@pytest.mark.parametrize("kind", KINDS)
def test_results_come_in_the_order_of_the_things(executors, kind):
    assert executors(kind).run(Squares(), range(40)) == [n * n for n in range(40)]


@pytest.mark.parametrize("kind", KINDS)
def test_progress_is_told_thing_by_thing(executors, kind):
    follower = Follower()

    executors(kind).run(Squares(), range(10), follower)

    assert follower.told == [(float(n), 10.0) for n in range(1, 11)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_worker_loads_once_for_many_things(executors, kind, tmp_path):
    executors(kind).run(Squares(str(tmp_path), 0.01), range(20))

    assert 1 <= len(list(tmp_path.iterdir())) <= 2


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_work_raises_is_raised_to_the_one_who_asked(executors, kind):
    with pytest.raises(ValueError, match="seven"):
        executors(kind).run(Refusing(), range(20))
    assert executors(kind).run(Squares(), [3]) == [9]


@pytest.mark.parametrize("kind", KINDS)
def test_stopping_keeps_the_first_results_and_returns_soon(executors, kind):
    follower = Follower(stop_after=3)
    ended = []

    def work():
        ended.append(executors(kind).run(Squares("", 0.05), range(10_000), follower))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(5)

    (results,) = ended
    assert results == [n * n for n in range(len(results))]
    assert len(results) < 200
    assert executors(kind).run(Squares(), [4]) == [16]


@pytest.mark.parametrize("kind", ["here", "processes"])
def test_work_under_way_can_be_stopped(executors, kind):
    class Later(Watch):
        since = time.monotonic()

        def is_stopped(self):
            return time.monotonic() > self.since + 0.2

    assert executors(kind).run(Patient(), range(4), Later()) == []


@pytest.mark.parametrize("kind", ["processes", "dask"])
def test_a_worker_that_dies_over_a_thing_loses_nothing(executors, kind, tmp_path):
    assert executors(kind).run(Deadly(str(tmp_path)), range(30)) == [n * n for n in range(30)]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("kind", ["processes", "dask"])
def test_a_worker_killed_in_mid_run_loses_nothing(executors, kind):
    class Killer(Watch):
        killed = None

        def heard(self, objective, bound):
            if objective >= 5 and self.killed is None:
                type(self).killed = one_of(executors(kind))
                os.kill(self.killed, signal.SIGKILL)

    killer = Killer()

    assert executors(kind).run(Squares("", 0.02), range(60), killer) == [n * n for n in range(60)]
    assert killer.killed is not None


def one_of(crew):
    if isinstance(crew, Processes):
        return crew.ids[0]
    return next(iter(crew.client.run(os.getpid).values()))


def test_a_thing_that_kills_every_worker_is_told(executors, tmp_path):
    with pytest.raises(WorkerLost):
        executors("processes").run(Deadly(str(tmp_path), times=99), range(30))


def test_no_things_are_no_work():
    assert executor("here").run(Squares(), []) == []


def test_workers_end_with_their_executor():
    with Processes(1) as crew:
        crew.run(Squares(), [1])
        (worker,) = crew.ids
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_a_cluster_is_reached_by_its_address(executors):
    address = executors("dask").client.scheduler.address
    with executor(address) as other:
        assert other.run(Squares(), range(5)) == [0, 1, 4, 9, 16]
    assert executors("dask").run(Squares(), [2]) == [4]
