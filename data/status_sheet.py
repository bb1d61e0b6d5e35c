"""The sheet of status reports: one row a project and reporting date, under heads people read."""

from data.tables.column import Column, Kind, column
from portfolio.words import Bilingual

SHEET = Bilingual("Suivi", "Tracking")
ADVICE = Bilingual("Lisez-moi", "Lisez-moi - Read me")  # a sheet that is not read
COLUMNS: tuple[Column, ...] = (
    column("project", Kind.CODE, "Code du projet approuvé", "Code of the approved project",
           must=True),
    column("title", Kind.TEXT, "Pour s'y retrouver; n'est pas lu", "To find one's way; not read"),
    column("on", Kind.DATE, "Jour auquel ces faits sont connus", "Day on which these facts are"
           " known", must=True),
    column("started", Kind.DATE, "Jour où le projet a commencé; vide : comme au rapport précédent",
           "Day the project began; empty: as in the report before"),
    column("ended", Kind.DATE, "Jour où il a été livré; vide : il ne l'est pas",
           "Day it was delivered; empty: it is not"),
    column("forecast_end", Kind.DATE, "Jour où il devrait être livré",
           "Day it should be delivered"),
    column("forecast_cost", Kind.MONEY, "Coût total prévu, en dollars", "Forecast cost in all, in"
           " dollars"),
    column("spent", Kind.MONEY, "Dépensé à ce jour, en dollars", "Spent so far, in dollars"),
    column("note", Kind.TEXT, "Ce qui explique ces faits", "What explains these facts"),
)
HEADS = {
    "project": Bilingual("Projet", "Project"),
    "title": Bilingual("Titre", "Title"),
    "on": Bilingual("Date du rapport", "Reporting date"),
    "started": Bilingual("Commencé le", "Started on"),
    "ended": Bilingual("Livré le", "Delivered on"),
    "forecast_end": Bilingual("Livraison prévue", "Forecast delivery"),
    "forecast_cost": Bilingual("Coût prévu", "Forecast cost"),
    "spent": Bilingual("Dépensé", "Spent"),
    "note": Bilingual("Note", "Note"),
}

SILENT = frozenset({"project", "title"})  # a row with nothing else says nothing, and is left aside


def named(head: str) -> Column | None:
    """The column of a head, in either language or by its own name; None when there is none."""
    said = head.strip().casefold()
    for one in COLUMNS:
        known = {one.name, HEADS[one.name].fr.casefold(), HEADS[one.name].en.casefold()}
        if said in known:
            return one
    return None
