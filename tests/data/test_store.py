"""What is kept comes back as it was, whole or not at all, and no one's work is lost."""

from dataclasses import fields, replace

import nouns
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from nouns import (
    a_cycle,
    a_full_registry,
    a_product,
    a_project,
    of_people,
    seen,
    told,
    unversioned,
)

from data import frameworks, journal
from data.schema import metadata
from data.store import Act, changes_of, keep_changes
from data.store_nouns import BY_NOUN, CONTENTS, SHAPES
from data.store_shapes import shapes_beneath
from portfolio.batch import Undo
from portfolio.criterion import FrameworkEdition
from portfolio.cycle import Cycle, Envelope
from portfolio.errors import Invalid, Missing, Stale
from portfolio.evaluation import Evaluation
from portfolio.person import Person
from portfolio.project import Measure, Project
from portfolio.registry import Registry
from portfolio.rules import Needs, Synergy
from portfolio.scenario import Scenario
from portfolio.words import Bilingual

ACT = Act("anne", "responsable", "test")
CHANGES = (Undo("finding", "S1/sonarqube/k1", "{}", 2), Undo("finding", "k2", None, 1))
WITHOUT_NOUN = {"accounts", "sessions", "attempts", "notices", "attachment_bytes", "tallies",
                "documents"}
WHATEVER_PEOPLE_ENTER = settings(
    max_examples=20, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large],
)


@WHATEVER_PEOPLE_ENTER
@given(nouns.registry)
def test_every_registry_comes_back_as_it_was_brought_in(store, registry):
    with store.writing(ACT) as work:
        kept = work.bring_in(registry)

    with store.reading() as work:
        back = work.registry(registry.cycle.code)
    assert back == kept
    for field in fields(Registry):
        was, now = getattr(registry, field.name), getattr(back, field.name)
        if field.name == "cycle":
            assert unversioned(now) == was
        elif field.name == "people":
            assert {unversioned(p) for p in now} >= set(was)
        elif field.name != "framework":
            assert tuple(map(unversioned, now)) == was


@settings(WHATEVER_PEOPLE_ENTER, max_examples=10)
@given(nouns.registry)
def test_every_noun_comes_back_as_it_was_saved(store, registry):
    code = registry.cycle.code
    with store.writing(ACT) as work:
        work.bring_in(Registry(registry.cycle))
        for shape in CONTENTS:
            for noun in getattr(registry, shape.table.name):
                saved = work.save(code, noun)

                key = shape.key(saved, (code,))
                assert work.one(type(noun), *key) == saved
                assert unversioned(saved) == noun


def test_not_given_and_zero_stay_two_things(store):
    none = Envelope("NONE", Bilingual("rien de dit"), None)
    empty = Envelope("EMPTY", Bilingual("rien"), ())
    zero = Envelope("ZERO", Bilingual("zéro"), (0, 0))
    silent = Evaluation("P1", "c", "anne", None)
    harsh = Evaluation("P1", "d", "anne", 0.0)
    with store.writing(ACT) as work:
        work.save(None, a_cycle(envelopes=(none, empty, zero)))
        for noun in (a_project("A", cost=()), a_project("B", cost=(0,)), silent, harsh):
            work.save("2027", noun)

    with store.reading() as work:
        assert [e.limits for e in work.cycle("2027").envelopes] == [None, (), (0, 0)]
        assert [p.variants[0].cost for p in work.every(Project, "2027")] == [None, 0]
        assert [e.rating for e in work.every(Evaluation, "2027", "P1")] == [None, 0.0]


def test_a_framework_the_house_keeps_comes_before_the_one_that_was_shipped(store):
    shipped = frameworks.load("montreal_2030")
    mine = replace(shipped, title=Bilingual("Le nôtre"))
    with store.writing(ACT) as work:
        work.save(None, a_cycle(framework="montreal_2030", framework_version=shipped.version))
        assert work.registry("2027").framework == shipped
        saved = work.save(None, FrameworkEdition(mine))

    with store.reading() as work:
        assert work.registry("2027").framework == mine
        assert work.one(FrameworkEdition, mine.code, mine.version) == saved


def test_no_field_of_a_noun_is_forgotten():
    for shape in (inner for outer in SHAPES for inner in shapes_beneath(outer)):
        for noun in shape.nouns:
            parts = [part.field for part in shape.parts_of(noun)]
            assert sorted(parts) == sorted(field.name for field in fields(noun))
    held = {field.name for field in fields(Registry)} - {"cycle", "people", "framework"}
    assert {shape.table.name for shape in CONTENTS} == held


def tables_of_nouns():
    return [t for name, t in metadata.tables.items() if name not in WITHOUT_NOUN]


def test_no_column_of_a_table_stays_empty(store):
    with store.writing(ACT) as work:
        work.bring_in(a_full_registry())
        work.keep_plan("2027", "S", "{}", '{"starts": {"P1": {"variant": "base", "period": 1}}}')
        work.note("refused", "2027/P1", before={"a": 1})
        work.save(None, FrameworkEdition(frameworks.load("montreal_2030")))
        work.save(None, a_product())
        for noun in of_people():
            assert unversioned(work.save(None, noun)) == noun
        for noun in seen():
            assert unversioned(work.save("2027", noun)) == noun
        keep_changes(work, "2027", 1, CHANGES)
    with store.writing(replace(ACT, request="key")) as work:
        work.note("refused", "2027/P1")

    with store.reading() as work:
        assert changes_of(work, "2027", 1) == CHANGES
        for column in (c for table in tables_of_nouns() for c in table.c):
            told = work.connection.scalar(sa.select(sa.func.count(column)))
            assert told > 0, column


def test_money_is_whole_cents_in_every_table():
    for column in (c for table in metadata.tables.values() for c in table.c):
        if "cents" in column.name:
            assert isinstance(column.type, sa.BigInteger)


def test_things_keep_the_order_in_which_they_were_declared(store):
    with store.writing(ACT) as work:
        work.bring_in(Registry(a_cycle(), (a_project("Z"), a_project("A"))))
        work.save("2027", a_project("M"))
        work.save("2027", replace(work.project("2027", "Z"), title="Zut"))

    with store.reading() as work:
        assert [p.code for p in work.registry("2027").projects] == ["Z", "A", "M"]


@pytest.mark.parametrize(
    ("noun", "code"),
    [
        (a_project("P2", given_value=float("nan")), "not-a-number"),
        (a_project("P2", measures=(Measure("carbon", float("inf")),)), "not-a-number"),
        (a_project("P2", operating_cost=2**63), "too-large"),
        (a_project("P2", risks="\ud800"), "not-a-text"),
        (a_project("P2", risks="a\0b"), "not-a-text"),
        (a_project("X" * 161), "too-long"),
        (a_project("P2", operating_cost=1.5), "not-a-number"),
        (Synergy(("P1", "P2"), 0.0, {"PDI": (0.001,)}), "not-whole-cents"),
    ],
)
def test_what_cannot_be_kept_exactly_is_refused_on_every_database(filled, noun, code):
    with pytest.raises(Invalid) as refused, filled.writing(ACT) as work:
        work.save("2027", noun)

    assert refused.value.code == code


def test_the_longest_codes_fit_in_every_key(store):
    long = "".join(chr(0x1F300 + 7 * i % 1200) for i in range(160))
    with store.writing(ACT) as work:
        work.save(None, a_cycle(long))
        work.save(long, Evaluation(long[::-1], long, long[:80] + long[:80], 1.0))

    with store.reading() as work:
        assert len(work.every(Evaluation, long)) == 1


def test_a_version_is_one_more_each_time(filled):
    with filled.writing(ACT) as work:
        saved = work.save("2027", replace(work.project("2027", "P1"), title="Nouveau"))

    assert (saved.version, saved.title) == (2, "Nouveau")
    with filled.reading() as work:
        assert work.project("2027", "P1") == saved


def test_a_stale_save_tells_both_versions_and_changes_nothing(filled):
    with filled.reading() as work:
        first = work.project("2027", "P1")
    with filled.writing(ACT) as work:
        theirs = work.save("2027", replace(first, title="La leur"))
    before = told(filled)

    yours = replace(first, title="La mienne")
    with pytest.raises(Stale) as refused, filled.writing(ACT) as work:
        work.save("2027", yours)

    assert refused.value.facts == {"yours": yours, "theirs": theirs}
    assert told(filled) == before


def test_making_what_exists_and_changing_what_is_gone_are_both_stale(filled):
    with filled.reading() as work:
        there = work.project("2027", "P1")

    with pytest.raises(Stale) as refused, filled.writing(ACT) as work:
        work.save("2027", a_project("P1", "Autre"))
    assert refused.value.facts["theirs"] == there

    with filled.writing(ACT) as work:
        work.remove("2027", there)
    with pytest.raises(Stale) as refused, filled.writing(ACT) as work:
        work.save("2027", there)
    assert refused.value.facts["theirs"] is None


def test_what_is_removed_is_gone_with_all_beneath_it(filled):
    with filled.writing(ACT) as work:
        with pytest.raises(Stale):
            work.remove("2027", a_project())
        work.remove("2027", work.project("2027", "P1"))
        with pytest.raises(Missing):
            work.remove("2027", a_project())

    with filled.reading() as work:
        with pytest.raises(Missing, match="no-such-project"):
            work.project("2027", "P1")
        for name in ("variants", "costs"):
            assert work.connection.scalar(sa.select(sa.func.count()).select_from(
                metadata.tables[name])) == 0


def test_a_cycle_goes_only_once_it_is_empty(filled):
    with pytest.raises(Invalid, match="not-empty"), filled.writing(ACT) as work:
        work.remove(None, work.cycle("2027"))

    with filled.writing(ACT) as work:
        work.bring_in(Registry(work.cycle("2027")))
        work.remove(None, work.cycle("2027"))
        assert work.cycles() == ()


def test_a_link_is_made_once_and_removed_by_what_it_says(filled):
    link = Needs("P1", "P2", 1)
    with filled.writing(ACT) as work:
        assert work.save("2027", link) == link
        with pytest.raises(Invalid, match="twice"):
            work.save("2027", Needs("P1", "P2", 1))
        assert work.registry("2027").links == (link,)
        work.remove("2027", link)
        assert work.registry("2027").links == ()


def test_a_noun_of_a_cycle_that_is_not_there_is_refused(store):
    with pytest.raises(Missing, match="no-such-cycle"), store.writing(ACT) as work:
        work.save("2099", a_project())
    with store.reading() as work, pytest.raises(Missing, match="no-such-cycle"):
        work.registry("2099")


def test_bringing_in_again_moves_only_the_versions_of_what_changed(store):
    registry = a_full_registry()
    with store.writing(ACT) as work:
        first = work.bring_in(registry)
    assert {p.version for p in first.projects} == {1}

    other = replace(registry.projects[0], title="Autre")
    with store.writing(ACT) as work:
        second = work.bring_in(replace(registry, projects=(other, a_project("P9"))))

    assert [(p.code, p.version) for p in second.projects] == [("P1", 2), ("P9", 1)]
    assert second.debts == first.debts
    with store.reading() as work:
        assert work.registry("2027") == second


@pytest.mark.parametrize(
    ("field", "noun"), [("projects", a_project("P1")), ("people", Person("P1", "Anne"))]
)
def test_bringing_in_the_same_code_twice_names_it(store, field, noun):
    with pytest.raises(Invalid) as refused, store.writing(ACT) as work:
        work.bring_in(Registry(a_cycle(), **{field: (noun, noun)}))

    assert refused.value.facts == {"field": field, "found": "P1"}
    assert told(store) == []


def test_bringing_in_one_cycle_leaves_the_others_and_the_people(store):
    with store.writing(ACT) as work:
        work.save(None, Person("admin", "Ada"))
        other = work.bring_in(a_full_registry("2026"))
        work.bring_in(a_full_registry("2027"))

    with store.reading() as work:
        assert work.registry("2026") == other
        assert [p.code for p in work.people()] == ["admin", "anne", "bruno"]
        assert [c.code for c in work.cycles()] == ["2026", "2027"]


def test_the_last_plan_of_a_scenario_comes_back_letter_by_letter(store):
    question, answer = '{"é" :1.0}', '{"starts": {"P1": {"variant": "base", "period": 1}}}'
    with store.writing(ACT) as work:
        work.keep_plan("2027", "S", "{}", '{"status": "infeasible"}')
        kept = work.keep_plan("2027", "S", question, answer)
        work.keep_plan("2027", "T", "{}", "{}")

    with store.reading() as work:
        assert work.last_plan("2027", "S") == kept
        assert work.last_plan("2027", "U") is None
        starts = work.connection.execute(sa.select(metadata.tables["plan_starts"])).all()
    assert (kept.question, kept.answer, kept.by) == (question, answer, "anne")
    assert kept.question_sha256 == journal.sha256(question)
    assert starts == [(kept.id, "P1", "base", 1)]


def test_every_noun_has_one_shape():
    assert set(BY_NOUN) >= {Cycle, Project, Scenario, Needs, Synergy}
    assert len(BY_NOUN) == sum(len(shape.nouns) for shape in SHAPES)


def test_a_registry_read_again_is_the_same_until_something_changes(store):
    whole = nouns.a_full_registry()
    with store.writing(Act("a", "administrateur", "test")) as work:
        work.bring_in(whole)
    code = whole.cycle.code
    with store.reading() as work:
        first = work.registry(code)
    with store.reading() as work:
        assert work.registry(code) is first
    with store.writing(Act("a", "administrateur", "test")) as work:
        changed = work.save(code, replace(first.projects[0], title="Autre titre"))
    with store.reading() as work:
        assert work.registry(code).projects[0] == changed


def test_what_takes_the_place_of_something_removed_is_not_taken_for_it(store):
    with store.writing(ACT) as work:
        work.bring_in(Registry(a_cycle(), (a_project("P1"),)))
        read = work.project("2027", "P1")
        work.remove("2027", read)
        again = work.save("2027", a_project("P1"))

    assert again.version > read.version
    with pytest.raises(Stale), store.writing(ACT) as work:
        work.save("2027", replace(read, title="Perdu"))
