"""The tables that describe a cycle, its money, its people and its projects."""

from data.tables.column import Kind, Table, column
from portfolio.footprint import UNITS, Deed
from portfolio.person import Role
from portfolio.project import Category, Sensitivity, Stage
from portfolio.words import Bilingual

CODE, TEXT, WHOLE, NUMBER = Kind.CODE, Kind.TEXT, Kind.WHOLE, Kind.NUMBER
SHARE, MONEY, DATE, PERIOD = Kind.SHARE, Kind.MONEY, Kind.DATE, Kind.PERIOD
YES_NO, ONE_OF, LIST = Kind.YES_NO, Kind.ONE_OF, Kind.LIST

CYCLE = Table(
    "cycle", Bilingual("Le cycle (une seule ligne)", "The cycle (a single row)"), ("code",), (
        column("code", CODE, "Code du cycle", "Code of the cycle", "2027", must=True),
        column("title", TEXT, "Titre en français", "Title in French", "Plan 2027-2036", must=True),
        column("title_en", TEXT, "Titre en anglais", "Title in English", "Plan 2027-2036"),
        column("start", WHOLE, "Première année financière", "First fiscal year", "2027", must=True),
        column("periods", WHOLE, "Nombre de périodes", "Number of periods", "10", must=True),
        column("per_year", WHOLE, "Périodes par année : 1, 2, 4 ou 12; vide = 1",
               "Periods in a year: 1, 2, 4 or 12; empty = 1", "1"),
        column("discount", SHARE, "Taux d'actualisation annuel de la valeur; vide = 0",
               "Yearly discount rate of value; empty = 0", "0,03"),
        column("framework", CODE, "Code du cadre de référence; vide = générique",
               "Code of the framework; empty = generic", "montreal_2030"),
        column("framework_version", TEXT, "Version du cadre; vide = la plus récente",
               "Version of the framework; empty = the latest", "2026.1"),
        column("submit_by", DATE, "Date limite de dépôt", "Submission deadline", "2026-03-31"),
        column("illustrative", YES_NO, "oui si les chiffres sont inventés pour la démonstration",
               "oui when the figures are made up for demonstration", "non"),
        column("source", TEXT, "D'où viennent les données", "Where the data come from",
               "Appel de projets 2026"),
        column("source_en", TEXT, "La même source, en anglais", "The same source, in English",
               "2026 call for projects"),
    ))

THRESHOLDS = Table(
    "thresholds", Bilingual("Seuils d'examen", "Thresholds of examination"), (), (
        column("amount", MONEY, "Dollars à partir desquels un projet est examiné autrement",
               "Dollars from which a project is examined otherwise", "500000", must=True),
    ))

ENVELOPES = Table(
    "envelopes", Bilingual("Enveloppes budgétaires", "Budget envelopes"), ("code",), (
        column("code", CODE, "Code de l'enveloppe", "Code of the envelope", "PDI", must=True),
        column("title", TEXT, "Titre en français", "Title in French", "Programme décennal",
               must=True),
        column("title_en", TEXT, "Titre en anglais", "Title in English", "Ten-year programme"),
        column("carry", SHARE, "Part de la limite reportable à la période suivante (0 à 1)",
               "Share of the limit that may go over to the next period (0 to 1)", "0,1"),
    ))

ENVELOPE_LIMITS = Table(
    "envelope_limits", Bilingual("Argent disponible par période", "Money available by period"),
    ("envelope", "period"), (
        column("envelope", CODE, "Code de l'enveloppe", "Code of the envelope", "PDI", must=True,
               refers="envelopes"),
        column("period", PERIOD, "Période du cycle", "Period of the cycle", "2027", must=True),
        column("limit", MONEY, "Dollars disponibles", "Dollars available", "12000000", must=True),
    ))

TEAMS = Table(
    "teams", Bilingual("Équipes", "Teams"), ("code",), (
        column("code", CODE, "Code de l'équipe", "Code of the team", "DEV", must=True),
        column("title", TEXT, "Titre en français", "Title in French", "Développement", must=True),
        column("title_en", TEXT, "Titre en anglais", "Title in English", "Development"),
        column("skill", TEXT, "Compétence", "Skill", "Développement Web"),
    ))

TEAM_CAPACITY = Table(
    "team_capacity", Bilingual("Jours-personnes disponibles", "Person-days available"),
    ("team", "period"), (
        column("team", CODE, "Code de l'équipe", "Code of the team", "DEV", must=True,
               refers="teams"),
        column("period", PERIOD, "Période du cycle", "Period of the cycle", "2027", must=True),
        column("days", NUMBER, "Jours-personnes", "Person-days", "1800", must=True),
    ))

PEOPLE = Table(
    "people", Bilingual("Personnes", "People"), ("code",), (
        column("code", CODE, "Code de la personne, jamais une adresse de courriel",
               "Code of the person, never an e-mail address", "eval-1", must=True),
        column("name", TEXT, "Nom affiché", "Name shown", "Évaluatrice 1", must=True),
        column("roles", LIST, "Rôles, séparés par |", "Roles, separated by |", "membre",
               values=tuple(Role)),
        column("language", ONE_OF, "Langue", "Language", "fr", values=("fr", "en")),
        column("demo", YES_NO, "oui pour une personne de démonstration",
               "oui for a demonstration person", "oui"),
        column("active", YES_NO, "non si l'accès est retiré; vide = oui",
               "non when access is withdrawn; empty = oui", "oui"),
        column("service", TEXT, "Service, comme les projets le nomment",
               "Department, as the projects name it", "Service des finances"),
        column("expertise", LIST, "Critères ou branches dont elle est spécialiste, séparés par |",
               "Criteria or branches she is an expert of, separated by |", "1.1 | dette"),
    ))

PROJECTS = Table(
    "projects", Bilingual("Projets", "Projects"), ("code",), (
        column("code", CODE, "Code du projet, unique", "Code of the project, unique", "P-001",
               must=True),
        column("title", TEXT, "Titre en français", "Title in French", "Identifiant numérique",
               must=True),
        column("title_en", TEXT, "Titre en anglais", "Title in English", "Digital identity"),
        column("service", TEXT, "Service demandeur", "Department", "Service des TI"),
        column("lead", TEXT, "Responsable", "Lead", "Chargée de projet"),
        column("sponsor", TEXT, "Promoteur", "Sponsor", "Direction"),
        column("category", ONE_OF, "Catégorie; vide = nouveau", "Category; empty = nouveau",
               "nouveau", values=tuple(Category)),
        column("stage", ONE_OF, "Étape; vide = soumis", "Stage; empty = soumis", "soumis",
               values=tuple(Stage)),
        column("problem", TEXT, "Problème à résoudre", "Problem to solve", "Démarches en personne"),
        column("outcome", TEXT, "Résultat attendu", "Expected outcome", "Démarches en ligne"),
        column("beneficiaries", TEXT, "Personnes touchées", "People concerned", "Population"),
        column("earliest", PERIOD, "Début au plus tôt", "Earliest start", "2027"),
        column("latest", PERIOD, "Début au plus tard", "Latest start", "2029"),
        column("deadline", PERIOD, "Dernière période pour finir un projet obligatoire",
               "Last period in which a mandatory project may finish", "2030"),
        column("law", TEXT, "Loi ou engagement qui oblige", "Law or promise that obliges",
               "Loi 25"),
        column("article", TEXT, "Article", "Section", "3.5"),
        column("law_date", DATE, "Date d'entrée en vigueur", "Date of effect", "2027-09-22"),
        column("proof", TEXT, "Preuve de l'obligation", "Proof of the obligation",
               "Avis juridique"),
        column("risks", TEXT, "Risques", "Risks", "Dépendance à un fournisseur"),
        column("sensitivity", ONE_OF, "Sensibilité des données; vide = interne",
               "Sensitivity of the data; empty = interne", "interne", values=tuple(Sensitivity)),
        column("operating_cost", MONEY, "Dollars par an après la livraison; négatif = économie",
               "Dollars a year after delivery; negative = saving", "120000"),
        column("given_value", NUMBER, "Valeur imposée; vide = calculée des cotes",
               "Given value; empty = worked out from the ratings", ""),
        column("debt_share", SHARE, "Part du coût qui rembourse la dette (0 à 1); vide = calculée",
               "Share of the cost that repays debt (0 to 1); empty = worked out", "0,5"),
        column("systems", LIST, "Systèmes touchés, séparés par |",
               "Systems concerned, separated by |", "SECI | GDF", refers="systems"),
        column("source", TEXT, "D'où vient la ligne", "Where the row comes from", "Fiche 12"),
        column("confidential", LIST, "Champs confidentiels, séparés par |",
               "Confidential fields, separated by |", "risks | proof"),
    ))

VARIANTS = Table(
    "variants", Bilingual("Variantes des projets", "Variants of the projects"),
    ("project", "code"), (
        column("project", CODE, "Code du projet", "Code of the project", "P-001", must=True,
               refers="projects"),
        column("code", CODE, "Code de la variante", "Code of the variant", "base", must=True),
        column("title", TEXT, "Titre", "Title", "Portée de base"),
        column("duration", WHOLE, "Périodes du début à la livraison; vide = non donné",
               "Periods from start to delivery; empty = not given", "2"),
        column("value_factor", NUMBER, "Part de la valeur du projet; vide = 1",
               "Share of the project's value; empty = 1", "1"),
    ))

COSTS = Table(
    "costs", Bilingual("Coûts des variantes", "Costs of the variants"),
    ("project", "variant", "envelope", "offset"), (
        column("project", CODE, "Code du projet", "Code of the project", "P-001", must=True,
               refers="projects"),
        column("variant", CODE, "Code de la variante; vide = base",
               "Code of the variant; empty = base", "base"),
        column("envelope", CODE, "Enveloppe qui paie", "Envelope that pays", "PDI", must=True,
               refers="envelopes"),
        column("offset", WHOLE, "Période de la vie du projet (1 = celle du début)",
               "Period of the project's own life (1 = the one it starts in)", "1", must=True),
        column("low", MONEY, "Dollars, estimation basse", "Dollars, low estimate", "900000"),
        column("likely", MONEY, "Dollars, estimation probable; vide = non donné",
               "Dollars, likely estimate; empty = not given", "1000000"),
        column("high", MONEY, "Dollars, estimation haute", "Dollars, high estimate", "1400000"),
    ))

EFFORTS = Table(
    "efforts", Bilingual("Effort des équipes", "Effort of the teams"),
    ("project", "variant", "team", "offset"), (
        column("project", CODE, "Code du projet", "Code of the project", "P-001", must=True,
               refers="projects"),
        column("variant", CODE, "Code de la variante; vide = base",
               "Code of the variant; empty = base", "base"),
        column("team", CODE, "Équipe", "Team", "DEV", must=True, refers="teams"),
        column("offset", WHOLE, "Période de la vie du projet (1 = celle du début)",
               "Period of the project's own life (1 = the one it starts in)", "1", must=True),
        column("days", NUMBER, "Jours-personnes", "Person-days", "220", must=True),
    ))

TAGS = Table(
    "tags", Bilingual("Marques des projets", "Tags of the projects"),
    ("project", "grid", "key"), (
        column("project", CODE, "Code du projet", "Code of the project", "P-001", must=True,
               refers="projects"),
        column("grid", CODE, "Grille : ambition, assise, priorite, arrondissement …",
               "Grid: ambition, assise, priorite, arrondissement …", "ambition", must=True),
        column("key", CODE, "Clé dans la grille", "Key in the grid", "2.1", must=True),
    ))

ANSWERS = Table(
    "answers", Bilingual("Réponses aux questions préalables", "Answers to the gate questions"),
    ("project", "question"), (
        column("project", CODE, "Code du projet", "Code of the project", "P-001", must=True,
               refers="projects"),
        column("question", CODE, "Clé de la question", "Key of the question", "climat.effet",
               must=True),
        column("answer", CODE, "Clé de la réponse; vide = sans réponse encore",
               "Key of the answer; empty = not answered yet", "reduit"),
        column("comment", TEXT, "Commentaire", "Comment", "Selon l'inventaire 2026"),
    ))

DEBT_EFFECTS = Table(
    "project_debts", Bilingual("Dettes que les projets disent rembourser ou créer",
                               "Debts that projects say they would retire or create"), (), (
        column("project", CODE, "Code du projet", "Code of the project", "P-001", must=True,
               refers="projects"),
        column("debt", CODE, "Élément de dette remboursé; vide = une dette que le projet créerait",
               "Debt item retired; empty = a debt that the project would create", "D-001",
               refers="debts"),
        column("share", SHARE, "Part de l'élément que le projet rembourse (0 à 1); vide = 1",
               "Share of the item that the project retires (0 to 1); empty = 1", "1"),
        column("system", CODE, "Système de la dette créée", "System of the debt created", "SECI",
               refers="systems"),
        column("title", TEXT, "Titre de la dette créée", "Title of the debt created",
               "Interface provisoire"),
        column("principal", MONEY, "Dollars de la dette créée; vide = non donné",
               "Dollars of the debt created; empty = not given", "50000"),
        column("note", TEXT, "Précision", "Note", "Selon l'architecture cible"),
    ))

MEASURES = Table(
    "measures", Bilingual("Mesures des projets", "Measures of the projects"),
    ("project", "name"), (
        column("project", CODE, "Code du projet", "Code of the project", "P-001", must=True,
               refers="projects"),
        column("name", CODE, "Nom de la mesure (carbon = kg éq. CO2 sur la vie du projet)",
               "Name of the measure (carbon = kg CO2e over the project's life)", "carbon",
               must=True),
        column("number", NUMBER, "Nombre, dans l'unité de la mesure",
               "Number, in the measure's unit", "12500", must=True),
    ))

QUANTITIES = Table(
    "quantities", Bilingual("Matériel et hébergement des projets", "Equipment and hosting"), (), (
        column("project", CODE, "Code du projet", "Code of the project", "P-001", must=True,
               refers="projects"),
        column("item", CODE, "Sorte d'objet, comme les facteurs la nomment (laptop, server …)",
               "Kind of thing, as the factors name it (laptop, server …)", "laptop", must=True),
        column("deed", ONE_OF,
               "new = acheté neuf, reused = réemployé, kept = gardé plus longtemps, "
               "added = mis en service, retired = éteint",
               "new = bought new, reused, kept = kept for longer, added = put in service, "
               "retired = turned off", "new", must=True, values=tuple(Deed)),
        column("count", NUMBER, "Combien", "How many", "120", must=True),
        column("years", NUMBER, "Années de service, ou de plus; vide = la durée de vie de l'objet",
               "Years in service, or more of them; empty = the lifetime of the kind", "4"),
    ))

FACTORS = Table(
    "factors", Bilingual("Facteurs d'émission de la Ville", "The city's own emission factors"),
    ("code",), (
        column("code", CODE, f"grid.qc, ou l'objet, un point, et {', '.join(UNITS)}",
               f"grid.qc, or the item, a point, and {', '.join(UNITS)}", "laptop.made",
               must=True),
        column("low", NUMBER, "Valeur basse", "Low value", "195", must=True),
        column("likely", NUMBER, "Valeur probable", "Likely value", "236", must=True),
        column("high", NUMBER, "Valeur haute", "High value", "288", must=True),
        column("unit", ONE_OF, "Unité", "Unit", "kgCO2e", must=True,
               values=tuple(UNITS.values())),
        column("source", TEXT, "D'où viennent les chiffres", "Where the figures come from",
               "Déclaration du fabricant, 2026", must=True),
        column("title", TEXT, "Nom de l'objet en français", "Name of the item in French",
               "Ordinateur portable"),
        column("title_en", TEXT, "Nom de l'objet en anglais", "Name of the item in English",
               "Laptop"),
    ))
