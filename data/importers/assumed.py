"""The scenario of a list that says neither what projects are worth nor what money there is."""

from portfolio.scenario import Scenario
from portfolio.words import Bilingual

SHARE = 0.4  # of the total likely cost, the same every period
COUNTED = Scenario(
    "base",
    Bilingual("Le plus de projets, 40 % du coût total", "Most projects, 40% of the total cost"),
    maximize="count",
    budget_share=SHARE,
)
