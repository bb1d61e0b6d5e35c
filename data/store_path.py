"""Days on the path of proposals, and their leads, asked without reading what was submitted."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from data.schema import journal, projects
from data.schema_people import submissions
from data.store_work import Reading, object_key


def first_submission(work: Reading, cycle: str) -> str | None:
    """The moment of the cycle's first submission; None when there is none."""
    asked = sa.select(sa.func.min(submissions.c.at)).where(submissions.c.cycle == cycle)
    found: str | None = work.connection.execute(asked).scalar()
    return found


def last_submissions(work: Reading, cycle: str) -> Mapping[str, tuple[int, str]]:
    """Project -> number and moment of its last submission."""
    table = submissions.c
    asked = sa.select(table.project, sa.func.max(table.number), sa.func.max(table.at))
    rows = work.connection.execute(asked.where(table.cycle == cycle).group_by(table.project))
    return {project: (number, at) for project, number, at in rows}


def last_acts(work: Reading, cycle: str, kind: str, acts: Sequence[str]) -> Mapping[str, str]:
    """Key within the cycle -> moment of the last of these acts on the object of that kind."""
    start = object_key((cycle, ""))
    asked = sa.select(journal.c.key, sa.func.max(journal.c.at)).where(
        journal.c.kind == kind,
        journal.c.key.startswith(start, autoescape=True),
        journal.c.act.in_(acts),
    )
    rows = work.connection.execute(asked.group_by(journal.c.key))
    return {key.removeprefix(start): at for key, at in rows}


def leads(work: Reading, cycle: str) -> Mapping[str, str]:
    """Project -> the code of its lead."""
    asked = sa.select(projects.c.code, projects.c.lead).where(projects.c.cycle == cycle)
    return {code: lead for code, lead in work.connection.execute(asked)}
