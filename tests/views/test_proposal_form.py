"""A draft, section by section: nothing typed is lost, nothing is read as what it is not."""

from dataclasses import replace

import pytest

from data.store import Act
from portfolio.completeness import SECTIONS, WITH_LESS
from portfolio.debt import Remedy
from portfolio.person import Person, Role
from portfolio.project import DebtEffect, Effort, Estimate, Spend, Stage, Variant
from portfolio.rules import Excludes, Needs
from services import proposal_links, proposals
from services.cycles import registry

LEAD = Person("test-responsable", "Test responsable", frozenset({Role.LEAD}))
FOREIGN = "P30"  # a draft of someone else


@pytest.fixture
def draft(own_demo):
    """A draft of the lead, with one variant over two years."""
    begun = proposals.begin(own_demo, LEAD, "demo", "Bancs connectés")
    base = replace(begun.variants[0], duration=2)
    return proposals.save(own_demo, LEAD, "demo", replace(begun, variants=(base,)))


@pytest.fixture(name="at")
def the_form(show, own_demo, draft):
    """at("variants", "en"): the draft's form, opened at that section."""

    def opened(section, language="fr"):
        return show(
            "proposals", own_demo, Role.LEAD, language, project=draft.code, section=section
        )

    return opened


@pytest.fixture
def kept(own_demo, draft):
    def read():
        with own_demo.reading() as work:
            return work.project("demo", draft.code)

    return read


def field(at, name):
    kinds = (at.text_input, at.text_area, at.selectbox, at.multiselect, at.checkbox, at.button)
    return next(one for kind in kinds for one in kind if one.key and one.key.endswith(f"_{name}"))


def edit(at, what, cells):
    """Type in the cells of an editor: row -> column -> text."""
    key = next(k for k in at.session_state["proposals_draft"].filled if f"_{what}_" in k)
    at.session_state[key] = {"edited_rows": cells, "added_rows": [], "deleted_rows": []}
    return at.run()


def go(at, section):
    """Turn to that section as a click on its name does."""
    next(b for b in at.button if b.key.endswith(f"_go_{section}")).click().run()
    return at


def plain(told):
    """What is read, without what keeps it on one line or from being a formula."""
    return told.replace("\u00a0", " ").replace("\\", "")


def amounts(project):
    (variant,) = project.variants
    return {(s.envelope, s.period): s.amount.likely for s in variant.spends}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_section_shows_itself_and_its_state(at, kept, draft, language):
    for section in SECTIONS:
        page = at(section, language)
        assert not page.exception, section
        names = page.button_group[0].options if hasattr(page, "button_group") else ()
        told = " ".join(str(name) for name in names)
        assert not told or ("manque" if language == "fr" else "missing") in told
    assert kept() == draft  # looking writes nothing


@pytest.mark.parametrize(
    ("language", "typed", "cents"),
    [
        ("fr", "12,5", 12_500_00), ("fr", "1 234,5", 1_234_500_00),
        ("fr", "1\u202f234,5", 1_234_500_00), ("fr", "12,5 k$", 12_500_00),
        ("fr", "12,5\u00a0K$", 12_500_00), ("fr", "1 234 567,89 $", 1_234_567_89),
        ("fr", "1,2 M$", 1_200_000_00), ("en", "1234.5", 1_234_500_00),
        ("en", "1,234.5", 1_234_500_00), ("en", "$12.5k", 12_500_00), ("en", "0", 0),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_its_language_writes_it(at, kept, language, typed, cents):
    page = edit(at("variants", language), "money", {1: {"0": typed}})

    assert not page.error
    assert amounts(kept()) == {("PDI-VC", 0): cents}


WRONG = ["12.5", "abc", "1,2,3", "=1+1", "-5", "1e5", "∞", "NaN", "1 23", "12,123456", "9" * 30]


def test_a_wrong_cell_says_where_what_and_what_is_accepted_and_the_others_are_kept(at, kept, read):
    cells = {1: {"0": "250"}, 4: {"0": "abc", "1": "12,5"}, 7: {"1": "12.5"}}
    page = edit(at("variants"), "money", cells)

    (told,) = (one.value.replace("\u00a0", " ").replace("\\", "") for one in page.error)
    assert "PDI, volet agglomération, probable, An 1 · 2027" in told
    assert "« abc » ne se lit pas sans équivoque ; accepté : 1 234,5 (en k$)" in told
    assert "Budget de fonctionnement, probable, An 2 · 2028" in told
    assert amounts(kept()) == {("PDI-VC", 0): 250_000_00, ("PDI-AG", 1): 12_500_00}


def test_no_hostile_cell_is_read_as_a_number(at, kept, draft):
    page = at("variants")
    for typed in WRONG:
        page = edit(page, "money", {1: {"0": typed}})
        assert not page.exception, typed
        assert len(page.error) == 1, typed
    assert kept() == draft


def test_what_could_not_be_read_is_there_when_one_comes_back(at, kept):
    page = edit(at("variants"), "money", {1: {"0": "12.5", "1": "80"}})

    page = go(go(page, "need"), "variants")

    shown = page.dataframe[0].value
    assert [shown.iloc[1]["0"], shown.iloc[1]["1"]] == ["12.5", "80"]
    assert len(page.error) == 1
    page = edit(page, "money", {1: {"0": "12,5"}})
    assert not page.error
    assert amounts(kept()) == {("PDI-VC", 0): 12_500_00, ("PDI-VC", 1): 80_000_00}


def test_a_range_waits_for_its_likely_amount(at, kept):
    page = edit(at("variants"), "money", {0: {"0": "10"}, 2: {"0": "30"}})
    assert "donnez l'estimation probable" in page.error[0].value
    assert kept().variants[0].spends == ()

    page = edit(page, "money", {0: {"0": "10"}, 1: {"0": "20"}, 2: {"0": "30"}})

    assert not page.error
    (spend,) = kept().variants[0].spends
    assert spend.amount == Estimate(20_000_00, 10_000_00, 30_000_00)


def test_an_emptied_cell_is_no_longer_given(at, kept):
    page = edit(at("variants"), "money", {1: {"0": "10", "1": "20"}})

    edit(page, "money", {1: {"0": None, "1": "20"}})

    assert amounts(kept()) == {("PDI-VC", 1): 20_000_00}


def test_person_days_take_decimals_too(at, kept):
    page = edit(at("variants"), "days", {0: {"0": "12,5", "1": "12.5"}})

    assert kept().variants[0].efforts == (Effort("DEV", 0, 12.5),)
    assert "Développement de solutions, développement, An 2" in page.error[0].value


def test_totals_stand_beside_what_the_cycle_has(at, read):
    page = edit(at("variants"), "money", {1: {"0": "1350", "1": "10"}})
    told = plain(read(page))

    assert "1 350 k$ · 10 %" in told  # the envelope holds 13.5 M$ in 2027
    assert "Au plus fort, cette variante prend **10 %**" in told
    assert "1 360 k$" in told


def test_a_variant_is_added_from_a_copy_and_they_are_compared(at, kept, read):
    page = edit(at("variants"), "money", {1: {"0": "100"}})

    page = field(page, "add_minimale").click().run()
    field(page, "minimale_factor").input("0,5").run()

    less, base = kept().variants
    assert (less.code, less.spends, less.value_factor) == ("minimale", base.spends, 0.5)
    told = plain(read(page))
    assert "Variantes côte à côte" in told
    assert "« de base » achète le centième de valeur au moindre coût : 1 000 $." in told


def test_the_reason_why_there_is_no_variant_with_less_is_kept(at, kept, read):
    page = at("variants")
    assert "avec moins" in read(page)

    field(page, "with_less").input("La loi dicte tout.").run()

    assert [(a.question, a.comment) for a in kept().answers] == [(WITH_LESS, "La loi dicte tout.")]


def test_what_is_missing_is_one_click_away(at, read):
    page = go(at("identity"), "gate")

    assert page.query_params["section"] in ("gate", ["gate"])
    assert any(box.key.endswith("_climat.ges") for box in page.selectbox)


def test_locks_are_kept(at, kept):
    page = at("need")

    field(page, "risks_lock").check().run()
    assert kept().confidential == {"risks"}
    field(page, "risks_lock").uncheck().run()
    assert kept().confidential == frozenset()


PASTED = "\u201cL\u2019été\u201d\x0bco\u00adordonné \U0001f469\u200d\U0001f4bb\x07 " * 700


def test_a_text_from_a_word_processor_is_kept_without_what_nobody_sees(at, kept, read):
    page = field(at("need"), "problem").input(PASTED).run()

    clean = "\u201cL\u2019été\u201d\ncoordonné \U0001f469\u200d\U0001f4bb " * 700
    assert kept().problem == clean
    assert "2 100 caractères invisibles" in read(page).replace("\u00a0", " ")
    version = kept().version
    page.run()
    assert kept().version == version  # what was cleaned is not saved again at each run


def test_a_text_too_long_is_refused_with_the_limit_and_stays_on_the_page(at, kept, draft):
    long = "é" * 50_000
    page = field(at("need"), "problem").input(long).run()
    field(page, "outcome").input("Autre chose").run()

    (told,) = (one.value.replace("\u00a0", " ") for one in page.error)
    assert "50 000 caractères ; il en faut au plus 20 000" in told
    assert (kept().problem, kept().outcome) == ("", "Autre chose")
    page = go(go(page, "variants"), "need")
    assert field(page, "problem").value == long


def test_what_was_typed_over_a_newer_version_follows_to_other_sections(at, own_demo, kept, draft):
    page = at("need")
    theirs = replace(draft, outcome="Écrit ailleurs")
    proposals.save(own_demo, LEAD, "demo", theirs)

    field(page, "problem").input("Écrit ici").run()
    page = go(page, "identity")
    field(page, "service").input("Parcs").run()
    page = go(page, "need")

    assert field(page, "problem").value == "Écrit ici"
    assert kept().problem == ""
    page.button(key="proposals_keep_mine").click().run()
    assert (kept().problem, kept().service) == ("Écrit ici", "Parcs")


def debts_of(store, *systems):
    held = registry(store, LEAD, "demo").debts
    return [d for d in held if d.system in systems and d.is_counted]


def test_debts_of_the_systems_touched_are_offered_first(at, own_demo, kept):
    page = field(at("systems"), "systems").select("PAIE").run()
    near = debts_of(own_demo, "PAIE")

    assert [o.split(" · ")[0] for o in field(page, "new_debt").options] == [d.code for d in near]
    page = field(page, "new_debt").select(near[0].code).run()
    field(page, f"share_{near[0].code}").input("12,5 %").run()
    field(page, f"note_{near[0].code}").input("Remplacé").run()

    assert kept().debt_effects == (DebtEffect(near[0].code, 0.125, note="Remplacé"),)
    field(page, f"drop_{near[0].code}").click().run()
    assert kept().debt_effects == ()


@pytest.mark.parametrize("typed", ["125 %", "-5 %", "12.5 %", "la moitié"])
def test_a_share_that_is_none_is_refused_and_stays(at, own_demo, kept, draft, typed):
    code = debts_of(own_demo, "PAIE")[0].code
    held = replace(draft, debt_effects=(DebtEffect(code, 0.6),))
    proposals.save(own_demo, LEAD, "demo", held)

    page = field(at("systems"), f"share_{code}").input(typed).run()

    assert len(page.error) == 1
    assert field(page, f"share_{code}").value == typed
    assert kept().debt_effects == held.debt_effects


def test_the_register_s_own_word_stands_beside(at, own_demo, draft, read):
    item = debts_of(own_demo, "PAIE")[0]
    with own_demo.writing(Act("test", "architecte", "test")) as work:
        work.save("demo", replace(item, remedies=(*item.remedies, Remedy(draft.code, 0.4))))
    held = replace(draft, debt_effects=(DebtEffect(item.code, 0.6),), systems=("PAIE",))
    proposals.save(own_demo, LEAD, "demo", held)

    told = read(at("systems")).replace("\u00a0", " ")

    assert "Le registre dit déjà que ce projet en rembourse 40 %" in told
    assert "1 système touché, dont 1 au rouge." in told


def test_a_debt_that_the_project_would_create_is_added_by_its_title(at, kept):
    page = field(at("systems"), "made_new").input("Connecteur provisoire").run()
    page = field(page, "made_0_principal").input("40 k$").run()

    (made,) = kept().debt_effects
    assert (made.is_created, made.title, made.principal) == (
        True, "Connecteur provisoire", 40_000_00,
    )
    page = field(page, "made_0_title").input("").run()
    assert len(page.error) == 1
    assert kept().debt_effects == (made,)
    field(page, "made_0_drop").click().run()
    assert kept().debt_effects == ()


def choose(page, kind, *codes):
    page.selectbox(key="proposals_link_0_kind").select(kind).run()
    if kind == "needs":
        page.selectbox(key="proposals_link_0_needs").select(codes[0]).run()
    else:
        page.multiselect(key=f"proposals_link_0_{kind}").set_value(list(codes)).run()
    return page


def links(store, code):
    return proposal_links.of_project(registry(store, LEAD, "demo"), code)


def test_a_link_is_read_back_in_words_then_added_and_removed(at, own_demo, draft, read):
    page = choose(at("links"), "needs", "P08")
    page.selectbox(key="proposals_link_0_lag").select(1).run()
    assert "Commence au moins 1 période après la livraison de P08" in read(page)
    assert links(own_demo, draft.code) == ()

    page.button(key="proposals_link_add").click().run()
    assert links(own_demo, draft.code) == (Needs(draft.code, "P08", 1),)

    page.button(key="proposals_link_0_remove").click().run()
    assert links(own_demo, draft.code) == ()


def test_a_circle_is_named_by_codes_and_titles_before_anything_is_saved(at, own_demo, draft):
    other = proposals.begin(own_demo, LEAD, "demo", "Quais éclairés")
    proposal_links.add(own_demo, LEAD, "demo", Needs(other.code, draft.code))

    page = choose(at("links"), "needs", other.code)

    (told,) = (one.value.replace("\\", "") for one in page.error)
    circle = f"{draft.code} · Bancs connectés → {other.code} · Quais éclairés → {draft.code}"
    assert circle in told
    assert "proposals_link_add" not in {b.key for b in page.button}


def test_the_contrary_of_another_link_is_refused_as_it_is_chosen(at, own_demo, draft):
    proposal_links.add(own_demo, LEAD, "demo", Needs(draft.code, "P08"))

    page = choose(at("links"), "excludes", "P08")

    assert "Un autre lien dit le contraire" in page.error[0].value


def test_what_cannot_be_ready_is_a_warning(at, own_demo, draft):
    proposals.save(own_demo, LEAD, "demo", replace(draft, latest="2027"))

    page = choose(at("links"), "needs", "P08")

    assert "ne pourrait pas commencer à temps" in page.warning[0].value
    assert "proposals_link_add" in {b.key for b in page.button}


def test_someone_else_s_draft_is_not_offered_nor_named(at, own_demo, draft, read, show):
    with own_demo.reading() as work:
        secret = work.project("demo", FOREIGN)
    page = at("links")
    page.selectbox(key="proposals_link_0_kind").select("needs").run()
    offered = " ".join(page.selectbox(key="proposals_link_0_needs").options)
    assert "P08" in offered
    assert FOREIGN not in offered
    assert secret.title not in offered

    # what that draft says of P08 is not in the file of P08
    with own_demo.writing(Act("test", "responsable", "test")) as work:
        work.save("demo", Excludes((FOREIGN, "P08")))
        work.save("demo", Excludes(("P08", FOREIGN, "P12")))
    told = read(show("proposals", own_demo, Role.LEAD, project="P08"))
    assert FOREIGN not in told
    assert secret.title not in told
    assert "un projet qui n'est pas déposé" in told


def test_a_pile_of_variants_and_amounts_survives_a_visit(at, own_demo, kept, draft):
    odd = Estimate(2_140_000_37, 1_00, 9_999_999_99)
    whole = Variant(
        "base", "De base", 3, 1 / 3, (Spend("PDI-VC", 2, odd), Spend("AUTRE", 0, Estimate(1))),
        (Effort("DEV", 1, 1 / 3), Effort("AUTRE", 0, 2.0)),
    )
    before = proposals.save(own_demo, LEAD, "demo", replace(draft, variants=(whole,)))

    page = at("variants")
    edit(page, "days", {1: {"0": "5"}})

    (after,) = kept().variants
    assert after.spends == whole.spends
    assert set(after.efforts) == {*whole.efforts, Effort("ARCHI", 0, 5.0)}
    assert after.value_factor == 1 / 3
    assert kept().stage is Stage.DRAFT
    assert kept().version == before.version + 1
