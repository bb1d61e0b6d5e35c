"""Acts that bring in: portfolios, files of tools, servers of tools."""

from benches import a_project, a_registry
from hubs import order, smell, sonar, source

from acts.said import ARCHITECT, KEEPS_DEBT, RUNS, Call
from acts.sites import UUID, served
from data.importers import Brought
from portfolio.scan import Tool
from services import hub, hub_live


def a_scan(_=None):
    """A scan into the system of the cycle."""
    scan = sonar(smell("a"))
    return "c", source(scan), order((scan,), "S1")


def a_batch(store):
    return "c", hub.bring_in(store, ARCHITECT, *a_scan()).batch


CALLS = {
    "hub.batches": Call(KEEPS_DEBT),
    "hub.bring_in": Call(KEEPS_DEBT, a_scan),
    "hub.preview": Call(KEEPS_DEBT, a_scan),
    "hub.terms": Call(KEEPS_DEBT),
    "hub.undo": Call(KEEPS_DEBT, a_batch),
    "hub_live.fetch": Call(
        KEEPS_DEBT, lambda _: (hub_live.Asked(Tool.DEPENDENCY_TRACK, served(), UUID),)),
    "imports.bring_in": Call(RUNS, lambda _: (Brought(a_registry(a_project("P9")), "csv"),)),
}
OWN = ()
