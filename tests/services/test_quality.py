"""A system's rating follows from what SonarQube measured, day by day."""

from datetime import date

import pytest
from hubs import ANNE, welcome

from data.store import Act
from portfolio.finding import Reading
from services import quality


def test_each_day_with_both_figures_is_rated_the_oldest_first(store):
    figures = [
        (date(2026, 6, 1), "sqale_index", 4800), (date(2026, 6, 1), "ncloc", 1000),
        (date(2026, 5, 1), "sqale_index", 240), (date(2026, 5, 1), "ncloc", 12306),
        (date(2026, 7, 1), "sqale_index", 10), (date(2026, 8, 1), "ncloc", 0),
    ]  # fmt: skip
    with welcome(store).writing(Act("test", "architecte", "test")) as work:
        for on, metric, number in figures:
            work.save("c", Reading("PAIE", "sonarqube", metric, on, float(number)))

    rated = quality.trend(store, ANNE, "c", "PAIE")

    assert [(r.on.month, r.letter) for r in rated] == [(5, "A"), (6, "C")]
    assert rated[0].ratio == pytest.approx(0.00065, abs=1e-6)
    assert quality.trend(store, ANNE, "c", "TAXE") == ()


def test_the_projects_of_a_system_are_rated_together(store):
    figures = [
        (date(2026, 5, 1), "un", 4800, 1000), (date(2026, 6, 1), "deux", 1200, 1000),
        (date(2026, 7, 1), "un", 0, 1000),
    ]  # fmt: skip
    with welcome(store).writing(Act("test", "architecte", "test")) as work:
        for on, scope, minutes, lines in figures:
            for metric, number in (("sqale_index", minutes), ("ncloc", lines)):
                work.save("c", Reading("PAIE", "sonarqube", metric, on, float(number), scope))

    rated = quality.trend(store, ANNE, "c", "PAIE")

    assert [(r.minutes, r.lines, r.letter) for r in rated] == [
        (4800, 1000, "C"), (6000, 2000, "B"), (1200, 2000, "A")
    ]
