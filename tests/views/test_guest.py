"""The script itself asks who is signed in, whatever stands before it."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.store import Act
from portfolio.person import Person, Role
from services import house
from views.text import Text

SCRIPT = str(Path(__file__).parents[2] / "streamlit_app.py")
DEMO = Person("demo-1", "Démo", frozenset({Role.LEAD}), is_demo=True)
TEXT = Text("fr")


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """shown(people, …): the application as whoever has no session sees it."""
    url = f"sqlite:///{tmp_path / 'house.db'}"
    monkeypatch.setenv("ARBITRAGE_DATABASE_URL", url)
    st.cache_resource.clear()

    def run(*people, **query):
        store = house.open_house(url)
        with store.writing(Act("test", "administrateur", "test")) as work:
            for person in people:
                work.save(None, person)
        store.close()
        at = AppTest.from_file(SCRIPT, default_timeout=60)
        for name, value in query.items():
            at.query_params[name] = value
        return at.run()

    yield run
    st.cache_resource.clear()


def test_whoever_has_no_session_sees_only_that_one_is_needed(shown):
    at = shown(DEMO, Person("anne", "Anne", frozenset(Role)), person="demo-1", gallery="1")
    assert [info.value for info in at.info] == [TEXT("sign_in.needed")]
    assert not at.title
    assert not at.sidebar.selectbox


def test_a_demo_is_entered_by_choosing_a_role(shown):
    at = shown(DEMO)
    assert at.title
    assert at.sidebar.selectbox(key="shell_person").value == "demo-1"


def test_who_was_named_in_the_address_once_stays_on_pages_that_name_nobody(shown):
    other = Person("demo-2", "Démo 2", frozenset({Role.FACILITATOR}), is_demo=True)
    at = shown(DEMO, other, person="demo-2")
    del at.query_params["person"]
    at.run()
    assert at.session_state["person"] == "demo-2"
    assert at.sidebar.selectbox(key="shell_person").value == "demo-2"


def test_a_provider_closes_the_demo(shown, monkeypatch):
    for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
        monkeypatch.setenv(f"ARBITRAGE_{name}", "x")
    monkeypatch.setenv("ARBITRAGE_OIDC_METADATA_URL", "https://login.example")
    monkeypatch.setenv("ARBITRAGE_PUBLIC_URL", "https://arbitrage.example")
    monkeypatch.setenv("ARBITRAGE_COOKIE_SECRET", "c" * 32)
    assert [info.value for info in shown(DEMO).info] == [TEXT("sign_in.needed")]
