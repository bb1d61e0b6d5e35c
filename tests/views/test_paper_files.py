"""Minutes, workbook and letters say what the record says, in both languages, letter for letter."""

import contextlib
import io
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest
from acts.decisions import to_close
from acts.house import build
from acts.said import FACILITATOR, kept
from pdf_text import pdf_text
from proceedings import DECISIONS, HELPED, WHOLE, a_decided

from data.exporters.paper import Heading, Points, Said, Table
from data.store import open_store
from portfolio.decision import Verb
from portfolio.meeting import Choice
from portfolio.record import Named, WhyNot
from portfolio.reply import reply
from portfolio.words import Bilingual
from services import closing, papers
from views import minutes_book, minutes_paper, paper_files, reply_paper
from views.text import LANGUAGES, Text

HOSTILE = '=1+1 *gras* #panic() $x$ \\ [a] <b> "c" @d _e_ // `f`'


def squeezed(told):
    return "".join(told.replace("\u200b", "").split())


def said_in(paper):
    """Everything a paper says in words, one text."""
    parts = [paper.title, *paper.address]
    for block in paper.blocks:
        if isinstance(block, Said | Heading):
            parts.append(block.text)
        elif isinstance(block, Points):
            parts += block.items
        elif isinstance(block, Table):
            parts += [*block.head, *(cell for row in block.rows for cell in row)]
    return "\n".join(parts).replace("\u00a0", " ")


def letter(project, language="fr", whole=WHOLE):
    return said_in(reply_paper.paper(reply(whole, project, "a1" * 32), language))


@pytest.fixture(scope="module")
def minutes():
    """Language -> the words of the minutes' PDF, without spaces."""
    return {
        language: squeezed(pdf_text(paper_files.minutes(WHOLE, language, "pdf")))
        for language in LANGUAGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_minutes_tell_who_was_there_what_was_decided_why_and_at_what_price(minutes, language):
    text, told = Text(language), minutes[language]

    for person in ("Aïcha Côté", "Noël Hébert", "Zoë Roy", "Olivier Ouellet"):
        assert squeezed(person) in told
    for decided in DECISIONS:
        heads = {"n": 1, "amount": decided.amount}
        assert squeezed(text(f"minutes.verbs.{decided.verb}", **heads)) in told
        assert squeezed(decided.title.in_(language)) in told
        assert squeezed(decided.reason) in told
    assert squeezed(DECISIONS[1].conditions) in told
    for digest in "abcdef":  # of freezes, questions and the journal
        assert digest * 64 in told
    assert squeezed(text("minutes.price.points", n=1.25)) in told
    assert squeezed(text("minutes.corrections.until", day=WHOLE.correction_until)) in told


def test_the_minutes_count_votes_and_name_who_voted_how_in_the_open_only(minutes):
    paper = minutes_paper.paper(WHOLE, "fr")
    (roll,) = [b for b in paper.blocks if isinstance(b, Table) and b.head[1:2] == ("Pour",)]

    assert roll.rows == (("1", "Aïcha Côté", "Noël Hébert", "–"),)
    assert squeezed("la voix de Zoë Roy a été retirée") in minutes["fr"]
    assert ("2", "Refuser P4 (vote secret)", "2", "0", "1", "3", "adoptée") in [
        row for b in paper.blocks if isinstance(b, Table) for row in b.rows
    ]


def test_a_meeting_in_which_nothing_happened_has_minutes_that_say_so():
    nothing = replace(
        WHOLE, attendance=(), recusals=(), freezes=(), weights=(), overrides=(), motions=(),
        decisions=(), corrections=(), rules=replace(WHOLE.rules, quorum=None),
        totals=replace(WHOLE.totals, chosen=0, of=0, spent=()),
    )  # fmt: skip

    told = squeezed(pdf_text(paper_files.minutes(nothing, "fr", "pdf")))

    for key in ("recusals", "freeze", "weights", "overrides", "votes", "decisions", "budget"):
        assert squeezed(Text("fr")(f"minutes.{key}.none")) in told
    assert squeezed("la charte ne fixe aucun quorum") in told
    assert paper_files.workbook(nothing, "fr")


def test_the_document_to_edit_holds_the_same_headings_tables_and_pictures():
    paper = minutes_paper.paper(WHOLE, "fr")

    writing = docx.Document(io.BytesIO(paper_files.minutes(WHOLE, "fr", "docx")))

    heads = [p.text for p in writing.paragraphs if p.style.name.startswith("Heading")]
    assert heads == [paper.title, *(b.text for b in paper.blocks if isinstance(b, Heading))]
    tables = [b for b in paper.blocks if isinstance(b, Table)]
    assert [[c.text for c in t.rows[0].cells] for t in writing.tables] == [
        [*one.head] for one in tables
    ]
    assert [len(t.rows) - 1 for t in writing.tables] == [len(one.rows) for one in tables]
    assert len(writing.inline_shapes) == 2


def test_the_workbook_has_a_sheet_a_subject_and_its_amounts_add_up():
    book = openpyxl.load_workbook(io.BytesIO(paper_files.workbook(WHOLE, "fr")))

    assert {"séance", "décisions", "votes", "choix imposés", "budget", "présences",
            "intégrité"} <= {*book.sheetnames}  # fmt: skip
    amounts = [row[6] for row in book["décisions"].iter_rows(2, values_only=True)]
    assert sum(filter(None, amounts)) == 1_575_001.5
    assert sum(row[3] for row in book["montants"].iter_rows(2, values_only=True)) == 1_575_001.5
    assert [row[3] for row in book["budget"].iter_rows(2, values_only=True)] == [
        100_000, 1_600_000, None,
    ]  # fmt: skip
    english = openpyxl.load_workbook(io.BytesIO(paper_files.workbook(WHOLE, "en")))
    assert len(english.sheetnames) == len(book.sheetnames)


@pytest.mark.parametrize("unit", ["points", "money", "score"])
def test_prices_are_told_in_what_the_objective_counts(unit):
    whole = replace(WHOLE, unit=unit)
    price = {"points": "1,25 point", "money": "1 $", "score": "1,25 au score du scénario"}

    best = {"points": "19,75 points", "money": "19,75 $", "score": "19,75 au score du scénario"}

    told = said_in(minutes_paper.paper(whole, "fr"))
    assert price[unit] in told
    assert f"Le meilleur plan possible vaut {best[unit]}" in told
    (column,) = [c for c in minutes_book.sheets(whole, "fr")[1].columns if c.title == "Prix"]
    assert column.kind == ("money" if unit == "money" else "number")


def test_an_approved_project_is_told_its_variant_its_start_and_its_money():
    told = letter("P1")

    assert "variante « Complète », à commencer en 2028, avec 525 k$" in told
    assert "525 000,50 $ en tout" in told
    assert "Pourquoi il n'est pas retenu" not in told
    assert "chemin pour revenir" not in told


def test_a_conditional_approval_tells_its_conditions():
    assert "Livrer l'analyse d'impact avant l'été." in letter("P2")


def test_a_deferred_project_is_told_what_it_lacks_who_is_in_its_place_and_the_way_back():
    told = letter("P3")

    assert "après le 1er septembre 2027" in told
    assert "Il lui manque 3,4 points" in told
    assert "P1 · Réfection P1\nP2 · Réfection P2" in told
    shortest = told.index("Coûter 12 k$ de moins, soit 12 % (variante « base »)")
    assert shortest < told.index("de plus à l'enveloppe Programme d'immobilisations en 2028")
    assert "Vous avez jusqu'au 11 mars 2027 inclus" in told
    assert "Écrivez à Aïcha Côté" in told


def test_more_of_several_teams_is_a_line_each_with_the_money_that_is_needed_beside_them():
    one = a_decided("P3", Verb.REFUSED, why_not=HELPED)
    told = letter("P3", whole=replace(WHOLE, decisions=(one,)))

    assert "33,5 jours-personnes et 300 k$ de plus, ainsi répartis :" in told
    assert "équipe Données : 12,5 jours-personnes en 2027 et 20 jours-personnes en 2028." in told
    assert "équipe Sécurité : 1 jour-personne en 2028." in told
    assert "200 k$ de plus à l'enveloppe Programme d'immobilisations en 2028." in told
    assert "100 k$ de plus à l'enveloppe Fonctionnement en 2027." in told
    assert "chacun suffisant" not in told


def test_a_project_refused_against_the_plan_is_told_the_price_and_who_signed():
    told = letter("P4")

    assert "au prix de 1,25 point. Aïcha Côté a signé ce choix" in told
    assert "Le plan calculé le retient déjà" in told


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (WhyNot(left_out="no-amount"), "aucun montant n'y était donné"),
        (WhyNot(rules=(("excludes", "P8", "P1"),)), "sans enfreindre une règle"),
        (WhyNot(2.0, None), "au moins 2 points"),
        (WhyNot(2.0, 5.5), "de 2 points à 5,5 points"),
        (WhyNot(0.0, 0.0), "à égalité"),
        (WhyNot(2.0, 2.0, limits=(("unheard-of", "X"),)), "unheard-of, X"),
        (WhyNot(2.0, 2.0, limits=(("envelope", "PDI"),)), "enveloppe Programme d'immobilisations."),
        (WhyNot(2.0, 2.0, limits=(("team", "DATA", "1"),)), "équipe Données, 2028"),
        (WhyNot(2.0, 2.0, rules=(("floor", "cost", "axe=1"),)), "part de la dépense pour « 1 »"),
    ],
)
def test_why_not_is_told_as_far_as_it_is_known(why, said):
    one = a_decided("P3", Verb.REFUSED, why_not=why)

    assert said in letter("P3", whole=replace(WHOLE, decisions=(one,)))


def test_a_project_forced_out_is_told_by_whom_why_and_that_its_figures_say_nothing():
    one = a_decided("P1", Verb.DEFERRED, why_not=WhyNot(rules=(("force-out", "P1"),)))
    out = replace(WHOLE.overrides[0], is_in=False)

    told = letter("P1", whole=replace(WHOLE, decisions=(one,), overrides=(out,)))

    assert "écarté d'office, au prix de 2,5 points" in told
    assert "« Engagement du conseil ». Noël Hébert a signé ce choix" in told
    assert "le calcul n'avait plus à le comparer" in told
    assert "Que le comité lève ce choix imposé" in told
    assert "non plus" not in told


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verb_has_its_letter(verb, language):
    more = {"conditions": "C."} if verb is Verb.CONDITIONAL else {}
    whole = replace(WHOLE, decisions=(a_decided("P1", verb, **more),))

    assert "P1" in letter("P1", language, whole)


def test_what_people_typed_is_data_in_every_paper():
    who = Named("x", HOSTILE)
    one = a_decided(
        "../P1", Verb.CONDITIONAL, title=Bilingual(HOSTILE), reason=HOSTILE, conditions=HOSTILE,
        service=HOSTILE, lead=who, variant_title=HOSTILE,
    )  # fmt: skip
    cast = replace(WHOLE.motions[0].votes[0], person=who, choice=Choice.AGAINST)
    motion = replace(WHOLE.motions[0], text=HOSTILE, note=HOSTILE, votes=(cast,))
    whole = replace(WHOLE, place=HOSTILE, decisions=(one,), motions=(motion,), facilitator=who)
    answer = reply(whole, "../P1", "a1" * 32)

    minutes = squeezed(pdf_text(paper_files.minutes(whole, "fr", "pdf")))
    letters = paper_files.letters([answer], "fr")
    book = openpyxl.load_workbook(io.BytesIO(paper_files.workbook(whole, "fr")))

    assert minutes.count(squeezed(HOSTILE)) >= 8
    with zipfile.ZipFile(io.BytesIO(letters)) as archive:
        assert archive.namelist() == [f"reponse-_P1-seance-3-fr.{kind}" for kind in ("pdf", "docx")]
        told = squeezed(pdf_text(archive.read(archive.namelist()[0])))
    assert told.count(squeezed(HOSTILE)) >= 6
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells].count(f"'{HOSTILE}") >= 8
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_same_record_makes_the_same_bytes():
    answers = [reply(WHOLE, "P3", "a1" * 32)]

    assert paper_files.letters(answers, "en") == paper_files.letters(answers, "en")
    assert paper_files.workbook(WHOLE, "en") == paper_files.workbook(WHOLE, "en")
    made = paper_files.minutes(WHOLE, "en", "pdf")
    assert made == paper_files.minutes(WHOLE, "en", "pdf")


def test_nothing_confidential_of_a_proposal_reaches_a_paper(migrated_file, tmp_path):
    secrets = {name: f"Secret de {name}" for name in ("sponsor", "problem", "outcome", "risks")}
    with contextlib.closing(open_store(f"sqlite:///{build(migrated_file, tmp_path)}")) as store:
        with store.reading() as work:
            found = work.project("c", "P3")
        kept(store, replace(found, **secrets, confidential=frozenset(secrets)))
        made = closing.close(store, FACILITATOR, *to_close(store))
        answers = papers.replies(store, FACILITATOR, "c", made.meeting)

    told = [pdf_text(paper_files.minutes(made, "fr", "pdf"))]
    for packed in (
        paper_files.minutes(made, "fr", "docx"), paper_files.workbook(made, "fr"),
        *(paper_files.letter(one, "fr", "docx") for one in answers),
    ):  # fmt: skip
        with zipfile.ZipFile(io.BytesIO(packed)) as parts:
            told.append("".join(parts.read(n).decode(errors="replace") for n in parts.namelist()))
    told += [pdf_text(paper_files.letter(one, "fr", "pdf")) for one in answers]
    assert "P3" in {one.decided.project for one in answers}
    for words in told:
        assert squeezed(found.title) in squeezed(words) or "P3" not in words
        assert "Secretde" not in squeezed(words)
