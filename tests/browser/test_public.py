"""The public pages in a real browser: read without a script, by whoever and with whatever."""

import shutil
from contextlib import closing

import pytest
from public_server import answering
from published import hold
from seated import FACILITATOR

from data.store import open_store
from services import publication


@pytest.fixture(scope="module")
def address(migrated_file, tmp_path_factory):
    folder = tmp_path_factory.mktemp("public")
    file = shutil.copy(migrated_file, folder / "house.db")
    with closing(open_store(f"sqlite:///{file}")) as store:
        hold(store)
        seen = publication.preview(store, FACILITATOR, "c")
        publication.publish(store, FACILITATOR, "c", seen.sha256)
        with answering(store) as where:
            yield where


def test_decisions_are_read_and_weights_tried_without_a_fault_of_access(page, axe):
    page.goto("/public/")
    page.get_by_role("link", name="Cycle d'essai").click()
    assert axe(page) == []

    page.get_by_role("link", name="Essayer vos poids").click()
    page.get_by_label("Le service à la population").fill("0")
    page.get_by_label("La transition écologique").fill("100")
    page.get_by_role("button", name="Voir ce qui changerait").click()
    page.get_by_text("1 projet entrerait et 1 projet sortirait").wait_for()
    page.emulate_media(color_scheme="dark")
    assert axe(page) == []
