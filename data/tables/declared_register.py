"""The tables of the register of debt: systems, debts, acceptances, legacy risk, closed years."""

from data.tables.column import Column, Kind, Table, column
from portfolio.acceptance import Ruling
from portfolio.debt import DebtStatus, DebtType, Quadrant
from portfolio.legacy_risk import IMPACTS, LIKELIHOODS, Funding
from portfolio.system import Disposition
from portfolio.words import Bilingual

CODE, TEXT, WHOLE, NUMBER = Kind.CODE, Kind.TEXT, Kind.WHOLE, Kind.NUMBER
SHARE, MONEY, DATE, PERIOD = Kind.SHARE, Kind.MONEY, Kind.DATE, Kind.PERIOD
ONE_OF, LIST = Kind.ONE_OF, Kind.LIST


def priced(name: str, fr: str, en: str) -> tuple[Column, ...]:
    """How an amount was reached, where it was priced in hours: hours x rate + external."""
    return (
        column(f"{name}_hours", NUMBER, f"{fr} : heures", f"{en}: hours", ""),
        column(f"{name}_rate", MONEY, f"{fr} : dollars l'heure", f"{en}: dollars an hour", ""),
        column(f"{name}_external", MONEY, f"{fr} : dollars de plus", f"{en}: dollars more", ""),
    )


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
        column("services", LIST, "Services et arrondissements qui l'utilisent, séparés par |",
               "Services and boroughs that use it, separated by |", "Finances"),
        column("interest_figure", MONEY,
               "Dollars par an que coûtent ensemble ses dettes, quand leurs intérêts se recoupent",
               "Dollars a year that its debts cost together, when their interests overlap", ""),
        column("interest_reason", TEXT, "Raison de ce montant", "Reason of that amount", ""),
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
        column("sales_word", TEXT, "Mot de la source pour la fin de vente",
               "The source's word for the end of sales", ""),
        column("active_word", TEXT, "Mot de la source pour la fin de la maintenance active",
               "The source's word for the end of active maintenance", "Premier Support"),
        column("standard_word", TEXT, "Mot de la source pour la fin du soutien",
               "The source's word for the end of support", "Extended Support"),
        column("extended_word", TEXT, "Mot de la source pour la fin du soutien payé",
               "The source's word for the end of paid support", ""),
        column("contract_until", DATE, "Soutien prolongé acheté jusqu'au",
               "Extended support bought until", "2026-12-31"),
        column("purl", TEXT, "Nom dans les outils (purl)", "Name in tools (purl)", ""),
        column("cpe", TEXT, "Nom dans les outils (CPE)", "Name in tools (CPE)", ""),
        column("source", TEXT, "D'où viennent les dates", "Where the dates come from", ""),
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
        column("description", TEXT, "Description", "Description", ""),
        column("quadrant", ONE_OF, "Cause : voulue ou non, prudente ou non",
               "Cause: deliberate or not, prudent or not", "", values=tuple(Quadrant)),
        *priced("principal", "Pour la rembourser", "To repay it"),
        *priced("interest", "Pour la garder, par an", "To keep it, a year"),
        column("loss_after", MONEY, "Dollars perdus après la fin du soutien; vide = comme avant",
               "Dollars lost after the end of support; empty = as before", ""),
        column("theme", TEXT, "Thème des constats d'outils que la dette rassemble",
               "Theme of the tools' findings that the debt gathers", ""),
        column("logged_on", DATE, "Inscrite le", "Logged on", "2026-03-01"),
        column("closed_on", DATE, "Fermée le", "Closed on", ""),
        column("duplicate_of", CODE, "doublon : code de l'autre dette",
               "doublon: code of the other debt", "", refers="debts"),
        column("created_by", CODE, "Projet qui créerait la dette", "Project that would create it",
               "", refers="projects"),
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
        column("after", WHOLE, "Après combien de périodes du projet; vide = à la livraison",
               "After how many periods of the project; empty = at delivery", ""),
    ))

DEPENDENCIES = Table(
    "dependencies", Bilingual("Dépendances entre systèmes", "Dependencies between systems"),
    ("system", "on"), (
        column("system", CODE, "Système qui dépend", "System that depends", "SECI", must=True,
               refers="systems"),
        column("on", CODE, "Système dont il a besoin", "System that it needs", "IDENT", must=True,
               refers="systems"),
        column("reason", TEXT, "Pourquoi", "Why", "Identités des employés"),
    ))

TOOL_KEYS = Table(
    "tool_keys", Bilingual("Noms des systèmes dans les outils", "Names of the systems in tools"),
    ("system", "tool", "key"), (
        column("system", CODE, "Code du système", "Code of the system", "SECI", must=True,
               refers="systems"),
        column("tool", CODE, "Outil", "Tool", "sonarqube", must=True),
        column("key", TEXT, "Nom dans l'outil", "Name in the tool", "ville.seci", must=True),
    ))

DEBT_EVIDENCE = Table(
    "debt_evidence", Bilingual("Preuves des dettes", "Evidence of the debts"), (), (
        column("debt", CODE, "Code de la dette", "Code of the debt", "D-001", must=True,
               refers="debts"),
        column("source", TEXT, "Outil ou sorte de document", "Tool or kind of document",
               "sonarqube", must=True),
        column("reference", TEXT, "Lequel, ou où", "Which one, or where", "ville.seci"),
        column("url", TEXT, "Adresse", "Address", ""),
        column("note", TEXT, "Note", "Note", ""),
        column("findings", WHOLE, "Nombre de constats ouverts", "Number of open findings", "12"),
        column("seen_on", DATE, "Vue le", "Seen on", "2026-03-01"),
        column("gone_on", DATE, "Disparue le", "Gone on", ""),
    ))

ACCEPTANCES = Table(
    "acceptances", Bilingual("Acceptations de dettes", "Acceptances of debts"),
    ("debt", "number"), (
        column("debt", CODE, "Code de la dette", "Code of the debt", "D-001", must=True,
               refers="debts"),
        column("number", WHOLE, "Numéro de la demande, à partir de 1",
               "Number of the request, from 1", "1", must=True),
        column("reason", TEXT, "Raison", "Reason", "Remplacement en 2028", must=True),
        column("control", TEXT, "Contrôle compensatoire", "Compensating control",
               "Accès restreint", must=True),
        column("expires", DATE, "Dernier jour", "Last day", "2027-06-30", must=True),
        column("asked_by", CODE, "Demandée par", "Asked by", "demo-architecte", must=True,
               refers="people"),
        column("asked_on", DATE, "Demandée le", "Asked on", "2026-06-30", must=True),
        column("ruling", ONE_OF, "Suite; vide = demandee", "Ruling; empty = demandee", "accordee",
               values=tuple(Ruling)),
        column("ruled_by", CODE, "Décidée par", "Ruled by", "demo-admin", refers="people"),
        column("ruled_on", DATE, "Décidée le", "Ruled on", "2026-07-05"),
        column("ruled_why", TEXT, "Motif de la décision", "Why it was ruled so", ""),
    ))

ASSESSMENTS = Table(
    "assessments", Bilingual("Risque des systèmes", "Legacy risk of the systems"), ("system",), (
        column("system", CODE, "Code du système", "Code of the system", "SECI", must=True,
               refers="systems"),
        column("confirmed_by", CODE, "Confirmé par; vide = brouillon",
               "Confirmed by; empty = draft", "demo-architecte", refers="people"),
        column("confirmed_on", DATE, "Confirmé le", "Confirmed on", "2026-05-01"),
        column("plan", TEXT, "Comment le risque finira", "How the risk will end", "Remplacement"),
        column("funding", ONE_OF, "Financement du plan; vide = aucun",
               "Funding of the plan; empty = aucun", "partiel", values=tuple(Funding)),
        column("target", DATE, "Échéance", "Target date", "2028-12-31"),
        column("cost_change", NUMBER, "Hausse du coût par année d'attente (0,1 = 10 %)",
               "Rise of the cost for each year of waiting (0.1 = 10%)", ""),
        column("notes", TEXT, "Notes", "Notes", ""),
        column("replaced_by", LIST, "Projets qui remplacent le système, séparés par |",
               "Projects that replace the system, separated by |", "", refers="projects"),
    ))

RISK_LEVELS = Table(
    "risk_levels", Bilingual("Niveaux de risque", "Levels of risk"), ("system", "criterion"), (
        column("system", CODE, "Code du système", "Code of the system", "SECI", must=True,
               refers="systems"),
        column("criterion", ONE_OF, "Critère : L1 à L7, C1 à C6", "Criterion: L1 to L7, C1 to C6",
               "L1", must=True, values=(*LIKELIHOODS, *IMPACTS)),
        column("level", WHOLE, "Niveau : 1 à 6 pour L, 1 à 5 pour C",
               "Level: 1 to 6 for L, 1 to 5 for C", "4", must=True),
        column("evidence", TEXT, "Sur quoi le niveau repose", "What the level rests on", ""),
        column("proposed", WHOLE, "Niveau que la preuve proposait",
               "Level that the evidence proposed", ""),
        column("debts", LIST, "Dettes qui le tiennent élevé, séparées par |",
               "Debts that keep it up, separated by |", "", refers="debts"),
        column("after", WHOLE, "Niveau une fois ces dettes remboursées",
               "Level once those debts are repaid", ""),
    ))

YEAR_ENDS = Table(
    "year_ends", Bilingual("Exercices clos", "Closed fiscal years"), ("year",), (
        column("year", WHOLE, "Exercice", "Fiscal year", "2026", must=True),
        column("closed_on", DATE, "Clos le", "Closed on", "2027-01-15", must=True),
        column("closed_by", CODE, "Clos par", "Closed by", "demo-architecte", must=True,
               refers="people"),
    ))

YEAR_SYSTEMS = Table(
    "year_systems", Bilingual("Exercices clos, par système", "Closed fiscal years, by system"),
    ("year", "system"), (
        column("year", WHOLE, "Exercice", "Fiscal year", "2026", must=True),
        column("system", CODE, "Code du système", "Code of the system", "SECI", must=True),
        *(column(name, MONEY, fr, en, "0", must=True) for name, fr, en in (
            ("opening", "Dollars de principal à l'ouverture", "Dollars of principal at opening"),
            ("logged", "Dollars inscrits", "Dollars logged"),
            ("grown", "Dollars de croissance", "Dollars of growth"),
            ("estimated", "Dollars de révision des estimations",
             "Dollars of changes to the estimates"),
            ("retired", "Dollars remboursés", "Dollars retired"),
            ("closing", "Dollars de principal à la clôture", "Dollars of principal at closing"),
            ("accepted", "dont acceptés", "of which accepted"),
            ("interest", "Dollars d'intérêt par an", "Dollars of interest a year"),
        )),
    ))

YEAR_ITEMS = Table(
    "year_items", Bilingual("Exercices clos, par dette", "Closed fiscal years, by debt"),
    ("year", "debt"), (
        column("year", WHOLE, "Exercice", "Fiscal year", "2026", must=True),
        column("debt", CODE, "Code de la dette", "Code of the debt", "D-001", must=True),
        column("principal", MONEY, "Dollars de principal", "Dollars of principal", "0", must=True),
        column("interest", MONEY, "Dollars d'intérêt par an", "Dollars of interest a year", "0",
               must=True),
    ))

TABLES = (
    SYSTEMS, TECHNOLOGIES, DEPENDENCIES, TOOL_KEYS, DEBTS, DEBT_INTEREST, REMEDIES, DEBT_EVIDENCE,
    ACCEPTANCES, ASSESSMENTS, RISK_LEVELS, YEAR_ENDS, YEAR_SYSTEMS, YEAR_ITEMS,
)
