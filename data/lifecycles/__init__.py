"""The lifecycle catalogue: product lines that a city runs, and what finds them."""

from data.lifecycles.catalogue import Catalogue, Gap, How, Match
from data.lifecycles.shipped import read, shipped

__all__ = ["Catalogue", "Gap", "How", "Match", "read", "shipped"]
