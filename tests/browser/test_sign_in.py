"""People sign in, in a real browser: with an account of the house, and at two real providers."""

from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from identity_providers import PROVIDERS, behind
from serving import served

from data.store import Act
from portfolio.person import Person, Role
from services import doors, house, people
from services.people import Newcomer
from views.text import Text

WORDS = Text("fr")
ACT = Act("test", "administrateur", "test")
PHRASE = "une phrase facile à retenir"
ASKED = "/dette?debt=D3"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('house') / 'house.db'}"
    with closing(house.open_house(url)) as opened:
        with opened.writing(ACT) as work:
            work.save(None, Person("demo-chef", "Démo", frozenset(Role), is_demo=True))
        yield opened


def invite(store, name, *roles):
    newcomer = Newcomer(name, frozenset(roles))
    return people.invite(store, people.console(store), newcomer, doors.now())


def change(store, code, **differently):
    with store.writing(ACT) as work:
        work.save(None, replace(work.person(code), **differently))


def menu(page, key):
    return page.locator("[data-testid=stSidebarNav]").get_by_role("link", name=WORDS(f"{key}.menu"))


@contextmanager
def visiting(browser, where):
    """A page in a browser of its own; what a provider would fetch elsewhere is not fetched."""
    context = browser.new_context(base_url=where, locale="fr-CA",
                                  viewport={"width": 1440, "height": 1100})  # fmt: skip
    with closing(context):
        context.route("**://cdn.jsdelivr.net/**", lambda route: route.abort())
        page = context.new_page()
        page.set_default_timeout(60_000)
        yield page


def is_at(page, path):
    page.wait_for_url(lambda url: url.split("/", 3)[3].startswith(path.lstrip("/")))
    return True


@pytest.fixture(scope="module", params=PROVIDERS)
def city(request, store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("log")
    with behind(request.param, str(store.engine.url), folder) as (where, provider):
        yield where, provider


def sign_in_at(page, provider, subject):
    page.locator("a.button").click()
    page.locator(provider.field).fill(subject)
    page.locator(provider.button).click()


def test_a_person_is_invited_comes_in_is_held_to_her_roles_and_leaves(
    browser, settled, city, store
):
    where, provider = city
    invited = invite(store, "Anne Tremblay", Role.ADMINISTRATOR)
    subject = f"anne of {provider.issuer}"
    with visiting(browser, where) as page:
        page.goto(ASKED)
        assert is_at(page, "/connexion")
        sign_in_at(page, provider, subject)
        page.get_by_text(WORDS("errors.identity-unknown")[1:]).wait_for()
        assert subject in page.locator("dl").inner_text()

        page.goto(f"/invitation/{invited.token}")
        sign_in_at(page, provider, subject)
        assert is_at(page, ASKED)
        page.get_by_text(WORDS("sign_in.signed_in_as", name="Anne Tremblay")).wait_for()
        menu(page, "imports").wait_for()

        change(store, invited.person.code, roles=frozenset({Role.LEAD}))
        menu(page, "proposals").click()
        menu(page, "imports").wait_for(state="detached")

        change(store, invited.person.code, is_active=False)
        menu(page, "home").click()
        assert is_at(page, "/connexion")
        page.get_by_text(WORDS("sign_in.over")).wait_for()
        change(store, invited.person.code, is_active=True)

    with visiting(browser, where) as page:
        page.goto(f"/invitation/{invited.token}")
        page.get_by_text(WORDS("errors.invitation-used")[1:]).wait_for()
        page.goto(ASKED)
        sign_in_at(page, provider, subject)
        assert is_at(page, ASKED)
        settled(page)
        page.get_by_role("link", name=WORDS("sign_in.leave")).click()
        page.locator(provider.ends).click()
        page.get_by_text(WORDS("sign_in.signed_out")).wait_for()
        page.goto("/")
        assert is_at(page, "/connexion")


@pytest.fixture(scope="module")
def office(store, tmp_path_factory):
    """The house without a provider, where someone real is known."""
    invite(store, "Quelqu'un", Role.OBSERVER)
    with served(str(store.engine.url), tmp_path_factory.mktemp("office")) as where:
        yield where


def typed(page, **fields):
    for name, value in fields.items():
        page.locator(f"#{name}").fill(value)
    page.locator("button").press("Enter")


def test_an_invited_person_chooses_a_password_and_comes_back_with_it(
    browser, settled, office, store
):
    invited = invite(store, "Zoé Roy", Role.MEMBER)
    with visiting(browser, office) as page:
        page.goto(f"/invitation/{invited.token}")
        typed(page, login="zoe", password="court", again="court")
        page.get_by_role("alert").wait_for()
        typed(page, password=PHRASE, again=PHRASE)
        page.get_by_text(WORDS("sign_in.signed_in_as", name="Zoé Roy")).wait_for()
        settled(page)
        page.get_by_role("link", name=WORDS("sign_in.leave")).click()
        page.get_by_text(WORDS("sign_in.signed_out")).wait_for()

        page.goto(ASKED)
        typed(page, login="zoe", password="pas la bonne phrase")
        page.get_by_text(WORDS("errors.sign-in-wrong")[1:]).wait_for()
        typed(page, login="Zoe ", password=PHRASE)
        assert is_at(page, ASKED)
        settled(page)

        assert doors.end_all_sessions(store, invited.person, doors.now()) == 1
        page.get_by_role("button", name=WORDS("common.projection")).click()
        assert is_at(page, "/connexion")


def test_a_demo_account_is_nobody_once_someone_real_is_known(browser, office):
    with visiting(browser, office) as page:
        page.goto("/?person=demo-chef")
        assert is_at(page, "/connexion")
        assert page.request.get("/media/x.csv").status == 401


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sign_in_pages_have_no_accessibility_fault(browser, office, store, axe, theme):
    invited = invite(store, "Paul", Role.MEMBER)
    with visiting(browser, office) as page:
        page.emulate_media(color_scheme=theme)
        for way in ("/connexion", f"/invitation/{invited.token}", "/invitation/none?lang=en"):
            page.goto(way)
            assert axe(page) == []
        typed_at = f"/invitation/{invited.token}"
        page.goto(typed_at)
        typed(page, login="paul", password="court", again="court")
        page.get_by_role("alert").wait_for()
        assert axe(page) == []
