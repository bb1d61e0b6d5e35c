"""The framework editor: an administrator drafts, checks, publishes and uses an edition."""

from dataclasses import replace
from datetime import date

import pytest

from data.store import Act
from portfolio import tree
from portfolio.criterion import Direction, FrameworkEdition
from portfolio.evaluation import Round, Subject
from portfolio.person import Person, Role
from services import frameworks
from views.criteria_words import corners_typed, exact, parse_corners

CHIEF = Person("test-administrateur", "Test administrateur", frozenset({Role.ADMINISTRATOR}))
CODE, SHIPPED, NEW = "montreal_2030", "2026.1", "2026.2"


@pytest.fixture
def editing(show, own_demo):
    """The editor open on the cycle's edition, or on a draft just begun."""

    def at_desk(draft=False, language="fr"):
        at = show("criteria", own_demo, Role.ADMINISTRATOR, language)
        at = at.segmented_control(key="criteria_view").set_value("edit").run()
        if draft:
            at = button(at, "Commencer le brouillon" if language == "fr" else "Begin the draft")
        assert not at.exception
        return at

    return at_desk


def button(at, label):
    return next(b for b in at.button if b.label == label).click().run()


def confirmed(at, key):
    at.button(key=key).click().run()
    return at.button(key=f"{key}_yes").click().run()


def edition(at):
    return next(s for s in at.selectbox if s.key and s.key.startswith("criteria_edition_"))


def field(at, name):
    kinds = (at.text_input, at.text_area, at.selectbox, at.radio)
    return next(one for kind in kinds for one in kind if one.key and _is(one.key, name))


def _is(key, name):
    mount, _, rest = key.removeprefix("criteria_").partition("_")
    return mount.isdigit() and (rest == name or (name == "tree" and rest.startswith("tree_")))


def choose(at, key):
    return field(at, "tree").set_value(key).run()


def part(at, name, first="write"):
    return at.segmented_control(key=f"criteria_part_{first}").set_value(name).run()


def kept(store, version=NEW):
    with store.reading() as work:
        return work.one(FrameworkEdition, CODE, version)


@pytest.mark.parametrize("role", list(Role))
def test_the_editor_is_for_administrators(seen, role):
    at = seen("criteria", role)

    assert bool(at.segmented_control) is (role is Role.ADMINISTRATOR)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_editor_opens_on_the_edition_in_use(editing, read, language):
    at = editing(language=language)

    assert edition(at).value == (CODE, SHIPPED)
    shipped = {"fr": "Livrée avec Arbitrage", "en": "Shipped with Arbitrage"}[language]
    assert shipped in read(at)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_part_of_a_draft_is_shown_in_each_language(editing, language):
    at = editing(draft=True, language=language)

    for shown in ("advice", "compare", "write"):
        assert not part(at, shown).exception


def test_a_draft_is_begun_under_the_next_free_name(editing, own_demo):
    at = editing(draft=True)

    assert edition(at).value == (CODE, NEW)
    assert kept(own_demo).is_draft


def test_a_name_that_is_taken_is_refused_in_words(editing):
    at = editing()
    next(t for t in at.text_input if "nouvelle version" in t.label).input(SHIPPED)

    at = button(at, "Commencer le brouillon")

    assert "existe déjà" in at.error[0].value


def test_what_is_typed_is_saved_as_it_is_typed_in_both_languages(editing, own_demo):
    at = choose(editing(draft=True), "1.1")

    field(at, "title_en").input("Freedom").run()
    field(at, "question_fr").input("La Ville est-elle plus libre ?").run()
    field(at, "level_3_en").input("Much freer.").run()
    field(at, "direction").set_value(Direction.LESS).run()

    criterion = kept(own_demo).framework.criterion("1.1")
    assert criterion.title.en == "Freedom"
    assert criterion.question.fr == "La Ville est-elle plus libre ?"
    assert criterion.levels.en[3] == "Much freer."
    assert criterion.direction is Direction.LESS
    assert kept(own_demo).version == 5
    assert not at.exception


def test_a_weight_is_typed_in_french_decimals(editing, own_demo):
    at = choose(editing(draft=True), "1.1")

    field(at, "weight").input("12,5").run()

    assert kept(own_demo).framework.criterion("1.1").weight == 12.5


def test_a_weight_that_cannot_be_stays_in_the_field_with_the_reason(editing, own_demo):
    at = choose(editing(draft=True), "1.1")

    for typed in ("12.5", "beaucoup", "-3", ""):
        at = field(at, "weight").input(typed).run()

        assert len(at.error) == 1, typed
        assert field(at, "weight").value == typed
        assert kept(own_demo).version == 1, typed


def test_the_value_function_is_typed_and_drawn_at_once(editing, own_demo, read):
    at = choose(editing(draft=True), "2.1")
    assert "Du niveau 0 au niveau 4, la valeur passe de 0 % à 100 %" in plain(read(at))

    at = field(at, "references_").input("0 ; 5\n2,5 ; 12,5\n4 ; 90").run()

    expected = ((0, 0.05), (2.5, 0.125), (4, 0.9))
    assert kept(own_demo).framework.criterion("2.1").references == expected
    assert "la valeur passe de 5 % à 90 %" in plain(read(at))


def test_a_value_function_that_cannot_be_read_says_where(editing, own_demo):
    at = choose(editing(draft=True), "2.1")

    for typed, told in (
        ("0 ; 0\n1 : 50", "Ligne 2"),
        ("0 ; 0\n1 ; 150", "1,5"),
        ("0 ; 0\n1.5 ; 50", "Ligne 2"),
        ("2 ; 0\n1 ; 50", "ordre"),
    ):
        at = field(at, "references_").input(typed).run()

        assert told in plain(at.error[0].value), typed
        assert kept(own_demo).version == 1, typed


def test_a_criterion_becomes_a_measure_with_references_of_its_own(editing, own_demo, read):
    at = choose(editing(draft=True), "1.1")

    at = field(at, "way").set_value("carbon").run()
    assert kept(own_demo).framework.criterion("1.1").references == ()
    assert "au moins deux repères" in read(at)
    at = field(at, "references_carbon").input("0 ; 100\n50000 ; 0").run()

    changed = kept(own_demo).framework.criterion("1.1")
    assert (changed.measure, changed.references) == ("carbon", ((0, 1.0), (50_000, 0.0)))
    assert not at.exception


def test_the_tree_changes_branch_by_branch(editing, own_demo):
    at = choose(editing(draft=True), "1.2")

    at = at.button(key="criteria_up").click().run()
    assert keys_under(own_demo, "1") == ["1.2", "1.1", "1.3"]
    at = field(at, "parent").set_value("2").run()
    assert keys_under(own_demo, "2")[-1] == "1.2"
    at = at.button(key="criteria_up").click().run()
    at = at.button(key="criteria_down").click().run()
    assert keys_under(own_demo, "2")[-1] == "1.2"
    at = confirmed(at, "criteria_remove")
    assert keys_under(own_demo, "1") == ["1.1", "1.3"]
    assert "1.2" not in keys_under(own_demo, "2")
    assert not at.exception


def keys_under(store, parent):
    return [c.key for c in kept(store).framework.children(parent)]


def test_a_criterion_is_added_and_is_then_the_one_being_written(editing, own_demo, read):
    at = choose(editing(draft=True), "1.1")

    field(at, "add_title").input("Sobriété")
    at = button(at, "Ajouter")

    assert keys_under(own_demo, "1") == ["1.1", "1.2", "1.3", "1.4"]
    assert field(at, "tree").value == "1.4"
    assert field(at, "title_fr").value == "Sobriété"
    assert "1.4 Sobriété, énoncés en français" in plain(read(at))


def test_what_is_lacking_stops_publication_in_words(editing, own_demo):
    at = choose(editing(draft=True), "1.1")
    at = field(at, "level_2_en").input("").run()

    at = confirmed(at, "criteria_publish")

    assert kept(own_demo).is_draft
    assert "n'est pas prête" in at.error[0].value
    assert any("énoncés en anglais" in m.value for m in at.markdown)


def test_a_draft_is_published_then_used_in_the_cycle(editing, own_demo, read):
    at = choose(editing(draft=True), "1.1")
    at = field(at, "weight").input("50").run()
    at = confirmed(at, "criteria_publish")
    assert not kept(own_demo).is_draft

    at = confirmed(at, "criteria_use")

    with own_demo.reading() as work:
        assert work.cycle("demo").framework_version == NEW
    assert "En usage dans ce cycle" in "".join(m.value for m in at.markdown)
    assert not at.exception


def test_using_an_edition_says_first_what_it_does(editing, own_demo, read):
    begun = frameworks.begin(own_demo, CHIEF, CODE, SHIPPED, NEW)
    removed = replace(begun, framework=tree.remove(begun.framework, "1.1"))
    frameworks.publish(own_demo, CHIEF, frameworks.save(own_demo, CHIEF, removed))
    at = editing()

    edition(at).set_value((CODE, NEW)).run()
    at.button(key="criteria_use").click().run()

    told = plain(read(at))
    assert "diffère de celle en usage en 1 endroit" in told
    assert "cotes portent sur ce qui n'est plus un critère (1.1 Autonomie" in told


def test_an_open_round_is_said_before_and_refused_after(editing, own_demo, read):
    begun = frameworks.begin(own_demo, CHIEF, CODE, SHIPPED, NEW)
    weighed = replace(begun, framework=tree.put(begun.framework, "1.1", weight=1.0))
    frameworks.publish(own_demo, CHIEF, frameworks.save(own_demo, CHIEF, weighed))
    with own_demo.writing(Act("test", "animateur", "test")) as work:
        work.save("demo", Round(Subject.SCORES, 9, opened=date(2026, 11, 1)))
    at = editing()
    edition(at).set_value((CODE, NEW)).run()

    at.button(key="criteria_use").click().run()
    assert "Une ronde est ouverte" in read(at)
    at = at.button(key="criteria_use_yes").click().run()

    assert "Révélez la ronde d'abord" in at.error[0].value
    with own_demo.reading() as work:
        assert work.cycle("demo").framework_version == SHIPPED


def test_a_deleted_draft_leaves_the_desk(editing, own_demo):
    at = confirmed(editing(draft=True), "criteria_delete")

    assert edition(at).value == (CODE, SHIPPED)
    with own_demo.reading() as work:
        assert work.every(FrameworkEdition) == ()


def test_two_people_who_write_at_once_lose_nothing(editing, own_demo, read):
    at = choose(editing(draft=True), "1.1")
    theirs = kept(own_demo)
    frameworks.save(
        own_demo, CHIEF, replace(theirs, framework=tree.put(theirs.framework, "1.2", weight=77.0))
    )

    at = field(at, "weight").input("66").run()
    told = plain(read(at))
    assert "poids : de 35 à 77 points" in told
    assert "poids : de 40 à 66 points" in told
    at = at.button(key="criteria_keep_mine").click().run()

    framework = kept(own_demo).framework
    assert (framework.criterion("1.1").weight, framework.criterion("1.2").weight) == (66, 77)
    assert not at.exception


def test_the_other_s_version_may_be_taken_instead(editing, own_demo):
    at = choose(editing(draft=True), "1.1")
    theirs = kept(own_demo)
    frameworks.save(
        own_demo, CHIEF, replace(theirs, framework=tree.put(theirs.framework, "1.1", weight=77.0))
    )

    field(at, "weight").input("66").run()
    at = at.button(key="criteria_take_theirs").click().run()

    assert kept(own_demo).framework.criterion("1.1").weight == 77
    assert field(at, "weight").value == "77"


def test_what_changed_is_said_with_the_words_that_went_and_came(editing, own_demo, read):
    at = choose(editing(draft=True), "1.1")
    field(at, "title_fr").input("Autonomie et liberté numérique").run()
    at = field(at, "weight").input("12,5").run()

    told = plain(read(part(at, "compare")))

    assert "titre en français : Autonomie et ~~souveraineté~~ **liberté** numérique" in told
    assert "poids : de 40 à 12,5 points" in told
    assert "Parts du poids qui changent" in told


def test_advice_is_given_as_it_is_written(editing, own_demo, read):
    at = choose(editing(draft=True), "1")

    at = field(at, "weight").input("900").run()
    at = choose(at, "1.1")

    assert "décide presque seul" in "".join(i.value for i in at.info)


def test_the_demo_s_set_is_advised_on_one_measure_only(editing):
    at = part(editing(), "advice", "read")

    (told,) = (i.value for i in at.info if "repères" in i.value)
    assert "5 projets sur 60 sortent des repères" in plain(told)


def test_a_file_becomes_a_draft(editing, own_demo):
    content = frameworks.export(own_demo, CHIEF, CODE, SHIPPED)

    at = editing().file_uploader[0].set_value(("cadre.toml", content, "application/toml")).run()

    assert edition(at).value == (CODE, NEW)
    assert kept(own_demo).is_draft
    assert not at.exception


def test_a_bad_file_says_every_problem_at_its_place_in_words(editing, own_demo, read):
    content = frameworks.export(own_demo, CHIEF, CODE, SHIPPED).decode()
    content = content.replace("weight = 15.0", 'weight = "beaucoup"', 1)
    content = content.replace('parent = "1"', 'parent = "1"\ncouleur = "bleu"', 1)

    at = editing().file_uploader[0].set_value(("x.toml", content.encode(), "")).run()

    told = plain(read(at))
    assert "critère n° 1, poids : « beaucoup » n'est pas un nombre" in told.replace("Beau", "beau")
    assert "critère n° 2, couleur : « couleur » est inconnu" in told
    with own_demo.reading() as work:
        assert work.every(FrameworkEdition) == ()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_value_function_written_out_is_read_back_the_same(language):
    corners = ((-1.25, 0.0), (0.333, 0.125), (1_000_000.0, 0.07), (2e6, 1.0))

    assert parse_corners(corners_typed(corners, language), language) == corners
    assert exact(12.125, "fr") == "12,125"


def plain(words):
    return words.replace("\\", "").replace("\u00a0", " ").replace("\u2003", " ")
