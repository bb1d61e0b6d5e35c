"""The page Publication: what would be read is shown, published with a confirmation, withdrawn."""

import shutil
from contextlib import closing

import pytest
from published import SECRET, hold
from seated import FACILITATOR, MEMBERS

from data.store import open_store
from services import publication


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
