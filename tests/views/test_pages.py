"""Every page renders, for each role, in each language, on an empty house."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.person import Person, Role
from views.pages import PAGES, pages_for
from views.text import LANGUAGES, words


def show(key, language, roles, projection, url):
    """One page at a desk of its own; everything is imported here, since only this text is run."""
    from data.store import Act, open_store
    from portfolio.person import Person, Role
    from views.desk import Desk
    from views.pages import PAGES
    from views.text import Text

    store = open_store(url)
    person = Person("someone", "Someone", frozenset(map(Role, roles)), language, is_demo=True)
    with store.writing(Act("test", "administrateur", "test")) as work:
        if not work.people():
            work.save(None, person)
    page = next(page for page in PAGES if page.key == key)
    page.render(Desk(store, person, Text(language), projection=projection, is_demo=True))


@pytest.fixture
def shown(migrated_file, tmp_path):
    """Render a page as people of ``roles`` see it."""
    url = f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'house.db')}"

    def run(key, language="fr", roles=tuple(Role), projection=False):
        given = (key, language, tuple(map(str, roles)), projection, url)
        return AppTest.from_function(show, args=given, default_timeout=60).run()

    return run


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("key", [page.key for page in PAGES])
def test_a_page_renders_for_each_role_and_language(shown, key, role, language):
    page = next(page for page in PAGES if page.key == key)
    if not (page.is_inside or role in page.roles):
        pytest.skip("this role does not find the page")
    at = shown(key, language, (role,))
    assert not at.exception
    assert len(at.title) == 1


@pytest.mark.parametrize("key", [page.key for page in PAGES])
def test_a_page_renders_on_a_wall(shown, key):
    assert not shown(key, projection=True).exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_have_an_address_and_a_title_of_their_own(language):
    assert len({page.key for page in PAGES}) == len({page.url_path for page in PAGES}) == len(PAGES)
    assert len({words(language)[f"{page.key}.menu"] for page in PAGES}) == len(PAGES)


def test_the_gallery_is_for_administrators_or_on_request():
    lead = Person("a", "A", frozenset({Role.LEAD}))
    chief = Person("b", "B", frozenset({Role.ADMINISTRATOR}))
    assert "gallery" not in {page.key for page in pages_for(lead)}
    assert "gallery" in {page.key for page in pages_for(lead, asked="gallery")}
    assert "gallery" in {page.key for page in pages_for(chief)}
