"""The tables of what the committee says: ratings, ballots, rounds, conflicts, adopted weights."""

from data.tables.column import Kind, Table, column
from portfolio.evaluation import Method, Subject
from portfolio.words import Bilingual

CODE, TEXT, WHOLE, NUMBER = Kind.CODE, Kind.TEXT, Kind.WHOLE, Kind.NUMBER
SHARE, DATE, YES_NO, ONE_OF, LIST = Kind.SHARE, Kind.DATE, Kind.YES_NO, Kind.ONE_OF, Kind.LIST

METHOD = column("method", ONE_OF, "Comment les points sont venus; vide = direct",
                "How the points came; empty = direct", "swing", values=tuple(Method))

EVALUATIONS = Table(
    "evaluations", Bilingual("Cotes", "Ratings"),
    ("project", "criterion", "evaluator", "round"), (
        column("project", CODE, "Code du projet", "Code of the project", "P-001", must=True,
               refers="projects"),
        column("criterion", CODE, "Clé du critère", "Key of the criterion", "2.1", must=True),
        column("evaluator", CODE, "Code de la personne", "Code of the person", "eval-1", must=True,
               refers="people"),
        column("round", WHOLE, "Ronde; vide = 1", "Round; empty = 1", "1"),
        column("rating", NUMBER, "Cote de 0 à 4; vide = sans opinion",
               "Rating from 0 to 4; empty = no opinion", "3"),
        column("justification", TEXT, "Justification", "Justification", "Essai concluant"),
        column("evidence", TEXT, "Preuve", "Evidence", "Rapport d'essai"),
        column("confidence", WHOLE, "1 (supposé) à 3 (sûr)", "1 (guess) to 3 (sure)", "2"),
        column("given", YES_NO, "non pour un brouillon, qui ne compte pas; vide = oui",
               "non for a draft, which does not count; empty = oui", "oui"),
    ))

BALLOTS = Table(
    "ballots", Bilingual("Bulletins de pondération", "Ballots on weights"),
    ("person", "criterion", "round"), (
        column("person", CODE, "Code de la personne", "Code of the person", "eval-1", must=True,
               refers="people"),
        column("criterion", CODE, "Clé du critère", "Key of the criterion", "2.1", must=True),
        column("points", NUMBER, "Points, 0 ou plus", "Points, 0 or more", "40", must=True),
        column("round", WHOLE, "Ronde; vide = 1", "Round; empty = 1", "1"),
        METHOD,
        column("cast", YES_NO, "non pour un bulletin encore en brouillon; vide = oui",
               "non for a ballot still being drafted; empty = oui", "oui"),
    ))

COMPARISONS = Table(
    "comparisons", Bilingual("Comparaisons derrière les bulletins", "Comparisons behind ballots"),
    ("person", "round", "one", "other"), (
        column("person", CODE, "Code de la personne", "Code of the person", "eval-1", must=True,
               refers="people"),
        column("round", WHOLE, "Ronde; vide = 1", "Round; empty = 1", "1"),
        column("one", CODE, "Clé d'un critère", "Key of a criterion", "2.1", must=True),
        column("other", CODE, "Clé de l'autre", "Key of the other", "2.2", must=True),
        column("ratio", NUMBER, "Combien de fois plus important, de 1/9 à 9",
               "How many times as important, from 1/9 to 9", "3", must=True),
    ))

ROUNDS = Table(
    "rounds", Bilingual("Rondes du comité", "Rounds of the committee"), ("subject", "number"), (
        column("subject", ONE_OF, "Objet : weights (poids) ou scores (cotes)",
               "Subject: weights or scores", "scores", must=True, values=tuple(Subject)),
        column("number", WHOLE, "Numéro, à partir de 1", "Number, from 1", "1", must=True),
        column("projects", LIST, "Projets à coter, séparés par |; vide = tous",
               "Projects to rate, separated by |; empty = all", "", refers="projects"),
        column("opened", DATE, "Ouverte le", "Opened on", "2026-11-02"),
        column("revealed", DATE, "Dévoilée le; vide = encore à l'aveugle",
               "Revealed on; empty = still blind", "2026-11-20"),
    ))

CONFLICTS = Table(
    "conflicts", Bilingual("Conflits d'intérêts", "Conflicts of interest"), ("person", "project"), (
        column("person", CODE, "Code de la personne", "Code of the person", "eval-1", must=True,
               refers="people"),
        column("project", CODE, "Projet qu'elle ne cote pas", "Project she does not rate", "P-001",
               must=True, refers="projects"),
        column("reason", TEXT, "Raison", "Reason", "A travaillé pour le fournisseur", must=True),
    ))

ADOPTED = Table(
    "adopted", Bilingual("Poids que le comité adopte", "Weights the committee adopts"),
    ("round",), (
        column("round", WHOLE, "Ronde qu'ils suivent; 0 = aucune", "Round they follow; 0 = none",
               "1", must=True),
        column("reason", TEXT, "Pourquoi ceux-là", "Why these", "Accord après discussion"),
    ))

ADOPTED_WEIGHTS = Table(
    "adopted_weights", Bilingual("Points adoptés", "Adopted points"), ("round", "criterion"), (
        column("round", WHOLE, "Ronde de adopted", "Round of adopted", "1", must=True),
        column("criterion", CODE, "Clé du critère", "Key of the criterion", "2.1", must=True),
        column("points", NUMBER, "Points, 0 ou plus", "Points, 0 or more", "40", must=True),
        METHOD,
    ))

ADOPTED_BETWEEN = Table(
    "adopted_between", Bilingual("Poids laissés ouverts", "Weights left open"),
    ("round", "criterion"), (
        column("round", WHOLE, "Ronde de adopted", "Round of adopted", "1", must=True),
        column("criterion", CODE, "Clé du critère", "Key of the criterion", "2.1", must=True),
        column("low", SHARE, "Part du tout au moins (0 à 1)", "Least share of the whole (0 to 1)",
               "0,1", must=True),
        column("high", SHARE, "Part du tout au plus (0 à 1)", "Most share of the whole (0 to 1)",
               "0,2", must=True),
    ))

ADOPTED_ORDERS = Table(
    "adopted_orders", Bilingual("Ordres convenus", "Agreed orders"), (), (
        column("round", WHOLE, "Ronde de adopted", "Round of adopted", "1", must=True),
        column("criteria", LIST, "Critères, le plus lourd d'abord, séparés par |",
               "Criteria, the weightiest first, separated by |", "2.1 | 1.1", must=True),
    ))

TABLES = (EVALUATIONS, BALLOTS, COMPARISONS, ROUNDS, CONFLICTS, ADOPTED, ADOPTED_WEIGHTS,
          ADOPTED_BETWEEN, ADOPTED_ORDERS)
