"""The page Publication: what would be read is shown, published with a confirmation, withdrawn."""

import shutil
from contextlib import closing

import pytest
from published import SECRET, hold
from seated import FACILITATOR, MEMBERS

from data.store import open_store
from portfolio.public_dossier import Amount, Days, WhyOut
from services import publication
from views.public_words import Words
from views.text import Text


@pytest.fixture
def house(migrated_file, tmp_path):
    with closing(open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'h.db')}")) as store:
        hold(store)
        yield store


def test_the_facilitator_publishes_after_a_confirmation_and_withdraws_with_a_reason(
    house, show, read
):
    at = show("publication", house, FACILITATOR)
    said = read(at)
    assert "Le comité retient 2 projets sur 4" in said
    assert "Parrain" in said
    assert "le projet le garde confidentiel" in said
    assert SECRET not in said

    at.button(key="publication_publish").click().run()
    assert publication.preview(house, FACILITATOR, "c").past == ()
    at.button(key="publication_publish_yes").click().run()
    assert not at.exception
    assert "Le public lit la publication 1" in read(at)
    assert publication.published(house, "c").publication.number == 1

    at.button(key="publication_withdraw").click().run()
    assert publication.preview(house, FACILITATOR, "c").is_out, "no reason was given"
    at.text_area(key="publication_why_1").set_value("une erreur").run()
    at.button(key="publication_withdraw").click().run()
    assert "La publication 1 a été retirée" in read(at)


def test_a_member_reads_the_preview_and_cannot_publish_it(house, show, read):
    at = show("publication", house, MEMBERS[0], "en")
    assert "The committee takes 2 projects out of 4" in read(at)
    assert [one.key for one in at.button if "publish" in one.key] == []


def test_all_that_is_needed_at_once_is_one_way_and_not_several(house):
    dossier = publication.preview(house, FACILITATOR, "c").made.dossier
    french, english = (Words(Text(language), dossier) for language in ("fr", "en"))
    each = (Days("DATA", "2027", 12.5), Days("SEC", "2027", 1))
    money = (Amount("E", "2027", 20_000_00),)

    ((told, is_shortest),) = french.ways(WhyOut(days=each, money=money, shortest="days"))
    assert is_shortest
    assert " ".join(told.split()) == (
        "Il entrerait avec, en même temps : 12,5 jours-personnes de plus de l'équipe DATA en 2027 "
        "; 1 jour-personne de plus de l'équipe SEC en 2027 ; "
        "20 k$ de plus à l'enveloppe E en 2027."
    )
    assert english.ways(WhyOut(cut=0.1, saved=10_00, money=money, shortest="cut")) == [
        ("It would come in if it cost 10% less, that is $10.", True),
        ("It would come in with $20k more in envelope E in 2027.", False),
    ]
