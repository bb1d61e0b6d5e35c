"""Coût de l'attente: the council's page and its PDF say what the services found, and plainly."""

from dataclasses import replace
from datetime import date
from itertools import chain

import pytest
from benches import a_project, a_registry
from pdf_text import pdf_text

from portfolio.debt import DebtItem, DebtStatus, Remedy
from portfolio.person import Person, Role
from portfolio.plan import Chosen, Plan
from portfolio.project import Estimate
from portfolio.system import System
from portfolio.waiting import Terms
from services import balance, bench, debt_report, scenarios, waiting
from views import format as written
from views import waiting_report
from views.parts import today
from views.text import Text
from views.waiting_report import document

MEMBER = Person("test-membre", "Test membre", frozenset({Role.MEMBER}))
CHIEF = Person("test-animateur", "Test animateur", frozenset({Role.FACILITATOR}))
COMMITTEE = [role for role in Role if role is not Role.LEAD]
LANGUAGES = ("fr", "en")
DAY = date(2026, 11, 27)


def a_debt(code="D1", principal=200_000_00, interest=40_000_00, system="PAIE", **more):
    return DebtItem(code, f"Dette {code}", system, Estimate(principal), Estimate(interest), **more)


def a_council(*debts, **more):
    registry = a_registry(debts=debts, systems=(System("PAIE", "Paie"), System("TAXE", "Taxe")))
    years = balance.of_registry(registry, None, DAY)
    return debt_report.of_registry(registry, years, DAY, **more)


def plainly(told):
    return told.replace("\\", "")


def plain(told):
    """Words with one space between them, whatever breaks the line."""
    return " ".join(told.split())


def said_in(council, language):
    """Everything the report says, in one text."""
    found = document(council, language)
    parts = [found["title"], found["answer"], *found["notes"]]
    for section in found["sections"]:
        table = section["table"] or {"rows": []}
        parts += [section["title"], section["sentence"], *chain(*table["rows"])]
    return "\n".join(parts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", COMMITTEE)
def test_the_committee_reads_what_we_owe_what_it_costs_and_what_waiting_costs(
    seen, demo, read, role, language
):
    whole = waiting.view(demo, MEMBER, "demo", today()).whole

    at = seen("waiting", role, language)

    assert not at.exception
    told = plainly(read(at))
    for cents in (whole.principal[0], whole.interest[0], whole.waits[0]):
        assert written.money(round(cents), language, compact=True) in told


def test_a_lead_is_told_that_the_page_is_not_for_her(seen):
    at = seen("waiting", Role.LEAD)

    assert not at.exception
    assert "réservée au comité" in "".join(one.value for one in at.markdown)


@pytest.mark.parametrize("section", ["systems", "services", "items"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_system_service_and_item_is_listed_with_its_years(show, demo, section, language):
    found = waiting.view(demo, MEMBER, "demo", today())

    at = show("waiting", demo, language=language)
    at.segmented_control(key="waiting_section").set_value(section).run()

    assert not at.exception
    assert len(at.dataframe[0].value) == len(getattr(found, section))
    years = at.dataframe[-1].value
    assert list(years.iloc[1:, 0]) == [str(year) for year in found.years]


def test_the_years_of_one_system_are_shown_when_it_is_chosen(show, demo):
    systems = waiting.view(demo, MEMBER, "demo", today()).systems
    found = next(s for s in systems if s.system.code == "PAIE")
    at = show("waiting", demo)
    at.segmented_control(key="waiting_section").set_value("systems").run()

    at.selectbox(key="waiting_systems_which").select("PAIE").run()

    years = at.dataframe[-1].value
    assert list(years["Capital à la fin (k$)"]) == [
        round(cents / 100_000) for cents in found.course.principal
    ]


def test_other_terms_give_other_figures(show, demo, read):
    at = show("waiting", demo)

    at.text_input(key="waiting_discount").input("10 %")
    at.text_input(key="waiting_years").input("3").run()

    whole = waiting.view(demo, MEMBER, "demo", today(), Terms(0.1, 3)).whole
    told = plainly(read(at))
    assert written.money(round(whole.waits[0]), "fr", compact=True) in told
    assert written.money(round(whole.paid), "fr", compact=True) in told


@pytest.mark.parametrize(("key", "typed"), [
    ("waiting_years", "2,5"), ("waiting_years", "0"), ("waiting_years", "31"),
    ("waiting_years", "beaucoup"), ("waiting_discount", "80 %"), ("waiting_discount", "-1 %"),
    ("waiting_discount", "trois"),
])  # fmt: skip
def test_terms_that_cannot_be_are_refused_and_the_usual_ones_hold(show, demo, read, key, typed):
    usual = waiting.view(demo, MEMBER, "demo", today()).whole
    at = show("waiting", demo)

    at.text_input(key=key).input(typed).run()

    assert len(at.error) == 1
    assert written.money(round(usual.waits[0]), "fr", compact=True) in plainly(read(at))


def test_a_register_without_debt_says_so(show, house, read):
    at = show("waiting", house(a_registry(systems=(System("PAIE", "Paie"),))))

    assert not at.exception
    assert "rien n'attend d'être remboursé" in read(at)


def test_waiting_that_pays_is_said_plainly(show, house, read):
    at = show("waiting", house(a_registry(debts=(a_debt(interest=1_00),),
                                          systems=(System("PAIE", "Paie"),))))

    assert "Attendre un an de plus nous ferait gagner" in read(at)
    at.segmented_control(key="waiting_section").set_value("items").run()
    assert "Pour 1, attendre coûte moins que rembourser maintenant" in read(at)


def test_an_item_that_costs_nothing_or_has_lost_support_is_told(show, house, read):
    debts = (a_debt("FREE", interest=0), a_debt("OLD", support_end=date(2020, 1, 1)))
    at = show("waiting", house(a_registry(debts=debts, systems=(System("PAIE", "Paie"),))))

    at.segmented_control(key="waiting_section").set_value("items").run()
    at.selectbox(key="waiting_items_which").select("FREE").run()

    told = read(at)
    assert "1 ne coûte rien à garder" in told
    assert "1 a perdu le soutien de son fournisseur" in told
    assert "L'intérêt payé ne rejoindra jamais le capital" in told
    assert "jamais" in set(at.dataframe[0].value["Seuil de rentabilité"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_a_tagged_pdf_whose_words_and_figures_are_the_service_s(demo, language):
    council = debt_report.council(demo, MEMBER, "demo", DAY)

    made = waiting_report.pdf(council, language)

    assert made.startswith(b"%PDF-1.7")
    assert b"pdfuaid" in made  # the typesetter checked it against PDF/UA-1
    assert b"/Marked true" in made
    assert f"/Lang({language}-CA)".encode() in made.replace(b"/Lang (", b"/Lang(")
    told = plain(pdf_text(made))
    whole = council.wait.whole
    for cents in (whole.principal[0], whole.interest[0], whole.waits[0]):
        assert plain(written.money(round(cents), language, compact=True)) in told
    for found in council.worst:
        assert plain(found.system.title_in(language)) in told
    for line in document(council, language)["sections"][1]["table"]["rows"]:
        assert all(plain(cell) in told for cell in line)


def test_the_report_in_french_keeps_its_accents(demo):
    told = pdf_text(waiting_report.pdf(debt_report.council(demo, MEMBER, "demo", DAY), "fr"))

    assert "Ce que coûte l'attente" in told
    assert "Dette acceptée" in told


def test_the_report_is_the_same_whenever_it_is_made_that_day(demo):
    council = debt_report.council(demo, MEMBER, "demo", DAY)

    assert waiting_report.pdf(council, "fr") == waiting_report.pdf(council, "fr")


def test_what_someone_typed_is_shown_letter_for_letter_and_never_as_markup():
    odd = "#panic() *gras* $x$ <balise> \\ \" é"
    council = a_council(a_debt(status=DebtStatus.ACCEPTED))
    (lived,) = council.accepted
    named = replace(council, accepted=(replace(lived, item=replace(lived.item, title=odd)),))

    assert odd in pdf_text(waiting_report.pdf(named, "fr"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_without_debt_is_one_page_that_says_so(language):
    made = waiting_report.pdf(a_council(), language)

    assert plain(Text(language)("waiting.none")) in plain(pdf_text(made))


def test_a_report_where_waiting_pays_draws_nothing_that_is_not_there():
    council = a_council(a_debt(interest=0))

    told = pdf_text(waiting_report.pdf(council, "fr"))

    assert "ferait gagner" in plain(told)
    assert "jamais" in told


def test_a_report_of_thirty_years_names_every_one_in_its_table(demo):
    council = debt_report.council(demo, MEMBER, "demo", DAY, Terms(0.03, 30))

    told = pdf_text(waiting_report.pdf(council, "fr")).splitlines()

    assert {str(year) for year in range(2027, 2057)} <= {line.strip() for line in told}


def test_five_systems_at_most_are_named_the_dearest_first():
    systems = tuple(System(f"S{n}", f"Système {n}") for n in range(7))
    debts = tuple(a_debt(f"D{n}", interest=(n + 1) * 10_000_00, system=f"S{n}") for n in range(7))
    registry = a_registry(debts=debts, systems=systems)

    council = debt_report.of_registry(registry, balance.of_registry(registry, None, DAY), DAY)

    assert [s.system.code for s in council.worst] == ["S6", "S5", "S4", "S3", "S2"]
    assert 0 < council.worst_share < 1


def test_an_acceptance_is_told_with_its_end_and_one_that_lapsed_as_lapsed(demo):
    council = debt_report.council(demo, MEMBER, "demo", DAY)

    told = {found.item.code: found.until for found in council.accepted}
    assert (told, council.lapsed) == ({"D30": date(2027, 1, 31)}, 1)
    assert "2027-01-31" in said_in(council, "fr")
    assert "1 acceptation est échue" in said_in(council, "fr")


def test_without_a_kept_plan_the_report_says_what_the_debt_becomes():
    assert "Sans plan gardé" in said_in(a_council(a_debt(principal_growth=0.1)), "fr")


def test_what_the_kept_plan_repays_is_told_with_the_interest_it_avoids(house):
    """P1 repays D1 in 2027: 200 k$ then grown by 10 %; 40 k$ of interest are avoided in 2028."""
    debt = a_debt(principal_growth=0.1, remedies=(Remedy("P1"),))
    store = house(a_registry(a_project("P1"), debts=(debt,), systems=(System("PAIE", "Paie"),)))
    asked = scenarios.ask(store, CHIEF, "c", "base")
    bench.keep(store, CHIEF, "c", asked, Plan({"P1": Chosen("base", 0)}, {}))

    council = debt_report.council(store, MEMBER, "c", DAY)

    assert [(y.year, y.repaid, y.owed, y.avoided) for y in council.repayments] == [
        (2027, 220_000_00, 0, 0), (2028, 0, 0, 40_000_00),
    ]  # fmt: skip
    assert [y.unplanned for y in council.repayments] == [220_000_00, 242_000_00]
    assert "Le plan rembourse 220\u00a0k$ d'ici 2028" in said_in(council, "fr").replace(
        written.money(220_000_00, "fr", compact=True), "220\u00a0k$"
    )


def test_the_page_and_the_pdf_say_the_same(seen, demo, read):
    council = debt_report.council(demo, MEMBER, "demo", today())

    told = plainly(read(seen("waiting")))

    for section in document(council, "fr")["sections"]:
        assert section["title"] in told
        assert section["sentence"] in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_each_project_repays_is_told_alone_and_in_the_plan(house, show, read, language):
    debt = a_debt(remedies=(Remedy("P1", 0.7), Remedy("P2", 0.7)))
    projects = (a_project("P1"), a_project("P2"))
    store = house(a_registry(*projects, debts=(debt,), systems=(System("PAIE", "Paie"),)))
    at = show("waiting", store, language=language, cycle="c")
    at.segmented_control(key="waiting_section").set_value("credits").run()
    assert Text(language)("waiting.credits.no_plan") in plainly(read(at))

    asked = scenarios.ask(store, CHIEF, "c", "base")
    bench.keep(store, CHIEF, "c", asked, Plan({c: Chosen("base", 0) for c in ("P1", "P2")}, {}))
    at.run()

    first, *_ = (f.value for f in at.dataframe)
    columns = [Text(language)(f"waiting.credits.principal_{n}") for n in ("alone", "in_plan")]
    told = first[[next(c for c in first if c.startswith(name)) for name in columns]]
    assert told.iloc[:, 1].tolist() == [60, 60, 80, 200]
    assert told.iloc[:2, 0].tolist() == [140, 140]
    assert Text(language)("waiting.credits.also", debt="D1", by="P2") in first.to_string()
