"""A house's own frameworks: a draft, its publication, its file, and what a cycle uses."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
from benches import FRAMEWORK, a_project, a_registry
from hypothesis import given
from hypothesis import strategies as st
from trees import a_framework

from data import frameworks as files
from data.frameworks import written
from data.store import Act, open_store
from portfolio import tree
from portfolio.criterion import (
    Choice,
    Criterion,
    Direction,
    Framework,
    FrameworkEdition,
    GateQuestion,
    Levels,
    Mark,
    Priority,
)
from portfolio.errors import Invalid, Missing, Refusal, Stale
from portfolio.evaluation import Adopted, Evaluation, Round, Subject, Weight
from portfolio.person import Person, Role
from portfolio.words import Bilingual
from services import frameworks, scores
from services.frameworks import next_version
from services.permission import EVERYONE

CHIEF = Person("chief", "Chef", frozenset({Role.ADMINISTRATOR}))
MEMBER = Person("anne", "Anne", frozenset({Role.MEMBER}))
NEW = "2099.1"


@pytest.fixture
def open_house(migrated_file, tmp_path):
    opened = []

    def of(**more):
        store = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
        opened.append(store)
        with store.writing(Act("test", "administrateur", "test")) as work:
            for person in (CHIEF, MEMBER):
                work.save(None, person)
            work.bring_in(a_registry(a_project("P1"), a_project("P2"), **more))
        return store

    yield of
    for store in opened:
        store.close()


@pytest.fixture
def store(open_house):
    return open_house()


@pytest.fixture
def draft(store):
    return frameworks.begin(store, CHIEF, *FRAMEWORK, NEW)


def cycle_of(store):
    with store.reading() as work:
        return work.cycle("c")


def changed(edition, **more):
    return replace(edition, framework=tree.put(edition.framework, "1.1", **more))


def published(store, framework=None, version=NEW):
    edition = frameworks.begin(store, CHIEF, *FRAMEWORK, version)
    if framework is not None:
        edition = frameworks.save(
            store, CHIEF, replace(edition, framework=replace(framework, version=version))
        )
    return frameworks.publish(store, CHIEF, edition)


def test_the_shipped_editions_are_listed_with_the_cycles_that_use_them(store):
    every = frameworks.editions(store, MEMBER)
    (used,) = (e for e in every if e.key == FRAMEWORK)

    assert (used.is_shipped, used.is_draft, used.used_by) == (True, False, ("c",))
    assert {e.key[0] for e in every} >= {"generic", "montreal_2030"}


def test_a_draft_is_for_administrators_until_it_is_published(store, draft):
    def seen(by):
        return NEW in {e.framework.version for e in frameworks.editions(store, by)}

    assert seen(CHIEF)
    assert not seen(MEMBER)
    with pytest.raises(Missing, match="no-such-framework"):
        frameworks.export(store, MEMBER, FRAMEWORK[0], NEW)

    frameworks.publish(store, CHIEF, draft)

    assert seen(MEMBER)
    assert frameworks.export(store, MEMBER, FRAMEWORK[0], NEW)


def test_the_latest_edition_comes_first(store):
    for version in ("2026.9", "2026.10"):
        frameworks.begin(store, CHIEF, *FRAMEWORK, version)

    every = [e.key[1] for e in frameworks.editions(store, CHIEF) if e.key[0] == FRAMEWORK[0]]

    assert every == ["2026.10", "2026.9", "2026.1"]


@pytest.mark.parametrize(
    ("known", "version", "following"),
    [
        (("2026.1",), "2026.1", "2026.2"),
        (("2026.1", "2026.2"), "2026.1", "2026.3"),
        (("2026.9",), "2026.9", "2026.10"),
        (("essai",), "essai", "essai.2"),
        (("v1-b",), "v1-b", "v2-b"),
    ],
)
def test_a_draft_is_offered_the_next_free_name(known, version, following):
    assert next_version(known, version) == following


@pytest.mark.parametrize(("version", "code"), [("2026.1", "edition-taken"), (" ", "empty")])
def test_a_draft_needs_a_name_of_its_own(store, version, code):
    with pytest.raises(Refusal, match=code):
        frameworks.begin(store, CHIEF, *FRAMEWORK, version)


def test_a_draft_starts_as_the_edition_it_comes_from(draft):
    assert draft.framework == replace(files.load(*FRAMEWORK), version=NEW)
    assert draft.is_draft


def test_what_is_saved_is_kept_and_the_older_desk_is_told(store, draft):
    saved = frameworks.save(store, CHIEF, changed(draft, weight=50.0))

    with pytest.raises(Stale) as stale:
        frameworks.save(store, CHIEF, changed(draft, weight=60.0))
    assert stale.value.facts["theirs"] == saved
    assert saved.framework.criterion("1.1").weight == 50.0


def test_a_published_edition_does_not_change_any_more(store, draft):
    edition = frameworks.publish(store, CHIEF, draft)

    for act in (
        lambda: frameworks.save(store, CHIEF, changed(edition, weight=1.0)),
        lambda: frameworks.save(store, CHIEF, replace(edition, is_draft=True)),
        lambda: frameworks.publish(store, CHIEF, edition),
        lambda: frameworks.remove(store, CHIEF, edition),
    ):
        with pytest.raises(Refusal, match="edition-published"):
            act()


def test_what_came_with_arbitrage_is_nobodys_draft(store):
    shipped = FrameworkEdition(files.load(*FRAMEWORK), version=0)

    for act in (frameworks.save, frameworks.publish, frameworks.remove):
        with pytest.raises(Missing, match="no-such-framework"):
            act(store, CHIEF, shipped)


def test_an_unfinished_draft_is_not_published_and_every_gap_is_named(store, draft):
    blank = tree.put_sentence(draft.framework, "1.1", "en", 2, "")
    blank = tree.put(blank, "1.2", measure="steam")
    saved = frameworks.save(store, CHIEF, replace(draft, framework=blank))

    with pytest.raises(Invalid, match="edition-not-ready") as refused:
        frameworks.publish(store, CHIEF, saved)

    paths = {p.facts["path"] for p in refused.value.facts["problems"]}
    assert paths == {"criteria.1.1.levels.en", "criteria.1.2.measure"}


def test_a_draft_that_changed_meanwhile_is_not_published(store, draft):
    frameworks.save(store, CHIEF, changed(draft, weight=50.0))

    with pytest.raises(Stale):
        frameworks.publish(store, CHIEF, draft)


def test_a_deleted_draft_is_gone(store, draft):
    frameworks.remove(store, CHIEF, draft)

    assert NEW not in {e.key[1] for e in frameworks.editions(store, CHIEF)}


def test_an_edition_in_use_values_the_projects_of_the_cycle(open_house):
    store = open_house(evaluations=(Evaluation("P1", "1.1", "anne", 4.0),
                                    Evaluation("P1", "2.1", "anne", 0.0)))  # fmt: skip
    before = scores.card(store, MEMBER, "c", "P1").valued.points
    framework = tree.put(files.load(*FRAMEWORK), "1", weight=90.0)
    published(store, framework)

    frameworks.use(store, CHIEF, cycle_of(store), FRAMEWORK[0], NEW)

    after = scores.card(store, MEMBER, "c", "P1").valued.points
    assert after > before
    assert scores.framework(store, MEMBER, "c").version == NEW


def test_a_draft_cannot_be_used(store, draft):
    with pytest.raises(Refusal, match="edition-is-draft"):
        frameworks.use(store, CHIEF, cycle_of(store), FRAMEWORK[0], NEW)


def test_a_cycle_changed_meanwhile_is_stale(store):
    old = cycle_of(store)
    published(store)
    frameworks.use(store, CHIEF, old, FRAMEWORK[0], NEW)

    with pytest.raises(Stale):
        frameworks.use(store, CHIEF, old, *FRAMEWORK)


@pytest.mark.parametrize("subject", Subject)
def test_an_open_round_keeps_its_questions(open_house, subject):
    store = open_house(rounds=(Round(subject, 1, opened=date(2026, 11, 1)),))
    published(store, tree.put(files.load(*FRAMEWORK), "1.1", weight=1.0))

    with pytest.raises(Refusal, match="edition-in-round"):
        frameworks.use(store, CHIEF, cycle_of(store), FRAMEWORK[0], NEW)


def test_new_titles_may_come_during_a_round(open_house):
    store = open_house(rounds=(Round(Subject.SCORES, 1, opened=date(2026, 11, 1)),))
    published(store, tree.put_words(files.load(*FRAMEWORK), "1.1", "title", "en", "Freedom"))

    used = frameworks.use(store, CHIEF, cycle_of(store), FRAMEWORK[0], NEW)

    assert used.framework_version == NEW


def test_what_using_an_edition_would_do_is_said_first(open_house):
    store = open_house(
        evaluations=tuple(
            Evaluation(project, key, "anne", 2.0) for project in ("P1", "P2") for key in ("1.1",)
        ),
        adopted=(Adopted(0, (Weight("1.1", 1.0), Weight("1.2", 1.0), Weight("1.3", 1.0))),),
    )
    framework = tree.remove(files.load(*FRAMEWORK), "1.1")
    framework, key = tree.add(framework, "1", Bilingual("Neuf", "New"))
    framework = tree.put(framework, key, measure="carbon", references=((0, 1), (100, 0)))
    published(store, framework)

    would = frameworks.consequences(store, CHIEF, "c", FRAMEWORK[0], NEW)

    assert would.orphans == {"1.1": 2}
    assert would.unweighted == (key,)
    assert "1.2" in would.unrated
    assert key not in would.unrated
    assert not would.is_open
    assert {d.kind for d in would.compared.differences} == {"removed", "added"}
    assert would.compared.shares["1.1"][1] is None


def test_an_edition_that_has_gone_can_still_be_replaced(store):
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, replace(work.cycle("c"), framework_version="1999.1"))

    would = frameworks.consequences(store, CHIEF, "c", *FRAMEWORK)

    assert would.compared is None
    assert frameworks.use(store, CHIEF, cycle_of(store), *FRAMEWORK).framework == FRAMEWORK[0]


def test_shares_are_told_where_they_move():
    old = a_framework()
    compared = frameworks.compare(old, tree.put(old, "1.1", weight=10.0))

    assert compared.shares == {
        "1.1": (pytest.approx(0.375), pytest.approx(0.25)),
        "1.2": (pytest.approx(0.125), pytest.approx(0.25)),
    }


@pytest.mark.parametrize("edition", files.available())
def test_an_exported_edition_is_read_back_the_same(store, edition):
    content = frameworks.export(store, CHIEF, edition.code, edition.version)

    assert files.read(content) == files.load(edition.code, edition.version)


def test_a_file_becomes_a_draft_under_the_next_free_version(store):
    content = frameworks.export(store, CHIEF, *FRAMEWORK)

    brought = frameworks.bring_in(store, CHIEF, content, "cadre.toml")

    assert brought.is_draft
    assert brought.framework == replace(files.load(*FRAMEWORK), version="2026.2")


def test_an_unfinished_draft_travels_in_a_file_too(store, draft):
    blank = tree.put_sentence(draft.framework, "1.1", "fr", 0, "")
    frameworks.save(store, CHIEF, replace(draft, framework=blank))
    content = frameworks.export(store, CHIEF, FRAMEWORK[0], NEW)
    frameworks.remove(store, CHIEF, replace(draft, framework=blank, version=2))

    assert frameworks.bring_in(store, CHIEF, content).framework == blank


def test_a_bad_file_leaves_nothing_and_names_every_problem_at_its_path(store):
    content = frameworks.export(store, CHIEF, *FRAMEWORK).decode()
    content = content.replace("weight = 15.0", 'weight = "beaucoup"', 1)
    content = content.replace('parent = "1"', 'parent = "1"\ncouleur = "bleu"', 1)

    with pytest.raises(Invalid, match="framework-unreadable") as refused:
        frameworks.bring_in(store, CHIEF, content.encode())

    found = {(p.code, p.facts["path"]) for p in refused.value.facts["problems"]}
    assert found == {("not-a-number", "criteria[0].weight"),
                     ("unknown-field", "criteria[1].couleur")}  # fmt: skip
    assert all(e.is_shipped for e in frameworks.editions(store, CHIEF))


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"code = ", b"a = " + b"[" * 100_000, b'code = 3\nversion = "1"',
     b"criteria = 3", b"[[criteria]]\nkey = []", b"[criteria]\nkey = 1"],
)  # fmt: skip
def test_what_is_no_framework_is_refused(store, content):
    with pytest.raises(Invalid, match="framework-unreadable"):
        frameworks.bring_in(store, CHIEF, content)


def test_a_file_too_big_is_not_read(store):
    with pytest.raises(Invalid, match="file-too-big"):
        frameworks.bring_in(store, CHIEF, b"#" * (frameworks.BIGGEST + 1))


def test_advice_reads_the_cycles_ratings(open_house):
    store = open_house()
    framework = tree.put(files.load(*FRAMEWORK), "1", weight=900.0)

    assert {a.code for a in frameworks.advice(store, CHIEF, framework)} == {"heavy", "light"}
    assert "heavy" in {a.code for a in frameworks.advice(store, CHIEF, framework, "c")}


# A file says everything: whatever is in the framework comes back.
text = st.text(
    st.characters(exclude_categories=["Cs"]), max_size=12
)  # surrogates are no text: refused, below
words = st.builds(Bilingual, text, text)
code = st.text("abcdé\"'\\é0._-", min_size=1, max_size=6)
number = st.floats(0.01, 1e6, allow_nan=False)


@st.composite
def any_framework(draw):
    keys = draw(st.lists(code, min_size=1, max_size=6, unique=True))
    criteria = []
    for at, key in enumerate(keys):
        marks = sorted(draw(st.sets(st.floats(-1e6, 1e6), max_size=4)))
        criteria.append(Criterion(
            key, draw(number), draw(words),
            draw(st.sampled_from(["", *keys[:at]])), draw(words),
            Levels(*(tuple(draw(st.lists(text, max_size=5))) for _ in range(2))),
            draw(st.sampled_from(Direction)), draw(text),
            tuple((mark, draw(st.floats(0, 1))) for mark in marks),
        ))  # fmt: skip
    some = {"max_size": 2}
    return Framework(
        draw(code), draw(text), draw(words), tuple(criteria), draw(words), draw(words),
        assise=tuple(draw(st.lists(st.builds(Mark, code, words, st.booleans()), **some))),
        orientations=tuple(draw(st.lists(st.builds(Mark, code, words), **some))),
        priorities=tuple(draw(st.lists(
            st.builds(Priority, st.integers(-9, 99), code, words, st.booleans()), **some))),
        questions=tuple(draw(st.lists(st.builds(
            GateQuestion, code, code, words, words,
            st.lists(st.builds(Choice, code, text, text), **some).map(tuple)), **some))),
    )  # fmt: skip


@given(any_framework())
def test_whatever_is_in_a_framework_comes_back_from_its_file(framework):
    assert files.read(written.write(framework), is_draft=True) == framework


def test_what_no_file_can_hold_is_refused():
    with pytest.raises(Invalid, match="not-a-text"):
        written.write(replace(a_framework(), title=Bilingual("\ud800")))


def test_everyone_may_list_and_export():
    from services.permission import ACTS

    assert ACTS["frameworks.editions"] == ACTS["frameworks.export"] == EVERYONE
