"""The tables around the projects: links and scenarios."""

from data.tables.column import Kind, Table, column
from portfolio.scenario import DebtMode
from portfolio.words import Bilingual

CODE, TEXT, WHOLE, NUMBER = Kind.CODE, Kind.TEXT, Kind.WHOLE, Kind.NUMBER
SHARE, MONEY, DATE, PERIOD = Kind.SHARE, Kind.MONEY, Kind.DATE, Kind.PERIOD
YES_NO, ONE_OF, LIST, DOLLARS = Kind.YES_NO, Kind.ONE_OF, Kind.LIST, Kind.DOLLARS

LINK_KINDS = ("needs", "needs-one-of", "excludes", "together", "synergy")
RULE_KINDS = (
    "mandatory", "force", "window", "at-most-starts", "floor", "ceiling", "debt-floor",
    "debt-ceiling", "red-limit",
)

LINKS = Table(
    "links", Bilingual("Liens entre projets", "Links among projects"), ("code",), (
        column("code", CODE, "Code du lien", "Code of the link", "L1", must=True),
        column("kind", ONE_OF, "Sorte de lien", "Kind of link", "needs", must=True,
               values=LINK_KINDS),
        column("project", CODE, "Projet", "Project", "P-002", refers="projects"),
        column("others", LIST, "Autres projets, séparés par |", "Other projects, separated by |",
               "P-001", refers="projects"),
        column("lag", WHOLE, "needs : périodes d'attente; vide = 0",
               "needs: periods to wait; empty = 0", "0"),
        column("at_most", WHOLE, "excludes : nombre permis; vide = 1",
               "excludes: number allowed; empty = 1", ""),
        column("value", NUMBER, "synergy : points de valeur en plus",
               "synergy: points of value added", ""),
        column("scenario", CODE, "Scénario où le lien vaut; vide = tous",
               "Scenario in which the link holds; empty = all", "", refers="scenarios"),
    ))

SAVINGS = Table(
    "savings", Bilingual("Économies des synergies", "Savings of the synergies"),
    ("link", "envelope", "period"), (
        column("link", CODE, "Code d'un lien synergy", "Code of a synergy link", "L2", must=True,
               refers="links"),
        column("envelope", CODE, "Enveloppe soulagée", "Envelope relieved", "PDI", must=True,
               refers="envelopes"),
        column("period", PERIOD, "Période du cycle", "Period of the cycle", "2028", must=True),
        column("amount", DOLLARS, "Dollars économisés", "Dollars saved", "50000", must=True),
    ))

SCENARIOS = Table(
    "scenarios", Bilingual("Scénarios", "Scenarios"), ("code",), (
        column("code", CODE, "Code du scénario", "Code of the scenario", "base", must=True),
        column("title", TEXT, "Titre en français", "Title in French", "Référence", must=True),
        column("title_en", TEXT, "Titre en anglais", "Title in English", "Reference"),
        column("maximize", TEXT, "Objectif (value, debt, -cost …) ou poids « value=1 | debt=0,01 »",
               "Objective (value, debt, -cost …) or weights “value=1 | debt=0.01”", "value"),
        column("budget_share", SHARE, "Part du coût total disponible, sans limite d'enveloppe",
               "Share of the total cost available, where an envelope has no limit", "0,4"),
        column("time_limit", NUMBER, "Secondes de calcul; vide = 60",
               "Seconds of solving; empty = 60", "60"),
        column("gap", SHARE, "Écart accepté à l'optimum; vide = 0",
               "Accepted distance to the optimum; empty = 0", "0"),
        column("debt_mode", ONE_OF, "La dette compte en points ou en argent; vide = points",
               "Debt counts as points or as money; empty = points", "points",
               values=tuple(DebtMode)),
        column("point_price", MONEY, "argent : dollars que vaut un point",
               "argent: dollars that one point is worth", ""),
        column("terminal_years", WHOLE, "Années d'intérêt comptées après l'horizon; vide = 0",
               "Years of interest counted after the horizon; empty = 0", "0"),
        column("ignored", LIST, "Sortes de règle mises de côté, séparées par |",
               "Kinds of rule switched off, separated by |", "",
               values=(*LINK_KINDS, *RULE_KINDS)),
    ))

LEVERS = Table(
    "levers", Bilingual("Leviers sur les enveloppes", "Levers on the envelopes"),
    ("scenario", "envelope"), (
        column("scenario", CODE, "Code du scénario", "Code of the scenario", "base", must=True,
               refers="scenarios"),
        column("envelope", CODE, "Enveloppe", "Envelope", "PDI", must=True, refers="envelopes"),
        column("factor", NUMBER, "Facteur sur les limites (1,1 = 10 % de plus)",
               "Factor on the limits (1.1 = 10% more)", "1,1", must=True),
    ))

RULES = Table(
    "rules", Bilingual("Règles des scénarios", "Rules of the scenarios"), (), (
        column("scenario", CODE, "Code du scénario", "Code of the scenario", "base", must=True,
               refers="scenarios"),
        column("kind", ONE_OF, "Sorte de règle", "Kind of rule", "floor", must=True,
               values=RULE_KINDS),
        column("projects", LIST, "Projets visés, séparés par |", "Projects meant, separated by |",
               "", refers="projects"),
        column("in", YES_NO, "force : oui = retenu, non = écarté", "force: oui = in, non = out"),
        column("reason", TEXT, "force : raison", "force: reason", ""),
        column("deadline", PERIOD, "mandatory : dernière période pour finir",
               "mandatory: last period to finish", ""),
        column("earliest", PERIOD, "window : début au plus tôt", "window: earliest start", ""),
        column("latest", PERIOD, "window : début au plus tard", "window: latest start", ""),
        column("count", WHOLE,
               "at-most-starts : débuts par période; red-limit : systèmes rouges permis",
               "at-most-starts: starts in a period; red-limit: red systems allowed", ""),
        column("of", CODE, "floor, ceiling : cost, count, value ou une mesure",
               "floor, ceiling: cost, count, value or a measure", "cost"),
        column("tag", CODE, "floor, ceiling : grille du groupe", "floor, ceiling: the group's grid",
               "ambition"),
        column("is", CODE, "floor, ceiling : clé dans la grille", "floor, ceiling: key in the grid",
               "2.1"),
        column("share", SHARE, "floor, ceiling, debt-floor : part (0 à 1)",
               "floor, ceiling, debt-floor: share (0 to 1)", "0,15"),
        column("limit", DOLLARS, "floor, ceiling, debt-ceiling : limite (dollars pour cost)",
               "floor, ceiling, debt-ceiling: limit (dollars for cost)", ""),
    ))
