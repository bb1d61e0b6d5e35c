"""The lifecycle catalogue: product lines that a city runs, and what finds them."""

from data.lifecycles.catalogue import Catalogue, Gap, How, Match
from data.lifecycles.met import SINCE, still_met
from data.lifecycles.shipped import read, shipped

__all__ = ["SINCE", "Catalogue", "Gap", "How", "Match", "read", "shipped", "still_met"]
