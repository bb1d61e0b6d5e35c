"""What the template says on its first sheet, and every workbook of the journal on its last."""

from collections.abc import Iterator

from data.anchors import written
from data.journal import Anchor
from portfolio.words import Bilingual

TITLE = Bilingual("Modèle de portefeuille", "Portfolio template")
ADVICE = (
    Bilingual(
        "Remplissez les feuilles utiles; seule « projects » est obligatoire. Ne changez ni le nom "
        "des feuilles ni la première ligne.",
        "Fill in the sheets you need; only “projects” is required. Change neither the names of the "
        "sheets nor the first row."),
    Bilingual(
        "Les colonnes rouges sont obligatoires. Une cellule vide veut dire « non donné », "
        "jamais 0.",
        "Red columns are required. An empty cell means “not given”, never 0."),
    Bilingual(
        "Les lignes dont la première cellule commence par « # aide », « # help » ou « # exemple » "
        "ne sont pas lues : vous pouvez les laisser.",
        "Rows whose first cell begins with “# aide”, “# help” or “# exemple” are not read: they "
        "may stay."),
    Bilingual(
        "Montants en dollars : 1944523,50 · 1 944 523,50 $ · $1,944,523. « 1,234 » est refusé, car "
        "il peut se lire de deux façons.",
        "Amounts in dollars: 1944523.50 · 1 944 523,50 $ · $1,944,523. “1,234” is refused, for it "
        "can be read in two ways."),
    Bilingual(
        "Dates : 2027-03-31. Périodes : l'année financière (2027), ou 2027-1 pour son premier "
        "trimestre. Listes dans une cellule : séparées par « | ».",
        "Dates: 2027-03-31. Periods: the fiscal year (2027), or 2027-1 for its first quarter. "
        "Lists in a cell: separated by “|”."),
    Bilingual(
        "L'importation enregistre tout ou rien, et dit chaque erreur par feuille, ligne et "
        "colonne.",
        "The import saves all or nothing, and tells every error by sheet, row and column."),
    Bilingual("Les feuilles :", "The sheets:"),
)


def of_journal(anchor: Anchor) -> Iterator[tuple[str, str]]:
    """A title, what the anchor is for, its figures, and itself as a line to be verified with."""
    yield "Repère du journal", "Anchor of the journal"
    yield (
        "Ce repère prouve jusqu'où le journal allait quand ce fichier a été écrit : gardez-le "
        "ailleurs que la base. Une ligne changée, retirée ou coupée avant lui se verra.",
        "This anchor proves how far the journal went when this file was written: keep it away "
        "from the database. A line changed, removed or cut before it will be seen.",
    )
    yield f"Lignes : {anchor.count}", f"Lines: {anchor.count}"
    yield f"Dernière ligne : {anchor.at}", f"Last line: {anchor.at}"
    yield f"Empreinte : {anchor.head}", f"Hash: {anchor.head}"
    yield (
        "Pour vérifier : enregistrez la ligne ci-dessous dans un fichier, puis « python cli.py "
        "journal verify --anchor FICHIER ».",
        "To verify: save the line below in a file, then “python cli.py journal verify --anchor "
        "FILE”.",
    )
    yield written(anchor), written(anchor)
