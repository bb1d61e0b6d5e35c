"""Propositions: the list, the file, and a draft that is saved as it is typed."""

from dataclasses import replace
from datetime import date

import pytest

from data.store import Act
from portfolio.debt import DebtItem
from portfolio.person import Person, Role
from portfolio.project import Category, LegalBasis, Stage
from services import proposals
from services.submissions import submit

LEAD = Person("test-responsable", "Test responsable", frozenset({Role.LEAD}))
FOREIGN = "P30"  # a draft of someone else
COMMITTEE = [role for role in Role if role is not Role.LEAD]


@pytest.fixture
def draft(own_demo):
    """A draft of the lead, with one variant over two years."""
    begun = proposals.begin(own_demo, LEAD, "demo", "Bancs connectés")
    base = replace(begun.variants[0], duration=2)
    return proposals.save(own_demo, LEAD, "demo", replace(begun, variants=(base,)))


def kept(store, code):
    with store.reading() as work:
        return work.project("demo", code)


def field(at, name):
    """A field of the form, whatever the number of times it was filled."""
    kinds = (at.text_input, at.text_area, at.selectbox, at.multiselect, at.number_input, at.button)
    named = [one for kind in kinds for one in kind if one.key and one.key.endswith(f"_{name}")]
    return named[0]


def opened(show, store, draft, section, language="fr"):
    """The form of the lead's draft, at that section."""
    return show("proposals", store, Role.LEAD, language, project=draft.code, section=section)


def grid(at):
    return next(frame.value for frame in at.dataframe if "Titre" in frame.value)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", list(Role))
def test_everyone_finds_the_list_and_a_file(seen, role, language):
    listed, file = (seen("proposals", role, language, **q) for q in ({}, {"project": "P01"}))

    assert not listed.exception
    assert not file.exception
    assert file.title[0].value.startswith("P01 · ")


def test_the_first_line_counts_each_stage(seen, read):
    told = read(seen("proposals", Role.MEMBER)).replace("\u00a0", " ")

    assert "58 propositions : 7 soumises, 1 retournée, 47 recevables" in told


@pytest.mark.parametrize("role", list(Role))
def test_scores_are_for_the_committee(seen, read, role):
    columns = set(grid(seen("proposals", role)).columns)
    file = read(seen("proposals", role, project="P01"))

    assert ({"Valeur", "Couverture (%)"} <= columns) is (role in COMMITTEE)
    assert ("points sur 100" in file) is (role in COMMITTEE)
    assert ("Intérêts évités – " in file) is (role in COMMITTEE)


@pytest.mark.parametrize("role", list(Role))
def test_justifications_are_for_those_who_judge_or_prepare(seen, read, role):
    justified = "Le passage à une autre solution est chiffré au dossier."
    may_read = role not in (Role.LEAD, Role.OBSERVER)

    assert (justified in read(seen("proposals", role, project="P01"))) is may_read


def test_a_criterion_shows_the_sentence_of_the_level_reached(seen, read):
    told = read(seen("proposals", Role.MEMBER, project="P01"))

    assert "Niveau 3 atteint" in told
    assert "un plan de sortie daté chiffre le passage" in told


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_another_s_draft_is_invisible(seen, read, role):
    assert FOREIGN not in set(grid(seen("proposals", role))["Code"])
    assert f"ne porte le code {FOREIGN}" in read(seen("proposals", role, project=FOREIGN))


def test_a_project_that_is_not_scored_says_so(show, own_demo, read):
    with own_demo.writing(Act("test", "administrateur", "test")) as work:
        work.save("demo", replace(work.project("demo", "P01"), code="P99", version=0))

    assert "Personne n'a encore noté" in read(show("proposals", own_demo, project="P99"))


def test_choosing_in_the_field_opens_the_file_and_back(show, demo):
    at = show("proposals", demo)

    at.selectbox(key="proposals_open").select("P12").run()
    assert at.title[0].value.startswith("P12 · ")
    assert at.button(key="proposals_back").click().run().title[0].value == "Propositions"


def test_a_lead_begins_a_draft_with_its_title(show, own_demo):
    at = show("proposals", own_demo, Role.LEAD)

    at.text_input(key="proposals_begin_title").input("Bancs connectés")
    next(b for b in at.button if b.label == "Créer le brouillon").click().run()

    assert not at.exception
    assert at.title[0].value == "P61 · Bancs connectés"
    assert kept(own_demo, "P61").lead == LEAD.code


def test_a_draft_without_a_title_is_refused_in_words(show, own_demo):
    at = show("proposals", own_demo, Role.LEAD)

    next(b for b in at.button if b.label == "Créer le brouillon").click().run()

    assert len(at.error) == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_draft_opens_on_its_form_with_what_is_missing(show, own_demo, draft, read, language):
    at = show("proposals", own_demo, Role.LEAD, language, project=draft.code)

    assert not at.exception
    assert {"fr": "Il manque", "en": "missing"}[language] in read(at)
    assert kept(own_demo, draft.code) == draft  # opening writes nothing


def test_what_is_typed_is_saved_as_it_is_typed(show, own_demo, draft, read):
    at = opened(show, own_demo, draft, "need")

    field(at, "problem").input("Aucun banc ne mesure rien.").run()
    field(at, "outcome").input("Tout se mesure.").run()

    saved = kept(own_demo, draft.code)
    assert (saved.problem, saved.outcome) == ("Aucun banc ne mesure rien.", "Tout se mesure.")
    assert saved.version == draft.version + 2
    assert "le problème" not in read(at)


def test_a_decimal_typed_in_french_is_read_as_it_is_meant(show, own_demo, draft):
    at = opened(show, own_demo, draft, "variants")

    field(at, "base_factor").input("1,25").run()
    at = opened(show, own_demo, draft, "identity")
    field(at, "operating_cost").input("12,5 k$").run()

    saved = kept(own_demo, draft.code)
    assert saved.variants[0].value_factor == 1.25
    assert saved.operating_cost == 12_500_00


def test_a_decimal_typed_in_english_is_read_as_it_is_meant(show, own_demo, draft):
    at = opened(show, own_demo, draft, "variants", "en")

    field(at, "base_factor").input("1.25").run()

    assert kept(own_demo, draft.code).variants[0].value_factor == 1.25


def test_a_number_that_can_be_read_two_ways_is_refused_and_nothing_is_saved(
    show, own_demo, draft
):
    at = opened(show, own_demo, draft, "identity")

    field(at, "operating_cost").input("12.5").run()

    assert len(at.error) == 1
    assert kept(own_demo, draft.code) == draft


def test_a_refused_field_does_not_keep_the_others_from_being_saved(show, own_demo, draft):
    at = opened(show, own_demo, draft, "identity")

    field(at, "title").input("").run()
    field(at, "service").input("Parcs").run()

    assert len(at.error) == 1
    assert kept(own_demo, draft.code).service == "Parcs"
    assert kept(own_demo, draft.code).title == "Bancs connectés"


def edit(at, what, cells):
    """Type in the cells of an editor: row -> column -> value."""
    key = next(k for k in _editors(at) if f"_{what}_" in k)
    at.session_state[key] = {"edited_rows": cells, "added_rows": [], "deleted_rows": []}
    return at.run()


def _editors(at):
    return list(at.session_state["proposals_draft"].filled)


def test_money_typed_in_thousands_is_kept_in_cents_by_year(show, own_demo, draft):
    at = opened(show, own_demo, draft, "variants")

    edit(at, "money", {1: {"0": "1500", "1": "250"}})

    (base,) = kept(own_demo, draft.code).variants
    assert [(s.envelope, s.period, s.amount.likely) for s in base.spends] == [
        ("PDI-VC", 0, 1_500_000_00),
        ("PDI-VC", 1, 250_000_00),
    ]


def test_three_points_out_of_order_are_refused(show, own_demo, draft):
    at = opened(show, own_demo, draft, "variants")

    edit(at, "money", {0: {"0": "2000"}, 1: {"0": "1500"}})

    assert len(at.error) == 1
    assert kept(own_demo, draft.code) == draft


def test_cents_of_cells_that_were_not_touched_stay_as_they_were(show, own_demo):
    begun = proposals.begin(own_demo, LEAD, "demo", "Bancs")
    base = kept(own_demo, "P01").variants[1]
    odd = replace(base.spends[0], amount=replace(base.spends[0].amount, likely=2_140_000_37))
    variant = replace(base, spends=(odd, *base.spends[1:]))
    started = proposals.save(own_demo, LEAD, "demo", replace(begun, variants=(variant,)))
    at = opened(show, own_demo, started, "variants")

    edit(at, "money", {4: {"1": "999"}})

    (saved,) = kept(own_demo, started.code).variants
    assert odd in saved.spends


def test_a_stale_save_shows_both_versions_and_lets_one_choose(show, own_demo, draft, read):
    at = opened(show, own_demo, draft, "need")
    elsewhere = replace(draft, problem="Écrit ailleurs")
    theirs = proposals.save(own_demo, LEAD, "demo", elsewhere)

    field(at, "problem").input("Écrit ici").run()

    assert not at.exception
    told = read(at)
    assert "Écrit ailleurs" in told
    assert "Écrit ici" in told
    assert kept(own_demo, draft.code) == theirs

    at.button(key="proposals_keep_mine").click().run()
    assert kept(own_demo, draft.code).problem == "Écrit ici"
    assert kept(own_demo, draft.code).version == theirs.version + 1


def test_the_other_version_can_be_taken(show, own_demo, draft):
    at = opened(show, own_demo, draft, "need")
    theirs = proposals.save(own_demo, LEAD, "demo", replace(draft, problem="Écrit ailleurs"))
    field(at, "problem").input("Écrit ici").run()

    at.button(key="proposals_take_theirs").click().run()

    assert field(at, "problem").value == "Écrit ailleurs"
    assert kept(own_demo, draft.code) == theirs


def test_submitting_lists_what_is_missing_then_submits(show, open_demo, draft, read):
    at = show("proposals", open_demo, Role.LEAD, project=draft.code)

    at.button(key="proposals_submit").click().run()
    assert "Vous pouvez déposer quand même" in read(at)
    at.button(key="proposals_submit_yes").click().run()

    assert kept(open_demo, draft.code).stage is Stage.SUBMITTED
    assert not at.exception


def test_a_lead_withdraws_a_submitted_proposal_and_takes_it_up_again(show, open_demo, draft):
    submit(open_demo, LEAD, "demo", draft, date(2026, 11, 27))
    at = show("proposals", open_demo, Role.LEAD, project=draft.code)

    for step in ("withdraw", "resume"):
        at.button(key=f"proposals_{step}").click().run()
        at.button(key=f"proposals_{step}_yes").click().run()
        assert not at.exception

    assert kept(open_demo, draft.code).stage is Stage.DRAFT


def test_a_variant_is_added_and_removed(show, own_demo, draft):
    at = opened(show, own_demo, draft, "variants")

    field(at, "add_minimale").click().run()
    assert [v.code for v in kept(own_demo, draft.code).variants] == ["minimale", "base"]

    field(at, "minimale_remove").click().run()
    field(at, "minimale_remove_yes").click().run()
    assert [v.code for v in kept(own_demo, draft.code).variants] == ["base"]


def test_answers_and_marks_are_saved(show, own_demo, draft):
    at = opened(show, own_demo, draft, "gate")
    field(at, "climat.ges").select("reduit").run()
    at = opened(show, own_demo, draft, "marks")
    field(at, "ambition").select("2.1").run()

    saved = kept(own_demo, draft.code)
    assert [(a.question, a.answer) for a in saved.answers] == [("climat.ges", "reduit")]
    assert [(t.grid, t.key) for t in saved.tags] == [("ambition", "2.1")]


def test_what_is_typed_just_before_leaving_is_saved(show, own_demo, draft):
    at = opened(show, own_demo, draft, "need")

    field(at, "problem").input("Écrit en partant")
    at.button(key="proposals_back").click().run()

    assert at.title[0].value == "Propositions"
    assert kept(own_demo, draft.code).problem == "Écrit en partant"


def test_a_cell_typed_just_before_leaving_is_saved(show, own_demo, draft):
    at = opened(show, own_demo, draft, "variants")

    edit(at, "money", {1: {"0": "1500"}})
    at.button(key="proposals_back").click().run()

    assert kept(own_demo, draft.code).variants[0].cost == 1_500_000_00


def test_choices_and_the_duration_are_saved(show, own_demo, draft):
    at = opened(show, own_demo, draft, "identity")
    field(at, "category").select(Category.MANDATORY).run()
    field(at, "earliest").select("2029").run()
    at = opened(show, own_demo, draft, "systems")
    field(at, "systems").select("PAIE").run()
    at = opened(show, own_demo, draft, "variants")
    field(at, "base_duration").select(3).run()

    saved = kept(own_demo, draft.code)
    assert (saved.category, saved.earliest, saved.systems) == ("obligatoire", "2029", ("PAIE",))
    assert saved.variants[0].duration == 3
    assert saved.version == draft.version + 4


def test_a_duration_shorter_than_its_money_is_refused(show, own_demo, draft):
    at = opened(show, own_demo, draft, "variants")
    edit(at, "money", {1: {"1": "250"}})

    field(at, "base_duration").select(1).run()

    assert len(at.error) == 1
    assert kept(own_demo, draft.code).variants[0].duration == 2


def test_the_legal_basis_is_saved(show, own_demo, draft):
    at = opened(show, own_demo, draft, "legal")

    field(at, "law").input("Loi 25").run()

    assert kept(own_demo, draft.code).legal_basis == LegalBasis("Loi 25")


def test_leaving_the_form_and_coming_back_loses_nothing(show, own_demo, draft):
    at = opened(show, own_demo, draft, "need")
    field(at, "problem").input("Écrit avant de partir").run()

    at.button(key="proposals_back").click().run()
    at.selectbox(key="proposals_open").select(draft.code).run()
    at.query_params["section"] = "need"
    at.run()

    assert field(at, "problem").value == "Écrit avant de partir"
    assert kept(own_demo, draft.code).problem == "Écrit avant de partir"


@pytest.mark.parametrize(
    ("stage", "words"),
    [(Stage.ADMISSIBLE, "d'ici là, rien n'est compté"), (Stage.APPROVED, "Le projet est approuvé")],
)
def test_the_file_tells_the_debt_that_the_project_would_create(
    show, own_demo, read, stage, words
):
    with own_demo.writing(Act("test", "architecte", "test")) as work:
        work.save("demo", replace(work.one(DebtItem, "demo", "D02"), created_by="P01"))
        work.save("demo", replace(work.project("demo", "P01"), stage=stage))

    told = read(show("proposals", own_demo, project="P01"))

    assert words in told
    assert "D02" in told
