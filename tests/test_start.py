"""start.py's promises that need no environment to be made; and the pins that it installs."""

import re
import socket
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import start


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_an_older_python_is_refused_in_both_languages(version):
    said = start.refusal(version)

    assert "demande Python 3.11 ou plus récent" in said
    assert "needs Python 3.11 or newer" in said
    assert f"Python {version[0]}.{version[1]}" in said


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_python_3_11_and_newer_are_welcome(version):
    assert start.refusal(version) == ""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A project of one library, whose environment looks made."""
    monkeypatch.setattr(start, "ROOT", tmp_path)
    (tmp_path / "requirements.txt").write_text("altair==6.3.0  # via streamlit\n")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\npytest==9.2.0\n")
    made = start.Home({})
    made.python.parent.mkdir(parents=True)
    made.python.touch()
    return made


def test_pins_include_those_of_the_files_named_and_leave_comments_out(home):
    assert start.pins("requirements-dev.txt") == ["altair==6.3.0", "pytest==9.2.0"]


def test_nothing_is_installed_again_while_the_pins_stay(home):
    assert not home.has("requirements.txt")

    home.stamp.write_text("altair==6.3.0")

    assert home.has("requirements.txt")
    assert not home.has("requirements-dev.txt")


def test_an_environment_for_development_serves_too(home):
    home.stamp.write_text("altair==6.3.0\npytest==9.2.0")

    assert home.has("requirements-dev.txt")
    assert home.has("requirements.txt")


def test_a_changed_pin_is_installed_and_a_changed_comment_is_not(home, tmp_path):
    home.stamp.write_text("altair==6.3.0\npytest==9.2.0")

    (tmp_path / "requirements.txt").write_text("# Charts\naltair==6.3.0\n")
    assert home.has("requirements-dev.txt")

    (tmp_path / "requirements.txt").write_text("altair==6.4.0\n")
    assert not home.has("requirements.txt")
    assert not home.has("requirements-dev.txt")


def test_a_failed_installation_does_not_pass_for_a_finished_one(home, tmp_path):
    home.stamp.write_text("altair==6.2.0")
    home.python = Path(sys.executable)
    (tmp_path / "requirements.txt").write_text("altair==not a version\n")

    with pytest.raises(start.Trouble):
        home.install("requirements.txt", 1)

    assert not home.stamp.exists()


def test_a_stamp_without_its_python_counts_for_nothing(home):
    home.stamp.write_text("altair==6.3.0")
    home.python.unlink()

    assert not home.has("requirements.txt")


def test_a_folder_that_we_did_not_make_is_never_emptied(tmp_path):
    (tmp_path / "thesis.odt").touch()

    with pytest.raises(start.Trouble, match="ARBITRAGE_VENV"):
        start.Home({"ARBITRAGE_VENV": str(tmp_path)}).make()

    assert (tmp_path / "thesis.odt").exists()


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("created successfully because ensurepip is not available", "apt install python3"),
        ("[Errno 30] Read-only file system: '/srv'", "ARBITRAGE_VENV"),
        ("OSError: [Errno 28] No space left on device", "1 Go"),
        ("Retrying (Retry(total=4 ...\nERROR: No matching distribution found", "réseau"),
        ("ERROR: No matching distribution found for highspy==1.15.1", "64 bits"),
        ("something else altogether", "a échoué"),
    ],
)
def test_a_failure_is_explained_before_its_own_words_are_shown(output, advice, monkeypatch):
    monkeypatch.setenv("ARBITRAGE_LANG", "fr")

    said = start.diagnosis(output, Path("/srv/.venv"))

    assert advice in said.split("\n\n")[0]
    assert said.endswith("  | " + output.splitlines()[-1])


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("", "Arrêté."),
        ("C.UTF-8", "Arrêté."),
        ("fr_CA.UTF-8", "Arrêté."),
        ("en_CA.UTF-8", "Stopped."),
    ],
)
def test_french_is_spoken_unless_the_system_speaks_english(language, word, monkeypatch):
    monkeypatch.setenv("LC_ALL", language)
    for name in ("ARBITRAGE_LANG", "LC_MESSAGES", "LANGUAGE", "LANG"):
        monkeypatch.delenv(name, raising=False)

    assert start.say("stopped") == word


def test_the_language_asked_for_comes_before_the_system_s(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_CA.UTF-8")
    monkeypatch.setenv("ARBITRAGE_LANG", "fr")

    assert start.say("stopped") == "Arrêté."


@pytest.mark.parametrize("french_and_english", start.WORDS.values(), ids=start.WORDS)
def test_every_sentence_is_there_in_both_languages_with_the_same_facts(french_and_english):
    french, english = (re.findall(r"{\w+}", words) for words in french_and_english)

    assert french == english


def test_a_taken_port_gives_way_to_the_next_free_one():
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]

        assert start.free_port(taken) > taken


def test_the_port_and_the_browser_are_as_asked():
    assert start.options([]) == {"port": 8501, "browser": True}
    assert start.options(["--no-browser", "--port", "9000"]) == {"port": 9000, "browser": False}


@pytest.mark.parametrize(
    "words", [["serve"], ["--port"], ["--port", "x"], ["--port", "70000"], ["setup", "now"]]
)
def test_anything_else_fails_with_a_usage_line(words):
    ran = subprocess.run(
        [sys.executable, "start.py", *words],
        cwd=start.ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )

    assert ran.returncode == 2
    assert ran.stderr.startswith("usage: python3 start.py")


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_library_is_pinned_exactly_and_once(file):
    pins = [Requirement(pin) for pin in start.pins(file)]

    assert [str(pin) for pin in pins if not re.fullmatch(r"==[\w.]+", str(pin.specifier))] == []
    here = [pin.name for pin in pins if pin.marker is None or pin.marker.evaluate()]
    assert len(set(here)) == len(here)


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_what_a_pinned_library_needs_is_pinned_too(file):
    pinned = {canonicalize_name(Requirement(pin).name) for pin in start.pins(file)}
    extras = {"psycopg": ["binary"]}

    missing = {
        (name, canonicalize_name(need.name))
        for name in pinned
        for need in needs(name)
        if any(holds(need, extra) for extra in ["", *extras.get(name, [])])
        and canonicalize_name(need.name) not in pinned
    }

    assert missing == set()


def needs(name):
    try:
        return [Requirement(text) for text in distribution(name).requires or []]
    except PackageNotFoundError:  # its marker leaves it out on this system
        return []


def holds(need, extra):
    return need.marker is None or need.marker.evaluate({"extra": extra})


@pytest.mark.parametrize("kind", ["requirements", "requirements-dev"])
def test_every_library_asked_for_is_pinned(kind):
    asked = {Requirement(pin).name for pin in start.pins(f"{kind}.in") if pin[0] != "-"}

    assert asked <= {Requirement(pin).name for pin in start.pins(f"{kind}.txt")}
