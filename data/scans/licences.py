"""The licences of a component, as a CycloneDX bill of materials gives them."""

from data.scans.values import inside, items, line

SEPARATOR = ", "


def told(licences: object) -> str:
    """Identifiers, names and expressions in one line: "Apache-2.0, MIT"."""
    every = (_one(inside(choice)) for choice in items(licences))
    return line(SEPARATOR.join(dict.fromkeys(one for one in every if one)))


def _one(choice: object) -> str:
    choice = inside(choice)
    licence = inside(choice.get("license"))
    return line(choice.get("expression") or licence.get("id") or licence.get("name"))
