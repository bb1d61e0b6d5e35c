"""The look: colours everyone can tell apart, tables that are safe to export, charts that speak."""

import itertools
import json
import re
import tomllib
from datetime import date
from pathlib import Path

import altair as alt
import numpy as np
import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from portfolio.person import Person
from views.desk import Desk
from views.look import charts, components, tokens
from views.look.tables import Column, as_csv, matching
from views.text import Text

ROOT = Path(__file__).parents[2]
THEME = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
THEMES = {"light": tokens.LIGHT, "dark": tokens.DARK}
# Machado, Oliveira and Fernandes 2009, severity 1.0.
EYES = {
    "full": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
               [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
               [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
               [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]


def a_desk(language="fr", **more):
    return Desk(object(), Person("p", "P"), Text(language), **more)


def linear(colour):
    c = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    light = sorted(float(linear(c) @ XYZ[1]) + 0.05 for c in (one, other))
    return light[1] / light[0]


def lab(rgb):
    x = np.array(XYZ) @ rgb / np.array([0.9505, 1, 1.089])
    f = np.where(x > 0.008856, np.cbrt(x), 7.787 * x + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def faded(ink, page, share=0.6):
    mixed = [
        round(int(ink[i : i + 2], 16) * share + int(page[i : i + 2], 16) * (1 - share))
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in mixed)


@pytest.mark.parametrize("name", THEMES)
def test_marks_stand_out_from_the_page(name):
    tone = THEMES[name]
    assert all(contrast(colour, tone.page) >= 3 for colour in tone.series)
    words = (tone.good, tone.warning, tone.bad, tone.quiet)
    assert all(contrast(colour, tone.page) >= 4.5 for colour in words)
    assert all(contrast(faded(tone.ink, page), page) >= 4.5 for page in (tone.page, tone.panel))
    assert contrast(tone.accent, "#ffffff") >= 4.5, "white words on the main button"


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", THEMES)
def test_series_are_told_apart_by_every_eye(name, eye):
    seen = [lab(np.clip(np.array(EYES[eye]) @ linear(c), 0, 1)) for c in THEMES[name].series]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) >= 12


@pytest.mark.parametrize("name", THEMES)
def test_streamlit_wears_the_same_colours(name):
    tone, theme = THEMES[name], THEME[name]
    assert (tone.page, tone.panel, tone.ink) == (
        theme["backgroundColor"], theme["secondaryBackgroundColor"], theme["textColor"],
    )  # fmt: skip
    assert (tone.accent, tone.line) == (theme["primaryColor"], theme["borderColor"])
    assert list(tone.series) == theme["chartCategoricalColors"]
    assert (tone.good, tone.warning, tone.bad) == (
        theme["greenColor"], theme["orangeColor"], theme["redColor"],
    )  # fmt: skip


def test_the_font_is_in_the_house():
    assert {face["family"] for face in THEME["fontFaces"]} == {tokens.FONT.split(",")[0]}
    for face in THEME["fontFaces"]:
        assert (ROOT / face["url"].removeprefix("app/")).read_bytes()[:4] == b"wOF2"
    assert "Open Font License" in (ROOT / "static/source-sans-3-LICENSE.txt").read_text()


def test_streamlits_words_are_still_its_words():
    script = (ROOT / "static/streamlit_words.js").read_text(encoding="utf-8")
    known = json.loads(re.search(r"const WORDS = (\{.*?\n\});", script, re.DOTALL)[1])
    folder = Path(streamlit.__file__).parent / "static/static/js"
    bundle = "\n".join(f.read_text(encoding="utf-8") for f in folder.glob("*.js"))
    pieces = {key: [part for part in key.split("{}") if part.strip()] for key in known}
    assert [key for key, parts in pieces.items() if not all(p in bundle for p in parts)] == []


ROWS = (
    {"code": "P1", "cost": 123_450, "part": 0.125, "day": date(2026, 11, 22)},
    {"code": "=1+1", "cost": -500, "part": None, "day": None},
)
COLUMNS = (
    Column("code", "Code"),
    Column("cost", "Coût", "money"),
    Column("part", "Part", "percent"),
    Column("day", "Jour", "date"),
)


def test_a_french_spreadsheet_opens_the_export():
    assert as_csv(ROWS, COLUMNS, "fr").decode("utf-8-sig").splitlines() == [
        "Code;Coût ($);Part (%);Jour",
        "P1;1234,5;12,5;2026-11-22",
        "'=1+1;-5;;",
    ]
    assert as_csv(ROWS, COLUMNS, "fr").startswith(b"\xef\xbb\xbf")


def test_an_english_spreadsheet_opens_the_export():
    assert as_csv(ROWS, COLUMNS, "en").decode("utf-8-sig").splitlines()[1] == (
        "P1,1234.5,12.5,2026-11-22"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_exported_cell_starts_a_formula(start):
    sheet = as_csv([{"code": f"{start}cmd"}], COLUMNS[:1], "fr").decode("utf-8-sig")
    assert f"'{start}cmd" in sheet


def test_a_filter_ignores_accents_and_capitals_and_wants_every_word():
    rows = [{"code": "Système de paie"}, {"code": "Système de taxes"}]
    assert matching(rows, COLUMNS[:1], "SYSTEME paie") == rows[:1]
    assert matching(rows, COLUMNS[:1], "  ") == rows


def test_what_a_person_typed_is_shown_letter_for_letter():
    assert components.plain("[a](b) $x$ *c* <i>") == r"\[a\]\(b\) \$x\$ \*c\* \<i\>"
    assert components.said("12 $ et 13 $ **gras**") == r"12 \$ et 13 \$ **gras**"


def a_chart():
    return alt.Chart(alt.Data(values=[{"a": 1}])).mark_bar().encode(x="a:Q")


def test_a_chart_speaks_the_language_of_the_desk():
    french = charts.dressed(a_desk("fr"), a_chart()).to_dict()["config"]
    assert french["locale"]["number"]["decimal"] == ","
    assert french["locale"]["time"]["months"][0] == "janvier"
    english = charts.dressed(a_desk("en"), a_chart()).to_dict()["config"]
    assert english["locale"]["number"]["decimal"] == "."


def test_a_chart_is_read_from_afar_in_projection():
    near = charts.dressed(a_desk(), a_chart()).to_dict()["config"]
    far = charts.dressed(a_desk(projection=True), a_chart()).to_dict()["config"]
    assert far["axis"]["labelFontSize"] >= 1.5 * near["axis"]["labelFontSize"]


def test_a_limit_stands_over_the_bars_it_limits():
    rows = [{"y": "2027", "s": s, "v": 300_000_000, "top": 700_000_000} for s in ("A", "B")]
    spec = charts.stacked_bars(
        a_desk(),
        rows,
        x=Column("y", "Exercice"),
        y=Column("v", "Coût", "money"),
        series=Column("s", "Enveloppe"),
        limit="top",
    ).to_dict()
    assert spec["layer"][0]["encoding"]["y"]["title"] == "Coût (M$)"
    assert spec["layer"][0]["encoding"]["y"]["scale"]["domainMax"] == pytest.approx(7.7)


def parts(language):
    """A page with the parts that ask and answer."""
    import streamlit as st

    from portfolio.person import Person
    from views.desk import Desk
    from views.look import components
    from views.text import Text

    desk = Desk(object(), Person("p", "P"), Text(language))
    share = components.decimal_input(desk, "Part", key="part", low=0, high=100)
    cost = components.money_input(desk, "Montant", key="cost")
    st.session_state["read"] = (share, cost)

    def withdraw():
        st.session_state["withdrawn"] = st.session_state.get("withdrawn", 0) + 1

    components.confirm(desk, key="go", label="Retirer", question="Vraiment ?", act=withdraw)


def a_page(language="fr"):
    return AppTest.from_function(parts, args=(language,), default_timeout=20).run()


def test_a_decimal_is_echoed_as_it_was_understood():
    at = a_page()
    at.text_input(key="part").input("12,5").run()
    assert at.caption[0].value == "Lu\u00a0: 12,5"
    assert float(at.session_state["read"][0]) == 12.5


def test_a_decimal_of_the_other_language_is_refused_in_words():
    at = a_page()
    at.text_input(key="part").input("12.5").run()
    assert "12\\.5" in at.error[0].value or "12.5" in at.error[0].value
    assert at.session_state["read"][0].code == "not-a-number"


def test_a_decimal_out_of_range_is_refused():
    at = a_page()
    at.text_input(key="part").input("112,5").run()
    assert at.session_state["read"][0].code == "too-high"


def test_an_amount_is_cents_and_nothing_typed_is_none():
    at = a_page()
    at.text_input(key="cost").input("1,2 M$").run()
    assert at.session_state["read"] == (None, 120_000_000)


def test_a_confirmed_act_happens_once_and_only_after_yes():
    at = a_page()
    at.button(key="go").click().run()
    assert "withdrawn" not in at.session_state
    at.button(key="go_yes").click().run()
    assert at.session_state["withdrawn"] == 1
    at.run()
    assert at.session_state["withdrawn"] == 1


def test_a_cancelled_act_does_not_happen():
    at = a_page()
    at.button(key="go").click().run()
    at.button(key="go_no").click().run()
    assert "withdrawn" not in at.session_state
    assert not [b for b in at.button if b.key == "go_yes"]
