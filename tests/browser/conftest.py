"""The real server, a real Chromium, and a page that tells of every request that leaves."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from serving import served

from services import house, imports
from services.people import console

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"

# Inside Streamlit 1.67, measured; nothing of ours may join this list.
KNOWN = {
    "target-size": "stDateInput",
    "nested-interactive": "stFileUploader",
    "presentation-role-conflict": "stFileUploader",
}


# Only what waited in vain, as a click lost on a busy machine does, or met the old page beside the
# new one that takes its place, is tried once more, and told.
ONCE_MORE = pytest.mark.flaky(reruns=1, only_rerun=["TimeoutError", "strict mode violation"])


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(ONCE_MORE)


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where the served application answers, on an empty database of its own."""
    folder = tmp_path_factory.mktemp("house")
    with served(f"sqlite:///{folder / 'arbitrage.db'}", folder) as where:
        yield where


@pytest.fixture
def url(tmp_path_factory):
    """The demo portfolio, in a database of the test's own; its ``address`` serves it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}"
    with closing(house.open_house(url)) as store:
        imports.bring_in(store, console(store), imports.demo())
    return url


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests; skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"no Chromium on this machine: looked for {', '.join(BROWSERS)}")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, address):
    """A page at ``address``; fails the test on an outside request or an error in the console."""
    context = browser.new_context(
        base_url=address, viewport={"width": 1440, "height": 1200}, locale="en-US"
    )
    fresh = context.new_page()
    fresh.set_default_timeout(60_000)
    outside, errors = [], []
    fresh.on("request", lambda r: None if _is_inside(r.url, address) else outside.append(r.url))
    fresh.on("console", lambda m: errors.append(m.text) if _is_fault(m) else None)
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    yield fresh
    context.close()
    assert not outside, f"requests left the machine: {outside}"
    assert not errors, f"the console says: {errors}"


def _is_fault(message):
    """Streamlit 1.67 says two things that harm nobody.

    It first seeks its health under the page's own address (/gallery/_stcore/…): a 404. And a
    download button looks for its file as it is shown; when a newer run has replaced the file by
    then, that is a 404 too, and the newer button follows. Downloads themselves are tested.
    """
    url = message.location.get("url", "")
    sought = url.endswith(("/_stcore/health", "/_stcore/host-config")) or "/media/" in url
    is_known = sought or message.text.startswith("Client Error: Download Button source error")
    return message.type == "error" and not (is_known and "404" in message.text)


def _is_inside(url, address):
    return url.startswith((address, "data:", "blob:"))


@pytest.fixture
def settled():
    """Wait until the page's script has run and nothing more is being drawn."""

    def wait(page):
        page.wait_for_selector(SETTLED, timeout=30_000)
        page.locator("[data-stale=true]").first.wait_for(state="detached")
        return page

    return wait


@pytest.fixture
def axe():
    """The accessibility faults of a page, outside those known inside Streamlit."""
    kit = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")

    def once(page):
        found = kit.Axe().run(page).response["violations"]
        return [
            (fault["id"], fault["impact"], node["html"][:200])
            for fault in found
            for node in fault["nodes"]
            if not _is_known(page, fault["id"], node["target"])
        ]

    def faults(page):
        """What is still wrong once nothing fades in any more: a true fault stays."""
        for _ in range(8):
            found = once(page)
            if not found:
                return []
            page.wait_for_timeout(500)
        return found

    return faults


def _is_known(page, rule, target):
    within = KNOWN.get(rule)
    if within is None:
        return False
    inside = "(all, name) => all.some(e => e.closest(`[data-testid=${name}]`))"
    return bool(page.locator(target[0]).evaluate_all(inside, within))  # none, if it left the page
