"""What the public reads of a cycle: published whole, replaced, withdrawn; and one's own weights."""

import shutil
from contextlib import closing
from dataclasses import fields, replace

import pytest
import sqlalchemy as sa
from nouns import told
from published import AT, hold
from seated import ACT, FACILITATOR, MEMBERS

from data.schema import metadata
from data.store import open_store
from data.tables.cells import guarded, unguarded
from portfolio.decision import Decision, Verb
from portfolio.errors import Invalid, Missing, Refusal
from portfolio.project import Stage
from portfolio.public_dossier import PublicDossier, PublicProject
from services import publication
from services.publication_trial import read, tried, weighable


@pytest.fixture(scope="module")
def held(migrated_file, tmp_path_factory):
    """The file of a cycle whose meeting was closed."""
    file = shutil.copy(migrated_file, tmp_path_factory.mktemp("held") / "held.db")
    with closing(open_store(f"sqlite:///{file}")) as store:
        hold(store)
    return file


@pytest.fixture
def house(held, tmp_path):
    with closing(open_store(f"sqlite:///{shutil.copy(held, tmp_path / 'own.db')}")) as store:
        yield store


@pytest.fixture
def out(house):
    """The same house once it published."""
    publish(house)
    return house


def publish(store, note=""):
    seen = publication.preview(store, FACILITATOR, "c")
    return publication.publish(store, FACILITATOR, "c", seen.sha256, note)


def test_nothing_is_read_before_anything_is_published(house):
    with pytest.raises(Missing, match="not-published"):
        publication.published(house, "c")
    assert publication.every_published(house) == ()


def test_nothing_can_be_published_before_a_meeting_was_closed(house):
    with house.writing(ACT) as work:
        work.bring_in(replace(work.registry("c"), cycle=replace(work.cycle("c"), code="d")))

    assert publication.preview(house, FACILITATOR, "d").made is None
    with pytest.raises(Refusal, match="nothing-to-publish"):
        publication.publish(house, FACILITATOR, "d", "")


def test_the_public_reads_every_project_that_was_decided_on_and_no_other(out):
    dossier = publication.published(out, "c").dossier

    assert [(p.code, p.verb) for p in dossier.projects] == [
        ("P1", Verb.APPROVED), ("P2", Verb.CONDITIONAL), ("P3", Verb.DEFERRED),
        ("P4", Verb.REFUSED)]
    assert (dossier.number, len(dossier.done), dossier.cents) == (1, 2, 2_000_000)
    assert dossier.years[0].granted[0].limit == 2_000_000


def test_a_confidential_field_is_empty_and_an_open_one_is_told(out):
    dossier = publication.published(out, "c").dossier
    kept, told_ = dossier.project("P2"), dossier.project("P1")

    assert (kept.sponsor, kept.problem, kept.outcome, kept.systems, kept.debts) == (
        "", "", "", (), ())
    assert (told_.sponsor, told_.problem, told_.outcome) == (
        "Direction ouverte", "Problème public", "Résultat public")
    assert told_.scores[0].level == 4.0


def test_the_preview_counts_what_is_left_out(house):
    made = publication.preview(house, MEMBERS[0], "c").made

    assert dict(made.confidential) == dict.fromkeys(
        ("debt_effects", "outcome", "problem", "proof", "risks", "sponsor", "systems"), 2)
    assert (made.unseen, made.undecided, made.addresses, made.named) == (2, 0, 3, ())


def test_a_text_that_names_someone_is_to_be_read_again(house):
    with house.writing(ACT) as work:
        one = work.project("c", "P1")
        work.save("c", replace(one, outcome=f"Comme {MEMBERS[0].name} l'a dit"))

    assert publication.preview(house, FACILITATOR, "c").made.named == (MEMBERS[0].name,)


def test_a_rating_that_one_person_alone_gave_is_not_told(migrated_file, tmp_path):
    with closing(open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'o.db')}")) as one:
        hold(one, raters=1)
        made = publication.preview(one, FACILITATOR, "c").made

    assert made.alone == 8
    assert {s.level for p in made.dossier.projects for s in p.scores} == {None}


def test_what_is_published_is_what_was_read(house):
    seen = publication.preview(house, FACILITATOR, "c")
    with house.writing(ACT) as work:
        work.save("c", replace(work.project("c", "P1"), outcome="Autre chose"))

    with pytest.raises(Refusal, match="publication-moved"):
        publication.publish(house, FACILITATOR, "c", seen.sha256)


def test_a_publication_is_told_to_the_journal_with_its_hash(house):
    kept = publish(house, "première")

    line = told(house)[-1]
    assert (line.act, line.kind, line.reason) == ("publication.publish", "publication", "première")
    assert kept.sha256 in line.after


def test_the_next_one_says_what_changed_and_takes_the_place(out):
    assert not publication.preview(out, FACILITATOR, "c").changes.are_any
    with out.writing(ACT) as work:
        work.save("c", replace(work.project("c", "P1"), outcome="Autre résultat"))
        work.save("c", replace(work.project("c", "P4"), stage=Stage.WITHDRAWN))
        work.save("c", Decision("P2", 2, Verb.PAUSED, "Fonds gelés", "anim", AT))

    changes = publication.preview(out, FACILITATOR, "c").changes
    assert (changes.enters, changes.leaves, changes.moved) == ((), ("P4",), ("P1", "P2"))
    publish(out)
    shown = publication.published(out, "c")
    assert (shown.publication.number, shown.dossier.project("P2").verb) == (2, Verb.PAUSED)
    assert shown.dossier.project("P4") is None


def test_what_is_withdrawn_is_gone_and_nothing_older_comes_back(out):
    publish(out)
    kept = publication.preview(out, FACILITATOR, "c").past[-1]
    with pytest.raises(Invalid, match="empty"):
        publication.withdraw(out, FACILITATOR, "c", kept, " ")
    publication.withdraw(out, FACILITATOR, "c", kept, "une erreur")

    with pytest.raises(Missing, match="not-published"):
        publication.published(out, "c")
    with pytest.raises(Refusal, match="not-published"):
        publication.withdraw(out, FACILITATOR, "c", kept, "encore")


def test_no_person_has_a_place_in_the_dossier():
    """Whoever adds a field is to think of what it may tell."""
    names = {field.name for noun in (PublicDossier, PublicProject) for field in fields(noun)}
    kept = {"people", "lead", "risks", "evaluations", "ballots", "votes", "by", "signed_by"}
    assert not names & kept


@pytest.mark.parametrize("text", ["=1+1", "-5", "+3", "@x", "\tx", "'=1", "plain", "l'été", ""])
def test_a_text_that_looks_like_a_formula_comes_back_letter_for_letter(text):
    cell = guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t"))
    assert unguarded(cell) == text


def test_other_weights_show_what_would_enter_and_leave(out):
    same, other = (tried(out, "c", {"service": s, "climat": 100 - s}) for s in (50, 0))

    assert (same.enters, same.leaves, same.stays) == ((), (), ("P1", "P2"))
    assert (other.enters, other.leaves, other.stays) == (("P3",), ("P2",), ("P1",))
    assert (other.values["P3"], other.theirs["P3"]) == (100.0, 62.5)


def test_trying_weights_keeps_nothing(out):
    def everything():
        with out.engine.connect() as line:
            return {t.name: line.execute(sa.select(t)).all() for t in metadata.sorted_tables}

    before = everything()
    tried(out, "c", {"service": 3, "climat": 97})
    assert everything() == before


@pytest.mark.parametrize("typed", ["12,5", "12.5", "-1", "101", "1e2", "٣", "", "x"])
def test_a_weight_that_is_no_whole_number_is_named(out, typed):
    dossier = publication.published(out, "c").dossier
    with pytest.raises(Invalid, match="weight-not-whole") as refused:
        read(dossier, {"service": "10", "climat": typed}, False)
    assert (refused.value.facts["field"], refused.value.facts["found"]) == ("climat", typed)


def test_weights_that_are_all_zero_weigh_nothing(out):
    dossier = publication.published(out, "c").dossier
    with pytest.raises(Invalid, match="weights-all-zero"):
        read(dossier, {"service": "0"}, False)
    assert [one.key for one in weighable(dossier, True)] == ["service", "climat"]
