"""The architects' two flat tables: their columns by the words that stand in the header.

A column may also bear the name it has in the interchange tables, or one of the other words here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from unicodedata import combining, normalize

from data.tables import BY_NAME, Column
from portfolio.debt import DebtStatus, DebtType
from portfolio.system import Disposition

DEPENDS_ON, REPAID_BY = "depends_on", "repaid_by"  # lists that become rows of their own tables


@dataclass(frozen=True, slots=True)
class Label:
    """table, column   in the interchange tables        others   words that are read as well"""

    table: str
    column: str
    fr: str
    en: str
    others: tuple[str, ...] = ()

    def in_(self, language: str) -> str:
        return self.en if language == "en" else self.fr

    @property
    def declared(self) -> Column:
        """The column as it is declared, with its help and its example."""
        return BY_NAME[self.table].column(self.column)


def _labels(table: str, lines: str) -> tuple[Label, ...]:
    """One line a column: ``column = French = English = other, other``."""
    parts = ([p.strip() for p in line.split("=")] for line in lines.strip().splitlines())
    return tuple(
        Label(table, column, fr, en, tuple(o.strip() for o in others.split(",")))
        for column, fr, en, others in parts
    )


INVENTORY: tuple[Label, ...] = (
    *_labels("systems", """
        code = Code du système = System code = code, code systeme, id
        title = Système = System = titre, nom, nom du systeme, title, name, system name, application
        title_en = Nom en anglais = English name = titre en anglais
        owner = Responsable = Owner = proprietaire, responsable du systeme
        criticality = Criticité (1 à 5) = Criticality (1 to 5) = criticite, criticality
        users = Utilisateurs = Users = nombre d'utilisateurs, utilisatrices et utilisateurs
        run_cost = Exploitation par an = Run cost a year = cout d'exploitation, run cost
        replacement_value = Valeur de remplacement = Replacement value = cout de remplacement
        disposition = Intention = Intent = disposition, time
        reason = Raison de l'intention = Reason of the intent = raison, reason
        services = Services = Services = arrondissements et services, departments"""),
    *_labels("technologies", """
        name = Technologie = Technology = produit, product, composant, component
        version = Version = Version = release
        sales_end = Fin de vente = End of sales = fin de commercialisation
        active_end = Fin du soutien actif = End of active support = fin de la maintenance active
        standard_end = Fin du soutien = End of support = fin de support, end of life, fin de vie
        extended_end = Fin de la prolongation payée = End of paid extension = soutien prolonge
        contract_until = Prolongation achetée jusqu'au = Extension bought until = contrat jusqu'au
        purl = purl = purl = package url
        cpe = cpe = cpe = cpe 2.3"""),
    Label("dependencies", DEPENDS_ON, "Dépend de", "Depends on", ("dependances", "dependencies")),
)

DEBTS: tuple[Label, ...] = (
    *_labels("debts", """
        code = Code de la dette = Debt code = code, code dette, id
        title = Dette = Debt = titre, element de dette, title, debt item
        system = Code du système = System code = systeme, system, code systeme
        type = Sorte = Type = sorte de dette, type de dette, kind
        description = Description = Description = details
        principal_low = Capital, bas = Principal, low = capital bas, principal bas
        principal = Capital = Principal = capital probable, cout de remboursement
        principal_high = Capital, haut = Principal, high = capital haut, principal haut
        principal_growth = Croissance du capital = Growth of principal = croissance principal
        interest_low = Intérêt par an, bas = Interest a year, low = interet bas
        interest = Intérêt par an = Interest a year = interet, interest
        interest_high = Intérêt par an, haut = Interest a year, high = interet haut
        interest_growth = Croissance de l'intérêt = Growth of interest = croissance interet
        loss = Perte possible = Possible loss = perte
        p_before = Probabilité par an = Yearly probability = probabilite
        p_after = Probabilité après la fin du soutien = Probability after end of support = p apres
        support_end = Fin du soutien = End of support = fin de support
        basis = Fondement = Basis = source des chiffres
        confidence = Confiance (1 à 3) = Confidence (1 to 3) = confiance, confidence
        status = État = Status = statut
        owner = Responsable = Owner = proprietaire
        review_on = À revoir le = Review on = date de revision, review date"""),
    Label("remedies", REPAID_BY, "Projets qui remboursent", "Repaid by projects",
          ("projets", "projects")),
)
FLAT = (INVENTORY, DEBTS)

WORDS: Mapping[str, Mapping[str, str]] = {  # what people write in a column of choices
    "disposition": {"tolerate": Disposition.TOLERATE, "invest": Disposition.INVEST,
                    "migrate": Disposition.MIGRATE, "eliminate": Disposition.ELIMINATE,
                    "conserver": Disposition.TOLERATE, "retirer": Disposition.ELIMINATE},
    "type": {"build": DebtType.BUILD, "infrastructure": DebtType.BUILD, "tests": DebtType.TEST,
             "vendor": DebtType.VENDOR, "contrat": DebtType.VENDOR, "skills": DebtType.SKILLS,
             "security": DebtType.SECURITY, "data": DebtType.DATA, "process": DebtType.PROCESS,
             "accessibility": DebtType.ACCESSIBILITY, "end of life": DebtType.OBSOLESCENCE},
    "status": {"open": DebtStatus.OPEN, "accepted": DebtStatus.ACCEPTED,
               "planned": DebtStatus.PLANNED, "in remediation": DebtStatus.IN_REMEDIATION,
               "retired": DebtStatus.RETIRED, "false positive": DebtStatus.FALSE_POSITIVE,
               "duplicate": DebtStatus.DUPLICATE},
}


def folded(words: str) -> str:
    """The words without accents, capitals, and marks: they are compared so."""
    bare = "".join(c for c in normalize("NFKD", words.casefold()) if not combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


@cache
def by_words(flat: tuple[Label, ...]) -> Mapping[str, Label]:
    """The label of each header that is read; the one written first where two claim the same."""
    known: dict[str, Label] = {}
    for label in flat:
        for words in (label.fr, label.en, label.column.replace("_", " "), *label.others):
            known.setdefault(folded(words), label)
    return known


def choice(column: Column, text: str) -> str:
    """The value that the words mean in a column of choices; the words themselves when none."""
    plain = folded(text)
    said = WORDS.get(column.name, {}).get(plain)
    return said or next((v for v in column.values if folded(v) == plain), text)
