"""The money of a published cycle as bars: shares of the highest, drawn without a script."""

from dataclasses import dataclass

from portfolio.public_dossier import PublicDossier

HEIGHT, WIDTH, GAP, FOOT, MOST = 180.0, 56.0, 14.0, 22.0, 6  # MOST: colours that can be told apart


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle; ``of`` is the place of its envelope among the colours."""

    x: float
    y: float
    height: float
    of: int


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar a year, one block an envelope."""

    width: float
    height: float
    bar: float
    foot: float
    blocks: tuple[Block, ...]
    labels: tuple[tuple[float, str], ...]


def bars(dossier: PublicDossier) -> Bars | None:
    """None when there is nothing to draw."""
    years = dossier.years
    most = max((year.cents for year in years), default=0)
    if not most:
        return None
    blocks, labels = [], []
    for at, year in enumerate(years):
        x, y = GAP + at * (WIDTH + GAP), HEIGHT
        labels.append((x + WIDTH / 2, year.label))
        for of, one in enumerate(year.granted):
            height = HEIGHT * one.cents / most
            y -= height
            if height:
                blocks.append(Block(x, round(y, 1), round(height, 1), min(of, MOST - 1)))
    width = GAP + len(years) * (WIDTH + GAP)
    return Bars(width, HEIGHT + FOOT, WIDTH, FOOT, tuple(blocks), tuple(labels))
