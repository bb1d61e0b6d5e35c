"""The interchange tables, declared once: what a CSV, a workbook and the template all hold."""

from data.tables import declared_context as context
from data.tables import declared_judgement, declared_register
from data.tables import declared_projects as projects
from data.tables.column import Column, Kind, Table

TABLES: tuple[Table, ...] = (
    projects.CYCLE, projects.THRESHOLDS, projects.ENVELOPES, projects.ENVELOPE_LIMITS,
    projects.TEAMS, projects.TEAM_CAPACITY, projects.PEOPLE, projects.PROJECTS, projects.VARIANTS,
    projects.COSTS, projects.EFFORTS, projects.TAGS, projects.ANSWERS, projects.MEASURES,
    projects.QUANTITIES, projects.DEBT_EFFECTS, projects.FACTORS, context.LINKS, context.SAVINGS,
    *declared_register.TABLES, *declared_judgement.TABLES, context.SCENARIOS, context.LEVERS,
    context.RULES,
)
BY_NAME = {table.name: table for table in TABLES}

__all__ = ["BY_NAME", "TABLES", "Column", "Kind", "Table"]
