"""The shell, in a real browser: language, silence on the network, access, projection."""

from pathlib import Path

import pytest

GALLERY = "/?gallery=1"


def opened(page, settled, query=""):
    page.goto(GALLERY + query)
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    return settled(page)


@pytest.mark.parametrize(("language", "title"), [("fr", "Galerie des"), ("en", "Gallery of")])
def test_a_page_tells_its_language_and_leaves_the_machine_alone(page, settled, language, title):
    opened(page, settled, f"&lang={language}")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").first.inner_text().startswith(title)
    assert page.evaluate("navigator.language") == f"{language}-CA"


def test_a_language_once_chosen_is_kept(page, settled):
    opened(page, settled, "&lang=en")
    opened(page, settled)
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_language_route_keeps_the_language_and_goes_back(page):
    answer = page.request.get("/lang/en", headers={"referer": f"{page.url}"}, max_redirects=0)
    assert answer.status == 303
    assert "arbitrage_language=en" in answer.headers["set-cookie"]
    assert page.request.get("/lang/xx", max_redirects=0).status == 404


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_gallery_has_no_accessibility_fault(page, settled, axe, theme):
    page.emulate_media(color_scheme=theme)
    opened(page, settled)
    assert axe(page) == []


def test_projection_can_be_left(page, settled, axe):
    opened(page, settled)
    page.get_by_role("button", name="Projection").click()
    way_out = page.get_by_role("button", name="Quitter la projection")
    way_out.wait_for()
    settled(page)
    assert way_out.is_visible()
    assert not page.locator("[data-testid=stSidebar]").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    assert axe(page) == []
    way_out.click()
    page.get_by_role("button", name="Projection").wait_for()


def test_the_letters_are_those_of_the_house(page, settled):
    opened(page, settled)
    assert page.evaluate("document.fonts.check(\"16px 'Arbitrage Sans'\")")
    loaded = "[...document.fonts].filter(f => f.family.includes('Arbitrage')).map(f => f.status)"
    assert "loaded" in page.evaluate(loaded)


def test_streamlits_own_words_are_french_and_ours_are_left_alone(page, settled):
    opened(page, settled)
    page.get_by_role("button", name="Retirer la proposition").click()
    page.get_by_role("dialog").get_by_role("button", name="Fermer").wait_for()
    assert page.get_by_role("button", name="Close").count() == 0


def test_an_act_is_confirmed_then_told(page, settled):
    opened(page, settled)
    page.get_by_role("button", name="Retirer la proposition").click()
    yes = page.get_by_role("dialog").get_by_role("button", name="Retirer la proposition")
    yes.click()
    page.locator("[data-testid=stToast]", has_text="Proposition retirée.").wait_for()
    assert page.get_by_role("dialog").count() == 0


def test_a_table_is_exported_for_a_french_spreadsheet(page, settled):
    opened(page, settled)
    with page.expect_download() as sent:
        page.locator(".st-key-list_export button").click()
    assert sent.value.suggested_filename == "liste-de-projets.csv"
    sheet = Path(sent.value.path()).read_text(encoding="utf-8-sig")
    assert sheet.startswith("Code;Projet;Début")


def test_every_answer_is_sealed(page):
    for path in ("/", "/health", "/app/static/locale.js"):
        headers = page.request.get(path).headers
        assert "'unsafe-eval'" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_the_house_says_how_it_is(page):
    assert page.request.get("/health").text() == "ok"
    assert page.request.get("/ready").text() == "ready"
