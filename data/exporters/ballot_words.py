"""What the offline ballot says of itself: its first sheet, and what its cells ask for."""

from portfolio.words import Bilingual

TITLE = Bilingual("Bulletin de cotes", "Rating ballot")
PERSON, CYCLE, ROUND = (
    Bilingual("Personne", "Person"), Bilingual("Cycle", "Cycle"), Bilingual("Ronde", "Round"),
)
PAGE = Bilingual("page", "page")
HOW = Bilingual("Comment le remplir", "How to fill it in")
ADVICE = (
    Bilingual(
        "Feuille « Cotes » : chaque ligne demande une cote à un projet sur un critère. Remplissez "
        "les colonnes jaunes ; le reste est verrouillé.",
        "Sheet “Ratings”: each row asks for one project's rating on one criterion. Fill in the "
        "yellow columns; the rest is locked."),
    Bilingual(
        "Cote : un niveau entier de {low} à {high}, selon la phrase de chaque niveau ; "
        "« {silent} » si vous êtes sans opinion. Sans opinion n'est pas zéro : la ligne ne compte "
        "pas.",
        "Rating: a whole level from {low} to {high}, by the sentence of each level; “{silent}” if "
        "you have no opinion. No opinion is not zero: the row is left out."),
    Bilingual(
        "Justification : au moins {least} caractères. Preuve : exigée à partir du niveau {proven} "
        "(un document, une mesure, un essai). Confiance, si vous voulez : 1 je devine, 2 assez "
        "sûr, 3 sûr.",
        "Justification: at least {least} characters. Evidence: required from level {proven} up (a "
        "document, a measurement, a trial). Confidence, if you wish: 1 a guess, 2 fairly sure, "
        "3 sure."),
    Bilingual(
        "À la reprise, une ligne complète devient une cote donnée ; une ligne incomplète reste un "
        "brouillon, et la page le dit. Une ligne vide ne dit rien : elle n'efface rien.",
        "When the ballot is read back, a complete row becomes a given rating; an incomplete one "
        "stays a draft, and the page says so. An empty row says nothing: it erases nothing."),
    Bilingual(
        "Feuille « Conflits » : si un projet vous touche de près, écrivez pourquoi, et laissez "
        "ses lignes vides : vous ne le notez pas.",
        "Sheet “Conflicts”: if you have an interest in a project, write why, and leave its rows "
        "empty: you do not rate it."),
    Bilingual(
        "Ce bulletin est le vôtre seul, et ne vaut que pour cette ronde. Déposez-le sur la page où "
        "vous l'avez pris : vous verrez ce qu'il change avant que rien ne soit enregistré.",
        "This ballot is yours alone, and holds for this round only. Bring it back to the page it "
        "came from: you will see what it changes before anything is saved."),
    Bilingual(
        "N'écrivez pas de formule : elle serait refusée. N'ajoutez ni ligne ni colonne.",
        "Write no formula: it would be refused. Add neither rows nor columns."),
)
CHOOSE = Bilingual("Choisissez dans la liste : {choices}.", "Choose from the list: {choices}.")
