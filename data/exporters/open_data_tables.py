"""The tables of the open data: what each holds, with titles in French and English."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from portfolio.public_dossier import PublicDossier
from portfolio.words import NO_WORDS, Bilingual

Cell = str | int | float | bool | Decimal | date | None
Type = Literal["string", "number", "integer", "boolean", "date"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column; a required one is never empty."""

    name: str
    title: Bilingual
    type: Type = "string"
    about: Bilingual = NO_WORDS
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``refers``: (column, another table, its column)."""

    name: str
    title: Bilingual
    fields: tuple[Field, ...]
    rows: Callable[[PublicDossier], Iterator[tuple[Cell, ...]]]
    key: tuple[str, ...]
    refers: tuple[tuple[str, str, str], ...] = ()

    @property
    def path(self) -> str:
        return f"data/{self.name}.csv"


def _said(fr: str, en: str) -> Bilingual:
    return Bilingual(fr, en)


PROJECT = Field("project", _said("Code du projet", "Project code"), is_required=True)
ENVELOPE = Field("envelope", _said("Code de l'enveloppe", "Envelope code"), is_required=True)
PERIOD = Field("period", _said("Exercice", "Fiscal period"), is_required=True)
CRITERION = Field("criterion", _said("Clé du critère", "Criterion key"), is_required=True)
TO_PROJECT = ("project", "projects", "code")
DOLLARS = _said("Dollars canadiens.", "Canadian dollars.")
NONE_KNOWN = _said("Vide : non communiqué.", "Empty: not given.")


def _money(name: str, fr: str, en: str) -> Field:
    return Field(name, _said(fr, en), "number", DOLLARS)


def dollars(cents: int | None) -> Decimal | None:
    """Whole cents as dollars, exactly."""
    return None if cents is None else (Decimal(cents) / 100).quantize(Decimal("0.01"))


def _projects(d: PublicDossier) -> Iterator[tuple[Cell, ...]]:
    for p in d.projects:
        yield (p.code, p.title.fr, p.title.en, p.service, p.sponsor, p.category.value, p.problem,
               p.outcome, p.beneficiaries, p.law, p.article, p.value, " | ".join(p.systems))


def _decisions(d: PublicDossier) -> Iterator[tuple[Cell, ...]]:
    for p in d.projects:
        yield (p.code, p.number, p.verb.value, p.verb.goes_ahead, p.on, p.meeting or None,
               p.reason, p.conditions, p.until, p.variant, p.start, dollars(p.cents),
               p.is_planned, p.price)


def _amounts(d: PublicDossier) -> Iterator[tuple[Cell, ...]]:
    for p in d.projects:
        yield from ((p.code, a.envelope, a.period, dollars(a.cents)) for a in p.amounts)


def _scores(d: PublicDossier) -> Iterator[tuple[Cell, ...]]:
    for p in d.projects:
        yield from ((p.code, s.criterion, s.level, s.value) for s in p.scores)


def _criteria(d: PublicDossier) -> Iterator[tuple[Cell, ...]]:
    for c in d.criteria:
        yield c.key, c.parent, c.title.fr, c.title.en, c.is_leaf, c.share, c.measure


def _envelopes(d: PublicDossier) -> Iterator[tuple[Cell, ...]]:
    for e in d.envelopes:
        for at, label in enumerate(d.horizon.labels()):
            limit = None if e.limits is None else e.limits[at] if at < len(e.limits) else 0
            yield e.code, e.title.fr, e.title.en, label, dollars(limit)


def _imposed(d: PublicDossier) -> Iterator[tuple[Cell, ...]]:
    for at, one in enumerate(d.imposed, 1):
        yield (at, one.project, one.is_in, one.reason, one.price, " | ".join(one.enters),
               " | ".join(one.leaves))


def _replies(d: PublicDossier) -> Iterator[tuple[Cell, ...]]:
    for p in d.projects:
        yield from ((p.code, r.question, r.answer) for r in p.replies)


def _promises(d: PublicDossier) -> Iterator[tuple[Cell, ...]]:
    for one in d.promises:
        yield one.project, one.on, one.start, one.end, dollars(one.cents)


TABLES = (
    Table("projects", _said("Projets", "Projects"), (
        Field("code", _said("Code du projet", "Project code"), is_required=True),
        Field("title", _said("Titre", "Title"), is_required=True),
        Field("title_en", _said("Titre en anglais", "Title in English")),
        Field("service", _said("Service ou arrondissement", "Department or borough")),
        Field("sponsor", _said("Parrain", "Sponsor"), about=NONE_KNOWN),
        Field("category", _said("Catégorie", "Category")),
        Field("problem", _said("Problème", "Problem"), about=NONE_KNOWN),
        Field("outcome", _said("Résultat attendu", "Expected outcome"), about=NONE_KNOWN),
        Field("beneficiaries", _said("Bénéficiaires", "Beneficiaries")),
        Field("law", _said("Loi qui l'impose", "Law that requires it")),
        Field("article", _said("Article", "Section")),
        Field("value", _said("Valeur (points)", "Value (points)"), "number",
              _said("De 0 à 100, selon les poids du comité.",
                    "From 0 to 100, by the committee's weights.")),
        Field("systems", _said("Systèmes touchés", "Systems touched"),
              about=_said("Séparés par « | ». Vide : aucun, ou non communiqué.",
                          "Set apart by “|”. Empty: none, or not given.")),
    ), _projects, ("code",)),
    Table("decisions", _said("Décisions", "Decisions"), (
        PROJECT,
        Field("number", _said("Numéro de la décision", "Decision number"), "integer"),
        Field("verb", _said("Décision", "Decision"), is_required=True),
        Field("goes_ahead", _said("Se réalise", "Goes ahead"), "boolean", is_required=True),
        Field("decided_on", _said("Date", "Date"), "date", is_required=True),
        Field("meeting", _said("Numéro de la séance", "Meeting number"), "integer",
              _said("Vide : hors séance.", "Empty: at no meeting.")),
        Field("reason", _said("Motif", "Reason"), is_required=True),
        Field("conditions", _said("Conditions", "Conditions")),
        Field("until", _said("Reporté jusqu'au", "Deferred until"), "date"),
        Field("variant", _said("Variante", "Variant")),
        Field("start", _said("Début", "Start")),
        _money("amount", "Montant accordé", "Amount granted"),
        Field("as_planned", _said("Conforme au meilleur plan", "As in the best plan"), "boolean"),
        Field("price", _said("Prix de l'écart", "Price of the difference"), "number"),
    ), _decisions, ("project",), (TO_PROJECT,)),
    Table("amounts", _said("Montants accordés", "Amounts granted"), (
        PROJECT, ENVELOPE, PERIOD, _money("amount", "Montant", "Amount"),
    ), _amounts, ("project", "envelope", "period"), (TO_PROJECT,)),
    Table("scores", _said("Cotes moyennes", "Mean ratings"), (
        PROJECT, CRITERION,
        Field("level", _said("Niveau moyen, ou mesure", "Mean level, or measure"), "number",
              _said("Moyenne du comité ; vide : inconnu, ou dit par une seule personne.",
                    "The panel's mean; empty: not known, or said by one person alone.")),
        Field("value", _said("Part des points du critère", "Share of the criterion's points"),
              "number", _said("De 0 à 1.", "From 0 to 1.")),
    ), _scores, ("project", "criterion"), (TO_PROJECT, ("criterion", "criteria", "key"))),
    Table("criteria", _said("Critères et poids", "Criteria and weights"), (
        Field("key", _said("Clé", "Key"), is_required=True),
        Field("parent", _said("Sous", "Under")),
        Field("title", _said("Titre", "Title"), is_required=True),
        Field("title_en", _said("Titre en anglais", "Title in English")),
        Field("is_leaf", _said("Est coté", "Is rated"), "boolean"),
        Field("share", _said("Part du total", "Share of the whole"), "number",
              _said("De 0 à 1.", "From 0 to 1.")),
        Field("measure", _said("Mesure calculée", "Computed measure")),
    ), _criteria, ("key",)),
    Table("envelopes", _said("Enveloppes", "Envelopes"), (
        ENVELOPE,
        Field("title", _said("Titre", "Title"), is_required=True),
        Field("title_en", _said("Titre en anglais", "Title in English")),
        PERIOD, _money("limit", "Limite", "Limit"),
    ), _envelopes, ("envelope", "period")),
    Table("imposed", _said("Choix imposés", "Imposed choices"), (
        Field("number", _said("Numéro", "Number"), "integer", is_required=True),
        PROJECT,
        Field("is_in", _said("Imposé dedans", "Forced in"), "boolean"),
        Field("reason", _said("Motif", "Reason")),
        Field("price", _said("Prix", "Price"), "number"),
        Field("enters", _said("Fait entrer", "Brings in")),
        Field("leaves", _said("Fait sortir", "Puts out")),
    ), _imposed, ("number",), (TO_PROJECT,)),
    Table("replies", _said("Test climat et ADS+", "Climate test and GBA+"), (
        PROJECT,
        Field("question", _said("Question", "Question"), is_required=True),
        Field("answer", _said("Réponse", "Answer"), is_required=True),
    ), _replies, ("project", "question"), (TO_PROJECT,)),
    Table("promises", _said("Engagements", "Promises"), (
        PROJECT,
        Field("made_on", _said("Pris le", "Made on"), "date"),
        Field("start", _said("Début", "Start"), "date"),
        Field("end", _said("Fin", "End"), "date"),
        _money("amount", "Coût", "Cost"),
    ), _promises, ("project",), (TO_PROJECT,)),
)  # fmt: skip
