"""The tables around the projects: links, systems, debts, scenarios."""

from data.tables.column import Kind, Table, column
from portfolio.debt import DebtStatus, DebtType
from portfolio.system import Disposition
from portfolio.words import Bilingual

CODE, TEXT, WHOLE, NUMBER = Kind.CODE, Kind.TEXT, Kind.WHOLE, Kind.NUMBER
SHARE, MONEY, DATE, PERIOD = Kind.SHARE, Kind.MONEY, Kind.DATE, Kind.PERIOD
YES_NO, ONE_OF, LIST, DOLLARS = Kind.YES_NO, Kind.ONE_OF, Kind.LIST, Kind.DOLLARS

LINK_KINDS = ("needs", "needs-one-of", "excludes", "together", "synergy")
RULE_KINDS = (
    "mandatory", "force", "window", "at-most-starts", "floor", "ceiling", "debt-floor",
    "debt-ceiling",
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

SYSTEMS = Table(
    "systems", Bilingual("Systèmes en service", "Systems in service"), ("code",), (
        column("code", CODE, "Code du système", "Code of the system", "SECI", must=True),
        column("title", TEXT, "Titre en français", "Title in French", "Paie", must=True),
        column("title_en", TEXT, "Titre en anglais", "Title in English", "Payroll"),
        column("owner", TEXT, "Responsable", "Owner", "Service des RH"),
        column("criticality", WHOLE, "1 (commodité) à 5 (vie et sécurité)",
               "1 (convenience) to 5 (life and safety)", "4"),
        column("users", WHOLE, "Nombre d'utilisateurs", "Number of users", "1200"),
        column("run_cost", MONEY, "Dollars par an pour l'exploiter", "Dollars a year to run it",
               "450000"),
        column("replacement_value", MONEY, "Dollars pour le remplacer", "Dollars to replace it",
               "6000000"),
        column("disposition", ONE_OF, "Intention", "Intent", "migrer", values=tuple(Disposition)),
        column("reason", TEXT, "Raison de l'intention", "Reason of the intent", "Fin du soutien"),
    ))

TECHNOLOGIES = Table(
    "technologies", Bilingual("Technologies des systèmes", "Technologies of the systems"),
    ("system", "name", "version"), (
        column("system", CODE, "Code du système", "Code of the system", "SECI", must=True,
               refers="systems"),
        column("name", TEXT, "Produit", "Product", "Oracle Database", must=True),
        column("version", TEXT, "Version", "Version", "12.2"),
        column("sales_end", DATE, "Fin de vente", "End of sales", "2019-12-31"),
        column("active_end", DATE, "Fin de la maintenance active", "End of active maintenance",
               "2020-12-31"),
        column("standard_end", DATE, "Fin du soutien", "End of support", "2022-03-31"),
        column("extended_end", DATE, "Fin du soutien prolongé payé", "End of paid extended support",
               "2026-12-31"),
        column("contract_until", DATE, "Soutien prolongé acheté jusqu'au",
               "Extended support bought until", "2026-12-31"),
    ))

DEBTS = Table(
    "debts", Bilingual("Dettes techniques", "Technical debts"), ("code",), (
        column("code", CODE, "Code de la dette", "Code of the debt", "D-001", must=True),
        column("title", TEXT, "Titre", "Title", "Base de données hors soutien", must=True),
        column("system", CODE, "Système qui la porte", "System that bears it", "SECI", must=True,
               refers="systems"),
        column("type", ONE_OF, "Sorte de dette; vide = architecture",
               "Kind of debt; empty = architecture", "obsolescence", values=tuple(DebtType)),
        column("principal_low", MONEY, "Dollars pour la rembourser, bas", "Dollars to repay, low",
               "80000"),
        column("principal", MONEY, "Dollars pour la rembourser aujourd'hui",
               "Dollars to repay it today", "120000", must=True),
        column("principal_high", MONEY, "Dollars pour la rembourser, haut",
               "Dollars to repay, high", "200000"),
        column("principal_growth", SHARE, "Croissance annuelle du principal; vide = 0",
               "Yearly growth of the principal; empty = 0", "0,05"),
        column("interest_low", MONEY, "Dollars par an pour la garder, bas",
               "Dollars a year to keep it, low", "20000"),
        column("interest", MONEY,
               "Dollars par an pour la garder; obligatoire sans loss ni debt_interest",
               "Dollars a year to keep it; required without loss or debt_interest", "30000"),
        column("interest_high", MONEY, "Dollars par an pour la garder, haut",
               "Dollars a year to keep it, high", "45000"),
        column("interest_growth", SHARE, "Croissance annuelle de l'intérêt; vide = 0",
               "Yearly growth of the interest; empty = 0", "0,1"),
        column("loss", MONEY, "Dollars perdus si l'incident survient; vide = aucun",
               "Dollars lost if the incident happens; empty = none", "500000"),
        column("p_before", SHARE, "Probabilité annuelle avant la fin du soutien",
               "Yearly probability before the end of support", "0,02"),
        column("p_after", SHARE, "Probabilité annuelle après la fin du soutien",
               "Yearly probability after the end of support", "0,1"),
        column("support_end", DATE, "Fin du soutien", "End of support", "2028-12-31"),
        column("basis", TEXT, "Sur quoi les chiffres reposent", "What the figures rest on",
               "Devis du fournisseur"),
        column("confidence", WHOLE, "1 (supposé) à 3 (sûr)", "1 (guess) to 3 (sure)", "2"),
        column("status", ONE_OF, "État; vide = ouverte", "Status; empty = ouverte", "ouverte",
               values=tuple(DebtStatus)),
        column("owner", TEXT, "Responsable", "Owner", "Architecture"),
        column("review_on", DATE, "À revoir le", "To review on", "2027-06-30"),
        column("standalone_envelope", CODE, "Enveloppe d'un remboursement hors projet",
               "Envelope of a retirement outside any project", "PDI", refers="envelopes"),
        column("standalone_cost", MONEY, "Dollars de ce remboursement; vide = le principal",
               "Dollars of that retirement; empty = the principal", "120000"),
    ))

DEBT_INTEREST = Table(
    "debt_interest", Bilingual("Intérêt connu par période", "Interest known by period"),
    ("debt", "period"), (
        column("debt", CODE, "Code de la dette", "Code of the debt", "D-001", must=True,
               refers="debts"),
        column("period", PERIOD, "Période du cycle", "Period of the cycle", "2027", must=True),
        column("amount", MONEY, "Dollars d'intérêt", "Dollars of interest", "30000", must=True),
    ))

REMEDIES = Table(
    "remedies", Bilingual("Projets qui remboursent", "Projects that repay"), ("debt", "project"), (
        column("debt", CODE, "Code de la dette", "Code of the debt", "D-001", must=True,
               refers="debts"),
        column("project", CODE, "Projet qui la rembourse", "Project that repays it", "P-001",
               must=True, refers="projects"),
        column("share", SHARE, "Part remboursée (0 à 1); vide = 1",
               "Share repaid (0 to 1); empty = 1", "1"),
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
        column("count", WHOLE, "at-most-starts : débuts par période",
               "at-most-starts: starts in a period", ""),
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
