"""Similar proposals: among those one may see, in this cycle and before, with what they share."""

import shutil

import pytest
from benches import a_registry

from data.store import Act, open_store
from portfolio.cycle import Cycle
from portfolio.errors import Forbidden, Missing
from portfolio.horizon import Horizon
from portfolio.person import Person, Role
from portfolio.project import Project, Stage
from portfolio.words import Bilingual
from services import similar

ANNE, BRUNO = (Person(c, c.title(), frozenset({Role.LEAD})) for c in ("anne", "bruno"))
CHIEF = Person("chef", "Chef", frozenset({Role.ADMINISTRATOR, Role.FACILITATOR}))
ARCHITECT = Person("arc", "Arc", frozenset({Role.ARCHITECT}))
LEAKS = "Les fuites d'eau du réseau souterrain ne sont trouvées qu'après des semaines."


@pytest.fixture
def store(migrated_file, tmp_path):
    """P1 is Anne's draft on leaks; P2 Bruno's, submitted; P3 Bruno's draft; P4 is on trees."""
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    with opened.writing(Act("test", "administrateur", "test")) as work:
        for person in (ANNE, BRUNO, CHIEF, ARCHITECT):
            work.save(None, person)
        work.bring_in(a_registry(
            Project("P1", "Fuites d'eau", lead="anne", stage=Stage.DRAFT, problem=LEAKS,
                      service="Service de l'eau", systems=("S1", "S2")),
            Project("P2", "Capteurs de fuites", lead="bruno", problem="Trouver la fuite "
                      "souterraine avant des semaines", service="service de l'eau",
                      systems=("S2", "S3")),
            Project("P3", "Fuites d'eau", lead="bruno", stage=Stage.DRAFT, problem=LEAKS),
            Project("P4", "Arbres", lead="bruno", problem="Inventaire de la canopée"),
        ))
        work.save(None, Cycle("c26", Bilingual("2026", "2026"), Horizon(2026, 2), "generic", "1"))
        work.save("c26", Project("P9", "Fuites d'eau", problem=LEAKS, lead="bruno"))
        work.save("c26", Project("P8", "Fuites d'eau", problem=LEAKS, lead="bruno",
                                   stage=Stage.DRAFT))
    yield opened
    opened.close()


def test_the_nearest_are_told_with_their_score_words_systems_and_service(store):
    found = similar.nearest(store, ANNE, "c", "P1")

    past, near = found
    assert (past.cycle, past.project.code, past.is_earlier) == ("c26", "P9", True)
    assert past.score == pytest.approx(1)
    assert (near.project.code, near.is_earlier, near.systems) == ("P2", False, ("S2",))
    assert near.is_same_service
    assert set(near.words) == {"fuites", "souterrain", "semaines", "trouvées"}
    assert 0.15 < near.score < 1


def test_another_s_draft_is_never_told_and_never_asked_about(store):
    assert "P3" not in {s.project.code for s in similar.nearest(store, ANNE, "c", "P1")}
    assert "P8" not in {s.project.code for s in similar.nearest(store, ANNE, "c", "P1")}
    assert "P3" in {s.project.code for s in similar.nearest(store, BRUNO, "c", "P2")}

    with pytest.raises(Forbidden, match="not-yours"):
        similar.nearest(store, BRUNO, "c", "P1")
    with pytest.raises(Missing, match="no-such-project"):
        similar.nearest(store, BRUNO, "c", "P77")


def test_a_confidential_text_of_another_s_says_nothing(store):
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save("c", Project("P5", "Autre chose", problem=LEAKS, lead="bruno",
                                 confidential=frozenset({"problem"})))

    assert "P5" not in {s.project.code for s in similar.nearest(store, ANNE, "c", "P1")}
    told = similar.duplicates(store, ARCHITECT, "c")
    assert ("P5", "P9") in {(pair.one.code, pair.other.project.code) for pair in told}


def test_the_screen_of_duplicates_pairs_the_cycle_s_own_and_those_of_before(store):
    pairs = similar.duplicates(store, CHIEF, "c")

    told = {(p.one.code, p.other.cycle, p.other.project.code) for p in pairs}
    assert {("P1", "c", "P3"), ("P1", "c26", "P9"), ("P3", "c26", "P9")} <= told
    assert all(p.one.code in {"P1", "P2", "P3", "P4"} for p in pairs)
    assert [p.other.score for p in pairs] == sorted((p.other.score for p in pairs), reverse=True)


def test_drafts_stay_out_of_the_architect_s_screen(store):
    pairs = similar.duplicates(store, ARCHITECT, "c", 0.2)

    assert {(p.one.code, p.other.project.code) for p in pairs} == {("P2", "P9")}
