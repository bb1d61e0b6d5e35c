"""Exports: a cycle as a workbook, as CSV tables, or as the question that a scenario asks."""

from data import exporters, question_file
from data.store import Store
from portfolio import judgement
from portfolio.errors import Invalid
from portfolio.person import Person, Role
from services import scenarios
from services.journal import printed
from services.permission import allowed

KINDS = (".xlsx", ".zip", ".json")


@allowed(Role.FACILITATOR, Role.ADMINISTRATOR, Role.ARCHITECT)
def write(
    store: Store, by: Person, cycle: str, kind: str, scenario: str = "base", language: str = "fr"
) -> bytes:
    """The cycle's content; Invalid("not-one-of") for a kind that is not written.

    What nobody has revealed yet is not in it. Tables carry the journal's anchor.
    """
    if kind not in KINDS:
        raise Invalid("not-one-of", field="kind", found=kind, accepted=KINDS)
    if kind == ".json":
        return question_file.write(scenarios.ask(store, by, cycle, scenario).posed.question)
    with store.reading() as work:
        registry, anchor = judgement.revealed(work.registry(cycle)), printed(work)
    if kind == ".xlsx":
        return exporters.workbook(registry, anchor)
    return exporters.csv_zip(registry, language, anchor)


def template() -> bytes:
    """An empty workbook that explains itself, to be filled and brought in."""
    return exporters.template()
